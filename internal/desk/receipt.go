package desk

import (
	"context"
	"crypto/ed25519"
	"regexp"
	"strings"
	"time"

	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Standing is what was submitted last, as it was frozen, to be printed and signed.
type Standing struct {
	Application portal.Application
	Version     portal.Version
	Frozen      portal.Frozen
}

// Standing is the standing version of an application that the actor may see; not found
// before the first submission, Withheld for a contact who is kept away.
func (d *Desk) Standing(ctx context.Context, actor portal.Actor, ref string) (s Standing, err error) {
	if err := d.mayRead(ctx, actor, ref); err != nil {
		return s, err
	}
	if err := d.store.Read(ctx, actor, postgres.ApplicationOf(&s.Application, ref, actor.Visit().Arrived), postgres.StandingVersion(&s.Version, ref)); err != nil {
		return s, err
	}
	s.Frozen, err = d.secret.thaw(s.Version)
	return s, err
}

// Paper is a version with its 申报书 as a PDF or, as long as that has not been made, with
// the content to make it from.
type Paper struct {
	postgres.Paper
	Frozen portal.Frozen
}

// Paper is the standing version of an application that the actor may see, with its paper
// as far as it has been made; not found before the first submission.
func (d *Desk) Paper(ctx context.Context, actor portal.Actor, ref string) (p Paper, err error) {
	if err := d.mayRead(ctx, actor, ref); err != nil {
		return p, err
	}
	if err = d.store.Read(ctx, actor, postgres.StandingPaper(&p.Paper, ref)); err != nil || p.PDF != nil {
		return p, err
	}
	p.Frozen, err = d.secret.thaw(p.Version)
	return p, err
}

// Tries of one address at proofs, so that nobody guesses hashes.
const (
	proofsMost   = 60
	proofsWindow = time.Hour
)

var sixteenDigits = regexp.MustCompile(`^[0-9a-f]{16}$`)

// Prove tells what a receipt proves to somebody who has its number and the first sixteen
// digits of its hash; anything else is not found.
func (d *Desk) Prove(ctx context.Context, v portal.Visitor, number, digits string) (portal.Proof, error) {
	var proof portal.Proof
	err := d.limit(ctx, "proof", v.Visit().Address.String(), proofsMost, proofsWindow, func(resets time.Time) string {
		return "核验次数太多，请在 " + portal.DateTimeText(resets) + " 之后再试。"
	})
	if err != nil {
		return proof, err
	}
	digits = strings.ToLower(strings.TrimSpace(digits))
	if !sixteenDigits.MatchString(digits) {
		return proof, portal.ErrNotFound
	}
	err = d.store.Read(ctx, v, postgres.ProvenBy(&proof, strings.TrimSpace(number), digits))
	return proof, err
}

// PublicKeys are the keys by which receipts are verified, the newest first.
func (d *Desk) PublicKeys(ctx context.Context, v portal.Visitor) (keys []ed25519.PublicKey, err error) {
	err = d.store.Read(ctx, v, postgres.PublicKeys(&keys))
	return keys, err
}

// SigningKeys are all keys with their sealed halves, for the start of the portal.
func (d *Desk) SigningKeys(ctx context.Context, s portal.System) (keys []postgres.SigningKey, err error) {
	err = d.store.Read(ctx, s, postgres.SigningKeys(&keys))
	return keys, err
}

// AddSigningKey keeps a new key; it signs from now on.
func (d *Desk) AddSigningKey(ctx context.Context, s portal.System, k postgres.SigningKey) error {
	return d.store.Write(ctx, s, func(tx *postgres.Tx) error {
		if err := tx.InsertSigningKey(k); err != nil {
			return err
		}
		return tx.Record(portal.Event{Subject: portal.OnKey, SubjectLabel: k.ID, Verb: portal.KeyMade})
	})
}
