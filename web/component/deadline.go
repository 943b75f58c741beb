package component

import (
	"strings"
	"time"

	"softsci/internal/portal"
)

// clockText is a time of day, with seconds only where there are some.
func clockText(t time.Time) string {
	if t.Second() == 0 {
		return portal.ClockText(t)
	}
	return t.In(portal.Shanghai).Format("15:04:05")
}

// deadlineParts parts a deadline's words after its weekday, where a narrow column
// may end a line.
func deadlineParts(text string) []string {
	const after = "）"
	if i := strings.Index(text, after); i >= 0 {
		return []string{text[:i+len(after)], text[i+len(after):]}
	}
	return []string{text}
}
