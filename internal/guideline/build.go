package guideline

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// readTitle takes the document's title from the segments found for it.
func (p *parser) readTitle(t titleRange) {
	if t.first == t.end {
		for _, code := range []string{findTitleMissing, findYearMissing, findPlanMissing, findCategoryMissing, findLabelUnsure} {
			p.find(code, 0, span{}, "")
		}
		return
	}
	at := span{p.segments[t.first].start, p.segments[t.end-1].end}
	parts := make([]part, 0, t.end-t.first)
	for _, seg := range p.segments[t.first:t.end] {
		parts = append(parts, part{seg.span, seg.line, false})
		p.claim(seg.span, roleTitle)
	}
	p.proposal.Title = p.source.join(parts, "").text
	place := p.source.place(at)
	p.proposal.TitlePlace = &place
	f := readTitle(p.proposal.Title)
	p.proposal.Year, p.proposal.Plan, p.proposal.Category, p.proposal.Label = f.year, f.plan, f.category, f.label
	for _, doubt := range []struct {
		code string
		is   bool
	}{
		{findTitleGuessed, !t.sure},
		{findYearUnsure, !t.sure && f.year > 0},
		{findPlanUnsure, !t.sure && f.plan != ""},
		{findCategoryUnsure, !t.sure && f.category != ""},
		{findLabelUnsure, !t.sure && f.label != ""},
		{findYearMissing, f.year == 0},
		{findYearRange, f.years},
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
	p.current = nil
	p.settleContacts()
	p.releaseTail()
	p.releaseRemarks()
	for _, d := range p.drafts {
		p.current = d
		p.buildTitle(d)
		p.buildContent(d)
		p.buildDeliverables(d)
		p.proposal.Topics = append(p.proposal.Topics, d.topic)
	}
	p.current = nil
	for i, d := range p.drafts {
		t := &p.proposal.Topics[i]
		if first, lent := p.lent[t.Ordinal]; lent {
			t.Contacts, t.Places.Contacts = p.proposal.Topics[first-1].Contacts, p.proposal.Topics[first-1].Places.Contacts
		} else {
			t.Contacts, t.Places.Contacts = p.buildContacts(d.contacts.lines, t.Ordinal)
		}
		d.topic = *t
	}
	p.proposal.CallContacts, _ = p.buildContacts(p.call.lines, 0)
	p.check()
	p.buildRest()
	p.proposal.Findings = p.report()
}

// releaseTail takes text behind the last of several topics for a remark on the call when no other topic has a content:
// a list of titles is followed by what applicants should know.
func (p *parser) releaseTail() {
	n := len(p.drafts)
	if n < 2 {
		return
	}
	last := p.drafts[n-1]
	for _, d := range p.drafts[:n-1] {
		if len(d.content) > 0 || p.runsOn(d) {
			return
		}
	}
	switch {
	case last.answered:
	case len(last.content) > 0:
		last.released, last.content = extent(last.content), nil
	case p.runsOn(last):
		title := &last.title[0]
		stop := title.start + len(firstSentence(p.source.work[title.start:title.end]))
		last.released = p.source.trim(span{stop, last.title[len(last.title)-1].end}, p.source.work)
		title.end = stop
		last.title = last.title[:1]
	}
}

// releaseRemarks takes sentences at the end of the last topic for remarks on the call when there are no lines that part
// them.
func (p *parser) releaseRemarks() {
	if len(p.drafts) == 0 || !p.oneLine() {
		return
	}
	last := p.drafts[len(p.drafts)-1]
	parts := last.content
	if len(parts) == 0 {
		parts = last.title
	}
	if len(parts) == 0 || !last.released.empty() || last.rows != nil {
		return
	}
	tail := &parts[len(parts)-1]
	for _, at := range sentenceStart.FindAllStringIndex(p.source.work[tail.start:tail.end], -1) {
		if from := tail.start + at[1]; remarks.MatchString(p.source.work[from:tail.end]) {
			last.released = p.source.trim(span{from, tail.end}, p.source.work)
			tail.span = p.source.trim(span{tail.start, from}, p.source.work)
			return
		}
	}
}

// sentenceStart matches what stands in front of a sentence.
var sentenceStart = regexp.MustCompile(`[。；]` + blank + `*|` + blank + `+`)

// runsOn reports whether a content follows in the title's line: 1.标题。内容….
func (p *parser) runsOn(d *draft) bool {
	if len(d.content) > 0 || d.answered || len(d.title) == 0 || d.rows != nil {
		return false
	}
	line := p.source.work[d.title[0].start:d.title[0].end]
	return strings.TrimFunc(line[len(firstSentence(line)):], isSpace) != ""
}

func (p *parser) buildTitle(d *draft) {
	if oddGroup(d.topic.Group) {
		p.find(findGroupUnsure, d.topic.Ordinal, d.begin, quote(d.topic.Group))
	}
	p.splitTitle(d)
	if len(d.title) == 0 {
		p.find(findTopicTitleMissing, d.topic.Ordinal, d.begin, "")
		return
	}
	p.trimTitle(d)
	d.topic.Title = p.source.join(d.title, "").text
	d.topic.Places.Title = p.claimParts(d.title, roleTopicTitle)
	p.doubtTitle(d)
}

// announcing matches the words of a sentence that leads up to a list, and a code run together with a heading.
var announcing = regexp.MustCompile(`以下|如下|(?:19|20)[0-9]{2}年|[0-9]{4}[^年0-9]`)

// oddGroup reports whether a heading above topics may be none: it is long, has a number or a sentence in it, or speaks of
// conditions.
func oddGroup(group string) bool {
	if m, ok := readMarker(group); ok {
		group = group[m.size:]
	}
	group = titleBracket.ReplaceAllString(group, "")
	words := aboveWords.FindAllString(group, -1)
	conditions := len(words) > 0 && !groupWords.MatchString(group) && conditionsAbove.MatchString(words[len(words)-1])
	return conditions || announcing.MatchString(group) || utf8.RuneCountInString(group) > longHeading || strings.ContainsAny(group, sentenceEnds+"：:") || numberInside.MatchString(group)
}

func (p *parser) doubtTitle(d *draft) {
	title, at := d.topic.Title, extent(d.title)
	last := len(d.title) - 1
	for _, doubt := range []struct {
		code string
		is   bool
	}{
		{findTopicTitleWrapped, d.title[0].line != d.title[last].line},
		{findTopicTitleLong, utf8.RuneCountInString(title) > maxTitle},
		{findTopicTitleMarks, strings.ContainsAny(title, sentenceEnds) || numberInside.MatchString(title)},
		{findTopicTitleUnsure, !d.answered && len(d.content) > 0 && d.rows == nil && !titleLike(title)},
		{findTopicTitleSpace, strings.ContainsFunc(title, isSpace)},
	} {
		if doubt.is {
			p.find(doubt.code, d.topic.Ordinal, at, "")
			return
		}
	}
}

// numberInside matches a number or label in the middle of a title or heading: what is behind it belongs elsewhere.
var numberInside = regexp.MustCompile(`.(?:` + digit + `{1,2}[.．、]` + blank + `*[\p{Han}“《]|[（(](?:` + digit + `{1,2}|` + han + `)[)）]` + blank + `*\p{Han}|[①-⑳]|(?:方向|选题|课题|专题)(?:` + digit + `|` + han + `)[、.:：]|(?:内容|目标|指标|单位|联系人|电话)[:：])`)

// splitTitle finds the content in the title's line when it stands nowhere else: 1.标题。内容…, or, where line ends became
// blanks, 1.标题 内容….
func (p *parser) splitTitle(d *draft) {
	at := 0
	switch {
	case p.runsOn(d):
		at = d.title[0].start + len(firstSentence(p.source.work[d.title[0].start:d.title[0].end]))
	case len(d.content) == 0 && !d.answered && len(d.title) == 1 && d.rows == nil:
		if at = p.splitAtBlank(d.title[0].span); at > 0 {
			p.find(findTopicTitleSplit, d.topic.Ordinal, d.title[0].span, "")
		}
	}
	if at == 0 {
		return
	}
	first := d.title[0]
	d.content = append([]part{{p.source.trim(span{at, first.end}, p.source.work), first.line, true}}, d.title[1:]...)
	d.title = []part{{span{first.start, at}, first.line, false}}
}

// splitAtBlank returns where a title ends at a blank that prose follows, 0 when it does not.
func (p *parser) splitAtBlank(at span) int {
	line := p.source.work[at.start:at.end]
	blank := strings.IndexFunc(line, isSpace)
	if blank < 0 || !titleLike(line[:blank]) || !sentenceLike(line) || utf8.RuneCountInString(line[blank:]) < longTitle {
		return 0
	}
	return at.start + blank
}

// codeBracket matches a code in a bracket behind a title, which is no part of it.
var codeBracket = regexp.MustCompile(`[（(][^（()）]{0,6}(?:编号|代码)[:：]?` + blank + `*[A-Za-z0-9-]+[)）]$`)

// titleMarks matches the punctuation that ends a title in a list and is no part of it.
var titleMarks = regexp.MustCompile(`(?:[；;。．.，,、：:]|` + blank + `)+$`)

func (p *parser) trimTitle(d *draft) {
	last := &d.title[len(d.title)-1]
	if code := codeBracket.FindStringIndex(p.source.work[last.start:last.end]); code != nil && code[0] > 0 {
		last.span = p.source.trim(span{last.start, last.start + code[0]}, p.source.work)
	}
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
	d.body = p.source.join(d.content, "\n")
	d.topic.Content = d.body.text
	d.topic.Places.Content = p.claimParts(d.content, roleContent)
	at := extent(d.content)
	switch {
	case d.again || mixed(d.topic.Content) || pageMark.MatchString(d.topic.Content):
		p.find(findContentMixed, d.topic.Ordinal, at, "")
	case !d.answered && d.rows == nil && !p.plainContent(d):
		p.find(findContentUnlabelled, d.topic.Ordinal, at, "")
	}
}

// plainContent reports whether title and content cannot be mistaken for one another though no label parts them: a line
// that is a title, and sentences below.
func (p *parser) plainContent(d *draft) bool {
	return len(d.title) == 1 && d.title[0].line != d.content[0].line && titleLike(d.topic.Title) && sentenceLike(d.topic.Content)
}

// Words of which content rarely has two in one paragraph: they speak of applying.
var applying = regexp.MustCompile(`申报(?:单位|人|者|书|材料|系统|截止|时间)|报送|截止|受理|一式|纸质|寄至|网址|附件|盖章|逾期|限报|联系(?:人|电话|方式)|咨询|工作日|电话`)

// pageMark matches a page number in mid-text, and a date at the end.
var pageMark = regexp.MustCompile(blank + `[—–-]` + blank + `?[0-9]{1,3}` + blank + `?[—–-](?:` + blank + `|$)|[年月][0-9一二三四五六七八九十]{1,3}日$`)

func mixed(content string) bool {
	for _, paragraph := range strings.Split(content, "\n") {
		if words := applying.FindAllString(paragraph, -1); len(words) > 1 || ownContact.MatchString(paragraph) {
			return true
		}
		for _, sentence := range strings.SplitAfter(paragraph, "。") {
			if remarks.MatchString(strings.TrimLeftFunc(sentence, isSpace)) {
				return true
			}
		}
	}
	return labelAgain.MatchString(content)
}

// What content has only when something was run together: a contact, or the content of the next topic.
var (
	ownContact = regexp.MustCompile(`(?:联系人|联系电话|咨询电话)` + blank + `*[:：]`)
	labelAgain = regexp.MustCompile(`[。；）》](?:研究内容[:：]|附件)|0[0-9]{2,3}[-—－)）][0-9]{7,8}|1[3-9][0-9]{9}`)
)

func (p *parser) buildDeliverables(d *draft) {
	if d.topic.Content == "" {
		return
	}
	at := extent(d.content)
	for _, r := range reports(d.topic.Content, d.topic.Title) {
		where := d.body.span(r.start, r.end)
		if r.asked || r.likely {
			d.topic.Deliverables = append(d.topic.Deliverables, r.name)
			d.topic.Places.Deliverables = append(d.topic.Places.Deliverables, p.source.place(where))
		}
		switch {
		case !r.asked:
			p.find(findDeliverableUnsure, d.topic.Ordinal, where, quote(r.name))
		case unlike(r.name, d.topic.Title):
			p.find(findDeliverableUnlike, d.topic.Ordinal, where, quote(r.name))
		}
	}
	if len(d.topic.Deliverables) == 0 {
		p.find(findDeliverableMissing, d.topic.Ordinal, at, "")
	}
}

// buildContacts reads a contact block and notes what is doubtful in it.
func (p *parser) buildContacts(lines []contactLine, topic int) ([]Contact, *Place) {
	contacts := []Contact{}
	persons, claims, left := readContacts(p.source, lines)
	var all span
	for i, person := range persons {
		person.Place = p.source.place(person.at)
		contacts = append(contacts, person.Contact)
		if i == 0 {
			all = person.at
		}
		all = span{min(all.start, person.at.start), max(all.end, person.at.end)}
		p.doubtPerson(person, topic)
	}
	for _, at := range left {
		p.find(findContactRest, topic, at, quote(p.source.value(at)))
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
		{findContactUnsure, person.unsure && !person.glued},
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

var phoneOrMail = regexp.MustCompile(`0[0-9]{2,3}[-—－–)）]` + blank + `?[0-9]{7,8}|1[3-9][0-9]{9}|[48]00-?[0-9]{3}-?[0-9]{4}|[a-z0-9][@＠][a-z0-9]`)

var faxBefore = regexp.MustCompile(`传` + blank + `*真.{0,8}$`)

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
		if m := phoneOrMail.FindStringIndex(text); m != nil && !faxBefore.MatchString(tail(text[:m[0]])) {
			p.find(findContactLeft, 0, at, quote(text[m[0]:]))
		}
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

// extent is the stretch that holds all parts; those of a table's row may stand in another order than they are read.
func extent(parts []part) span {
	at := parts[0].span
	for _, part := range parts[1:] {
		at = span{min(at.start, part.start), max(at.end, part.end)}
	}
	return at
}

// paragraphEnd matches the end of a line that was not wrapped.
var paragraphEnd = regexp.MustCompile(`[。！？；：!?;:][”’」』）)》]?$|[\p{Han}）)》”]\.$`)
