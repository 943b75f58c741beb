package postgres

import (
	"time"

	"github.com/jackc/pgx/v5"

	"softsci/internal/portal"
)

// Record writes lines of the history, in the name of the transaction's actor.
func (t *Tx) Record(events ...portal.Event) error {
	lines := make([]Query, len(events))
	for i, e := range events {
		lines[i] = t.Trace(e)
	}
	return t.Do(lines...)
}

// Trace is the statement that writes a line of the history, to travel with the change it tells of.
func (t *Tx) Trace(e portal.Event) Query {
	visit := t.actor.Visit()
	address := ""
	if visit.Address.IsValid() {
		address = visit.Address.String()
	}
	account, name := t.actor.Account(), t.actor.Name()
	if account == 0 { // a visitor who has just shown who it is
		account, name = e.Account, e.AccountName
	}
	q := changing(`INSERT INTO event (at, subject, subject_id, subject_label, verb, from_status, to_status, reason,
		data, account, account_name, role, address, request_id, on_behalf_of, on_behalf_name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, COALESCE($9, '{}'::jsonb), NULLIF($10::bigint, 0), $11, $12, $13, $14, NULLIF($15::bigint, 0), $16)`,
		t.at, e.Subject, e.SubjectID, e.SubjectLabel, e.Verb, e.From, e.To, e.Reason, e.Data,
		account, name, t.actor.Role(), address, visit.RequestID, e.OnBehalfOf, e.OnBehalfName)
	written := q.into
	q.into = func(rows pgx.Rows) error {
		t.recorded++
		return written(rows)
	}
	return q
}

const eventColumns = `e.id, e.at, e.subject, e.subject_id, e.subject_label, e.verb, e.from_status AS "from", e.to_status AS "to", e.reason, e.data,
	COALESCE(e.account, 0) AS account, e.account_name, e.role, COALESCE(e.on_behalf_of, 0) AS on_behalf_of, e.on_behalf_name, e.address, e.request_id`

// HistoryOf is the history of an application the actor may see, newest first.
func HistoryOf(dst *[]portal.Event, ref string) Query {
	return many(dst, `SELECT `+eventColumns+` FROM application a JOIN event e ON e.subject = 'application' AND e.subject_id = a.id
		WHERE a.ref = $1 ORDER BY e.id DESC LIMIT 500`, ref)
}

// EventFilter narrows the log; zero values do not.
type EventFilter struct {
	Verb     string
	Subject  string
	Words    string // in the subject's label, the account's name or the address
	From, To time.Time
	Before   int64 // key: the page after the one that ended there
}

// Events is a page of the log, newest first.
func Events(dst *[]portal.Event, f EventFilter, limit int) Query {
	return many(dst, `SELECT `+eventColumns+` FROM event e
		WHERE ($1 = '' OR e.verb = $1) AND ($2 = '' OR e.subject = $2)
			AND ($3 = '' OR strpos(e.subject_label, $3) > 0 OR strpos(e.account_name, $3) > 0 OR strpos(e.address, $3) > 0)
			AND ($4 = `+never+` OR e.at >= $4) AND ($5 = `+never+` OR e.at < $5) AND e.id < $6
		ORDER BY e.id DESC LIMIT $7`, f.Verb, f.Subject, f.Words, f.From, f.To, below(f.Before), limit)
}
