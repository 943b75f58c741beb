package postgres

import (
	"time"

	"softsci/internal/portal"
)

// Purpose is what a single-use link is for.
type Purpose string

// The purposes of links.
const (
	Invite  Purpose = "invite"
	Reset   Purpose = "reset"
	Confirm Purpose = "confirm"
)

// InsertLink keeps a link by the hash of its token and ends the account's earlier
// links of the same purpose.
func (t *Tx) InsertLink(hash string, account int64, purpose Purpose, expires time.Time) error {
	if _, err := t.exec(`UPDATE link SET used_at = $3 WHERE account = $1 AND purpose = $2 AND used_at IS NULL`, account, purpose, t.at); err != nil {
		return err
	}
	_, err := t.exec(`INSERT INTO link (token, account, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		hash, account, purpose, t.at, expires)
	return err
}

// LinkOwner is whom a living link belongs to.
type LinkOwner struct {
	Account int64
	Name    string
	Email   string
}

// LinkOf is the owner of a living link; not found when it was used, replaced or is too old.
func LinkOf(dst *LinkOwner, hash string, purpose Purpose, at time.Time) Query {
	return one(dst, `SELECT l.account, a.name, a.email FROM link l JOIN account a ON a.id = l.account
		WHERE l.token = $1 AND l.purpose = $2 AND l.used_at IS NULL AND l.expires_at > $3`, hash, purpose, at)
}

// UseLink spends a living link and returns its account; of two at once one wins.
func (t *Tx) UseLink(hash string, purpose Purpose) (account int64, err error) {
	err = t.Do(value(&account, `UPDATE link SET used_at = $3
		WHERE token = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3 RETURNING account`, hash, purpose, t.at))
	if portal.KindOf(err) == portal.NotFound {
		return 0, portal.Refuse(portal.Expired, "这个链接已经用过、已被新的链接取代，或者已经过期。")
	}
	return account, err
}
