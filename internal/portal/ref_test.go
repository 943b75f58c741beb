package portal

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"
)

func TestNewRef(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		ref, err := NewRef(rand.Reader)
		if err != nil || len(ref) != refLength || strings.Trim(ref, refAlphabet) != "" || seen[ref] {
			t.Fatalf("NewRef = %q, %v (seen before: %v)", ref, err, seen[ref])
		}
		seen[ref] = true
	}
	if ref, _ := NewRef(bytes.NewReader(bytes.Repeat([]byte{0xff}, 8))); ref != "zzzzzzzzzzzz" {
		t.Errorf("NewRef of ones = %q", ref)
	}
	if _, err := NewRef(bytes.NewReader(make([]byte, 7))); err == nil {
		t.Error("NewRef does not fail with too little randomness")
	}
}
