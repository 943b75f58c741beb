package desk_test

import (
	"strings"
	"testing"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// value is what stands in a field of a section.
func value(f desk.File, section, field string) string {
	s, _ := f.Section(section)
	return s.Form.Value(field)
}

// TestProfileIsFilledOnce: what was kept from one application is proposed in the next,
// without counting as written; co-editors get the unit's part alone.
func TestProfileIsFilledOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader, agent, member := w.applicant("leader@x.invalid"), w.applicant("agent@x.invalid"), w.applicant("member@x.invalid")
	first, err := w.desk.Begin(ctx, leader(), slug, 1)
	w.must(err)
	f, err := w.desk.Application(ctx, leader(), first)
	w.must(err)
	if f.OffersProfile() {
		t.Error("there is nothing to keep, and yet it is offered")
	}
	if err := w.desk.KeepProfile(ctx, leader(), first); portal.KindOf(err) != portal.NotNow {
		t.Errorf("kept without a unit: %v", err)
	}
	ref := w.fill(leader(), 2)
	f, err = w.desk.Application(ctx, leader(), ref)
	w.must(err)
	if !f.OffersProfile() {
		t.Error("what was saved is not offered")
	}
	w.must(w.desk.KeepProfile(ctx, leader(), ref))
	f, err = w.desk.Application(ctx, leader(), ref)
	w.must(err)
	if f.OffersProfile() {
		t.Error("what was kept is offered again")
	}

	next, err := w.desk.Begin(ctx, leader(), slug, 3)
	w.must(err)
	for _, email := range []string{"agent@x.invalid", "member@x.invalid"} {
		kind := portal.AccessAgent
		if strings.HasPrefix(email, "member") {
			kind = portal.AccessCoEditor
		}
		w.must(second(w.desk.InviteWriter(ctx, leader(), next, desk.WriterInvitation{Email: email, Kind: kind})))
	}
	for name, c := range map[string]struct {
		as    portal.Applicant
		birth string
	}{"the leader": {leader(), "1980-05"}, "an agent": {agent(), "1980-05"}, "a co-editor": {member(), ""}} {
		f, err := w.desk.Application(ctx, c.as, next)
		w.must(err)
		if value(f, proposal.Cover, "unit_head") != "李校长" || value(f, proposal.Cover, "unit_name") != "示范大学" || value(f, proposal.Leader, "birth") != c.birth {
			t.Errorf("%s is proposed %q, %q", name, value(f, proposal.Cover, "unit_head"), value(f, proposal.Leader, "birth"))
		}
		if cover, _ := f.Section(proposal.Cover); cover.Saved.Revision != 0 || !f.Fresh() || f.OffersProfile() {
			t.Errorf("%s: what is proposed counts as written", name)
		}
		if value(f, proposal.Cover, "title") != f.Topic.Title || value(f, proposal.Cover, "term_from") != f.Application.Rules.TermFrom {
			t.Errorf("%s: the call's own fields are %q, %q", name, value(f, proposal.Cover, "title"), value(f, proposal.Cover, "term_from"))
		}
	}
	if err := w.desk.KeepProfile(ctx, agent(), next); portal.KindOf(err) != portal.NotNow {
		t.Errorf("an agent keeps the leader's data: %v", err)
	}
	if err := w.desk.KeepProfile(ctx, agent(), ref); portal.KindOf(err) != portal.NotFound {
		t.Errorf("a stranger keeps it: %v", err)
	}

	// What stands in the draft stands; the profile no longer matters.
	w.must(w.save(leader(), next, portal.Section{Name: proposal.Cover, Answers: map[string]string{"unit_head": "赵院长"}}))
	f, err = w.desk.Application(ctx, leader(), next)
	w.must(err)
	if value(f, proposal.Cover, "unit_head") != "赵院长" || !f.OffersProfile() {
		t.Errorf("the draft says %q", value(f, proposal.Cover, "unit_head"))
	}
}
