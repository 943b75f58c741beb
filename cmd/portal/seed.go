package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"softsci/internal/desk"
)

// seed fills the demonstration's batch with made-up applications, to see how lists and
// searches behave when there are many.
func seed(ctx context.Context, args []string, out io.Writer) error {
	const wrong = usageError("usage: portal seed N")
	if len(args) != 1 {
		return wrong
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 || n > 1_000_000 {
		return wrong
	}
	p, err := open(ctx, out)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.demo(ctx, out); err != nil {
		return fmt.Errorf("make the demonstration data: %w", err)
	}
	if err := desk.Seed(ctx, p.ownerURL, demoSlug, n, p.store.Now()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d applications were made up\n", n)
	return err
}
