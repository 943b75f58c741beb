package desk

import (
	"context"
	"fmt"
	"sync"
	"time"

	"softsci/internal/portal"
)

// How many attachments arrive at the same time in this process. The others wait before
// their content is read, each at most turnWait, which is less than a proxy waits for an
// answer.
const (
	uploadsAtOnce = 8 // each holds one chunk in memory and one connection to the database
	uploadsOfOne  = 2 // of one account, waiting ones too: nobody takes all turns
	turnWait      = 45 * time.Second
)

// turns are handed out to uploads.
type turns struct {
	taken chan struct{}
	mu    sync.Mutex
	of    map[int64]int // uploads of an account, waiting ones too
}

func newTurns() *turns { return &turns{taken: make(chan struct{}, uploadsAtOnce), of: map[int64]int{}} }

// take waits for a turn; done gives it back. It refuses with TooMany who has enough of
// them, and whom it cannot serve in time.
func (t *turns) take(ctx context.Context, account int64) (done func(), err error) {
	if !t.join(account) {
		return nil, portal.Refuse(portal.TooMany, fmt.Sprintf("您有 %d 个附件正在上传，请等其中一个传完再试", uploadsOfOne))
	}
	select {
	case t.taken <- struct{}{}:
		return func() { <-t.taken; t.leave(account) }, nil
	case <-time.After(turnWait):
		err = portal.Refuse(portal.TooMany, "现在上传的人较多，请稍后再试")
	case <-ctx.Done():
		err = ctx.Err()
	}
	t.leave(account)
	return nil, err
}

func (t *turns) join(account int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of[account] == uploadsOfOne {
		return false
	}
	t.of[account]++
	return true
}

func (t *turns) leave(account int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of[account]--; t.of[account] == 0 {
		delete(t.of, account)
	}
}
