package proposal

import (
	"slices"
	"time"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// sheet is the whole 申报书 with what is filled in: what a rule looks at.
type sheet struct {
	rules  portal.Rules
	asked  []posed // the rules of the table that the batch asks
	topic  portal.Topic
	pledge string // version of the 承诺 that was ticked, "" for none
	n      int    // which submission it is, 0 for a draft
	others portal.Others
	forms  map[string]*form.Form
	saved  map[string]bool // the sections that somebody has looked at
}

// value is what stands in a field of a section, "" where there is none.
func (s sheet) value(section, field string) string {
	if f := s.forms[section]; f != nil {
		return f.Value(field)
	}
	return ""
}

// rows are the IDs of the rows of a section's part, in order.
func (s sheet) rows(section, part string) []string {
	if f := s.forms[section]; f != nil {
		if p := f.Part(part); p != nil {
			return p.IDs
		}
	}
	return nil
}

// month is what stands in a field as a month; ok is false while it cannot be read.
func (s sheet) month(section, field string) (t time.Time, ok bool) {
	t, err := portal.ParseMonth(s.value(section, field))
	return t, err == nil
}

// newSheet is an empty sheet under a batch's rules.
func newSheet(rules portal.Rules, topic portal.Topic) sheet {
	return sheet{rules: rules, asked: pose(rules), topic: topic, forms: map[string]*form.Form{}, saved: map[string]bool{}}
}

// bind makes a section's form quote and ask the rules that belong to it.
func (s sheet) bind(name string, f *form.Form) {
	s.forms[name] = f
	for _, r := range s.asked {
		if r.Section == name && r.sentence != "" {
			r.quote(f)
		}
	}
	f.Cross = func(f *form.Form) {
		for _, r := range s.asked {
			if r.Section == name {
				r.tell(f, s)
			}
		}
	}
}

// thaw makes the sheet of a frozen version under a batch's rules. A field or a part that
// was not asked for at its time is not there.
func thaw(frozen portal.Frozen, rules portal.Rules) sheet {
	s := newSheet(rules, portal.Topic{Ordinal: frozen.Guideline.Ordinal, Title: frozen.Guideline.Title, Deliverables: frozen.Guideline.Deliverables})
	s.pledge, s.n = frozen.Pledge, frozen.N
	for _, one := range frozen.Sections {
		for _, known := range sections {
			if known.name == one.Name {
				s.bind(known.name, known.thaw(one.Answers, s))
				s.saved[known.name] = true
			}
		}
	}
	return s
}

// thaw makes the section's form as its answers were asked for. What a batch may ask for
// or not is told by the answers themselves, so that every version stays readable.
func (known section) thaw(answers map[string]string, s sheet) *form.Form {
	had := func(name string) bool { _, ok := answers[name]; return ok }
	rules := s.rules
	rules.IDNumber, rules.LumpSum = had(FieldIDNumber), had(FieldGrant) && !had(uses[0].name)
	f := known.form(scope{app: portal.Application{Rules: rules}, topic: s.topic, saved: answers})
	f.Load(answers)
	f.Fields = slices.DeleteFunc(f.Fields, func(field *form.Field) bool { return field.Row == "" && !had(field.Name) })
	f.More = slices.DeleteFunc(f.More, func(part *form.Rows) bool { return !had(part.Key()) })
	if f.Rows != nil && !had(f.Rows.Key()) && len(f.More) == 0 {
		f.Rows = nil
	}
	return f
}
