package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// publicChange is the channel on which the database tells that what the public
// sees has changed (triggers of migration 1).
const publicChange = "public_change"

// Listen calls changed for every change of what the public sees, and calls
// connected with true once it listens and with false when it no longer does:
// whatever was remembered before must then be forgotten. It tries again until
// the context ends.
func (s *Store) Listen(ctx context.Context, connected func(bool), changed func()) {
	for ctx.Err() == nil {
		_ = s.listenOnce(ctx, connected, changed) // whatever ended it, the answer is to begin anew
		connected(false)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (s *Store) listenOnce(ctx context.Context, connected func(bool), changed func()) error {
	// A connection of its own: a pooled one would go back with its LISTEN.
	conn, err := pgx.ConnectConfig(ctx, s.portal.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+publicChange); err != nil {
		return err
	}
	connected(true)
	for {
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
		changed()
	}
}
