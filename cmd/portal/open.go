package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"

	"softsci/internal/auth"
	"softsci/internal/clamd"
	"softsci/internal/config"
	"softsci/internal/desk"
	"softsci/internal/job"
	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/postgres/cluster"
)

// place is the opened portal: its settings and everything behind its pages.
type place struct {
	config    config.Config
	cluster   *cluster.Cluster // nil with a server of the operator's
	ownerURL  string
	store     *postgres.Store
	jobs      *job.Client
	desk      *desk.Desk
	passwords *auth.Passwords
	log       *slog.Logger
}

// dataMode lets the unprivileged database user pass through the data folder; what
// is private in it has modes of its own.
const dataMode = 0o711

// open reads the settings, starts or joins the private database unless another is
// named, migrates it and puts the parts together. Close undoes it.
func open(ctx context.Context, out io.Writer) (_ *place, err error) {
	c, err := config.Load(os.Environ())
	if err != nil {
		return nil, err
	}
	p := &place{config: c, log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	if err := os.MkdirAll(c.Data, dataMode); err != nil {
		return nil, &config.Error{Setting: "PORTAL_DATA", Problem: err.Error()}
	}
	if err := p.config.LoadSecret(rand.Reader); err != nil {
		return nil, err
	}
	if err := p.openDatabase(ctx, out); err != nil {
		return nil, err
	}
	return p, p.assemble()
}

func (p *place) openDatabase(ctx context.Context, out io.Writer) error {
	portalURL, ownerURL := p.config.DatabaseURL.Reveal(), p.config.DatabaseOwnerURL.Reveal()
	if portalURL == "" {
		c, err := startPrivate(ctx, p.config)
		if err != nil {
			return err
		}
		p.cluster = c
		portalURL, ownerURL = c.URL(), c.OwnerURL()
		if where, moved := c.Moved(); moved {
			fmt.Fprintf(out, "The database user cannot reach %s, so the database alone is in %s.\n", p.config.Data, where)
		}
	}
	p.ownerURL = ownerURL
	if err := postgres.Migrate(ctx, ownerURL, portalURL); err != nil {
		return err
	}
	store, err := postgres.Open(ctx, portalURL, postgres.Options{})
	p.store = store
	return err
}

func startPrivate(ctx context.Context, c config.Config) (*cluster.Cluster, error) {
	return cluster.Start(ctx, cluster.Options{Data: c.Data})
}

func (p *place) assemble() (err error) {
	site, err := url.Parse(p.config.URL)
	if err != nil {
		return err
	}
	secret := []byte(p.config.Secret.Reveal())
	if p.jobs, err = job.New(p.store, p.sender(site.Host), p.scanner(), secret, p.log); err != nil {
		return err
	}
	p.passwords = auth.NewPasswords()
	p.desk = desk.New(desk.Parts{Store: p.store, Queue: p.jobs, Passwords: p.passwords, Random: rand.Reader,
		Letters: mail.Letters{Site: p.config.Site.Name, URL: p.config.URL}, Secret: secret, Scans: p.config.Clamd != ""})
	return nil
}

// scanner is nil where attachments are not scanned.
func (p *place) scanner() job.Scanner {
	if p.config.Clamd == "" {
		return nil
	}
	return clamd.New(p.config.Clamd)
}

func (p *place) sender(host string) mail.Sender {
	head := mail.Letterhead{Name: p.config.Site.Name, Host: host}
	if s := p.config.SMTP; s != nil {
		head.From = s.From
		return mail.SMTP{Letterhead: head, Server: s.Host, Port: s.Port, User: s.User.Reveal(), Pass: s.Password.Reveal(), TLS: s.TLS}
	}
	return mail.File{Letterhead: head, Dir: filepath.Join(p.config.Data, "mail")}
}

// system is the actor of what is done from the command line.
func (p *place) system() portal.System {
	return portal.MintSystem(portal.Visit{RequestID: "command line", Arrived: p.store.Now()})
}

func (p *place) close() {
	if p.store != nil {
		p.store.Close()
	}
	if p.cluster != nil {
		if err := p.cluster.Close(); err != nil {
			p.log.Error("stop the private database", "error", err)
		}
	}
}
