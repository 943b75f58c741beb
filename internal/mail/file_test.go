package mail

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mustReadOnly reads the only file of a folder.
func mustReadOnly(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("entries %v, %v; want one", entries, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, entries[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFile(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "var", "mail")
	sender, m := File{letterhead, dir}, testMessage()
	for range 2 { // a retry replaces its file
		if err := sender.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	raw := mustReadOnly(t, dir)
	checkMail(t, raw, m)
	if !strings.Contains(raw, "\r\nhttp://127.0.0.1:8080/invitations/abc=def\r\n") {
		t.Errorf("link cannot be copied out of\n%s", raw)
	}
	name := filepath.Join(dir, "20230428T090000.000000Z-0000000017.eml")
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

func TestFileWithoutSender(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := (File{Letterhead{Name: "软科学研究申报", Host: "127.0.0.1:8080"}, dir}).Send(t.Context(), testMessage()); err != nil {
		t.Fatal(err)
	}
	if raw := mustReadOnly(t, dir); !strings.Contains(raw, "<no-reply@portal.invalid>") {
		t.Errorf("from nowhere is not said in\n%s", raw)
	}
}

func TestFileFailures(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (File{letterhead, file}).Send(t.Context(), testMessage()); err == nil || Permanent(err) {
		t.Errorf("a file in the folder's place: %v, want a temporary error", err)
	}
	taken := t.TempDir()
	if err := os.MkdirAll(filepath.Join(taken, fileName(testMessage()), "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := (File{letterhead, taken}).Send(t.Context(), testMessage()); err == nil || Permanent(err) {
		t.Errorf("a folder in the file's place: %v, want a temporary error", err)
	}
	if entries, _ := os.ReadDir(taken); len(entries) != 1 {
		t.Errorf("left %v behind", entries)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (File{letterhead, t.TempDir()}).Send(cancelled, testMessage()); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: %v", err)
	}
}
