package postgres

import (
	"time"

	"softsci/internal/portal"
)

// keptRevisions is how many revisions of a section are kept.
const keptRevisions = 20

// SectionsOf are the sections of a draft as last saved; a section never saved is absent.
func SectionsOf(dst *[]portal.Section, ref string) Query {
	return many(dst, `SELECT DISTINCT ON (s.name) s.name, s.answers, s.revision, s.saved_at, c.name AS saved_by
		FROM application a JOIN section s ON s.application = a.id JOIN account c ON c.id = s.saved_by
		WHERE a.ref = $1 ORDER BY s.name, s.revision DESC`, ref)
}

// SaveSection keeps the answers as the revision after the one the writer saw. If
// somebody saved in between it returns a Conflict and nothing is kept.
func (t *Tx) SaveSection(application int64, section portal.Section, summary portal.Summary) error {
	tag, err := t.exec(`WITH saved AS (
			INSERT INTO section (application, topic, accounts, name, revision, answers, saved_at, saved_by)
			SELECT a.id, a.topic, a.accounts, $2, $3 + 1, $4, $5, $6 FROM application a
			WHERE a.id = $1 AND $3 = COALESCE((SELECT max(revision) FROM section WHERE application = $1 AND name = $2), 0)
			RETURNING application
		)
		UPDATE application a SET title = $7, leader_name = $8, unit_name = $9, unit_code = $10, amount = $11 FROM saved WHERE a.id = saved.application`,
		application, section.Name, section.Revision, section.Answers, t.at, t.actor.Account(),
		summary.Title, summary.LeaderName, summary.UnitName, summary.UnitCode, summary.Amount)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return refusals["revision_is_saved_once"]
	}
	_, err = t.exec(`DELETE FROM section WHERE application = $1 AND name = $2 AND revision <= $3`,
		application, section.Name, section.Revision+1-keptRevisions)
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
