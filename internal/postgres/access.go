package postgres

import (
	"time"

	"softsci/internal/portal"
)

// Writer is somebody who may edit an application, or will when an invitation is accepted.
type Writer struct {
	Account          int64
	Ref, Name, Email string
	Kind             portal.Access
	Since            time.Time
	Invited          bool // has not accepted yet
}

// WritersOf are the people of an application that the actor may see: the leader first,
// then as they came; at most 100.
func WritersOf(dst *[]Writer, ref string) Query {
	return many(dst, `SELECT w.account, c.ref, c.name, c.email, w.kind, w.since, w.invited FROM application a JOIN (
			SELECT application, account, kind, since, false AS invited FROM application_access
			UNION ALL SELECT application, account, kind, invited_at, true FROM access_invitation
		) w ON w.application = a.id JOIN account c ON c.id = w.account
		WHERE a.ref = $1 ORDER BY w.kind <> 'leader', w.since, w.account LIMIT 100`, ref)
}

// OfTopic is whether an account is contact of a topic at the moment, or will be as a deputy.
func OfTopic(dst *bool, account, topic int64, at time.Time) Query {
	return value(dst, `SELECT EXISTS (SELECT FROM membership WHERE account = $1 AND topic = $2 AND (until IS NULL OR until > $3))`, account, topic, at)
}

// GiveAccess lets an account edit an application that the actor leads.
func (t *Tx) GiveAccess(application, account int64, kind portal.Access) Query {
	return changing(`INSERT INTO application_access (application, account, kind, since) VALUES ($1, $2, $3, $4)`, application, account, kind, t.at)
}

// OfferAccess is GiveAccess from the moment on at which an invitation is accepted.
func (t *Tx) OfferAccess(application, account int64, kind portal.Access) Query {
	return changing(`INSERT INTO access_invitation (application, account, kind, invited_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account, application) DO UPDATE SET kind = EXCLUDED.kind, invited_at = EXCLUDED.invited_at`, application, account, kind, t.at)
}

// TakeAccess ends what GiveAccess or OfferAccess began; a leader who is the last one stays.
func (t *Tx) TakeAccess(application, account int64) []Query {
	return []Query{running(`DELETE FROM access_invitation WHERE application = $1 AND account = $2`, application, account),
		running(`DELETE FROM application_access WHERE application = $1 AND account = $2`, application, account)}
}

// PassOn makes an account that helps with an application its leader in the place of the
// actor, who helps with it from then on. Who has no access yet is not found.
func (t *Tx) PassOn(application, account int64, stays portal.Access) []Query {
	return []Query{changing(`UPDATE application_access SET kind = 'leader' WHERE application = $1 AND account = $2 AND kind <> 'leader'`, application, account),
		changing(`UPDATE application_access SET kind = $3 WHERE application = $1 AND account = $2`, application, t.actor.Account(), stays)}
}

// CopyAccess lets those who help with one application help with another that the actor leads.
func (t *Tx) CopyAccess(from, to int64) Query {
	return running(`INSERT INTO application_access (application, account, kind, since)
		SELECT $2, account, kind, $3 FROM application_access WHERE application = $1 AND kind <> 'leader' ON CONFLICT DO NOTHING`, from, to, t.at)
}

// Accepted is access that an account has just accepted.
type Accepted struct {
	Application int64
	Label       string
	Kind        portal.Access
}

// AcceptAccess gives an account all the access that waits for it.
func (t *Tx) AcceptAccess(dst *[]Accepted, account int64) Query {
	return many(dst, `SELECT application, label, kind FROM accept_access($1, $2)`, account, t.at)
}
