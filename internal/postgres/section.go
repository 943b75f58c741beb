package postgres

import (
	"time"

	"github.com/jackc/pgx/v5"

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

// Saved is one kept save of a section.
type Saved struct {
	portal.Section
	Account int64 // who saved it
}

// SavesOf are all kept saves of a draft, by section and the newest first. The newest of a
// section, which is the section, has its answers.
func SavesOf(dst *[]Saved, ref string) Query {
	return many(dst, `SELECT s.name, CASE WHEN s.revision = max(s.revision) OVER (PARTITION BY s.name) THEN s.answers END AS answers,
			s.revision, s.saved_at, c.name AS saved_by, s.saved_by AS account
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

// SectionSave is what is kept of a section.
type SectionSave struct {
	Application int64
	Section     portal.Section // Revision is the one the writer saw
	Summary     portal.Summary
	GoesOn      bool // the page's own save while somebody types, which goes on from the one before

	// Asks counts, as Try does, one more leader about whose other applications the actor
	// will be told (see portal.Others), so that nobody goes through the people of a unit by
	// typing names; "" counts nothing.
	Asks   string
	Window time.Duration
}

// SaveSection keeps the answers as the revision after the one the writer saw, in one
// statement. If somebody saved in between it is a Conflict and nothing is kept.
//
// A revision is a number that is never used twice; which of them stay to be looked at
// is another matter. The writer's own newest one makes room for the one after it where
// nothing is lost by that: when the answers are the same, and, for a save that goes on
// from it, when the revision before it is younger than autosaveSpan. Whoever saw the one
// that made room is told of a Conflict as ever. Of the others the oldest makes room when
// there are KeptRevisions.
func (t *Tx) SaveSection(s SectionSave) Query {
	return changingOr(refusals["revision_is_saved_once"], `WITH renewed AS (
			UPDATE section s SET revision = revision + 1, answers = @answers, saved_at = @now
			WHERE application = @application AND name = @name AND revision = @revision AND saved_by = @account
				AND NOT EXISTS (SELECT FROM section WHERE application = @application AND name = @name AND revision > @revision)
				AND (answers = @answers OR @goes_on AND EXISTS (
					SELECT FROM section WHERE application = @application AND name = @name AND revision < @revision AND saved_at > @span))
			RETURNING application
		), added AS (
			INSERT INTO section (application, topic, accounts, name, revision, answers, saved_at, saved_by)
			SELECT a.id, a.topic, a.accounts, @name, @revision + 1, @answers, @now, @account FROM application a
			WHERE a.id = @application AND @revision = COALESCE((SELECT max(revision) FROM section WHERE application = @application AND name = @name), 0)
				AND NOT EXISTS (SELECT FROM renewed)
			RETURNING application
		), forgotten AS (
			DELETE FROM section WHERE application = @application AND name = @name AND EXISTS (SELECT FROM added) AND revision <=
				(SELECT revision FROM section WHERE application = @application AND name = @name ORDER BY revision DESC OFFSET @kept - 1 LIMIT 1)
		), saved AS (
			SELECT application FROM renewed UNION ALL SELECT application FROM added
		), asked AS (
			`+oneMoreTry(`@key <> '' AND EXISTS (SELECT FROM saved)`)+`
		)
		UPDATE application a SET title = @title, leader_name = @leader_name, unit_name = @unit_name, unit_code = @unit_code, amount = @amount
		FROM saved WHERE a.id = saved.application`, pgx.NamedArgs{
		"application": s.Application, "name": s.Section.Name, "revision": s.Section.Revision, "answers": s.Section.Answers,
		"now": t.at, "account": t.actor.Account(), "goes_on": s.GoesOn, "span": t.at.Add(-autosaveSpan), "kept": KeptRevisions,
		"title": s.Summary.Title, "leader_name": s.Summary.LeaderName, "unit_name": s.Summary.UnitName, "unit_code": s.Summary.UnitCode, "amount": s.Summary.Amount,
		"key": s.Asks, "resets": t.at.Add(s.Window)})
}

const frozenColumns = `v.id, v.n, v.schema, v.body, v.sha256 AS hash, v.arrived_at, v.recorded_at`

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
	return mapped(dst, versionRow.version, `SELECT `+frozenColumns+`
		FROM application a JOIN version v ON v.application = a.id WHERE a.ref = $1 ORDER BY v.n DESC LIMIT 20`, ref)
}

// StandingVersion is the last submitted version of an application.
func StandingVersion(dst *portal.Version, ref string) Query {
	return mappedOne(dst, versionRow.version, `SELECT `+frozenColumns+`
		FROM application a JOIN version v ON v.application = a.id WHERE a.ref = $1 ORDER BY v.n DESC LIMIT 1`, ref)
}
