package portal

import "time"

// Workdays are the days on which a calendar departs from the week: true for a Saturday or
// Sunday that is worked, false for a holiday. They are what the State Council announces
// each year; the administrators keep them. The zero value knows the week alone.
type Workdays map[Day]bool

// Day is a day of the calendar in Shanghai, as 2026-03-31.
type Day string

// DayOf is the day of a moment.
func DayOf(t time.Time) Day { return Day(t.In(Shanghai).Format(time.DateOnly)) }

// Work reports whether offices are open on the day of a moment.
func (w Workdays) Work(t time.Time) bool {
	if work, ok := w[DayOf(t)]; ok {
		return work
	}
	weekday := t.In(Shanghai).Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// After is the beginning of the n-th working day after the day of a moment, which itself
// does not count however early it is; n is at least 1.
func (w Workdays) After(t time.Time, n int) time.Time {
	day := midnight(t)
	for n > 0 {
		if day = day.AddDate(0, 0, 1); w.Work(day) {
			n--
		}
	}
	return day
}

// Evening is 17:00 of the n-th working day after the day of a moment, when offices close.
func (w Workdays) Evening(t time.Time, n int) time.Time {
	return w.After(t, n).Add(17 * time.Hour)
}
