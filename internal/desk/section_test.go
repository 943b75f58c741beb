package desk_test

import (
	"strings"
	"testing"
	"time"

	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// TestAutosaveKeepsWhatWasTakenAway: somebody who deletes or replaces a whole answer
// while the page saves by itself finds it among the revisions.
func TestAutosaveKeepsWhatWasTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant := w.applicant("a@x.invalid")
	ref := w.fill(applicant(), 1)
	afternoon := strings.Repeat("写了一个下午的摘要。", 10)
	revision := 1
	save := func(abstract string) {
		t.Helper()
		w.must(w.autosave(applicant(), ref, text(revision, abstract)))
		revision++
	}
	says := func() (all []string) {
		r, err := w.desk.Revisions(t.Context(), applicant(), ref, proposal.Text)
		w.must(err)
		for _, s := range r.Kept {
			all = append(all, s.Answers[proposal.FieldAbstract])
		}
		return all
	}
	save(afternoon)
	save(afternoon + "又写")
	save(afternoon + "又写了一句。")
	save("")
	save("错")
	if got := says(); len(got) != 3 || got[0] != "错" || got[1] != afternoon+"又写了一句。" {
		t.Errorf("kept are %q", got)
	}
	r, err := w.desk.Revisions(t.Context(), applicant(), ref, proposal.Text)
	w.must(err)
	w.must(w.desk.TakeBack(t.Context(), applicant(), ref, proposal.Text, r.Kept[1].Revision, revision))
	if got := says(); len(got) != 4 || got[0] != afternoon+"又写了一句。" || got[1] != "错" {
		t.Errorf("after it was taken back, kept are %q", got)
	}
}

// TestTakeBack: a revision is taken back only on top of what the writer saw, by its
// owner, while the application can be written.
func TestTakeBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant, other := w.applicant("a@x.invalid"), w.applicant("b@x.invalid")
	ref := w.fill(applicant(), 1)
	w.must(w.save(applicant(), ref, text(1, "第二稿")))
	take := func(a portal.Applicant, name string, revision, seen int) portal.Kind {
		return portal.KindOf(w.desk.TakeBack(t.Context(), a, ref, name, revision, seen))
	}
	for _, tc := range []struct {
		name           string
		a              portal.Applicant
		section        string
		revision, seen int
		want           portal.Kind
	}{
		{"another's", other(), proposal.Text, 1, 2, portal.NotFound},
		{"an old page", applicant(), proposal.Text, 1, 1, portal.Conflict},
		{"no such revision", applicant(), proposal.Text, 7, 2, portal.NotFound},
		{"no such section", applicant(), "nothing", 1, 2, portal.NotFound},
	} {
		if got := take(tc.a, tc.section, tc.revision, tc.seen); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
	if _, err := w.desk.Revisions(t.Context(), other(), ref, proposal.Text); portal.KindOf(err) != portal.NotFound {
		t.Errorf("another looks at them: %v", err)
	}
	if _, err := w.desk.Revisions(t.Context(), applicant(), ref, "nothing"); portal.KindOf(err) != portal.NotFound {
		t.Errorf("of no section: %v", err)
	}
	w.at(closes.Add(time.Second))
	if got := take(applicant(), proposal.Text, 1, 2); got != portal.NotNow {
		t.Errorf("after the deadline: %v", got)
	}
}
