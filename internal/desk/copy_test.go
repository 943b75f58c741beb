package desk_test

import (
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/guideline"
	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// secondBatch publishes the shipped guideline once more, as the next year's.
func (w *world) secondBatch(slug string, opens, closes time.Time) {
	w.t.Helper()
	source, err := guideline.Decode(guideline.Shipped)
	w.must(err)
	w.must(w.desk.ImportBatch(w.t.Context(), w.system(), desk.Import{Slug: slug, Code: "RKX2", Opens: opens, Closes: closes, Intake: desk.Intake{Source: source, Proposal: guideline.Parse(source)}}))
	w.must(w.desk.Publish(w.t.Context(), w.system(), slug))
}

// TestCopyFromEarlier: a fresh draft takes over what its leader wrote before, once; what
// belongs to the topic stays the topic's.
func TestCopyFromEarlier(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	mine, other := w.applicant("a@x.invalid"), w.applicant("b@x.invalid")
	old := w.fill(mine(), 1)
	theirs := w.fill(other(), 1)
	ref, err := w.desk.Begin(ctx, mine(), slug, 5)
	w.must(err)
	f, err := w.desk.Application(ctx, mine(), ref)
	w.must(err)
	_, list, err := w.desk.Earlier(ctx, mine(), ref)
	w.must(err)
	if !f.Copyable(mine()) || len(list) != 1 || list[0].Ref != old {
		t.Errorf("copyable %v from %+v", f.Copyable(mine()), list)
	}
	w.must(second(w.desk.InviteWriter(ctx, other(), theirs, desk.WriterInvitation{Email: "a@x.invalid", Kind: portal.AccessCoEditor})))
	for name, from := range map[string]string{"what it helps with": theirs, "nothing": "", "itself": ref} {
		if err := w.desk.CopyFrom(ctx, mine(), ref, from); portal.KindOf(err) != portal.NotFound {
			t.Errorf("copied from %s: %v", name, err)
		}
	}
	w.must(w.desk.CopyFrom(ctx, mine(), ref, old))
	f, err = w.desk.Application(ctx, mine(), ref)
	w.must(err)
	cover, _ := f.Section(proposal.Cover)
	if abstract(f) == "" || cover.Saved.Revision != 1 || cover.Form.Value("title") != f.Topic.Title || f.Application.Title != f.Topic.Title || f.Application.Amount == 0 {
		t.Errorf("copied: %q, %+v, %+v", abstract(f), cover.Saved, f.Application)
	}
	if f.Copyable(mine()) || f.History[0].Verb != portal.Copied || len(f.Files) != 0 {
		t.Errorf("afterwards: copyable %v, %+v, %d files", f.Copyable(mine()), f.History[0], len(f.Files))
	}
	if err := w.desk.CopyFrom(ctx, mine(), ref, old); portal.KindOf(err) != portal.NotNow {
		t.Errorf("copied over what is there: %v", err)
	}
}

// TestRenewal: a draft that lapsed stays readable and goes on in the next call, whose
// topics alone are offered.
func TestRenewal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	const next = "2024-softsci-1"
	mine, other := w.applicant("a@x.invalid"), w.applicant("b@x.invalid")
	old := w.fill(mine(), 3)
	w.secondBatch(next, closes.AddDate(0, 6, 0), closes.AddDate(0, 7, 0))
	w.at(closes.AddDate(0, 1, 0))
	topics, err := w.desk.OpenTopics(ctx, mine())
	w.must(err)
	if len(topics) != 0 {
		t.Errorf("%d topics are open between the calls", len(topics))
	}
	if _, err := w.desk.Renew(ctx, mine(), old, next, 3); portal.KindOf(err) != portal.NotNow {
		t.Errorf("renewed before the next call opens: %v", err)
	}
	w.at(closes.AddDate(0, 6, 1))
	f, err := w.desk.Application(ctx, mine(), old)
	w.must(err)
	topics, err = w.desk.OpenTopics(ctx, mine())
	w.must(err)
	if !f.Renewable(mine()) || abstract(f) == "" || len(topics) != 10 || topics[0].BatchSlug != next {
		t.Errorf("renewable %v, %d topics are open", f.Renewable(mine()), len(topics))
	}
	if _, err := w.desk.Renew(ctx, other(), old, next, 3); portal.KindOf(err) != portal.NotFound {
		t.Errorf("renewed another's: %v", err)
	}
	ref, err := w.desk.Renew(ctx, mine(), old, next, 4)
	w.must(err)
	f, err = w.desk.Application(ctx, mine(), ref)
	w.must(err)
	if abstract(f) == "" || f.Application.BatchSlug != next || f.Application.Ordinal != 4 || f.Application.Title != f.Topic.Title {
		t.Errorf("renewed as %+v", f.Application)
	}
	if _, err := w.desk.Renew(ctx, mine(), old, next, 4); portal.KindOf(err) != portal.NotNow {
		t.Errorf("renewed over what is there: %v", err)
	}
	list, _, err := w.desk.Applications(ctx, other(), 0)
	w.must(err)
	if len(list) != 0 {
		t.Errorf("a refused renewal leaves %+v", list)
	}
}
