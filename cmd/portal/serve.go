package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"softsci/internal/auth"
	"softsci/internal/document"
	"softsci/internal/postgres"
	"softsci/internal/server"
	"softsci/web/asset"
	"softsci/web/layout"
)

// Time limits of the HTTP server and of an orderly end.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 2 * time.Minute
	shutdownTimeout   = 20 * time.Second
	clockInterval     = time.Minute
)

// collectAt lets the heap grow to four times what lives, some 20 MB more in all: what
// lives is so little that collecting at twice as much takes a seventh of a page's time.
const collectAt = 300

// serve runs the portal until it is told to stop.
func serve(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 {
		return usageError("serve takes no arguments; its settings are environment variables (README.md)")
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	p, err := open(ctx, out)
	if err != nil {
		return err
	}
	defer p.close()
	if p.config.Demo {
		if err := p.demo(ctx, out); err != nil {
			return fmt.Errorf("make the demonstration data: %w", err)
		}
	}
	access := newAccessLog(out)
	defer access.Close()
	key, err := p.signingKey(ctx)
	if err != nil {
		return fmt.Errorf("the key of the receipts: %w", err)
	}
	s, err := p.server(access, key)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", p.config.Addr)
	if err != nil {
		return fmt.Errorf("listen on PORTAL_ADDR %s: %w", p.config.Addr, err)
	}
	fmt.Fprintf(out, "portal %s serves %s (Ctrl-C stops)\n", version, p.config.URL)
	return p.run(ctx, s, listener)
}

func (p *place) server(access *accessLog, key document.Key) (*server.Server, error) {
	assets, err := asset.Load()
	if err != nil {
		return nil, err
	}
	c := p.config
	sessions := auth.NewManager(postgres.Sessions{Store: p.store}, p.store, strings.HasPrefix(c.URL, "https:"))
	return server.New(server.Parts{Desk: p.desk, Auth: sessions, Assets: assets, TrustedProxies: c.TrustedProxies, Log: p.log, Access: access.Write, Key: key,
		Site: layout.Site{Name: c.Site.Name, URL: c.URL, CSS: assets.CSS, JS: assets.JS, Icon: assets.Icon, Organiser: c.Site.Organiser,
			Contact: c.Site.Contact, ICP: c.Site.ICP, Police: c.Site.Police, Code: c.Site.Code}}), nil
}

// run serves until the context ends, then stops in order: not ready, requests
// finish, jobs finish; the caller closes the database.
func (p *place) run(ctx context.Context, s *server.Server, listener net.Listener) error {
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	if err := p.jobs.Start(background); err != nil {
		return fmt.Errorf("start background work: %w", err)
	}
	debug.FreeOSMemory() // of compressing the assets and of the migrations: it is not needed again
	go s.Watch(background)
	go p.keepTime(background)
	web := &http.Server{Handler: s, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.Close()
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer stop()
	return errors.Join(web.Shutdown(last), p.jobs.Stop(last))
}

// keepTime measures the database's clock again and again, since clocks drift.
func (p *place) keepTime(ctx context.Context) {
	tick := time.NewTicker(clockInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := p.store.Sync(ctx); err != nil && ctx.Err() == nil {
				p.log.Warn("the database's clock could not be read", "error", err)
			}
		}
	}
}
