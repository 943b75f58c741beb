package applicant_test

import (
	"testing"

	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/page/applicant"
)

func TestRevisionsSayWhoWhenAndWhat(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, applicant.Revisions(applicant.RevisionsProps{Application: draft(), Section: "text", Label: "摘要与正文", Kept: []applicant.Revision{
		{N: 9, SavedBy: "张研究", SavedAt: now, Changed: []string{"摘要", "关键词", "创新点", "进度安排"}},
		{N: 4, SavedBy: "李共编", SavedAt: opens},
		{N: 1, SavedBy: "张研究", SavedAt: opens, First: true},
	}}))
	pagetest.MustHold(t, page, "现在的内容", "改动 4 项：摘要、关键词、创新点等", "李共编", "内容与前一份相同", "保留的最早一份",
		`href="/applications/k7m2p9x4q8ab/sections/text/revisions/4"`, `href="/applications/k7m2p9x4q8ab/sections/text/revisions/1"`)
	pagetest.MustLack(t, page, "revisions/9", "进度安排")
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Revisions(applicant.RevisionsProps{Application: draft(), Section: "text", Label: "摘要与正文"})), "还没有保存过")
}

func TestOneRevisionBesideWhatStands(t *testing.T) {
	t.Parallel()
	was, is := portal.Differ("第一稿的摘要，写得很长。", "第二稿的摘要，写得很长。")
	props := applicant.RevisionProps{Application: draft(), Section: "text", Label: "摘要与正文", Revision: applicant.Revision{N: 4, SavedBy: "张研究", SavedAt: now},
		Current: 9, Earlier: 1, Later: 9, Editable: true, Changes: []component.ChangeRow{{Label: "摘要", Kind: "后来修改", Old: was, New: is}}}
	page := pagetest.MustPage(t, applicant.OneRevision(props))
	pagetest.MustHold(t, page, "1 项不同", "<del>", "<ins>", "恢复成这一份", `action="/applications/k7m2p9x4q8ab/sections/text/revisions/4"`, `name="revision" value="9"`,
		`href="/applications/k7m2p9x4q8ab/sections/text/revisions/1"`, "现在的内容")
	props.Editable = false
	pagetest.MustLack(t, pagetest.MustPage(t, applicant.OneRevision(props)), "恢复成这一份", "<form method=\"post\" action=\"/applications")
	props.Changes = nil
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.OneRevision(props)), "与现在的内容相同")
	props.Current = 4
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.OneRevision(props)), "这就是现在的内容")
}

func TestOneRevisionSaysWhatItChanged(t *testing.T) {
	t.Parallel()
	was, is := portal.Differ("", "第一稿的摘要")
	props := applicant.RevisionProps{Application: draft(), Section: "text", Label: "摘要与正文", Revision: applicant.Revision{N: 9, SavedBy: "李共编", SavedAt: now}, Current: 9}
	pagetest.MustLack(t, pagetest.MustPage(t, applicant.OneRevision(props)), "修改了什么")
	props.Since = applicant.Revision{N: 4, SavedBy: "张研究", SavedAt: opens}
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.OneRevision(props)), "与张研究于", "内容相同")
	props.Made = []component.ChangeRow{{Label: "摘要", Kind: "填写", Old: was, New: is}}
	page := pagetest.MustPage(t, applicant.OneRevision(props))
	pagetest.MustHold(t, page, "这就是现在的内容", "修改了什么", "<ins>", "摘要 <b>填写</b>")
	pagetest.MustLack(t, page, "内容相同")
}
