package house

import (
	"flag"
	"os"
	"strings"
	"testing"

	"softsci/internal/config"
	"softsci/internal/portal"
)

var update = flag.Bool("update", false, "write the README's generated parts anew")

const readme = "../../README.md"

// TestREADME keeps the generated parts of the front door true: the table of settings
// and the diagram of an application's life.
func TestREADME(t *testing.T) {
	raw, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for name, want := range map[string]string{"settings": config.Table(), "diagram": "```mermaid\n" + portal.Diagram() + "```\n"} {
		text = mustReplacePart(t, text, name, want)
	}
	if text == string(raw) {
		return
	}
	if !*update {
		t.Fatal("README.md's generated parts are not up to date; run: go test ./internal/house -run TestREADME -update")
	}
	if err := os.WriteFile(readme, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// mustReplacePart puts text between a part's two markers.
func mustReplacePart(t *testing.T, text, name, part string) string {
	t.Helper()
	opening, closing := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
	before, rest, ok := strings.Cut(text, opening)
	_, after, ended := strings.Cut(rest, closing)
	if !ok || !ended {
		t.Fatalf("README.md has no part %q", name)
	}
	return before + opening + part + closing + after
}
