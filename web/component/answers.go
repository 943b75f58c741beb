package component

import (
	"strings"

	"softsci/internal/portal"
)

// answerRow is one row of a part that repeats, with its answers in the order of the
// columns.
type answerRow struct {
	name    string // 成员 2
	answers []Answer
}

// kind is what a row is, without its number: 成员.
func (r answerRow) kind() string {
	kind, _, _ := strings.Cut(r.name, " ")
	return kind
}

// answerColumn is the head of a column. A short one has answers that are never broken.
type answerColumn struct {
	label string
	short bool
}

// shortAnswer is how many characters of an answer stay on one line in a table: a name,
// a month, a title.
const shortAnswer = 7

// columnsOf are the columns of rows that all have the same fields.
func columnsOf(rows []answerRow) []answerColumn {
	columns := make([]answerColumn, len(rows[0].answers))
	for i, a := range rows[0].answers {
		columns[i] = answerColumn{label: a.Label, short: true}
		for _, r := range rows {
			if i < len(r.answers) && portal.Count(r.answers[i].Value) > shortAnswer {
				columns[i].short = false
			}
		}
	}
	return columns
}

// short reports whether the answers of a column stay on one line.
func short(columns []answerColumn, i int) bool { return i < len(columns) && columns[i].short }

// readParts are the answers of a section outside rows, the rows of each part that
// repeats, and the sides of its account.
func readParts(answers []Answer) (plain []Answer, parts [][]answerRow, sides []Side) {
	for _, a := range answers {
		if a.Row != "" {
			parts = addToRow(parts, a)
			continue
		}
		var ok bool
		if sides, ok = add(sides, a.Label, Amount{Value: a.Value}); !ok {
			plain = append(plain, a)
		}
	}
	return plain, parts, sides
}

// addToRow puts an answer into the last row, or into a new one when its name is another,
// and a new part when the kind is another.
func addToRow(parts [][]answerRow, a Answer) [][]answerRow {
	row := answerRow{name: a.Row}
	if n := len(parts); n == 0 || parts[n-1][0].kind() != row.kind() {
		parts = append(parts, nil)
	}
	last := &parts[len(parts)-1]
	if n := len(*last); n == 0 || (*last)[n-1].name != a.Row {
		*last = append(*last, row)
	}
	end := &(*last)[len(*last)-1]
	end.answers = append(end.answers, a)
	return parts
}
