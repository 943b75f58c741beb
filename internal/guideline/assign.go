package guideline

import (
	"regexp"
	"strings"
)

// block is the lines of one list of contacts.
type block struct {
	lines    []contactLine
	complete bool // has a telephone number or an address
}

// contactLine is a line, or a cell of a table, with contacts.
type contactLine struct {
	span
	as     contactLabel // how the words are read; labelNumber when they must show it themselves
	begins bool         // another contact begins here for certain
}

func (b *block) add(s *source, line contactLine) {
	if line.empty() {
		return
	}
	b.lines = append(b.lines, line)
	b.complete = b.complete || reachable.MatchString(s.work[line.start:line.end])
}

// reachable matches what makes a contact one that can be reached.
var reachable = regexp.MustCompile(`[@＠]|` + digit + `{5}|` + digit + `(?:[-—－–()（） ]?` + digit + `){6}`)

// assigned is contacts that name their topics, by number or title, in a line or in a row of a table.
type assigned struct {
	of       []span
	contacts block
}

// assign takes a line such as 选题1、2：规划科 ….
func (p *parser) assign(seg segment) {
	a := &assigned{of: []span{{seg.start, seg.body}}}
	a.contacts.add(p.source, contactLine{span: span{seg.body, seg.end}})
	p.assigned = append(p.assigned, a)
	p.leave()
}

// attachCell takes a cell of a table that tells whom to ask about topics in the lines.
func (p *parser) attachCell(seg segment) {
	p.leave()
	switch {
	case seg.kind == kindMark:
		p.mark(seg.span)
	case seg.marker.style == styleRow:
		p.assigned = append(p.assigned, &assigned{of: []span{seg.span}})
	case len(p.assigned) == 0:
	case seg.kind == kindText:
		a := p.assigned[len(p.assigned)-1]
		a.of = append(a.of, seg.span)
	case seg.field == fieldContact:
		a := p.assigned[len(p.assigned)-1]
		a.contacts.add(p.source, contactLine{seg.span, seg.as, seg.begins})
	}
}

// settleContacts gives contacts to the topics they are for, when those of the topics themselves are known: contacts that
// name topics, then contacts of the call or of a section.
func (p *parser) settleContacts() {
	names := p.topicNames()
	for _, a := range p.assigned {
		p.settle(a, names)
	}
	p.moveLoneContacts()
	p.moveSectionContacts()
	for _, d := range p.drafts {
		if s := d.section; s != nil && len(s.contacts.lines) > 0 && len(d.contacts.lines) == 0 {
			p.lend(d, s.contacts)
			p.find(findContactOfSection, d.topic.Ordinal, d.begin, quote(s.text))
		}
	}
}

// settle gives contacts to the topics that they name, of those that have none of their own; else to the call.
func (p *parser) settle(a *assigned, names topicNames) {
	topics, named := names.of(p.source, a.of)
	for _, at := range named {
		p.claim(at, roleReference)
	}
	lent := false
	for _, d := range topics {
		if len(d.contacts.lines) == 0 && len(a.contacts.lines) > 0 {
			p.lend(d, a.contacts)
			lent = true
		}
	}
	if lent || len(a.contacts.lines) == 0 {
		return
	}
	p.find(findContactUnplaced, 0, a.of[0], quote(p.source.value(a.of[0])))
	p.call.lines = append(p.call.lines, a.contacts.lines...)
	p.call.complete = p.call.complete || a.contacts.complete
}

// topicNames finds topics by what they are called elsewhere.
type topicNames struct {
	byTitle  map[string][]*draft
	byNumber map[int][]*draft
}

func (p *parser) topicNames() topicNames {
	names := topicNames{map[string][]*draft{}, map[int][]*draft{}}
	for _, d := range p.drafts {
		if title := bareTitle(p.source.join(d.title, "").text); title != "" {
			names.byTitle[title] = append(names.byTitle[title], d)
		}
		names.byNumber[d.topic.Number] = append(names.byNumber[d.topic.Number], d)
	}
	return names
}

var betweenTitles = regexp.MustCompile(`[、；;，,\s]+`)

// of finds the topics that are named by title or else by number, and which of the stretches name them. A number that
// several topics have names none.
func (n topicNames) of(s *source, stretches []span) (topics []*draft, named []span) {
	for _, at := range stretches {
		text := s.work[at.start:at.end]
		found, whole := n.titled(text)
		topics = append(topics, found...)
		if whole || readNumbers(text) != nil {
			named = append(named, at)
		}
	}
	if len(topics) > 0 {
		return topics, named
	}
	for _, at := range stretches {
		for _, number := range readNumbers(s.work[at.start:at.end]) {
			found := n.byNumber[number]
			if len(found) > 1 {
				return nil, nil
			}
			topics = append(topics, found...)
		}
	}
	if len(topics) == 0 {
		return nil, nil
	}
	return topics, named
}

// titled finds the topics whose titles a text consists of: one, or several parted by commas. whole says that nothing else
// is in it.
func (n topicNames) titled(text string) (topics []*draft, whole bool) {
	if topics = n.byTitle[bareTitle(text)]; len(topics) > 0 {
		return topics, true
	}
	whole = true
	for _, title := range betweenTitles.Split(text, -1) {
		found := n.byTitle[bareTitle(title)]
		topics, whole = append(topics, found...), whole && len(found) > 0
	}
	return topics, whole
}

var (
	onlyNumbers = regexp.MustCompile(`^(?:选题|课题|方向|题目|项目|指南|第)?` + blank + `*[（(]?` + numberList + `[）)]?(?:号|项|题|个)?(?:选题|课题|方向|题目|项目|指南)?` + blank + `*[:：、.．]?$`)
	oneNumber   = regexp.MustCompile(`([-—－–～~]|至|到)?` + blank + `*(?:第|选题|课题|方向|题目)?(` + digit + `{1,3}|` + han + `)`)
)

// readNumbers reads 1、3-5. Text that is anything else has no numbers.
func readNumbers(text string) []int {
	text = strings.TrimFunc(text, isSpace)
	if !onlyNumbers.MatchString(text) {
		return nil
	}
	var numbers []int
	for _, m := range oneNumber.FindAllStringSubmatch(text, -1) {
		n := readNumber(m[2])
		if m[1] != "" && len(numbers) > 0 {
			for i := numbers[len(numbers)-1] + 1; i < n; i++ {
				numbers = append(numbers, i)
			}
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// lend gives a topic contacts that others may have as well: they are claimed for the first.
func (p *parser) lend(d *draft, b block) {
	d.contacts = b
	if first, again := p.lender[b.lines[0].start]; again {
		p.lent[d.topic.Ordinal] = first
		return
	}
	p.lender[b.lines[0].start] = d.topic.Ordinal
}

// moveLoneContacts gives the contacts to the whole call when of several topics only the last one has any, since a
// block at the end of a document usually speaks for all of it.
func (p *parser) moveLoneContacts() {
	n := len(p.drafts)
	if n < 2 || len(p.call.lines) > 0 || !lone(p.drafts) {
		return
	}
	last := p.drafts[n-1]
	p.call, last.contacts = last.contacts, block{}
	p.find(findContactMoved, 0, last.asked, "")
	last.asked = span{}
}

// moveSectionContacts gives the contacts of the last topic of each section to the section, when no other topic has any.
func (p *parser) moveSectionContacts() {
	var groups [][]*draft
	for i, d := range p.drafts {
		if i == 0 || d.section != p.drafts[i-1].section {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], d)
	}
	several := 0
	for _, g := range groups {
		if g[0].section == nil || !lone(g) {
			return
		}
		if len(g) > 1 {
			several++
		}
	}
	if several == 0 || len(groups) < 2 {
		return
	}
	for _, g := range groups {
		if last := g[len(g)-1]; len(g) > 1 {
			last.section.contacts, last.contacts, last.asked = last.contacts, block{}, span{}
		}
	}
}

// lone reports whether of the topics only the last one has contacts.
func lone(drafts []*draft) bool {
	for _, d := range drafts[:len(drafts)-1] {
		if len(d.contacts.lines) > 0 {
			return false
		}
	}
	return drafts[len(drafts)-1].contacts.complete
}
