package auth

import (
	"context"
	"strings"
	"testing"
)

func TestPasswords(t *testing.T) {
	t.Parallel()
	p := NewPasswords()
	ctx := t.Context()
	one, err := p.Hash(ctx, "Correct-horse-1")
	if err != nil {
		t.Fatal(err)
	}
	two, _ := p.Hash(ctx, "Correct-horse-1")
	if one == two || !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(one, "Correct") {
		t.Errorf("hashes %s, %s", one, two)
	}
	for _, tc := range []struct {
		hash, password string
		want           bool
	}{
		{one, "Correct-horse-1", true}, {one, "correct-horse-1", false}, {one, "", false}, {"", "Correct-horse-1", false}, {"", "", false},
	} {
		if got, err := p.Match(ctx, tc.hash, tc.password); err != nil || got != tc.want {
			t.Errorf("Match(%.20q, %q) = %t, %v", tc.hash, tc.password, got, err)
		}
	}
	for _, broken := range []string{"plain", "$argon2id$v=19$m=19456,t=2,p=1$", "$argon2id$v=19$m=19456,t=2,p=1$!!$!!", "$2y$10$abc"} {
		if _, err := p.Match(ctx, broken, "x"); err == nil {
			t.Errorf("the hash %q was taken", broken)
		}
	}
}

// TestPasswordsWait: who waits for a turn gives up with the request.
func TestPasswordsWait(t *testing.T) {
	t.Parallel()
	p := NewPasswords()
	for range atOnce {
		p.slots <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Hash(ctx, "x"); err == nil {
		t.Error("hashed without a turn")
	}
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for password, ok := range map[string]bool{
		"Abcdefg1": true, "abcdef1-": true, "ABCDEF1-": true, "密码Abc123": true, "Abc def 1": true,
		"Abc1-": false, "abcdefgh": false, "abcdefg1": false, "ABCDEFG1": false, "12345678": false, "Abcdefgh": false, "": false, strings.Repeat("Ab1-", 33): false,
	} {
		if err := CheckPassword(password); (err == nil) != ok {
			t.Errorf("%q: %v", password, err)
		}
	}
}
