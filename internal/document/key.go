package document

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"softsci/internal/seal"
)

// Key signs receipts. The zero Key signs nothing.
type Key struct{ private ed25519.PrivateKey }

// NewKey makes a key of 32 bytes of the random source.
func NewKey(random io.Reader) (Key, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return Key{}, fmt.Errorf("make a signing key: %w", err)
	}
	return Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// Public is what others verify with; nil for the zero Key.
func (k Key) Public() ed25519.PublicKey {
	if len(k.private) != ed25519.PrivateKeySize {
		return nil
	}
	return ed25519.PublicKey(bytes.Clone(k.private[ed25519.SeedSize:]))
}

// ID names the key in receipts.
func (k Key) ID() string { return KeyID(k.Public()) }

// KeyID names a public key: the first 8 bytes of its SHA-256, in hex.
func KeyID(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return hex.EncodeToString(sum[:8])
}

// publicKey is a key as it is published.
type publicKey struct {
	ID  string `json:"id"`
	Key []byte `json:"ed25519"` // base64
}

// keyList is the file of the public keys. Its JSON is a public format.
type keyList struct {
	Keys []publicKey `json:"keys"`
}

// WriteKeys writes public keys as the file that is published, in their order.
func WriteKeys(keys []ed25519.PublicKey) ([]byte, error) {
	list := keyList{Keys: []publicKey{}} // [] in the file, not null
	for _, k := range keys {
		list.Keys = append(list.Keys, publicKey{KeyID(k), k})
	}
	raw, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the public keys: %w", err)
	}
	return append(raw, '\n'), nil
}

// ReadKeys reads what WriteKeys has written.
func ReadKeys(raw []byte) ([]ed25519.PublicKey, error) {
	var list keyList
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("not a list of keys: %w", err)
	}
	var keys []ed25519.PublicKey
	for _, k := range list.Keys {
		if len(k.Key) != ed25519.PublicKeySize {
			return nil, fmt.Errorf("key %s is not an Ed25519 key", k.ID)
		}
		keys = append(keys, k.Key)
	}
	return keys, nil
}

// A sealed key is a byte for the format, the public key, and the private key's seed
// under AES-256-GCM, whose additional data are the two before it. The public key is the
// salt of its lock.
const (
	sealFormat  = 1
	sealHead    = 1 + ed25519.PublicKeySize
	sealPurpose = "softsci receipt key, seal 1"
)

// ErrSeal is a sealed key that the secret does not open: it is another secret's, or
// was changed or cut off.
var ErrSeal = errors.New("签名密钥无法启封：PORTAL_SECRET 与密封时不同，或数据已损坏 (the sealed key does not open with this secret, or it is damaged)")

// Seal locks a key away under a secret of at least 32 random bytes, so that it can be
// kept in the database. The same key and secret give the same bytes.
func Seal(secret []byte, key Key) ([]byte, error) {
	public := key.Public()
	if public == nil {
		return nil, errors.New("seal a signing key: the key is empty")
	}
	lock, nonce, err := seal.Lock(secret, public, sealPurpose)
	if err != nil {
		return nil, err
	}
	head := append([]byte{sealFormat}, public...)
	return lock.Seal(head, nonce, key.private.Seed(), head), nil
}

// Open gives a sealed key back. The error is ErrSeal when the secret does not fit.
func Open(secret, sealed []byte) (Key, error) {
	switch {
	case len(sealed) < sealHead:
		return Key{}, ErrSeal
	case sealed[0] != sealFormat:
		return Key{}, fmt.Errorf("签名密钥的密封格式 %d 不是本程序所知的 (the key is sealed in an unknown format)", sealed[0])
	}
	head := sealed[:sealHead]
	public := ed25519.PublicKey(head[1:])
	lock, nonce, err := seal.Lock(secret, public, sealPurpose)
	if err != nil {
		return Key{}, err
	}
	seed, err := lock.Open(nil, nonce, sealed[sealHead:], head)
	if err != nil || len(seed) != ed25519.SeedSize {
		return Key{}, ErrSeal
	}
	key := Key{ed25519.NewKeyFromSeed(seed)}
	if !public.Equal(key.Public()) {
		return Key{}, ErrSeal
	}
	return key, nil
}
