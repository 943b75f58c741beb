package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"time"
)

// Goals and limits. A MB is a million bytes and a KB a thousand.
const (
	goalTopic   = 0.65
	goalKnown   = 0.60
	goalPrivate = 0.50
	goalSubmit  = 0.35
	goalUpload  = 0.70
	limitBinary = 50_000_000
	limitVisit  = 20_000
	limitLoads  = 4
	idleTime    = 5 * time.Second
	padding     = 64 // bytes by which the portal varies a private page's length on purpose, at most
)

// size is the weight of the binary.
func (p *place) size(_ context.Context, out io.Writer) error {
	info, err := os.Stat(p.program)
	if err != nil {
		return err
	}
	line(out, "", "binary", "%.1f MB   limit %d MB   %s", megabytes(info.Size()), limitBinary/1_000_000, within(info.Size() <= limitBinary))
	return nil
}

// cold is the time from the start of a process to its first answer. The database runs and is migrated; the portal still
// looks whether it is, opens its pools and reads the database's clock.
func (p *place) cold(ctx context.Context, out io.Writer) error {
	var ours, floor []time.Duration
	for range rounds {
		began := time.Now()
		a, err := p.startPortal(ctx, "0", nil)
		if err != nil {
			return err
		}
		ours = append(ours, time.Since(began))
		if err := a.end(); err != nil {
			return err
		}
		took, err := coldFloor(ctx)
		if err != nil {
			return err
		}
		floor = append(floor, took)
	}
	a, b := median(ours), median(floor)
	line(out, "", "cold start, database already up", "%.0f ms to the first answer   floor, a bare server: %.0f ms   ratio %.2f", milliseconds(a), milliseconds(b), float64(b)/float64(a))
	return nil
}

func coldFloor(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	f, err := startFloor(floorSettings{})
	if err != nil {
		return 0, err
	}
	defer f.kill()
	err = f.answers(ctx)
	return time.Since(began), err
}

// serve starts the portal under test, with its access log in a file.
func (p *place) serve(ctx context.Context, _ io.Writer) error {
	log, err := os.Create(p.log())
	if err != nil {
		return err
	}
	defer log.Close() // the portal has its own hold on it
	if p.portal, err = p.startPortal(ctx, "0", log); err != nil {
		return err
	}
	p.asked++ // the answer that showed it serves
	return nil
}

func (p *place) log() string { return filepath.Join(p.dir, "access.log") }

// idle is the memory of a portal that nobody visits.
func (p *place) idle(ctx context.Context, out io.Writer) error {
	f, err := startFloor(floorSettings{})
	if err != nil {
		return err
	}
	defer f.kill()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(idleTime):
	}
	p.printMemory(out, "memory, idle", f)
	return nil
}

func (p *place) printMemory(out io.Writer, what string, floor *process) {
	ours, theirs := p.portal.resident(), floor.resident()
	if ours == 0 || theirs == 0 {
		line(out, "", what, "not told by this system")
		return
	}
	line(out, "", what, "%.1f MB resident   floor %.1f MB   ratio %.2f", megabytes(ours), megabytes(theirs), float64(theirs)/float64(ours))
}

func megabytes(n int64) float64 { return float64(n) / 1_000_000 }

func within(ok bool) string {
	if ok {
		return "ok"
	}
	return "above"
}

// record fetches a page from the portal and checks that it is what it should be.
func (p *place) record(ctx context.Context, request []byte, status int) (answer, error) {
	a, err := fetch(ctx, p.portal.address, request)
	p.asked++
	if err == nil && a.Status != status {
		err = fmt.Errorf("%.60q answered %d, not %d", request, a.Status, status)
	}
	return a, err
}

// public measures P1 and P2, and the memory after them.
func (p *place) public(ctx context.Context, out io.Writer) error {
	page, err := p.record(ctx, get(topicPage), http.StatusOK)
	if err != nil {
		return err
	}
	tag := page.Header.Get("Etag")
	known, err := p.record(ctx, get(topicPage, "If-None-Match", tag), http.StatusNotModified)
	if err != nil {
		return err
	}
	if page.Header.Get("Content-Encoding") == "" || tag == "" || len(known.Body) > 0 {
		return errors.New("the topic page came without compression or validator, or a 304 with a body")
	}
	if p.floor, err = startFloor(floorSettings{Answers: map[string]answer{topicPath: page, knownPath: known}}); err != nil {
		return err
	}
	if err := p.measure(ctx, out, same("P1", "topic page from memory", goalTopic, page, get(topicPage), get(topicPath))); err != nil {
		return err
	}
	p.printMemory(out, "memory, after P1", p.floor)
	if err := p.measure(ctx, out, same("P2", "topic page not modified (304)", goalKnown, known,
		get(topicPage, "If-None-Match", tag), get(knownPath, "If-None-Match", tag))); err != nil {
		return err
	}
	p.floor.kill()
	p.floor = nil
	return nil
}

// same is a figure whose two sides answer with the very same body.
func same(name, what string, goal float64, a answer, ours, floor []byte) pair {
	return pair{name: name, what: what, goal: goal,
		ours:  side{exchange: exchange{ours, a.Status, len(a.Body), len(a.Body)}},
		floor: side{exchange: exchange{floor, a.Status, len(a.Body), len(a.Body)}}}
}

// measure checks that both sides say the same and compares them.
func (p *place) measure(ctx context.Context, out io.Writer, one pair) error {
	one.ours.address, one.floor.address = p.portal.address, p.floor.address
	a, err := p.record(ctx, one.ours.request, one.ours.status)
	if err != nil {
		return err
	}
	b, err := fetch(ctx, p.floor.address, one.floor.request)
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(timeless(a.Header), timeless(b.Header)) || len(b.Body) < one.ours.least || len(b.Body) > one.ours.most {
		return fmt.Errorf("%s: the floor does not answer as the portal does: %d bytes with %v, not %d with %v", one.name, len(b.Body), b.Header, len(a.Body), a.Header)
	}
	o, err := compare(ctx, one, cmp.Or(one.round, roundLength))
	if err != nil {
		return err
	}
	p.asked += o.requests
	o.print(out, one)
	return nil
}

// timeless is a head without the moment that the portal tells with every answer; a floor tells the recorded one.
func timeless(h http.Header) http.Header {
	h = h.Clone()
	if _, ok := h["Server-Timing"]; ok {
		h.Set("Server-Timing", "")
	}
	return h
}

// private measures P3 and P3a.
func (p *place) private(ctx context.Context, out io.Writer) error {
	who, err := p.applicant()
	if err != nil {
		return err
	}
	if err := p.fillList(ctx, who.Email); err != nil {
		return err
	}
	cookie, err := p.signIn(ctx, who)
	if err != nil {
		return err
	}
	list, err := p.record(ctx, get("/applications", "Cookie", cookie), http.StatusOK)
	if err != nil {
		return err
	}
	account, err := p.record(ctx, get("/account", "Cookie", cookie), http.StatusOK)
	if err != nil {
		return err
	}
	if err := errors.Join(shows(list, listRef(0)), shows(list, listRef(listLength-1)), shows(account, who.Email)); err != nil {
		return err
	}
	if p.floor, err = startFloor(floorSettings{Database: p.cluster.URL(), Email: who.Email,
		Answers: map[string]answer{listPath: list, heartPath: list, accountPath: account}}); err != nil {
		return err
	}
	for _, one := range []struct {
		name, what string
		goal       float64
		path, at   string
		page       answer
		round      time.Duration
	}{
		{"P3", fmt.Sprintf("list of %d applications, signed in", listLength), goalPrivate, "/applications", listPath, list, roundLength},
		{"", "  beside a floor that knows the account", 0, "/applications", heartPath, list, roundLength / 2},
		{"P3a", "account page, signed in", goalPrivate, "/account", accountPath, account, roundLength / 2},
	} {
		figure := same(one.name, one.what, one.goal, one.page, get(one.path, "Cookie", cookie), get(one.at, "Cookie", cookie))
		figure.round = one.round
		figure.ours.least, figure.ours.most = len(one.page.Body)-padding, len(one.page.Body)+padding
		if err := p.measure(ctx, out, figure); err != nil {
			return err
		}
	}
	p.floor.kill()
	p.floor = nil
	return nil
}

// shows checks that a compressed page holds the words.
func shows(a answer, words string) error {
	zipped, err := gzip.NewReader(bytes.NewReader(a.Body))
	if err != nil {
		return fmt.Errorf("a private page is not compressed: %w", err)
	}
	page, err := io.ReadAll(zipped)
	if err == nil && !bytes.Contains(page, []byte(words)) {
		err = fmt.Errorf("a private page does not show %q", words)
	}
	return err
}

// logged stops the portal and compares its access log with what it was asked.
func (p *place) logged(_ context.Context, out io.Writer) error {
	err := p.portal.end()
	p.portal = nil
	if err != nil {
		return err
	}
	lines, err := countLines(p.log(), []byte("ms 127.0.0.1 "))
	if err != nil {
		return err
	}
	if lines != p.asked {
		return fmt.Errorf("the access log has %d lines for %d requests", lines, p.asked)
	}
	line(out, "", "access log", "%d lines for %d requests   ok", lines, p.asked)
	return nil
}
