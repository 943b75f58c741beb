package postgres

import "softsci/internal/portal"

// WorkdaysOf are the days on which offices depart from the week.
func WorkdaysOf(dst *portal.Workdays) Query {
	return value(dst, `SELECT COALESCE(jsonb_object_agg(day, work), '{}') FROM workday`)
}
