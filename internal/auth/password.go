package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/crypto/argon2"
)

// The cost of one guess: OWASP's minimum for argon2id, about 25 ms and 19 MiB.
const (
	passes  = 2
	memory  = 19 * 1024 // KiB
	threads = 1
	keySize = 32
)

// atOnce bounds the memory that a flood of sign-ins can claim (2 × 19 MiB).
const atOnce = 2

// Passwords hashes and compares passwords, a few at a time.
type Passwords struct {
	slots chan struct{}
	decoy string
}

// NewPasswords makes ready; the decoy is what unknown addresses are compared with,
// so that they take as long as known ones.
func NewPasswords() *Passwords {
	p := &Passwords{slots: make(chan struct{}, atOnce)}
	p.decoy = encode([]byte("decoy-decoy-salt"), make([]byte, keySize))
	return p
}

// Hash makes the PHC string of a password. It fails only when the context ends
// while it waits for its turn.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails (crypto/rand)
	key, err := p.key(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return encode(salt, key), nil
}

// Match reports whether the password is the one of the hash. An empty hash (no
// such account, or an invitation not yet accepted) matches nothing and takes as long.
func (p *Passwords) Match(ctx context.Context, hash, password string) (bool, error) {
	known := hash != ""
	if !known {
		hash = p.decoy
	}
	salt, want, err := decode(hash)
	if err != nil {
		return false, err
	}
	key, err := p.key(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, want) == 1 && known, nil
}

func (p *Passwords) key(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, passes, memory, threads, keySize), nil
}

var header = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, memory, passes, threads)

func encode(salt, key []byte) string {
	return header + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

func decode(hash string) (salt, key []byte, err error) {
	rest, ok := strings.CutPrefix(hash, header)
	s, k, cut := strings.Cut(rest, "$")
	if !ok || !cut {
		return nil, nil, errors.New("a password hash of an unknown kind")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(s); err != nil {
		return nil, nil, fmt.Errorf("a password hash with a broken salt: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(k); err != nil {
		return nil, nil, fmt.Errorf("a password hash with a broken key: %w", err)
	}
	return salt, key, nil
}

// Limits of a password (GB/T 22239-2019 asks for at least 8 characters of at
// least 3 classes); the upper one only bounds the work of hashing.
const (
	PasswordMin     = 8
	PasswordMax     = 128
	passwordClasses = 3
)

// CheckPassword says in Chinese what a password lacks: at least 8 characters of
// at least three of the classes small letters, capitals, digits and others.
func CheckPassword(password string) error {
	switch n := len([]rune(password)); {
	case n < PasswordMin:
		return fmt.Errorf("密码至少 %d 个字符，现在是 %d 个", PasswordMin, n)
	case n > PasswordMax:
		return fmt.Errorf("密码最多 %d 个字符，现在是 %d 个", PasswordMax, n)
	case classes(password) < passwordClasses:
		return errors.New("密码须包含小写字母、大写字母、数字、其他字符中的至少三种")
	}
	return nil
}

func classes(password string) int {
	kinds := map[string]bool{}
	for _, r := range password {
		switch {
		case unicode.IsLower(r):
			kinds["lower"] = true
		case unicode.IsUpper(r):
			kinds["upper"] = true
		case unicode.IsDigit(r):
			kinds["digit"] = true
		default:
			kinds["other"] = true
		}
	}
	return len(kinds)
}
