package guideline

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a stretch of the source in bytes, end excluded. Bytes are used inside because regular expressions and
// slices speak them; places in runes are made at the end.
type span struct{ start, end int }

func (s span) empty() bool { return s.start >= s.end }

// source is a document's text beside a working copy of the same length in which artefacts are blanks, so that an
// offset means the same in both.
type source struct {
	text      string
	work      string
	artefacts []artefact // in order, not overlapping
	marks     []int      // number of runes before every ruleth byte
}

// artefact is something a word processor left in the text.
type artefact struct {
	span
	name string // in Chinese, for the finding
}

// artefactKinds are the artefacts known.
var artefactKinds = []struct {
	name    string
	pattern *regexp.Regexp
}{
	{"书签标记", regexp.MustCompile(`\[bookmark:[^\]\n]{0,100}\]`)},
	{"超链接代码", regexp.MustCompile(`HYPERLINK[ \t　]+"[^"\n]{0,300}"`)},
	{"页码域代码", regexp.MustCompile(`(?:NUM)?PAGES?[ \t]*\\\*[ \t]*MERGEFORMAT`)},
	{"失效的书签提示", regexp.MustCompile(`Error! Bookmark not defined\.|错误[！!]未定义书签[。.]`)},
	{"页码", regexp.MustCompile(`(?m)^[ \t　]*(?:[-—–－][ \t　]?[0-9]{1,4}[ \t　]?[-—–－]|第[ \t　]?[0-9]{1,4}[ \t　]?页(?:[，, \t　]*共[ \t　]?[0-9]{1,4}[ \t　]?页)?)[ \t　\r]*$`)},
	{"嵌入对象", regexp.MustCompile(`\x{FFFC}`)},
}

// ruler is the distance in bytes between two marks of the rune count.
const ruler = 512

func newSource(text string) *source {
	if !utf8.ValidString(text) {
		text = string([]rune(text)) // one U+FFFD a bad byte, as []rune counts
	}
	s := &source{text: text}
	s.findArtefacts()
	s.measure()
	return s
}

func (s *source) findArtefacts() {
	for _, kind := range artefactKinds {
		for _, at := range kind.pattern.FindAllStringIndex(s.text, -1) {
			if found := s.trim(span{at[0], at[1]}, s.text); !found.empty() {
				s.artefacts = append(s.artefacts, artefact{found, kind.name})
			}
		}
	}
	sort.SliceStable(s.artefacts, func(i, j int) bool { return s.artefacts[i].start < s.artefacts[j].start })
	kept := s.artefacts[:0]
	for _, a := range s.artefacts {
		if len(kept) == 0 || kept[len(kept)-1].end <= a.start {
			kept = append(kept, a)
		}
	}
	s.artefacts = kept
	work := []byte(s.text)
	for _, a := range s.artefacts {
		for i := a.start; i < a.end; i++ {
			work[i] = ' '
		}
	}
	s.work = string(work)
}

func (s *source) measure() {
	runes := 0
	for i := 0; i < len(s.text); i++ {
		if i%ruler == 0 {
			s.marks = append(s.marks, runes)
		}
		if utf8.RuneStart(s.text[i]) {
			runes++
		}
	}
	s.marks = append(s.marks, runes)
}

// offset is the number of runes before a byte offset that begins a rune.
func (s *source) offset(at int) int {
	mark := min(at/ruler, len(s.marks)-1)
	runes := s.marks[mark]
	for i := mark * ruler; i < at; i++ {
		if utf8.RuneStart(s.text[i]) {
			runes++
		}
	}
	return runes
}

func (s *source) place(at span) Place { return Place{s.offset(at.start), s.offset(at.end)} }

// trim takes white space off both ends of a span of the given text.
func (s *source) trim(at span, text string) span {
	rest := strings.TrimLeftFunc(text[at.start:at.end], isSpace)
	at.start = at.end - len(rest)
	at.end = at.start + len(strings.TrimRightFunc(rest, isSpace))
	return at
}

// isSpace is white space in the wide sense: what a reader cannot see and no field needs.
func isSpace(r rune) bool { return isInvisible(r) || unicode.IsSpace(r) }

// isInvisible is white space without width.
func isInvisible(r rune) bool {
	switch r {
	case '\uFEFF', '\u200B', '\u200C', '\u200D', '\u2060', '\u00AD':
		return true
	}
	return false
}

// line is a physical line: trimmed, and as it stands, since a table's cells may be empty at its ends.
type line struct {
	span
	whole span
}

// lines returns the physical lines without the empty ones. LF, CR, CRLF and the separators of Unicode and of word
// processors (form feed) all end a line; the vertical tab does not yet, see [source.manual].
func (s *source) lines() []line {
	var lines []line
	start := 0
	add := func(end int) {
		if at := s.trim(span{start, end}, s.work); !at.empty() {
			lines = append(lines, line{at, span{start, end}})
		}
	}
	for i, r := range s.work {
		switch r {
		case '\n', '\r', '\f', '\u0085', '\u2028', '\u2029':
			add(i)
			start = i + utf8.RuneLen(r)
		}
	}
	add(len(s.work))
	return lines
}

// manual cuts a line outside a table at its manual breaks, U+000B.
func (s *source) manual(at span) []span {
	var parts []span
	for !at.empty() {
		part := at
		if i := strings.IndexByte(s.work[at.start:at.end], '\v'); i >= 0 {
			part.end = at.start + i
		}
		if trimmed := s.trim(part, s.work); !trimmed.empty() {
			parts = append(parts, trimmed)
		}
		at.start = part.end + 1
	}
	return parts
}
