package guideline

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// outline knows which numbered segments may be topics.
type outline struct {
	source    *source
	segments  []segment
	next      []int // per segment, index of the next one that is not plain text
	enclosing []int // per segment, points for the nearest heading round it that speaks of topics or conditions
	style     style // of the topics; unnumbered when no style convinces
	topic     []bool
	labelled  []bool       // begins with a title and then a content label
	groups    map[int]bool // headings without number above topics
	last      int          // the last segment that begins a topic, -1 without any
	doubt     string       // the code of a doubt about the choice
	rest      []int        // what reads like topics in runs that were not chosen
}

// newOutline chooses the style of numbering whose runs look most like topics. Segments before first belong to the
// document's title and are no topics.
func newOutline(source *source, segments []segment, first int) *outline {
	o := &outline{source: source, segments: segments, topic: make([]bool, len(segments)), labelled: make([]bool, len(segments)), last: -1}
	o.next = make([]int, len(segments))
	next := len(segments)
	for i := len(segments) - 1; i >= 0; i-- {
		o.next[i] = next
		if segments[i].kind != kindText {
			next = i
		}
	}
	for i, seg := range segments {
		o.labelled[i] = seg.kind == kindMarker && o.contentFollows(i)
	}
	o.enclose()
	o.choose(first)
	o.findGroups()
	for i := range segments {
		if o.beginsTopic(i) || segments[i].field == fieldTitle {
			o.last = i
		}
	}
	return o
}

// groupWords match how a heading ends that is a group of topics though it has no number.
var groupWords = regexp.MustCompile(`(?:课题|项目|选题|专题|专项|类|方向|领域|板块|研究)$`)

// findGroups finds headings without number right above topics. One alone is the heading of the whole list.
func (o *outline) findGroups() {
	groups := map[int]bool{}
	for i := 0; i+1 < len(o.segments); i++ {
		seg := o.segments[i]
		plain := seg.kind == kindHeading || seg.kind == kindText
		if plain && !seg.numbered() && seg.table == nil && !seg.inside && o.topic[i+1] && o.segments[i+1].table == nil && utf8.RuneCountInString(o.body(i)) <= headingLength && groupWords.MatchString(titleBracket.ReplaceAllString(bareTitle(o.body(i)), "")) {
			groups[i] = true
		}
	}
	if len(groups) > 1 {
		o.groups = groups
	}
}

// enclose judges the headings round each segment.
func (o *outline) enclose() {
	type level struct {
		style  style
		points int
	}
	var levels []level
	o.enclosing = make([]int, len(o.segments))
	for i, seg := range o.segments {
		outer := seg.kind == kindHeading || seg.kind == kindFrame
		for len(levels) > 0 && (outer && !seg.numbered() || seg.numbered() && levels[len(levels)-1].style >= seg.marker.style) {
			levels = levels[:len(levels)-1]
		}
		for j := len(levels) - 1; j >= 0 && o.enclosing[i] == 0; j-- {
			o.enclosing[i] = levels[j].points
		}
		if outer || seg.kind == kindMarker {
			levels = append(levels, level{seg.marker.style, o.judge(i)})
		}
	}
}

// candidate is a style of numbering and the topics there would be in it.
type candidate struct {
	style    style
	topics   []bool
	runs     []run
	points   int
	labelled int // topics with a content label
	strong   bool
}

// choose compares the styles. Rows of a table compete like any other style, unless they only tell whom to ask about the
// topics in the lines.
func (o *outline) choose(first int) {
	candidates := make([]candidate, 0, styleEnd)
	var best candidate
	for s := stylePart; s < styleGroup; s++ {
		candidates = append(candidates, o.candidate(s, first))
	}
	for _, c := range candidates {
		if c.points > best.points && !o.listed(c, candidates) && !o.sections(c, candidates) {
			best = c
		}
	}
	o.attach(best)
	rows := o.candidate(styleRow, first)
	if candidates = append(candidates, rows); rows.points > best.points {
		best = rows
	}
	if best.points <= 0 {
		return
	}
	o.style, o.topic = best.style, best.topics
	o.doubtOf(best, candidates)
}

// doubtOf notes why the choice may be wrong: another style is nearly as good, or nothing but the titles' words speaks
// for it.
func (o *outline) doubtOf(best candidate, candidates []candidate) {
	chosen := 0
	for _, is := range best.topics {
		if is {
			chosen++
		}
	}
	if !best.strong {
		o.doubt = findTopicsWeak
	}
	for _, c := range candidates {
		if c.style != best.style && 2*c.points >= best.points && 2*best.labelled < chosen && o.titled(c, 2) {
			o.doubt = findTopicsRivalled
		}
		for _, r := range c.runs {
			if c.style != best.style && r.likely() && r.above >= 0 || !r.likely() && o.titles(r) == len(r.items) {
				o.rest = append(o.rest, r.items...)
			}
		}
	}
}

// titles is how many items of a run read like titles and demand nothing.
func (o *outline) titles(r run) int {
	n := 0
	for _, i := range r.items {
		if titleLike(o.body(i)) && !demands.MatchString(o.body(i)) {
			n++
		}
	}
	return n
}

// sections reports whether a candidate's lines are but headings: they do not read like titles, while numbered lines
// below them do.
func (o *outline) sections(outer candidate, candidates []candidate) bool {
	if outer.labelled > 0 || o.titled(outer, 5) {
		return false
	}
	return slices.ContainsFunc(candidates, func(inner candidate) bool {
		return inner.style > outer.style && inner.points > 0 && o.titled(inner, 5) && o.within(inner, outer)
	})
}

// within reports whether the likely runs of a candidate stand right below topics of another.
func (o *outline) within(inner, outer candidate) bool {
	for _, r := range inner.runs {
		if r.likely() && !o.below(r.items[0], outer) {
			return false
		}
	}
	return true
}

// listed reports whether a candidate's runs are but lists within the topics of another: numbered titles with a few
// numbered lines below each. Sections with titles below are the other way round, so that only what is numbered like a
// topic may be the outer one.
func (o *outline) listed(inner candidate, candidates []candidate) bool {
	for _, outer := range candidates {
		if outer.style < styleDirection || outer.style >= inner.style || outer.points <= 0 || inner.labelled > 0 || inner.style == styleCode || !o.titled(outer, 5) {
			continue
		}
		if o.within(inner, outer) {
			return true
		}
	}
	return false
}

// titled reports whether all topics of a candidate but one in so many read like titles or have labels.
func (o *outline) titled(c candidate, oneIn int) bool {
	like, all := 0, 0
	for i, is := range c.topics {
		if is {
			all++
			if titleLike(o.body(i)) || o.labelled[i] {
				like++
			}
		}
	}
	return oneIn*like >= (oneIn-1)*all
}

// below reports whether the numbered segment before i is a topic of the candidate.
func (o *outline) below(i int, c candidate) bool {
	for i--; i >= 0; i-- {
		if o.segments[i].numbered() {
			return c.topics[i]
		}
	}
	return false
}

func (o *outline) body(i int) string { return o.source.work[o.segments[i].body:o.segments[i].end] }

// attach decides which tables only tell about topics that stand in lines: tables without contents, when the topics of
// the lines have labels or the same titles.
func (o *outline) attach(lines candidate) {
	titles := map[string]bool{}
	for i, is := range lines.topics {
		if is {
			titles[bareTitle(o.body(i))] = true
		}
	}
	for i, seg := range o.segments {
		if seg.table == nil || !seg.table.topics || seg.table.content {
			continue
		}
		if lines.labelled > 0 || seg.kind == kindText && titles[bareTitle(o.body(i))] {
			seg.table.attached = true
		}
	}
}

// bareTitle is a title for comparing: without white space and marks at its end.
func bareTitle(text string) string {
	text = strings.Join(strings.FieldsFunc(text, isSpace), "")
	return text[:len(text)-len(titleMarks.FindString(text))]
}

// wrapped is the number of lines over which a title may be spread.
const wrapped = 3

// contentFollows reports whether a content label is what comes after the segment, but for the rest of its title.
func (o *outline) contentFollows(i int) bool {
	next := o.next[i]
	if next == len(o.segments) || next-i-1 >= wrapped {
		return false
	}
	f := o.segments[next].field
	return f == fieldContent || f == fieldBody
}

// candidate marks the topics there would be if they were numbered in the style, and says how much speaks for it.
// A labelled segment is a topic even in a run that is none otherwise: a list within the content of a topic may be
// numbered in the same style as the topics.
func (o *outline) candidate(s style, first int) candidate {
	c := candidate{style: s, topics: make([]bool, len(o.segments)), runs: o.runs(s, first), strong: s == styleDirection || s == styleRow}
	contacts, items := 0, 0
	for _, r := range c.runs {
		likely := r.likely()
		if likely {
			c.points += max(1, r.points+r.above)
			c.strong = c.strong || r.above > 0
			contacts, items = contacts+r.contacts, items+len(r.items)
		}
		for _, i := range r.items {
			c.topics[i] = likely || o.labelled[i]
			if o.labelled[i] {
				c.labelled++
			}
			if !likely && o.labelled[i] {
				c.points += pointsContent
			}
		}
	}
	c.strong = c.strong || c.labelled > 0 || 2*contacts > items || items >= surelyTopics && o.titled(c, items)
	return c
}

// beginsTopic reports whether the segment begins a topic as far as the outline can tell.
func (o *outline) beginsTopic(i int) bool { return o.topic[i] || o.untitledBegin(i) }

// untitledBegin reports whether a line without number is right before a content label, as a title is when the
// numbers of a list were lost.
func (o *outline) untitledBegin(i int) bool {
	if o.segments[i].kind != kindText || o.segments[i].table != nil || i+1 == len(o.segments) || o.segments[i+1].field != fieldContent || o.segments[i+1].table != nil && o.segments[i+1].table.topics {
		return false
	}
	return !sentenceLike(o.source.work[o.segments[i].start:o.segments[i].end])
}

// encloses reports whether a topic begins below the numbered segment before another of its style or an outer one.
func (o *outline) encloses(i int) bool {
	if o.style == unnumbered && o.proseLike(i) {
		return false
	}
	below := false // a numbered segment was seen
	for j := i + 1; j <= o.last; j++ {
		seg := o.segments[j]
		first := !below && seg.marker.number == 1 // 专题一 below 一、征集范围
		below = below || seg.numbered()
		switch {
		case o.beginsTopic(j) || o.style == unnumbered && seg.field == fieldTitle:
			return true
		case seg.kind == kindFrame, seg.numbered() && !(first && seg.marker.style < o.segments[i].marker.style) && seg.marker.style <= o.segments[i].marker.style:
			return false
		}
	}
	return false
}

// proseLike keeps an item of a list within a topic from being taken for a heading when the topics carry no numbers
// to compare with.
func (o *outline) proseLike(i int) bool {
	seg := o.segments[i]
	return seg.marker.style > styleHanParen || sentenceLike(o.body(i))
}
