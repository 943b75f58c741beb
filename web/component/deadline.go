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

// deadlineParts parts a deadline's words after its weekday, where a narrow column may
// end a line. date is "" when there is no weekday.
func deadlineParts(text string) (date, clock string) {
	const after = "）"
	i := strings.Index(text, after)
	if i < 0 {
		return "", text
	}
	return text[:i+len(after)], text[i+len(after):]
}
