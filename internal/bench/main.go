package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// A closed pipe and a lost terminal are ends like ^C: nothing may be left behind. The same for a floor, whose end
	// comes from its standard input.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer stop()
	run := bench
	if len(os.Args) == 2 && os.Args[1] == floorWord {
		run = func(ctx context.Context, out io.Writer) error { return runFloor(ctx, os.Stdin, out) }
	}
	if err := run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench measures everything in turn. A figure below its goal is printed and is no failure.
func bench(ctx context.Context, out io.Writer) (err error) {
	p, err := open(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil && ctx.Err() != nil {
			err = errors.New("interrupted") // whatever it broke
		}
		err = errors.Join(err, p.close())
	}()
	if err := p.furnish(ctx); err != nil {
		return err
	}
	for _, figure := range []func(context.Context, io.Writer) error{p.size, p.cold, p.serve, p.idle, p.firstVisit, p.public, p.private, p.submissions, p.uploads, p.logged} {
		if err := figure(ctx, out); err != nil {
			return err
		}
	}
	return nil
}
