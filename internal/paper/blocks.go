package paper

import (
	"slices"
	"strings"

	"softsci/internal/document"
	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// fieldLength is the longest answer that stands in a frame, in characters; a longer one,
// or one of several lines, is running text, as prose always is.
const fieldLength = 80

// blocks lays answers out: short ones in a frame, long ones as text, rows as a table
// with a column for each of their answers.
func blocks(answers []proposal.Answer) []document.Block {
	var list []document.Block
	var fields document.Fields
	flush := func() {
		if len(fields) > 0 {
			list = append(list, fields)
			fields = nil
		}
	}
	for i := 0; i < len(answers); {
		a := answers[i]
		if budget, next := budgetOf(answers, i); next > i {
			flush()
			list, i = append(list, budget), next
			continue
		}
		switch {
		case a.Row != "":
			flush()
			table, next := tableOf(answers, i)
			list, i = append(list, table), next
			continue
		case a.Prose || portal.Count(a.Value) > fieldLength || strings.Contains(a.Value, "\n"):
			flush()
			list = append(list, document.Prose{Label: a.Label, Text: a.Value})
		default:
			fields = append(fields, document.Field{Label: a.Label, Value: a.Value})
		}
		i++
	}
	flush()
	return list
}

// The two sides of an account, as the form labels their amounts: 来源：自筹经费（万元）.
const (
	fromSide, toSide = "来源：", "支出："
	inWan            = "（万元）"
)

// budgetOf takes the amounts of an account from one on, with the sums of both sides.
func budgetOf(answers []proposal.Answer, from int) (document.Budget, int) {
	var budget document.Budget
	var sums [2]portal.Fen
	for ; from < len(answers); from++ {
		a := answers[from]
		side, sum := &budget.Sources, &sums[0]
		label, ok := strings.CutPrefix(a.Label, fromSide)
		if !ok {
			if label, ok = strings.CutPrefix(a.Label, toSide); !ok {
				break
			}
			side, sum = &budget.Uses, &sums[1]
		}
		amount, err := portal.ParseWan(a.Value)
		if err == nil {
			a.Value = amount.Wan()
			*sum += amount
		}
		*side = append(*side, document.Field{Label: strings.TrimSuffix(label, inWan), Value: a.Value})
	}
	budget.SourcesSum, budget.UsesSum = sums[0].Wan(), sums[1].Wan()
	return budget, from
}

// tableOf takes the rows of one part from one on whose answers have the same labels. The
// part's label stands above them, so that a row needs no more than its number.
func tableOf(answers []proposal.Answer, from int) (document.Table, int) {
	table := document.Table{Label: answers[from].Part}
	for i := from; i < len(answers) && answers[i].Row != "" && answers[i].Part == table.Label; {
		row := answers[i].Row
		_, number, _ := strings.Cut(row, " ")
		columns, cells := []string{"序号"}, []string{number}
		for ; i < len(answers) && answers[i].Row == row; i++ {
			columns, cells = append(columns, answers[i].Label), append(cells, answers[i].Value)
		}
		if table.Columns == nil {
			table.Columns = columns
		} else if !slices.Equal(table.Columns, columns) {
			return table, from
		}
		table.Rows = append(table.Rows, cells)
		from = i
	}
	return table, from
}
