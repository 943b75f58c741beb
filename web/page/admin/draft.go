package admin

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/layout"
)

func topicURL(b portal.Batch, id int64) string { return batchURL(b.Slug) + "/draft/topics/" + key(id) }

func key(id int64) string { return strconv.FormatInt(id, 10) }

// broad is the frame with the whole width, for two columns to be compared.
func broad(p layout.Props) layout.Props {
	p.Wide = true
	return p
}

// phraseOf is what a batch is called: its title, or its slug while it has none.
func phraseOf(b portal.Batch) templ.Component {
	if b.Version.Title == "" {
		return component.Phrase(b.Slug)
	}
	return component.Phrase(b.Version.Title)
}

// formats are the documents that can be read, in words.
func (p IntakeProps) formats() string {
	if p.PDF {
		return "Word（.docx、.doc）、WPS（.wps）、PDF 或文本文件（.txt）"
	}
	return "Word（.docx、.doc）、WPS（.wps）或文本文件（.txt）"
}

// accept are the same for the browser.
func (p IntakeProps) accept() string {
	if p.PDF {
		return ".docx,.doc,.wps,.pdf,.txt"
	}
	return ".docx,.doc,.wps,.txt"
}

// openTag says how many doubts are left.
func openTag(open int) component.TagProps {
	if open == 0 {
		return component.TagProps{Label: "没有存疑", Shape: component.ShapeDone}
	}
	return component.TagProps{Label: number(open) + " 处存疑", Shape: component.ShapeBack}
}

func doubtTag(d DoubtRow) component.TagProps {
	switch {
	case !d.Asks:
		return component.TagProps{Label: "提示", Shape: component.ShapeNone}
	case d.Confirmed:
		return component.TagProps{Label: "已核对", Shape: component.ShapeDone}
	}
	return component.TagProps{Label: "存疑", Shape: component.ShapeBack}
}

// parted are the doubts that somebody still has to look at, and the others.
func parted(doubts []DoubtRow) (open, rest []DoubtRow) {
	for _, d := range doubts {
		if d.Asks && !d.Confirmed {
			open = append(open, d)
		} else {
			rest = append(rest, d)
		}
	}
	return open, rest
}

// restLabel counts what is folded: 3 条提示，2 处已核对.
func restLabel(rest []DoubtRow) string {
	notes := 0
	for _, d := range rest {
		if !d.Asks {
			notes++
		}
	}
	var parts []string
	if notes > 0 {
		parts = append(parts, number(notes)+" 条提示")
	}
	if confirmed := len(rest) - notes; confirmed > 0 {
		parts = append(parts, number(confirmed)+" 处已核对")
	}
	return strings.Join(parts, "，")
}

// beside is a doubt as it stands at its topic, where the field is in sight.
func beside(d DoubtRow) DoubtRow {
	d.Href = ""
	return d
}

// standing says what a topic's number will be, or is for ever.
func (t DraftTopic) standing() string {
	switch {
	case t.Ordinal == 0:
		return "尚未公布"
	case t.Ordinal != t.Position:
		return "公布的题号 " + number(t.Ordinal) + "，不再改变"
	}
	return "题号已公布，不再改变"
}

// removal is the word for taking a topic away: once it was public it is not deleted.
func (t DraftTopic) removal(correction bool) string {
	if correction && t.Ordinal > 0 {
		return "停用"
	}
	return "删除"
}

// doubted reports whether an open doubt stands on the field.
func (t DraftTopic) doubted(f *form.Field) bool {
	for _, d := range t.Doubts {
		if d.Asks && !d.Confirmed && d.Href == "#"+f.ID() {
			return true
		}
	}
	return false
}

// brief reports whether a field of a topic shares its line with another.
func brief(f *form.Field) bool { return f.Name == "label" || f.Name == "group" }

// mishaps are what could not be saved, each with its topic. What is only incomplete
// stands beside its field.
func mishaps(p DraftProps) []form.Problem {
	if !p.Layout.Error {
		return nil
	}
	var all []form.Problem
	for _, t := range p.Topics {
		for _, problem := range t.Form.Problems() {
			problem.Message = "选题 " + number(t.Position) + "：" + problem.Message
			all = append(all, problem)
		}
	}
	return all
}

// stretched writes the source as it is, and not a space more.
func stretched(stretches []Stretch) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, s := range stretches {
			text := templ.EscapeString(s.Text)
			if s.ID != "" {
				class := "mark"
				if s.Doubt {
					class = "mark doubtful"
				}
				text = `<a class="` + class + `" id="` + templ.EscapeString(s.ID) + `" href="` + templ.EscapeString(s.Href) + `" title="` + templ.EscapeString(s.Label) + `">` + text + `</a>`
			}
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
		}
		return nil
	})
}
