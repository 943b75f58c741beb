package portal

import "time"

// Status is a stage in the life of an application. The names on the pages are the
// Chinese ones of Label.
type Status string

// All states of a call (the department's process; see Transitions for the moves).
const (
	None        Status = "none" // before the application exists
	Draft       Status = "draft"
	Submitted   Status = "submitted"
	Returned    Status = "returned"
	Declined    Status = "declined"
	Accepted    Status = "accepted"
	UnderReview Status = "under_review"
	Proposed    Status = "proposed"
	Funded      Status = "funded"
	NotFunded   Status = "not_funded"
	Withdrawn   Status = "withdrawn"

	// Lapsed is never stored: it is what the clock makes of a draft after the
	// close or of a return whose time is over, so that an extension heals it.
	Lapsed Status = "lapsed"
)

// Statuses lists every status a page can show, in the order of a life.
var Statuses = []Status{Draft, Submitted, Returned, Declined, Accepted, UnderReview, Proposed, Funded, NotFunded, Withdrawn, Lapsed}

var statusLabels = map[Status]string{
	Draft: "草稿", Submitted: "待受理", Returned: "退回修改", Declined: "不予受理", Accepted: "已受理",
	UnderReview: "评审中", Proposed: "拟立项", Funded: "立项", NotFunded: "不予立项", Withdrawn: "已撤回", Lapsed: "已作废",
}

// Label is the name of the status on every page and in every mail.
func (s Status) Label() string { return statusLabels[s] }

// Stage is one of the five stages that everybody is shown, counted from 0.
func (s Status) Stage() int {
	switch s {
	case Submitted, Declined:
		return 1
	case Accepted, UnderReview:
		return 2
	case Proposed, NotFunded:
		return 3
	case Funded:
		return 4
	}
	return 0
}

// Stages are the five stages of a call as shown above an application.
var Stages = []string{"填报", "形式审查", "评审", "公示", "立项"}

// Act is a move somebody makes with an application.
type Act string

// The moves.
const (
	Begin     Act = "begin"
	Discard   Act = "discard" // only what was never submitted can be deleted
	Submit    Act = "submit"
	Reopen    Act = "reopen" // the last submitted version stands until a new one replaces it
	Withdraw  Act = "withdraw"
	Accept    Act = "accept"
	Return    Act = "return"
	Decline   Act = "decline"
	Recommend Act = "recommend"
	Propose   Act = "propose"
	Fund      Act = "fund"
	Reject    Act = "reject"
)

var actLabels = map[Act]string{
	Begin: "开始填报", Discard: "删除草稿", Submit: "提交", Reopen: "撤回修改", Withdraw: "撤回", Accept: "受理", Return: "退回修改", Decline: "不予受理",
	Recommend: "评审推荐", Propose: "拟立项", Fund: "立项", Reject: "不予立项",
}

// Label is the name of the act on buttons and in histories.
func (a Act) Label() string { return actLabels[a] }

// Condition is what must hold, besides the state, for a move to be legal.
type Condition string

// The conditions. The zero value is "always".
const (
	WhileOpen    Condition = "while open"    // opens_at ≤ arrived_at < closes_at of the batch's latest version
	WithinReturn Condition = "within return" // arrived_at < the time the returner gave, even after the close
)

// Notice says who gets a mail about a move.
type Notice string

// Who is told.
const (
	ToApplicant Notice = "applicant"
	ToContact   Notice = "contact"
)

// Transition is one legal move.
type Transition struct {
	From  Status
	Act   Act
	By    Role
	To    Status
	When  Condition
	Tells []Notice
}

// Transitions is the life of an application, whole. A move that is not here does
// not exist: not as a button, not as a request, not as an UPDATE.
var Transitions = []Transition{
	{None, Begin, RoleApplicant, Draft, WhileOpen, nil},
	{Draft, Discard, RoleApplicant, None, "", nil},
	{Draft, Submit, RoleApplicant, Submitted, WhileOpen, []Notice{ToApplicant, ToContact}},
	{Submitted, Submit, RoleApplicant, Submitted, WhileOpen, []Notice{ToApplicant, ToContact}},
	{Submitted, Reopen, RoleApplicant, Submitted, WhileOpen, nil},
	{Submitted, Withdraw, RoleApplicant, Withdrawn, "", []Notice{ToContact}},
	{Submitted, Accept, RoleContact, Accepted, "", []Notice{ToApplicant}},
	{Submitted, Return, RoleContact, Returned, "", []Notice{ToApplicant}},
	{Submitted, Decline, RoleContact, Declined, "", []Notice{ToApplicant}},
	{Returned, Submit, RoleApplicant, Submitted, WithinReturn, []Notice{ToApplicant, ToContact}},
	{Returned, Withdraw, RoleApplicant, Withdrawn, "", []Notice{ToContact}},
	{Accepted, Withdraw, RoleApplicant, Withdrawn, "", []Notice{ToContact}},
	{Accepted, Recommend, RoleContact, UnderReview, "", nil},
	{UnderReview, Propose, RoleAdmin, Proposed, "", []Notice{ToApplicant}},
	{UnderReview, Reject, RoleAdmin, NotFunded, "", []Notice{ToApplicant}},
	{Proposed, Fund, RoleAdmin, Funded, "", []Notice{ToApplicant}},
	{Proposed, Reject, RoleAdmin, NotFunded, "", []Notice{ToApplicant}},
}

// Find returns the transition that starts at from by act, and whether there is one.
func Find(from Status, act Act) (Transition, bool) {
	for _, t := range Transitions {
		if t.From == from && t.Act == act {
			return t, true
		}
	}
	return Transition{}, false
}

// Window is the time in which an applicant may act on one application.
type Window struct {
	Opens, Closes time.Time // of the batch's latest published version
	ReturnUntil   time.Time // zero unless the application was returned
}

// Open reports whether a request that arrived at the moment lies within the
// batch's time: opens_at ≤ arrived < closes_at.
func (w Window) Open(arrived time.Time) bool {
	return !arrived.Before(w.Opens) && arrived.Before(w.Closes)
}

// Move checks an act against the table and the clock.
//
// It returns a NotNow error that says in words why the act is not possible.
func Move(from Status, act Act, by Role, w Window, arrived time.Time) (Transition, error) {
	t, ok := Find(from, act)
	if !ok || t.By != by {
		return Transition{}, Refuse(NotNow, "这份申报书现在是“"+from.Label()+"”状态，不能“"+act.Label()+"”。请刷新页面查看最新状态。")
	}
	switch {
	case t.When == WhileOpen && arrived.Before(w.Opens):
		return Transition{}, Refuse(NotNow, "本批次尚未开始申报，开始时间为 "+DateTimeText(w.Opens)+"（北京时间）。")
	case t.When == WhileOpen && !w.Open(arrived):
		return Transition{}, Refuse(NotNow, "申报已于 "+DateTimeText(w.Closes)+"（北京时间）截止，您的请求到达时间为 "+DateTimeText(arrived)+"。已填写的内容仍可查看。")
	case t.When == WithinReturn && !arrived.Before(w.ReturnUntil):
		return Transition{}, Refuse(NotNow, "重新提交的期限为 "+DateTimeText(w.ReturnUntil)+"（北京时间），已经过期。已填写的内容仍可查看。")
	}
	return t, nil
}

// Shown is the status as the clock makes it at the moment: Lapsed for a draft
// after the close and for a return whose time is over.
func Shown(s Status, w Window, at time.Time) Status {
	if s == Draft && !at.Before(w.Closes) || s == Returned && !at.Before(w.ReturnUntil) {
		return Lapsed
	}
	return s
}
