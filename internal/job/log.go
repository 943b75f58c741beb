package job

import (
	"context"
	"log/slog"
	"strings"
)

// calm leaves out what River says of its own stopping: work that the end of the
// process cancels is not an error, and begins anew with the next start.
type calm struct{ slog.Handler }

// Handle passes on every record but those.
func (c calm) Handle(ctx context.Context, r slog.Record) error {
	stopping := false
	r.Attrs(func(a slog.Attr) bool {
		stopping = strings.Contains(a.Value.String(), context.Canceled.Error())
		return !stopping
	})
	if stopping {
		return nil
	}
	return c.Handler.Handle(ctx, r)
}

// WithAttrs keeps the calm.
func (c calm) WithAttrs(attrs []slog.Attr) slog.Handler { return calm{c.Handler.WithAttrs(attrs)} }

// WithGroup keeps the calm.
func (c calm) WithGroup(name string) slog.Handler { return calm{c.Handler.WithGroup(name)} }
