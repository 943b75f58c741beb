package mail

import (
	"strings"
	"unicode"
)

// columns is the width of a line of plain text; a Chinese character takes two (RFC 3676 asks for at most 78).
const columns = 76

// noStart are the marks that must not begin a line (GB/T 15834), noEnd those that must not end one.
const (
	noStart = "，。、；：？！”’）》〉】〕」』…—·％,.;:?!)]}%"
	noEnd   = "“‘（《〈【〔「『([{"
)

// wrap breaks each paragraph of text into lines of at most 76 columns. Words of Latin letters and links stay whole,
// even where that makes a line longer.
func wrap(text string) string {
	paragraphs := strings.Split(text, "\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(lines(p), "\n")
	}
	return strings.Join(paragraphs, "\n")
}

func lines(paragraph string) []string {
	var out []string
	var line strings.Builder
	width := 0
	for _, piece := range pieces(paragraph) {
		w := columnsOf(piece)
		if width > 0 && width+w > columns {
			out = append(out, strings.TrimRight(line.String(), " "))
			line.Reset()
			piece = strings.TrimLeft(piece, " ")
			width, w = 0, columnsOf(piece)
		}
		line.WriteString(piece)
		width += w
	}
	return append(out, strings.TrimRight(line.String(), " "))
}

// pieces cuts a paragraph at every place where a line may break.
func pieces(paragraph string) []string {
	var out []string
	start, previous := 0, rune(0)
	for i, r := range paragraph {
		if i > 0 && mayBreak(previous, r) {
			out = append(out, paragraph[start:i])
			start = i
		}
		previous = r
	}
	return append(out, paragraph[start:])
}

func mayBreak(before, after rune) bool {
	if strings.ContainsRune(noStart, after) || strings.ContainsRune(noEnd, before) {
		return false
	}
	return wide(before) || wide(after) || after == ' '
}

// wide reports whether r takes two columns: ideographs, their marks and full-width forms.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x2E80 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60 ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}

func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		n++
		if wide(r) {
			n++
		}
	}
	return n
}
