package portal

import (
	"net/netip"
	"slices"
	"time"
)

// Role is the capacity in which an account acts. One account may hold several;
// the route decides in which it acts, and the event stores it.
type Role string

// The roles of today. Unit administrators, recommending bodies, experts and
// auditors will be further rows, not further code.
const (
	RoleVisitor   Role = "visitor"
	RoleHolder    Role = "holder" // any signed-in account, at its own account pages
	RoleApplicant Role = "applicant"
	RoleContact   Role = "contact"
	RoleAdmin     Role = "admin"
	RoleSystem    Role = "system"
)

var roleLabels = map[Role]string{
	RoleVisitor: "访客", RoleHolder: "账号", RoleApplicant: "申报人", RoleContact: "指南联系人", RoleAdmin: "管理员", RoleSystem: "系统",
}

// Label is the name of the role on the pages.
func (r Role) Label() string { return roleLabels[r] }

// Visit is what is known of a request before anybody is known: where it came
// from and when it arrived. Arrived is database time, taken when the handler is
// entered and before the body is read; it decides whether a deadline was kept.
type Visit struct {
	Address   netip.Addr
	RequestID string
	Arrived   time.Time
}

// Membership is a right: a role, for a contact with the topic it is tied to.
type Membership struct {
	Role  Role
	Topic int64     // key of the topic for RoleContact, else 0; 0 too for who has single applications
	For   Principal // whom a deputy stands in for, else nobody
}

// Principal is somebody in whose place a deputy acts. The zero value is nobody: one acts
// for oneself.
type Principal struct {
	Account int64
	Name    string
}

// By is who acts, as it is shown: 王五 代 李四 for a deputy.
func (p Principal) By(name string) string {
	if p.Name == "" {
		return name
	}
	return name + " 代 " + p.Name
}

// Standing is a signed-in account with the rights it has at this moment.
type Standing struct {
	Account     int64
	Ref         string
	Name        string
	Email       string
	Confirmed   bool
	Memberships []Membership
}

// Has reports whether the account holds the role, whatever its scope.
func (s Standing) Has(role Role) bool {
	return slices.ContainsFunc(s.Memberships, func(m Membership) bool { return m.Role == role })
}

// Topics are the keys of the topics the account is contact of, as a deputy too, in no order.
func (s Standing) Topics() []int64 {
	var topics []int64
	for _, m := range s.Memberships {
		if m.Topic != 0 && !slices.Contains(topics, m.Topic) {
			topics = append(topics, m.Topic)
		}
	}
	return topics
}

// Principals are those the account stands in for, in no order.
func (s Standing) Principals() []Principal {
	var list []Principal
	for _, m := range s.Memberships {
		if m.For.Account != 0 && !slices.Contains(list, m.For) {
			list = append(list, m.For)
		}
	}
	return list
}

// Actor is somebody who asks for something. Only the types of this file are
// actors, and only the Mint functions fill them: package auth calls those after
// it has looked at a session, jobs call MintSystem. The zero value of an actor
// has no account and no topics, so it sees nothing.
type Actor interface {
	Account() int64 // 0 for a visitor and the system
	Role() Role
	Name() string
	Topics() []int64 // scope of a contact, else empty
	Visit() Visit
}

type who struct {
	standing Standing
	role     Role
	visit    Visit
}

func (w who) Account() int64     { return w.standing.Account }
func (w who) Role() Role         { return w.role }
func (w who) Name() string       { return w.standing.Name }
func (w who) Visit() Visit       { return w.visit }
func (w who) Arrived() time.Time { return w.visit.Arrived }
func (w who) Topics() []int64 {
	if w.role != RoleContact {
		return nil
	}
	return w.standing.Topics()
}

// Handlers are the accounts whose own applications a contact has: itself, then those it
// stands in for. Empty in any other role.
func (w who) Handlers() []int64 {
	if w.role != RoleContact {
		return nil
	}
	handlers := []int64{w.standing.Account}
	for _, p := range w.standing.Principals() {
		handlers = append(handlers, p.Account)
	}
	return handlers
}

// Deputed is the part of Topics and Handlers that a contact has as a deputy alone.
func (w who) Deputed() (topics, handlers []int64) {
	for _, m := range w.standing.Memberships {
		if own := (Membership{Role: RoleContact, Topic: m.Topic}); m.For.Account != 0 && !slices.Contains(w.standing.Memberships, own) {
			topics = append(topics, m.Topic)
		}
	}
	if w.role == RoleContact {
		handlers = w.Handlers()[1:]
	}
	return topics, handlers
}

// place is in whose place a contact acts on an application of the topic that the handler
// has, 0 for whoever has the topic. ok is false where somebody else has it.
func (w who) place(topic, handler int64) (p Principal, ok bool) {
	if w.standing.Account == handler {
		return p, true
	}
	for _, m := range w.standing.Memberships {
		mine := handler == 0 && m.Topic == topic || handler != 0 && m.For.Account == handler
		if mine && (!ok || m.For.Account == 0) {
			p, ok = m.For, true
		}
	}
	return p, ok
}

// Standing is the account behind the actor, with all its roles, for the page head.
func (w who) Standing() Standing { return w.standing }

// Visitor is anybody, signed in or not, on a public page.
type Visitor struct{ who }

// Holder is a signed-in account at its own account pages.
type Holder struct{ who }

// Applicant is a signed-in account that writes applications.
type Applicant struct{ who }

// Contact is a signed-in account that reviews what comes to its topics.
type Contact struct{ who }

// Admin is a signed-in administrator.
type Admin struct{ who }

// System acts for nobody: jobs, imports from the command line, the first start.
type System struct{ who }

// MintVisitor makes the actor of a public request.
func MintVisitor(v Visit) Visitor { return Visitor{who{role: RoleVisitor, visit: v}} }

// MintHolder makes the actor of an account's own pages.
func MintHolder(s Standing, v Visit) Holder { return Holder{who{s, RoleHolder, v}} }

// MintApplicant makes an applicant, or reports false when the account is none.
func MintApplicant(s Standing, v Visit) (Applicant, bool) {
	return Applicant{who{s, RoleApplicant, v}}, s.Has(RoleApplicant)
}

// MintContact makes a contact, or reports false when the account is none.
func MintContact(s Standing, v Visit) (Contact, bool) {
	return Contact{who{s, RoleContact, v}}, s.Has(RoleContact)
}

// MintAdmin makes an administrator, or reports false when the account is none.
func MintAdmin(s Standing, v Visit) (Admin, bool) {
	return Admin{who{s, RoleAdmin, v}}, s.Has(RoleAdmin)
}

// MintSystem makes the actor of work nobody asked for in person.
func MintSystem(v Visit) System {
	return System{who{Standing{Name: RoleSystem.Label()}, RoleSystem, v}}
}
