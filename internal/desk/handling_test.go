package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// anew is a contact as its account stands at the moment of each call; ok is false while it is none.
func (w *world) anew(account int64) (portal.Contact, bool) {
	w.t.Helper()
	s, err := w.store.Standing(w.t.Context(), account)
	w.must(err)
	return portal.MintContact(s, w.visit())
}

// mustContact is anew for an account that is a contact.
func (w *world) mustContact(account int64) portal.Contact {
	w.t.Helper()
	c, ok := w.anew(account)
	if !ok {
		w.t.Fatal("no contact")
	}
	return c
}

// employ makes an account's person one of a unit.
func (w *world) employ(a portal.Admin, account int64, unit string) {
	w.t.Helper()
	ctx := w.t.Context()
	id, err := w.desk.AddPerson(ctx, a, portal.Person{Department: unit, Name: "某人"})
	w.must(err)
	w.must(w.store.Save(ctx, w.system(), func(tx *postgres.Tx) error { return tx.LinkPerson(account, id) }))
}

// unitOf is the unit that submitted an application.
func (w *world) unitOf(a portal.Admin, ref string) string {
	w.t.Helper()
	d, err := w.desk.OfficeDossier(w.t.Context(), a, ref)
	w.must(err)
	return d.Application.UnitName
}

// rename gives an account another name.
func (w *world) rename(account int64, name string) {
	w.t.Helper()
	w.must(w.store.Save(w.t.Context(), w.system(), func(tx *postgres.Tx) error { return tx.Rename(account, name) }))
}

// sentTo reports whether a letter goes to the address.
func sentTo(address string) func(postgres.Message) bool {
	return func(m postgres.Message) bool { return m.Address == address }
}

// day is the first moment of the nth day after the one on which the world's clock stood first.
func day(n int) time.Time { return time.Date(2026, 3, 2+n, 0, 0, 0, 0, portal.Shanghai) }

// TestDeputyByTheClock: a deputy's right begins with the first day and ends with the last,
// what it does is done in another's place, the letters reach it, and the card names it.
func TestDeputyByTheClock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	own, deputy := w.contact("li@x.invalid", 5)().Account(), w.contact("wang@x.invalid", 6)()
	first, second := w.submit(w.applicant("a@x.invalid")(), 5), w.submit(w.applicant("b@x.invalid")(), 5)
	since := len(w.queue.messages)
	w.must(w.desk.NameDeputy(ctx, w.mustContact(own), desk.Deputising{To: deputy.Standing().Ref, First: day(2), Last: day(3)}))
	if letters := w.letters(since); len(letters) != 2 || letters[0].Address != "li@x.invalid" || letters[1].Address != "wang@x.invalid" {
		t.Errorf("the letters: %+v", letters)
	}
	for _, tc := range []struct {
		name string
		at   time.Time
		in   bool
	}{
		{"a moment before", day(2).Add(-time.Microsecond), false},
		{"the first moment", day(2), true},
		{"the last moment", day(4).Add(-time.Microsecond), true},
		{"a moment after", day(4), false},
	} {
		w.at(tc.at)
		c := w.mustContact(deputy.Account())
		d, err := w.desk.Dossier(ctx, c, first)
		if want := map[bool]portal.Kind{true: "", false: portal.NotFound}[tc.in]; portal.KindOf(err) != want {
			t.Errorf("%s: %v", tc.name, err)
		}
		if tc.in && d.For.Name != "li" {
			t.Errorf("%s: acts for %+v", tc.name, d.For)
		}
		box, err := w.desk.Inbox(ctx, c, desk.Listing{Filter: portal.Filter{Standing: portal.Deputed}, Order: portal.Newest})
		w.must(err)
		if got := len(box.Applications); got != map[bool]int{true: 2, false: 0}[tc.in] {
			t.Errorf("%s: %d applications as a deputy", tc.name, got)
		}
	}
	w.at(day(3))
	w.must(w.desk.Accept(ctx, w.mustContact(deputy.Account()), first))
	d, err := w.desk.Dossier(ctx, w.mustContact(own), first)
	w.must(err)
	if e := d.History[0]; e.By() != "wang 代 li" || e.Role != portal.RoleContact || e.OnBehalfOf != own {
		t.Errorf("the history says %+v", e)
	}
	w.must(w.desk.Accept(ctx, w.mustContact(own), second)) // who is away keeps its right
	since = len(w.queue.messages)
	w.submit(w.applicant("c@x.invalid")(), 5)
	if !slices.ContainsFunc(w.letters(since), sentTo("wang@x.invalid")) || !slices.ContainsFunc(w.letters(since), sentTo("li@x.invalid")) {
		t.Error("a new application is not told to both")
	}
}

// TestDeputiesAreRefused: what is wrong with the days or the person is said at its field; two
// at once are refused; one that is ended before its day never begins; and with the right of
// whom it stands in for, a deputy's ends.
func TestDeputiesAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	own, deputy, admin := w.contact("li@x.invalid", 5)(), w.contact("wang@x.invalid", 6)(), w.admin("admin@x.invalid")
	to := deputy.Standing().Ref
	for name, in := range map[string]desk.Deputising{
		"ends before it begins": {To: to, First: day(3), Last: day(2)},
		"is over":               {To: to, First: day(-3), Last: day(-2)},
		"never ends":            {To: to, First: day(0), Last: day(400)},
		"is oneself":            {To: own.Standing().Ref, First: day(0), Last: day(1)},
		"is no contact":         {To: w.applicant("a@x.invalid")().Standing().Ref, First: day(0), Last: day(1)},
	} {
		kind(t, name, w.desk.NameDeputy(ctx, own, in), portal.Invalid)
	}
	w.must(w.desk.NameDeputyOf(ctx, admin(), own.Standing().Ref, desk.Deputising{To: to, First: day(2), Last: day(4)}))
	kind(t, "a second one", w.desk.NameDeputy(ctx, own, desk.Deputising{To: to, First: day(4), Last: day(5)}), portal.Invalid)
	list, err := w.desk.Deputies(ctx, own)
	w.must(err)
	if len(list) != 1 || list[0].Name != "wang" {
		t.Fatalf("the deputies: %+v", list)
	}
	w.must(w.desk.EndDeputy(ctx, own, list[0].ID))
	kind(t, "ended twice", w.desk.EndDeputy(ctx, own, list[0].ID), portal.NotFound)
	w.must(w.desk.NameDeputy(ctx, own, desk.Deputising{To: to, First: day(0), Last: day(5)}))
	ref := w.submit(w.applicant("b@x.invalid")(), 5)
	if _, err := w.desk.Dossier(ctx, w.mustContact(deputy.Account()), ref); err != nil {
		t.Errorf("the deputy: %v", err)
	}
	w.contact("new@x.invalid", 7)
	w.must(w.desk.HandOver(ctx, admin(), slug, 5, desk.Successor{Email: "new@x.invalid"}, ""))
	_, err = w.desk.Dossier(ctx, w.mustContact(deputy.Account()), ref)
	kind(t, "the deputy of who has the topic no more", err, portal.NotFound)
}

// TestPassingOneCase: a colleague gets one application and nothing else; the former contact
// reads it and acts no more, until it takes it back.
func TestPassingOneCase(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	own, colleague, stranger := w.contact("li@x.invalid", 5)(), w.contact("wang@x.invalid", 6)(), w.contact("zhao@x.invalid", 7)()
	ref, other := w.submit(w.applicant("a@x.invalid")(), 5), w.submit(w.applicant("b@x.invalid")(), 5)
	kind(t, "a stranger passes", w.desk.Pass(ctx, stranger, ref, colleague.Standing().Ref, "请办理"), portal.NotFound)
	kind(t, "to nobody", w.desk.Pass(ctx, own, ref, "nobody", "请办理"), portal.Invalid)
	since := len(w.queue.messages)
	w.must(w.desk.Pass(ctx, own, ref, colleague.Standing().Ref, "只给本部门看"))
	if letters := w.letters(since); len(letters) != 1 || letters[0].Address != "wang@x.invalid" || !strings.Contains(letters[0].Body, "只给本部门看") {
		t.Errorf("the letter: %+v", letters)
	}
	d, err := w.desk.Dossier(ctx, own, ref)
	w.must(err)
	if !d.Back || len(d.Acts) != 0 || d.Application.Mark(own) != "已转给 wang" || d.Assignment == nil {
		t.Errorf("the former contact: back %v, acts %v, mark %q", d.Back, d.Acts, d.Application.Mark(own))
	}
	for _, e := range d.History {
		if strings.Contains(e.Reason, "只给本部门看") {
			t.Error("the note stands in the history, which the applicant reads")
		}
	}
	kind(t, "the former contact accepts", w.desk.Accept(ctx, own, ref), portal.NotNow)
	kind(t, "the colleague takes back", w.desk.Reclaim(ctx, colleague, ref), portal.NotNow)
	_, err = w.desk.Dossier(ctx, colleague, other)
	kind(t, "the colleague reads another of the topic", err, portal.NotFound)
	box, err := w.desk.Inbox(ctx, colleague, desk.Listing{Order: portal.Newest})
	w.must(err)
	if len(box.Applications) != 1 || box.Applications[0].Ref != ref {
		t.Errorf("the colleague's list: %+v", box.Applications)
	}
	w.must(w.desk.Reclaim(ctx, own, ref))
	_, err = w.desk.Dossier(ctx, colleague, ref)
	kind(t, "the colleague afterwards", err, portal.NotFound)
	w.must(w.desk.Pass(ctx, own, ref, colleague.Standing().Ref, "还是请您办理"))
	w.must(w.desk.Accept(ctx, colleague, ref))
}

// TestHandOverThatLeavesOpenCases: what is open stays with who had the topic, who has no
// topic any more, and what comes afterwards goes to the successor.
func TestHandOverThatLeavesOpenCases(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	old, successor, admin := w.contact("li@x.invalid", 5)(), w.contact("wang@x.invalid", 6)(), w.admin("admin@x.invalid")
	open, decided := w.submit(w.applicant("a@x.invalid")(), 5), w.submit(w.applicant("b@x.invalid")(), 5)
	w.must(w.desk.Decline(ctx, old, decided, "topic", "不符"))
	w.must(w.desk.HandOver(ctx, admin(), slug, 5, desk.Successor{Email: "wang@x.invalid", Stay: true}, "轮岗"))
	after := w.submit(w.applicant("c@x.invalid")(), 5)
	was, is := w.mustContact(old.Account()), w.mustContact(successor.Account())
	w.must(w.desk.Accept(ctx, was, open))
	kind(t, "the successor accepts what stayed", w.desk.Accept(ctx, is, open), portal.NotNow)
	kind(t, "the successor takes back what stayed", w.desk.Reclaim(ctx, is, open), portal.NotNow)
	for _, ref := range []string{decided, after} {
		_, err := w.desk.Dossier(ctx, was, ref)
		kind(t, "the former contact reads what did not stay", err, portal.NotFound)
	}
	w.must(w.desk.Accept(ctx, is, after))
	d, err := w.desk.OfficeDossier(ctx, admin(), open)
	w.must(err)
	if !slices.ContainsFunc(d.History, func(e portal.Event) bool { return strings.HasSuffix(e.Reason, "（本件仍由li办理）") }) {
		t.Errorf("the history does not say that it stays: %+v", d.History)
	}
}

// TestSameUnitKeepsAway: what the machine finds by the unit keeps the contact from reading and
// acting, and its deputy too, is put on record once and told to the administrators, who name
// another.
func TestSameUnitKeepsAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	own, deputy, admin := w.contact("li@x.invalid", 5)(), w.contact("wang@x.invalid", 6)(), w.admin("admin@x.invalid")
	ref := w.submit(w.applicant("a@x.invalid")(), 5)
	w.must(w.desk.NameDeputy(ctx, own, desk.Deputising{To: deputy.Standing().Ref, First: day(0), Last: day(3)}))
	deputy = w.mustContact(deputy.Account())
	w.employ(admin(), own.Account(), w.unitOf(admin(), ref))
	kind(t, "accepting unread", w.desk.Accept(ctx, own, ref), portal.Withheld)
	since := len(w.queue.messages)
	for range 2 {
		_, err := w.desk.Dossier(ctx, own, ref)
		kind(t, "reading", err, portal.Withheld)
	}
	if letters := w.letters(since); len(letters) != 1 || letters[0].Address != "admin@x.invalid" {
		t.Errorf("the letters: %+v", letters)
	}
	_, err := w.desk.Standing(ctx, own, ref)
	kind(t, "the paper", err, portal.Withheld)
	_, _, err = w.desk.ReadFile(ctx, own, ref, "any")
	kind(t, "a file", err, portal.Withheld)
	_, err = w.desk.Dossier(ctx, deputy, ref)
	kind(t, "the deputy", err, portal.Withheld)
	box, err := w.desk.Inbox(ctx, own, desk.Listing{Order: portal.Newest})
	w.must(err)
	if len(box.Applications) != 1 || box.Applications[0].Mark(own) != "已回避" {
		t.Errorf("the list: %+v", box.Applications)
	}
	list, _, err := w.desk.Recusals(ctx, admin(), 0)
	w.must(err)
	o, err := w.desk.Overview(ctx, admin())
	w.must(err)
	if len(list) != 1 || !list[0].Waiting || list[0].Ground != portal.GroundUnit || o.Waiting != 1 {
		t.Fatalf("on record: %+v, %d waiting", list, o.Waiting)
	}
	kind(t, "the one who is kept away is named", w.desk.Name(ctx, admin(), ref, own.Standing().Ref, ""), portal.Invalid)
	w.must(w.desk.Name(ctx, admin(), ref, deputy.Standing().Ref, "请办理"))
	w.must(w.desk.Accept(ctx, deputy, ref))
	if o, err = w.desk.Overview(ctx, admin()); err != nil || o.Waiting != 0 {
		t.Errorf("still %d waiting, %v", o.Waiting, err)
	}
	kind(t, "lifting without a reason", w.desk.LiftRecusal(ctx, admin(), list[0].ID, ""), portal.Invalid)
	w.must(w.desk.LiftRecusal(ctx, admin(), list[0].ID, "单位名称相同，不是同一单位"))
	if _, err := w.desk.Dossier(ctx, own, ref); err != nil {
		t.Errorf("after it was lifted: %v", err)
	}
}

// TestSameNameAsks: a leader of the contact's name bars every act, but not the reading, until
// the contact says that it is somebody else, which is kept; or that it is not.
func TestSameNameAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	own, admin := w.contact("li@x.invalid", 5)(), w.admin("admin@x.invalid")
	ref, second := w.submit(w.applicant("a@x.invalid")(), 5), w.submit(w.applicant("b@x.invalid")(), 5)
	d, err := w.desk.Dossier(ctx, own, ref)
	w.must(err)
	kind(t, "nothing to deny", w.desk.Deny(ctx, own, ref, "不认识"), portal.NotNow)
	w.rename(own.Account(), d.Application.LeaderName)
	if d, err = w.desk.Dossier(ctx, own, ref); err != nil || d.Doubt == nil || d.Doubt.Ground != portal.GroundLeader || len(d.Acts) != 0 {
		t.Fatalf("the doubt: %+v, acts %v, %v", d.Doubt, d.Acts, err)
	}
	kind(t, "accepting", w.desk.Accept(ctx, own, ref), portal.NotNow)
	kind(t, "passing", w.desk.Pass(ctx, own, ref, w.contact("wang@x.invalid", 6)().Standing().Ref, "请办理"), portal.NotNow)
	w.must(w.desk.Deny(ctx, own, ref, "同名，出生年月不同"))
	w.must(w.desk.Accept(ctx, own, ref))
	list, _, err := w.desk.Recusals(ctx, admin(), 0)
	w.must(err)
	if len(list) != 1 || list[0].Waiting || list[0].LiftedWhy != "同名，出生年月不同" {
		t.Errorf("on record: %+v", list)
	}
	w.must(w.desk.Recuse(ctx, own, second, "是我本人"))
	_, err = w.desk.Dossier(ctx, own, second)
	kind(t, "after saying so", err, portal.Withheld)
	kind(t, "twice", w.desk.Recuse(ctx, own, second, "是我本人"), portal.Withheld)
}

// TestDeclaredConflict: who declares a conflict of interest is kept away from that one
// application.
func TestDeclaredConflict(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	own := w.contact("li@x.invalid", 5)()
	ref, other := w.submit(w.applicant("a@x.invalid")(), 5), w.submit(w.applicant("b@x.invalid")(), 5)
	w.must(w.desk.Recuse(ctx, own, ref, "曾共同承担项目"))
	for name, err := range map[string]error{
		"accepts":    w.desk.Accept(ctx, own, ref),
		"returns":    w.desk.Return(ctx, own, ref, []desk.Remark{{Section: proposal.Text, Label: "正文", Text: "补充"}}, day(20)),
		"declines":   w.desk.Decline(ctx, own, ref, "topic", "不符"),
		"recommends": w.desk.Recommend(ctx, own, ref, portal.Review{Outcome: portal.Recommended, Comment: "好"}),
		"passes":     w.desk.Pass(ctx, own, ref, w.contact("wang@x.invalid", 6)().Standing().Ref, "请办理"),
		"reads":      failure(w.desk.Dossier(ctx, own, ref)),
		"previews":   failure(w.desk.DeclineLetter(ctx, own, ref, "topic", "不符")),
	} {
		if kind := portal.KindOf(err); kind != portal.Withheld && !(name == "recommends" && kind == portal.NotNow) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.desk.Accept(ctx, own, other))
}

// failure is the error of what also answers something.
func failure[T any](_ T, err error) error { return err }
