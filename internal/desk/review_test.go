package desk_test

import (
	"strings"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

func (w *world) status(a portal.Applicant, ref string) portal.Application {
	w.t.Helper()
	f, err := w.desk.Application(w.t.Context(), a, ref)
	w.must(err)
	return f.Application
}

// TestReturnAndResubmit: a return keeps number and content, has reasons by section,
// and may be answered after the close, until its own term and not a moment longer.
func TestReturnAndResubmit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	applicant, contact := w.applicant("a@x.invalid"), w.contact("c@x.invalid", 5)
	ref := w.submit(applicant(), 5)
	until := closes.AddDate(0, 0, 3)
	remark := []desk.Remark{{Section: proposal.Text, Label: "摘要与正文", Text: "请写明研究方法"}}
	for name, err := range map[string]error{
		"without a remark": w.desk.Return(ctx, contact(), ref, nil, until),
		"until the past":   w.desk.Return(ctx, contact(), ref, remark, w.store.Now()),
	} {
		if portal.KindOf(err) != portal.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.desk.Return(ctx, contact(), ref, remark, until))
	f, err := w.desk.Application(ctx, applicant(), ref)
	w.must(err)
	if e := f.History[0]; f.Application.Number != "2023-RKX1-05-0001" || e.Data["remark."+proposal.Text] != "请写明研究方法" || !strings.Contains(e.Reason, "请写明研究方法") {
		t.Errorf("after the return: %s, %+v", f.Application.Number, e)
	}

	w.at(closes.AddDate(0, 0, 2)) // after the close
	w.must(w.save(applicant(), ref, text(1, "写明了研究方法。")))
	w.at(until)
	if err := w.desk.Submit(ctx, applicant(), ref, checked(proposal.Text, 2)); portal.KindOf(err) != portal.NotNow {
		t.Errorf("at the end of the term: %v", err)
	}
	if got := w.status(applicant(), ref).Shown(w.store.Now()); got != portal.Lapsed {
		t.Errorf("a return whose term is over shows as %s", got)
	}
	w.at(until.Add(-time.Microsecond))
	w.must(w.desk.Submit(ctx, applicant(), ref, checked(proposal.Text, 2)))

	box, err := w.desk.Inbox(ctx, contact(), desk.Listing{Filter: portal.Filter{Standing: portal.Again}, Order: portal.Newest})
	w.must(err)
	waiting, err := w.desk.Inbox(ctx, contact(), desk.Listing{Filter: portal.Filter{Standing: portal.Standpoint(portal.Submitted)}, Order: portal.Newest})
	w.must(err)
	if len(box.Applications) != 1 || len(waiting.Applications) != 1 {
		t.Errorf("%d came back after a return, %d wait", len(box.Applications), len(waiting.Applications))
	}
	d, err := w.desk.Dossier(ctx, contact(), ref)
	w.must(err)
	if d.Version.N != 2 || len(d.Earlier) != 1 || d.Application.Number != "2023-RKX1-05-0001" {
		t.Errorf("version %d with %d before, number %s", d.Version.N, len(d.Earlier), d.Application.Number)
	}
	_, before, err := d.At(1)
	w.must(err)
	if frozenAbstract(before) == frozenAbstract(d.Frozen) {
		t.Error("the first version changed with the second")
	}
}

// TestReopen: the last submitted version stands while its applicant edits beside it,
// and a contact's act closes the edit.
func TestReopen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	applicant, contact := w.applicant("a@x.invalid"), w.contact("c@x.invalid", 5)
	ref := w.submit(applicant(), 5)
	change := text(1, "改过的摘要")
	if err := w.save(applicant(), ref, change); portal.KindOf(err) != portal.NotNow {
		t.Errorf("wrote in a submitted application: %v", err)
	}
	w.must(w.desk.Reopen(ctx, applicant(), ref))
	w.must(w.save(applicant(), ref, change))
	d, err := w.desk.Dossier(ctx, contact(), ref)
	w.must(err)
	if frozenAbstract(d.Frozen) == "改过的摘要" || d.Application.Status != portal.Submitted {
		t.Error("the standing version does not stand")
	}
	w.must(w.desk.Submit(ctx, applicant(), ref, checked(proposal.Text, 2)))
	if app := w.status(applicant(), ref); app.Number != "2023-RKX1-05-0001" || app.Versions != 2 || app.Editing {
		t.Errorf("replaced: %+v", app)
	}

	w.must(w.desk.Reopen(ctx, applicant(), ref))
	w.must(w.desk.Accept(ctx, contact(), ref))
	if app := w.status(applicant(), ref); app.Editing || app.Status != portal.Accepted {
		t.Errorf("the contact's act left the edit open: %+v", app)
	}
	if err := w.desk.Submit(ctx, applicant(), ref, checked(proposal.Text, 2)); portal.KindOf(err) != portal.NotNow {
		t.Errorf("submitted an accepted application: %v", err)
	}

	w.at(closes)
	late := w.submitAt(opens.AddDate(0, 0, 1), applicant, 6)
	w.at(closes)
	if err := w.desk.Reopen(ctx, applicant(), late); portal.KindOf(err) != portal.NotNow {
		t.Errorf("reopened after the close: %v", err)
	}
}

// submitAt submits at a moment.
func (w *world) submitAt(at time.Time, applicant func() portal.Applicant, ordinal int) string {
	w.t.Helper()
	w.at(at)
	return w.submit(applicant(), ordinal)
}

// TestToTheEnd: accepted, recommended, proposed, funded; the note stays inside the
// department, and nobody skips a step.
func TestToTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	applicant, contact, admin := w.applicant("a@x.invalid"), w.contact("c@x.invalid", 5), w.admin("root@x.invalid")
	ref := w.submit(applicant(), 5)
	review := portal.Review{Outcome: portal.Recommended, Comment: "选题切合", Note: "经费偏紧"}
	for name, err := range map[string]error{
		"recommended before accepted": w.desk.Recommend(ctx, contact(), ref, review),
		"proposed before reviewed":    w.desk.Decide(ctx, admin(), ref, portal.Propose, ""),
		"funded at once":              w.desk.Decide(ctx, admin(), ref, portal.Fund, ""),
	} {
		if portal.KindOf(err) != portal.NotNow {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.must(w.desk.Accept(ctx, contact(), ref))
	w.must(w.desk.Recommend(ctx, contact(), ref, review))
	f, err := w.desk.Application(ctx, applicant(), ref)
	w.must(err)
	if f.History[0].Reason != "选题切合" || strings.Contains(remembered(f.History), "经费偏紧") {
		t.Errorf("the applicant reads %s", remembered(f.History))
	}
	if err := w.desk.Decide(ctx, admin(), ref, portal.Reject, ""); portal.KindOf(err) != portal.Invalid {
		t.Errorf("rejected without a reason: %v", err)
	}
	w.must(w.desk.Decide(ctx, admin(), ref, portal.Propose, ""))
	w.must(w.desk.Decide(ctx, admin(), ref, portal.Fund, "鄂科技发〔2026〕1号"))
	d, err := w.desk.OfficeDossier(ctx, admin(), ref)
	w.must(err)
	if d.Application.Status != portal.Funded || len(d.Reviews) != 1 || d.Reviews[0].Note != "经费偏紧" || len(d.Acts) != 0 {
		t.Errorf("at the end: %s, %+v, acts %v", d.Application.Status, d.Reviews, d.Acts)
	}
}

func remembered(events []portal.Event) string {
	var b strings.Builder
	for _, e := range events {
		b.WriteString(e.Reason)
	}
	return b.String()
}

// TestDecline: a code and a text, and the letter is the one that was previewed.
func TestDecline(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	applicant, contact := w.applicant("a@x.invalid"), w.contact("c@x.invalid", 5)
	ref := w.submit(applicant(), 5)
	if err := w.desk.Decline(ctx, contact(), ref, "whim", "不喜欢"); portal.KindOf(err) != portal.Invalid {
		t.Errorf("a reason that is none: %v", err)
	}
	letter, err := w.desk.DeclineLetter(ctx, contact(), ref, "unit", "不是独立法人。")
	w.must(err)
	if app := w.status(applicant(), ref); app.Status != portal.Submitted {
		t.Errorf("the preview moved it to %s", app.Status)
	}
	w.must(w.desk.Decline(ctx, contact(), ref, "unit", "不是独立法人。"))
	if sent := w.lastMail(); sent != letter.Body || !strings.Contains(sent, "不是独立法人") {
		t.Errorf("the letter sent is not the one previewed:\n%s\n%s", sent, letter.Body)
	}
	// It frees the topic for another try.
	again, err := w.desk.Begin(ctx, applicant(), slug, 5)
	w.must(err)
	if again == ref {
		t.Error("a declined application is begun again as itself")
	}
}

// TestHandOver: the open cases follow the topic to another contact, and say so.
func TestHandOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	applicant, old, admin := w.applicant("a@x.invalid"), w.contact("old@x.invalid", 5), w.admin("root@x.invalid")
	ref := w.submit(applicant(), 5)
	if err := w.desk.HandOver(ctx, admin(), slug, 5, desk.Successor{Email: "nobody@x.invalid"}, ""); portal.KindOf(err) != portal.Invalid {
		t.Errorf("handed to nobody: %v", err)
	}
	w.standing("new@x.invalid", portal.RoleContact, w.topic(6))
	w.must(w.desk.HandOver(ctx, admin(), slug, 5, desk.Successor{Email: "new@x.invalid"}, "岗位调整"))
	waiting := w.contactAgain("new@x.invalid")
	if _, err := w.desk.Dossier(ctx, waiting(), ref); err != nil {
		t.Errorf("the new contact: %v", err)
	}
	s, err := w.store.Standing(ctx, old().Account())
	w.must(err)
	if s.Has(portal.RoleContact) {
		t.Error("the old contact kept the right")
	}
	f, err := w.desk.Application(ctx, applicant(), ref)
	w.must(err)
	if e := f.History[0]; e.Verb != portal.HandedOver || e.Reason != "old → new：岗位调整" {
		t.Errorf("the history says %+v", e)
	}
}

func (w *world) topic(ordinal int) int64 {
	w.t.Helper()
	p, err := w.desk.Batch(w.t.Context(), w.visitor(), slug)
	w.must(err)
	return p.Topics[ordinal-1].ID
}

// contactAgain is an account that is contact already, with the rights it has now.
func (w *world) contactAgain(email string) func() portal.Contact {
	w.t.Helper()
	id, err := w.desk.SignIn(w.t.Context(), w.visitor(), email, "Password-1")
	w.must(err)
	s, err := w.store.Standing(w.t.Context(), id)
	w.must(err)
	return func() portal.Contact { c, _ := portal.MintContact(s, w.visit()); return c }
}

// lastMail is the body of the mail that was promised last.
func (w *world) lastMail() string {
	w.t.Helper()
	var m postgres.Message
	w.must(w.store.Read(w.t.Context(), w.system(), postgres.MessageOf(&m, w.queue.messages[len(w.queue.messages)-1])))
	return m.Body
}
