package component

import (
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// Side is one side of an account: the amounts whose labels begin with its name, as
// 来源：自筹经费（万元） does. Unit is what all their labels end with.
type Side struct {
	Name, Unit string
	Amounts    []Amount
}

// Amount is a line of a side: a field to be filled in, or an answer to be read.
type Amount struct {
	Name  string // the label without side and unit
	Field *form.Field
	Value string // as typed
}

// cutLabel parts 来源：自筹经费（万元） into side, name and unit; side is "" for a label
// that names none.
func cutLabel(label string) (side, name, unit string) {
	side, name, ok := strings.Cut(label, "：")
	if !ok {
		return "", label, ""
	}
	if i := strings.LastIndex(name, "（"); i > 0 && strings.HasSuffix(name, "）") {
		name, unit = name[:i], name[i:]
	}
	return side, name, unit
}

// add puts an amount to its side and reports whether its label names one.
func add(sides []Side, label string, a Amount) ([]Side, bool) {
	name, short, unit := cutLabel(label)
	if name == "" {
		return sides, false
	}
	a.Name = short
	for i := range sides {
		if sides[i].Name == name {
			sides[i].Amounts = append(sides[i].Amounts, a)
			return sides, true
		}
	}
	return append(sides, Side{name, unit, []Amount{a}}), true
}

// parts are a form's fields outside rows, and the sides of its account.
func parts(f *form.Form) (plain []*form.Field, sides []Side) {
	for _, field := range f.Fields {
		if field.Row != "" {
			continue
		}
		var ok bool
		if sides, ok = add(sides, field.Label, Amount{Field: field, Value: field.Value}); !ok {
			plain = append(plain, field)
		}
	}
	return plain, sides
}

// Total is the sum of a side in 万元, a dash while an amount cannot be read.
func (s Side) Total() string {
	var sum portal.Fen
	for _, a := range s.Amounts {
		if strings.TrimSpace(a.Value) == "" {
			continue
		}
		amount, err := portal.ParseWan(a.Value)
		if err != nil {
			return "—"
		}
		sum += amount
	}
	return sum.Wan()
}

// Figure is an amount with its two decimals; what cannot be read stays as typed.
func (a Amount) Figure() string {
	if amount, err := portal.ParseWan(a.Value); err == nil {
		return amount.Wan()
	}
	return a.Value
}

// clauses are the rules that the first fields of the sides quote, said once above
// the account.
func clauses(sides []Side) []*form.Field {
	var quoted []*form.Field
	for _, s := range sides {
		for _, a := range s.Amounts {
			if a.Field.Clause != "" {
				quoted = append(quoted, a.Field)
			}
		}
	}
	return quoted
}
