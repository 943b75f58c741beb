package config

// Error says in one line which setting is wrong and what to write instead. It never quotes a secret.
type Error struct {
	Setting string // the variable's name
	Problem string // an English sentence that follows the name
}

func (e *Error) Error() string { return e.Setting + ": " + e.Problem }

func known(name string) bool {
	for _, s := range settings {
		if s.name == name {
			return true
		}
	}
	return false
}

// nearest is the known setting that is fewest single-character edits away from name.
func nearest(name string) string {
	best, least := "", -1
	for _, s := range settings {
		if d := distance(name, s.name); least < 0 || d < least {
			best, least = s.name, d
		}
	}
	return best
}

// distance is the Levenshtein distance of two ASCII names.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
