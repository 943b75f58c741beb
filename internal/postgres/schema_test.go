package postgres_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"softsci/internal/pgtest"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

var update = flag.Bool("update", false, "write migrations/schema.sql anew")

const schemaFile = "../../migrations/schema.sql"

// TestSchemaFresh keeps the dump for readers in step with the migrations.
func TestSchemaFresh(t *testing.T) {
	t.Parallel()
	_, owner := pgtest.URLs(t)
	got := mustDump(t, owner)
	if *update {
		if err := os.WriteFile(schemaFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(schemaFile)
	if made, _, _ := strings.Cut(string(want), "\n"); err == nil && made != dumpHeader(t) {
		t.Skipf("the dump's form differs between major versions of PostgreSQL: the file says %q, here it is %q", made, dumpHeader(t))
	}
	if err != nil || string(want) != got {
		t.Fatalf("migrations/schema.sql is not what the migrations make (%v); run: go test ./internal/postgres -run TestSchemaFresh -update", err)
	}
}

func TestMigrationsUpDownUp(t *testing.T) {
	t.Parallel()
	owner := pgtest.Empty(t, "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")
	if err := postgres.Migrate(t.Context(), owner, owner); err != nil {
		t.Fatal(err)
	}
	first := mustDump(t, owner)
	if err := postgres.MigrateDown(owner); err != nil {
		t.Fatal(err)
	}
	conn := mustConnect(t, owner)
	var left []string
	if err := conn.QueryRow(t.Context(), `SELECT COALESCE(array_agg(table_schema || '.' || table_name), '{}') FROM information_schema.tables
		WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name <> 'schema_migrations'`).Scan(&left); err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("the way down leaves %v", left)
	}
	if err := postgres.Migrate(t.Context(), owner, owner); err != nil {
		t.Fatal(err)
	}
	if second := mustDump(t, owner); second != first {
		t.Error("up, down and up again makes another schema than up")
	}
}

// TestStepsMatchTransitions compares the database's own step table with the domain's.
func TestStepsMatchTransitions(t *testing.T) {
	t.Parallel()
	url, _ := pgtest.URLs(t)
	conn := mustConnect(t, url)
	if _, err := conn.Exec(t.Context(), "SET ROLE softsci_office"); err != nil {
		t.Fatal(err)
	}
	rows, _ := conn.Query(t.Context(), `SELECT from_status || ' → ' || to_status FROM status_step ORDER BY 1`)
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, s := range portal.Transitions {
		if step := string(s.From + " → " + s.To); s.From != s.To && s.To != portal.None && !slices.Contains(want, step) {
			want = append(want, step)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("status_step has %v, portal.Transitions %v", got, want)
	}
}

func TestBytewiseDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	owner := pgtest.Empty(t, "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
	if err := postgres.Migrate(t.Context(), owner, owner); err != nil {
		t.Fatal(err)
	}
	store, err := postgres.Open(t.Context(), owner, postgres.Options{})
	if err == nil {
		store.Close()
		t.Fatal("a database with lc_ctype C was accepted")
	}
	if !strings.Contains(err.Error(), "lc_ctype is C") || strings.Contains(err.Error(), "\n") {
		t.Errorf("the refusal is %q", err)
	}
}

func mustConnect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(t.Context()) })
	return conn
}

var volatileLines = regexp.MustCompile(`(?m)^(--.*|\\(un)?restrict .*|SET .*|SELECT pg_catalog\.set_config.*|)\n`)

// mustDump is the schema as pg_dump writes it, without what differs from run to run.
func mustDump(t *testing.T, owner string) string {
	t.Helper()
	cmd := exec.Command(pgDump(t), "--schema-only", "--no-owner", "--exclude-table=schema_migrations", owner)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	dump := volatileLines.ReplaceAllString(string(out), "")
	return dumpHeader(t) + "\n" + dump
}

var majorVersion = regexp.MustCompile(`\d+`)

func dumpHeader(t *testing.T) string {
	t.Helper()
	version, err := exec.Command(pgDump(t), "--version").Output()
	if err != nil {
		t.Fatalf("pg_dump --version: %v", err)
	}
	return "-- What the migrations make, for readers, as pg_dump " + majorVersion.FindString(string(version)) +
		" writes it. Made by: go test ./internal/postgres -run TestSchemaFresh -update"
}

func pgDump(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pg_dump")
	if err != nil || len(found) == 0 {
		return "pg_dump"
	}
	slices.Sort(found)
	return found[len(found)-1]
}
