package portal

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normal is the form of an identifier that is compared and kept unique: NFKC (so
// full-width letters and digits become plain ones), without white space or
// invisible characters anywhere, in upper case. Keep what was typed beside it.
func Normal(s string) string {
	return strings.ToUpper(squeezed(s))
}

// squeezed is s in NFKC without white space and invisible characters. A number
// copied from a chat or a PDF often brings a zero-width space or a byte order mark.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || invisible(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// invisible reports whether the character has no shape of its own: format
// characters (zero-width space, soft hyphen, direction marks) and the variation
// selectors that choose one drawing of a rare ideograph.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector)
}

// ErrUnstorable is the reason for which Text refuses a text.
var ErrUnstorable = errors.New("含有不能保存的字符，请删去后再保存")

// Text is a typed text as it is stored: line ends are LF. It refuses NUL, which
// PostgreSQL keeps neither in text nor in jsonb, and bytes that are not UTF-8.
// Nothing else of what was typed is changed.
func Text(s string) (string, error) {
	if strings.ContainsRune(s, 0) || !utf8.ValidString(s) {
		return "", ErrUnstorable
	}
	return newlines(s), nil
}

// Count is the length of a text as the portal's limits mean it: code points, with
// a line end counting as one. A browser sends CRLF and counts LF.
func Count(s string) int { return utf8.RuneCountInString(newlines(s)) }

func newlines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
