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
	Part   string        // where the part's rows are posted
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
	for _, part := range mine.Parts() {
		together, alone := rowClashes(base, mine, part, theirs)
		clashes, lone = append(clashes, together...), append(lone, alone...)
	}
	return clashes, lone
}

// rowClashes does the same for the rows of one part. What stood in base and is gone on
// both sides counts for the first part, since nothing tells where it stood.
func rowClashes(base []string, mine *form.Form, part *form.Rows, theirs map[string]string) (clashes []Clash, lone []LoneRow) {
	saved, others := part.Of(theirs), elsewhere(mine, part, theirs)
	numbered := slices.DeleteFunc(slices.Clone(base), func(id string) bool {
		return slices.Contains(others, id) || part != mine.Rows && !slices.Contains(part.IDs, id) && !slices.Contains(saved, id)
	})
	for _, id := range slices.Concat(part.IDs, saved) {
		if !slices.Contains(numbered, id) {
			numbered = append(numbered, id)
		}
	}
	for i, id := range numbered {
		label := fmt.Sprintf("%s %d", part.One, i+1)
		isMine, isTheirs := slices.Contains(part.IDs, id), slices.Contains(saved, id)
		one := LoneRow{ID: id, Part: part.Key(), Label: label, Mine: isMine, Added: !slices.Contains(base, id)}
		switch {
		case isMine && isTheirs:
			for _, field := range mine.Row(id) {
				field.Label = label + " " + field.Label
				clashes = append(clashes, Clash{field, theirs[field.Name]})
			}
		case isMine:
			one.Fields = mine.Row(id)
			lone = append(lone, one)
		case isTheirs:
			one.Fields = part.Filled(id, theirs)
			lone = append(lone, one)
		}
	}
	return clashes, lone
}

// elsewhere are the IDs of the rows that stand in another part on either side.
func elsewhere(mine *form.Form, part *form.Rows, theirs map[string]string) []string {
	var ids []string
	for _, other := range mine.Parts() {
		if other != part {
			ids = slices.Concat(ids, other.IDs, other.Of(theirs))
		}
	}
	return ids
}
