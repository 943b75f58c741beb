package desk_test

import (
	"slices"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/portal"
)

// TestExtensionForOne: what was granted to one applicant counts for it to the very
// moment, for beginning, writing and submitting, and for nobody else.
func TestExtensionForOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	admin, lucky, other := w.admin("root@x.invalid"), w.applicant("lucky@x.invalid"), w.applicant("other@x.invalid")
	inTime, late, theirs := w.fill(lucky(), 1), w.fill(lucky(), 2), w.fill(other(), 1)
	until := closes.Add(20 * time.Hour)
	before := len(w.queue.messages)
	w.must(w.desk.ExtendFor(ctx, admin(), slug, desk.Grant{Email: "Lucky@x.invalid", Closes: until, Reason: "所在地停电"}))
	if letters := w.letters(before); len(letters) != 1 || letters[0].Address != "lucky@x.invalid" {
		t.Errorf("the letters are %+v", letters)
	}

	w.at(until.Add(-time.Microsecond))
	f, err := w.desk.Application(ctx, lucky(), inTime)
	w.must(err)
	if !f.Application.Window.Closes.Equal(until) || f.Application.Shown(w.store.Now()) != portal.Draft || f.History[0].Verb != portal.ExtensionGranted {
		t.Errorf("closes %s, %s, %+v", f.Application.Window.Closes, f.Application.Shown(w.store.Now()), f.History[0])
	}
	if _, err := w.desk.Begin(ctx, lucky(), slug, 4); err != nil {
		t.Errorf("begin within the extension: %v", err)
	}
	w.must(w.desk.Submit(ctx, lucky(), inTime, checked()))
	if err := w.desk.Submit(ctx, other(), theirs, checked()); portal.KindOf(err) != portal.NotNow {
		t.Errorf("another submits: %v", err)
	}
	if _, err := w.desk.Begin(ctx, other(), slug, 4); portal.KindOf(err) != portal.NotNow {
		t.Errorf("another begins: %v", err)
	}

	w.at(until)
	if err := w.desk.Submit(ctx, lucky(), late, checked()); portal.KindOf(err) != portal.NotNow {
		t.Errorf("submitted at the moment of the extension: %v", err)
	}
	if _, err := w.desk.Begin(ctx, lucky(), slug, 5); portal.KindOf(err) != portal.NotNow {
		t.Errorf("begun at the moment of the extension: %v", err)
	}
	f, err = w.desk.Application(ctx, lucky(), late)
	w.must(err)
	if f.Application.Shown(w.store.Now()) != portal.Lapsed || f.Editable(lucky()) {
		t.Errorf("after the extension it is %s", f.Application.Shown(w.store.Now()))
	}

	// Whoever helps with it has its time; the batch's own, once later, counts again.
	w.must(w.desk.ExtendFor(ctx, admin(), slug, desk.Grant{Email: "lucky@x.invalid", Closes: until.Add(time.Hour), Reason: "再延一小时"}))
	w.must(second(w.desk.InviteWriter(ctx, lucky(), late, desk.WriterInvitation{Email: "other@x.invalid", Kind: portal.AccessAgent})))
	w.must(w.save(other(), late, text(1, "x")))
	w.must(w.desk.Extend(ctx, admin(), slug, until.Add(48*time.Hour), "全体延期"))
	w.at(until.Add(47 * time.Hour))
	w.must(w.desk.Submit(ctx, lucky(), late, checked("text", 2)))
}

// TestExtensionForUnit: a unit's extension is found by its code however that was typed,
// and ends when it is taken back.
func TestExtensionForUnit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	const code portal.UnitCode = "91512081MA62K0260E"
	admin, other := w.admin("root@x.invalid"), w.applicant("other@x.invalid")
	account, err := w.desk.Register(ctx, w.visitor(), desk.Registration{Name: "甲", Email: "unit@x.invalid", Password: "Password-1", UnitName: "某单位", UnitCode: "９１５１2081 ma62k0260e", Code: code, PrivacyVersion: "1"})
	w.must(err)
	mine := w.applicantAt(account)
	ref, err := w.desk.Begin(ctx, mine(), slug, 1)
	w.must(err)
	theirs := w.fill(other(), 1)
	until := closes.Add(2 * time.Hour)
	before := len(w.queue.messages)
	w.must(w.desk.ExtendFor(ctx, admin(), slug, desk.Grant{Code: code, Closes: until, Reason: "单位网络故障"}))
	if letters := w.letters(before); len(letters) != 1 || letters[0].Address != "unit@x.invalid" {
		t.Errorf("the letters are %+v", letters)
	}
	w.at(until.Add(-time.Second))
	w.must(w.save(mine(), ref, portal.Section{Name: "text", Answers: map[string]string{"abstract": "x"}}))
	w.must(second(w.desk.Begin(ctx, mine(), slug, 2)))
	if err := w.save(other(), theirs, text(1, "x")); portal.KindOf(err) != portal.NotNow {
		t.Errorf("another unit writes: %v", err)
	}

	granted, err := w.desk.Extensions(ctx, admin(), slug)
	w.must(err)
	if len(granted) != 1 || granted[0].Who() != "单位 "+string(code) || granted[0].By != "root" {
		t.Fatalf("the batch lists %+v", granted)
	}
	w.must(w.desk.EndExtension(ctx, admin(), slug, granted[0].ID))
	if err := w.save(mine(), ref, portal.Section{Name: "text", Revision: 1, Answers: map[string]string{"abstract": "y"}}); portal.KindOf(err) != portal.NotNow {
		t.Errorf("wrote after the extension was taken back: %v", err)
	}
	if err := w.desk.EndExtension(ctx, admin(), slug, granted[0].ID); portal.KindOf(err) != portal.NotFound {
		t.Errorf("ended twice: %v", err)
	}
	f, err := w.desk.Application(ctx, mine(), ref)
	w.must(err)
	if verbs := []portal.Verb{f.History[0].Verb, f.History[1].Verb}; !slices.Equal(verbs, []portal.Verb{portal.ExtensionEnded, portal.ExtensionGranted}) {
		t.Errorf("the history has %v", verbs)
	}
}

// TestExtensionRefused: an unknown address, a time that is none, a batch that is not public.
func TestExtensionRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	admin := w.admin("root@x.invalid")
	w.applicant("a@x.invalid")
	for name, c := range map[string]struct {
		slug  string
		grant desk.Grant
		kind  portal.Kind
	}{
		"an unknown address":   {slug, desk.Grant{Email: "nobody@x.invalid", Closes: closes.Add(time.Hour), Reason: "r"}, portal.Invalid},
		"the batch's own time": {slug, desk.Grant{Email: "a@x.invalid", Closes: closes, Reason: "r"}, portal.Invalid},
		"no such batch":        {"nothing", desk.Grant{Email: "a@x.invalid", Closes: closes.Add(time.Hour), Reason: "r"}, portal.NotFound},
	} {
		if err := w.desk.ExtendFor(ctx, admin(), c.slug, c.grant); portal.KindOf(err) != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.at(closes.Add(2 * time.Hour))
	if err := w.desk.ExtendFor(ctx, admin(), slug, desk.Grant{Email: "a@x.invalid", Closes: closes.Add(time.Hour), Reason: "r"}); portal.KindOf(err) != portal.Invalid {
		t.Errorf("a time that is over: %v", err)
	}
}
