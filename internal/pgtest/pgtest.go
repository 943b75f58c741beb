// Package pgtest gives every test a database of its own: a clone of a migrated
// template on one private server, which all test programs of a run share and the
// last one stops.
package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"softsci/internal/postgres"
	"softsci/internal/postgres/cluster"
	"softsci/migrations"
)

const loginRole = "softsci"

// connections bounds a test store's two pools; the server takes 400 in all.
const (
	connections = 4
	serverLimit = 400
)

var shared struct {
	once     sync.Once
	cluster  *cluster.Cluster
	template string
	err      error
}

var databases atomic.Int64

// Main runs a package's tests and then lets go of the server. It belongs into the
// TestMain of every package that uses databases.
func Main(m *testing.M) {
	code := m.Run()
	if shared.cluster != nil {
		if err := shared.cluster.Close(); err != nil {
			fmt.Fprintln(os.Stderr, "pgtest:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// URLs are the addresses of a fresh database, as the portal and as its owner. It
// is dropped when the test ends.
func URLs(t testing.TB) (portal, owner string) {
	t.Helper()
	server := mustServer(t)
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), databases.Add(1))
	mustAdmin(t, "CREATE DATABASE "+name+" TEMPLATE "+shared.template)
	t.Cleanup(func() { mustAdmin(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return server.DatabaseURL(loginRole, name), server.DatabaseURL(cluster.Owner, name)
}

// Empty is the owner's address of a fresh database without a schema, made with
// the given options of CREATE DATABASE.
func Empty(t testing.TB, options string) (owner string) {
	t.Helper()
	server := mustServer(t)
	name := fmt.Sprintf("empty_%d_%d", os.Getpid(), databases.Add(1))
	mustAdmin(t, "CREATE DATABASE "+name+" TEMPLATE template0 "+options)
	t.Cleanup(func() { mustAdmin(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return server.DatabaseURL(cluster.Owner, name)
}

// Store is an open store on a fresh database.
func Store(t testing.TB) *postgres.Store {
	t.Helper()
	url, _ := URLs(t)
	return Open(t, url, postgres.Options{})
}

// Open opens a store that is closed before the database is dropped.
func Open(t testing.TB, url string, o postgres.Options) *postgres.Store {
	t.Helper()
	if o.MaxConns == 0 {
		o.MaxConns = connections
	}
	store, err := postgres.Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

func mustServer(t testing.TB) *cluster.Cluster {
	t.Helper()
	shared.once.Do(func() { shared.cluster, shared.template, shared.err = start() })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.cluster
}

// start joins the run's server and makes the template unless another program has.
func start() (*cluster.Cluster, string, error) {
	ctx := context.Background()
	data := filepath.Join(os.TempDir(), fmt.Sprintf("softsci-pgtest-%d", os.Getuid()))
	if err := os.MkdirAll(data, 0o755); err != nil {
		return nil, "", err
	}
	c, err := cluster.Start(ctx, cluster.Options{Data: data, Volatile: true, MaxConnections: serverLimit})
	if err != nil {
		return nil, "", err
	}
	name, err := makeTemplate(ctx, c)
	return c, name, err
}

// makeTemplate migrates a database named after the migrations, so that an old one
// is never taken for a new one. A lock makes one program do it.
func makeTemplate(ctx context.Context, c *cluster.Cluster) (string, error) {
	sum, err := migrationsHash()
	if err != nil {
		return "", err
	}
	name := "template_" + sum
	conn, err := pgx.Connect(ctx, c.DatabaseURL(cluster.Owner, "postgres"))
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(7)"); err != nil {
		return "", err
	}
	var there bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return name, err
	}
	half := name + "_making"
	for _, sql := range []string{"DROP DATABASE IF EXISTS " + half, "CREATE DATABASE " + half} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return "", err
		}
	}
	if err := postgres.Migrate(ctx, c.DatabaseURL(cluster.Owner, half), c.DatabaseURL(loginRole, half)); err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, "ALTER DATABASE "+half+" RENAME TO "+name)
	return name, err
}

func migrationsHash() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(migrations.Files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".sql") {
			return err
		}
		raw, err := fs.ReadFile(migrations.Files, path)
		fmt.Fprintln(h, path, len(raw))
		h.Write(raw)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)[:6]), err
}

func mustAdmin(t testing.TB, sql string) {
	t.Helper()
	ctx := context.Background() // cleanups run after the test's own context has ended
	conn, err := pgx.Connect(ctx, shared.cluster.DatabaseURL(cluster.Owner, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
