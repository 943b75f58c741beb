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
