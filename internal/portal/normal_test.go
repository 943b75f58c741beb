package portal

import (
	"errors"
	"testing"
)

func TestNormal(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" 9135 0100 m000100y43 ":  "91350100M000100Y43",
		"９１３５０１００Ｍ":               "91350100M",
		"9135\u200b0100\ufeffm\n": "91350100M",
		"\u3000ab\u00a0c\t":       "ABC",
		"":                        "",
	} {
		if got := Normal(in); got != want {
			t.Errorf("Normal(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	if got, err := Text("一\r\n二\n\r\n"); got != "一\n二\n\n" || err != nil {
		t.Errorf("Text = %q, %v", got, err)
	}
	for _, in := range []string{"a\x00b", "\xff", "湖\xe5\x8c"} {
		if got, err := Text(in); !errors.Is(err, ErrUnstorable) || got != "" {
			t.Errorf("Text(%q) = %q, %v", in, got, err)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"": 0, "软科学": 3, "a\r\nb": 3, "王𬭎喆": 3, "\n\n": 2} {
		if got := Count(in); got != want {
			t.Errorf("Count(%q) = %d, want %d", in, got, want)
		}
	}
}
