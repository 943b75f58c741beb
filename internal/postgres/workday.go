package postgres

import (
	"time"

	"softsci/internal/portal"
)

// WorkdaysOf are the days on which offices depart from the week.
func WorkdaysOf(dst *portal.Workdays) Query {
	return value(dst, `SELECT COALESCE(jsonb_object_agg(day, work), '{}') FROM workday`)
}

// WorkdaySpan is a run of days that depart from the week alike and under one name.
type WorkdaySpan struct {
	First, Last time.Time
	Work        bool
	Name        string
}

// WorkdaySpans are those of a year, in order.
func WorkdaySpans(dst *[]WorkdaySpan, year int) Query {
	return many(dst, `SELECT min(day)::timestamptz AS first, max(day)::timestamptz AS last, work, name
		FROM (SELECT day, work, name, day - row_number() OVER (PARTITION BY work, name ORDER BY day)::integer AS run
			FROM workday WHERE day BETWEEN make_date($1, 1, 1) AND make_date($1, 12, 31)) days
		GROUP BY work, name, run ORDER BY 1`, year)
}

// SetWorkdays says of every day of a span whether it is worked.
func (t *Tx) SetWorkdays(s WorkdaySpan) Query {
	return changing(`INSERT INTO workday (day, work, name) SELECT day::date, $3, $4 FROM generate_series($1::date, $2::date, interval '1 day') AS day
		ON CONFLICT (day) DO UPDATE SET work = EXCLUDED.work, name = EXCLUDED.name`, s.First, s.Last, s.Work, s.Name)
}

// ForgetWorkdays leaves the days of a span to the week.
func (t *Tx) ForgetWorkdays(first, last time.Time) Query {
	return changing(`DELETE FROM workday WHERE day BETWEEN $1::date AND $2::date`, first, last)
}
