package component

import "strings"

// deadlineParts parts a deadline's words after its weekday, where a narrow column
// may end a line.
func deadlineParts(text string) []string {
	const after = "）"
	if i := strings.Index(text, after); i >= 0 {
		return []string{text[:i+len(after)], text[i+len(after):]}
	}
	return []string{text}
}
