package component

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"softsci/internal/portal"
)

// said is how a marked word is announced, by its element.
var said = map[string]string{"del": "删去：", "ins": "新增："}

// Marked writes a text with its hits in elements of that name, del or ins, each announced
// by a word that is heard and not seen, and not a space more: the page keeps the text's
// line ends.
func Marked(spans []portal.Span, element string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var html strings.Builder
		for _, s := range spans {
			text := templ.EscapeString(s.Text)
			if s.Hit {
				text = "<" + element + `><span class="unseen">` + said[element] + "</span>" + text + "</" + element + ">"
			}
			html.WriteString(text)
		}
		_, err := io.WriteString(w, html.String())
		return err
	})
}
