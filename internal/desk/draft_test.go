package desk_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/guideline"
	"softsci/internal/portal"
	"softsci/internal/proposal/sample"
)

func kind(t *testing.T, what string, err error, want portal.Kind) {
	t.Helper()
	if portal.KindOf(err) != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}

func (w *world) draft(a portal.Admin, slug string) desk.Draft {
	w.t.Helper()
	d, err := w.desk.Draft(w.t.Context(), a, slug)
	w.must(err)
	return d
}

// dated is a draft's batch with dates around the world's.
func dated(b portal.Batch) portal.Batch {
	b.Version.OpensAt, b.Version.ClosesAt = opens, closes
	return b
}

// titles are the titles of topics, in order.
func titles(topics []portal.Topic) []string {
	list := make([]string, len(topics))
	for i, t := range topics {
		list[i] = t.Title
	}
	return list
}

// blocked are the checks that still block a draft.
func (w *world) blocked(d desk.Draft) []desk.Check {
	return slices.DeleteFunc(d.Checks(w.store.Now()), func(c desk.Check) bool { return !c.Blocks || c.Done })
}

// TestFromFileToPublished: a document becomes a draft under free names, which is
// mended, set and published; nobody sees it before.
func TestFromFileToPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, a := t.Context(), w.admin("admin@x.invalid")
	fresh, err := w.desk.Take(ctx, a(), "指南.txt", guideline.Shipped)
	w.must(err)
	if fresh != "2023-softsci-2" {
		t.Errorf("the draft is called %q", fresh)
	}
	d := w.draft(a(), fresh)
	if len(d.Topics) != 10 || d.Topics[9].Contacts[0].Name != "何爱帮" || d.Open() != 0 || d.Batch.NumberCode != "RKX2" || d.Batch.Version.Document.Name != "指南.txt" {
		t.Fatalf("the draft: %d topics, %d open, %+v", len(d.Topics), d.Open(), d.Batch)
	}
	for _, topic := range d.Topics {
		at := topic.Reading.Places["title"]
		if got := string([]rune(d.Batch.Version.Source)[at.Start:at.End]); got != topic.Title {
			t.Errorf("title %q stands at %q", topic.Title, got)
		}
	}
	if _, err := w.desk.Batch(ctx, w.visitor(), fresh); portal.KindOf(err) != portal.NotFound {
		t.Errorf("the public sees a draft: %v", err)
	}
	kind(t, "publishing without dates", w.desk.PublishDraft(ctx, a(), fresh, time.Time{}, ""), portal.NotNow)

	topic := d.Topics[2]
	topic.Title = "改过的题目"
	w.must(w.desk.SaveTopic(ctx, a(), fresh, topic))
	kind(t, "saving over somebody's save", w.desk.SaveTopic(ctx, a(), fresh, topic), portal.Conflict)
	b := dated(d.Batch)
	b.Slug = "2023-renamed"
	w.must(w.desk.SaveSettings(ctx, a(), fresh, b))
	kind(t, "settings over somebody's", w.desk.SaveSettings(ctx, a(), "2023-renamed", b), portal.Conflict)
	b = w.draft(a(), "2023-renamed").Batch
	b.Slug = slug
	kind(t, "a slug that is taken", w.desk.SaveSettings(ctx, a(), "2023-renamed", b), portal.Invalid)
	if left := w.blocked(w.draft(a(), "2023-renamed")); len(left) > 0 {
		t.Fatalf("still blocked by %+v", left)
	}
	w.must(w.desk.PublishDraft(ctx, a(), "2023-renamed", time.Time{}, ""))
	p, err := w.desk.Batch(ctx, w.visitor(), "2023-renamed")
	w.must(err)
	if p.Topics[2].Title != "改过的题目" || p.Topics[2].Ordinal != 3 || p.Topics[4].Contacts[0].Name != "刘然" {
		t.Errorf("published: %+v", p.Topics[2])
	}
	doc, send, err := w.desk.Document(ctx, w.visitor(), "2023-renamed")
	w.must(err)
	var file bytes.Buffer
	w.must(send(&file))
	if !bytes.Equal(file.Bytes(), guideline.Shipped) || doc.Size != int64(len(guideline.Shipped)) {
		t.Errorf("the original file comes back with %d of %d bytes", file.Len(), len(guideline.Shipped))
	}
	kind(t, "a draft of what is published", func() error { _, err := w.desk.Draft(ctx, a(), "2023-renamed"); return err }(), portal.NotNow)
}

// TestDoubts: what the importer doubts blocks the publication until somebody confirms
// it or mends the field.
func TestDoubts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, a := t.Context(), w.admin("admin@x.invalid")
	text := strings.Replace(string(guideline.Shipped), "027-87135799", "8713579", 1)
	text = strings.Replace(text, "027-87135881", "871358", 1)
	fresh, err := w.desk.Take(ctx, a(), "", []byte(text))
	w.must(err)
	d := w.draft(a(), fresh)
	if d.Open() != 2 || len(d.Topics[0].Reading.Doubts) != 1 || d.Topics[0].Reading.Doubts[0].Field != "contacts" {
		t.Fatalf("%d doubts open, the first topic's are %+v", d.Open(), d.Topics[0].Reading.Doubts)
	}
	w.must(w.desk.SaveSettings(ctx, a(), fresh, dated(d.Batch)))
	kind(t, "publishing with open doubts", w.desk.PublishDraft(ctx, a(), fresh, time.Time{}, ""), portal.NotNow)
	mended := d.Topics[0]
	mended.Contacts = []portal.Person{{Department: "省科技厅办公室", Name: "朱勇进", Phones: []string{"027-87135799"}}}
	w.must(w.desk.SaveTopic(ctx, a(), fresh, mended))
	if got := w.draft(a(), fresh).Open(); got != 1 {
		t.Errorf("%d doubts are open after one was mended", got)
	}
	w.must(w.desk.ConfirmDoubt(ctx, a(), fresh, desk.DoubtID(d.Topics[1].VersionID, 0)))
	w.must(w.desk.PublishDraft(ctx, a(), fresh, time.Time{}, ""))
}

// TestRearranging: topics are split, merged, moved, taken away and added; each of these
// keeps every word.
func TestRearranging(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, a := t.Context(), w.admin("admin@x.invalid")
	fresh, err := w.desk.Take(ctx, a(), "", []byte("2024年度某省软科学计划重点项目申报指南\n1.甲题研究\n研究内容：第一句。乙题研究。第三句。\n指南联系人：政策处 王小明 027-87135799\n2.丙题研究\n研究内容：丙的内容。\n指南联系人：成果处 李大年 027-87135800\n"))
	w.must(err)
	first := w.draft(a(), fresh).Topics[0]
	if pieces := desk.Sentences(first); len(pieces) != 3 {
		t.Fatalf("the sentences are %q", pieces)
	}
	kind(t, "a split at no sentence", w.desk.SplitTopic(ctx, a(), fresh, first.VersionID, first.Revision, 3), portal.Invalid)
	w.must(w.desk.SplitTopic(ctx, a(), fresh, first.VersionID, first.Revision, 1))
	topics := w.draft(a(), fresh).Topics
	if got := titles(topics); !slices.Equal(got, []string{"甲题研究", "乙题研究", "丙题研究"}) || topics[0].Content != "第一句。" || topics[1].Content != "第三句。" {
		t.Fatalf("after the split: %q, %q, %q", got, topics[0].Content, topics[1].Content)
	}
	w.must(w.desk.MoveTopic(ctx, a(), fresh, topics[1].VersionID, false))
	if got := titles(w.draft(a(), fresh).Topics); !slices.Equal(got, []string{"甲题研究", "丙题研究", "乙题研究"}) {
		t.Errorf("after the move: %q", got)
	}
	kind(t, "merging the first", w.desk.MergeTopic(ctx, a(), fresh, topics[0].VersionID), portal.NotNow)
	w.must(w.desk.MergeTopic(ctx, a(), fresh, topics[1].VersionID))
	merged := w.draft(a(), fresh).Topics
	if len(merged) != 2 || merged[1].Content != "丙的内容。\n乙题研究\n第三句。" || len(merged[1].Contacts) != 2 {
		t.Errorf("after the merger: %+v", merged[1])
	}
	w.must(w.desk.AddTopic(ctx, a(), fresh))
	w.must(w.desk.RemoveTopic(ctx, a(), fresh, merged[0].VersionID))
	if got := titles(w.draft(a(), fresh).Topics); !slices.Equal(got, []string{"丙题研究", ""}) {
		t.Errorf("at last: %q", got)
	}
	kind(t, "a topic of another draft", w.desk.RemoveTopic(ctx, a(), fresh, 1), portal.NotFound)
}

// TestCorrection: a correction is a new version with a note; a topic is retired, never
// renumbered; whoever has an application is told, asked to confirm, and may move.
func TestCorrection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, a := t.Context(), w.admin("admin@x.invalid")
	writer, other := w.applicant("a@x.invalid"), w.applicant("b@x.invalid")
	stays, goes := w.fill(writer(), 5), w.fill(writer(), 3)
	sent := w.submit(other(), 3)

	w.must(w.desk.Correct(ctx, a(), slug))
	d := w.draft(a(), slug)
	if !d.Correction() || len(d.Topics) != 10 || d.Topics[4].Contacts[0].Name != "刘然" {
		t.Fatalf("the correction begins with %d topics", len(d.Topics))
	}
	w.must(w.desk.RemoveTopic(ctx, a(), slug, d.Topics[2].VersionID))
	topic := d.Topics[4]
	topic.Content = strings.Replace(topic.Content, "系统梳理", "全面梳理", 1)
	w.must(w.desk.SaveTopic(ctx, a(), slug, topic))
	w.must(w.desk.AddTopic(ctx, a(), slug))
	added := w.draft(a(), slug).Topics[9]
	added.Title, added.Contacts = "新增的选题研究", []portal.Person{{Department: "新处", Name: "新人", Phones: []string{"027-87130000"}}}
	w.must(w.desk.SaveTopic(ctx, a(), slug, added))
	kind(t, "a correction without a note", w.desk.PublishDraft(ctx, a(), slug, time.Time{}, ""), portal.Invalid)
	kind(t, "a planned correction", w.desk.PublishDraft(ctx, a(), slug, w.store.Now().Add(time.Hour), "停用第 3 题。"), portal.Invalid)
	mails := len(w.queue.messages)
	w.must(w.desk.PublishDraft(ctx, a(), slug, time.Time{}, "停用第 3 题。"))
	if got := len(w.queue.messages) - mails; got != 3 {
		t.Errorf("%d letters about the correction, want one for each of three applications", got)
	}

	p, err := w.desk.Batch(ctx, w.visitor(), slug)
	w.must(err)
	var ordinals []int
	for _, t := range p.Topics {
		ordinals = append(ordinals, t.Ordinal)
	}
	if !slices.Equal(ordinals, []int{1, 2, 4, 5, 6, 7, 8, 9, 10, 11}) {
		t.Errorf("the ordinals are %v", ordinals)
	}
	if old, err := w.desk.RetiredTopic(ctx, w.visitor(), slug, 3); err != nil || !old.Retired {
		t.Errorf("the retired topic: %+v, %v", old.Title, err)
	}
	_, _, changes, err := w.desk.PublicChanges(ctx, w.visitor(), slug, 2)
	w.must(err)
	var kinds []desk.ChangeKind
	for _, c := range changes {
		kinds = append(kinds, c.Kind)
	}
	if !slices.Equal(kinds, []desk.ChangeKind{desk.Altered, desk.Added, desk.Removed}) || !slices.Contains(changes[0].New, portal.Span{Text: "全面", Hit: true}) {
		t.Errorf("the changes are %+v", changes)
	}

	kind(t, "submitting under what was corrected", w.desk.Submit(ctx, writer(), stays, checked()), portal.Invalid)
	kind(t, "confirming another version", w.desk.ConfirmGuideline(ctx, writer(), stays, 3), portal.Conflict)
	w.must(w.desk.ConfirmGuideline(ctx, writer(), stays, 2))
	w.must(w.desk.Submit(ctx, writer(), stays, checked()))
	_, err = w.desk.ChangeTopic(ctx, writer(), stays, 4)
	kind(t, "moving from a topic that stands", err, portal.NotNow)

	moved, err := w.desk.ChangeTopic(ctx, writer(), goes, 4)
	w.must(err)
	f, err := w.desk.Application(ctx, writer(), moved)
	w.must(err)
	if moved != goes || f.Application.Ordinal != 4 || f.Topic.Retired || abstract(f) != sample.Answers(portal.Topic{})["text"]["abstract"] {
		t.Errorf("the draft moved to %d: %+v", f.Application.Ordinal, f.Topic.Amendment)
	}
	again, err := w.desk.ChangeTopic(ctx, other(), sent, 4)
	w.must(err)
	if f, err := w.desk.Application(ctx, other(), again); err != nil || again == sent || f.Application.Status != portal.Draft || abstract(f) == "" {
		t.Errorf("the application begun again: %+v, %v", f.Application, err)
	}
	if got := w.status(other(), sent); got.Status != portal.Withdrawn || got.Number != "2023-RKX1-03-0001" {
		t.Errorf("the submitted one is %s", got.Status)
	}
}

// TestUnpublishing: a batch is taken back only while nobody has begun, and a planned
// publication happens by itself.
func TestUnpublishing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, a := t.Context(), w.admin("admin@x.invalid")
	fresh, err := w.desk.Copy(ctx, a(), slug)
	w.must(err)
	d := w.draft(a(), fresh)
	if d.Topics[0].ID != 0 || !d.Batch.Version.ClosesAt.IsZero() || d.Topics[3].Contacts[0].Name != "孙刚" {
		t.Fatalf("the copy: %+v", d.Topics[0])
	}
	w.must(w.desk.SaveSettings(ctx, a(), fresh, dated(d.Batch)))
	soon := w.store.Now().Add(time.Hour)
	w.must(w.desk.PublishDraft(ctx, a(), fresh, soon, ""))
	if _, err := w.desk.Batch(ctx, w.visitor(), fresh); portal.KindOf(err) != portal.NotFound {
		t.Errorf("a planned publication is public: %v", err)
	}
	w.must(w.desk.Unpublish(ctx, a(), fresh))
	w.must(w.desk.PublishDraft(ctx, a(), fresh, soon, ""))
	w.at(soon)
	if p, err := w.desk.Batch(ctx, w.visitor(), fresh); err != nil || p.Topics[0].Ordinal != 1 {
		t.Errorf("at its moment: %v", err)
	}
	w.must(w.desk.Unpublish(ctx, a(), fresh))
	kind(t, "a draft that was public once", w.desk.DropDraft(ctx, a(), fresh), portal.NotNow)
	b := w.draft(a(), fresh).Batch
	b.Slug = "another"
	kind(t, "another name after the publication", w.desk.SaveSettings(ctx, a(), fresh, b), portal.Invalid)
	w.must(w.desk.PublishDraft(ctx, a(), fresh, time.Time{}, ""))
	kind(t, "archiving what is open", w.desk.Archive(ctx, a(), fresh, true), portal.NotNow)

	w.fill(w.applicant("a@x.invalid")(), 1)
	kind(t, "taking back what somebody has begun", w.desk.Unpublish(ctx, a(), slug), portal.NotNow)
	w.at(closes)
	w.must(w.desk.Archive(ctx, a(), slug, true))
	home, err := w.desk.Home(ctx, w.visitor())
	w.must(err)
	if home.Batch.Slug != fresh {
		t.Errorf("the front page shows %s", home.Batch.Slug)
	}
}

// TestDirectory: a change of phone shows at once everywhere and needs no version; a
// deputy stands on the card on the days from the first to the last; an invited person
// is contact of its topics.
func TestDirectory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, a := t.Context(), w.admin("admin@x.invalid")
	list, _, err := w.desk.People(ctx, a(), "刘然", desk.PersonKey{})
	w.must(err)
	if len(list) != 1 || list[0].Topics != 1 {
		t.Fatalf("found %+v", list)
	}
	p := list[0]
	deputy, err := w.desk.AddPerson(ctx, a(), portal.Person{Department: "湖北技术交易所", Name: "代班", Phones: []string{"027-87130001"}})
	w.must(err)
	_, err = w.desk.AddPerson(ctx, a(), portal.Person{Department: "湖北技术交易所", Name: "代班"})
	kind(t, "the same person twice", err, portal.Invalid)
	today := w.store.Now().In(portal.Shanghai)
	p.Phones, p.DeputyID = []string{"027-87139999"}, deputy
	p.DeputyFrom, p.DeputyUntil = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, portal.Shanghai), time.Date(today.Year(), today.Month(), today.Day()+1, 0, 0, 0, 0, portal.Shanghai)
	w.must(w.desk.SavePerson(ctx, a(), p))
	card := func() portal.Person {
		page, err := w.desk.Batch(ctx, w.visitor(), slug)
		w.must(err)
		return page.Topics[4].Contacts[0]
	}
	if c := card(); !slices.Equal(c.Phones, []string{"027-87139999"}) || c.Deputy == nil || c.Deputy.Name != "代班" || !c.Deputy.Until.Equal(p.DeputyUntil.AddDate(0, 0, 1)) {
		t.Errorf("the card: %+v, deputy %+v", c, c.Deputy)
	}
	w.at(p.DeputyUntil.AddDate(0, 0, 1))
	if c := card(); c.Deputy != nil {
		t.Errorf("the deputy stays after the last day: %+v", c.Deputy)
	}
	p.DeputyID = p.ID
	kind(t, "their own deputy", w.desk.SavePerson(ctx, a(), p), portal.Invalid)

	w.must(w.desk.InvitePerson(ctx, a(), p.ID, "liuran@x.invalid"))
	kind(t, "a second account", w.desk.InvitePerson(ctx, a(), p.ID, "other@x.invalid"), portal.Invalid)
	m, err := w.desk.Person(ctx, a(), p.ID)
	w.must(err)
	if m.Person.Account != "liuran@x.invalid" || len(m.Topics) != 1 || m.Topics[0].Ordinal != 5 {
		t.Errorf("the person: %+v", m.Person)
	}
	managed, err := w.desk.ManagedBatch(ctx, a(), slug)
	w.must(err)
	if len(managed.Accounts) != 1 || managed.Accounts[0].Email != "liuran@x.invalid" {
		t.Errorf("the contacts' accounts: %+v", managed.Accounts)
	}
}

// TestUnmannedTopic: what is submitted to a topic without an account is told to the
// administrators.
func TestUnmannedTopic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.admin("admin@x.invalid")
	before := len(w.queue.messages)
	w.submit(w.applicant("a@x.invalid")(), 7)
	if got := len(w.queue.messages) - before; got != 2 {
		t.Errorf("%d letters, want the applicant's and the administrator's", got)
	}
}
