package guideline

import (
	"strings"
	"unicode/utf8"
)

// check notes what is missing or odd, seen over all topics.
func (p *parser) check() {
	p.checkChoice()
	p.checkNumbers()
	p.checkContents()
	p.checkContacts()
}

// checkChoice notes doubts about which lines are topics at all.
func (p *parser) checkChoice() {
	if p.oneLine() && len(p.proposal.CallContacts) == 0 {
		p.find(findOneLineContacts, 0, span{}, "")
	}
	if len(p.drafts) == 0 {
		p.find(findNoTopics, 0, span{}, "")
		return
	}
	if p.oneLine() {
		p.checkOneLine()
	}
	if p.doubt != "" {
		p.find(p.doubt, 0, p.drafts[0].begin, "")
	}
	for _, d := range p.drafts {
		if d.rows != nil && d.rows.headless {
			p.find(findTableHeadless, 0, d.begin, "")
			break
		}
	}
	covered := covering(p.claims)
	for _, i := range p.rest {
		if at := p.segments[i].span; titleLike(p.body(i)) && !covered(at.start) {
			p.find(findTopicsLeft, 0, at, quote(p.source.value(at)))
			return
		}
	}
}

// checkOneLine notes that line ends were lost, and what may be wrong for it: everything about a topic that no label
// begins or whose title is odd, and everything when blanks are gone as well.
func (p *parser) checkOneLine() {
	p.find(findTopicsOneLine, 0, p.drafts[0].begin, "")
	glued := strings.Count(p.source.text, " ")+strings.Count(p.source.text, "　") < 4*len(p.source.text)/lineLength
	for _, d := range p.drafts {
		if !glued && d.answered && !d.again && titleLike(d.topic.Title) && !numberInside.MatchString(d.topic.Title) && !oddGroup(d.topic.Group) {
			continue
		}
		for _, code := range []string{findOneLineNumber, findOneLineGroup, findOneLineTitle, findOneLineContent} {
			p.find(code, d.topic.Ordinal, d.begin, "")
		}
	}
}

// lineLength is the length in runes of lines that no typist leaves: above it on the average, line ends were lost.
const lineLength = 400

// oneLine reports whether the line ends of the document were lost.
func (p *parser) oneLine() bool {
	lines, runes := len(p.source.lines()), utf8.RuneCountInString(p.source.text)
	return lines <= 2 && runes > 60 || runes > lines*lineLength
}

// checkNumbers compares each printed number with the one before. Numbers start again below another heading.
func (p *parser) checkNumbers() {
	titles := map[string]bool{}
	last := 0
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
		if t.Number == 0 {
			continue // a bullet
		}
		if first := t.Number%codeStep == 1; i == 0 || first && (d.section != p.drafts[i-1].section || lettered(t.Label) && t.Label[0] != p.drafts[i-1].topic.Label[0]) {
			last = t.Number - 1
			if i == 0 && t.Number < codeStep {
				last = 0
			}
		}
		if code := numberDoubt(last, t.Number); code != "" {
			p.find(code, t.Ordinal, d.label, t.Label)
		}
		last = t.Number
	}
}

// lettered reports whether a number begins with a letter, as A1 does.
func lettered(label string) bool { return label != "" && 'A' <= label[0] && label[0] <= 'Z' }

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
		if !d.released.empty() {
			p.find(findContentReleased, d.topic.Ordinal, d.released, quote(p.source.value(d.released)))
		}
		if d.topic.Content == "" {
			without = append(without, d)
		}
	}
	if len(without) == len(p.drafts) && len(without) > 1 {
		p.find(findContentNone, 0, p.drafts[0].begin, "")
		for _, d := range without {
			p.find(findContentTitleOnly, d.topic.Ordinal, d.begin, "")
		}
		return
	}
	for _, d := range without {
		code := findContentMissing
		if d.bare {
			code = findContentEmpty
		}
		p.find(code, d.topic.Ordinal, d.begin, "")
		p.find(findDeliverableMissing, d.topic.Ordinal, d.begin, "")
	}
}

func (p *parser) checkContacts() {
	for _, d := range p.drafts {
		if ownContact.MatchString(d.topic.Content) || ownContact.MatchString(d.topic.Title) {
			p.find(findContactInContent, d.topic.Ordinal, d.begin, "")
			if len(p.proposal.CallContacts) == 0 {
				p.find(findContactInContent, 0, d.begin, "")
			}
		}
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
