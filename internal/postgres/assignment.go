package postgres

import (
	"time"

	"softsci/internal/portal"
)

// held is whether membership m holds at the moment of a parameter: one's own, and that of a
// deputy while whom it stands in for has the topic too.
func held(at string) string {
	within := func(m string) string {
		return m + `.since <= ` + at + ` AND (` + m + `.until IS NULL OR ` + at + ` < ` + m + `.until)`
	}
	return `(` + within("m") + ` AND (m.for_account IS NULL OR EXISTS (SELECT FROM membership own
		WHERE own.account = m.for_account AND own.topic = m.topic AND own.for_account IS NULL AND ` + within("own") + `)))`
}

// Colleague is an account that is contact of a topic, to whom a case can be given.
type Colleague struct {
	ID         int64
	Ref        string
	Name       string
	Email      string
	Department string // of its person in the directory, "" without
}

const colleagueColumns = `c.id, c.ref, c.name, c.email, COALESCE((SELECT p.department FROM person p WHERE p.id = c.person), '') AS department`

// isContact is whether account c has a topic of its own.
const isContact = `EXISTS (SELECT FROM membership m WHERE m.account = c.id AND m.role = 'contact' AND m.for_account IS NULL AND m.until IS NULL)`

// Colleagues are the contacts but one account, by department and name; at most 500.
func Colleagues(dst *[]Colleague, but int64) Query {
	return many(dst, `SELECT `+colleagueColumns+` FROM account c WHERE c.id <> $1 AND `+isContact+` ORDER BY department, c.name, c.id LIMIT 500`, but)
}

// ColleagueOf is one of the contacts by its reference.
func ColleagueOf(dst *Colleague, ref string) Query {
	return one(dst, `SELECT `+colleagueColumns+` FROM account c WHERE c.ref = $1 AND `+isContact, ref)
}

// Deputation is somebody who has the topics of another from one day to another.
type Deputation struct {
	ID     int64 // key of one of its memberships
	Name   string
	Topics int
	Since  time.Time
	Until  time.Time // the end of the last day
}

// DeputiesOf are those who stand in for an account at the moment or will, the earliest first.
func DeputiesOf(dst *[]Deputation, ref string, at time.Time) Query {
	return many(dst, `SELECT min(m.id) AS id, c.name, count(*) AS topics, m.since, m.until
		FROM account own JOIN membership m ON m.for_account = own.id JOIN account c ON c.id = m.account WHERE own.ref = $1 AND m.until > GREATEST($2, m.since)
		GROUP BY c.id, m.since, m.until ORDER BY m.since, 1 LIMIT 50`, ref, at)
}

// Deputise gives a deputy every topic that the account holds, from a moment to another. It
// is Invalid on field first where somebody stands in already, and not found where the
// account holds none.
func (t *Tx) Deputise(account, deputy int64, since, until time.Time) Query {
	return changing(`INSERT INTO membership (account, role, topic, for_account, since, until)
		SELECT $2, 'contact', m.topic, m.account, $3, $4 FROM membership m
		WHERE m.account = $1 AND m.role = 'contact' AND m.for_account IS NULL AND m.until IS NULL`, account, deputy, since, until)
}

// EndDeputation ends what Deputise began, by its key; before its first day it then never
// begins. It returns the deputy.
func (t *Tx) EndDeputation(dst *ContactAccount, account, id int64) Query {
	return one(dst, `WITH ended AS (
			UPDATE membership m SET until = GREATEST(m.since, $3) FROM membership one
			WHERE one.id = $2 AND one.for_account = $1 AND one.until > GREATEST(one.since, $3)
				AND (m.for_account, m.account, m.since, m.until) = (one.for_account, one.account, one.since, one.until) RETURNING m.account
		)
		SELECT c.id, c.name, c.email FROM account c WHERE c.id IN (SELECT account FROM ended)`, account, id, t.at)
}

// EndAssignment gives an application back to whoever has its topic.
func (t *Tx) EndAssignment(application int64) Query {
	return running(`UPDATE assignment SET ended_at = $2 WHERE application = $1 AND ended_at IS NULL`, application, t.at)
}

// Assign gives an application to an account; an assignment before has to be ended first.
func (t *Tx) Assign(application, account int64, kind portal.AssignmentKind, note string) Query {
	return changing(`INSERT INTO assignment (application, account, kind, by, note, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		application, account, kind, t.actor.Account(), note, t.at)
}

// openCase is whether application a is submitted and not decided yet.
const openCase = `a.status IN ('submitted', 'returned', 'accepted', 'under_review', 'proposed')`

// KeepCases leaves the open cases of a topic with the first of those who have it now but
// one account, where nobody else has them.
func (t *Tx) KeepCases(topic, but int64) Query {
	return running(`INSERT INTO assignment (application, account, kind, by, at)
		SELECT a.id, old.account, 'kept', $3, $4 FROM application a,
			(SELECT account FROM membership WHERE topic = $1 AND account <> $2 AND for_account IS NULL AND until IS NULL ORDER BY id LIMIT 1) old
		WHERE a.topic = $1 AND a.handler = 0 AND `+openCase, topic, but, t.actor.Account(), t.at)
}

// EndAssignmentsOf gives back what an account has that is contact of nothing any more.
func (t *Tx) EndAssignmentsOf(account int64) Query {
	return running(`UPDATE assignment SET ended_at = $2 WHERE account = $1 AND ended_at IS NULL
		AND NOT EXISTS (SELECT FROM account c WHERE c.id = $1 AND `+isContact+`)`, account, t.at)
}
