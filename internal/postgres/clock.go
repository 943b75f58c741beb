package postgres

import (
	"context"
	"sync/atomic"
	"time"
)

// Clock tells the database's time without asking it each time: the process's
// clock plus an offset that was measured. All processes on one database so share
// one time, and the deadline is the same for all. SQL itself never calls now().
type Clock struct {
	offset atomic.Int64
	set    atomic.Pointer[func() time.Time]
}

// Now is the database's time, to the microsecond it can store.
func (c *Clock) Now() time.Time {
	if f := c.set.Load(); f != nil {
		return (*f)()
	}
	return time.Now().Add(time.Duration(c.offset.Load())).Truncate(time.Microsecond)
}

// Then is a moment of the process's clock as one of the database's.
func (c *Clock) Then(t time.Time) time.Time { return c.Now().Add(time.Until(t)) }

// Set replaces the clock, for tests and previews.
func (c *Clock) Set(now func() time.Time) { c.set.Store(&now) }

// Sync measures the offset between the process's clock and the database's, as the
// middle of the round trip. It is the one query that asks the database's clock.
func (s *Store) Sync(ctx context.Context) error {
	before := time.Now()
	var there time.Time
	if err := s.office.QueryRow(ctx, `SELECT clock_timestamp()`).Scan(&there); err != nil {
		return err
	}
	after := time.Now()
	s.offset.Store(int64(there.Sub(before.Add(after.Sub(before) / 2))))
	return nil
}
