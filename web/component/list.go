package component

import (
	"time"

	"softsci/internal/portal"
)

// phoneLink is the tel: link of a number, "" when it cannot be dialled from
// elsewhere (no area code) or is no number.
func phoneLink(number string) string {
	phone, err := portal.ParsePhone(number)
	if err != nil {
		return ""
	}
	return phone.URI()
}

// lastDayText is the last day before a midnight at which something ends: 12月5日.
func lastDayText(until time.Time) string { return until.Add(-1).In(portal.Shanghai).Format("1月2日") }
