package desk

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"softsci/internal/portal"
)

// mustTake takes a turn that is free.
func mustTake(t *testing.T, all *turns, account int64) (done func()) {
	t.Helper()
	done, err := all.take(t.Context(), account)
	if err != nil {
		t.Fatalf("account %d: %v", account, err)
	}
	return done
}

// TestTurnsOfOneAccount: nobody takes all turns, and who gave one back has it again.
func TestTurnsOfOneAccount(t *testing.T) {
	t.Parallel()
	all := newTurns()
	done := mustTake(t, all, 1)
	mustTake(t, all, 1)
	if _, err := all.take(t.Context(), 1); portal.KindOf(err) != portal.TooMany || !strings.Contains(err.Error(), "2 个附件正在上传") {
		t.Errorf("a third one: %v", err)
	}
	mustTake(t, all, 2)
	done()
	mustTake(t, all, 1)
}

// TestTurnsThatAreAllTaken: who waits gets the next one that is given back; who waits too
// long or goes away gets none and leaves nothing behind.
func TestTurnsThatAreAllTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all := newTurns()
		var done func()
		for account := range int64(uploadsAtOnce) {
			done = mustTake(t, all, account)
		}
		began := time.Now()
		if _, err := all.take(t.Context(), 100); portal.KindOf(err) != portal.TooMany || !strings.Contains(err.Error(), "现在上传的人较多") || time.Since(began) != turnWait {
			t.Errorf("too long: %v after %v", err, time.Since(began))
		}
		away, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := all.take(away, 100); err != context.DeadlineExceeded {
			t.Errorf("gone: %v", err)
		}
		time.AfterFunc(turnWait-time.Second, done)
		mustTake(t, all, 100)
		synctest.Wait()
		if len(all.of) != uploadsAtOnce {
			t.Errorf("%d accounts are known, want those that have a turn: %v", len(all.of), all.of)
		}
	})
}
