package component

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// manyOptions is the number of options from which a choice is a select.
const manyOptions = 8

// defaultRows is the height of prose whose field names none.
const defaultRows = 8

// inputs are the HTML input types of the kinds. A number and a month stay text fields:
// they may be typed with full-width digits, a month as 2023年4月, and what was typed must
// come back.
var inputs = map[form.Kind]string{
	form.Password: "password", form.Email: "email", form.Tel: "tel", form.Date: "date", form.Moment: "datetime-local",
}

// shapesOfDates are what browsers accept as the value of a date field; a field that
// holds anything else is drawn as text, so that nothing typed is lost.
var shapesOfDates = map[form.Kind]string{form.Date: "2006-01-02", form.Moment: "2006-01-02T15:04"}

// inputType is the type attribute of a field's input.
func inputType(f *form.Field) string {
	if layout, ok := shapesOfDates[f.Kind]; ok && f.Value != "" {
		if _, err := time.Parse(layout, f.Value); err != nil {
			return "text"
		}
	}
	if t, ok := inputs[f.Kind]; ok {
		return t
	}
	return "text"
}

// samples are values of a known length, and the width of an input for them. A field
// of one line says by its rules whether it takes such a value and nothing else.
var samples = []struct{ value, width string }{{"430000", "short"}, {"91350100M000100Y43", "middle"}}

// inputWidth is the width of a field's input, "" for all there is.
func inputWidth(f *form.Field) string {
	switch f.Kind {
	case form.Number, form.Month:
		return "short"
	case form.Date, form.Moment, form.Tel:
		return "middle"
	case form.Line:
		for _, s := range samples {
			if accepts(f, s.value) && !accepts(f, "文") {
				return s.width
			}
		}
	}
	return ""
}

// accepts reports whether every rule of the field accepts the value.
func accepts(f *form.Field, value string) bool {
	for _, rule := range f.Rules {
		if rule.Check != nil && rule.Check(f.Label, value) != nil {
			return false
		}
	}
	return true
}

// longLine is the limit from which a line needs the width of a form.
const longLine = 100

// fieldClass says how much of a form's width the field takes: a short one stands
// beside another, a long line takes most of a row.
func fieldClass(f *form.Field) string {
	limit := f.Limit()
	switch {
	case f.Kind == form.Number, f.Kind == form.Month, f.Kind == form.Tel, f.Kind == form.Choice && (f.Row != "" || spread(f) <= halfLine):
		return "field half"
	case f.Kind != form.Line:
		return "field"
	case limit > 0 && limit < longLine, inputWidth(f) == "short":
		return "field half"
	case f.Row != "":
		return "field long"
	}
	return "field"
}

// The room for choices on one line, in characters: of a whole form and of half of it.
const (
	wholeLine = 36
	halfLine  = 16
)

// spread is the room that a field's choices need on one line, in characters. Each
// has its mark and a gap. Choices that are explained need a line each.
func spread(f *form.Field) int {
	room := 0
	for _, o := range f.Options {
		if o.Hint != "" {
			return wholeLine + 1
		}
		room += portal.Count(o.Label) + 3
	}
	return room
}

// radios reports whether all choices are shown. In a row of a part that repeats more
// than three are folded into one line.
func radios(f *form.Field) bool {
	return len(f.Options) < manyOptions && (f.Row == "" || len(f.Options) <= 3)
}

// lines is the height of a field of one line: what would be cut off needs two.
func lines(f *form.Field) int {
	if f.Kind == form.Line && f.Row == "" && portal.Count(f.Value) > phoneLine {
		return 2
	}
	return 1
}

// phoneLine is how many characters fit a line on a phone.
const phoneLine = 18

// counted reports whether the field has a counter; for one line it would be noise.
func counted(f *form.Field) bool { return f.Limit() > 0 && f.Kind == form.Prose }

// hints is what is said before anything is typed. How long a line may be is said
// when it is too long.
func hints(f *form.Field) string {
	if f.Kind == form.Prose {
		return f.Hints()
	}
	said := *f
	said.Rules = slices.DeleteFunc(slices.Clone(f.Rules), func(r form.Rule) bool { return r.Limit > 0 })
	return said.Hints()
}

func clauseID(f *form.Field) string { return f.ID() + "-clause" }

// describedBy names what is said about a field: what is wrong comes first.
func describedBy(f *form.Field) string {
	var ids []string
	for _, d := range []struct {
		id    string
		there bool
	}{{f.ErrorID(), f.Error != ""}, {f.NoticeID(), f.Error == "" && f.Notice != ""}, {clauseID(f), f.Clause != ""}, {f.HintID(), hints(f) != ""}, {f.CounterID(), counted(f)}} {
		if d.there {
			ids = append(ids, d.id)
		}
	}
	return strings.Join(ids, " ")
}

// described are the attributes of a group of choices.
func described(f *form.Field) templ.Attributes {
	if ids := describedBy(f); ids != "" {
		return templ.Attributes{"aria-describedby": ids}
	}
	return nil
}

// jointly ties a group of fields to what is wrong with them together.
func jointly(problem string) templ.Attributes {
	if problem == "" {
		return nil
	}
	return templ.Attributes{"aria-describedby": form.JointID}
}

// fieldGroup is fields under one heading, "" for none.
type fieldGroup struct {
	name   string
	fields []*form.Field
}

// grouped puts fields that follow each other under one heading together.
func grouped(fields []*form.Field) []fieldGroup {
	var groups []fieldGroup
	for _, field := range fields {
		if n := len(groups); n == 0 || groups[n-1].name != field.Group {
			groups = append(groups, fieldGroup{name: field.Group})
		}
		last := &groups[len(groups)-1]
		last.fields = append(last.fields, field)
	}
	return groups
}

// located are a form's problems; what is wrong in a row says in which.
func located(f *form.Form) []form.Problem {
	problems := f.Problems()
	rows := map[string]string{} // by the id of a field
	for _, field := range f.Fields {
		if field.Row != "" {
			rows[field.ID()] = f.RowName(field.Row) + "："
		}
	}
	for i, p := range problems {
		problems[i].Message = rows[p.ID] + p.Message
	}
	return problems
}

// fieldAttributes are those of an input beside its type, name and value.
func fieldAttributes(f *form.Field) templ.OrderedAttributes {
	all := templ.OrderedAttributes{{Key: "id", Value: f.ID()}}
	for _, a := range []struct {
		key, value string
		there      bool
	}{
		{"autocomplete", f.Autocomplete, f.Autocomplete != ""},
		{"inputmode", "decimal", f.Kind == form.Number || f.Kind == form.Month},
		{"spellcheck", "false", f.Kind != form.Prose && f.Kind != form.Tick},
		{"data-max", strconv.Itoa(f.Limit()), counted(f)},
		{"aria-required", "true", !f.Optional && f.Unless == ""},
		{"aria-invalid", "true", f.Error != ""},
		{"aria-describedby", describedBy(f), describedBy(f) != ""},
	} {
		if a.there {
			all = append(all, templ.KeyValue[string, any]{Key: a.key, Value: a.value})
		}
	}
	return all
}

// rows is the height of a prose field, in lines.
func rows(f *form.Field) string {
	if f.Rows > 0 {
		return strconv.Itoa(f.Rows)
	}
	return strconv.Itoa(defaultRows)
}

// optionID is the id of one choice; the first has the field's own, where the
// error summary leads.
func optionID(f *form.Field, i int) string {
	if i == 0 {
		return f.ID()
	}
	return f.ID() + "-" + strconv.Itoa(i+1)
}
