package guideline

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// squeeze is what conservation compares: NFKC without white space.
func squeeze(s string) string {
	drop := func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}
	return strings.Map(drop, norm.NFKC.String(strings.Map(drop, s)))
}

// checkConserved proves that nothing of a text was lost and nothing invented: every character that is not white space
// is claimed exactly once, by a field, a mark, an artefact or a piece; each field's value is what was claimed for it;
// marks are labels, numbers or punctuation; and every place lies within the text.
func checkConserved(t *testing.T, text string) {
	t.Helper()
	p := parse(text)
	checkCovered(t, p)
	checkMarks(t, p)
	checkFields(t, p)
	checkPersons(t, p)
	checkPlaces(t, p)
}

func checkCovered(t *testing.T, p *parser) {
	t.Helper()
	times := make([]int, len(p.source.text))
	count := func(at span) {
		for i := at.start; i < at.end; i++ {
			times[i]++
		}
	}
	for _, c := range p.claims {
		count(c.span)
	}
	for _, a := range p.source.artefacts { // one may stand within a field, whose value leaves it out
		for i := a.start; i < a.end; i++ {
			times[i] = 1
		}
	}
	source := []rune(p.source.text)
	for _, piece := range p.proposal.Unassigned {
		if got := string(source[piece.Start:piece.End]); got != piece.Text {
			t.Errorf("unassigned piece %q stands where the source has %q", piece.Text, got)
		}
		start := len(string(source[:piece.Start]))
		count(span{start, start + len(piece.Text)})
	}
	for i, r := range p.source.text {
		if n := times[i]; n > 1 || n == 0 && !isSpace(r) {
			t.Fatalf("%q at byte %d is claimed %d times, in %q", r, i, n, p.source.text)
		}
	}
	for _, a := range p.source.artefacts {
		shown := func(f Finding) bool {
			return f.Code == findArtefact && string(source[f.Start:f.End]) == p.source.text[a.start:a.end]
		}
		if !slices.ContainsFunc(p.proposal.Findings, shown) {
			t.Errorf("artefact %q is not among the findings", p.source.text[a.start:a.end])
		}
	}
}

// checkMarks keeps the grammar from throwing text away under the name of a mark, or of a topic that is named again.
func checkMarks(t *testing.T, p *parser) {
	t.Helper()
	for _, c := range p.claims {
		text := p.source.value(c.span)
		if slices.ContainsFunc(p.proposal.Topics, func(topic Topic) bool { return topic.Label == text }) {
			continue
		}
		switch {
		case c.role == roleMark && strings.ContainsFunc(p.source.work[c.end-len(behindMark(p, c)):c.end], partOfWord) && readColumn(text) == columnUnknown && !numberCell.MatchString(text):
			t.Errorf("%q was dropped as a mark", text)
		case c.role == roleReference && readNumbers(text) == nil && !forTopics.MatchString(text):
			again := func(title string) bool {
				return slices.ContainsFunc(p.proposal.Topics, func(topic Topic) bool { return bareTitle(topic.Title) == bareTitle(title) })
			}
			if !slices.ContainsFunc(append(betweenTitles.Split(text, -1), text), again) {
				t.Errorf("%q was dropped as naming a topic", text)
			}
		}
	}
}

// behindMark is what is left of a claim behind a number and a label. What they are may depend on the text behind.
func behindMark(p *parser, c claim) string {
	const more = 48
	if alone := p.source.work[c.start:c.end]; isLabel(alone) {
		return ""
	}
	text := p.source.work[c.start:min(len(p.source.work), c.end+more)]
	if m, ok := readMarker(text); ok {
		text = text[m.size:]
	} else if m, ok := readLoose(text); ok {
		text = text[m.size:]
	}
	if f, size := readLabel(text); f != noField && size > 0 {
		text = text[size:]
	} else if f, size := readNumberedLabel(text); f != noField {
		text = text[size:]
	} else if token := nextToken(text + " "); token.kind == tokenLabel {
		text = text[len(token.text):]
	}
	return text[:max(0, len(text)-(min(len(p.source.work), c.end+more)-c.end))]
}

// isLabel reports whether a text is a label and nothing else but the number in front of it.
func isLabel(text string) bool {
	if m, ok := readMarker(text); ok {
		text = text[m.size:]
	} else if m, ok := readLoose(text); ok {
		text = text[m.size:]
	}
	f, size := readLabel(text)
	return f != noField && size == len(text)
}

// claimed is the text claimed for a role of a topic, in order.
func claimed(p *parser, role role, topic int) string {
	var b strings.Builder
	for _, c := range p.claims {
		if c.role == role && c.topic == topic {
			b.WriteString(p.source.value(c.span))
		}
	}
	return squeeze(b.String())
}

func checkFields(t *testing.T, p *parser) {
	t.Helper()
	same := func(name, value, claimed string) {
		if squeeze(value) != claimed {
			t.Errorf("%s is %q, but %q was claimed for it", name, value, claimed)
		}
	}
	same("the document's title", p.proposal.Title, claimed(p, roleTitle, 0))
	for _, topic := range p.proposal.Topics {
		same("a title", topic.Title, claimed(p, roleTopicTitle, topic.Ordinal))
		same("a content", topic.Content, claimed(p, roleContent, topic.Ordinal))
		if topic.Group != "" && !slices.Contains(p.proposal.Groups, topic.Group) {
			t.Errorf("group %q is not among the groups", topic.Group)
		}
		for _, d := range topic.Deliverables {
			if !strings.Contains(topic.Content, "《"+d+"》") {
				t.Errorf("deliverable %q is not in the content", d)
			}
		}
	}
	for _, c := range p.claims {
		if c.role == roleGroup && !slices.Contains(p.proposal.Groups, p.source.value(c.span)) {
			t.Errorf("heading %q is not among the groups", p.source.value(c.span))
		}
	}
}

func checkPersons(t *testing.T, p *parser) {
	t.Helper()
	contacts := map[int][]Contact{0: p.proposal.CallContacts}
	for _, topic := range p.proposal.Topics {
		contacts[topic.Ordinal] = topic.Contacts
	}
	for _, c := range p.claims {
		read := squeeze(p.source.value(c.span))
		holds := func(contact Contact) bool {
			switch c.role {
			case roleDepartment:
				return strings.Contains(squeeze(contact.Department), read)
			case roleName:
				return strings.Contains(squeeze(contact.Name), read)
			case rolePhone:
				return slices.ContainsFunc(contact.Phones, func(phone string) bool {
					return samePhone(phone, read) || strings.Contains(digits(phone), digits(read))
				})
			case roleEmail:
				return squeeze(contact.Email) == read
			}
			return true
		}
		if c.role >= roleDepartment && !slices.ContainsFunc(contacts[c.topic], holds) {
			t.Errorf("%q was claimed for a contact of topic %d, but none has it: %+v", read, c.topic, contacts[c.topic])
		}
	}
	for topic, list := range contacts {
		for _, contact := range list {
			owner := topic
			if first, lent := p.lent[topic]; lent {
				owner = first
			}
			if !strings.Contains(claimed(p, roleName, owner), squeeze(contact.Name)) ||
				!strings.Contains(claimed(p, roleDepartment, owner), squeeze(contact.Department)) ||
				!strings.Contains(claimed(p, roleEmail, owner), squeeze(contact.Email)) ||
				len(contact.Phones) > 0 && !strings.Contains(digits(claimed(p, rolePhone, owner)), strings.TrimPrefix(digits(contact.Phones[0]), "0")) {
				t.Errorf("contact %+v of topic %d holds what was not claimed", contact, topic)
			}
			if len(contact.Phones) > 0 && contact.Phone != contact.Phones[0] || len(contact.Phones) == 0 && contact.Phone != "" || contact.Phones == nil {
				t.Errorf("phone and phones disagree in %+v", contact)
			}
		}
	}
}

// samePhone compares digits; the country's prefix and the trunk 0 are what normalising may add or take away. A number
// that was wrapped is claimed in two parts.
func samePhone(phone, read string) bool {
	a, b := digits(phone), digits(read)
	return a == b || strings.HasSuffix(b, strings.TrimPrefix(a, "0")) && len(b)-len(a) <= len("0086")
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, squeeze(text))
}

func checkPlaces(t *testing.T, p *parser) {
	t.Helper()
	length := len([]rune(p.source.text))
	check := func(start, end int) {
		if start < 0 || start > end || end > length {
			t.Errorf("place %d–%d is not within a text of %d characters", start, end, length)
		}
	}
	source := []rune(p.source.text)
	if place := p.proposal.TitlePlace; (place == nil) != (p.proposal.Title == "") {
		t.Errorf("title %q and its place %v disagree", p.proposal.Title, place)
	}
	for _, topic := range p.proposal.Topics {
		if len(topic.Places.Deliverables) != len(topic.Deliverables) {
			t.Errorf("topic %d has %d deliverables and %d places", topic.Ordinal, len(topic.Deliverables), len(topic.Places.Deliverables))
			continue
		}
		for i, place := range topic.Places.Deliverables {
			check(place.Start, place.End)
			if there := squeeze(string(source[place.Start:place.End])); len(p.source.artefacts) == 0 && there != squeeze(topic.Deliverables[i]) {
				t.Errorf("deliverable %q stands where the source has %q", topic.Deliverables[i], there)
			}
		}
		for _, c := range topic.Contacts {
			check(c.Place.Start, c.Place.End)
		}
		for _, place := range []*Place{topic.Places.Title, topic.Places.Content, topic.Places.Contacts} {
			if place != nil {
				check(place.Start, place.End)
			}
		}
		if (topic.Places.Title == nil) != (topic.Title == "") || (topic.Places.Content == nil) != (topic.Content == "") || (topic.Places.Contacts == nil) != (len(topic.Contacts) == 0) {
			t.Errorf("fields and places of topic %d disagree: %+v", topic.Ordinal, topic)
		}
	}
	for _, f := range p.proposal.Findings {
		check(f.Start, f.End)
		if f.Text == "" || f.Suggestion == "" || strings.Contains(f.Text, "{") && !strings.Contains(p.source.text, "{") {
			t.Errorf("finding %q has no proper words: %q %q", f.Code, f.Text, f.Suggestion)
		}
	}
}
