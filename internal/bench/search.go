package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"time"

	"softsci/internal/desk"
	"softsci/internal/postgres/cluster"
)

const (
	fewApplications  = 5_000
	manyApplications = 200_000

	limitSearch  = 1.5 // times as long among many as among few
	limitQuick   = 5 * time.Millisecond
	limitRare    = 50 * time.Millisecond
	limitSeeding = 2 * time.Minute
)

// library is another portal beside the one under test, full of applications.
type library struct {
	*process
	contact, admin string // cookies
	seeded         time.Duration
}

// searches measures P5.
func (p *place) searches(ctx context.Context, out io.Writer) (err error) {
	few, err := p.openLibrary(ctx, fewApplications)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, few.end()) }()
	many, err := p.openLibrary(ctx, manyApplications)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, many.end()) }()
	line(out, "", fmt.Sprintf("bin/portal seed %d", manyApplications), "%.0f s   limit %.0f s   %s", many.seeded.Seconds(), limitSeeding.Seconds(), within(many.seeded <= limitSeeding))
	for _, search := range []struct{ what, query string }{
		{"a contact's 500, no words", ""},
		{"  a word in 30 %", desk.SeedCommon},
		{"  a word in 1 %", desk.SeedSeldom},
		{"  a word in five", desk.SeedRare},
		{"  a word and a field", "状态:待受理 " + desk.SeedCommon},
	} {
		a, err := many.search(ctx, "/desk", many.contact, search.query)
		if err != nil {
			return err
		}
		b, err := few.search(ctx, "/desk", few.contact, search.query)
		if err != nil {
			return err
		}
		both, err := alternate(ctx, b, a)
		if err != nil {
			return fmt.Errorf("P5: %w", err)
		}
		o := both[0]
		ok := o.ratio >= 1/limitSearch || o.ours.p50 <= limitQuick
		line(out, "P5", search.what, "%.2f (%.2f–%.2f) times as long among %d   limit %.2f or %.0f ms   %s   p50 %.2f ms   among %d %.2f ms",
			1/o.ratio, 1/o.high, 1/o.low, manyApplications, limitSearch, milliseconds(limitQuick), within(ok), milliseconds(o.ours.p50), fewApplications, milliseconds(o.floor.p50))
	}
	rare, err := many.search(ctx, "/admin/applications", many.admin, desk.SeedRare)
	if err != nil {
		return err
	}
	var rounded []tally
	for range rounds {
		t, err := rare(ctx)
		if err != nil {
			return fmt.Errorf("P5: %w", err)
		}
		rounded = append(rounded, t)
	}
	t := medians(rounded)
	line(out, "P5", "an administrator's rare word", "%s   limit p50 %.0f ms   %s", t, milliseconds(limitRare), within(t.p50 <= limitRare))
	return nil
}

// openLibrary fills a database of its own with applications and serves it.
func (p *place) openLibrary(ctx context.Context, n int) (*library, error) {
	name := fmt.Sprintf("library_%d", n)
	if err := p.do(ctx, "CREATE DATABASE "+name); err != nil {
		return nil, err
	}
	login, err := url.Parse(p.cluster.URL())
	if err != nil {
		return nil, err
	}
	data := filepath.Join(p.dir, name)
	settings := []string{"PORTAL_DATA=" + data, "PORTAL_DATABASE_URL=" + p.cluster.DatabaseURL(login.User.Username(), name),
		"PORTAL_DATABASE_OWNER_URL=" + p.cluster.DatabaseURL(cluster.Owner, name)}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	filling := p.command(address, "0", "seed", fmt.Sprint(n))
	filling.Env = append(filling.Env, settings...)
	began := time.Now()
	if said, err := filling.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("portal seed: %w\n%s", err, said)
	}
	l := &library{seeded: time.Since(began)}
	serving := p.command(address, "0", "serve")
	serving.Env = append(serving.Env, settings...)
	if l.process, err = startServing(ctx, serving, address, nil); err != nil {
		return nil, err
	}
	if err := l.enter(ctx, data); err != nil {
		return nil, errors.Join(err, l.end())
	}
	return l, nil
}

// enter signs the first contact and the administrator in.
func (l *library) enter(ctx context.Context, data string) error {
	for role, cookie := range map[string]*string{"contact": &l.contact, "admin": &l.admin} {
		who, err := personOf(data, role)
		if err != nil {
			return err
		}
		if *cookie, err = signInAt(ctx, l.address, who); err != nil {
			return err
		}
	}
	return nil
}

// search is a round of one browser that asks for a list again and again.
func (l *library) search(ctx context.Context, path, cookie, query string) (run, error) {
	request := get(path+"?q="+url.QueryEscape(query), "Cookie", cookie)
	page, err := fetch(ctx, l.address, request)
	if err == nil && page.Status != http.StatusOK {
		err = fmt.Errorf("the search for %q answered %d", query, page.Status)
	}
	if err := errors.Join(err, shows(page, "份</span>")); err != nil {
		return nil, err
	}
	e := exchange{request, http.StatusOK, len(page.Body) - padding, len(page.Body) + padding}
	return func(ctx context.Context) (tally, error) {
		w, err := dial(ctx, l.address)
		if err != nil {
			return tally{}, err
		}
		defer w.Close()
		begin := time.Now().Add(warmUp)
		takes, count, err := w.repeat(ctx, e, begin, begin.Add(roundLength/2))
		t := sum(takes, roundLength/2)
		t.requests = count
		return t, err
	}, nil
}
