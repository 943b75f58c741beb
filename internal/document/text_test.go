package document

import (
	"slices"
	"testing"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"as it is", "王𬭎喆，A-1。", "王𬭎喆，A-1。"},
		{"line ends", "a\r\nb\rc\nd\u2028e", "a\nb\nc\nd\ne"},
		{"controls", "a\x00b\x1b[0mc\u0085d", "ab[0mc\nd"},
		{"bidi", "a\u202Eb\u2066c\u200Fd", "abcd"},
		{"joiners and marks", "\uFEFFa\u200Bb\u00ADc", "abc"},
		{"variation selectors", "葛\U000E0100城\uFE00", "葛城"},
		{"spaces", "a\u00A0b\u2003c\td", "a b c  d"},
		{"ideographic space", "　段", "　段"},
		{"not UTF-8", "a\xff\xfeb", "a□b"},
		{"accents apart", "e\u0301", "é"},
		{"Kangxi radicals", "⼈⼤", "人大"},
		{"compatibility forms of names stay", "\uFA19", "\uFA19"},
	} {
		if got := plain(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	got := paragraphs("　　第一段 \r\n\r\n  第二段\n\t\n")
	if want := []string{"第一段", "第二段"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNumeral(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 99: "九十九", 0: "0", 100: "100"} {
		if got := numeral(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}
