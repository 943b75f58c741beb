// Package public holds the pages that everybody may read. They know no session:
// with the same display setting they are the same bytes for everybody.
package public

import (
	"fmt"
	"strconv"
	"strings"

	"softsci/internal/portal"
	"softsci/web/component"
)

func batchURL(slug string) string { return "/batches/" + slug }

func topicURL(slug string, ordinal int) string {
	return batchURL(slug) + "/topics/" + strconv.Itoa(ordinal)
}

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

// ceiling is the sum a project may ask for, "" when the batch sets none.
func ceiling(r portal.Rules) string {
	if r.CeilingFen == 0 {
		return ""
	}
	return "不超过 " + strings.TrimSuffix(r.CeilingFen.Wan(), ".00") + " 万元"
}

// term is the time a project may take, "" when the batch sets none.
func term(r portal.Rules) string {
	if r.TermFrom == "" || r.TermTo == "" {
		return ""
	}
	return month(r.TermFrom) + "至" + month(r.TermTo)
}

// month turns 2023-03 into 2023年3月.
func month(s string) string {
	year, m, ok := strings.Cut(s, "-")
	if !ok {
		return s
	}
	return year + "年" + strings.TrimPrefix(m, "0") + "月"
}

func neighbour(slug string, t *portal.Topic) *component.Neighbour {
	if t == nil {
		return nil
	}
	return &component.Neighbour{URL: topicURL(slug, t.Ordinal), Kicker: "指南 " + strconv.Itoa(t.Ordinal), Text: t.Title}
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
