package proposal

import (
	"fmt"
	"slices"

	"softsci/internal/form"
)

// Clash is a field that stands in two saves of one section.
type Clash struct {
	Field  *form.Field // as one writer typed it, its label naming its row
	Theirs string      // as the other saved it
}

// Same reports whether both have the same text.
func (c Clash) Same() bool { return c.Field.Value == c.Theirs }

// LoneRow is a row that stands in one of the two saves only.
type LoneRow struct {
	ID     string
	Label  string        // 成员 3
	Mine   bool          // it stands in the writer's save, else in the other's
	Added  bool          // it was added there; else the other of the two took it away
	Fields []*form.Field // as they stand where the row is
}

// Clashes sets what somebody typed on a page that was made from a revision with the rows
// of base beside what somebody else saved in between, with its answers as stored. Rows
// are compared by their IDs, so that one that was added or taken away on one side is
// told as that, and not as a row of empty fields. A row that both took away is gone. The
// labels number the rows as the writer's page did, with what is new behind.
func Clashes(base []string, mine *form.Form, theirs map[string]string) (clashes []Clash, lone []LoneRow) {
	for _, field := range mine.Fields {
		if field.Row == "" {
			clashes = append(clashes, Clash{field, theirs[field.Name]})
		}
	}
	if mine.Rows == nil {
		return clashes, nil
	}
	saved := form.RowsOf(theirs)
	numbered := base
	for _, id := range slices.Concat(mine.Rows.IDs, saved) {
		if !slices.Contains(numbered, id) {
			numbered = append(slices.Clip(numbered), id)
		}
	}
	for i, id := range numbered {
		label := fmt.Sprintf("%s %d", mine.Rows.One, i+1)
		isMine, isTheirs := slices.Contains(mine.Rows.IDs, id), slices.Contains(saved, id)
		switch {
		case isMine && isTheirs:
			for _, field := range mine.Row(id) {
				field.Label = label + " " + field.Label
				clashes = append(clashes, Clash{field, theirs[field.Name]})
			}
		case isMine:
			lone = append(lone, LoneRow{ID: id, Label: label, Mine: true, Added: !slices.Contains(base, id), Fields: mine.Row(id)})
		case isTheirs:
			lone = append(lone, LoneRow{ID: id, Label: label, Added: !slices.Contains(base, id), Fields: mine.Rows.Filled(id, theirs)})
		}
	}
	return clashes, lone
}
