package desk

import (
	"context"
	"time"

	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// WorkdaySpan is a run of days on which offices depart from the week.
type WorkdaySpan = postgres.WorkdaySpan

// spanMost is the longest holiday that can be typed at once, in days.
const spanMost = 31

// Workdays are the days of a year on which offices depart from the week.
func (d *Desk) Workdays(ctx context.Context, a portal.Admin, year int) (spans []WorkdaySpan, err error) {
	err = d.store.Read(ctx, a, postgres.WorkdaySpans(&spans, year))
	return spans, err
}

// SetWorkdays says of every day of a span whether it is worked; terms that are promised
// from now on follow. A span that ends before it begins, or is longer than a month, is an
// Invalid error on field last.
func (d *Desk) SetWorkdays(ctx context.Context, a portal.Admin, s WorkdaySpan) error {
	switch days := s.Last.Sub(s.First) / (24 * time.Hour); {
	case days < 0:
		return portal.RefuseField("last", "最后一天不能早于第一天")
	case days >= spanMost:
		return portal.RefuseField("last", "一次最多 31 天，请核对")
	}
	word := "放假"
	if s.Work {
		word = "上班"
	}
	return d.changeWorkdays(ctx, a, s.First, s.Last, word+"："+s.Name, func(tx *postgres.Tx) postgres.Query { return tx.SetWorkdays(s) })
}

// ForgetWorkdays leaves the days of a span to the week again.
func (d *Desk) ForgetWorkdays(ctx context.Context, a portal.Admin, first, last time.Time) error {
	return d.changeWorkdays(ctx, a, first, last, "删去", func(tx *postgres.Tx) postgres.Query { return tx.ForgetWorkdays(first, last) })
}

func (d *Desk) changeWorkdays(ctx context.Context, a portal.Admin, first, last time.Time, what string,
	change func(*postgres.Tx) postgres.Query) error {
	days := portal.DateText(first)
	if !last.Equal(first) {
		days += "至" + portal.DateText(last)
	}
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		return tx.Do(change(tx), tx.Trace(portal.Event{Subject: portal.OnWorkdays, SubjectLabel: days, Verb: portal.WorkdaysChanged, Reason: what}))
	})
}
