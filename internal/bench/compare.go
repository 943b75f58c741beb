package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

const rounds = 5

// side is a server and what it is asked.
type side struct {
	address string
	exchange
}

// pair is one figure: ours beside a floor.
type pair struct {
	name, what  string
	goal        float64 // the least ratio wanted; 0 for none
	ours, floor side
	round       time.Duration // roundLength when zero
}

// outcome are the medians of a pair's rounds.
type outcome struct {
	ours, floor tally
	ratio       float64 // the median of the rounds' ratios, not the ratio of the medians: neighbours in time share their noise
	low, high   float64 // the smallest and the largest ratio of a round
	requests    int     // that ours answered
}

// run is a round of one side.
type run func(context.Context) (tally, error)

// compare measures ours and the floor in turn.
func compare(ctx context.Context, p pair, round time.Duration) (outcome, error) {
	outcomes, err := alternate(ctx, p.floor.run(round), p.ours.run(round))
	if err != nil {
		return outcome{}, fmt.Errorf("%s: %w", p.name, err)
	}
	return outcomes[0], nil
}

func (s side) run(round time.Duration) run {
	return func(ctx context.Context) (tally, error) { return load(ctx, s.address, s.exchange, round) }
}

// alternate runs the sides of ours and the floor in turn, the floor after the first of ours, and compares each of ours
// with the floor of the same round.
func alternate(ctx context.Context, floor run, ours ...run) ([]outcome, error) {
	floors, sides := make([]tally, rounds), make([][]tally, len(ours))
	for round := range rounds {
		for i, one := range ours {
			t, err := one.did(ctx, "portal")
			if err != nil {
				return nil, err
			}
			sides[i] = append(sides[i], t)
			if i > 0 {
				continue
			}
			if floors[round], err = floor.did(ctx, "floor"); err != nil {
				return nil, err
			}
		}
	}
	outcomes := make([]outcome, len(ours))
	for i, tallies := range sides {
		outcomes[i] = beside(tallies, floors)
	}
	return outcomes, nil
}

func (r run) did(ctx context.Context, who string) (tally, error) {
	t, err := r(ctx)
	if err == nil && t.rate == 0 {
		err = errors.New("a round without an answer")
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", who, err)
	}
	return t, err
}

func beside(ours, floor []tally) outcome {
	out := outcome{ours: medians(ours), floor: medians(floor)}
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = ours[i].rate / floor[i].rate
		out.requests += ours[i].requests
	}
	out.ratio, out.low, out.high = median(ratios), slices.Min(ratios), slices.Max(ratios)
	return out
}

func medians(of []tally) tally {
	return tally{rate: medianOf(of, func(t tally) float64 { return t.rate }),
		p50: medianOf(of, func(t tally) time.Duration { return t.p50 }),
		p99: medianOf(of, func(t tally) time.Duration { return t.p99 })}
}

func medianOf[T any, V cmp.Ordered](of []T, value func(T) V) V {
	values := make([]V, len(of))
	for i, t := range of {
		values[i] = value(t)
	}
	return median(values)
}

// median needs at least one value; of an even number it takes the upper of the two in the middle.
func median[V cmp.Ordered](values []V) V {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}

// line prints a figure: name, what, and the words behind them.
func line(w io.Writer, name, what, format string, args ...any) {
	fmt.Fprintf(w, "%-4s%-41s", name, what)
	fmt.Fprintf(w, format+"\n", args...)
}

func (o outcome) print(w io.Writer, p pair) {
	verdict := ""
	if p.goal > 0 {
		verdict = fmt.Sprintf("   goal ≥ %.2f   %s", p.goal, verdictOf(o.ratio >= p.goal))
	}
	line(w, p.name, p.what, "ratio %.2f (%.2f–%.2f)%s   portal %s   floor %s", o.ratio, o.low, o.high, verdict, o.ours, o.floor)
}

func verdictOf(ok bool) string {
	if ok {
		return "ok"
	}
	return "below"
}

// String is a round's rate and latencies.
func (t tally) String() string {
	return fmt.Sprintf("%6.0f/s p50 %.2f ms p99 %.2f ms", t.rate, milliseconds(t.p50), milliseconds(t.p99))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
