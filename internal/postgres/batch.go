package postgres

import (
	"time"

	"softsci/internal/portal"
)

// never stands for a time that is not set, as Go's zero time reads back.
const never = `'0001-01-01 00:00:00+00'::timestamptz`

const batchColumns = `b.id AS batch_id, b.slug, b.number_code, v.id, v.n, v.kind, v.title, b.year, v.plan, v.category, v.label,
	v.rules, v.opens_at, v.closes_at, COALESCE(v.published_at, ` + never + `) AS published_at, v.note`

// currentVersion is the version of batch b that the public sees at $1.
const currentVersion = `JOIN LATERAL (
		SELECT id, n, kind, title, plan, category, label, rules, opens_at, closes_at, published_at, note
		FROM batch_version WHERE batch = b.id AND published_at <= $1 ORDER BY n DESC LIMIT 1) v ON true`

// newestVersion is the version of batch b that administrators work on.
const newestVersion = `JOIN LATERAL (
		SELECT id, n, kind, title, plan, category, label, source, rules, opens_at, closes_at, published_at, note
		FROM batch_version WHERE batch = b.id ORDER BY n DESC LIMIT 1) v ON true`

type batchRow struct {
	BatchID    int64
	Slug       string
	NumberCode string
	portal.BatchVersion
}

func (r batchRow) batch() portal.Batch {
	return portal.Batch{ID: r.BatchID, Slug: r.Slug, NumberCode: r.NumberCode, Version: r.BatchVersion}
}

// PublishedBatches are the batches the public sees at the moment, newest first, at most 50.
func PublishedBatches(dst *[]portal.Batch, at time.Time) Query {
	return mapped(dst, batchRow.batch, `SELECT `+batchColumns+` FROM batch b `+currentVersion+`
		ORDER BY v.opens_at DESC, b.id DESC LIMIT 50`, at)
}

// PublishedBatch is one batch as the public sees it at the moment.
func PublishedBatch(dst *portal.Batch, slug string, at time.Time) Query {
	return mappedOne(dst, batchRow.batch, `SELECT `+batchColumns+` FROM batch b `+currentVersion+` WHERE b.slug = $2`, at, slug)
}

// PublishedVersions are all versions of a batch that were published by the moment, newest first.
func PublishedVersions(dst *[]portal.BatchVersion, slug string, at time.Time) Query {
	return many(dst, `SELECT v.id, v.n, v.kind, v.title, v.opens_at, v.closes_at, v.published_at, v.note
		FROM batch b JOIN batch_version v ON v.batch = b.id
		WHERE b.slug = $2 AND v.published_at <= $1 ORDER BY v.n DESC`, at, slug)
}

// NextPublication is the next planned publication of anything, zero if there is none.
func NextPublication(dst *time.Time, at time.Time) Query {
	return value(dst, `SELECT COALESCE(min(published_at), `+never+`) FROM batch_version WHERE published_at > $1`, at)
}

// AllBatches are all batches with their newest version, published or not, at most 200.
func AllBatches(dst *[]portal.Batch) Query {
	return mapped(dst, batchRow.batch, `SELECT `+batchColumns+` FROM batch b `+newestVersion+` ORDER BY b.id DESC LIMIT 200`)
}

// AnyBatch is one batch with its newest version, published or not, and the text it was read from.
func AnyBatch(dst *portal.Batch, slug string) Query {
	return mappedOne(dst, batchRow.batch, `SELECT `+batchColumns+`, v.source FROM batch b `+newestVersion+` WHERE b.slug = $1`, slug)
}

// AllVersions is a batch in each of its versions, newest first, published or not.
func AllVersions(dst *[]portal.Batch, slug string) Query {
	return mapped(dst, batchRow.batch, `SELECT `+batchColumns+` FROM batch b JOIN batch_version v ON v.batch = b.id WHERE b.slug = $1 ORDER BY v.n DESC`, slug)
}

// InsertBatch adds a batch with its first, unpublished version and fills in the keys.
func (t *Tx) InsertBatch(b *portal.Batch) error {
	if err := t.Do(value(&b.ID, `INSERT INTO batch (slug, year, number_code, created_at) VALUES ($1, $2, $3, $4) RETURNING id`,
		b.Slug, b.Version.Year, b.NumberCode, t.at)); err != nil {
		return err
	}
	b.Version.N, b.Version.Kind = 1, portal.Publication
	return t.insertVersion(b.ID, &b.Version)
}

func (t *Tx) insertVersion(batch int64, v *portal.BatchVersion) error {
	return t.Do(value(&v.ID, `INSERT INTO batch_version
		(batch, n, kind, title, plan, category, label, source, rules, opens_at, closes_at, note, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
		batch, v.N, v.Kind, v.Title, v.Plan, v.Category, v.Label, v.Source, v.Rules, v.OpensAt, v.ClosesAt, v.Note, t.at))
}

// Succeed adds the next version of a batch, with the topics of the one before.
// It is not published yet.
func (t *Tx) Succeed(b portal.Batch, next *portal.BatchVersion) error {
	if err := t.insertVersion(b.ID, next); err != nil {
		return err
	}
	if _, err := t.exec(`INSERT INTO topic_version
		(batch_version, position, topic, label, grouping, title, content, deliverables, tokens, tokenizer)
		SELECT $2, position, topic, label, grouping, title, content, deliverables, tokens, tokenizer
		FROM topic_version WHERE batch_version = $1`, b.Version.ID, next.ID); err != nil {
		return err
	}
	_, err := t.exec(`INSERT INTO topic_contact (topic_version, position, person)
		SELECT new.id, c.position, c.person
		FROM topic_version old JOIN topic_version new ON new.batch_version = $2 AND new.position = old.position
		JOIN topic_contact c ON c.topic_version = old.id
		WHERE old.batch_version = $1`, b.Version.ID, next.ID)
	return err
}

// Publish gives every topic of the batch's unpublished version its identity and
// makes the version public from the moment on. It returns not found when there is
// no unpublished version.
func (t *Tx) Publish(batch int64, from time.Time) error {
	if _, err := t.exec(`WITH fresh AS (
			SELECT tv.id, row_number() OVER (ORDER BY tv.position)
				+ COALESCE((SELECT max(ordinal) FROM topic WHERE batch = $1), 0) AS ordinal
			FROM topic_version tv JOIN batch_version v ON v.id = tv.batch_version
			WHERE v.batch = $1 AND v.published_at IS NULL AND tv.topic IS NULL
		), born AS (
			INSERT INTO topic (batch, ordinal) SELECT $1, ordinal FROM fresh RETURNING id, ordinal
		)
		UPDATE topic_version tv SET topic = born.id FROM fresh JOIN born USING (ordinal) WHERE tv.id = fresh.id`, batch); err != nil {
		return err
	}
	return t.change(`UPDATE batch_version SET published_at = $2 WHERE batch = $1 AND published_at IS NULL`, batch, from)
}

// BatchOf is the batch of an application, as the public sees it at the moment.
func BatchOf(dst *portal.Batch, ref string, at time.Time) Query {
	return mappedOne(dst, batchRow.batch, `SELECT `+batchColumns+` FROM application a JOIN batch b ON b.id = a.batch `+currentVersion+` WHERE a.ref = $2`, at, ref)
}
