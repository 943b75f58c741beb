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
}

// outcome are the medians of a pair's rounds.
type outcome struct {
	ours, floor tally
	ratio       float64 // the median of the rounds' ratios, not the ratio of the medians: neighbours in time share their noise
	low, high   float64 // the smallest and the largest ratio of a round
	requests    int     // that ours answered
}

// compare measures ours and the floor in turn.
func compare(ctx context.Context, p pair, round time.Duration) (outcome, error) {
	var ours, floor []tally
	var ratios []float64
	var out outcome
	for range rounds {
		a, err := load(ctx, p.ours.address, p.ours.exchange, round)
		if err != nil {
			return out, fmt.Errorf("%s, portal: %w", p.name, err)
		}
		b, err := load(ctx, p.floor.address, p.floor.exchange, round)
		if err != nil {
			return out, fmt.Errorf("%s, floor: %w", p.name, err)
		}
		if a.rate == 0 || b.rate == 0 {
			return out, errors.New(p.name + ": a round without an answer")
		}
		ours, floor, ratios = append(ours, a), append(floor, b), append(ratios, a.rate/b.rate)
		out.requests += a.requests
	}
	out.ours, out.floor, out.ratio = medians(ours), medians(floor), median(ratios)
	out.low, out.high = slices.Min(ratios), slices.Max(ratios)
	return out, nil
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
