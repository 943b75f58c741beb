package form

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Rows is a part of a form that repeats. Every row has an ID of its own, once in the
// form, so that two people can work on different rows and a removed one takes nobody's
// place.
type Rows struct {
	Name   string // tells the parts of a form apart in what is posted and stored, for ever; "" for the first
	Label  string // of the whole: 项目组成员
	One    string // of a row: 成员
	Hint   string // what the rules do not say by themselves
	Min    int    // fewer are incomplete
	Max    int    // more are wrong, but can be saved; 0 for no limit
	Clause string // the rule that the rows answer together
	Fields func(id string) []*Field
	IDs    []string
	Error  string // what is wrong with the rows together, or ""
	Notice string // what should be looked at again, or ""
}

// rowsKey is where the IDs of the first part's rows stand, in what is posted and in what
// is stored; those of another part stand behind its name: rows.partner.
const rowsKey = "rows"

// rowsMost bounds what one part can hold, whatever is posted.
const rowsMost = 60

// RowField is the name of a column's field in a row. The columns of the parts of one form
// have different names.
func RowField(column, id string) string { return column + "-" + id }

// Key is where the IDs of the rows stand, in what is posted and in what is stored.
func (r *Rows) Key() string {
	if r.Name == "" {
		return rowsKey
	}
	return rowsKey + "." + r.Name
}

// Of are the IDs of the part's rows in stored answers.
func (r *Rows) Of(answers map[string]string) []string { return strings.Fields(answers[r.Key()]) }

// RowsOf are the IDs of all rows in stored answers, whatever part they stand in.
func RowsOf(answers map[string]string) []string {
	var ids []string
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		if isRowsKey(key) {
			ids = append(ids, strings.Fields(answers[key])...)
		}
	}
	return ids
}

// Written is what was posted as it would be stored, were every field of it declared.
func Written(posted url.Values) map[string]string {
	answers := make(map[string]string, len(posted))
	for name, values := range posted {
		if isRowsKey(name) {
			answers[name] = strings.Join(values, " ")
		} else {
			answers[name] = posted.Get(name)
		}
	}
	return answers
}

func isRowsKey(name string) bool { return name == rowsKey || strings.HasPrefix(name, rowsKey+".") }

// Parts are the parts of the form that repeat, in the order of the page.
func (f *Form) Parts() []*Rows {
	if f.Rows == nil {
		return nil
	}
	return append([]*Rows{f.Rows}, f.More...)
}

// Part is the part of that name, nil when the form has none.
func (f *Form) Part(name string) *Rows {
	for _, part := range f.Parts() {
		if part.Name == name {
			return part
		}
	}
	return nil
}

// Holder is the part in which a row stands, nil for none.
func (f *Form) Holder(id string) *Rows {
	for _, part := range f.Parts() {
		if slices.Contains(part.IDs, id) {
			return part
		}
	}
	return nil
}

// PartID is the HTML id of a part, where the error summary leads.
func (f *Form) PartID(part *Rows) string { return strings.ReplaceAll(part.Key(), ".", "-") + f.scope }

// RowID is the HTML id of a row.
func (f *Form) RowID(id string) string { return "row-" + f.scope + id }

// RowName is what a row is called, with its number: 成员 2. It is "" for no row's ID.
func (f *Form) RowName(id string) string {
	part := f.Holder(id)
	if part == nil {
		return ""
	}
	return fmt.Sprintf("%s %d", part.One, slices.Index(part.IDs, id)+1)
}

// SetRows makes the form's first part have just these rows, all new.
func (f *Form) SetRows(ids []string) { f.Set(f.Rows, ids) }

// Set makes a part have just these rows, all new. What is no ID of a row, or already one
// of another part's, is left out.
func (f *Form) Set(part *Rows, ids []string) {
	kept := slices.DeleteFunc(slices.Clone(f.Fields), func(field *Field) bool { return field.Row != "" })
	rows := map[string][]*Field{}
	for _, other := range f.Parts() {
		for _, id := range other.IDs {
			if other != part {
				rows[id] = f.Row(id)
			}
		}
	}
	part.IDs = nil
	for _, id := range ids {
		if _, taken := rows[id]; !validRow(id) || taken || len(part.IDs) == rowsMost {
			continue
		}
		part.IDs, rows[id] = append(part.IDs, id), part.Filled(id, nil)
		for _, field := range rows[id] {
			field.Scope = f.scope
		}
	}
	for _, one := range f.Parts() {
		for _, id := range one.IDs {
			kept = append(kept, rows[id]...)
		}
	}
	f.Fields = kept
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

// PutRows says in answers to be stored which rows they have.
func PutRows(answers map[string]string, ids []string) { answers[rowsKey] = strings.Join(ids, " ") }

// validRow reports whether a word can be the ID of a row.
func validRow(id string) bool {
	return id != "" && len(id) <= 16 && strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// AddRow adds an empty row at the end of the first part; the values of the others stay.
func (f *Form) AddRow(id string) { f.Add(f.Rows, id) }

// Add adds an empty row at the end of a part; the values of the others stay.
func (f *Form) Add(part *Rows, id string) { f.keepRows(part, append(slices.Clone(part.IDs), id)) }

// RemoveRow removes a row; the values of the others stay.
func (f *Form) RemoveRow(id string) {
	if part := f.Holder(id); part != nil {
		f.keepRows(part, slices.DeleteFunc(slices.Clone(part.IDs), func(other string) bool { return other == id }))
	}
}

// MoveRow moves a row by so many places within its part, up for less than zero, as far
// as there are places; all values stay.
func (f *Form) MoveRow(id string, by int) {
	part := f.Holder(id)
	if part == nil {
		return
	}
	at := slices.Index(part.IDs, id)
	to := min(max(at+by, 0), len(part.IDs)-1)
	f.keepRows(part, slices.Insert(slices.Delete(slices.Clone(part.IDs), at, at+1), to, id))
}

func (f *Form) keepRows(part *Rows, ids []string) {
	answers := f.Answers()
	answers[part.Key()] = strings.Join(ids, " ")
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

// Fail records what is wrong with the rows together; the first sentence stands.
func (r *Rows) Fail(sentence string) {
	if r.Error == "" {
		r.Error = sentence
	}
}

// Warn records what should be looked at again in the rows together; it is not wrong. The
// first sentence stands.
func (r *Rows) Warn(sentence string) {
	if r.Notice == "" {
		r.Notice = sentence
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
