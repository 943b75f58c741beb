package postgres

import (
	"time"

	"softsci/internal/portal"
)

// OwnCounts are how much is kept about an account.
type OwnCounts struct {
	Applications int
	Events       int
	CreatedAt    time.Time
	AgreedTo     string // the privacy notice, "" when it was never asked
	AgreedAt     time.Time
	Calendar     string // the nonce of its calendar's address, "" without
}

// OwnCountsOf counts what is kept about an account.
func OwnCountsOf(dst *OwnCounts, account int64) Query {
	return one(dst, `SELECT (SELECT count(*) FROM application_access x WHERE x.account = a.id) AS applications,
			(SELECT count(*) FROM event e WHERE `+aboutAccount+`) AS events, a.created_at, COALESCE(a.privacy_version, '') AS agreed_to,
			COALESCE(a.privacy_at, `+never+`) AS agreed_at, COALESCE((SELECT nonce FROM calendar WHERE account = a.id), '') AS calendar
		FROM account a WHERE a.id = $1`, account)
}

// aboutAccount are the lines of the log about account $1 itself.
const aboutAccount = `e.subject = 'account' AND e.subject_id = $1`

// EventsAbout are the lines of the log about an account, the newest first.
func EventsAbout(dst *[]portal.Event, account int64, limit int) Query {
	return many(dst, `SELECT `+eventColumns+` FROM event e WHERE `+aboutAccount+` ORDER BY e.id DESC LIMIT $2`, account, limit)
}

// OwnDrafts are the drafts that an account leads and never submitted, the newest first.
func OwnDrafts(dst *[]portal.Application, account int64, limit int, at time.Time) Query {
	return mapped(dst, applicationRow.application, `SELECT `+applicationColumns+`
		FROM application_access x JOIN application a ON a.id = x.application `+applicationTables+`
		WHERE x.account = $2 AND x.kind = 'leader' AND a.status = 'draft' ORDER BY a.id DESC LIMIT $3`, at, account, limit)
}

// Erased is a draft that was deleted.
type Erased struct {
	ID    int64
	Title string
}

// EraseDrafts deletes all drafts that an account leads and never submitted.
func (t *Tx) EraseDrafts(dst *[]Erased, account int64) Query {
	return many(dst, `DELETE FROM application a USING application_access x WHERE x.application = a.id AND x.account = $1 AND x.kind = 'leader'
		AND a.status = 'draft' AND a.number IS NULL RETURNING a.id, a.title`, account)
}

// OwnSection is a section of one of an account's applications.
type OwnSection struct {
	Application int64
	Name        string
	Answers     map[string]string
	SavedAt     time.Time
	SavedBy     string
}

// OwnSections are the sections of the account's applications as last saved.
func OwnSections(dst *[]OwnSection, account int64) Query {
	return many(dst, `SELECT DISTINCT ON (s.application, s.name) s.application, s.name, s.answers, s.saved_at, c.name AS saved_by
		FROM application_access x JOIN section s ON s.application = x.application JOIN account c ON c.id = s.saved_by
		WHERE x.account = $1 ORDER BY s.application, s.name, s.revision DESC`, account)
}

// OwnVersion is a submitted version of one of an account's applications.
type OwnVersion struct {
	Application int64
	N           int
	SHA256      []byte
	ArrivedAt   time.Time
}

// OwnVersions are the submitted versions of the account's applications.
func OwnVersions(dst *[]OwnVersion, account int64) Query {
	return many(dst, `SELECT v.application, v.n, v.sha256 AS sha256, v.arrived_at FROM application_access x JOIN version v ON v.application = x.application
		WHERE x.account = $1 ORDER BY v.application, v.n`, account)
}

// OwnFile is an attachment of one of an account's applications.
type OwnFile struct {
	Application int64
	portal.File
}

// OwnFiles are the attachments of the account's applications.
func OwnFiles(dst *[]OwnFile, account int64) Query {
	return many(dst, `SELECT f.application, `+fileColumns+` FROM application_access x JOIN file f ON f.application = x.application
		LEFT JOIN account c ON c.id = f.created_by WHERE x.account = $1 ORDER BY f.application, f.id`, account)
}

// KeepCalendar gives an account the address of a calendar, in the place of an older one.
func (t *Tx) KeepCalendar(account int64, nonce, token string) Query {
	return changing(`INSERT INTO calendar (account, nonce, token, created_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account) DO UPDATE SET nonce = EXCLUDED.nonce, token = EXCLUDED.token, created_at = EXCLUDED.created_at`, account, nonce, token, t.at)
}

// EndCalendar ends the address of an account's calendar; none is not found.
func (t *Tx) EndCalendar(account int64) Query {
	return changing(`DELETE FROM calendar WHERE account = $1`, account)
}

// CalendarOwner is whose calendar has the token; not found for any other.
func CalendarOwner(dst *int64, token string) Query {
	return value(dst, `SELECT account FROM calendar WHERE token = $1`, token)
}

// Due is a deadline of somebody who writes an application.
type Due struct {
	Ref, Label, BatchTitle string
	Returned               bool
	Due                    time.Time
}

// DeadlinesOf are the deadlines to come of whose calendar has the token, the next first.
func DeadlinesOf(dst *[]Due, token string, at time.Time) Query {
	return many(dst, `SELECT ref, label, batch_title, returned, due FROM deadlines_of($1, $2)`, token, at)
}

// OwnMessage is a message of the thread of one of an account's applications.
type OwnMessage struct {
	Application int64
	portal.ThreadMessage
}

// OwnMessages are the threads of the account's applications, the oldest message first.
func OwnMessages(dst *[]OwnMessage, account int64) Query {
	return many(dst, `SELECT m.application, m.side, c.name AS by, m.words, m.at
		FROM application_access x JOIN thread_message m ON m.application = x.application JOIN account c ON c.id = m.account
		WHERE x.account = $1 ORDER BY m.id`, account)
}
