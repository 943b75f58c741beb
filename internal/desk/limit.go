package desk

import (
	"fmt"
	"strconv"
	"time"

	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/internal/seal"
)

// asksADay is about how many leaders an account is told within a day whether they apply
// elsewhere: enough for who fills in the forms of a whole unit, too few for going through
// the people of another. Beyond it the hint is silent; nothing is refused, and the contact
// sees it all the same.
const (
	asksADay   = 100
	asksWindow = 24 * time.Hour
)

// asking is the key under which an account's asking is counted.
func (d *Desk) asking(a portal.Applicant) string {
	return d.sealed("once:account", strconv.FormatInt(a.Account(), 10))
}

// asks reports whether a save lets its writer be told of a leader who was not asked about
// before.
func asks(app portal.Application, section portal.Section, sum portal.Summary) bool {
	tells := app.Rules.OncePerYear && (section.Name == proposal.Cover || section.Name == proposal.Leader)
	return tells && (section.Revision == 0 || sum.LeaderName != app.LeaderName || sum.UnitCode != app.UnitCode)
}

const marksLeader = "softsci leader of a year, mark 1"

// leaderMark is by what the database finds a second application of a leader in a year, in
// whatever unit; nil where the batch does not limit them or collects no identity numbers.
func (d *Desk) leaderMark(app portal.Application, frozen portal.Frozen) ([]byte, error) {
	if !app.Rules.OncePerYear || !app.Rules.IDNumber {
		return nil, nil
	}
	number, err := portal.ParseIDNumber(frozen.Answer(proposal.Leader, proposal.FieldIDNumber), time.Time{})
	if err != nil {
		return nil, fmt.Errorf("mark the leader of %s: %w", app.Ref, err) // it was checked before
	}
	return seal.Mark(d.secret, marksLeader, strconv.Itoa(app.Year)+" "+string(number))
}
