package component

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"softsci/internal/form"
)

// manyOptions is the number of options from which a choice is a select.
const manyOptions = 8

// defaultRows is the height of prose whose field names none.
const defaultRows = 8

// inputs are the HTML input types of the kinds. A number stays a text field: it may
// be typed with full-width digits, and what was typed must come back.
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

// inputClass is the width of a field's input.
func inputClass(f *form.Field) string {
	switch f.Kind {
	case form.Number:
		return "input short"
	case form.Date, form.Moment, form.Tel:
		return "input middle"
	}
	return "input"
}

// counted reports whether the field has a counter.
func counted(f *form.Field) bool { return f.Limit() > 0 && f.Kind != form.Password }

func clauseID(f *form.Field) string { return f.ID() + "-clause" }

// describedBy names what is said about a field: what is wrong comes first.
func describedBy(f *form.Field) string {
	var ids []string
	for _, d := range []struct {
		id    string
		there bool
	}{{f.ErrorID(), f.Error != ""}, {clauseID(f), f.Clause != ""}, {f.HintID(), f.Hints() != ""}, {f.CounterID(), counted(f)}} {
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

// fieldAttributes are those of an input beside its type, name and value.
func fieldAttributes(f *form.Field) templ.OrderedAttributes {
	all := templ.OrderedAttributes{{Key: "id", Value: f.ID()}}
	for _, a := range []struct {
		key, value string
		there      bool
	}{
		{"autocomplete", f.Autocomplete, f.Autocomplete != ""},
		{"inputmode", "decimal", f.Kind == form.Number},
		{"spellcheck", "false", f.Kind != form.Prose && f.Kind != form.Tick},
		{"data-max", strconv.Itoa(f.Limit()), counted(f)},
		{"aria-required", "true", !f.Optional},
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
