package portal

// Differ marks what two texts do not share: in the first what went, in the second
// what came. Joined, the pieces of each are the text. What stands unchanged at both
// ends is common; between them the longest run of common characters is, and so on
// to both of its sides. Short common runs are noise to a reader and are not kept.
func Differ(before, after string) (old, fresh []Span) {
	differ([]rune(before), []rune(after), &old, &fresh)
	return old, fresh
}

// commonMin is the shortest run of characters that counts as unchanged in the middle
// of a change; differMax bounds the work: longer middles are one change.
const (
	commonMin = 4
	differMax = 4000
)

func differ(a, b []rune, old, fresh *[]Span) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	add(old, a[:head], false)
	add(fresh, b[:head], false)
	midA, midB := a[head:len(a)-tail], b[head:len(b)-tail]
	if i, j, n := longestCommon(midA, midB); n >= commonMin {
		differ(midA[:i], midB[:j], old, fresh)
		add(old, midA[i:i+n], false)
		add(fresh, midB[j:j+n], false)
		differ(midA[i+n:], midB[j+n:], old, fresh)
	} else {
		add(old, midA, true)
		add(fresh, midB, true)
	}
	add(old, a[len(a)-tail:], false)
	add(fresh, b[len(b)-tail:], false)
}

// add appends a piece, joined to the one before if that is of the same kind.
func add(to *[]Span, text []rune, hit bool) {
	if len(text) == 0 {
		return
	}
	if n := len(*to); n > 0 && (*to)[n-1].Hit == hit {
		(*to)[n-1].Text += string(text)
		return
	}
	*to = append(*to, Span{Text: string(text), Hit: hit})
}

// longestCommon is the longest run of characters that stands in both.
func longestCommon(a, b []rune) (i, j, n int) {
	if len(a) > differMax || len(b) > differMax {
		return 0, 0, 0
	}
	row := make([]int, len(b)+1)
	for x := range a {
		diagonal := 0
		for y := range b {
			above := row[y+1]
			row[y+1] = 0
			if a[x] == b[y] {
				row[y+1] = diagonal + 1
				if row[y+1] > n {
					n = row[y+1]
					i, j = x-n+1, y-n+1
				}
			}
			diagonal = above
		}
	}
	return i, j, n
}
