package version_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/page/version"
)

var now = time.Date(2023, 3, 8, 13, 42, 7, 0, portal.Shanghai)

var tag = regexp.MustCompile(`<[^>]*>`)

func TestCompareMarksWhatWentAndCame(t *testing.T) {
	t.Parallel()
	props := version.CompareProps{
		Application: portal.Application{Number: "2023-RKX1-05-0007", Title: "湖北高质量技术要素市场建设研究"}, Old: portal.Version{N: 1, ArrivedAt: now}, New: portal.Version{N: 2, ArrivedAt: now.AddDate(0, 0, 1)}, Back: "/desk/applications/k7m2p9x4q8ab",
		Sections: []version.Compared{
			{Name: "leader", Label: "项目负责人"},
			{Name: "text", Label: "摘要与正文", Rows: []version.ComparedRow{
				{Label: "创新点", Old: []portal.Span{{Text: "提出"}, {Text: "新", Hit: true}, {Text: "框架\n<i>"}}, New: []portal.Span{{Text: "提出"}, {Text: "“三层”", Hit: true}, {Text: "框架\n<i>"}}},
				{Label: "关键词", New: []portal.Span{{Text: "市场", Hit: true}}},
			}},
		},
	}
	page := pagetest.MustPage(t, version.Compare(props))
	pagetest.MustHold(t, page, "第 1 次与第 2 次提交的对比", `<p class="text">提出<del><span class="unseen">删去：</span>新</del>框架`+"\n&lt;i&gt;</p>", `提出<ins><span class="unseen">新增：</span>“三层”</ins>框架`, "未填写", "没有变化：项目负责人。",
		"2023年3月8日 13:42:07", "2023年3月9日 13:42:07", `href="/desk/applications/k7m2p9x4q8ab"`)
	props.Sections = props.Sections[:1]
	pagetest.MustHold(t, pagetest.MustPage(t, version.Compare(props)), "两次提交完全相同")
	pagetest.MustHold(t, pagetest.MustPage(t, version.Compare(version.CompareProps{})), "没有可以对比的内容")
}

// Attachments that were added, removed, replaced or left alone are listed with size and
// hash, and two submissions that differ in them alone are not called the same.
func TestCompareSaysWhatHappenedToTheAttachments(t *testing.T) {
	t.Parallel()
	file := func(kind, name, sum string, size int64) portal.FrozenFile {
		return portal.FrozenFile{Kind: kind, Name: name, SHA256: sum, Size: size}
	}
	props := version.CompareProps{Old: portal.Version{N: 2}, New: portal.Version{N: 3}, Sections: []version.Compared{{Name: "text", Label: "摘要与正文"}},
		Files: portal.CompareFiles(
			[]portal.FrozenFile{file("pledge", "承诺书.pdf", "aaaaaaaaaaaaaaaa11", 1024), file("prior", "报告.pdf", "bbbbbbbbbbbbbbbb22", 2000), file("other", "图.png", "cccccccccccccccc33", 3000)},
			[]portal.FrozenFile{file("pledge", "承诺书.pdf", "dddddddddddddddd44", 4000), file("other", "图.png", "cccccccccccccccc33", 3000), file("other", "表.xlsx", "eeeeeeeeeeeeeeee55", 5000)}),
		Earlier: &component.Neighbour{URL: "/x/versions/1?with=2", Kicker: "其他两次", Text: "第 1 次与第 2 次"}}
	page := pagetest.MustPage(t, version.Compare(props))
	text := strings.Join(strings.Fields(tag.ReplaceAllString(page, " ")), " ")
	for _, words := range []string{"承诺书.pdf 诚信承诺书 更换 第 2 次 1 KB SHA-256 aaaaaaaaaaaaaaaa… 第 3 次 4 KB SHA-256 dddddddddddddddd…", "图.png 其他 未变 3 KB SHA-256 cccccccccccccccc…",
		"表.xlsx 其他 新增 第 2 次 没有这个附件 第 3 次 5 KB SHA-256 eeeeeeeeeeeeeeee…", "报告.pdf 前期成果 删去 第 2 次 2 KB SHA-256 bbbbbbbbbbbbbbbb… 第 3 次 没有这个附件"} {
		pagetest.MustHold(t, text, words)
	}
	pagetest.MustHold(t, page, "/x/versions/1?with=2")
	pagetest.MustLack(t, page, "完全相同")
	props.Files = portal.CompareFiles(
		[]portal.FrozenFile{file("other", "图.png", "cccccccccccccccc33", 3000)}, []portal.FrozenFile{file("other", "图.png", "cccccccccccccccc33", 3000)})
	pagetest.MustHold(t, pagetest.MustPage(t, version.Compare(props)), "完全相同", "未变")
}
