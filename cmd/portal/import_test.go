package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"softsci/internal/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// TestImport imports the shipped document in the formats in which people send it.
func TestImport(t *testing.T) {
	url, owner := pgtest.URLs(t)
	t.Setenv("PORTAL_DATABASE_URL", url)
	t.Setenv("PORTAL_DATABASE_OWNER_URL", owner)
	t.Setenv("PORTAL_DATA", t.TempDir())
	const fixtures = "../../internal/guideline/testdata/"
	for _, tc := range []struct{ file, code, want string }{
		{"shipped-auto.docx", "A1", "batch a1: 10 topics, 3 findings, published: false\n"},
		{"shipped.doc", "B1", "batch b1: 10 topics, 4 findings, published: false\n"},
		{"shipped-gb18030.txt", "C1", "batch c1: 10 topics, 4 findings, published: false\n"},
	} {
		var out bytes.Buffer
		err := run(t.Context(), []string{"import", fixtures + tc.file, "--slug", strings.ToLower(tc.code), "--code", tc.code, "--opens", "2027-03-01T09:00", "--closes", "2027-03-31T17:00"}, &out)
		if err != nil || out.String() != tc.want {
			t.Errorf("%s: %q, %v; want %q", tc.file, out.String(), err, tc.want)
		}
	}
}

// TestImportRefuses: a file that cannot be read is named, with the reason.
func TestImportRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "指南.doc")
	if err := os.WriteFile(file, []byte(`{\rtf1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"import", file, "--slug", "a", "--code", "A1", "--opens", "2027-03-01T09:00", "--closes", "2027-03-31T17:00"},
		{"guideline", "parse", file},
	} {
		var out bytes.Buffer
		err := run(t.Context(), args, &out)
		if err == nil || !strings.HasPrefix(err.Error(), file+": 这是 RTF 文件") || out.Len() > 0 {
			t.Errorf("%s: %q, %v", args[0], out.String(), err)
		}
	}
}
