package guideline

import (
	"regexp"
	"slices"
)

// Parse reads the text of a guideline, as [Decode] returns it or as it was pasted, and proposes a batch. It never
// fails: what it cannot read is in Unassigned, what it doubts in Findings. Time grows with the length of the text.
func Parse(text string) Proposal {
	return parse(text).proposal
}

// parser deals the segments of a document out to a proposal.
type parser struct {
	*outline
	proposal Proposal
	claims   []claim
	findings []finding
	drafts   []*draft
	current  *draft // nil outside a topic
	above    []heading
	call     block // contacts of the whole call
	calling  bool  // the segment before belongs to them
}

// draft is a topic whose parts are still segments.
type draft struct {
	topic    Topic
	begin    span // of its marker or, without one, of its title
	label    span // of the marker
	title    []part
	content  []part
	contacts block
	phase    phase
	item     int  // number of the last list item in the content that is numbered like the topics
	answered bool // a content label was seen
	bare     bool // the label 研究内容 stands without anything behind it
	asked    span // of a contact label
}

// part is a stretch of one line that belongs to a field.
type part struct {
	span
	line  int
	fresh bool // begins a paragraph, being numbered or labelled
}

// block is the lines of one list of contacts.
type block struct {
	lines    []span
	complete bool // has a telephone number or an address
}

func (b *block) add(s *source, line span) {
	b.lines = append(b.lines, line)
	b.complete = b.complete || reachable.MatchString(s.work[line.start:line.end])
}

// reachable matches what makes a contact one that can be reached.
var reachable = regexp.MustCompile(`[@＠]|` + digit + `{5}`)

// phase is which part of a topic is being read.
type phase int

const (
	inTitle phase = iota
	inContent
	inContacts
)

// heading is a numbered section above topics.
type heading struct {
	style style
	text  string
}

func parse(text string) *parser {
	source := newSource(text)
	segments := source.segments()
	first, end, sure := documentTitle(source, segments)
	p := &parser{outline: newOutline(source, segments, end)}
	p.proposal = Proposal{Groups: []string{}, Topics: []Topic{}, CallContacts: []Contact{}, Unassigned: []Piece{}, Findings: []Finding{}}
	p.readTitle(first, end, sure)
	for i := end; i < len(segments); i++ {
		p.take(i)
	}
	p.build()
	return p
}

// take deals out one segment.
func (p *parser) take(i int) {
	seg := p.segments[i]
	calling := p.calling
	p.calling = false
	switch {
	case p.beginsHere(i):
		p.begin(i)
	case p.isSection(i):
		p.section(i)
	case seg.kind == kindLabel:
		p.label(i)
	case seg.kind == kindHeading && !p.within(seg):
		p.leave()
	case p.current == nil:
		p.calling = calling && p.callGoesOn(seg)
	default:
		p.text(i)
	}
}

// callGoesOn takes a line below the contacts of the call if it is one of them.
func (p *parser) callGoesOn(seg segment) bool {
	if !goesOn(p.source, seg.span, p.call) {
		return false
	}
	p.call.add(p.source, seg.span)
	return true
}

// beginsHere reports whether the segment begins a topic at this point of the walk. A numbered item within labelled
// content is an item of a list there, unless it is labelled itself, or reads like a title and goes on with the topics
// rather than with the list.
func (p *parser) beginsHere(i int) bool {
	seg := p.segments[i]
	switch {
	case seg.field == fieldTitle:
		return p.current == nil || len(p.current.title) > 0
	case seg.kind == kindText:
		return p.untitledBegin(i) && (p.current == nil || p.current.answered)
	case !p.topic[i]:
		return false
	case p.current == nil || p.labelled[i] || p.current.phase != inContent || !p.current.answered:
		return true
	}
	title := p.source.work[seg.body:seg.end]
	inOrder := seg.marker.number > p.current.topic.Number && seg.marker.number != p.current.item+1
	return inOrder && !seg.inside && titleLike(title) && !sentenceLike(title)
}

// isSection reports whether a numbered segment is a heading above topics, or at least ends the topic at hand.
func (p *parser) isSection(i int) bool {
	seg := p.segments[i]
	switch {
	case !seg.numbered() || p.style != unnumbered && seg.marker.style >= p.style:
		return false
	case p.current != nil && (p.listed(seg) || seg.inside && p.current.phase != inContacts):
		return false
	case seg.kind == kindLabel:
		return seg.body == seg.end && p.encloses(i) // 二、研究内容 above a list of topics
	}
	return p.encloses(i) || p.current != nil && p.style != unnumbered
}

// listed reports whether a segment numbered like a section is prose within a topic's content.
func (p *parser) listed(seg segment) bool {
	return p.current.phase == inContent && sentenceLike(p.source.work[seg.body:seg.end])
}

// within reports whether a numbered heading is a part of the topic at hand, as 3.组织实施 may be under （一）.
func (p *parser) within(seg segment) bool {
	outer := p.style
	if outer == unnumbered {
		outer = styleHan
	}
	return p.current != nil && seg.marker.style > outer
}

func (p *parser) begin(i int) {
	seg := p.segments[i]
	p.draft(seg.span, seg.marker)
	p.mark(span{seg.start, seg.body})
	p.titlePart(seg)
}

// draft begins a topic.
func (p *parser) draft(begin span, m marker) {
	d := &draft{begin: begin, label: span{begin.start, begin.start + len(m.label)}}
	d.topic = Topic{Number: m.number, Ordinal: len(p.drafts) + 1, Label: m.label, Deliverables: []string{}, Contacts: []Contact{}}
	if len(p.above) > 0 {
		d.topic.Group = p.above[len(p.above)-1].text
	}
	p.drafts = append(p.drafts, d)
	p.current = d
}

func (p *parser) titlePart(seg segment) {
	if seg.body < seg.end {
		p.current.title = append(p.current.title, part{span{seg.body, seg.end}, seg.line, false})
	}
}

// section closes the topic at hand and, if topics follow below it, becomes their group.
func (p *parser) section(i int) {
	p.leave()
	seg := p.segments[i]
	for len(p.above) > 0 && p.above[len(p.above)-1].style >= seg.marker.style {
		p.above = p.above[:len(p.above)-1]
	}
	if !p.encloses(i) {
		return
	}
	group := p.source.value(seg.span)
	p.above = append(p.above, heading{seg.marker.style, group})
	if !slices.Contains(p.proposal.Groups, group) {
		p.proposal.Groups = append(p.proposal.Groups, group)
	}
	p.claim(seg.span, roleGroup)
}

func (p *parser) leave() { p.current = nil }

func (p *parser) label(i int) {
	seg := p.segments[i]
	switch seg.field {
	case fieldContact:
		p.contactLabel(seg)
	case fieldTitle:
		p.mark(span{seg.start, seg.body})
		p.titlePart(seg)
	case fieldContent, fieldBody:
		p.contentLabel(i)
	}
}

func (p *parser) contactLabel(seg segment) {
	if seg.numbered() && p.style != unnumbered && seg.marker.style <= p.style {
		p.leave() // 二、联系方式 speaks for the whole call
	}
	p.mark(span{seg.start, seg.body})
	rest := span{seg.body, seg.end}
	if p.current == nil {
		p.calling = true
		p.call.add(p.source, rest)
		return
	}
	p.current.phase = inContacts
	p.current.contacts.add(p.source, rest)
	p.current.asked = span{seg.start, seg.body}
}

// contentLabel begins the content. The label is left out when it only says 研究内容 and comes first; otherwise it
// parts the content and is kept as printed.
func (p *parser) contentLabel(i int) {
	seg := p.segments[i]
	if p.current == nil {
		if seg.field == fieldBody || seg.body == seg.end && i+1 < len(p.segments) && p.topic[i+1] {
			return // a heading above the list of topics
		}
		p.draft(span{seg.start, seg.body}, marker{})
	}
	d := p.current
	first := len(d.content) == 0 && !d.answered
	d.phase, d.answered = inContent, true
	at := seg.start
	if first && seg.field == fieldContent {
		p.mark(span{seg.start, seg.body})
		at, d.bare = seg.body, seg.body == seg.end
	}
	if at < seg.end {
		d.content = append(d.content, part{span{at, seg.end}, seg.line, true})
	}
}

// text goes on with the field of the topic at hand.
func (p *parser) text(i int) {
	seg := p.segments[i]
	d := p.current
	switch {
	case d.phase == inTitle && (len(d.title) == 0 || p.contentFollows(i)):
		d.title = append(d.title, part{seg.span, seg.line, false})
	case d.phase == inContacts:
		if goesOn(p.source, seg.span, d.contacts) {
			d.contacts.add(p.source, seg.span)
		}
	case isContact(p.source, seg.span):
		d.phase = inContacts
		d.contacts.add(p.source, seg.span)
		p.find(findContactUnlabelled, d.topic.Ordinal, seg.span, "")
	default:
		d.phase = inContent
		if seg.numbered() && seg.marker.style == p.style {
			d.item = seg.marker.number
		}
		fresh := seg.numbered() && !seg.marker.plain() || p.segments[i-1].kind == kindHeading
		d.content = append(d.content, part{seg.span, seg.line, fresh})
	}
}

func (p *parser) mark(at span) { p.claim(at, roleMark) }

// claim accounts for a stretch of the source; for a topic's field, the topic is the one at hand.
func (p *parser) claim(at span, role role) {
	topic := 0
	if p.current != nil {
		topic = p.current.topic.Ordinal
	}
	if at = p.source.trim(at, p.source.work); !at.empty() {
		p.claims = append(p.claims, claim{at, role, topic})
	}
}
