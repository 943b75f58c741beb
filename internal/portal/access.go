package portal

import "slices"

// Access is in what capacity an account may work on an application.
type Access string

// The kinds of access. An application always has a leader.
const (
	AccessLeader   Access = "leader"
	AccessAgent    Access = "agent"     // 经办人: fills it in for the leader
	AccessCoEditor Access = "co-editor" // a member who writes a part
)

var accessLabels = map[Access]string{AccessLeader: "项目负责人", AccessAgent: "经办人", AccessCoEditor: "共同填写"}

// Label is the name of the access on the pages.
func (a Access) Label() string { return accessLabels[a] }

// Helps reports whether a leader can invite somebody to it.
func (a Access) Helps() bool { return a == AccessAgent || a == AccessCoEditor }

// led are the acts of an applicant that bind the leader or undo everybody's work, and so
// are the leader's alone.
var led = []Act{Submit, Withdraw, Discard}

// May reports whether the access is enough for an act of an applicant.
func (a Access) May(act Act) bool {
	return a == AccessLeader || a.Helps() && !slices.Contains(led, act)
}

// Permit is May as an error in words: NotNow, since the leader has to be asked.
func (a Access) Permit(act Act) error {
	if a.May(act) {
		return nil
	}
	return Refuse(NotNow, "“"+act.Label()+"”由项目负责人办理，请联系项目负责人。您填写的内容都已保存。")
}

// Leads is Permit for the list of those who may edit: only the leader changes it.
func (a Access) Leads() error {
	if a == AccessLeader {
		return nil
	}
	return Refuse(NotNow, "谁可以填写这份申报书，由项目负责人决定。")
}

// Leaves is the opposite of Leads: who leads has to pass that on first.
func (a Access) Leaves() error {
	if a != AccessLeader {
		return nil
	}
	return Refuse(NotNow, "您是这份申报书的负责人。请先把负责人移交给另一位，再退出。")
}
