package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// missing stands for a character that no font of ours has.
const missing = '□'

// plain makes any text fit to be set: valid UTF-8, line feeds and spaces as the only
// white space, nothing invisible. Bidirectional marks are dropped, because they would
// let a page read otherwise than its text; so are variation selectors, which the
// fonts do not know. Kangxi radicals, which come out of copied PDF files, become the
// characters they look like.
func plain(text string) string {
	text = strings.ToValidUTF8(text, string(missing))
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		text = norm.NFC.String(text)
	}
	var out strings.Builder
	out.Grow(len(text))
	var before rune
	for _, r := range text {
		switch {
		case r == '\n' && before == '\r':
		case r == '\n', r == '\r', r == '\u2028', r == '\u2029', r == '\u0085', r == '\v', r == '\f':
			out.WriteByte('\n')
		case r == '\t':
			out.WriteString("  ")
		case r == '\u3000':
			out.WriteRune(r)
		case unicode.Is(unicode.Zs, r):
			out.WriteByte(' ')
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		case r >= 0x2E80 && r <= 0x2FDF:
			out.WriteString(norm.NFKC.String(string(r)))
		default:
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

// flat is a text on one line.
func flat(text string) string {
	return strings.Join(strings.Fields(plain(text)), " ")
}

// paragraphs are a text's lines that say something, without the blanks a person
// indents them with: the page has its own indent.
func paragraphs(text string) []string {
	var list []string
	for one := range strings.SplitSeq(plain(text), "\n") {
		if one = strings.Trim(one, " \u3000"); one != "" {
			list = append(list, one)
		}
	}
	return list
}
