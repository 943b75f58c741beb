package desk_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

// TestJourney is the thinnest whole story: begun, written, submitted, found by the
// topic's contact and no other, accepted, seen by the applicant.
func TestJourney(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	applicant, mine, other := w.applicant("a@x.invalid"), w.contact("five@x.invalid", 5), w.contact("six@x.invalid", 6)
	ref := w.submit(applicant(), 5)

	receipt, err := w.desk.Receipt(ctx, applicant(), ref)
	w.must(err)
	if receipt.Application.Number != "2023-RKX1-05-0001" || !receipt.Version.ArrivedAt.Equal(w.store.Now()) {
		t.Errorf("the receipt says %s at %s", receipt.Application.Number, receipt.Version.ArrivedAt)
	}
	if receipt.Version.SHA256 != sha256.Sum256(receipt.Version.Body) {
		t.Error("the kept hash is not the body's")
	}
	if want := []desk.Printing{{Application: receipt.Application.ID, N: 1}}; !slices.Equal(w.queue.papers, want) {
		t.Errorf("the papers of %v were promised, want %v", w.queue.papers, want)
	}
	if len(w.queue.messages) != 2 {
		t.Errorf("%d mails were promised, want one to the applicant and one to the contact", len(w.queue.messages))
	}

	box, err := w.desk.Inbox(ctx, mine(), desk.Listing{Filter: portal.Filter{Standing: portal.Standpoint(portal.Submitted)}, Order: portal.Newest})
	w.must(err)
	if len(box.Applications) != 1 || box.Applications[0].Ref != ref || len(box.Counts) != 1 || box.Counts[0].Count != 1 {
		t.Errorf("the contact finds %v, counts %v", box.Applications, box.Counts)
	}
	box, err = w.desk.Inbox(ctx, other(), desk.Listing{Order: portal.Newest})
	w.must(err)
	if len(box.Applications) != 0 || len(box.Counts) != 0 {
		t.Errorf("another topic's contact finds %v", box)
	}
	for name, err := range map[string]error{
		"read":   second(w.desk.Dossier(ctx, other(), ref)),
		"accept": w.desk.Accept(ctx, other(), ref),
	} {
		if portal.KindOf(err) != portal.NotFound {
			t.Errorf("another topic's contact can %s it: %v", name, err)
		}
	}

	dossier, err := w.desk.Dossier(ctx, mine(), ref)
	w.must(err)
	if dossier.Frozen.Guideline.Title != "湖北高质量技术要素市场建设研究" || frozenAbstract(dossier.Frozen) == "" {
		t.Errorf("the frozen version holds %+v", dossier.Frozen)
	}
	if !slices.Equal(dossier.Acts, []portal.Act{portal.Accept, portal.Return, portal.Decline}) {
		t.Errorf("the contact can %v", dossier.Acts)
	}
	w.must(w.desk.Accept(ctx, mine(), ref))
	if err := w.desk.Accept(ctx, mine(), ref); portal.KindOf(err) != portal.NotNow {
		t.Errorf("accepted twice: %v", err)
	}

	f, err := w.desk.Application(ctx, applicant(), ref)
	w.must(err)
	var verbs []portal.Verb
	for _, e := range f.History {
		verbs = append(verbs, e.Verb)
	}
	if f.Application.Status != portal.Accepted || !slices.Equal(verbs, []portal.Verb{"accept", "submit", "begin"}) {
		t.Errorf("the applicant sees %s after %v", f.Application.Status, verbs)
	}
	if len(w.queue.messages) != 3 {
		t.Errorf("%d mails were promised, want one more to the applicant", len(w.queue.messages))
	}
	if len(w.queue.papers) != 1 {
		t.Error("a paper was promised that nothing was submitted for")
	}
}

func second[T any](_ T, err error) error { return err }

// TestClosingMoment: what arrived before the close counts, however late it is
// recorded; what arrived at the close does not. The draft stays readable.
func TestClosingMoment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant := w.applicant("a@x.invalid")
	inTime, late := w.fill(applicant(), 1), w.fill(applicant(), 2)

	w.at(closes.Add(-time.Microsecond))
	last := applicant()
	w.at(closes.Add(time.Minute)) // the transaction took its time
	w.must(w.desk.Submit(t.Context(), last, inTime, checked()))

	w.at(closes)
	if err := w.desk.Submit(t.Context(), applicant(), late, checked()); portal.KindOf(err) != portal.NotNow {
		t.Errorf("submitted at the closing moment: %v", err)
	}
	if err := w.save(applicant(), late, text(1, "迟到")); portal.KindOf(err) != portal.NotNow {
		t.Errorf("wrote after the close: %v", err)
	}
	f, err := w.desk.Application(t.Context(), applicant(), late)
	w.must(err)
	if f.Application.Shown(w.store.Now()) != portal.Lapsed || f.Editable(applicant()) || abstract(f) == "" {
		t.Errorf("the draft after the close: %s, %+v", f.Application.Shown(w.store.Now()), f.Sections[0].Saved)
	}

	// An extension heals it.
	w.must(w.desk.Extend(t.Context(), w.admin("root@x.invalid")(), slug, closes.AddDate(0, 0, 7), "系统维护"))
	w.must(w.desk.Submit(t.Context(), applicant(), late, checked()))
}

// TestConcurrentSubmissions: two hundred at once to one topic, around the closing second.
// Those that arrived before it get numbers without a gap and without a double, the others
// get none, in whatever order they are worked on.
func TestConcurrentSubmissions(t *testing.T) {
	t.Parallel()
	const crowd, step = 200, 10 * time.Millisecond
	w := newWorld(t)
	actors := make([]func() portal.Applicant, crowd)
	refs := make([]string, crowd)
	for i := range crowd {
		actors[i] = w.applicant(fmt.Sprintf("a%d@x.invalid", i))
		refs[i] = w.fill(actors[i](), 3)
	}
	arrived := make([]portal.Applicant, crowd) // one every ten milliseconds, the second half at the close and after it
	for i := range crowd {
		w.at(closes.Add(time.Duration(i-crowd/2) * step))
		arrived[i] = actors[i]()
	}
	var wg sync.WaitGroup
	errs := make([]error, crowd)
	for i := range crowd {
		wg.Go(func() { errs[i] = w.desk.Submit(t.Context(), arrived[i], refs[i], checked()) })
	}
	wg.Wait()
	var numbers []string
	for i := range crowd {
		r, err := w.desk.Receipt(t.Context(), actors[i](), refs[i])
		switch inTime := i < crowd/2; {
		case inTime && (errs[i] != nil || err != nil):
			t.Fatalf("%v before the close: %v, %v", time.Duration(crowd/2-i)*step, errs[i], err)
		case !inTime && (portal.KindOf(errs[i]) != portal.NotNow || portal.KindOf(err) != portal.NotFound):
			t.Fatalf("%v after the close: %v, %v", time.Duration(i-crowd/2)*step, errs[i], err)
		case inTime:
			numbers = append(numbers, r.Application.Number)
		}
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if want := portal.Number(2023, "RKX1", 3, i+1); n != want {
			t.Fatalf("number %d is %s, want %s", i+1, n, want)
		}
	}
}

// TestDoubleClicks: the same act twice, at the same time, makes one thing.
func TestDoubleClicks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant := w.applicant("a@x.invalid")
	refs := make([]string, 8)
	var wg sync.WaitGroup
	for i := range refs {
		wg.Go(func() {
			var err error
			if refs[i], err = w.desk.Begin(t.Context(), applicant(), slug, 4); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if slices.Sort(refs); len(slices.Compact(refs)) != 1 {
		t.Fatalf("eight clicks began %v", refs)
	}
	ref := w.fill(applicant(), 4)
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() { errs[i] = w.desk.Submit(t.Context(), applicant(), ref, checked()) })
	}
	wg.Wait()
	w.must(errors.Join(errs...))
	f, err := w.desk.Application(t.Context(), applicant(), ref)
	w.must(err)
	if f.Application.Versions != 1 || len(w.queue.messages) != 1 {
		t.Errorf("four clicks made %d versions and %d letters", f.Application.Versions, len(w.queue.messages))
	}
	if err := w.desk.Submit(t.Context(), applicant(), ref, checked(proposal.Text, 2)); portal.KindOf(err) != portal.NotNow {
		t.Errorf("submitted something else, that nobody may write now: %v", err)
	}
}

// TestStaleSave: who saves on top of a revision that is no longer the newest is
// told so, and nothing is overwritten. Only the last twenty revisions are kept.
func TestStaleSave(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant := w.applicant("a@x.invalid")
	ref := w.fill(applicant(), 1)
	save := func(revision int, abstract string) error {
		return w.save(applicant(), ref, text(revision, abstract))
	}
	for i := 1; i <= 25; i++ {
		w.must(save(i, fmt.Sprint("稿 ", i)))
	}
	for _, stale := range []int{0, 1, 5, 25, 27} {
		if err := save(stale, "旧"); portal.KindOf(err) != portal.Conflict {
			t.Errorf("saved on revision %d: %v", stale, err)
		}
	}
	f, err := w.desk.Application(t.Context(), applicant(), ref)
	w.must(err)
	s, _ := f.Section(proposal.Text)
	if got := s.Saved; got.Revision != 26 || got.Answers[proposal.FieldAbstract] != "稿 25" {
		t.Errorf("the section is %+v", got)
	}
	if err := w.desk.Submit(t.Context(), applicant(), ref, checked()); portal.KindOf(err) != portal.Conflict {
		t.Errorf("submitted what was not checked: %v", err)
	}
}

// TestIncompleteIsNotSubmitted: what is missing or wrong refuses the submission and
// takes no number.
func TestIncompleteIsNotSubmitted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant := w.applicant("a@x.invalid")
	ref, err := w.desk.Begin(t.Context(), applicant(), slug, 1)
	w.must(err)
	if err := w.desk.Submit(t.Context(), applicant(), ref, map[string]int{}); portal.KindOf(err) != portal.Invalid {
		t.Errorf("an untouched form: %v", err)
	}
	ref = w.fill(applicant(), 1)
	wrong := sample.Answers(portal.Topic{Title: "另一个名称"})
	w.must(w.save(applicant(), ref, portal.Section{Name: proposal.Cover, Revision: 1, Answers: wrong[proposal.Cover]}))
	w.must(w.save(applicant(), ref, text(1, "")))
	if err := w.desk.Submit(t.Context(), applicant(), ref, checked(proposal.Cover, 2, proposal.Text, 2)); portal.KindOf(err) != portal.Invalid {
		t.Errorf("a wrong title and no abstract: %v", err)
	}
	f, err := w.desk.Application(t.Context(), applicant(), ref)
	w.must(err)
	if n := len(f.Problems()); n != 2 || f.Application.Number != "" {
		t.Errorf("%d problems %v, number %q", n, f.Problems(), f.Application.Number)
	}
	w.submit(w.applicant("b@x.invalid")(), 1)
	right := sample.Answers(f.Topic)
	w.must(w.save(applicant(), ref, portal.Section{Name: proposal.Cover, Revision: 2, Answers: right[proposal.Cover]}))
	w.must(w.save(applicant(), ref, text(2, "摘要")))
	w.must(w.desk.Submit(t.Context(), applicant(), ref, checked(proposal.Cover, 3, proposal.Text, 3)))
	r, err := w.desk.Receipt(t.Context(), applicant(), ref)
	w.must(err)
	if r.Application.Number != "2023-RKX1-01-0002" {
		t.Errorf("refused submissions left a gap: %s", r.Application.Number)
	}
}

// TestOthersDoNotExist: every verb of an applicant on another's application.
func TestOthersDoNotExist(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	owner, other := w.applicant("a@x.invalid"), w.applicant("b@x.invalid")
	ref := w.fill(owner(), 1)
	for name, err := range map[string]error{
		"application": second(w.desk.Application(ctx, other(), ref)),
		"save":        w.save(other(), ref, text(1, "盗用")),
		"submit":      w.desk.Submit(ctx, other(), ref, checked()),
		"discard":     w.desk.Discard(ctx, other(), ref),
		"receipt":     second(w.desk.Receipt(ctx, other(), ref)),
	} {
		if portal.KindOf(err) != portal.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	list, _, err := w.desk.Applications(ctx, other(), 0)
	w.must(err)
	if len(list) != 0 {
		t.Errorf("the list shows %v", list)
	}
	w.must(w.desk.Discard(ctx, owner(), ref))
	if err := second(w.desk.Application(ctx, owner(), ref)); portal.KindOf(err) != portal.NotFound {
		t.Errorf("a deleted draft is still there: %v", err)
	}
}

// TestNothingHalf: a mail that cannot be promised takes the submission back, number
// and all.
func TestNothingHalf(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant := w.applicant("a@x.invalid")
	ref := w.fill(applicant(), 1)
	w.queue.broken = true
	if err := w.desk.Submit(t.Context(), applicant(), ref, checked()); err == nil {
		t.Fatal("submitted without a mail")
	}
	w.queue.broken = false
	w.must(w.desk.Submit(t.Context(), applicant(), ref, checked()))
	r, err := w.desk.Receipt(t.Context(), applicant(), ref)
	w.must(err)
	if r.Application.Number != "2023-RKX1-01-0001" {
		t.Errorf("the failed submission kept a number: %s", r.Application.Number)
	}
}

// TestFrozenBytes: the body is canonical and stays as it was hashed.
func TestFrozenBytes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant := w.applicant("a@x.invalid")
	r, err := w.desk.Receipt(t.Context(), applicant(), w.submit(applicant(), 10))
	w.must(err)
	again, err := portal.Canonical(json.RawMessage(r.Version.Body))
	w.must(err)
	if string(again) != string(r.Version.Body) {
		t.Errorf("the body is not canonical: %s", r.Version.Body)
	}
}

// TestNoTrace: a write that records nothing does not commit.
func TestNoTrace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.standing("a@x.invalid", portal.RoleApplicant)
	if err := w.store.Write(t.Context(), portal.MintHolder(s, w.visit()), func(tx *postgres.Tx) error { return tx.Rename(s.Account, "新名") }); err == nil {
		t.Fatal("a change without a trace was committed")
	}
	after, err := w.store.Standing(t.Context(), s.Account)
	w.must(err)
	if after.Name != s.Name {
		t.Errorf("the name is %q", after.Name)
	}
}
