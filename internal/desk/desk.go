package desk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Passwords hashes and compares passwords.
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	Match(ctx context.Context, hash, password string) (bool, error)
}

// Desk does the portal's verbs on its database.
type Desk struct {
	store     *postgres.Store
	queue     Queue
	passwords Passwords
	letters   mail.Letters
	random    io.Reader
	secret    secrets
	scans     bool
	uploads   *turns
}

// Parts are what a Desk works with.
type Parts struct {
	Store     *postgres.Store
	Queue     Queue
	Passwords Passwords
	Letters   mail.Letters
	Random    io.Reader // of references and links
	Secret    []byte    // at least 32 bytes; seals identity numbers, kept posts and the keys under which tries are counted
	Scans     bool      // attachments are held until a scanner has seen them
}

// New makes a Desk.
func New(p Parts) *Desk {
	return &Desk{store: p.Store, queue: p.Queue, passwords: p.Passwords, letters: p.Letters, random: p.Random, secret: p.Secret,
		scans: p.Scans, uploads: newTurns()}
}

// Now is the database's time, by which every deadline is judged.
func (d *Desk) Now() time.Time { return d.store.Now() }

// Ready reports whether the database answers.
func (d *Desk) Ready(ctx context.Context) error { return d.store.Ping(ctx) }

// Watch calls changed whenever what the public sees has changed, in whichever
// process, and connected when it begins or ceases to be told.
func (d *Desk) Watch(ctx context.Context, connected func(bool), changed func()) {
	d.store.Listen(ctx, connected, changed)
}

// post keeps letters and promises to deliver them.
func (d *Desk) post(tx *postgres.Tx, letters ...postgres.Message) error {
	return d.write(tx, nil, letters)
}

// write makes the changes and keeps the letters that tell of them in one round trip,
// and promises in another to deliver those and to do what other work there is.
func (d *Desk) write(tx *postgres.Tx, changes []postgres.Query, letters []postgres.Message, work ...Work) error {
	keys := make([]int64, len(letters))
	for i, letter := range letters {
		changes = append(changes, tx.Keep(&keys[i], letter))
	}
	if err := tx.Do(changes...); err != nil {
		return err
	}
	work = append(work, deliveries(keys)...)
	if len(work) == 0 {
		return nil
	}
	return d.queue.Promise(tx, work...)
}

// deliveries hand over the mails of these keys.
func deliveries(keys []int64) []Work {
	work := make([]Work, len(keys))
	for i, key := range keys {
		work[i] = Delivery{key}
	}
	return work
}

// lettersTo addresses the same letter to each.
func lettersTo(readers []postgres.ContactAccount, kind string, text mail.Text) []postgres.Message {
	letters := make([]postgres.Message, len(readers))
	for i, reader := range readers {
		letters[i] = letterTo(reader, kind, text)
	}
	return letters
}

// letterTo addresses a letter.
func letterTo(c postgres.ContactAccount, kind string, text mail.Text) postgres.Message {
	return postgres.Message{Account: c.ID, Address: c.Email, Kind: kind, Subject: text.Subject, Body: text.Body}
}

// link makes the address of a page of this portal.
func (d *Desk) link(path string) string { return d.letters.URL + path }

// token makes the secret of a single-use link and the hash under which it is kept.
func (d *Desk) token() (token, hash string, err error) {
	raw := make([]byte, 24)
	if _, err := io.ReadFull(d.random, raw); err != nil {
		return "", "", err
	}
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, hashToken(token), nil
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// sealed is the key under which tries are counted: addresses of people and
// machines are not kept in the clear.
func (d *Desk) sealed(purpose, what string) string {
	mac := hmac.New(sha256.New, d.secret)
	mac.Write([]byte(what))
	return purpose + ":" + hex.EncodeToString(mac.Sum(nil)[:16])
}

// limit counts one more try of a purpose and refuses it when there were too many.
func (d *Desk) limit(ctx context.Context, purpose, what string, most int, window time.Duration, words func(resets time.Time) string) error {
	count, resets, err := d.store.Try(ctx, d.sealed(purpose, what), window)
	if err != nil {
		return err
	}
	if count > most {
		return portal.Refuse(portal.TooMany, words(resets))
	}
	return nil
}

// What the desk hands out and takes is the database's own shape; these names are
// for the rooms that do not see the database.
type (
	FoundTopic    = postgres.SlugTopic
	TopicHit      = postgres.TopicHit
	DeskCount     = postgres.DeskCount
	Pace          = postgres.Pace
	EventFilter   = postgres.EventFilter
	Profile       = postgres.Profile
	Session       = postgres.Session
	AccountRow    = postgres.Account
	MembershipRow = postgres.Membership
	TopicAccount  = postgres.TopicAccount
	TopicCount    = postgres.TopicStatusCount
	LinkOwner     = postgres.LinkOwner
	Purpose       = postgres.Purpose
	Person        = postgres.Person
	SigningKey    = postgres.SigningKey
	Colleague     = postgres.Colleague
	Deputation    = postgres.Deputation
)

// What a single-use link is for.
const (
	LinkInvite  = postgres.Invite
	LinkReset   = postgres.Reset
	LinkConfirm = postgres.Confirm
)
