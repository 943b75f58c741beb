package portal

import (
	"slices"
	"time"
)

// AssignmentKind is how one application came to one contact.
type AssignmentKind string

// The kinds of assignments.
const (
	Passed AssignmentKind = "passed" // by a contact, to a colleague
	Kept   AssignmentKind = "kept"   // when its topic was handed over
	Named  AssignmentKind = "named"  // by an administrator
)

var assignmentLabels = map[AssignmentKind]string{Passed: "同事转办", Kept: "移交选题时保留", Named: "管理员指定"}

// Label is the name of the kind on the pages.
func (k AssignmentKind) Label() string { return assignmentLabels[k] }

// Assignment gives one application to one account, without its topic.
type Assignment struct {
	Account int64
	Name    string // of the account
	Kind    AssignmentKind
	By      string // name of who gave it
	Note    string // for the department alone
	At      time.Time
}

// Ground is why somebody must not judge an application (《科学技术进步法》第一百零一条).
type Ground string

// The grounds. A unit is found by the machine and keeps away at once; a name alone only
// asks, since many people share one; what is declared is taken as it is said.
const (
	GroundLeader   Ground = "leader"
	GroundMember   Ground = "member"
	GroundUnit     Ground = "unit"
	GroundDeclared Ground = "declared"
)

var groundLabels = map[Ground]string{GroundLeader: "是项目负责人", GroundMember: "是项目组成员", GroundUnit: "同一单位", GroundDeclared: "本人申请"}

// Label is the name of the ground on the pages.
func (g Ground) Label() string { return groundLabels[g] }

// Doubtful reports whether the ground rests on a name alone, which its bearer can deny.
func (g Ground) Doubtful() bool { return g == GroundLeader || g == GroundMember }

// Interest is a conflict of interest as the machine finds it: a ground with what it rests on.
type Interest struct {
	Ground Ground
	Text   string
}

// Reviewer is what is compared with an application to find a conflict of interest.
type Reviewer struct {
	Account int64
	Names   []string // of the account, and of its person in the directory
	Units   []string // names of its unit and department
	Codes   []string // 统一社会信用代码
}

// Recusal is a conflict of interest on record. One that was lifted no longer keeps away.
type Recusal struct {
	ID         int64
	Ref        string // of the application
	Number     string
	Title      string
	Account    int64
	Name       string // of the account
	Handler    string // name of who has the application by an assignment, "" without
	Waiting    bool   // everybody who has the application is kept away: another has to be named
	Ground     Ground
	Text       string // for the department alone
	At         time.Time
	LiftedAt   time.Time // zero while it keeps away
	LiftedName string
	LiftedWhy  string
}

// Place is in whose place a contact acts on the application; ok is false where somebody
// else has it.
func (a Application) Place(c Contact) (p Principal, ok bool) { return c.place(a.Topic, a.Handler) }

// Readable refuses an application to a contact who is kept away from it, or who stands in
// for somebody who is; the kind is Withheld.
func (a Application) Readable(c Contact) error {
	p, _ := a.Place(c)
	switch {
	case slices.Contains(a.Recused, c.Account()):
		return Refuse(Withheld, "您已回避 "+a.Number+" 号申报书，不能查看内容，也不能办理。管理员会另行指定办理人；如有疑问，请与管理员联系。")
	case p.Account != 0 && slices.Contains(a.Recused, p.Account):
		return Refuse(Withheld, p.Name+"已回避 "+a.Number+" 号申报书，您代其办理，同样不能查看和办理。管理员会另行指定办理人。")
	}
	return nil
}

// Entrusted says in whose place a contact may act on an application, or why it may not:
// Withheld as of Readable, NotNow where somebody else has it.
func (a Application) Entrusted(c Contact) (Principal, error) {
	if err := a.Readable(c); err != nil {
		return Principal{}, err
	}
	p, ok := a.Place(c)
	if !ok {
		return p, Refuse(NotNow, "这份申报书现在由"+a.HandlerName+"办理，您可以查看，不能办理。")
	}
	return p, nil
}

// Mark is how a contact stands towards an application where that is not the usual way, in
// a word for its row in a list: 已回避, 已转给 王五, 代 李四; "" otherwise.
func (a Application) Mark(c Contact) string {
	p, err := a.Entrusted(c)
	switch {
	case KindOf(err) == Withheld:
		return "已回避"
	case err != nil:
		return "已转给 " + a.HandlerName
	case p.Account != 0:
		return "代 " + p.Name
	}
	return ""
}
