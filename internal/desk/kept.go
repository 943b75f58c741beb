package desk

import (
	"context"

	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// KeptPost is a post that waits for its account.
type KeptPost = postgres.KeptPost

// Keep keeps what somebody posted with a session (its hashed token) that had ended,
// sealed, if that was less than 24 hours ago, once for each session. It returns the key under
// which the session's account can fetch it, "" when nothing was kept.
func (d *Desk) Keep(ctx context.Context, v portal.Visitor, session, path, body string) (key string, err error) {
	key, hash, err := d.token()
	if err != nil {
		return "", err
	}
	if body, err = d.secret.seal(sealsPost, body); err != nil {
		return "", err
	}
	var kept bool
	err = d.store.Save(ctx, v, func(tx *postgres.Tx) (err error) {
		kept, err = tx.KeepPost(hash, session, path, body)
		return err
	})
	if !kept {
		key = ""
	}
	return key, err
}

// Kept shows a kept post to its account without taking it.
func (d *Desk) Kept(ctx context.Context, h portal.Holder, key string) (KeptPost, error) {
	var post KeptPost
	err := d.store.Read(ctx, h, postgres.KeptOf(&post, hashToken(key), h.Account(), h.Arrived()))
	post.Body = d.secret.unseal(sealsPost, post.Body)
	return post, err
}

// TakeKept gives a kept post back to its account, once.
func (d *Desk) TakeKept(ctx context.Context, h portal.Holder, key string) (post KeptPost, err error) {
	err = d.store.Save(ctx, h, func(tx *postgres.Tx) (err error) {
		post, err = tx.TakeKept(hashToken(key), h.Account())
		return err
	})
	post.Body = d.secret.unseal(sealsPost, post.Body)
	return post, err
}
