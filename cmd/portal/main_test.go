package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"softsci/internal/config"
	"softsci/internal/guideline"
	"softsci/internal/portal"
	"softsci/internal/server"
)

// TestUsage: a wrong argument or setting is one line and exit code 2.
func TestUsage(t *testing.T) {
	t.Setenv("PORTAL_DATA", t.TempDir())
	for _, args := range [][]string{
		{"nonsense"}, {"serve", "now"}, {"migrate", "force"}, {"migrate", "force", "x"}, {"migrate", "back"}, {"import"}, {"import", "a", "--slug", "s"},
		{"import", "a", "--nope"}, {"import", "a", "--slug", "s", "--code", "C1", "--opens", "soon", "--closes", "later"},
		{"account"}, {"account", "add", "x@y.invalid"}, {"account", "add", "--role", "king", "x@y.invalid"}, {"account", "add", "--role", "admin", "nobody"},
		{"guideline"}, {"guideline", "parse"}, {"seed"}, {"seed", "many"}, {"seed", "0"},
	} {
		var out, told bytes.Buffer
		code := report(run(t.Context(), args, &out), &told)
		if code != exitUsage || strings.Count(told.String(), "\n") != 1 || out.Len() > 0 {
			t.Errorf("%v: exit %d, %q, %q", args, code, told.String(), out.String())
		}
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		err  error
		code int
		says string
	}{
		{nil, 0, ""},
		{fmt.Errorf("open: %w", &config.Error{Setting: "PORTAL_ADDR", Problem: "is wrong"}), exitUsage, "PORTAL_ADDR: is wrong"},
		{usageError("usage"), exitUsage, "usage"},
		{portal.Refuse(portal.NotNow, "不行"), exitFailed, "不行"},
		{errors.New("broken"), exitFailed, "broken"},
	} {
		var told bytes.Buffer
		if code := report(tc.err, &told); code != tc.code || !strings.Contains(told.String(), tc.says) {
			t.Errorf("%v: exit %d, %q", tc.err, code, told.String())
		}
	}
}

func TestParseTime(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 12, 24, 17, 0, 0, 0, portal.Shanghai)
	for _, value := range []string{"2026-12-24T17:00", "2026-12-24 17:00", "2026-12-24T17:00:00", "2026-12-24T09:00:00Z", "2026-12-24T17:00:00+08:00"} {
		if got, err := parseTime("--opens", value); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v", value, got, err)
		}
	}
}

func TestGuidelineParse(t *testing.T) {
	t.Parallel()
	const fixtures = "../../internal/guideline/testdata/"
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, guideline.Shipped, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{file, fixtures + "shipped-auto.docx", fixtures + "shipped.doc"} {
		var out bytes.Buffer
		if err := run(t.Context(), []string{"guideline", "parse", file}, &out); err != nil {
			t.Fatal(err)
		}
		var got struct{ Topics []struct{ Title string } }
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got.Topics) != 10 {
			t.Errorf("%s: %d topics, %v", file, len(got.Topics), err)
		}
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"guideline", "parse", "/nowhere"}, &out); err == nil || !strings.Contains(err.Error(), "/nowhere") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestDemo: the demonstration's people are nobody, and can sign in.
func TestDemo(t *testing.T) {
	t.Parallel()
	code, err := demoUnitCode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := portal.ParseUnitCode(string(code)); err != nil || string(code)[2:8] != "000000" {
		t.Errorf("unit code %s: %v", code, err)
	}
	if a, b := demoPassword(), demoPassword(); a == b || len(a) < 12 {
		t.Errorf("passwords %q and %q", a, b)
	}
	file := filepath.Join(t.TempDir(), "demo-accounts.json")
	want := []demoAccount{{portal.RoleApplicant, "甲", "a@demo.invalid", "x"}}
	if err := writeDemoAccounts(file, want); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if got, err := readDemoAccounts(file); err != nil || len(got) != 1 || got[0] != want[0] {
		t.Errorf("read back %v, %v", got, err)
	}
	if got, err := readDemoAccounts(file + "x"); got != nil || err != nil {
		t.Errorf("no file: %v, %v", got, err)
	}
}

func TestAccessLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	l := newAccessLog(&out)
	l.Write(server.Line{At: time.Date(2026, 3, 1, 1, 2, 3, 4e6, time.UTC), Took: 1500 * time.Microsecond, Method: "GET", Path: "/help", Status: 200, Bytes: 42,
		Address: netip.MustParseAddr("192.0.2.1"), RequestID: "ABC-1"})
	l.Close()
	if got, want := out.String(), "2026-03-01T09:02:03.004+08:00 GET /help 200 42 1.500ms 192.0.2.1 ABC-1\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
