package component_test

import (
	"strings"
	"testing"

	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/component"
)

// What went and what came is seen and heard, and the text's line ends stay.
func TestChangesAreSeenAndHeard(t *testing.T) {
	t.Parallel()
	html := pagetest.MustRender(t, component.Changes(component.ChangesProps{Was: "原来", Is: "现在", Rows: []component.ChangeRow{
		{Label: "选题 1 · 研究内容", Kind: "修改", Old: []portal.Span{{Text: "一\n"}, {Text: "<旧>", Hit: true}}, New: []portal.Span{{Text: "一\n"}, {Text: "新", Hit: true}}},
		{Label: "选题 9", Kind: "新增", New: []portal.Span{{Text: "题", Hit: true}}},
	}}))
	pagetest.MustHold(t, html, `一
<del><span class="unseen">删去：</span>&lt;旧&gt;</del>`, `<ins><span class="unseen">新增：</span>新</ins>`, "修改", "选题 9")
	if n := strings.Count(html, "原来"); n != 1 {
		t.Errorf("%d old texts for one", n)
	}
}
