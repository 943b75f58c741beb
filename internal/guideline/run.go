package guideline

import (
	"regexp"
	"unicode/utf8"
)

// Points given to a numbered segment for what speaks for or against its being a topic. Only their order of size
// matters: a content label right behind the title is nearly proof; a sentence is nearly disproof.
const (
	pointsContent    = 4
	pointsContact    = 2
	pointsTitle      = 1
	pointsSentence   = -2
	pointsForTopics  = 2  // the heading above announces topics
	pointsConditions = -4 // the heading above announces conditions
)

// run is a series of segments numbered in one style, not interrupted by a heading or an outer number and not
// starting again: either all topics or none, as a rule.
type run struct {
	items  []int // indexes of segments
	points int   // of the items together
	above  int   // points for what stands above the run
}

// likely reports whether the run as a whole looks like topics.
func (r run) likely() bool { return r.points+r.above*len(r.items) > 0 }

// outline knows which numbered segments may be topics.
type outline struct {
	source   *source
	segments []segment
	next     []int // per segment, index of the next one that is not plain text
	style    style // of the topics; unnumbered when no style convinces
	topic    []bool
	labelled []bool // begins with a title and then a content label
}

// newOutline chooses the style of numbering whose runs look most like topics. Segments before first belong to the
// document's title and are no topics.
func newOutline(source *source, segments []segment, first int) *outline {
	o := &outline{source: source, segments: segments, topic: make([]bool, len(segments)), labelled: make([]bool, len(segments))}
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
	best := 0
	for s := stylePart; s < styleEnd; s++ {
		if topics, points := o.topicsIn(s, first); points > best {
			best, o.style, o.topic = points, s, topics
		}
	}
	return o
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

// topicsIn marks the topics there would be if they were numbered in the style, and says how much speaks for it.
// A labelled segment is a topic even in a run that is none otherwise: a list within the content of a topic may be
// numbered in the same style as the topics.
func (o *outline) topicsIn(s style, first int) (topics []bool, points int) {
	topics = make([]bool, len(o.segments))
	for _, r := range o.runs(s, first) {
		likely := r.likely()
		if likely {
			points += r.points + r.above
		}
		for _, i := range r.items {
			topics[i] = likely || o.labelled[i]
			if !likely && o.labelled[i] {
				points += pointsContent
			}
		}
	}
	return topics, points
}

func (o *outline) runs(s style, first int) []run {
	var runs []run
	var current run
	close := func() {
		if len(current.items) > 0 {
			runs = append(runs, current)
		}
		current = run{}
	}
	contacts := 0 // contact labels since the last item
	for i := first; i < len(o.segments); i++ {
		seg := o.segments[i]
		last := len(current.items) - 1
		if seg.field == fieldContact {
			contacts++
		}
		ends := seg.kind == kindHeading || seg.numbered() && seg.marker.style <= s
		if ends && last >= 0 && contacts == 1 {
			current.points += pointsContact
		}
		switch {
		case seg.kind == kindHeading, seg.numbered() && seg.marker.style < s:
			close()
		case seg.kind == kindMarker && seg.marker.style == s:
			if last >= 0 && seg.marker.number == 1 && o.segments[current.items[last]].marker.number > 1 {
				close()
			}
			if len(current.items) == 0 {
				current.above = o.pointsAbove(i)
			}
			current.items = append(current.items, i)
			current.points += o.pointsOf(i)
			contacts = 0
		}
	}
	if len(current.items) > 0 && contacts == 1 {
		current.points += pointsContact
	}
	close()
	return runs
}

func (o *outline) pointsOf(i int) int {
	points := 0
	text := o.source.work[o.segments[i].body:o.segments[i].end]
	if o.labelled[i] {
		points += pointsContent
	}
	switch {
	case titleLike(text):
		points += pointsTitle
	case sentenceLike(text) && !o.labelled[i]:
		points += pointsSentence
	}
	return points
}

// aboveWords are what the text above a run may speak of; the last word decides: 申报项目应符合下列条件.
var (
	aboveWords      = regexp.MustCompile(`选题|课题|指南|方向|题目|领域|条件|要求|材料|程序|须知|注意|资格|不得|规定`)
	conditionsAbove = regexp.MustCompile(`^(?:条件|要求|材料|程序|须知|注意|资格|不得|规定)$`)
)

// pointsAbove judges a run by the heading or the short text right above its first item.
func (o *outline) pointsAbove(i int) int {
	if i == 0 {
		return 0
	}
	above := o.segments[i-1]
	text := o.source.work[above.body:above.end]
	if above.kind == kindLabel || above.kind != kindHeading && utf8.RuneCountInString(text) > maxTitle {
		return 0
	}
	words := aboveWords.FindAllString(text, -1)
	switch {
	case len(words) == 0:
		return 0
	case conditionsAbove.MatchString(words[len(words)-1]):
		return pointsConditions
	}
	return pointsForTopics
}

// beginsTopic reports whether the segment begins a topic as far as the outline can tell.
func (o *outline) beginsTopic(i int) bool { return o.topic[i] || o.untitledBegin(i) }

// untitledBegin reports whether a line without number is right before a content label, as a title is when the
// numbers of a list were lost.
func (o *outline) untitledBegin(i int) bool {
	if o.segments[i].kind != kindText || i+1 == len(o.segments) || o.segments[i+1].field != fieldContent {
		return false
	}
	return !sentenceLike(o.source.work[o.segments[i].start:o.segments[i].end])
}

// encloses reports whether a topic begins below the numbered segment before another of its style or an outer one.
func (o *outline) encloses(i int) bool {
	if o.style == unnumbered && o.proseLike(i) {
		return false
	}
	for j := i + 1; j < len(o.segments); j++ {
		switch {
		case o.beginsTopic(j):
			return true
		case o.segments[j].numbered() && o.segments[j].marker.style <= o.segments[i].marker.style:
			return false
		}
	}
	return false
}

// proseLike keeps an item of a list within a topic from being taken for a heading when the topics carry no numbers
// to compare with.
func (o *outline) proseLike(i int) bool {
	seg := o.segments[i]
	return seg.marker.style > styleHanParen || sentenceLike(o.source.work[seg.body:seg.end])
}
