package form

import (
	"fmt"
	"slices"
	"strings"
)

// Rows is a part of a form that repeats. Every row has an ID of its own, so that two
// people can work on different rows and a removed one takes nobody's place.
type Rows struct {
	Label  string // of the whole: 项目组成员
	One    string // of a row: 成员
	Min    int    // fewer are incomplete
	Max    int    // more are wrong, but can be saved; 0 for no limit
	Clause string // the rule that the rows answer together
	Fields func(id string) []*Field
	IDs    []string
	Error  string // what is wrong with the rows together, or ""
}

// rowsKey is where the IDs of the rows stand, in what is posted and in what is stored.
const rowsKey = "rows"

// rowsMost bounds what one form can hold, whatever is posted.
const rowsMost = 60

// RowField is the name of a column's field in a row.
func RowField(column, id string) string { return column + "-" + id }

// SetRows makes the form have just these rows. What is no ID of a row is left out.
func (f *Form) SetRows(ids []string) {
	f.Fields = slices.DeleteFunc(f.Fields, func(field *Field) bool { return field.Row != "" })
	f.Rows.IDs = nil
	for _, id := range ids {
		if !validRow(id) || slices.Contains(f.Rows.IDs, id) || len(f.Rows.IDs) == rowsMost {
			continue
		}
		f.Rows.IDs = append(f.Rows.IDs, id)
		for _, field := range f.Rows.Filled(id, nil) {
			field.Scope = f.scope
			f.Fields = append(f.Fields, field)
		}
	}
}

// Filled are the fields of one row with what stored answers hold for it.
func (r *Rows) Filled(id string, answers map[string]string) []*Field {
	fields := r.Fields(id)
	for _, field := range fields {
		field.Name, field.Row = RowField(field.Name, id), id
		if answer, ok := answers[field.Name]; ok {
			field.Value = answer
		}
	}
	return fields
}

// RowsOf are the IDs of the rows in stored answers.
func RowsOf(answers map[string]string) []string { return strings.Fields(answers[rowsKey]) }

// validRow reports whether a word can be the ID of a row.
func validRow(id string) bool {
	return id != "" && len(id) <= 16 && strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// AddRow adds an empty row at the end; the values of the others stay.
func (f *Form) AddRow(id string) { f.keepRows(append(slices.Clone(f.Rows.IDs), id)) }

// RemoveRow removes a row; the values of the others stay.
func (f *Form) RemoveRow(id string) {
	f.keepRows(slices.DeleteFunc(slices.Clone(f.Rows.IDs), func(other string) bool { return other == id }))
}

func (f *Form) keepRows(ids []string) {
	answers := f.Answers()
	answers[rowsKey] = strings.Join(ids, " ")
	f.Load(answers)
}

// Row are the fields of one row.
func (f *Form) Row(id string) []*Field {
	var fields []*Field
	for _, field := range f.Fields {
		if field.Row == id {
			fields = append(fields, field)
		}
	}
	return fields
}

// FailRows records what is wrong with the rows together; the first sentence stands.
func (f *Form) FailRows(sentence string) {
	if f.Rows.Error == "" {
		f.Rows.Error = sentence
	}
}

// mistake is what is wrong with the number of rows, or "".
func (r *Rows) mistake() string {
	switch n := len(r.IDs); {
	case n < r.Min:
		return fmt.Sprintf("%s至少 %d 项，现有 %d 项，请添加", r.Label, r.Min, n)
	case r.Max > 0 && n > r.Max:
		return fmt.Sprintf("%s最多 %d 项，现有 %d 项，请删去 %d 项", r.Label, r.Max, n, n-r.Max)
	}
	return ""
}
