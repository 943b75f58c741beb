package act

import (
	"slices"
	"strconv"

	"softsci/internal/form"
)

// apart are the fields of the form that stand in no part.
func (p Props) apart() []*form.Field {
	return slices.DeleteFunc(slices.Clone(p.Form.Fields), func(f *form.Field) bool {
		return slices.ContainsFunc(p.Parts, func(part Part) bool { return part.Field == f })
	})
}

func partID(i int) string { return "part-" + strconv.Itoa(i+1) }
