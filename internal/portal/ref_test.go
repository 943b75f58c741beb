package portal

import (
	"bytes"
	"crypto/rand"
	"testing"
)

func TestNewRef(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		ref, err := NewRef(rand.Reader)
		if err != nil || !ValidRef(ref) || seen[ref] {
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

func TestValidRef(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]bool{
		"0123456789ab": true, "zzzzzzzzzzzz": true, "": false, "0123456789a": false, "0123456789abc": false,
		"0123456789aB": false, "0123456789ai": false, "0123456789au": false, "01234/6789ab": false, "申报书书": false,
	} {
		if ValidRef(ref) != want {
			t.Errorf("ValidRef(%q) = %v", ref, !want)
		}
	}
}
