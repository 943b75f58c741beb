package desk

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"softsci/internal/guideline"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Intake is a document on its way into a new batch.
type Intake struct {
	Document portal.Document // name and format; no name when the text was pasted
	Raw      []byte          // the file, nil when the text was pasted
	Source   string
	Proposal guideline.Proposal
}

// DocumentLimit is the largest file that Take reads, in bytes.
const DocumentLimit = guideline.MaxUpload

// ReadsPDF reports whether this machine can read PDF.
func ReadsPDF() bool { return guideline.ReadsPDF() }

// ReadDocument reads a file of any format that the importer knows, or with an empty
// name pasted text. What cannot be read is an Invalid error on field text.
func ReadDocument(ctx context.Context, name string, raw []byte) (Intake, error) {
	doc, err := guideline.Read(ctx, name, raw)
	if guideline.Refused(err) {
		return Intake{}, portal.RefuseField("text", err.Error())
	}
	if err != nil {
		return Intake{}, fmt.Errorf("read %q: %w", name, err)
	}
	in := Intake{Document: portal.Document{Name: name, Format: doc.Format}, Source: doc.Text, Proposal: doc.Propose()}
	if name != "" {
		in.Raw = raw
	}
	return in, nil
}

// Take makes an unpublished batch of a file, or with an empty name of pasted text, and
// returns its slug. Slug and code are suggestions, the rules those of the last batch; a
// document that cannot be read or has no topic is an Invalid error on field text.
func (d *Desk) Take(ctx context.Context, a portal.Admin, name string, raw []byte) (slug string, err error) {
	in, err := ReadDocument(ctx, name, raw)
	if err != nil {
		return "", err
	}
	if len(in.Proposal.Topics) == 0 {
		return "", portal.RefuseField("text", "没有读出任何选题。请检查选题是否有编号或“研究内容”字样，或者只粘贴选题部分的文字")
	}
	b, topics := proposed(in, a)
	err = d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		if err := keepDocument(tx, &b, in.Raw); err != nil {
			return err
		}
		if err := d.insert(tx, &b, topics); err != nil {
			return err
		}
		return tx.Record(onBatch(b, portal.Imported, in.Document.Name))
	})
	return b.Slug, err
}

// keepDocument keeps the file that a guideline was read from; pasted text has none.
func keepDocument(tx *postgres.Tx, b *portal.Batch, raw []byte) error {
	if raw == nil {
		return nil
	}
	return tx.InsertDocument(&b.Version.Document, raw)
}

// insert adds a batch under a free name, with the rules of the last one.
func (d *Desk) insert(tx *postgres.Tx, b *portal.Batch, topics []portal.Topic) error {
	var taken []postgres.Identity
	var last []portal.BatchVersion
	if err := tx.Do(postgres.Identities(&taken, b.Version.Year), postgres.LastRules(&last)); err != nil {
		return err
	}
	switch {
	case b.Version.Rules.TeamMax > 0: // a copy brings its own
	case len(last) > 0:
		b.Version.Rules = last[0].Rules
	default:
		b.Version.Rules = portal.DefaultRules()
	}
	b.Slug, b.NumberCode = free(taken, b.Version.Year)
	if err := tx.InsertBatch(b); err != nil {
		return err
	}
	return tx.InsertTopics(b.Version.ID, topics)
}

// free suggests a slug and a code that no other batch has: 2023-softsci-2, RKX2.
func free(taken []postgres.Identity, year int) (slug, code string) {
	for n := 1; slug == "" || code == ""; n++ {
		s, c := fmt.Sprintf("%d-softsci-%d", year, n), fmt.Sprintf("RKX%d", n)
		if slug == "" && !slices.ContainsFunc(taken, func(i postgres.Identity) bool { return i.Slug == s }) {
			slug = s
		}
		if code == "" && !slices.ContainsFunc(taken, func(i postgres.Identity) bool { return i.Code == c }) {
			code = c
		}
	}
	return slug, code
}

// proposed is the batch that a proposal describes, with what is doubted about it.
func proposed(in Intake, a portal.Actor) (portal.Batch, []portal.Topic) {
	p := in.Proposal
	v := portal.BatchVersion{Title: p.Title, Year: p.Year, Plan: p.Plan, Category: p.Category, Label: p.Label, Source: in.Source, Document: in.Document}
	if v.Year == 0 {
		v.Year = a.Visit().Arrived.In(portal.Shanghai).Year()
	}
	v.Reading = portal.Reading{Places: map[string]portal.Place{}, Doubts: doubts(p, 0)}
	if p.TitlePlace != nil {
		v.Reading.Places["title"] = portal.Place(*p.TitlePlace)
	}
	for _, piece := range p.Unassigned {
		v.Reading.Rest = append(v.Reading.Rest, portal.Place{Start: piece.Start, End: piece.End})
	}
	topics := make([]portal.Topic, len(p.Topics))
	for i, t := range p.Topics {
		topics[i] = proposedTopic(t, p.CallContacts)
		topics[i].Reading.Doubts = doubts(p, t.Ordinal)
	}
	return portal.Batch{Version: v}, topics
}

// doubts are the findings about one topic, or with 0 about the whole call.
func doubts(p guideline.Proposal, ordinal int) []portal.Doubt {
	var list []portal.Doubt
	for _, f := range p.Findings {
		if f.Topic != ordinal || ordinal == 0 && f.Code == guideline.TextUnassigned {
			continue
		}
		list = append(list, portal.Doubt{Code: f.Code, Field: f.Field, Place: portal.Place{Start: f.Start, End: f.End}, Text: f.Text, Suggestion: f.Suggestion,
			Asks: f.Severity != guideline.Note})
	}
	return list
}

// proposedTopic takes a topic as it was read; where it names nobody, the contacts of
// the whole call answer for it.
func proposedTopic(t guideline.Topic, call []guideline.Contact) portal.Topic {
	topic := portal.Topic{Label: t.Label, Group: t.Group, Title: t.Title, Content: t.Content, Deliverables: t.Deliverables,
		Reading: portal.Reading{Places: map[string]portal.Place{}}}
	for field, place := range map[string]*guideline.Place{"title": t.Places.Title, "content": t.Places.Content} {
		if place != nil {
			topic.Reading.Places[field] = portal.Place(*place)
		}
	}
	for i, c := range t.Contacts {
		topic.Reading.Places[ContactField(i)] = portal.Place(c.Place)
	}
	contacts := t.Contacts
	if len(contacts) == 0 {
		contacts = call
	}
	for _, c := range contacts {
		topic.Contacts = append(topic.Contacts, portal.Person{Department: c.Department, Name: c.Name, Phones: c.Phones, Email: c.Email})
	}
	return topic
}

// ContactField is the name of a topic's contact in a reading, by its place in the list.
func ContactField(i int) string { return fmt.Sprintf("contact-%d", i+1) }

// Draft is the unpublished version of a batch as administrators work on it.
type Draft struct {
	Batch  portal.Batch
	Topics []portal.Topic
	Known  []postgres.Person // who of its persons is in the directory already
	Before []portal.Topic    // the topics of the version before, in a correction
}

// Correction reports whether a version of the batch was public before.
func (d Draft) Correction() bool { return d.Batch.Version.N > 1 }

// Retired are the topics of the version before that the draft has no more.
func (d Draft) Retired() []portal.Topic { return missing(d.Before, d.Topics) }

// missing are the topics of before that are not in after.
func missing(before, after []portal.Topic) []portal.Topic {
	var gone []portal.Topic
	for _, old := range before {
		if !slices.ContainsFunc(after, func(t portal.Topic) bool { return t.ID == old.ID }) {
			gone = append(gone, old)
		}
	}
	return gone
}

// Open are how many doubts nobody has looked at.
func (d Draft) Open() int {
	n := open(d.Batch.Version.Reading)
	for _, t := range d.Topics {
		n += open(t.Reading)
	}
	return n
}

func open(r portal.Reading) int {
	n := 0
	for _, doubt := range r.Doubts {
		if doubt.Open() {
			n++
		}
	}
	return n
}

// Draft is the draft of a batch; NotNow when its newest version is published.
func (d *Desk) Draft(ctx context.Context, a portal.Admin, slug string) (Draft, error) {
	var draft Draft
	if err := d.store.Read(ctx, a, postgres.AnyBatch(&draft.Batch, slug), postgres.NewestTopics(&draft.Topics, slug)); err != nil {
		return draft, err
	}
	if err := isDraft(draft.Batch); err != nil {
		return draft, err
	}
	departments, names := whoIsPrinted(draft.Topics)
	err := d.store.Read(ctx, a, postgres.Known(&draft.Known, departments, names), postgres.TopicsOfVersion(&draft.Before, slug, draft.Batch.Version.N-1))
	return draft, err
}

func isDraft(b portal.Batch) error {
	if b.Version.PublishedAt.IsZero() {
		return nil
	}
	return portal.Refuse(portal.NotNow, "这个批次现在没有可以修改的底稿。已发布的指南请用“更正”。")
}

func whoIsPrinted(topics []portal.Topic) (departments, names []string) {
	for _, t := range topics {
		for _, p := range t.Contacts {
			departments, names = append(departments, p.Department), append(names, p.Name)
		}
	}
	return departments, names
}

// change lets an administrator rearrange a draft: change gets its topics, and what it
// returns is the draft from then on, in that order.
func (d *Desk) change(ctx context.Context, a portal.Admin, slug string, change func(tx *postgres.Tx, b portal.Batch, topics []portal.Topic) ([]portal.Topic, error)) error {
	return d.store.Save(ctx, a, func(tx *postgres.Tx) error {
		b, topics, err := tx.LockDraft(slug)
		if err != nil {
			return err
		}
		if err := isDraft(b); err != nil {
			return err
		}
		arranged, err := change(tx, b, topics)
		if err != nil || arranged == nil {
			return err
		}
		return tx.ArrangeTopics(b.Version.ID, arranged)
	})
}

// find is the position of a topic by the key of its wording.
func find(topics []portal.Topic, wording int64) (int, error) {
	i := slices.IndexFunc(topics, func(t portal.Topic) bool { return t.VersionID == wording })
	if i < 0 {
		return 0, portal.ErrNotFound
	}
	return i, nil
}

// SaveTopic writes the wording of a draft's topic; topic.Revision names the one that
// was seen, and when somebody saved in between it is a Conflict. What the person
// changed is no longer doubted.
func (d *Desk) SaveTopic(ctx context.Context, a portal.Admin, slug string, topic portal.Topic) error {
	return d.change(ctx, a, slug, func(tx *postgres.Tx, _ portal.Batch, topics []portal.Topic) ([]portal.Topic, error) {
		i, err := find(topics, topic.VersionID)
		if err != nil {
			return nil, err
		}
		topic.Reading = mended(topics[i], topic)
		return nil, tx.SaveTopic(topic)
	})
}

// mended is the reading of a topic after a person wrote it: the doubts about what was
// changed are confirmed.
func mended(before, after portal.Topic) portal.Reading {
	changed := map[string]bool{
		"number": before.Label != after.Label, "group": before.Group != after.Group, "title": before.Title != after.Title, "content": before.Content != after.Content,
		"deliverables": !slices.Equal(before.Deliverables, after.Deliverables),
		"contacts":     !slices.EqualFunc(before.Contacts, after.Contacts, samePrint),
	}
	reading := before.Reading
	reading.Doubts = slices.Clone(reading.Doubts)
	for i, doubt := range reading.Doubts {
		reading.Doubts[i].Confirmed = doubt.Confirmed || changed[doubt.Field]
	}
	return reading
}

func samePrint(a, b portal.Person) bool {
	return a.Department == b.Department && a.Name == b.Name && a.Email == b.Email && slices.Equal(a.Phones, b.Phones)
}

// TopicEditor is who saved a topic of a draft last.
func (d *Desk) TopicEditor(ctx context.Context, a portal.Admin, wording int64) (editor postgres.Editor, err error) {
	err = d.store.Read(ctx, a, postgres.EditorOf(&editor, wording))
	return editor, err
}

// MoveTopic moves a topic of a draft one place up or down.
func (d *Desk) MoveTopic(ctx context.Context, a portal.Admin, slug string, wording int64, up bool) error {
	return d.change(ctx, a, slug, func(_ *postgres.Tx, _ portal.Batch, topics []portal.Topic) ([]portal.Topic, error) {
		i, err := find(topics, wording)
		if err != nil {
			return nil, err
		}
		to := i + 1
		if up {
			to = i - 1
		}
		if to < 0 || to >= len(topics) {
			return nil, nil
		}
		topics[i], topics[to] = topics[to], topics[i]
		return topics, nil
	})
}

// MergeTopic adds a topic to the one before it: its title and text become the end of
// that one's content, its persons join the others.
func (d *Desk) MergeTopic(ctx context.Context, a portal.Admin, slug string, wording int64) error {
	return d.change(ctx, a, slug, func(tx *postgres.Tx, _ portal.Batch, topics []portal.Topic) ([]portal.Topic, error) {
		i, err := find(topics, wording)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			return nil, portal.Refuse(portal.NotNow, "第一个选题前面没有可以合并的选题。")
		}
		if err := tx.SaveTopic(merged(topics[i-1], topics[i])); err != nil {
			return nil, err
		}
		return slices.Delete(topics, i, i+1), nil
	})
}

func merged(into, topic portal.Topic) portal.Topic {
	lines := slices.DeleteFunc([]string{into.Content, topic.Title, topic.Content}, func(s string) bool { return s == "" })
	into.Content = strings.Join(lines, "\n")
	into.Deliverables = append(into.Deliverables, topic.Deliverables...)
	for _, p := range topic.Contacts {
		if !slices.ContainsFunc(into.Contacts, func(q portal.Person) bool { return q.Department == p.Department && q.Name == p.Name }) {
			into.Contacts = append(into.Contacts, p)
		}
	}
	return into
}

// sentence matches one sentence of a topic's text with its mark.
var sentence = regexp.MustCompile(`[^。！？；\n]*[。！？；\n]*`)

// Sentences are the pieces of a topic's text at which it can be split.
func Sentences(t portal.Topic) []string {
	return slices.DeleteFunc(sentence.FindAllString(t.Content, -1), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// SplitTopic makes the sentences of a topic from the one at the index on a topic of
// their own, right behind it; the first of them is its title.
func (d *Desk) SplitTopic(ctx context.Context, a portal.Admin, slug string, wording int64, revision, at int) error {
	return d.change(ctx, a, slug, func(tx *postgres.Tx, _ portal.Batch, topics []portal.Topic) ([]portal.Topic, error) {
		i, err := find(topics, wording)
		if err != nil {
			return nil, err
		}
		pieces := Sentences(topics[i])
		if at < 0 || at >= len(pieces) {
			return nil, portal.RefuseField("at", "请选择从哪一句起成为新的选题")
		}
		topic, fresh := topics[i], portal.Topic{Group: topics[i].Group, Contacts: topics[i].Contacts, Deliverables: []string{}}
		topic.Revision = revision
		topic.Content = strings.TrimSpace(strings.Join(pieces[:at], ""))
		fresh.Title = strings.TrimRight(strings.TrimSpace(pieces[at]), "。；")
		fresh.Content = strings.TrimSpace(strings.Join(pieces[at+1:], ""))
		if err := tx.SaveTopic(topic); err != nil {
			return nil, err
		}
		return slices.Insert(topics, i+1, fresh), nil
	})
}

// RemoveTopic takes a topic out of a draft; in a correction that retires it.
func (d *Desk) RemoveTopic(ctx context.Context, a portal.Admin, slug string, wording int64) error {
	return d.change(ctx, a, slug, func(_ *postgres.Tx, _ portal.Batch, topics []portal.Topic) ([]portal.Topic, error) {
		i, err := find(topics, wording)
		if err != nil {
			return nil, err
		}
		if len(topics) == 1 {
			return nil, portal.Refuse(portal.NotNow, "这是唯一的选题，不能删除。")
		}
		return slices.Delete(topics, i, i+1), nil
	})
}

// AddTopic adds an empty topic at the end of a draft.
func (d *Desk) AddTopic(ctx context.Context, a portal.Admin, slug string) error {
	return d.change(ctx, a, slug, func(_ *postgres.Tx, _ portal.Batch, topics []portal.Topic) ([]portal.Topic, error) {
		return append(topics, portal.Topic{Label: fmt.Sprintf("%d.", len(topics)+1), Deliverables: []string{}}), nil
	})
}

// RestoreTopic puts a topic that a correction was about to retire back into it.
func (d *Desk) RestoreTopic(ctx context.Context, a portal.Admin, slug string, ordinal int) error {
	return d.change(ctx, a, slug, func(tx *postgres.Tx, b portal.Batch, topics []portal.Topic) ([]portal.Topic, error) {
		var before []portal.Topic
		if err := tx.Do(postgres.TopicsOfVersion(&before, slug, b.Version.N-1)); err != nil {
			return nil, err
		}
		for _, t := range missing(before, topics) {
			if t.Ordinal == ordinal {
				t.VersionID = 0
				at := slices.IndexFunc(topics, func(o portal.Topic) bool { return o.ID != 0 && o.Ordinal > ordinal })
				if at < 0 {
					at = len(topics)
				}
				return slices.Insert(topics, at, t), nil
			}
		}
		return nil, portal.ErrNotFound
	})
}

// DoubtID names a doubt: the key of the topic's wording, 0 for the whole call, and its
// place in the list.
func DoubtID(wording int64, i int) string { return fmt.Sprintf("%d:%d", wording, i) }

// ConfirmDoubt notes that a person has looked at a doubt of a draft, or with "" at all.
func (d *Desk) ConfirmDoubt(ctx context.Context, a portal.Admin, slug, id string) error {
	word, index, _ := strings.Cut(id, ":")
	wording, err := strconv.ParseInt(cmp.Or(word, "-1"), 10, 64)
	if err != nil {
		return portal.ErrNotFound
	}
	return d.change(ctx, a, slug, func(tx *postgres.Tx, b portal.Batch, topics []portal.Topic) ([]portal.Topic, error) {
		confirm := func(r *portal.Reading, wordingOf int64) {
			for i := range r.Doubts {
				if id == "" || wording == wordingOf && index == strconv.Itoa(i) {
					r.Doubts[i].Confirmed = true
				}
			}
		}
		confirm(&b.Version.Reading, 0)
		for i := range topics {
			confirm(&topics[i].Reading, topics[i].VersionID)
		}
		return nil, tx.SaveReading(b.Version.ID, b.Version.Reading, topics)
	})
}

// SaveSettings writes the settings of a draft: everything of the batch but its topics.
// b.Version.Revision names the one that was seen; when somebody saved in between it is
// a Conflict. A slug or code that is taken is an Invalid error on its field.
func (d *Desk) SaveSettings(ctx context.Context, a portal.Admin, slug string, b portal.Batch) error {
	return d.change(ctx, a, slug, func(tx *postgres.Tx, now portal.Batch, _ []portal.Topic) ([]portal.Topic, error) {
		b.ID, b.Version.ID = now.ID, now.Version.ID
		return nil, tx.SaveSettings(b)
	})
}
