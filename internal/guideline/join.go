package guideline

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joined is a field put together from parts, which knows where each of its bytes stands in the source.
type joined struct {
	text  string
	seams []seamAt
}

// seamAt says that from a byte of the text on, bytes follow one another as they do from a byte of the source on.
type seamAt struct{ at, source int }

// span finds a stretch of the text in the source.
func (j joined) span(start, end int) span { return span{j.locate(start), j.locate(end-1) + 1} }

func (j joined) locate(at int) int {
	i := sort.Search(len(j.seams), func(i int) bool { return j.seams[i].at > at })
	if i == 0 {
		return 0
	}
	return j.seams[i-1].source + at - j.seams[i-1].at
}

// join puts the parts of a field together. Parts that only white space parts on their line stand as in the source; a
// wrapped line is glued to the one before, unless that one ended a paragraph or this one begins one: then paragraph
// stands between. A tab becomes a blank: fields have no columns.
func (s *source) join(parts []part, paragraph string) joined {
	var b strings.Builder
	var seams []seamAt
	line, began := 0, true // where the line before begins, and whether a paragraph began there
	for i := 0; i < len(parts); {
		first := parts[i]
		at := first.span
		for i++; i < len(parts) && parts[i].line == first.line && s.onlyBlank(at.end, parts[i].start); i++ {
			at.end = parts[i].end
		}
		pieces := s.pieces(at)
		if len(pieces) == 0 {
			continue
		}
		if b.Len() > 0 {
			before := b.String()[line:]
			alone := began && utf8.RuneCountInString(head(before)) < shortLine && unicode.Is(unicode.Han, lastOfText(before))
			began = first.fresh || alone || paragraphEnd.MatchString(tail(b.String()))
			b.WriteString(seam(tail(b.String()), s.text[pieces[0].start:pieces[0].end], began, paragraph))
		}
		line = b.Len()
		for _, piece := range pieces {
			seams = append(seams, seamAt{b.Len(), piece.start})
			b.WriteString(strings.NewReplacer("\t", " ", "\v", " ").Replace(s.text[piece.start:piece.end]))
		}
	}
	return joined{b.String(), seams}
}

// pieces is a span without artefacts, invisible characters and white space at its ends.
func (s *source) pieces(at span) []span {
	at = s.trim(at, s.work)
	var pieces []span
	first := sort.Search(len(s.artefacts), func(i int) bool { return s.artefacts[i].end > at.start })
	for _, a := range s.artefacts[first:] {
		if a.start >= at.end {
			break
		}
		if a.start > at.start {
			pieces = append(pieces, span{at.start, a.start})
		}
		at.start = min(a.end, at.end)
	}
	if !at.empty() {
		pieces = append(pieces, at)
	}
	return s.visible(pieces)
}

// visible leaves out characters without width, which would make equal fields differ.
func (s *source) visible(pieces []span) []span {
	var seen []span
	for _, piece := range pieces {
		for at := piece.start; at < piece.end; {
			skip := strings.IndexFunc(s.text[at:piece.end], isInvisible)
			if skip < 0 {
				seen = append(seen, span{at, piece.end})
				break
			}
			if skip > 0 {
				seen = append(seen, span{at, at + skip})
			}
			_, size := utf8.DecodeRuneInString(s.text[at+skip:])
			at += skip + size
		}
	}
	return seen
}

// value is the text of a span without artefacts and invisible characters.
func (s *source) value(at span) string {
	var b strings.Builder
	for _, piece := range s.pieces(at) {
		b.WriteString(s.text[piece.start:piece.end])
	}
	return b.String()
}

// shortLine is the length in runes below which a line was not wrapped, but is a paragraph by itself.
const shortLine = 8

func lastOfText(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

func (s *source) onlyBlank(from, to int) bool {
	return from <= to && strings.TrimFunc(s.work[from:to], isSpace) == ""
}

// seam is what stands between two lines of a field. Only Latin words need a blank where a line was wrapped.
func seam(before, next string, fresh bool, paragraph string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case fresh:
		return paragraph
	case last < utf8.RuneSelf && first < utf8.RuneSelf:
		return " "
	}
	return ""
}
