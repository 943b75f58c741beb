package desk_test

import (
	"testing"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// TestOpinionsOverAllVersions: every return stands with its remarks and with how much the
// submission after it changed; what was said in a review for the department alone does not.
func TestOpinionsOverAllVersions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	applicant, contact, stranger := w.applicant("a@x.invalid"), w.contact("c@x.invalid", 5), w.applicant("s@x.invalid")
	ref := w.submit(applicant(), 5)
	if o, err := w.desk.Opinions(ctx, applicant(), ref); err != nil || len(o.List) != 0 {
		t.Errorf("before anything was said: %+v, %v", o.List, err)
	}
	remark := func(section, words string) desk.Remark {
		return desk.Remark{Section: section, Label: proposal.Label(section), Text: words}
	}
	give := func(remarks ...desk.Remark) {
		t.Helper()
		w.must(w.desk.Return(ctx, contact(), ref, remarks, closes))
	}
	give(remark(proposal.Text, "请写明研究方法"), remark(proposal.Budget, "请核对经费"))
	w.must(w.save(applicant(), ref, text(1, "写明了研究方法。")))
	w.must(w.desk.Submit(ctx, applicant(), ref, checked(proposal.Text, 2)))
	give(remark(proposal.Budget, "仍请核对经费"))

	o, err := w.desk.Opinions(ctx, applicant(), ref)
	w.must(err)
	if len(o.List) != 2 || o.List[0].Answer != nil || o.List[0].Remarks[0].Text != "仍请核对经费" {
		t.Fatalf("the returns are %+v", o.List)
	}
	if a := o.List[1].Answer; a == nil || a.N != 2 || a.Changed[proposal.Text] != 1 || a.Changed[proposal.Budget] != 0 || a.Total() != 1 {
		t.Errorf("the first return was answered by %+v", a)
	}
	w.must(w.desk.Submit(ctx, applicant(), ref, checked(proposal.Text, 2))) // nothing was changed
	w.must(w.desk.Accept(ctx, contact(), ref))
	w.must(w.desk.Recommend(ctx, contact(), ref, portal.Review{Outcome: portal.Recommended, Comment: "切合选题", Note: "经费偏紧"}))
	o, err = w.desk.Opinions(ctx, applicant(), ref)
	w.must(err)
	if len(o.List) != 3 || o.List[0].Text != "切合选题" || o.List[0].Act != portal.Verb(portal.Recommend) || o.List[0].By != "c" {
		t.Fatalf("with the review: %+v", o.List)
	}
	if a := o.List[1].Answer; a == nil || a.N != 3 || a.Total() != 0 {
		t.Errorf("the second return was answered by %+v", a)
	}
	if _, err := w.desk.Opinions(ctx, stranger(), ref); portal.KindOf(err) != portal.NotFound {
		t.Errorf("a stranger: %v", err)
	}
}
