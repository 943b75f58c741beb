// Package seal locks away, under the portal's secret, what must not lie open in the
// database. Every purpose has keys of its own. The same text under the same secret and
// purpose gives the same seal, so that what was not changed is not taken for a change;
// who holds the database alone learns from that which texts are equal, and nothing else.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// leastSecret is how long a secret must be, in bytes.
const leastSecret = 32

// A sealed text is the prefix and, in base64, a salt and the text under AES-256-GCM,
// whose additional data is the salt. The salt is made of the text (RFC 5297 calls such a
// nonce synthetic): equal salts mean equal texts.
const (
	prefix   = "sealed:v1:"
	saltSize = 16
)

// Text seals a text for a purpose, under a secret of at least 32 random bytes.
func Text(secret []byte, purpose, text string) (string, error) {
	mark, err := Mark(secret, purpose+", salt", text)
	if err != nil {
		return "", err
	}
	salt := slices.Clip(mark[:saltSize])
	lock, nonce, err := Lock(secret, salt, purpose)
	if err != nil {
		return "", err
	}
	return prefix + base64.RawURLEncoding.EncodeToString(lock.Seal(salt, nonce, []byte(text), salt)), nil
}

// Open gives the text back that was sealed for the purpose; ok is false for anything
// else, be it another secret's, damaged, or never sealed.
func Open(secret []byte, purpose, sealed string) (text string, ok bool) {
	body, found := strings.CutPrefix(sealed, prefix)
	raw, err := base64.RawURLEncoding.DecodeString(body)
	if !found || err != nil || len(raw) < saltSize {
		return "", false
	}
	salt := raw[:saltSize]
	lock, nonce, err := Lock(secret, salt, purpose)
	if err != nil {
		return "", false
	}
	plain, err := lock.Open(nil, nonce, raw[saltSize:], salt)
	return string(plain), err == nil
}

// Looks reports whether a text has the form of a sealed one.
func Looks(text string) bool { return strings.HasPrefix(text, prefix) }

// Mark is by what equal texts of a purpose are found without being kept: HMAC-SHA256,
// 32 bytes, which nobody can try out without the secret.
func Mark(secret []byte, purpose, text string) ([]byte, error) {
	key, err := derive(secret, nil, purpose, sha256.Size)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil), nil
}

// Lock derives the AES-256-GCM lock for one text, and its nonce. The nonce needs no
// chance: the salt, of which both are made, must belong to that text alone, so a lock is
// used for one text only.
func Lock(secret, salt []byte, purpose string) (lock cipher.AEAD, nonce []byte, err error) {
	const keySize, nonceSize = 32, 12
	derived, err := derive(secret, salt, purpose, keySize+nonceSize)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(derived[:keySize])
	if err != nil {
		return nil, nil, fmt.Errorf("make a lock: %w", err)
	}
	lock, err = cipher.NewGCM(block)
	if err != nil {
		return nil, nil, fmt.Errorf("make a lock: %w", err)
	}
	return lock, derived[keySize:], nil
}

func derive(secret, salt []byte, purpose string, size int) ([]byte, error) {
	if len(secret) < leastSecret {
		return nil, fmt.Errorf("the secret that seals has %d bytes, at least %d are needed", len(secret), leastSecret)
	}
	key, err := hkdf.Key(sha256.New, secret, salt, purpose, size)
	if err != nil {
		return nil, fmt.Errorf("derive a key for %s: %w", purpose, err)
	}
	return key, nil
}
