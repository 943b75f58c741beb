package postgres

import (
	"time"

	"softsci/internal/portal"
)

// KeptRevisions is how many revisions of a section are kept, and autosaveSpan the time
// whose autosaves share one of them: five hours of typing fit into twenty.
const (
	KeptRevisions = 20
	autosaveSpan  = 15 * time.Minute
)

// SectionsOf are the sections of a draft as last saved; a section never saved is absent.
func SectionsOf(dst *[]portal.Section, ref string) Query {
	return many(dst, `SELECT DISTINCT ON (s.name) s.name, s.answers, s.revision, s.saved_at, c.name AS saved_by
		FROM application a JOIN section s ON s.application = a.id JOIN account c ON c.id = s.saved_by
		WHERE a.ref = $1 ORDER BY s.name, s.revision DESC`, ref)
}

// RevisionsOf are the newest revisions of a section, the newest first.
func RevisionsOf(dst *[]portal.Section, ref, name string, limit int) Query {
	return many(dst, `SELECT s.name, s.answers, s.revision, s.saved_at, c.name AS saved_by
		FROM application a JOIN section s ON s.application = a.id JOIN account c ON c.id = s.saved_by
		WHERE a.ref = $1 AND s.name = $2 ORDER BY s.revision DESC LIMIT $3`, ref, name, limit)
}

// RevisionOf is one kept revision of a section.
func RevisionOf(dst *portal.Section, ref, name string, revision int) Query {
	return one(dst, `SELECT s.name, s.answers, s.revision, s.saved_at, c.name AS saved_by
		FROM application a JOIN section s ON s.application = a.id JOIN account c ON c.id = s.saved_by
		WHERE a.ref = $1 AND s.name = $2 AND s.revision = $3`, ref, name, revision)
}

// SaveSection keeps the answers as the revision after the one the writer saw. If
// somebody saved in between it returns a Conflict and nothing is kept.
//
// A revision is a number that is never used twice; which of them stay to be looked at
// is another matter. The writer's own newest one makes room for the one after it where
// nothing is lost by that: when the answers are the same, and, for a save that goesOn
// from it (the page's own while somebody types), when the revision before it is younger
// than autosaveSpan. Whoever saw the one that made room is told of a Conflict as ever.
func (t *Tx) SaveSection(application int64, section portal.Section, summary portal.Summary, goesOn bool) error {
	tag, err := t.exec(`WITH renewed AS (
			UPDATE section s SET revision = revision + 1, answers = $4, saved_at = $5
			WHERE application = $1 AND name = $2 AND revision = $3 AND saved_by = $6
				AND NOT EXISTS (SELECT FROM section WHERE application = $1 AND name = $2 AND revision > $3)
				AND (answers = $4 OR $12 AND EXISTS (SELECT FROM section WHERE application = $1 AND name = $2 AND revision < $3 AND saved_at > $13))
			RETURNING application
		), added AS (
			INSERT INTO section (application, topic, accounts, name, revision, answers, saved_at, saved_by)
			SELECT a.id, a.topic, a.accounts, $2, $3 + 1, $4, $5, $6 FROM application a
			WHERE a.id = $1 AND $3 = COALESCE((SELECT max(revision) FROM section WHERE application = $1 AND name = $2), 0)
				AND NOT EXISTS (SELECT FROM renewed)
			RETURNING application
		)
		UPDATE application a SET title = $7, leader_name = $8, unit_name = $9, unit_code = $10, amount = $11
		FROM (SELECT application FROM renewed UNION ALL SELECT application FROM added) saved WHERE a.id = saved.application`,
		application, section.Name, section.Revision, section.Answers, t.at, t.actor.Account(),
		summary.Title, summary.LeaderName, summary.UnitName, summary.UnitCode, summary.Amount, goesOn, t.at.Add(-autosaveSpan))
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return refusals["revision_is_saved_once"]
	}
	_, err = t.exec(`DELETE FROM section WHERE application = $1 AND name = $2 AND revision <=
		(SELECT revision FROM section WHERE application = $1 AND name = $2 ORDER BY revision DESC OFFSET $3 LIMIT 1)`,
		application, section.Name, KeptRevisions)
	return err
}

type versionRow struct {
	ID         int64
	N          int
	Schema     int
	Body       []byte
	Hash       []byte
	ArrivedAt  time.Time
	RecordedAt time.Time
}

func (r versionRow) version() portal.Version {
	return portal.Version{ID: r.ID, N: r.N, Schema: r.Schema, Body: r.Body, SHA256: [32]byte(r.Hash), ArrivedAt: r.ArrivedAt, RecordedAt: r.RecordedAt}
}

// VersionsOf are all submitted versions of an application, newest first.
func VersionsOf(dst *[]portal.Version, ref string) Query {
	return mapped(dst, versionRow.version, `SELECT v.id, v.n, v.schema, v.body, v.sha256 AS hash, v.arrived_at, v.recorded_at
		FROM application a JOIN version v ON v.application = a.id WHERE a.ref = $1 ORDER BY v.n DESC LIMIT 20`, ref)
}

// StandingVersion is the last submitted version of an application.
func StandingVersion(dst *portal.Version, ref string) Query {
	return mappedOne(dst, versionRow.version, `SELECT v.id, v.n, v.schema, v.body, v.sha256 AS hash, v.arrived_at, v.recorded_at
		FROM application a JOIN version v ON v.application = a.id WHERE a.ref = $1 ORDER BY v.n DESC LIMIT 1`, ref)
}
