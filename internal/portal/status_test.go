package portal

import (
	"testing"
	"time"
)

var (
	opens  = time.Date(2026, 3, 1, 9, 0, 0, 0, Shanghai)
	closes = time.Date(2026, 3, 31, 17, 0, 0, 0, Shanghai)
)

// TestMove tries both sides of every edge: state, role, opening, close, return.
func TestMove(t *testing.T) {
	t.Parallel()
	w := Window{Opens: opens, Closes: closes, ReturnUntil: closes.Add(48 * time.Hour)}
	for _, tc := range []struct {
		name string
		from Status
		act  Act
		by   Role
		at   time.Time
		to   Status // "" for a refusal
	}{
		{"before it opens", None, Begin, RoleApplicant, opens.Add(-time.Microsecond), ""},
		{"the moment it opens", None, Begin, RoleApplicant, opens, Draft},
		{"the last moment", Draft, Submit, RoleApplicant, closes.Add(-time.Microsecond), Submitted},
		{"the closing moment", Draft, Submit, RoleApplicant, closes, ""},
		{"again while it waits", Submitted, Submit, RoleApplicant, opens, Submitted},
		{"a contact cannot submit", Draft, Submit, RoleContact, opens, ""},
		{"an applicant cannot accept", Submitted, Accept, RoleApplicant, opens, ""},
		{"acceptance has no deadline", Submitted, Accept, RoleContact, closes.AddDate(0, 6, 0), Accepted},
		{"twice", Accepted, Accept, RoleContact, opens, ""},
		{"a return after the close", Returned, Submit, RoleApplicant, closes.Add(47 * time.Hour), Submitted},
		{"a return too late", Returned, Submit, RoleApplicant, w.ReturnUntil, ""},
		{"a draft can be deleted at any time", Draft, Discard, RoleApplicant, closes.AddDate(1, 0, 0), None},
		{"nothing submitted is deleted", Submitted, Discard, RoleApplicant, opens, ""},
		{"a jump", Draft, Fund, RoleAdmin, opens, ""},
		{"after the end", Funded, Reject, RoleAdmin, opens, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			step, err := Move(tc.from, tc.act, tc.by, w, tc.at)
			if tc.to == "" {
				if KindOf(err) != NotNow {
					t.Errorf("%s %s: %v, %v; want NotNow", tc.from, tc.act, step, err)
				}
				return
			}
			if err != nil || step.To != tc.to {
				t.Errorf("%s %s: %v, %v; want %s", tc.from, tc.act, step, err, tc.to)
			}
		})
	}
}

// TestLapsed: what the clock makes, an extension takes back.
func TestLapsed(t *testing.T) {
	t.Parallel()
	w := Window{Opens: opens, Closes: closes}
	if got := Shown(Draft, w, closes); got != Lapsed {
		t.Errorf("a draft at the close shows as %s", got)
	}
	w.Closes = closes.AddDate(0, 0, 1)
	if got := Shown(Draft, w, closes); got != Draft {
		t.Errorf("a draft after an extension shows as %s", got)
	}
	if got := Shown(Submitted, w, w.Closes.AddDate(1, 0, 0)); got != Submitted {
		t.Errorf("a submission long after the close shows as %s", got)
	}
}

// TestTableIsWhole: every status has words and can be reached, every act has words,
// and no two rows answer the same question.
func TestTableIsWhole(t *testing.T) {
	t.Parallel()
	reached := map[Status]bool{Lapsed: true}
	seen := map[[2]string]bool{}
	for _, row := range Transitions {
		reached[row.To] = true
		key := [2]string{string(row.From), string(row.Act)}
		if seen[key] {
			t.Errorf("two rows for %v", key)
		}
		seen[key] = true
		if row.Act.Label() == "" || row.By.Label() == "" {
			t.Errorf("%v has no words", row)
		}
	}
	for _, s := range Statuses {
		if !reached[s] || s.Label() == "" {
			t.Errorf("%s is reached: %t, label %q", s, reached[s], s.Label())
		}
	}
}

// TestZeroActors: an actor that nobody minted has no account, no topics, no role.
func TestZeroActors(t *testing.T) {
	t.Parallel()
	for _, a := range []Actor{Visitor{}, Holder{}, Applicant{}, Contact{}, Admin{}, System{}} {
		if a.Account() != 0 || len(a.Topics()) != 0 {
			t.Errorf("%T knows account %d and topics %v", a, a.Account(), a.Topics())
		}
	}
}

// TestScopeFollowsTheRole: an account that is contact as well has its topics only
// when it acts as a contact.
func TestScopeFollowsTheRole(t *testing.T) {
	t.Parallel()
	s := Standing{Account: 1, Memberships: []Membership{{Role: RoleApplicant}, {Role: RoleContact, Topic: 7}}}
	contact, ok := MintContact(s, Visit{})
	if !ok || len(contact.Topics()) != 1 {
		t.Errorf("contact: %t, %v", ok, contact.Topics())
	}
	applicant, ok := MintApplicant(s, Visit{})
	if !ok || len(applicant.Topics()) != 0 {
		t.Errorf("applicant: %t, %v", ok, applicant.Topics())
	}
	if _, ok := MintAdmin(s, Visit{}); ok {
		t.Error("became an administrator")
	}
}
