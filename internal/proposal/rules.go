package proposal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// Kind says what a rule does to somebody who breaks it.
type Kind string

// The kinds of rules.
const (
	Block Kind = "block" // nothing is submitted
	Hint  Kind = "hint"  // it is said, and a person judges
)

// Verdict is what the machine can say of a rule.
type Verdict string

// The verdicts.
const (
	Unknown Verdict = "unknown" // nothing is filled in yet, or it is for a person to see
	Yes     Verdict = "yes"
	No      Verdict = "no"
)

// Finding is a verdict with what it rests on.
type Finding struct {
	Verdict Verdict
	Sum     string // 高级职称 1/3 = 33%，要求不低于 40%; "" for nothing
	Field   string // where mending begins, "" for the rule's own
}

// Rule is a condition of a call, or one of the form that looks at more than one field; a
// field's own shape and length stand with the field.
type Rule struct {
	ID        string
	Kind      Kind
	Condition bool   // a condition of the call, to be asked before the first word
	Section   string // where it is answered, "" for nowhere in the form
	Part      string // of the section, where Field is ""
	Field     string // "" for the part's rows together
	Joint     bool   // no single field is wrong
	Question  string // on the checklist of the 形式审查, "" where it is not

	Asks   func(rules portal.Rules) bool   // whether a batch asks it, nil for every batch
	Clause func(rules portal.Rules) string // the call's sentence, nil for none
	check  func(s sheet) Finding
}

// Rules are all of them, in the order of the conditions and of the checklist. What the
// machine cannot see is unknown and stands here all the same: a person answers it.
var Rules = []Rule{
	{ID: "unit", Kind: Hint, Condition: true, Section: Cover, Field: "unit_name", check: checkUnit,
		Question: "申报单位是在湖北境内注册的独立法人，统一社会信用代码有效", Clause: said("申报单位为在湖北境内注册的独立法人企事业单位。")},
	{ID: "leader", Kind: Hint, Condition: true, Section: Leader, Field: "title", check: checkLeader,
		Question: "项目负责人在职，具有高级职称或同等职务", Clause: said("项目负责人应在职，并具有高级职称（含副高）或同等职务。")},
	{ID: "once", Kind: Hint, Condition: true, Section: Leader, Field: "name", check: checkOnce, Asks: func(r portal.Rules) bool { return r.OncePerYear },
		Question: "限项：项目负责人本年度没有申报其他项目", Clause: said("同一项目负责人同一年度限报一项。")},
	{ID: "integrity", Kind: Hint, Condition: true, check: forAPerson,
		Question: "申报单位和项目负责人没有科研失信记录", Clause: said("申报单位和项目负责人无科研失信记录。")},
	{ID: "team-size", Kind: Block, Condition: true, Section: Team, check: checkTeamSize,
		Question: "项目组成员不超过规定人数", Clause: func(r portal.Rules) string {
			return fmt.Sprintf("项目组成员（不含负责人）不超过 %d 人。", r.TeamMax)
		}},
	{ID: "team-senior", Kind: Block, Condition: true, Section: Team, check: checkTeamSenior, Asks: func(r portal.Rules) bool { return r.SeniorPercent > 0 },
		Question: "项目组高级职称比例达到要求", Clause: func(r portal.Rules) string {
			return fmt.Sprintf("项目组成员中高级职称（含副高）不低于 %d%%。", r.SeniorPercent)
		}},
	{ID: "team-leader", Kind: Hint, Section: Team, check: checkTeamLeader},
	{ID: "title", Kind: Block, Condition: true, Section: Cover, Field: FieldTitle, check: checkTitle, Asks: func(r portal.Rules) bool { return r.FixedTitle },
		Question: "项目名称与申报指南的选题名称一致", Clause: said("项目名称与申报指南的选题名称一致。")},
	{ID: "term", Kind: Block, Condition: true, Section: Cover, Field: "term_from", check: checkTerm,
		Question: "起止年月在规定的研究期限之内", Clause: func(r portal.Rules) string { return "研究期限为 " + r.TermFrom + " 至 " + r.TermTo + "。" }},
	{ID: "term-order", Kind: Block, Section: Cover, Field: "term_to", check: checkTermOrder},
	{ID: "id-birth", Kind: Hint, Section: Leader, Field: FieldIDNumber, check: checkBirth, Asks: func(r portal.Rules) bool { return r.IDNumber }},
	{ID: "prose", Kind: Block, Section: Text, Field: "basis", check: checkProse,
		Clause: func(r portal.Rules) string {
			return fmt.Sprintf("正文六个部分合计不超过 %d 字。", r.ProseMax)
		}},
	{ID: "schedule-length", Kind: Block, Section: Text, check: checkScheduleLength, Asks: func(r portal.Rules) bool { return r.SectionMax[schedule] > 0 },
		Clause: func(r portal.Rules) string {
			return fmt.Sprintf("进度安排合计不超过 %d 字。", r.SectionMax[schedule])
		}},
	{ID: "schedule-order", Kind: Block, Section: Text, check: checkScheduleOrder},
	{ID: "schedule-term", Kind: Hint, Section: Text, check: checkScheduleTerm},
	{ID: "deliverables", Kind: Hint, Section: Outcomes, check: checkDeliverables, Question: "预期成果包括申报指南要求形成的报告"},
	{ID: "outcome-due", Kind: Hint, Section: Outcomes, check: checkOutcomesDue},
	{ID: "ceiling", Kind: Block, Condition: true, Section: Budget, Field: FieldGrant, check: checkCeiling, Asks: func(r portal.Rules) bool { return r.CeilingFen > 0 },
		Question: "申请专项经费不超过上限", Clause: func(r portal.Rules) string { return "申请专项经费不超过 " + r.CeilingFen.Wan() + " 万元。" }},
	{ID: "balance", Kind: Block, Section: Budget, Field: FieldGrant, Joint: true, check: checkBalance, Asks: func(r portal.Rules) bool { return !r.LumpSum },
		Question: "经费来源与支出相等", Clause: said("来源合计与支出合计相等，精确到 0.01 万元。")},
	{ID: "cooperation", Kind: Hint, Condition: true, Section: Team, Part: Partners, check: checkCooperation, Asks: takes("cooperation"),
		Question: "有合作单位的，附有合作协议", Clause: said("有合作单位的，附合作协议。")},
	{ID: "pledge", Kind: Hint, Condition: true, check: checkPledge, Asks: takes("pledge"),
		Question: "诚信承诺书已签字盖章，扫描件清晰", Clause: said("诚信承诺书由项目负责人签字、申报单位盖章，扫描后上传。")},
	{ID: "complete", Kind: Hint, check: checkComplete, Question: "材料齐全，由系统生成"},
	{ID: "copy", Kind: Hint, check: forAPerson, Question: "没有与其他申报书雷同的迹象"},
}

func said(sentence string) func(portal.Rules) string {
	return func(portal.Rules) string { return sentence }
}

// takes asks whether a batch takes a kind of attachment.
func takes(kind string) func(portal.Rules) bool {
	return func(r portal.Rules) bool {
		return slices.ContainsFunc(r.Attachments, func(a portal.Attachment) bool { return a.Kind == kind })
	}
}

// posed is a rule as a batch asks it.
type posed struct {
	*Rule
	sentence string // its clause, "" for none
	n        int    // its number among the conditions, 0 where it is none
}

// pose are the rules that a batch asks, in their order.
func pose(rules portal.Rules) []posed {
	list := make([]posed, 0, len(Rules))
	n := 0
	for i := range Rules {
		r := &Rules[i]
		if r.Asks != nil && !r.Asks(rules) {
			continue
		}
		one := posed{Rule: r}
		if r.Clause != nil {
			one.sentence = r.Clause(rules)
		}
		if r.Condition {
			n++
			one.n = n
		}
		list = append(list, one)
	}
	return list
}

// Clause is a condition of the call in its own sentence. N is its number, by which a
// message names it: 申报条件五.
type Clause struct {
	N    int
	Rule string // ID
	Text string
}

// Name is what the clause is called.
func (c Clause) Name() string { return name(c.N) }

func name(n int) string { return "申报条件" + numeral(n) }

// numeral is a small number in Chinese, up to 19.
func numeral(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 10:
		return string(digits[n])
	case n == 10:
		return "十"
	}
	return "十" + string(digits[n-10])
}

// Eligibility are the conditions that a batch sets, for an applicant to ask himself
// before the first word (资格自查).
func Eligibility(rules portal.Rules) []Clause {
	var list []Clause
	for _, r := range pose(rules) {
		if r.Condition {
			list = append(list, Clause{N: r.n, Rule: r.ID, Text: r.sentence})
		}
	}
	return list
}

// quote puts the clause beside what answers it, under its name where it is a condition.
func (r posed) quote(f *form.Form) {
	text := r.sentence
	if r.Condition {
		text = name(r.n) + "：" + text
	}
	if field := f.Get(r.Field); field != nil {
		field.Clause = lines(field.Clause, text)
	} else if part := f.Part(r.Part); part != nil && r.Field == "" {
		part.Clause = lines(part.Clause, text)
	}
}

// lines puts one sentence below another.
func lines(above, below string) string { return strings.TrimSpace(above + "\n" + below) }

// tell puts what is wrong where it is mended, with the condition's name.
func (r posed) tell(f *form.Form, s sheet) {
	finding := r.check(s)
	if finding.Verdict != No {
		return
	}
	sentence, field := finding.Sum, cmp.Or(finding.Field, r.Field)
	if r.Condition {
		sentence += "（" + name(r.n) + "）"
	}
	part := f.Part(r.Part)
	switch {
	case r.Joint:
		f.FailJointly(field, sentence)
	case r.Kind == Block && field != "":
		f.Fail(field, sentence)
	case field != "":
		f.Warn(field, sentence)
	case part != nil && r.Kind == Block:
		part.Fail(sentence)
	case part != nil:
		part.Warn(sentence)
	}
}
