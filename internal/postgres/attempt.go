package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// oneMoreTry counts a try under @key at @now, for a window that ends at @resets, where a
// condition holds.
func oneMoreTry(where string) string {
	return `INSERT INTO attempt (key, count, resets_at) SELECT @key, 1, @resets::timestamptz WHERE ` + where + `
	ON CONFLICT (key) DO UPDATE SET
		count = CASE WHEN attempt.resets_at <= @now THEN 1 ELSE attempt.count + 1 END,
		resets_at = CASE WHEN attempt.resets_at <= @now THEN EXCLUDED.resets_at ELSE attempt.resets_at END
	RETURNING count, resets_at`
}

// Try counts one more try under the key and returns how many there were in the
// window, which begins with the first and lasts for the given time, and when it
// is over. The count holds across restarts and processes.
func (s *Store) Try(ctx context.Context, key string, window time.Duration) (count int, resets time.Time, err error) {
	now := s.Now()
	err = s.portal.QueryRow(ctx, oneMoreTry("true"), pgx.NamedArgs{"key": key, "now": now, "resets": now.Add(window)}).Scan(&count, &resets)
	return count, resets, err
}

// Forgive takes one try under the key back; Forget takes all.
func (s *Store) Forgive(ctx context.Context, key string) error {
	_, err := s.portal.Exec(ctx, `UPDATE attempt SET count = count - 1 WHERE key = $1 AND count > 0`, key)
	return err
}

// Forget takes all tries under the key back.
func (s *Store) Forget(ctx context.Context, key string) error {
	_, err := s.portal.Exec(ctx, `DELETE FROM attempt WHERE key = $1`, key)
	return err
}
