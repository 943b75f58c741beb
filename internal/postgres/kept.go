package postgres

import (
	"time"

	"softsci/internal/portal"
)

// keptFor is how long after a session's end a post is still kept, and how long it
// waits to be fetched.
const keptFor = 24 * time.Hour

// KeepPost keeps what was posted with a session that ended less than a day ago, once
// for each session, for the session's account alone. kept is false when there is no
// such session.
func (t *Tx) KeepPost(hash, session, path, body string) (kept bool, err error) {
	tag, err := t.exec(`INSERT INTO kept_post (token, account, session, path, body, created_at)
		SELECT $1, account, token, $3, $4, $5 FROM session
		WHERE token = $2 AND account IS NOT NULL AND LEAST(expires_at, last_seen_at + $6) BETWEEN $7 AND $5
		ON CONFLICT DO NOTHING`, hash, session, path, body, t.at, Idle, t.at.Add(-keptFor))
	return tag.RowsAffected() == 1, err
}

// KeptPost is a post that waits for its account.
type KeptPost struct{ Path, Body string }

// KeptOf is a post kept for the account; not found for any other.
func KeptOf(dst *KeptPost, hash string, account int64, at time.Time) Query {
	return one(dst, `SELECT path, body FROM kept_post WHERE token = $1 AND account = $2 AND created_at > $3`, hash, account, at.Add(-keptFor))
}

// TakeKept gives a kept post back to its account, once.
func (t *Tx) TakeKept(hash string, account int64) (KeptPost, error) {
	var post KeptPost
	err := t.Do(one(&post, `DELETE FROM kept_post WHERE token = $1 AND account = $2 AND created_at > $3 RETURNING path, body`, hash, account, t.at.Add(-keptFor)))
	if portal.KindOf(err) == portal.NotFound {
		err = portal.Refuse(portal.Expired, "保留的内容已经取回过，或者已经超过 24 小时。")
	}
	return post, err
}
