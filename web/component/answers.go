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

// answerBlock is answers that follow each other and are read alike: questions with their
// answers, or the rows of a part that repeats.
type answerBlock struct {
	plain []Answer
	rows  []answerRow
}

// takes reports whether an answer belongs to the block.
func (b answerBlock) takes(a Answer) bool {
	if a.Row == "" || len(b.rows) == 0 {
		return a.Row == "" && len(b.rows) == 0
	}
	return b.rows[0].kind() == answerRow{name: a.Row}.kind()
}

// put adds an answer, to the last row or, when its name is another, to a new one.
func (b *answerBlock) put(a Answer) {
	if a.Row == "" {
		b.plain = append(b.plain, a)
		return
	}
	if n := len(b.rows); n == 0 || b.rows[n-1].name != a.Row {
		b.rows = append(b.rows, answerRow{name: a.Row})
	}
	last := &b.rows[len(b.rows)-1]
	last.answers = append(last.answers, a)
}

// readParts are a section's answers block by block, and the sides of its account.
func readParts(answers []Answer) (blocks []answerBlock, sides []Side) {
	for _, a := range answers {
		if a.Row == "" {
			var ok bool
			if sides, ok = add(sides, a.Label, Amount{Value: a.Value}); ok {
				continue
			}
		}
		if n := len(blocks); n == 0 || !blocks[n-1].takes(a) {
			blocks = append(blocks, answerBlock{})
		}
		blocks[len(blocks)-1].put(a)
	}
	return blocks, sides
}
