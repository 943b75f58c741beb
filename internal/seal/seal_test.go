package seal

import (
	"bytes"
	"strings"
	"testing"
)

var secret = []byte("a secret that is long enough now")

// TestText: what was sealed opens again under its own secret and purpose, and under no
// other; the seal tells nothing of the text.
func TestText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "x", "11010519491231002X", "汉字 and\nlines", strings.Repeat("长", 100_000), "sealed:v1:AAAA"} {
		sealed, err := Text(secret, "a", text)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := Text(secret, "a", text); again != sealed || !Looks(sealed) || len(text) > 1 && strings.Contains(sealed, text) {
			t.Errorf("%.20q is sealed as %.40q, then as %.40q", text, sealed, again)
		}
		if got, ok := Open(secret, "a", sealed); !ok || got != text {
			t.Errorf("%.20q opens as %.20q, %v", text, got, ok)
		}
		damaged := []byte(sealed)
		damaged[len(prefix)+2] ^= 1
		cut := sealed[:len(sealed)-4]
		for name, fails := range map[string]func() (string, bool){
			"another secret":  func() (string, bool) { return Open([]byte("another secret, long enough, too"), "a", sealed) },
			"another purpose": func() (string, bool) { return Open(secret, "b", sealed) },
			"a short secret":  func() (string, bool) { return Open(secret[:31], "a", sealed) },
			"damage":          func() (string, bool) { return Open(secret, "a", string(damaged)) },
			"a cut":           func() (string, bool) { return Open(secret, "a", cut) },
			"the text":        func() (string, bool) { return Open(secret, "a", text) },
		} {
			if got, ok := fails(); ok || got != "" {
				t.Errorf("%.20q opens with %s as %.20q", text, name, got)
			}
		}
	}
	one, _ := Text(secret, "a", "1")
	if other, _ := Text(secret, "b", "1"); one == other {
		t.Error("two purposes have the same seal")
	}
	if _, err := Text(secret[:31], "a", "1"); err == nil || !strings.Contains(err.Error(), "at least 32") {
		t.Errorf("a short secret: %v", err)
	}
}

// TestMark: equal texts have equal marks, and nothing else has.
func TestMark(t *testing.T) {
	t.Parallel()
	mark := func(secret []byte, purpose, text string) []byte {
		m, err := Mark(secret, purpose, text)
		if err != nil || len(m) != 32 {
			t.Fatalf("%x, %v", m, err)
		}
		return m
	}
	one := mark(secret, "a", "1")
	if !bytes.Equal(one, mark(secret, "a", "1")) {
		t.Error("the same text has two marks")
	}
	for _, other := range [][]byte{mark(secret, "a", "2"), mark(secret, "b", "1"), mark([]byte("another secret, long enough, too"), "a", "1")} {
		if bytes.Equal(one, other) {
			t.Error("another has the same mark")
		}
	}
}
