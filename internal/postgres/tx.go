package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"softsci/internal/portal"
)

// errNoTrace is a programmer's mistake: a domain write that recorded no event.
var errNoTrace = errors.New("a change without a trace: nothing was recorded")

// Tx is one change of the domain on its way.
type Tx struct {
	ctx      context.Context
	tx       pgx.Tx
	actor    portal.Actor
	at       time.Time
	recorded int
}

// Write runs the change as the actor in one transaction and commits it if it
// recorded at least one event. It is the only door for domain writes.
func (s *Store) Write(ctx context.Context, actor portal.Actor, change func(*Tx) error) error {
	return s.transact(ctx, actor, func(tx *Tx) error {
		if err := change(tx); err != nil {
			return err
		}
		if tx.recorded == 0 {
			return errNoTrace
		}
		return nil
	})
}

// Save is the door for drafts and the like, which are revisions and not events.
func (s *Store) Save(ctx context.Context, actor portal.Actor, change func(*Tx) error) error {
	return s.transact(ctx, actor, change)
}

func (s *Store) transact(ctx context.Context, actor portal.Actor, change func(*Tx) error) error {
	var options pgx.TxOptions
	if args, ok := scope(actor); ok {
		options.BeginQuery = fmt.Sprintf(beginScoped, args...)
	}
	err := pgx.BeginTxFunc(ctx, s.pool(actor), options, func(ptx pgx.Tx) error {
		return change(&Tx{ctx: ctx, tx: ptx, actor: actor, at: s.Now()})
	})
	return translate(err)
}

// At is the time of recording: one moment for the whole transaction.
func (t *Tx) At() time.Time { return t.at }

// Context is the transaction's context, for cancellation.
func (t *Tx) Context() context.Context { return t.ctx }

// Raw is the transaction itself, for River's client alone.
func (t *Tx) Raw() pgx.Tx { return t.tx }

// Do runs statements inside the transaction, in order and in one round trip.
func (t *Tx) Do(queries ...Query) error {
	batch := &pgx.Batch{}
	for _, q := range queries {
		batch.Queue(q.sql, q.args...)
	}
	results := t.tx.SendBatch(t.ctx, batch)
	for _, q := range queries {
		if err := collect(results, q); err != nil {
			_ = results.Close() // the first failure is the one to tell
			return translate(err)
		}
	}
	return translate(results.Close())
}

func (t *Tx) exec(sql string, args ...any) (pgconn.CommandTag, error) {
	tag, err := t.tx.Exec(t.ctx, sql, args...)
	return tag, translate(err)
}

// change runs a statement that must change a row; none is not found.
func (t *Tx) change(sql string, args ...any) error { return t.Do(changing(sql, args...)) }

// arrayText writes keys as an array literal of PostgreSQL.
func arrayText(keys []int64) string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = fmt.Sprint(k)
	}
	return "{" + strings.Join(words, ",") + "}"
}
