// Package pagetest renders pages and their parts for tests, keeps the rules that
// every page keeps, and looks for words.
package pagetest

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

var (
	tags    = regexp.MustCompile(`<(/?)(h1|label|input|select|textarea)\b([^>]*)>`)
	attr    = regexp.MustCompile(`\b(id|for|type|aria-label)="([^"]*)"`)
	refused = regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|javascript:`)
)

// MustRender is a component as HTML.
func MustRender(t *testing.T, c templ.Component) string {
	t.Helper()
	var out strings.Builder
	if err := c.Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// MustPage renders a page and keeps the rules of every page: one h1, a label for
// every control, nothing inline.
func MustPage(t *testing.T, page templ.Component) string {
	t.Helper()
	text := MustRender(t, page)
	headings, inLabel := 0, false
	labelled := map[string]bool{}
	all := tags.FindAllStringSubmatch(text, -1)
	for _, m := range all {
		if m[2] == "label" {
			labelled[attributes(m[3])["for"]] = true
		}
	}
	for _, m := range all {
		a, opens := attributes(m[3]), m[1] == ""
		switch {
		case m[2] == "label":
			inLabel = opens
		case m[2] == "h1" && opens:
			headings++
		case opens && m[2] != "h1" && a["type"] != "hidden" && a["aria-label"] == "" && !inLabel && (a["id"] == "" || !labelled[a["id"]]):
			t.Errorf("no label: %s", m[0])
		}
	}
	if headings != 1 {
		t.Errorf("%d headings h1", headings)
	}
	if found := refused.FindString(text); found != "" {
		t.Errorf("inline: %q", found)
	}
	return text
}

func attributes(tag string) map[string]string {
	all := map[string]string{}
	for _, m := range attr.FindAllStringSubmatch(tag, -1) {
		all[m[1]] = m[2]
	}
	return all
}

// MustHold fails unless the page holds each of the texts.
func MustHold(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not hold %q:\n%s", text, main(page))
		}
	}
}

// MustLack fails if the page holds one of the texts.
func MustLack(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			t.Errorf("the page holds %q:\n%s", text, main(page))
		}
	}
}

// main is what a page has of its own, all of what is no page.
func main(page string) string {
	_, rest, ok := strings.Cut(page, "<main")
	if !ok {
		return page
	}
	own, _, _ := strings.Cut(rest, "</main>")
	return "<main" + own
}
