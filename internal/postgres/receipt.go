package postgres

import (
	"crypto/ed25519"

	"softsci/internal/portal"
)

// SigningKey is a key with which receipts are signed, its private half sealed.
type SigningKey struct {
	ID     string
	Public []byte
	Sealed []byte
}

// SigningKeys are all keys, the newest first, sealed.
func SigningKeys(dst *[]SigningKey) Query {
	return many(dst, `SELECT id, public, sealed FROM signing_key ORDER BY created_at DESC, id`)
}

// PublicKeys are all keys without their private halves, the newest first.
func PublicKeys(dst *[]ed25519.PublicKey) Query {
	return mapped(dst, func(k SigningKey) ed25519.PublicKey { return k.Public }, `SELECT id, public FROM signing_key ORDER BY created_at DESC, id`)
}

// InsertSigningKey adds a key.
func (t *Tx) InsertSigningKey(k SigningKey) error {
	return t.change(`INSERT INTO signing_key (id, public, sealed, created_at) VALUES ($1, $2, $3, $4)`, k.ID, k.Public, k.Sealed, t.at)
}

// ProvenBy is the submission of that number whose hash begins with the digits.
func ProvenBy(dst *portal.Proof, number, digits string) Query {
	return one(dst, `SELECT number, n, sha256, arrived_at, recorded_at, guideline, standing, attachments FROM proven($1, $2)`, number, digits)
}
