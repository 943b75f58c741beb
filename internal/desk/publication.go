package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Check is one line of what has to be seen to before a draft is published.
type Check struct {
	Blocks bool // it cannot be published before; otherwise it is only asked about
	Done   bool
	Text   string
	Hint   string
	Where  Where
	Topic  int64 // key of the wording that it is about, 0 for none
}

// Where is the page on which a check is seen to.
type Where string

// The pages of a draft.
const (
	InSettings Where = "settings"
	InDraft    Where = "draft"
	InPeople   Where = "people"
)

// Checks are what has to be seen to before the draft is published at the moment, what
// blocks first.
func (d Draft) Checks(now time.Time) []Check {
	v := d.Batch.Version
	checks := []Check{
		{Blocks: true, Done: v.Title != "", Text: "批次标题", Hint: "还没有标题", Where: InSettings},
		{Blocks: true, Done: !v.OpensAt.IsZero(), Text: "开始时间", Hint: "还没有开始申报的时间", Where: InSettings},
		{Blocks: true, Done: v.ClosesAt.After(v.OpensAt) && v.ClosesAt.After(now), Text: "截止时间", Hint: closesHint(v, now), Where: InSettings},
		{Blocks: true, Done: d.Open() == 0, Text: "存疑之处逐项核对", Hint: fmt.Sprintf("还有 %d 处没有核对", d.Open()), Where: InDraft},
	}
	for _, t := range d.Topics {
		name := topicName(t)
		checks = append(checks,
			Check{Blocks: true, Done: t.Title != "", Text: name + "的题目", Hint: name + "没有题目", Where: InDraft, Topic: t.VersionID},
			Check{Blocks: true, Done: len(t.Contacts) > 0, Text: name + "的联系人", Hint: name + "没有指南联系人", Where: InDraft, Topic: t.VersionID})
		if t.Content == "" {
			checks = append(checks, Check{Text: name + "没有研究内容", Hint: "公众只会看到题目", Where: InDraft, Topic: t.VersionID})
		}
	}
	return append(checks, d.aboutPersons()...)
}

func closesHint(v portal.BatchVersion, now time.Time) string {
	switch {
	case v.ClosesAt.IsZero():
		return "还没有截止时间"
	case !v.ClosesAt.After(v.OpensAt):
		return "截止时间不晚于开始时间"
	}
	return "截止时间 " + portal.DateTimeText(v.ClosesAt) + " 已经过去"
}

func topicName(t portal.Topic) string { return fmt.Sprintf("第 %d 题", t.Ordinal) }

// aboutPersons asks about persons without an account and about telephones that the
// directory has otherwise.
func (d Draft) aboutPersons() []Check {
	var checks []Check
	seen := map[[2]string]bool{}
	for _, t := range d.Topics {
		for _, p := range t.Contacts {
			who := [2]string{p.Department, p.Name}
			if seen[who] {
				continue
			}
			seen[who] = true
			known := d.InDirectory(p)
			switch {
			case known == nil || known.Account == "":
				checks = append(checks, Check{Text: p.Department + " " + p.Name + " 还没有账号", Hint: "在此之前，这些选题的申报书由管理员收到；发布后可在通讯录中邀请", Where: InPeople})
			case len(p.Phones) > 0 && !slices.Equal(known.Phones, p.Phones):
				checks = append(checks, Check{Text: p.Department + " " + p.Name + " 的电话与通讯录不同", Hint: "发布时以文件为准更新通讯录", Where: InDraft, Topic: t.VersionID})
			}
		}
	}
	return checks
}

// InDirectory is the directory's entry for a printed person, nil when there is none.
func (d Draft) InDirectory(p portal.Person) *postgres.Person {
	i := slices.IndexFunc(d.Known, func(k postgres.Person) bool { return k.Department == p.Department && k.Name == p.Name })
	if i < 0 {
		return nil
	}
	return &d.Known[i]
}

// PublishDraft makes a batch's draft public, at once or, for a first publication, at a
// later moment. A correction needs a note, which the public reads; whoever has an
// application in the batch is told. What still blocks is NotNow.
func (d *Desk) PublishDraft(ctx context.Context, a portal.Admin, slug string, at time.Time, note string) error {
	draft, err := d.Draft(ctx, a, slug)
	if err != nil {
		return err
	}
	for _, c := range draft.Checks(a.Arrived()) {
		if c.Blocks && !c.Done {
			return portal.Refuse(portal.NotNow, "还不能发布："+c.Hint+"。")
		}
	}
	return d.publish(ctx, a, slug, at, note)
}

// Publish makes a batch's unpublished version public now, for the command line.
func (d *Desk) Publish(ctx context.Context, s portal.System, slug string) error {
	return d.publish(ctx, s, slug, time.Time{}, "")
}

// publish publishes the newest version from the moment on; zero is now.
func (d *Desk) publish(ctx context.Context, actor portal.Actor, slug string, at time.Time, note string) error {
	return d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		b, topics, err := tx.LockDraft(slug)
		if err != nil {
			return err
		}
		if !b.Version.PublishedAt.IsZero() {
			return portal.Refuse(portal.NotNow, "这个批次已经发布。")
		}
		first, planned := b.Version.Kind == portal.Publication, at.After(tx.At())
		if !planned {
			at = tx.At()
		}
		switch {
		case !first && planned:
			return portal.RefuseField("at", "更正只能立即发布")
		case !first && note == "":
			return portal.RefuseField("note", "请写明更正说明，公众会看到")
		}
		var before []portal.BatchVersion
		if err := tx.Do(postgres.PublishedVersions(&before, slug, tx.At())); err != nil {
			return err
		}
		if err := tx.Publish(b.ID, at, note); err != nil {
			return err
		}
		var last int64
		if len(before) > 0 {
			last = before[0].ID
		}
		if err := tx.PublishCards(b.Version.ID, last, topics); err != nil {
			return err
		}
		if !first {
			if err := d.tellCorrection(tx, b, note); err != nil {
				return err
			}
		}
		return tx.Record(onBatch(b, publicationVerb(first, planned), publicationReason(planned, at, note)))
	})
}

func publicationVerb(first, planned bool) portal.Verb {
	switch {
	case planned:
		return portal.Planned
	case first:
		return portal.Published
	}
	return portal.Corrected
}

func publicationReason(planned bool, at time.Time, note string) string {
	if planned {
		return portal.DateTimeText(at)
	}
	return note
}

// tellCorrection tells everybody who has an application in the batch; who has one to a
// topic that is no more hears that it can be moved.
func (d *Desk) tellCorrection(tx *postgres.Tx, b portal.Batch, note string) error {
	var concerned []postgres.Concerned
	if err := tx.Do(postgres.ConcernedBy(&concerned, b.ID)); err != nil {
		return err
	}
	letters := make([]postgres.Message, len(concerned))
	for i, c := range concerned {
		text := d.letters.Corrected(mail.CorrectedProps{Batch: b.Version.Title, Note: note, Retired: c.Retired,
			Link: d.link("/applications/" + c.Ref), Changes: d.link(fmt.Sprintf("/batches/%s/changes/%d", b.Slug, b.Version.N))})
		letters[i] = letterTo(c.ContactAccount, "correction", text)
	}
	return d.post(tx, letters...)
}

// Unpublish takes a batch's newest version back: a planned one at any time, a public
// one only while nobody has begun an application.
func (d *Desk) Unpublish(ctx context.Context, a portal.Admin, slug string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		b, _, err := tx.LockDraft(slug)
		if err != nil {
			return err
		}
		var begun int
		if err := tx.Do(postgres.Begun(&begun, slug)); err != nil {
			return err
		}
		v := b.Version
		switch public := v.Published(tx.At()); {
		case v.PublishedAt.IsZero():
			return portal.Refuse(portal.NotNow, "这个批次没有发布。")
		case public && begun > 0:
			return portal.Refuse(portal.NotNow, fmt.Sprintf("已有 %d 份申报书，不能撤下。需要改动请发布更正。", begun))
		case v.Kind != portal.Publication:
			return portal.Refuse(portal.NotNow, "更正和延期发布后不能撤下，请再发布一次更正。")
		}
		return errors.Join(tx.Unpublish(v.ID), tx.Record(onBatch(b, portal.TakenDown, "")))
	})
}

// Correct begins a correction of a published batch: a draft that is the current
// version, to be changed. Where one is begun already it goes on.
func (d *Desk) Correct(ctx context.Context, a portal.Admin, slug string) error {
	return d.store.Save(ctx, a, func(tx *postgres.Tx) error {
		b, _, err := tx.LockDraft(slug)
		if err != nil {
			return err
		}
		old := b.Version
		switch {
		case old.PublishedAt.IsZero():
			return nil
		case !old.Published(tx.At()):
			return portal.Refuse(portal.NotNow, "这个批次已定时发布。请先取消定时，再修改。")
		}
		next := old
		next.N, next.Kind, next.Note, next.Reading = old.N+1, portal.Correction, "", portal.Reading{}
		return tx.Succeed(b, &next)
	})
}

// DropDraft deletes a batch's draft; the batch itself only when it never was public.
func (d *Desk) DropDraft(ctx context.Context, a portal.Admin, slug string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		b, topics, err := tx.LockDraft(slug)
		if err != nil {
			return err
		}
		if err := isDraft(b); err != nil {
			return err
		}
		if b.Version.N == 1 && slices.ContainsFunc(topics, func(t portal.Topic) bool { return t.ID != 0 }) {
			return portal.Refuse(portal.NotNow, "这个批次曾经发布过，底稿不能删除。")
		}
		return errors.Join(tx.DropDraft(b), tx.Record(onBatch(b, portal.Dropped, "")))
	})
}

// Copy makes a new draft of a batch's newest version: its topics, which get ordinals
// of their own, its cards and its rules, without dates.
func (d *Desk) Copy(ctx context.Context, a portal.Admin, slug string) (fresh string, err error) {
	err = d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		b, topics, err := tx.LockDraft(slug)
		if err != nil {
			return err
		}
		for i := range topics {
			topics[i].ID, topics[i].VersionID, topics[i].Reading = 0, 0, portal.Reading{}
		}
		v := b.Version
		v.OpensAt, v.ClosesAt, v.PublishedAt, v.Note, v.Reading = time.Time{}, time.Time{}, time.Time{}, "", portal.Reading{}
		b = portal.Batch{Version: v}
		if err := d.insert(tx, &b, topics); err != nil {
			return err
		}
		fresh = b.Slug
		return tx.Record(onBatch(b, portal.Copied, slug))
	})
	return fresh, err
}

// Archive moves a batch among the past ones, where the front page no longer lists it,
// or back.
func (d *Desk) Archive(ctx context.Context, a portal.Admin, slug string, archive bool) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		b, _, err := tx.LockDraft(slug)
		if err != nil {
			return err
		}
		at, verb := time.Time{}, portal.Listed
		if archive {
			at, verb = tx.At(), portal.Archived
		}
		if archive && b.Version.Phase(tx.At()) == portal.Open {
			return portal.Refuse(portal.NotNow, "这个批次正在申报，截止后才能归档。")
		}
		return errors.Join(tx.Archive(b.ID, at), tx.Record(onBatch(b, verb, "")))
	})
}

// Change is one difference between two versions of a guideline, for the public.
type Change struct {
	Kind     ChangeKind
	Label    string        // what it is about: 第 3 题 · 研究内容
	Old, New []portal.Span // marked where they differ
}

// ChangeKind says what became of it.
type ChangeKind string

// The kinds of changes.
const (
	Added   ChangeKind = "新增"
	Removed ChangeKind = "停用"
	Altered ChangeKind = "修改"
)

// Changes are the differences between two versions of a batch with their topics.
func Changes(old, fresh portal.BatchVersion, before, after []portal.Topic) []Change {
	var list []Change
	differ := func(label, a, b string) {
		if a != b {
			c := Change{Kind: Altered, Label: label}
			c.Old, c.New = portal.Differ(a, b)
			list = append(list, c)
		}
	}
	differ("标题", old.Title, fresh.Title)
	differ("发文字号", old.Issue, fresh.Issue)
	differ("开始时间", timeText(old.OpensAt), timeText(fresh.OpensAt))
	differ("截止时间", timeText(old.ClosesAt), timeText(fresh.ClosesAt))
	differ("经费上限（万元）", old.Rules.CeilingFen.Wan(), fresh.Rules.CeilingFen.Wan())
	differ("期限", old.Rules.TermFrom+" 至 "+old.Rules.TermTo, fresh.Rules.TermFrom+" 至 "+fresh.Rules.TermTo)
	differ("项目组人数上限", fmt.Sprint(old.Rules.TeamMax), fmt.Sprint(fresh.Rules.TeamMax))
	differ("高级职称比例下限（%）", fmt.Sprint(old.Rules.SeniorPercent), fmt.Sprint(fresh.Rules.SeniorPercent))
	differ("申报须知", old.Advice, fresh.Advice)
	for _, t := range after {
		name := topicName(t)
		i := slices.IndexFunc(before, func(o portal.Topic) bool { return o.ID == t.ID && t.ID != 0 })
		if i < 0 {
			list = append(list, Change{Kind: Added, Label: "选题 · " + t.Title, New: []portal.Span{{Text: t.Content, Hit: true}}})
			continue
		}
		differ(name+" · 题目", before[i].Title, t.Title)
		differ(name+" · 研究内容", before[i].Content, t.Content)
		differ(name+" · 成果", joined(before[i].Deliverables), joined(t.Deliverables))
	}
	for _, t := range missing(before, after) {
		list = append(list, Change{Kind: Removed, Label: topicName(t) + " · " + t.Title})
	}
	return list
}

func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return portal.DateTimeText(t)
}

func joined(names []string) string {
	text := ""
	for _, name := range names {
		text += "《" + name + "》"
	}
	return text
}

// DraftChanges are what a correction changes against the version before it.
func (d *Desk) DraftChanges(ctx context.Context, a portal.Admin, draft Draft) ([]Change, error) {
	var versions []portal.BatchVersion
	if err := d.store.Read(ctx, a, postgres.VersionSettings(&versions, draft.Batch.Slug, draft.Batch.Version.N-1)); err != nil || len(versions) == 0 {
		return nil, err
	}
	return Changes(versions[0], draft.Batch.Version, draft.Before, draft.Topics), nil
}

// PublicChanges are what a public version of a batch changed; not found for the first.
func (d *Desk) PublicChanges(ctx context.Context, v portal.Visitor, slug string, n int) (portal.Batch, portal.BatchVersion, []Change, error) {
	var b portal.Batch
	var old, fresh []portal.BatchVersion
	var before, after []portal.Topic
	err := d.store.Read(ctx, v, postgres.PublishedBatch(&b, slug, v.Arrived()), postgres.VersionSettings(&old, slug, n-1), postgres.VersionSettings(&fresh, slug, n),
		postgres.TopicsOfVersion(&before, slug, n-1), postgres.TopicsOfVersion(&after, slug, n))
	if err != nil {
		return b, portal.BatchVersion{}, nil, err
	}
	if len(old) == 0 || len(fresh) == 0 || !fresh[0].Published(v.Arrived()) {
		return b, portal.BatchVersion{}, nil, portal.ErrNotFound
	}
	return b, fresh[0], Changes(old[0], fresh[0], before, after), nil
}
