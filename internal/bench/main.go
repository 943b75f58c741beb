package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

func main() {
	// A closed pipe and a lost terminal are ends like ^C: nothing may be left behind. The same for a floor, whose end
	// comes from its standard input.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer stop()
	run := func(ctx context.Context, out io.Writer) error { return bench(ctx, out, os.Args[1:]) }
	if len(os.Args) == 2 && os.Args[1] == floorWord {
		run = func(ctx context.Context, out io.Writer) error { return runFloor(ctx, os.Stdin, out) }
	}
	if err := run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// step is a figure, or what others build on.
type step struct {
	name string
	do   func(p *place, ctx context.Context, out io.Writer) error
}

// steps are all figures in their order, each under the name by which it can be asked for alone. What others build on has
// none and is always done.
var steps = []step{
	{"size", (*place).size},
	{"cold", (*place).cold},
	{"", (*place).serve},
	{"idle", (*place).idle},
	{"visit", (*place).firstVisit},
	{"public", (*place).public},
	{"private", (*place).private},
	{"", (*place).makeDrafts},
	{"submissions", (*place).submissions},
	{"uploads", (*place).uploads},
	{"search", (*place).searches},
	{"", (*place).logged},
}

// bench measures what is asked for in turn, everything when nothing is. A figure below its goal is printed and is no
// failure.
func bench(ctx context.Context, out io.Writer, asked []string) (err error) {
	for _, name := range asked {
		if !slices.ContainsFunc(steps, func(s step) bool { return s.name == name && name != "" }) {
			return fmt.Errorf("there is no figure %q", name)
		}
	}
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
	for _, s := range steps {
		if s.name != "" && len(asked) > 0 && !slices.Contains(asked, s.name) {
			continue
		}
		if err := s.do(p, ctx, out); err != nil {
			return err
		}
	}
	return nil
}
