package component

import (
	"context"
	"io"
	"regexp"
	"strings"

	"github.com/a-h/templ"
)

// address is a page's address within a text: ASCII alone, because Chinese words follow
// it without a space, and no quotes or angle brackets.
var address = regexp.MustCompile(`https?://[!#-;=?-~]+`)

// Notes is what somebody wrote for the readers of a page: paragraphs parted by empty
// lines, their line ends kept, and addresses of pages in them as links.
func Notes(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var html strings.Builder
		for _, paragraph := range noteParagraphs(text) {
			html.WriteString(`<p class="note">` + linked(paragraph) + "</p>")
		}
		_, err := io.WriteString(w, html.String())
		return err
	})
}

// noteParagraphs cuts a text at its empty lines.
func noteParagraphs(text string) []string {
	var all []string
	var lines []string
	end := func() {
		if len(lines) > 0 {
			all, lines = append(all, strings.Join(lines, "\n")), nil
		}
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			end()
		} else {
			lines = append(lines, line)
		}
	}
	end()
	return all
}

// linked is a text as HTML with its addresses as links.
func linked(text string) string {
	var html strings.Builder
	rest := 0
	for _, at := range address.FindAllStringIndex(text, -1) {
		url := bareAddress(text[at[0]:at[1]])
		html.WriteString(templ.EscapeString(text[rest:at[0]]))
		html.WriteString(`<a rel="noopener" href="` + templ.EscapeString(url) + `">` + templ.EscapeString(url) + "</a>")
		rest = at[0] + len(url)
	}
	html.WriteString(templ.EscapeString(text[rest:]))
	return html.String()
}

// bareAddress leaves out the marks that end a sentence behind an address, and a
// bracket that was opened before it.
func bareAddress(url string) string {
	for {
		bare := strings.TrimRight(url, `.,;:!?'`)
		if strings.HasSuffix(bare, ")") && strings.Count(bare, ")") > strings.Count(bare, "(") {
			bare = strings.TrimSuffix(bare, ")")
		}
		if bare == url {
			return url
		}
		url = bare
	}
}
