package postgres_test

import (
	"testing"
	"time"

	"softsci/internal/pgtest"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// TestWorkdays: what the migrations bring are the days of 2026, and the portal's role reads them.
func TestWorkdays(t *testing.T) {
	t.Parallel()
	store := pgtest.Store(t)
	var days portal.Workdays
	if err := store.Read(t.Context(), portal.MintVisitor(portal.Visit{Arrived: store.Now()}), postgres.WorkdaysOf(&days)); err != nil {
		t.Fatal(err)
	}
	for day, want := range map[int]bool{14: true, 15: false, 23: false, 24: true, 28: true} {
		if got := days.Work(time.Date(2026, 2, day, 12, 0, 0, 0, portal.Shanghai)); got != want {
			t.Errorf("2026年2月%d日 is worked: %t", day, got)
		}
	}
}

// TestOverdueBefore: the database's counterpart says of every day of a season what the calendar says.
func TestOverdueBefore(t *testing.T) {
	t.Parallel()
	url, _ := pgtest.URLs(t)
	store := pgtest.Open(t, url, postgres.Options{})
	var days portal.Workdays
	if err := store.Read(t.Context(), portal.MintVisitor(portal.Visit{Arrived: store.Now()}), postgres.WorkdaysOf(&days)); err != nil {
		t.Fatal(err)
	}
	conn := mustConnect(t, url)
	mustExec(t, conn, `SET ROLE softsci_portal`)
	for i := range 90 {
		now := time.Date(2026, 2, 1+i, i%24, 30, 0, 0, portal.Shanghai)
		var before time.Time
		mustRow(t, conn, &before, `SELECT overdue_before($1, $2)`, now, portal.ReviewDays)
		for back := range 20 {
			arrived := now.AddDate(0, 0, -back)
			if want := portal.DayOf(now) > portal.DayOf(days.After(arrived, portal.ReviewDays)); arrived.Before(before) != want {
				t.Errorf("at %s, what arrived at %s is overdue: %t, want %t", portal.ISO(now), portal.ISO(arrived), !want, want)
			}
		}
	}
}
