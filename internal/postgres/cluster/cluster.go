// Package cluster keeps a private PostgreSQL cluster for the portal, so that `make run` and the tests need no database
// server, no port and no password: only the programs of the distribution's PostgreSQL package.
//
// Everything lives in one folder, <data>/postgres: the cluster itself (data), its socket (run), its log (log) and two
// lock files. Any number of portal processes may call Start for the same folder; the first starts the server, the
// others join it, and the last one to Close stops it. Killed processes and servers leave nothing behind that the next
// Start does not put right by itself.
package cluster

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Owner is the cluster's bootstrap superuser. It owns every database and runs the migrations; the portal itself signs
// in as the unprivileged Options.User.
const Owner = "postgres"

// stopTimeout bounds what Close waits for: other processes that are starting or stopping, then the server itself,
// which writes a checkpoint before it ends.
const stopTimeout = time.Minute

// Options say where a cluster lives and how its server runs. The settings of the server apply to the process that
// starts it; whoever joins takes the server as it runs.
type Options struct {
	Data           string       // folder of the portal's data; the cluster takes <Data>/postgres
	User           string       // unprivileged login role to ensure; softsci when empty
	Database       string       // database to ensure; softsci when empty
	MaxConnections int          // 100 when zero
	Volatile       bool         // for tests: nothing is flushed to the disk; a crash may lose the last rows or all
	Log            *slog.Logger // what happens on the way; silent when nil
}

// Cluster is one process's hold on a running private cluster. Its methods may be called at the same time.
type Cluster struct {
	options  Options
	place    place
	programs string   // folder of initdb, postgres and pg_ctl
	socket   string   // folder of the server's socket
	users    *os.File // locked shared as long as this process uses the server

	closing sync.Once
	closed  error
}

// Start joins the private cluster below o.Data, after creating and starting it when need be, and ensures o.User and
// o.Database. It waits as long as ctx allows for other starting processes and for the recovery after a crash.
//
// Errors are one line for the person at the terminal: PostgreSQL's programs are missing or of another major version
// than the data; the folder belongs to another user or cannot be reached; or what initdb or the server complained of,
// a full disk for example.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	if o.User == "" {
		o.User = "softsci"
	}
	if o.Database == "" {
		o.Database = "softsci"
	}
	if o.MaxConnections == 0 {
		o.MaxConnections = 100
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	c := &Cluster{options: o}
	if err := c.start(ctx); err != nil {
		return nil, fmt.Errorf("private PostgreSQL for %s: %w", o.Data, err)
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context) error {
	candidates, err := programFolders()
	if err != nil {
		return err
	}
	if c.place, err = settle(c.options.Data); err != nil {
		return err
	}
	if c.programs, err = c.choosePrograms(ctx, candidates); err != nil {
		return err
	}
	if c.socket, err = c.place.socketFolder(); err != nil {
		return err
	}
	starting, err := c.lock(ctx, "start.lock", syscall.LOCK_EX)
	if err != nil {
		return err
	}
	defer starting.Close()
	if c.users, err = c.lock(ctx, "users.lock", syscall.LOCK_SH); err != nil {
		return err
	}
	if err := c.up(ctx, starting); err != nil {
		return errors.Join(err, c.leave())
	}
	return nil
}

// Close gives up the hold on the cluster; the last process to do so stops the server. Calling it again returns the
// first result. An error means that the server may still run; the next Start will join it.
func (c *Cluster) Close() error {
	c.closing.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		starting, err := c.lock(ctx, "start.lock", syscall.LOCK_EX)
		if err != nil {
			c.users.Close()
			c.closed = err
			return
		}
		defer starting.Close()
		c.closed = c.leave()
	})
	return c.closed
}

// leave must be called with start.lock held, so that nobody joins a server that is about to stop.
func (c *Cluster) leave() error {
	defer c.users.Close()
	if err := syscall.Flock(int(c.users.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil // others are still in
	}
	return c.stop()
}

// URL is where the portal signs in: Options.Database as the unprivileged Options.User, over the local socket.
func (c *Cluster) URL() string { return c.DatabaseURL(c.options.User, c.options.Database) }

// OwnerURL is where migrations sign in: Options.Database as its owner, a superuser.
func (c *Cluster) OwnerURL() string { return c.DatabaseURL(Owner, c.options.Database) }

// DatabaseURL names any database of the cluster as seen by any of its roles, in the form pgx and libpq read.
func (c *Cluster) DatabaseURL(role, database string) string {
	// libpq does not read + as a blank.
	host := strings.ReplaceAll(url.QueryEscape(c.socket), "+", "%20")
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database}
	u.RawQuery = "host=" + host + "&port=" + port
	return u.String()
}

// Moved returns the folder of the cluster, and whether it is another than <Data>/postgres because the user that runs
// the server cannot reach that one. It is then kept when Data is deleted.
func (c *Cluster) Moved() (string, bool) { return c.place.home, c.place.moved }

func (c *Cluster) path(name string) string { return filepath.Join(c.place.home, name) }
