// Package public holds the pages that everybody may read. They know no session:
// with the same display setting they are the same bytes for everybody.
package public

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"softsci/internal/portal"
	"softsci/web/component"
)

func batchURL(slug string) string { return "/batches/" + slug }

func topicURL(slug string, ordinal int) string { return below(batchURL(slug), ordinal) }

// rootOf is where a guideline stands: in a preview at its own root.
func rootOf(root, slug string) string {
	if root != "" {
		return root
	}
	return batchURL(slug)
}

// below is a topic's address where its guideline stands at root.
func below(root string, ordinal int) string { return root + "/topics/" + strconv.Itoa(ordinal) }

func changesURL(slug string, n int) string { return batchURL(slug) + "/changes/" + strconv.Itoa(n) }

func questionsURL(slug string, ordinal int) string { return topicURL(slug, ordinal) + "/questions" }

// kicker is the line above a title: year, category, label.
func kicker(v portal.BatchVersion) string {
	var parts []string
	if v.Year > 0 {
		parts = append(parts, strconv.Itoa(v.Year)+"年度")
	}
	for _, part := range []string{v.Category, v.Label} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// versionText says which version one reads and since when.
func versionText(v portal.BatchVersion) string {
	if v.PublishedAt.IsZero() {
		return fmt.Sprintf("第 %d 版", v.N)
	}
	return fmt.Sprintf("第 %d 版，%s%s", v.N, portal.DateText(v.PublishedAt), v.Kind.Label())
}

// paragraphs are the lines of a text that are not empty.
func paragraphs(s string) []string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// Scrutiny is what an application will be held against, for everybody to see before the
// first word: the conditions of the call under their names, and what its contact asks.
type Scrutiny struct {
	Conditions []component.Condition
	Questions  []string // of the checklist of the 形式审查
}

// condition is one of the rules of a batch in words.
type condition struct{ term, text string }

// conditions are the rules that a batch sets, in the order of the 申报书.
func conditions(r portal.Rules) []condition {
	var set []condition
	for _, c := range []struct {
		term, text string
		there      bool
	}{
		{"经费上限", strings.TrimSuffix(r.CeilingFen.Wan(), ".00") + " 万元", r.CeilingFen > 0},
		{"期限", term(r), term(r) != ""},
		{"项目组人数", fmt.Sprintf("不超过 %d 人，不含负责人", r.TeamMax), r.TeamMax > 0},
		{"高级职称比例", fmt.Sprintf("不低于 %d%%，含副高", r.SeniorPercent), r.SeniorPercent > 0},
		{"限项", "每位负责人每年限报 1 项", r.OncePerYear},
		{"包干制", "经费包干，不填预算表", r.LumpSum},
		{"身份证号", "须填写负责人的身份证号", r.IDNumber},
		{"附件", attachments(r.Attachments), len(r.Attachments) > 0},
	} {
		if c.there {
			set = append(set, condition{c.term, c.text})
		}
	}
	return set
}

// attachments says which files must come and which may: 必交：诚信承诺书；选交：其他.
func attachments(all []portal.Attachment) string {
	var must, may []string
	for _, a := range all {
		if a.Required {
			must = append(must, portal.AttachmentLabel(a.Kind))
		} else {
			may = append(may, portal.AttachmentLabel(a.Kind))
		}
	}
	var parts []string
	if len(must) > 0 {
		parts = append(parts, "必交："+strings.Join(must, "、"))
	}
	if len(may) > 0 {
		parts = append(parts, "选交："+strings.Join(may, "、"))
	}
	return strings.Join(parts, "；")
}

// term is the time a project may take, "" when the batch sets none.
func term(r portal.Rules) string {
	if r.TermFrom == "" || r.TermTo == "" {
		return ""
	}
	return portal.MonthText(r.TermFrom) + "至" + portal.MonthText(r.TermTo)
}

func neighbour(root string, t *portal.Topic) *component.Neighbour {
	if t == nil {
		return nil
	}
	return &component.Neighbour{URL: below(root, t.Ordinal), Kicker: "指南 " + strconv.Itoa(t.Ordinal), Text: t.Title}
}

// documentText is what a file is: DOCX，86 KB. A KB is 1,024 bytes, as file managers count.
func documentText(d portal.Document) string {
	const kb = 1 << 10
	size := fmt.Sprintf("%d KB", max(1, (d.Size+kb/2)/kb))
	if d.Size >= 1000*kb {
		size = fmt.Sprintf("%.1f MB", float64(d.Size)/(kb*kb))
	}
	return strings.ToUpper(d.Format) + "，" + size
}

// calendar reports whether there is a deadline to put into a calendar.
func calendar(v portal.BatchVersion, now time.Time) bool {
	phase := v.Phase(now)
	return phase == portal.Announced || phase == portal.Open
}

// words cuts marked text at its spaces, so that no telephone number is broken.
func words(spans []portal.Span) [][]portal.Span {
	var all [][]portal.Span
	var word []portal.Span
	for _, s := range spans {
		for i, piece := range strings.Split(s.Text, " ") {
			if i > 0 && len(word) > 0 {
				all, word = append(all, word), nil
			}
			if piece != "" {
				word = append(word, portal.Span{Text: piece, Hit: s.Hit})
			}
		}
	}
	if len(word) > 0 {
		all = append(all, word)
	}
	return all
}
