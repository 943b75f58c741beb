package guideline

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"softsci/internal/portal"
)

// person is a contact together with where its parts were read.
type person struct {
	Contact
	at        span
	inherited bool // the department is that of the person before
	shared    bool // the telephone numbers are those of several persons
	glued     bool // department and name were not parted
	unsure    bool // a word may be either
	begins    bool // has nothing to do with the person before
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
	left    []span // words that are no part of a contact
	entry   entry
}

// entry is what has been read of the person or persons at hand.
type entry struct {
	department, names, emails []token
	phones                    []phoneAt
	glued, unsure, begins     bool
	numbersFirst              bool // 规划处 027-87135799 李杰、王芳
	at                        span
}

// readContacts reads a contact block: the persons, what of the block was claimed for them, and words that were not.
func readContacts(s *source, lines []contactLine) ([]person, []claim, []span) {
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
		if t.begins {
			r.close()
			r.entry.begins = true
		}
		if t.as != labelNumber {
			expect = t.as
		}
		switch t.kind {
		case tokenMark:
			r.claim(roleMark, t)
			if t.as == labelNumber && expect != labelNumber && strings.ContainsAny(t.text, "：:") {
				continue
			}
		case tokenLabel:
			expect = t.label
			if t.label == labelPurpose {
				r.close()
				r.entry.begins = true
			}
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
	r.share()
	r.inherit()
	return r.persons, r.claims, r.left
}

func (r *roster) claim(role role, t token) {
	for _, at := range t.spans {
		r.claims = append(r.claims, claim{span: at, role: role})
	}
}

func (r *roster) extend(t token) {
	if at := t.span(); r.entry.at.empty() {
		r.entry.at = at
	} else { // cells of a row are read in another order than they stand in
		r.entry.at = span{min(r.entry.at.start, at.start), max(r.entry.at.end, at.end)}
	}
}

func (r *roster) phone(t token) {
	p := phoneAt{span: t.span(), text: strings.Join(strings.Fields(norm.NFKC.String(t.text)), " ")}
	number, err := portal.ParsePhone(t.text)
	if m := serviceNumber.FindStringSubmatch(p.text); m != nil {
		p.text = m[1] + "-" + m[2] + "-" + m[3]
	} else if p.odd = err != nil; !p.odd {
		p.text, p.bare = number.String(), number.IsLocal()
	}
	if r.entry.numbersFirst && len(r.entry.names) > 0 {
		r.close()
	}
	r.entry.numbersFirst = r.entry.numbersFirst || len(r.entry.names) == 0
	r.claim(rolePhone, t)
	r.extend(t)
	r.entry.phones = append(r.entry.phones, p)
}

// serviceNumber matches the numbers of service lines, which no area code leads.
var serviceNumber = regexp.MustCompile(`^([48]00)[-— ]?([0-9]{3})[-— ]?([0-9]{4})$`)

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
	case positions.MatchString(t.text) && len(r.entry.names) > 0:
		return // （处长） behind a name
	case expect == labelName && len(names) == 0:
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
	default:
		r.left = append(r.left, t.span())
		return
	}
	r.entry.unsure = r.entry.unsure || expect == labelNumber && len(names) == 0 && !certain(t.text)
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
	late := len(e.department) == 0 && (len(e.phones) == 0 || !nameLater || len(e.names) == 0)
	if complete && !late {
		r.close()
	}
	r.claim(roleDepartment, t)
	r.extend(t)
	r.entry.department = append(r.entry.department, t)
}

func (r *roster) name(t token) {
	if len(r.entry.names) > 0 && len(r.entry.phones)+len(r.entry.emails) > 0 && !r.entry.numbersFirst {
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
	if len(e.names) == 0 && len(e.department) == 1 && e.department[0].as != labelDepartment && foreignName(e.department[0].text) {
		e.names, e.department, e.unsure = e.department, nil, true
		for i := range r.claims {
			if at := r.claims[i].span; e.at.start <= at.start && at.end <= e.at.end && r.claims[i].role == roleDepartment {
				r.claims[i].role = roleName
			}
		}
	}
	base := person{at: e.at, glued: e.glued, unsure: e.unsure, begins: e.begins, phones: e.phones}
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

func (p *person) setPhones() {
	p.Phone, p.Phones = "", []string{}
	for _, phone := range p.phones {
		p.Phones = append(p.Phones, phone.text)
	}
	if len(p.Phones) > 0 {
		p.Phone = p.Phones[0]
	}
}

func (r *roster) add(p person, emails []token) {
	p.setPhones()
	if len(emails) > 0 {
		p.Email = norm.NFKC.String(emails[0].text)
	}
	r.persons = append(r.persons, p)
}

// share gives persons without a number those of the person behind them, as in 办公室 朱勇进，规划处 刘云 …: one to each
// when there are as many, else all to all.
func (r *roster) share() {
	first := 0
	for i := range r.persons {
		p := &r.persons[i]
		if i > 0 && p.begins {
			first = i
		}
		if len(p.phones) == 0 {
			continue
		}
		if group := r.persons[first : i+1]; len(group) > 1 {
			each := len(p.phones) == len(group)
			all := p.phones
			for j := range group {
				if group[j].phones, group[j].shared = all, !each; each {
					group[j].phones = all[j : j+1]
				}
				group[j].setPhones()
			}
		}
		first = i + 1
	}
}

// inherit gives a person without department that of the person before, as in 办公室 朱勇进 …；刘云 ….
func (r *roster) inherit() {
	for i := 1; i < len(r.persons); i++ {
		p, before := &r.persons[i], r.persons[i-1]
		if !p.begins && p.Department == "" && p.Name != "" && before.Department != "" {
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
