package postgres

import (
	"context"
	"time"

	"softsci/internal/portal"
)

// Idle is how long a session lives without a request (等级保护 2.0: 30 minutes);
// seen is how coarse the note of the last request is, so that reading is not writing.
const (
	Idle = 30 * time.Minute
	seen = time.Minute
)

// Sessions keeps session data for scs, whose CtxStore it is. Tokens arrive hashed.
type Sessions struct{ Store *Store }

// Living returns a living session's data (nil for none), when somebody is signed in the
// account with the rights it has now (else its zero value), and the moment at which the
// session ends if nobody does anything more, in one round trip. Where noted says so it
// notes, coarsely, that the session was seen.
func (s Sessions) Living(ctx context.Context, token string, noted bool) (data []byte, standing portal.Standing, ends time.Time, err error) {
	now := s.Store.Now()
	var row struct {
		standingRow
		Data       string
		LastSeenAt time.Time
		ExpiresAt  time.Time
	}
	err = s.Store.Read(ctx, portal.Visitor{}, one(&row, `SELECT s.data::text AS data, s.last_seen_at, s.expires_at, COALESCE(a.id, 0) AS account, COALESCE(a.ref, '') AS ref,
			COALESCE(a.name, '') AS name, COALESCE(a.email, '') AS email, a.confirmed_at IS NOT NULL AS confirmed, `+memberships("$2")+` AS memberships
		FROM session s LEFT JOIN account a ON a.id = s.account
		WHERE s.token = $1 AND s.expires_at > $2 AND s.last_seen_at > $3`, token, now, now.Add(-Idle)))
	switch {
	case portal.KindOf(err) == portal.NotFound:
		return nil, standing, ends, nil
	case err == nil && noted && now.Sub(row.LastSeenAt) > seen:
		row.LastSeenAt = now
		_, err = s.Store.portal.Exec(ctx, `UPDATE session SET last_seen_at = $2 WHERE token = $1 AND last_seen_at < $2`, token, now)
	}
	if err != nil {
		return nil, standing, ends, err
	}
	if ends = row.LastSeenAt.Add(Idle); row.ExpiresAt.Before(ends) {
		ends = row.ExpiresAt
	}
	return []byte(row.Data), row.standing(), ends, nil
}

// FindCtx is Living without the account.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, _, _, err := s.Living(ctx, token, true)
	return data, data != nil, err
}

// CommitCtx writes a session's data. Its expiry comes from the process's clock and is
// judged by the database's.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	now := s.Store.Now()
	_, err := s.Store.portal.Exec(ctx, `INSERT INTO session (token, data, address, agent, created_at, last_seen_at, expires_at)
		VALUES ($1, $2::text::jsonb, COALESCE($2::text::jsonb -> 'values' ->> 'address', ''), COALESCE($2::text::jsonb -> 'values' ->> 'agent', ''), $3, $3, $4)
		ON CONFLICT (token) DO UPDATE SET data = EXCLUDED.data, last_seen_at = EXCLUDED.last_seen_at, expires_at = EXCLUDED.expires_at`,
		token, string(data), now, s.Store.Then(expiry))
	return err
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.Store.portal.Exec(ctx, `DELETE FROM session WHERE token = $1`, token)
	return err
}

// Find, Commit and Delete are the context-less halves of scs.Store, which scs
// does not call where the CtxStore methods exist.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is the context-less half of CommitCtx.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is the context-less half of DeleteCtx.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Session is one place where an account is signed in, as its owner sees it.
type Session struct {
	ID         string // names the session without being able to use it
	Agent      string
	Address    string
	CreatedAt  time.Time
	LastSeenAt time.Time
}

// SessionsOf are the living sessions of an account, the newest first, at most 50.
func SessionsOf(dst *[]Session, account int64, at time.Time) Query {
	return many(dst, `SELECT COALESCE(data -> 'values' ->> 'id', '') AS id, agent, address, created_at, last_seen_at FROM session
		WHERE account = $1 AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC LIMIT 50`, account, at, at.Add(-Idle))
}

// EndSession ends one session of the account by its ID.
func (t *Tx) EndSession(account int64, id string) error {
	return t.change(`DELETE FROM session WHERE account = $1 AND data -> 'values' ->> 'id' = $2`, account, id)
}

// EndSessions ends all sessions of the account but the one with the ID ("" for all).
func (t *Tx) EndSessions(account int64, but string) error {
	_, err := t.exec(`DELETE FROM session WHERE account = $1 AND data -> 'values' ->> 'id' IS DISTINCT FROM $2`, account, but)
	return err
}

// Sweep deletes sessions, links and attempts that are of no more use. A session
// is kept a day beyond its end.
func (t *Tx) Sweep() error {
	for _, sql := range []string{
		`DELETE FROM session WHERE expires_at < $1::timestamptz - interval '1 day' OR last_seen_at < $1::timestamptz - interval '1 day'`,
		`DELETE FROM link WHERE expires_at < $1::timestamptz - interval '30 days'`,
		`DELETE FROM attempt WHERE resets_at < $1`,
		`DELETE FROM kept_post WHERE created_at < $1::timestamptz - interval '1 day'`,
		`DELETE FROM inquiry WHERE confirmed_at IS NULL AND asked_at < $1::timestamptz - interval '48 hours'`,
		`UPDATE inquiry SET name = '', email = '' WHERE answered_at < $1::timestamptz - interval '1 year' AND email <> ''`,
	} {
		if _, err := t.exec(sql, t.at); err != nil {
			return err
		}
	}
	return nil
}
