package component

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"softsci/internal/portal"
)

// Phrase writes a title that may be broken into lines only where the sense allows:
// headings are set with word-break: keep-all, and the breaks are the <wbr> of
// Phrases. The text itself is unchanged.
func Phrase(title string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for i, p := range Phrases(title) {
			if i > 0 {
				if _, err := io.WriteString(w, "<wbr>"); err != nil {
					return err
				}
			}
			if _, err := io.WriteString(w, templ.EscapeString(p)); err != nil {
				return err
			}
		}
		return nil
	})
}

// minPhrase is the least number of characters left on both sides of a break that
// follows from a word and not from a mark.
const minPhrase = 4

// heads are words that begin a part of a guideline's or a project's title.
var heads = []string{
	"湖北省", "软科学", "重点", "申报", "研究", "建设", "管理", "体系", "平台", "路径", "方法", "对策", "分析", "应用",
	"技术", "中小企业", "融媒体", "大数据", "创新型", "治理", "推动", "赋能", "效果", "跟踪", "评价", "培育", "工作", "打造", "产业集群", "国际", "海外", "与", "及", "和",
}

// Phrases cuts a title where a line may end: before an opening bracket, after
// 、，。；：》） and spaces, after 的, and before the words of heads, as long as no
// piece becomes shorter than a phrase.
func Phrases(title string) []string {
	var phrases []string
	start, runes := 0, 0 // of the phrase being read
	cut := func(at int) {
		if at > start {
			phrases = append(phrases, title[start:at])
		}
		start, runes = at, 0
	}
	var before rune
	for i, r := range title {
		rest := title[i:]
		switch {
		case strings.ContainsRune("（《“‘「", r) && !strings.ContainsRune("（《“‘「", before):
			cut(i)
		case strings.ContainsRune("、，。；：》）”’」 ", before) && !strings.ContainsRune("、，。；：》）”’」 ", r):
			cut(i)
		case runes >= minPhrase && utf8.RuneCountInString(untilMark(rest)) >= minPhrase && opens(rest, before):
			cut(i)
		}
		before = r
		runes++
	}
	cut(len(title))
	return phrases
}

// MarkedPhrase is Phrase for a title with the words that were searched for marked.
func MarkedPhrase(spans []portal.Span) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var html strings.Builder
		for i, phrase := range markedPhrases(spans) {
			if i > 0 {
				html.WriteString("<wbr>")
			}
			for _, s := range phrase {
				text := templ.EscapeString(s.Text)
				if s.Hit {
					text = "<mark>" + text + "</mark>"
				}
				html.WriteString(text)
			}
		}
		_, err := io.WriteString(w, html.String())
		return err
	})
}

// markedPhrases cuts a marked title at the same places.
func markedPhrases(spans []portal.Span) [][]portal.Span {
	var whole strings.Builder
	for _, s := range spans {
		whole.WriteString(s.Text)
	}
	var phrases [][]portal.Span
	for _, phrase := range Phrases(whole.String()) {
		var marked []portal.Span
		for left := len(phrase); left > 0; {
			head := spans[0]
			if len(head.Text) > left {
				spans = append([]portal.Span{{Text: head.Text[left:], Hit: head.Hit}}, spans[1:]...)
				head.Text = head.Text[:left]
			} else {
				spans = spans[1:]
			}
			left -= len(head.Text)
			marked = append(marked, head)
		}
		phrases = append(phrases, marked)
	}
	return phrases
}

// opens reports whether a new part of the title begins at rest.
func opens(rest string, before rune) bool {
	if before == '的' {
		return true
	}
	if strings.ContainsRune("高新大小软再总不非超多与及和", before) {
		return false
	}
	for _, h := range heads {
		if strings.HasPrefix(rest, h) {
			return true
		}
	}
	return false
}

// untilMark is the part of s before its next mark.
func untilMark(s string) string {
	if i := strings.IndexAny(s, "（《“‘「、，。；：》）”’」 "); i >= 0 {
		return s[:i]
	}
	return s
}
