package postgres

import (
	"time"

	"softsci/internal/portal"
)

// never stands for a time that is not set, as Go's zero time reads back.
const never = `'0001-01-01 00:00:00+00'::timestamptz`

const batchColumns = `b.id AS batch_id, b.slug, b.number_code, COALESCE(b.archived_at, ` + never + `) AS archived_at,
	v.id, v.n, v.kind, v.title, b.year, v.plan, v.category, v.label, v.issue, v.advice, v.rules, COALESCE(v.opens_at, ` + never + `) AS opens_at,
	COALESCE(v.closes_at, ` + never + `) AS closes_at, COALESCE(v.published_at, ` + never + `) AS published_at, v.note,
	COALESCE((SELECT json_build_object('id', d.id, 'name', d.name, 'format', d.format, 'size', d.size) FROM document d WHERE d.id = v.document), '{}') AS document`

const versionColumns = `id, n, kind, title, plan, category, label, issue, advice, rules, opens_at, closes_at, published_at, note, document`

// currentVersion is the version of batch b that the public sees at $1.
const currentVersion = `JOIN LATERAL (
		SELECT ` + versionColumns + ` FROM batch_version WHERE batch = b.id AND published_at <= $1 ORDER BY n DESC LIMIT 1) v ON true`

// newestVersion is the version of batch b that administrators work on.
const newestVersion = `JOIN LATERAL (
		SELECT ` + versionColumns + `, source, revision, reading, edited_by
		FROM batch_version WHERE batch = b.id ORDER BY n DESC LIMIT 1) v ON true`

type batchRow struct {
	BatchID    int64
	Slug       string
	NumberCode string
	ArchivedAt time.Time
	portal.BatchVersion
}

func (r batchRow) batch() portal.Batch {
	return portal.Batch{ID: r.BatchID, Slug: r.Slug, NumberCode: r.NumberCode, ArchivedAt: r.ArchivedAt, Version: r.BatchVersion}
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
		WHERE b.slug = $2 AND v.published_at <= $1 ORDER BY v.n DESC LIMIT 200`, at, slug)
}

// PublishedNews are the latest public versions of all batches, the newest first.
func PublishedNews(dst *[]portal.Batch, at time.Time, limit int) Query {
	return mapped(dst, batchRow.batch, `SELECT `+batchColumns+` FROM batch_version v JOIN batch b ON b.id = v.batch
		WHERE v.published_at <= $1 ORDER BY v.published_at DESC, v.id DESC LIMIT $2`, at, limit)
}

// VersionSettings is one version of a batch by its number, none when there is none.
func VersionSettings(dst *[]portal.BatchVersion, slug string, n int) Query {
	return many(dst, `SELECT v.id, v.n, v.kind, v.title, v.plan, v.category, v.label, v.issue, v.advice, v.rules, COALESCE(v.opens_at, `+never+`) AS opens_at,
			COALESCE(v.closes_at, `+never+`) AS closes_at, COALESCE(v.published_at, `+never+`) AS published_at, v.note
		FROM batch b JOIN batch_version v ON v.batch = b.id WHERE b.slug = $1 AND v.n = $2`, slug, n)
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
	return mappedOne(dst, batchRow.batch, `SELECT `+batchColumns+`, v.source, v.revision, v.reading, COALESCE(e.name, '') AS by
		FROM batch b `+newestVersion+` LEFT JOIN account e ON e.id = v.edited_by WHERE b.slug = $1`, slug)
}

// AllVersions is a batch in each of its versions, newest first, published or not.
func AllVersions(dst *[]portal.Batch, slug string) Query {
	return mapped(dst, batchRow.batch, `SELECT `+batchColumns+`, COALESCE(p.name, '') AS by
		FROM batch b JOIN batch_version v ON v.batch = b.id LEFT JOIN account p ON p.id = v.published_by WHERE b.slug = $1 ORDER BY v.n DESC LIMIT 200`, slug)
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
	return t.Do(value(&v.ID, `INSERT INTO batch_version (batch, n, kind, title, plan, category, label, issue, advice, source, rules,
			opens_at, closes_at, note, document, reading, edited_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULLIF($12, `+never+`), NULLIF($13, `+never+`), $14, NULLIF($15::bigint, 0), $16, NULLIF($17::bigint, 0), $18)
		RETURNING id`, batch, v.N, v.Kind, v.Title, v.Plan, v.Category, v.Label, v.Issue, v.Advice, v.Source, v.Rules,
		v.OpensAt, v.ClosesAt, v.Note, v.Document.ID, v.Reading, t.actor.Account(), t.at))
}

// Succeed adds the next version of a batch, with the topics of the one before as they
// stand now, the cards included. It is not published yet.
func (t *Tx) Succeed(b portal.Batch, next *portal.BatchVersion) error {
	if err := t.insertVersion(b.ID, next); err != nil {
		return err
	}
	_, err := t.exec(`INSERT INTO topic_version
		(batch_version, position, topic, label, grouping, title, content, deliverables, cards, tokens, tokenizer)
		SELECT $2, position, topic, label, grouping, title, content, deliverables, `+printedCards+`, tokens, tokenizer
		FROM topic_version tv WHERE batch_version = $1`, b.Version.ID, next.ID)
	return err
}

// Publish gives every topic of the batch's unpublished version its identity and
// makes the version public from the moment on, with a note of what changed. It returns
// not found when there is
// no unpublished version.
func (t *Tx) Publish(batch int64, from time.Time, note string) error {
	return t.Do(running(`WITH fresh AS (
			SELECT tv.id, row_number() OVER (ORDER BY tv.position)
				+ COALESCE((SELECT max(ordinal) FROM topic WHERE batch = $1), 0) AS ordinal
			FROM topic_version tv JOIN batch_version v ON v.id = tv.batch_version
			WHERE v.batch = $1 AND v.published_at IS NULL AND tv.topic IS NULL
		), born AS (
			INSERT INTO topic (batch, ordinal) SELECT $1, ordinal FROM fresh RETURNING id, ordinal
		)
		UPDATE topic_version tv SET topic = born.id FROM fresh JOIN born USING (ordinal) WHERE tv.id = fresh.id`, batch),
		changing(`UPDATE batch_version SET published_at = $2, published_by = NULLIF($3::bigint, 0), note = $4 WHERE batch = $1 AND published_at IS NULL`,
			batch, from, t.actor.Account(), note))
}

// BatchOf is the batch of an application, as the public sees it at the moment.
func BatchOf(dst *portal.Batch, ref string, at time.Time) Query {
	return mappedOne(dst, batchRow.batch, `SELECT `+batchColumns+` FROM application a JOIN batch b ON b.id = a.batch `+currentVersion+` WHERE a.ref = $2`, at, ref)
}
