package guideline

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Parse reads the text of a guideline, as [Decode] returns it or as it was pasted, and proposes a batch. It never
// fails: what it cannot read is in Unassigned, what it doubts in Findings. Time grows with the length of the text.
func Parse(text string) Proposal {
	return parse(text).proposal
}

// parser deals the segments of a document out to a proposal.
type parser struct {
	*outline
	proposal      Proposal
	claims        []claim
	findings      []finding
	drafts        []*draft
	current       *draft // nil outside a topic
	above         []*section
	call          block       // contacts of the whole call
	pending       marker      // printed above the table of the topic to come
	asking        *block      // what the contacts at hand outside a topic belong to: the call or a section; nil outside contacts
	assigned      []*assigned // contacts that name their topics
	lent          map[int]int // topics whose contacts are claimed for another topic, which is the value
	lender        map[int]int // that topic, by where the contacts begin
	headings      map[string]int
	contactsFirst bool          // contents stand below the contacts of their topics
	sections      [styleEnd]int // number of the last section of each style
}

// draft is a topic whose parts are still segments.
type draft struct {
	topic    Topic
	section  *section // the innermost above; nil without one
	begin    span     // of its marker or, without one, of its title
	label    span     // of the marker
	title    []part
	content  []part
	body     joined // the content
	contacts block
	phase    phase
	items    [styleEnd]int // numbers of the last items of lists in the content
	answered bool          // a content label was seen
	bare     bool          // the label 研究内容 stands without anything behind it
	named    bool          // a label of the kind 研究内容 was seen
	again    bool          // it was seen twice, or with a number that a topic could have
	asked    span          // of a contact label
	asks     int           // contact labels seen
	released span          // text behind the content that was taken for none
	rows     *table        // the table it stands in
}

// part is a stretch of one line that belongs to a field.
type part struct {
	span
	line  int
	fresh bool // begins a paragraph, being numbered or labelled
}

// phase is which part of a topic is being read.
type phase int

const (
	inTitle phase = iota
	inContent
	inContacts
)

// section is a numbered heading above topics.
type section struct {
	style    style
	text     string
	contacts block // for all topics below
	topics   int
}

func parse(text string) *parser {
	source := newSource(text)
	segments := source.segments()
	title := documentTitle(source, segments)
	p := &parser{outline: newOutline(source, segments, title.end), lent: map[int]int{}, lender: map[int]int{}}
	p.proposal = Proposal{Groups: []string{}, Topics: []Topic{}, CallContacts: []Contact{}, Unassigned: []Piece{}, Findings: []Finding{}}
	p.readTitle(title)
	for i := title.end; i < len(segments); i++ {
		p.take(i)
	}
	p.build()
	return p
}

// take deals out one segment.
func (p *parser) take(i int) {
	seg := p.segments[i]
	asking := p.asking
	p.asking = nil
	switch {
	case seg.table != nil && seg.table.attached:
		p.attachCell(seg)
	case seg.kind == kindMark:
		p.mark(seg.span)
		p.asking = asking
	case seg.kind == kindAside:
	case seg.kind == kindEnd, seg.kind == kindFrame:
		p.leave()
	case p.beginsHere(i):
		p.begin(i)
	case p.isSection(i) || p.groups[i]:
		p.section(i)
	case seg.kind == kindLabel:
		p.label(i)
	case seg.kind == kindHeading && !p.belongs(i):
		p.leave()
	case p.current == nil:
		p.goOn(seg, asking)
	default:
		p.text(i)
	}
}

// goOn takes a line below contacts outside a topic if it is one of them.
func (p *parser) goOn(seg segment, asking *block) {
	switch {
	case asking != nil && goesOn(p.source, seg.span, *asking):
		asking.add(p.source, contactLine{span: seg.span})
		p.asking = asking
	case len(p.drafts) > 0 && isContact(p.source, seg.span):
		p.asking = &p.call
		p.call.add(p.source, contactLine{span: seg.span, begins: true})
		p.find(findContactUnlabelled, 0, seg.span, "")
	}
}

// beginsHere reports whether the segment begins a topic at this point of the walk. A numbered item within labelled
// content is an item of a list there, unless it is labelled itself, or reads like a title and goes on with the topics
// rather than with the list.
func (p *parser) beginsHere(i int) bool {
	seg := p.segments[i]
	switch {
	case seg.field == fieldTitle:
		return seg.body < seg.end && (p.current == nil || len(p.current.title) > 0)
	case seg.kind == kindText:
		return p.untitledBegin(i) && (p.current == nil || p.current.answered)
	case !p.topic[i]:
		return false
	case p.current == nil || p.labelled[i] || p.current.phase != inContent || !p.current.answered || seg.table != nil:
		return true
	}
	title := p.body(i)
	inOrder := seg.marker.number > p.current.topic.Number && seg.marker.number != p.current.items[p.style]+1
	return inOrder && !seg.inside && titleLike(title) && !sentenceLike(title)
}

// isSection reports whether a numbered segment is a heading above topics, or at least ends the topic at hand.
func (p *parser) isSection(i int) bool {
	seg := p.segments[i]
	switch {
	case seg.marker.style == styleGroup:
		return true
	case !seg.numbered() || p.style != unnumbered && seg.marker.style >= p.style:
		return false
	case p.current != nil && p.listed(i):
		return false
	case seg.kind == kindLabel:
		return seg.field != fieldContact && (seg.body == seg.end || seg.field == fieldTail) && (p.encloses(i) || p.current != nil && p.style != unnumbered && !p.repeated(i))
	case p.style > styleArabic && p.style <= styleCode && seg.marker.style == styleArabic:
		return p.encloses(i) || i > p.last
	}
	return p.encloses(i) || p.current != nil && p.style != unnumbered
}

// listed reports whether a segment numbered like a section is prose or an item of a list within a topic's content. In
// mid-line only what goes on with the sections above is one.
func (p *parser) listed(i int) bool {
	seg := p.segments[i]
	if p.current.phase != inContent || !p.current.answered {
		return false
	}
	if seg.inside {
		return p.current.items[seg.marker.style] == seg.marker.number-1 || p.sections[seg.marker.style] != seg.marker.number-1
	}
	return sentenceLike(p.body(i)) && i < p.last
}

// belongs reports whether a heading is a part of the topic at hand: numbered as 3.组织实施 may be under （一）, or standing
// in other topics as well.
func (p *parser) belongs(i int) bool {
	seg := p.segments[i]
	if p.current == nil {
		return false
	}
	outer := p.style
	if outer == unnumbered {
		outer = styleHan
	}
	return seg.marker.style > outer || !seg.numbered() && p.repeated(i)
}

// repeated reports whether the text of a heading or label stands in most topics, which makes it a part of each.
func (p *parser) repeated(i int) bool {
	if p.headings == nil {
		p.headings = p.countHeadings()
	}
	n := p.headings[bareTitle(p.headingText(i))]
	return n > 1 && 3*n >= 2*p.headings[""]
}

// headingText is what a heading or a label says, without its number.
func (o *outline) headingText(i int) string {
	seg := o.segments[i]
	if seg.kind == kindLabel {
		return o.source.work[seg.start+seg.marker.size : seg.body]
	}
	return o.body(i)
}

// countHeadings counts under how many topics each heading or label stands; under "", how many topics there are.
func (o *outline) countHeadings() map[string]int {
	counts, seen := map[string]int{}, map[string]int{}
	topic := 0
	for i, seg := range o.segments {
		if o.beginsTopic(i) || seg.field == fieldTitle {
			topic++
			counts[""]++
		}
		if heading := seg.kind == kindHeading || seg.kind == kindLabel; !heading || topic == 0 {
			continue
		}
		if text := bareTitle(o.headingText(i)); seen[text] != topic {
			seen[text] = topic
			counts[text]++
		}
	}
	return counts
}

func (p *parser) begin(i int) {
	seg := p.segments[i]
	if m := p.pending; m.style != unnumbered && seg.table != nil && seg.marker.label == "" {
		seg.marker = m // 榜单一 above a table without number
	}
	p.pending = marker{}
	p.draft(seg.span, seg.marker)
	p.current.rows = seg.table
	p.mark(span{seg.start, seg.body})
	p.titlePart(seg)
}

// draft begins a topic.
func (p *parser) draft(begin span, m marker) {
	d := &draft{begin: begin, label: span{begin.start, begin.start + len(m.label)}}
	d.topic = Topic{Number: m.number, Ordinal: len(p.drafts) + 1, Label: m.label, Deliverables: []string{}, Contacts: []Contact{}}
	if len(p.above) > 0 {
		d.section = p.above[len(p.above)-1]
		d.topic.Group = d.section.text
	}
	for _, s := range p.above {
		s.topics++
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
	if seg.body == seg.end && p.namesTable(i) {
		p.pending = seg.marker
		p.mark(seg.span)
		return
	}
	p.sections[seg.marker.style] = seg.marker.number
	style := seg.marker.style
	if p.groups[i] {
		style = p.style // right above the topics
	}
	for len(p.above) > 0 && p.above[len(p.above)-1].style >= style {
		p.above = p.above[:len(p.above)-1]
	}
	if !p.encloses(i) {
		return
	}
	seg.span = p.heading(seg)
	group := p.source.value(seg.span)
	p.above = append(p.above, &section{style: style, text: group})
	if !slices.Contains(p.proposal.Groups, group) {
		p.proposal.Groups = append(p.proposal.Groups, group)
	}
	p.claim(seg.span, roleGroup)
}

// namesTable reports whether a number without text stands right above a table of keys that has none.
func (p *parser) namesTable(i int) bool {
	for j := i + 1; j < len(p.segments) && p.segments[j].kind != kindText; j++ {
		if seg := p.segments[j]; seg.marker.style == styleRow {
			return seg.marker.label == ""
		} else if seg.kind != kindMark && seg.kind != kindEnd {
			return false
		}
	}
	return false
}

// heading is the part of a section's line that is its heading: up to a blank when prose follows in the same line.
func (p *parser) heading(seg segment) span {
	text := p.source.work[seg.body:seg.end]
	if bare := strings.TrimRight(text, ":：。.．"); bare != "" && !(len(bare) < len(text) && strings.ContainsFunc(bare, isSpace)) && !strings.ContainsAny(bare, sentenceEnds) && utf8.RuneCountInString(bare) <= longHeading {
		if len(bare) < len(text) {
			p.mark(span{seg.body + len(bare), seg.end})
		}
		return span{seg.start, seg.body + len(bare)}
	}
	if at := strings.IndexFunc(text, isSpace); at > 0 && (sentenceLike(text) || strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":") || utf8.RuneCountInString(text) > longHeading) {
		return span{seg.start, seg.body + at}
	}
	return seg.span
}

// longHeading is the length in runes from which a section's heading is doubtful.
const longHeading = 30

func (p *parser) leave() { p.current = nil }

func (p *parser) label(i int) {
	seg := p.segments[i]
	switch seg.field {
	case fieldContact:
		p.contactLabel(i)
	case fieldFor:
		p.assign(seg)
	case fieldTitle:
		p.mark(span{seg.start, seg.body})
		if p.current != nil {
			p.titlePart(seg)
		}
	case fieldContent, fieldBody, fieldTail:
		p.contentLabel(i)
	}
}

// contactLabel begins contacts: of the topic at hand, of the section whose topics are still to come, or of the call.
func (p *parser) contactLabel(i int) {
	seg := p.segments[i]
	outer := seg.numbered() && p.style != unnumbered && seg.marker.style <= p.style && !p.repeated(i)
	if p.speaksForAll(i) {
		p.find(findContactAfterLast, 0, seg.span, "")
		p.leave()
	}
	if outer {
		p.leave() // 二、联系方式 speaks for the whole call
	}
	p.mark(span{seg.start, seg.body})
	line := contactLine{span{seg.body, seg.end}, seg.as, seg.begins}
	begins := func(b *block) bool {
		return line.begins || seg.table == nil && b.complete && !forNumbers.MatchString(p.source.work[seg.start:seg.body])
	}
	if p.current == nil {
		p.asking = &p.call
		if n := len(p.above); n > 0 && p.above[n-1].topics == 0 && !outer {
			p.asking = &p.above[n-1].contacts
		}
		line.begins = begins(p.asking)
		p.asking.add(p.source, line)
		return
	}
	p.current.phase = inContacts
	line.begins = begins(&p.current.contacts)
	p.current.contacts.add(p.source, line)
	p.current.asked = span{seg.start, seg.body}
	p.current.asks++
}

// forNumbers matches a label behind which the person above goes on.
var forNumbers = regexp.MustCompile(`^[（(]?(?:联系|办公)?` + blank + `*(?:电话|热线|传真|邮箱)`)

// speaksForAll reports whether a contact label below the last topic's own contacts belongs to the call. It does when
// every topic above had one label.
func (p *parser) speaksForAll(i int) bool {
	if p.current == nil || i < p.last || p.segments[i].table != nil || len(p.drafts) < 2 || !p.current.contacts.complete || p.current.asks != 1 {
		return false
	}
	for _, d := range p.drafts {
		if d.asks != 1 {
			return false
		}
	}
	return true
}

// contentLabel begins the content. The label is left out when it only says 研究内容 and comes first; otherwise it
// parts the content and is kept as printed.
func (p *parser) contentLabel(i int) {
	seg := p.segments[i]
	if p.current == nil {
		if seg.field != fieldContent || i > p.last && p.last >= 0 || seg.body == seg.end && i+1 < len(p.segments) && p.topic[i+1] {
			return // a heading above the list of topics, or of something else below it
		}
		p.draft(span{seg.start, seg.body}, marker{})
	}
	d := p.current
	if i > p.last && seg.field == fieldTail && seg.table == nil && len(p.drafts) > 1 && !p.repeated(i) {
		d.released = seg.span // 结题要求： behind the last topic is for all of them
		p.leave()
		return
	}
	first := len(d.content) == 0 && !d.answered
	d.again = d.again || seg.table == nil && d.named && seg.field == fieldContent || seg.numbered() && seg.marker.style == p.style
	d.named = d.named || seg.field == fieldContent
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
	case d.phase == inTitle && p.titleGoesOn(i):
		d.title = append(d.title, part{seg.span, seg.line, false})
	case d.phase == inContacts:
		switch {
		case goesOn(p.source, seg.span, d.contacts):
			d.contacts.add(p.source, contactLine{span: seg.span})
		case len(d.content) == 0 && !d.answered && seg.table == nil && (i < p.last || p.contactsFirst || len(p.drafts) == 1) && !p.remark(seg):
			p.contactsFirst = true
			d.phase = inContent
			d.content = append(d.content, part{seg.span, seg.line, true})
		case i < p.last:
			p.find(findTextAfterContacts, d.topic.Ordinal, seg.span, quote(p.source.value(seg.span)))
		}
	case isContact(p.source, seg.span):
		d.phase = inContacts
		d.contacts.add(p.source, contactLine{span: seg.span})
		p.find(findContactUnlabelled, d.topic.Ordinal, seg.span, "")
	case i > p.last && seg.table == nil && p.endsTopics(d, seg):
		d.released = seg.span
		p.leave()
	default:
		d.phase = inContent
		d.answered = d.answered || ownLabel.MatchString(p.body(i))
		d.items[seg.marker.style] = seg.marker.number
		before := p.segments[i-1]
		fresh := seg.fresh || before.kind == kindLabel && before.body == before.end || seg.numbered() && !seg.marker.plain() || seg.kind == kindHeading || before.kind == kindHeading || ownLabel.MatchString(p.body(i))
		d.content = append(d.content, part{seg.span, seg.line, fresh})
	}
}

// ownLabel matches a label that is not in the tables, such as 经费来源：, which begins a paragraph all the same.
var ownLabel = regexp.MustCompile(`^\p{Han}{2,8}[:：]`)

// titleGoesOn reports whether a line belongs to the title above it: the content label is still to come; or the title
// has no proper end so far and has one with this line.
func (p *parser) titleGoesOn(i int) bool {
	d, seg := p.current, p.segments[i]
	if len(d.title) > 0 && ownLabel.MatchString(p.source.work[seg.start:seg.end]) {
		return false
	}
	if len(d.title) == 0 || p.contentFollows(i) || seg.table != nil && !d.answered && d.rows == seg.table {
		return true
	}
	begun := p.source.work[d.title[0].start:d.title[len(d.title)-1].end]
	line := p.source.work[seg.start:seg.end]
	return !seg.numbered() && len(d.title) < wrapped && !titleLike(begun) && !sentenceLike(begun) && utf8.RuneCountInString(begun+line) <= maxTitle &&
		titleLike(line) && !strings.ContainsAny(strings.TrimRight(line, sentenceEnds), sentenceEnds)
}

// remarks match how a sentence begins that speaks of applying rather than of what is to be studied.
var remarks = regexp.MustCompile(`^(?:以上|上述|请(?:各|有|于|将|在|申|与)|各(?:有关)?(?:单位|申报|高校|市|县|地)|(?:项目)?申报(?:单位|人|者|截止|材料|时间|书|日期|工作)|有意|逾期|本(?:批|次|指南|通知|公告)|(?:项目|课题)(?:申报|负责人|执行期|承担)|鼓励申报|注[:：]|备注[:：]|说明[:：])`)

// endsTopics reports whether a line below the last topic is a remark on the call.
func (p *parser) endsTopics(d *draft, seg segment) bool {
	return (len(d.content) > 0 || d.phase == inTitle) && p.remark(seg)
}

func (p *parser) remark(seg segment) bool {
	return remarks.MatchString(p.source.work[seg.start:seg.end])
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
