package guideline

import (
	"slices"
	"sort"
)

// role says what a claimed stretch of the source is.
type role int

const (
	roleMark  role = iota // label, number or punctuation: needed to read the document, part of no field
	roleTitle             // of the document
	roleGroup
	roleTopicTitle
	roleContent
	roleReference // names a topic whose title stands elsewhere
	roleDepartment
	roleName
	rolePhone
	roleEmail
)

// claim is a stretch of the source that has been accounted for.
type claim struct {
	span
	role  role
	topic int // ordinal; 0 for the call
}

// unclaimed returns what is neither claimed, nor an artefact, nor white space: one piece for each stretch that only
// white space without an empty line interrupts.
func unclaimed(s *source, claims []claim) []span {
	taken := make([]span, 0, len(claims)+len(s.artefacts))
	for _, c := range claims {
		taken = append(taken, c.span)
	}
	for _, a := range s.artefacts {
		taken = append(taken, a.span)
	}
	sort.Slice(taken, func(i, j int) bool { return taken[i].start < taken[j].start })
	var pieces []span
	at := 0
	for _, t := range taken {
		if t.start > at {
			pieces = append(pieces, s.blocks(span{at, t.start})...)
		}
		at = max(at, t.end)
	}
	return append(pieces, s.blocks(span{at, len(s.text)})...)
}

// blocks cuts a span at its empty lines.
func (s *source) blocks(at span) []span {
	var blocks []span
	from, newlines := at.start, 0
	add := func(end int) {
		if block := s.trim(span{from, end}, s.text); !block.empty() {
			blocks = append(blocks, block)
		}
		from = end
	}
	for i, r := range s.text[at.start:at.end] {
		switch {
		case r == '\n':
			if newlines++; newlines == 2 {
				add(at.start + i)
			}
		case !isSpace(r):
			newlines = 0
		}
	}
	add(at.end)
	return blocks
}

// covering returns a test of whether a byte of the source is claimed.
func covering(claims []claim) func(at int) bool {
	sorted := slices.Clone(claims)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].start < sorted[j].start })
	return func(at int) bool {
		i := sort.Search(len(sorted), func(i int) bool { return sorted[i].start > at })
		return i > 0 && at < sorted[i-1].end
	}
}
