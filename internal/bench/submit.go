package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

// submissions measures P4.
func (p *place) submissions(ctx context.Context, out io.Writer) error {
	script, err := p.pgbench(ctx)
	if err != nil || script == nil {
		if err == nil {
			line(out, "P4", "submissions", "not measured: no pgbench beside the other programs of PostgreSQL")
		}
		return err
	}
	if err := p.recordRows(ctx, script); err != nil {
		return err
	}
	var sent []float64
	both, err := alternate(ctx, p.floorRound(script, connections), p.portalRound(connections, true, &sent), p.portalRound(connections, false, nil))
	if err != nil {
		return fmt.Errorf("P4: %w", err)
	}
	alone, err := alternate(ctx, p.floorRound(script, 1), p.portalRound(1, true, nil))
	if err != nil {
		return fmt.Errorf("P4, c=1: %w", err)
	}
	for i, o := range slices.Concat(both, alone) {
		figure := []pair{{name: "P4", what: fmt.Sprintf("submissions of %.1f KB, c=%d", float64(script.document)/1000, connections), goal: goalSubmit},
			{what: "  mails and papers only afterwards"}, {what: "  c=1", goal: goalSubmit}}[i]
		o.print(out, figure)
	}
	line(out, "", "  mails", "%.0f%% of those promised in a round of P4 were delivered within it", 100*median(sent))
	return nil
}

// cookieValue is an applicant's session, tokenOf how the database knows it.
func cookieValue(applicant int) string { return fmt.Sprintf("bench-%02d", applicant) }

func tokenOf(cookie string) string {
	sum := sha256.Sum256([]byte(cookie))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// submission is what a browser posts from the page of the check.
func submission(draft int) []byte {
	values := url.Values{"pledge": {proposal.PledgeVersion}}
	for _, section := range sample.Sections {
		values.Set("revision."+section, "1")
	}
	body := values.Encode()
	return fmt.Appendf(nil, "POST /applications/%s/submission HTTP/1.1\r\nHost: portal.invalid\r\nUser-Agent: bench\r\nAccept: text/html\r\n"+
		"Accept-Encoding: gzip, deflate, br\r\nSec-Fetch-Site: same-origin\r\nCookie: session=%s\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", refOf(firstDraft+draft), cookieValue(draft%applicants), len(body), body)
}

// submit sends a draft in; only the way to its receipt is success.
func (w *wire) submit(draft int) error {
	location := ""
	status, _, err := w.send(submission(draft), func(line string) {
		if name, value, _ := strings.Cut(line, ": "); name == "Location" {
			location = value
		}
	})
	if want := "/applications/" + refOf(firstDraft+draft) + "/receipt"; err == nil && (status != http.StatusSeeOther || location != want) {
		err = fmt.Errorf("the submission of draft %d answered %d, location %q", draft, status, location)
	}
	return err
}

// done is a finished submission.
type done struct {
	at   time.Time
	took time.Duration
}

// tallyOf counts what was done between begin and end.
func tallyOf(list []done, begin, end time.Time) tally {
	var takes []time.Duration
	for _, d := range list {
		if !d.at.Add(-d.took).Before(begin) && d.at.Before(end) {
			takes = append(takes, d.took)
		}
	}
	t := sum(takes, end.Sub(begin))
	t.requests = len(list)
	return t
}

// rush lets clients submit one draft after the other, each its own, until the round ends or one has no more.
func rush(ctx context.Context, address string, clients, most int, round time.Duration) (tally, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	wires := make([]*wire, clients)
	for i := range wires {
		w, err := dial(ctx, address)
		if err != nil {
			return tally{}, err
		}
		defer w.Close()
		wires[i] = w
	}
	begin := time.Now().Add(warmUp)
	lists, errs, ends := make([][]done, clients), make([]error, clients), make([]time.Time, clients)
	var all sync.WaitGroup
	for i, w := range wires {
		all.Go(func() {
			if lists[i], ends[i], errs[i] = w.submitAll(ctx, i, clients, most, begin.Add(round)); errs[i] != nil {
				cancel()
			}
		})
	}
	all.Wait()
	return tallyOf(slices.Concat(lists...), begin, slices.MinFunc(ends, time.Time.Compare)), firstCause(errs)
}

// submitAll submits every so many-th draft and returns when it could go on no longer: at the end, or without drafts.
func (w *wire) submitAll(ctx context.Context, first, step, most int, end time.Time) (list []done, stopped time.Time, err error) {
	if err := w.SetDeadline(end.Add(patience)); err != nil {
		return nil, end, err
	}
	asked := time.Now()
	for draft := first; draft < most; draft += step {
		if !asked.Before(end) || ctx.Err() != nil {
			return list, end, ctx.Err()
		}
		if err := w.submit(draft); err != nil {
			return list, end, err
		}
		now := time.Now()
		list, asked = append(list, done{now, now.Sub(asked)}), now
	}
	return list, asked, nil
}

// portalRound is a round of the portal, with its mails and papers on their way meanwhile or not; sent takes note which
// part of the mails had left at its end.
func (p *place) portalRound(clients int, deliver bool, sent *[]float64) run {
	return func(ctx context.Context) (tally, error) {
		if err := errors.Join(p.reset(ctx), p.deliver(ctx, deliver)); err != nil {
			return tally{}, err
		}
		t, err := rush(ctx, p.portal.address, clients, complete, roundLength)
		p.asked += t.requests
		if err != nil {
			return t, err
		}
		w, err := p.written(ctx)
		if err != nil {
			return t, err
		}
		if sent != nil {
			*sent = append(*sent, float64(w.Sent)/float64(w.Messages))
		}
		return t, errors.Join(w.holds(t.requests), p.deliver(ctx, false))
	}
}

// floorRound is a round of pgbench. The portal idles beside it, as the floors of the other figures do.
func (p *place) floorRound(script *script, clients int) run {
	return func(ctx context.Context) (tally, error) {
		if err := p.reset(ctx); err != nil {
			return tally{}, err
		}
		t, err := script.run(ctx, clients)
		if err != nil {
			return t, err
		}
		w, err := p.written(ctx)
		return t, errors.Join(err, w.holds(t.requests))
	}
}
