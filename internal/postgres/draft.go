package postgres

import (
	"time"

	"softsci/internal/portal"
)

// LockDraft locks a batch, so that nobody else rearranges its draft meanwhile, and
// returns its newest version with its topics.
func (t *Tx) LockDraft(slug string) (b portal.Batch, topics []portal.Topic, err error) {
	var locked []struct{ ID int64 }
	err = t.Do(many(&locked, `SELECT id FROM batch WHERE slug = $1 FOR UPDATE`, slug), AnyBatch(&b, slug), NewestTopics(&topics, slug))
	return b, topics, err
}

// SaveTopic writes the wording of a draft's topic as the revision after topic.Revision.
// If somebody saved it in between it returns a Conflict and changes nothing.
func (t *Tx) SaveTopic(topic portal.Topic) error {
	err := t.change(`UPDATE topic_version SET label = $3, grouping = $4, title = $5, content = $6, deliverables = $7, cards = $8, reading = $9,
			tokens = array_to_tsvector($10::text[]), tokenizer = $11, revision = revision + 1, edited_by = NULLIF($12::bigint, 0), edited_at = $13
		WHERE id = $1 AND revision = $2`, topic.VersionID, topic.Revision, topic.Label, topic.Group, topic.Title, topic.Content, topic.Deliverables,
		printed(topic.Contacts), topic.Reading, tokensOf(topic), portal.TokenizerVersion, t.actor.Account(), t.at)
	if portal.KindOf(err) == portal.NotFound {
		return portal.Refuse(portal.Conflict, "这个选题刚刚被另一位管理员或另一个窗口修改过。")
	}
	return err
}

// Editor is who wrote something last.
type Editor struct {
	Name string
	At   time.Time
}

// EditorOf is who saved a topic's wording last.
func EditorOf(dst *Editor, wording int64) Query {
	return one(dst, `SELECT COALESCE(a.name, '') AS name, COALESCE(tv.edited_at, `+never+`) AS at
		FROM topic_version tv LEFT JOIN account a ON a.id = tv.edited_by WHERE tv.id = $1`, wording)
}

// ArrangeTopics puts the wordings of a draft into this order; those that are not
// named are deleted, and those without a key are added.
func (t *Tx) ArrangeTopics(version int64, topics []portal.Topic) error {
	var keys []int64
	var changes []Query
	for i := range topics {
		if topics[i].VersionID != 0 {
			keys = append(keys, topics[i].VersionID)
		}
	}
	changes = append(changes, running(`DELETE FROM topic_version WHERE batch_version = $1 AND id <> ALL ($2::bigint[])`, version, keys))
	for i := range topics {
		if topics[i].VersionID == 0 {
			changes = append(changes, t.insertTopic(&topics[i], version, i+1))
			continue
		}
		changes = append(changes, changing(`UPDATE topic_version SET position = $2 WHERE id = $1`, topics[i].VersionID, i+1))
	}
	return t.Do(changes...)
}

// SaveReading notes what was confirmed in the readings of a draft and of its topics.
func (t *Tx) SaveReading(version int64, reading portal.Reading, topics []portal.Topic) error {
	changes := []Query{changing(`UPDATE batch_version SET reading = $2 WHERE id = $1`, version, reading)}
	for _, topic := range topics {
		changes = append(changes, changing(`UPDATE topic_version SET reading = $2 WHERE id = $1`, topic.VersionID, topic.Reading))
	}
	return t.Do(changes...)
}

// SaveSettings writes the settings of a draft as the revision after b.Version.Revision.
// If somebody saved them in between it returns a Conflict and changes nothing.
func (t *Tx) SaveSettings(b portal.Batch) error {
	v := b.Version
	err := t.change(`UPDATE batch_version SET title = $3, plan = $4, category = $5, label = $6, issue = $7, advice = $8, rules = $9,
			opens_at = NULLIF($10, `+never+`), closes_at = NULLIF($11, `+never+`), revision = revision + 1, edited_by = NULLIF($12::bigint, 0)
		WHERE id = $1 AND revision = $2`, v.ID, v.Revision, v.Title, v.Plan, v.Category, v.Label, v.Issue, v.Advice, v.Rules, v.OpensAt, v.ClosesAt, t.actor.Account())
	if portal.KindOf(err) == portal.NotFound {
		return portal.Refuse(portal.Conflict, "批次设置刚刚被另一位管理员或另一个窗口修改过。")
	}
	if err != nil {
		return err
	}
	return t.change(`UPDATE batch SET slug = $2, number_code = $3, year = $4 WHERE id = $1`, b.ID, b.Slug, b.NumberCode, v.Year)
}

// Unpublish takes the newest version of a batch back, as it is.
func (t *Tx) Unpublish(version int64) error {
	return t.change(`UPDATE batch_version SET published_at = NULL, published_by = NULL WHERE id = $1`, version)
}

// DropDraft deletes a batch's unpublished version, and the batch with it when it never
// was public.
func (t *Tx) DropDraft(b portal.Batch) error {
	if err := t.change(`DELETE FROM batch_version WHERE id = $1 AND published_at IS NULL`, b.Version.ID); err != nil {
		return err
	}
	_, err := t.exec(`DELETE FROM batch b WHERE id = $1 AND NOT EXISTS (SELECT FROM batch_version WHERE batch = b.id) AND NOT EXISTS (SELECT FROM topic WHERE batch = b.id)`, b.ID)
	return err
}

// Archive moves a batch among the past ones, or back with the zero time.
func (t *Tx) Archive(batch int64, at time.Time) error {
	return t.change(`UPDATE batch SET archived_at = NULLIF($2, `+never+`) WHERE id = $1`, batch, at)
}

// Identities are the slugs and codes that are taken, to suggest free ones.
func Identities(dst *[]Identity, year int) Query {
	return many(dst, `SELECT slug, CASE WHEN year = $1 THEN number_code ELSE '' END AS code FROM batch ORDER BY id DESC LIMIT 1000`, year)
}

// Identity is what no other batch may have.
type Identity struct{ Slug, Code string }

// LastRules are the rules of the batch that was made last, none before the first.
func LastRules(dst *[]portal.BatchVersion) Query {
	return many(dst, `SELECT rules, advice FROM batch_version ORDER BY id DESC LIMIT 1`)
}

// Begun counts the applications that were begun to a batch.
func Begun(dst *int, slug string) Query {
	return value(dst, `SELECT count(*) FROM batch b JOIN application a ON a.batch = b.id WHERE b.slug = $1`, slug)
}
