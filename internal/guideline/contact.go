package guideline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"softsci/internal/portal"
)

// tokenKind is what a piece of a contact line is.
type tokenKind int

const (
	tokenWord  tokenKind = iota // a department, a name or neither: see roster
	tokenPhone                  // anything with the shape of a telephone number
	tokenEmail
	tokenLabel // 电话：, 邮箱：
	tokenMark  // punctuation
	tokenOther // numbers, and what stands behind 传真：, 地址：
)

// token is a piece of a contact line. A padded name is one token of two spans.
type token struct {
	kind  tokenKind
	spans []span
	text  string
	label contactLabel
}

func (t token) span() span { return span{t.spans[0].start, t.spans[len(t.spans)-1].end} }

// contactLabel is what a label within a contact line announces.
type contactLabel int

const (
	labelNumber     contactLabel = iota // 电话, 邮箱: what follows shows by itself what it is
	labelName                           // 联系人
	labelDepartment                     // 部门
	labelFax                            // one number that is no field
	labelAddress                        // words that are no field
)

// contactLabels are tried in order. Those for words need their colon, since 部门 may be part of a name.
var contactLabels = []struct {
	label   contactLabel
	pattern *regexp.Regexp
}{
	{labelNumber, regexp.MustCompile(`^(?:电话[/／、（(]传真[)）]?|` + padded([]string{"联系电话", "办公电话", "咨询电话", "固定电话", "移动电话", "电话号码", "电话", "座机", "手机号码", "手机号", "手机", "电子邮箱", "电子邮件", "电子信箱", "邮箱", "邮件"}) + `|(?i:e-?mail|tel))` + blank + `*[.:：]?`)},
	{labelName, regexp.MustCompile(`^` + padded([]string{"指南联系人", "联系人", "姓名"}) + blank + `*[:：]`)},
	{labelDepartment, regexp.MustCompile(`^` + padded([]string{"联系单位", "联系部门", "联系处室", "单位", "部门", "处室"}) + blank + `*[:：]`)},
	{labelFax, regexp.MustCompile(`^(?:` + padded([]string{"传真号码", "传真", "邮政编码", "邮编"}) + `|(?i:fax|qq群?))` + blank + `*[.:：]?`)},
	{labelAddress, regexp.MustCompile(`^` + padded([]string{"联系地址", "通讯地址", "通信地址", "办公地址", "地址", "微信号", "微信", "网址"}) + blank + `*[:：]?`)},
}

var (
	emailShape = regexp.MustCompile(`^[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+`)
	phoneShape = func() *regexp.Regexp {
		const (
			d         = digit
			dash      = `[-—－–‐‑‒―−]`
			gap       = `(?:` + dash + `|` + blank + `)?`
			gaps      = `(?:` + dash + `|` + blank + `|[)）])*`
			local     = d + `{3,4}` + gap + d + `{4}` + d + `*`
			extension = `(?:` + blank + `*(?:转|分机|[eE][xX][tT]\.?)[:：]?` + blank + `*` + d + `{1,6}|` + dash + `+` + d + `{1,6})?`
			country   = `[(（]?(?:[+＋]|[0０][0０])[8８][6６]` + gaps
			mobile    = `[1１][3-9３-９]` + d + gap + d + `{4}` + gap + d + `{4}` + d + `*`
			landline  = `[(（]?` + blank + `?[0０]` + d + `{2,3}` + blank + `?` + gaps + local + extension
			abroad    = country + `[(（]?` + d + `{2,3}` + gaps + local + extension
			any       = d + `(?:` + dash + `?` + d + `){4,}` + extension
		)
		return regexp.MustCompile(`^(?:(?:` + country + `)?` + mobile + `|(?:` + country + `)?` + landline + `|` + abroad + `|` + local + extension + `|` + any + `)`)
	}()
)

// tokenize cuts the lines of a contact block into tokens. Nothing but white space is left out.
func tokenize(s *source, lines []span) []token {
	var tokens []token
	for _, line := range lines {
		skipping := false
		for at := s.trim(line, s.work); !at.empty(); at = s.trim(at, s.work) {
			t := nextToken(s.work[at.start:at.end])
			size := len(t.text)
			t.spans = []span{{at.start, at.start + size}}
			switch {
			case t.kind == tokenLabel:
				skipping = t.label == labelAddress
			case strings.ContainsAny(t.text, "；;"):
				skipping = false
			case skipping || afterFax(tokens):
				t.kind = tokenOther
			}
			tokens = append(tokens, t)
			at.start += size
		}
	}
	return joinPadded(s, tokens)
}

func afterFax(tokens []token) bool {
	n := len(tokens)
	return n > 0 && tokens[n-1].kind == tokenLabel && tokens[n-1].label == labelFax
}

// nextToken reads the token at the beginning of text, which is not white space.
func nextToken(text string) token {
	if m := emailShape.FindString(text); m != "" {
		return token{kind: tokenEmail, text: m}
	}
	for _, k := range contactLabels {
		if m := k.pattern.FindString(text); m != "" {
			return token{kind: tokenLabel, text: strings.TrimRightFunc(m, isSpace), label: k.label}
		}
	}
	if m := phoneShape.FindString(text); m != "" {
		return token{kind: tokenPhone, text: m}
	}
	first, size := utf8.DecodeRuneInString(text)
	if !partOfWord(first) {
		return token{kind: tokenMark, text: text[:size]}
	}
	kind, stop := tokenWord, func(r rune) bool { return !partOfWord(r) || unicode.IsDigit(r) }
	if unicode.IsDigit(first) {
		kind, stop = tokenOther, func(r rune) bool { return !partOfWord(r) }
	}
	if end := strings.IndexFunc(text, stop); end >= 0 {
		text = text[:end]
	}
	return token{kind: kind, text: text}
}

// partOfWord reports whether r may stand in a department or a name; the dot is that of 阿不都·买买提.
func partOfWord(r rune) bool {
	return r == '·' || !isSpace(r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r)
}

// joinPadded joins the pieces of names padded to the width of three: 李 杰 is one person. Two single characters side
// by side belong together; one that is left belongs to the name beside it.
func joinPadded(s *source, tokens []token) []token {
	var out []token
	for i, t := range tokens {
		if n := len(out); n > 0 && t.kind == tokenWord && out[n-1].kind == tokenWord && s.onOneLine(out[n-1].span(), t.span()) {
			a, b := utf8.RuneCountInString(out[n-1].text), utf8.RuneCountInString(t.text)
			nextSingle := i+1 < len(tokens) && tokens[i+1].kind == tokenWord && utf8.RuneCountInString(tokens[i+1].text) == 1
			if isSingle(out[n-1]) && (b == 1 || b == 2 && !isDepartment(t.text)) ||
				b == 1 && a == 2 && !nextSingle && !isDepartment(out[n-1].text) {
				out[n-1].text += t.text
				out[n-1].spans = append(out[n-1].spans, t.spans...)
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

func isSingle(t token) bool { return len(t.spans) == 1 && utf8.RuneCountInString(t.text) == 1 }

func (s *source) onOneLine(a, b span) bool {
	return a.end <= b.start && !strings.ContainsAny(s.work[a.end:b.start], "\n\r")
}

// person is a contact together with where its parts were read.
type person struct {
	Contact
	at        span
	inherited bool // the department is that of the person before
	shared    bool // the telephone numbers are those of several persons
	glued     bool // department and name were not parted
	phones    []phoneAt
}

// phoneAt is a telephone number where it was read.
type phoneAt struct {
	span
	text string
	odd  bool // no number of the numbering plan
	bare bool // without area code
}

// roster puts tokens together to persons. A person is complete when another name, or another department, begins.
type roster struct {
	source  *source
	persons []person
	claims  []claim
	entry   entry
}

// entry is what has been read of the person or persons at hand.
type entry struct {
	department, names, emails []token
	phones                    []phoneAt
	glued                     bool
	at                        span
}

// readContacts reads a contact block: the persons, and what of the block was claimed for them.
func readContacts(s *source, lines []span) ([]person, []claim) {
	r := &roster{source: s}
	tokens := tokenize(s, lines)
	namesLeft := 0
	for _, t := range tokens {
		if t.kind == tokenWord && isName(t.text) && !isDepartment(t.text) {
			namesLeft++
		}
	}
	expect := labelNumber
	for i, t := range tokens {
		switch t.kind {
		case tokenMark:
			r.claim(roleMark, t)
		case tokenLabel:
			expect = t.label
			if t.label != labelFax && t.label != labelAddress {
				r.claim(roleMark, t)
			}
			continue
		case tokenPhone:
			r.phone(t)
		case tokenEmail:
			r.email(t)
		case tokenWord:
			if isName(t.text) && !isDepartment(t.text) {
				namesLeft--
			}
			r.word(t, expect, namesLeft > 0, i+1 < len(tokens) && tokens[i+1].kind == tokenWord)
		}
		expect = labelNumber
	}
	r.close()
	r.inherit()
	return r.persons, r.claims
}

func (r *roster) claim(role role, t token) {
	for _, at := range t.spans {
		r.claims = append(r.claims, claim{span: at, role: role})
	}
}

func (r *roster) extend(t token) {
	if at := t.span(); r.entry.at.empty() {
		r.entry.at = at
	} else {
		r.entry.at.end = at.end
	}
}

func (r *roster) phone(t token) {
	p := phoneAt{span: t.span(), text: strings.Join(strings.Fields(norm.NFKC.String(t.text)), " ")}
	number, err := portal.ParsePhone(t.text)
	if p.odd = err != nil; !p.odd {
		p.text, p.bare = number.String(), number.IsLocal()
	}
	r.claim(rolePhone, t)
	r.extend(t)
	r.entry.phones = append(r.entry.phones, p)
}

// email keeps one address a name; more would have no field to stand in and stay unassigned.
func (r *roster) email(t token) {
	if len(r.entry.emails) >= max(1, len(r.entry.names)) {
		return
	}
	r.claim(roleEmail, t)
	r.extend(t)
	r.entry.emails = append(r.entry.emails, t)
}

func (r *roster) word(t token, expect contactLabel, nameLater, wordNext bool) {
	department, names := splitGlued(t)
	switch {
	case expect == labelName:
		r.name(t)
	case expect == labelDepartment:
		r.department(t, nameLater)
	case len(names) > 0:
		if department.text != "" {
			r.department(department, true)
		}
		for _, name := range names {
			r.name(name)
		}
		r.entry.glued = true
	case r.readsAsDepartment(t.text, wordNext):
		r.department(t, nameLater)
	case isName(t.text) || len(r.entry.names) == 0:
		r.name(t)
	}
}

// readsAsDepartment decides words that could be either by what is still missing.
func (r *roster) readsAsDepartment(text string, wordNext bool) bool {
	hasDepartment, hasName := len(r.entry.department) > 0, len(r.entry.names) > 0
	switch {
	case isDepartment(text) && isName(text) && hasSurname(text):
		return !hasDepartment || hasName
	case isDepartment(text):
		return true
	case hasDepartment || hasName:
		return false
	}
	return wordNext && !(isName(text) && hasSurname(text)) || !isName(text)
}

func (r *roster) department(t token, nameLater bool) {
	e := &r.entry
	complete := len(e.names) > 0 || len(e.phones) > 0
	late := len(e.department) == 0 && (len(e.phones) == 0 || !nameLater)
	if complete && !late {
		r.close()
	}
	r.claim(roleDepartment, t)
	r.extend(t)
	r.entry.department = append(r.entry.department, t)
}

func (r *roster) name(t token) {
	if len(r.entry.names) > 0 && len(r.entry.phones)+len(r.entry.emails) > 0 {
		r.close()
	}
	r.claim(roleName, t)
	r.extend(t)
	r.entry.names = append(r.entry.names, t)
}

// close turns the entry into persons: as many numbers as names go one to each; otherwise all share all numbers.
func (r *roster) close() {
	e := r.entry
	r.entry = entry{}
	if len(e.department)+len(e.names)+len(e.phones)+len(e.emails) == 0 {
		return
	}
	base := person{at: e.at, glued: e.glued, phones: e.phones}
	base.Department = joinTexts(e.department)
	if len(e.names) == 0 {
		r.add(base, e.emails)
		return
	}
	for i, name := range e.names {
		p := base
		p.Name = name.text
		emails := e.emails
		if len(e.names) > 1 {
			emails = e.emails[min(i, len(e.emails)):min(i+1, len(e.emails))]
			if p.shared = len(e.phones) != len(e.names); !p.shared {
				p.phones = e.phones[i : i+1]
			}
		}
		r.add(p, emails)
	}
}

func (r *roster) add(p person, emails []token) {
	p.Phones = []string{}
	for _, phone := range p.phones {
		p.Phones = append(p.Phones, phone.text)
	}
	if len(p.Phones) > 0 {
		p.Phone = p.Phones[0]
	}
	if len(emails) > 0 {
		p.Email = norm.NFKC.String(emails[0].text)
	}
	r.persons = append(r.persons, p)
}

// inherit gives a person without department that of the person before, as in 办公室 朱勇进 …；刘云 ….
func (r *roster) inherit() {
	for i := 1; i < len(r.persons); i++ {
		p, before := &r.persons[i], r.persons[i-1]
		if p.Department == "" && p.Name != "" && before.Department != "" {
			p.Department, p.inherited = before.Department, true
		}
	}
}

func joinTexts(tokens []token) string {
	texts := make([]string, len(tokens))
	for i, t := range tokens {
		texts[i] = t.text
	}
	return strings.Join(texts, " ")
}

// lineWords is what a line holds that could be a contact's.
type lineWords struct {
	reachable bool // a number, an address
	labelled  bool // 电话：
	names     int
	others    int // what is no part of a contact
}

func countWords(s *source, line span) lineWords {
	var w lineWords
	for _, t := range tokenize(s, []span{line}) {
		_, glued := splitGlued(t)
		switch {
		case t.kind == tokenPhone || t.kind == tokenEmail:
			w.reachable = true
		case t.kind == tokenLabel:
			w.labelled = true
		case t.kind == tokenWord && (isName(t.text) && hasSurname(t.text) || len(glued) > 0):
			w.names++
		case t.kind == tokenOther || t.kind == tokenWord && !isDepartment(t.text) || strings.Contains(sentenceEnds, t.text):
			w.others++
		}
	}
	return w
}

// goesOn reports whether a line without label goes on with a contact block: it has a number, an address or a label of
// its own, or it is nothing but departments and a name. Until the block has a number, departments alone will do, since
// what the block must hold then stands below its label.
func goesOn(s *source, line span, b block) bool {
	if utf8.RuneCountInString(s.work[line.start:line.end]) > maxContactLine {
		return false
	}
	w := countWords(s, line)
	return w.reachable || w.labelled || w.others == 0 && (w.names > 0 || !b.complete)
}

// isContact reports whether a line is a contact although no label says so.
func isContact(s *source, line span) bool {
	if utf8.RuneCountInString(s.work[line.start:line.end]) > maxContactLine || !reachable.MatchString(s.work[line.start:line.end]) {
		return false
	}
	w := countWords(s, line)
	return w.reachable && w.names > 0 && w.others == 0
}

// maxContactLine is the length in runes beyond which a line is prose.
const maxContactLine = 120
