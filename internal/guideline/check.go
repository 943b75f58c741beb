package guideline

// check notes what is missing or odd, seen over all topics.
func (p *parser) check() {
	p.checkChoice()
	p.checkNumbers()
	p.checkContents()
	p.checkContacts()
}

// checkChoice notes doubts about which lines are topics at all.
func (p *parser) checkChoice() {
	if len(p.drafts) == 0 {
		p.find(findNoTopics, 0, span{}, "")
		return
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
	for _, i := range p.rest {
		if at := p.segments[i].span; titleLike(p.body(i)) && !p.claimed(at) {
			p.find(findTopicsLeft, 0, at, quote(p.source.value(at)))
			return
		}
	}
}

// claimed reports whether a segment's beginning is accounted for.
func (p *parser) claimed(at span) bool {
	for _, c := range p.claims {
		if c.start <= at.start && at.start < c.end {
			return true
		}
	}
	return false
}

// checkNumbers compares each printed number with the one before. Numbers start again below another heading.
func (p *parser) checkNumbers() {
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
		if !d.released.empty() {
			p.find(findContentReleased, d.topic.Ordinal, d.released, quote(p.source.value(d.released)))
		}
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
