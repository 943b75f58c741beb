package guideline

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// readTitle takes the document's title from the segments found for it.
func (p *parser) readTitle(first, end int, sure bool) {
	if first == end {
		p.find(findTitleMissing, 0, span{}, "")
		return
	}
	at := span{p.segments[first].start, p.segments[end-1].end}
	parts := make([]part, 0, end-first)
	for _, seg := range p.segments[first:end] {
		parts = append(parts, part{seg.span, seg.line, false})
		p.claim(seg.span, roleTitle)
	}
	p.proposal.Title = p.source.join(parts, "")
	f := readTitle(p.proposal.Title)
	p.proposal.Year, p.proposal.Plan, p.proposal.Category, p.proposal.Label = f.year, f.plan, f.category, f.label
	for _, doubt := range []struct {
		code string
		is   bool
	}{
		{findTitleGuessed, !sure},
		{findYearMissing, f.year == 0},
		{findPlanMissing, f.plan == ""},
		{findCategoryMissing, f.category == ""},
	} {
		if doubt.is {
			p.find(doubt.code, 0, at, quote(p.proposal.Title))
		}
	}
}

// build makes topics of the drafts and settles what can be told only when all of them are known.
func (p *parser) build() {
	p.moveLoneContacts()
	for _, d := range p.drafts {
		p.current = d
		p.buildTitle(d)
		p.buildContent(d)
		d.topic.Contacts, d.topic.Places.Contacts = p.buildContacts(d.contacts.lines, d.topic.Ordinal)
		p.proposal.Topics = append(p.proposal.Topics, d.topic)
	}
	p.current = nil
	p.proposal.CallContacts, _ = p.buildContacts(p.call.lines, 0)
	p.checkNumbers()
	p.checkContents()
	p.checkContacts()
	p.buildRest()
	p.proposal.Findings = p.report()
}

// moveLoneContacts gives the contacts to the whole call when of several topics only the last one has any, since a
// block at the end of a document usually speaks for all of it.
func (p *parser) moveLoneContacts() {
	n := len(p.drafts)
	if n < 2 || len(p.call.lines) > 0 || !p.drafts[n-1].contacts.complete {
		return
	}
	for _, d := range p.drafts[:n-1] {
		if len(d.contacts.lines) > 0 {
			return
		}
	}
	last := p.drafts[n-1]
	p.call, last.contacts = last.contacts, block{}
	p.find(findContactMoved, 0, last.asked, "")
	last.asked = span{}
}

func (p *parser) buildTitle(d *draft) {
	p.splitTitle(d)
	if len(d.title) == 0 {
		p.find(findTopicTitleMissing, d.topic.Ordinal, d.begin, "")
		return
	}
	p.trimTitle(d)
	d.topic.Title = p.source.join(d.title, "")
	d.topic.Places.Title = p.claimParts(d.title, roleTopicTitle)
	at := extent(d.title)
	switch {
	case d.title[0].line != d.title[len(d.title)-1].line:
		p.find(findTopicTitleWrapped, d.topic.Ordinal, at, "")
	case utf8.RuneCountInString(d.topic.Title) > maxTitle:
		p.find(findTopicTitleLong, d.topic.Ordinal, at, "")
	case strings.ContainsFunc(d.topic.Title, isSpace):
		p.find(findTopicTitleSpace, d.topic.Ordinal, at, "")
	}
}

// splitTitle finds the content in the title's line when it stands nowhere else: 1.标题。内容….
func (p *parser) splitTitle(d *draft) {
	if len(d.content) > 0 || d.answered || len(d.title) == 0 {
		return
	}
	first := d.title[0]
	stop := strings.Index(p.source.work[first.start:first.end], "。")
	if stop < 0 {
		return
	}
	at := first.start + stop + len("。")
	if rest := p.source.trim(span{at, first.end}, p.source.work); !rest.empty() {
		d.content = append([]part{{rest, first.line, true}}, d.title[1:]...)
		d.title = []part{{span{first.start, at}, first.line, false}}
	}
}

// titleMarks matches the punctuation that ends a title in a list and is no part of it.
var titleMarks = regexp.MustCompile(`(?:[；;。．.，,、：:]|` + blank + `)+$`)

func (p *parser) trimTitle(d *draft) {
	last := &d.title[len(d.title)-1]
	marks := titleMarks.FindStringIndex(p.source.work[last.start:last.end])
	if marks == nil || marks[0] == 0 {
		return
	}
	p.mark(span{last.start + marks[0], last.end})
	last.end = last.start + marks[0]
}

func (p *parser) buildContent(d *draft) {
	if len(d.content) == 0 {
		return
	}
	d.topic.Content = p.source.join(d.content, "\n")
	d.topic.Places.Content = p.claimParts(d.content, roleContent)
	d.topic.Deliverables = deliverables(d.topic.Content)
	at := extent(d.content)
	if !d.answered {
		p.find(findContentUnlabelled, d.topic.Ordinal, at, "")
	}
	if len(d.topic.Deliverables) == 0 {
		p.find(findDeliverableMissing, d.topic.Ordinal, at, "")
	}
}

// buildContacts reads a contact block and notes what is doubtful in it.
func (p *parser) buildContacts(lines []span, topic int) ([]Contact, *Place) {
	persons, claims := readContacts(p.source, lines)
	contacts := []Contact{}
	var all span
	for i, person := range persons {
		contacts = append(contacts, person.Contact)
		if i == 0 {
			all = person.at
		}
		all = span{min(all.start, person.at.start), max(all.end, person.at.end)}
		p.doubtPerson(person, topic)
	}
	for _, c := range claims {
		c.topic = topic
		p.claims = append(p.claims, c)
	}
	if len(persons) == 0 {
		return contacts, nil
	}
	place := p.source.place(all)
	return contacts, &place
}

func (p *parser) doubtPerson(person person, topic int) {
	who := person.Name
	if who == "" {
		who = person.Department
	}
	for _, doubt := range []struct {
		code string
		is   bool
	}{
		{findContactNameless, person.Name == "" && topic > 0},
		{findContactDepartment, person.Department == "" && topic > 0},
		{findContactInherited, person.inherited},
		{findContactGlued, person.glued},
		{findContactShared, person.shared && len(person.phones) > 0},
		{findPhoneMissing, len(person.phones) == 0},
	} {
		if doubt.is {
			p.find(doubt.code, topic, person.at, who)
		}
	}
	for _, phone := range person.phones {
		switch {
		case phone.odd:
			p.find(findPhoneOdd, topic, phone.span, phone.text)
		case phone.bare:
			p.find(findPhoneLocal, topic, phone.span, phone.text)
		}
	}
}

// checkNumbers compares each printed number with the one before. Numbers start again below another heading.
func (p *parser) checkNumbers() {
	if len(p.drafts) == 0 {
		p.find(findNoTopics, 0, span{}, "")
	}
	titles := map[string]bool{}
	last, group := 0, ""
	for i, d := range p.drafts {
		t := d.topic
		if titles[t.Title] && t.Title != "" {
			p.find(findTopicTitleDoubled, t.Ordinal, d.begin, "")
		}
		titles[t.Title] = true
		if t.Label == "" {
			if len(p.drafts) > 1 {
				p.find(findNumberMissing, t.Ordinal, d.begin, "")
			}
			last++
			continue
		}
		if i == 0 || t.Group != group && t.Number == 1 {
			last = 0
		}
		group = t.Group
		if code := numberDoubt(last, t.Number); code != "" {
			p.find(code, t.Ordinal, d.label, t.Label)
		}
		last = t.Number
	}
}

func numberDoubt(last, number int) string {
	switch {
	case number == last+1:
		return ""
	case number == last:
		return findNumberDoubled
	case number > last:
		return findNumberSkipped
	}
	return findNumberOrder
}

// checkContents notes topics without content; once only when it is a mere list of titles.
func (p *parser) checkContents() {
	var without []*draft
	for _, d := range p.drafts {
		if d.topic.Content == "" {
			without = append(without, d)
		}
	}
	if len(without) == len(p.drafts) && len(without) > 1 {
		p.find(findContentNone, 0, p.drafts[0].begin, "")
		return
	}
	for _, d := range without {
		code := findContentMissing
		if d.bare {
			code = findContentEmpty
		}
		p.find(code, d.topic.Ordinal, d.begin, "")
	}
}

func (p *parser) checkContacts() {
	for _, d := range p.drafts {
		switch {
		case len(d.topic.Contacts) > 0:
		case !d.asked.empty():
			p.find(findContactEmpty, d.topic.Ordinal, d.asked, "")
		case len(p.proposal.CallContacts) > 0:
			p.find(findContactOfCall, d.topic.Ordinal, d.begin, "")
		default:
			p.find(findContactMissing, d.topic.Ordinal, d.begin, "")
		}
	}
}

// buildRest shows what was left out: artefacts, and text that no field holds.
func (p *parser) buildRest() {
	for _, a := range p.source.artefacts {
		p.find(findArtefact, 0, a.span, a.name+"“"+p.source.text[a.start:a.end]+"”")
	}
	for _, at := range unclaimed(p.source, p.claims) {
		place := p.source.place(at)
		text := p.source.text[at.start:at.end]
		p.proposal.Unassigned = append(p.proposal.Unassigned, Piece{Text: text, Start: place.Start, End: place.End})
		p.find(findUnassigned, 0, at, quote(text))
	}
}

// claimParts accounts for a field and returns its place.
func (p *parser) claimParts(parts []part, role role) *Place {
	for _, part := range parts {
		p.claim(part.span, role)
	}
	place := p.source.place(extent(parts))
	return &place
}

func extent(parts []part) span { return span{parts[0].start, parts[len(parts)-1].end} }

// join puts the parts of a field together. Parts that only white space parts on their line stand as in the source; a
// wrapped line is glued to the one before, unless that one ended a paragraph or this one begins one: then paragraph
// stands between.
func (s *source) join(parts []part, paragraph string) string {
	var b strings.Builder
	for i := 0; i < len(parts); {
		first := parts[i]
		at := first.span
		for i++; i < len(parts) && parts[i].line == first.line && s.onlyBlank(at.end, parts[i].start); i++ {
			at.end = parts[i].end
		}
		value := strings.TrimFunc(s.value(at), isSpace)
		if b.Len() > 0 {
			b.WriteString(seam(b.String(), value, first.fresh, paragraph))
		}
		b.WriteString(value)
	}
	return b.String()
}

func (s *source) onlyBlank(from, to int) bool {
	return from <= to && strings.TrimFunc(s.work[from:to], isSpace) == ""
}

// paragraphEnd matches the end of a line that was not wrapped.
var paragraphEnd = regexp.MustCompile(`[。！？；：!?;:][”’」』）)》]?$`)

// seam is what stands between two lines of a field. Only Latin words need a blank where a line was wrapped.
func seam(before, next string, fresh bool, paragraph string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case fresh || paragraphEnd.MatchString(tail(before)):
		return paragraph
	case last < utf8.RuneSelf && first < utf8.RuneSelf:
		return " "
	}
	return ""
}
