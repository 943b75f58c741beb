package proposal

import (
	"fmt"
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// The two sides of the budget.
var (
	sources = []struct{ name, label string }{{FieldGrant, "申请专项经费"}, {"own", "自筹经费"}, {"other", "其他经费"}}
	uses    = []struct{ name, label string }{{"equipment", "设备费"}, {"operation", "业务费"}, {"labour", "劳务费"}, {"indirect", "间接费"}}
)

func budgetForm(s scope) *form.Form {
	if s.app.Rules.LumpSum { // 包干制: the sum alone
		return form.New(&form.Field{Name: FieldGrant, Label: "申请专项经费（万元）", Kind: form.Number, Hint: "本批次实行经费包干制，不填预算表", Rules: []form.Rule{form.Parses("", portal.ParseWan)}})
	}
	var fields []*form.Field
	for _, side := range []struct {
		title string
		rows  []struct{ name, label string }
	}{{"来源", sources}, {"支出", uses}} {
		for _, row := range side.rows {
			fields = append(fields, &form.Field{Name: row.name, Label: side.title + "：" + row.label + "（万元）", Kind: form.Number, Optional: row.name != FieldGrant,
				Rules: []form.Rule{form.Parses("", portal.ParseWan)}})
		}
	}
	return form.New(fields...)
}

// sums adds both sides up; ok is false while an amount cannot be read.
func sums(f *form.Form) (from, to portal.Fen, ok bool) {
	add := func(rows []struct{ name, label string }, sum *portal.Fen) bool {
		for _, row := range rows {
			if value := f.Value(row.name); strings.TrimSpace(value) != "" {
				amount, err := portal.ParseWan(value)
				if err != nil {
					return false
				}
				*sum += amount
			}
		}
		return true
	}
	ok = add(sources, &from) && add(uses, &to)
	return from, to, ok
}

func budgetNote(f *form.Form, rules portal.Rules) string {
	if rules.LumpSum {
		return ""
	}
	from, to, ok := sums(f)
	if !ok {
		return ""
	}
	return fmt.Sprintf("来源合计 %s 万元，支出合计 %s 万元", from.Wan(), to.Wan())
}
