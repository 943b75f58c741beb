package portal

import "time"

// ClockText writes a time of day: 17:05.
func ClockText(t time.Time) string { return t.In(Shanghai).Format("15:04") }

// NextMidnight is the first moment of the next day in Shanghai.
func NextMidnight(t time.Time) time.Time { return midnight(t).AddDate(0, 0, 1) }
