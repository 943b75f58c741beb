package portal

import "time"

// ClockText writes a time of day: 17:05.
func ClockText(t time.Time) string { return t.In(Shanghai).Format("15:04") }

// reviewDays is how many working days the formal check takes as a rule. It is what
// the pages promise, not a rule of law.
const reviewDays = 5

// ReviewBy is the day by which an application that arrived is answered as a rule:
// five working days later. Public holidays are not known here; the pages say so.
func ReviewBy(arrived time.Time) time.Time {
	day := midnight(arrived)
	for left := reviewDays; left > 0; {
		day = day.AddDate(0, 0, 1)
		if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
			left--
		}
	}
	return day
}

// EveningAfter is 17:00 of the day that many days later, when offices close.
func EveningAfter(t time.Time, days int) time.Time {
	return midnight(t).AddDate(0, 0, days).Add(17 * time.Hour)
}

// NextMidnight is the first moment of the next day in Shanghai.
func NextMidnight(t time.Time) time.Time { return midnight(t).AddDate(0, 0, 1) }
