package document

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
)

// mustKey makes a key that is the same in every run.
func mustKey(t testing.TB, seed string) Key {
	t.Helper()
	key, err := NewKey(strings.NewReader(strings.Repeat(seed, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

var secret = bytes.Repeat([]byte("s"), 32)

func TestNewKey(t *testing.T) {
	t.Parallel()
	if mustKey(t, "a").ID() == mustKey(t, "b").ID() {
		t.Error("two keys have one ID")
	}
	if id := mustKey(t, "a").ID(); len(id) != 16 || strings.Trim(id, "0123456789abcdef") != "" {
		t.Errorf("the ID %q is not 8 bytes in hex", id)
	}
	if _, err := NewKey(strings.NewReader("too short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a source that ends gives %v", err)
	}
}

// TestKeysArePublished: the file of the public keys is read as it was written, and what is
// no such file is refused.
func TestKeysArePublished(t *testing.T) {
	t.Parallel()
	want := []ed25519.PublicKey{mustKey(t, "new").Public(), mustKey(t, "old").Public()}
	raw, err := WriteKeys(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ReadKeys(raw); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%x, %v", got, err)
	}
	if first := `"id": "` + mustKey(t, "new").ID() + `",`; !strings.Contains(string(raw), first) || !strings.Contains(string(raw), `"ed25519": "`) {
		t.Errorf("the file says %s", raw)
	}
	if none, err := WriteKeys(nil); err != nil || !strings.Contains(string(none), `"keys": []`) {
		t.Errorf("without keys it says %s, %v", none, err)
	}
	for _, bad := range []string{"", "[]", `{"keys": [{"id": "x", "ed25519": "AAAA"}]}`, `{"keys": [{"id": "x", "ed25519": "?"}]}`} {
		if keys, err := ReadKeys([]byte(bad)); err == nil {
			t.Errorf("%q gives %v", bad, keys)
		}
	}
}

func TestSealOpens(t *testing.T) {
	t.Parallel()
	key := mustKey(t, "a")
	sealed, err := Seal(secret, key)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, key.private.Seed()) {
		t.Error("the sealed key holds the private key")
	}
	again, err := Seal(secret, key)
	if err != nil || !bytes.Equal(sealed, again) {
		t.Errorf("the same key sealed twice differs, %v", err)
	}
	opened, err := Open(secret, sealed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(opened.private, key.private) {
		t.Error("another key came back")
	}
}

func TestSealRefuses(t *testing.T) {
	t.Parallel()
	sealed, err := Seal(secret, mustKey(t, "a"))
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Repeat([]byte("t"), 32)
	if _, err := Open(other, sealed); !errors.Is(err, ErrSeal) {
		t.Errorf("another secret: %v", err)
	}
	if _, err := Open(secret[1:], sealed); err == nil {
		t.Error("a short secret is taken")
	}
	if _, err := Seal(secret[1:], mustKey(t, "a")); err == nil {
		t.Error("a short secret seals")
	}
	if _, err := Seal(secret, Key{}); err == nil {
		t.Error("the empty key is sealed")
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := Open(secret, changed); err == nil {
			t.Errorf("byte %d changed: opens", i)
		}
	}
	for n := range sealed {
		if _, err := Open(secret, sealed[:n]); err == nil {
			t.Errorf("cut off after %d bytes: opens", n)
		}
	}
}
