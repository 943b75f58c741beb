package admin_test

import (
	"testing"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/page/admin"
)

func publication() admin.PublicationProps {
	return admin.PublicationProps{Layout: at("/admin/batches/2023-softsci-1/publication"), Now: now, Batch: batch(), Pledge: true, Done: []admin.CheckRow{{Text: "10 个选题"}},
		Form: form.New(&form.Field{Name: "when", Label: "什么时候发布", Kind: form.Choice, Value: "now", Options: []form.Option{{Value: "now", Label: "立即"}, {Value: "later", Label: "定时"}}})}
}

// Who has something to mend finds no button, and reads why.
func TestPublicationWaitsForWhatBlocks(t *testing.T) {
	t.Parallel()
	props := publication()
	page := pagetest.MustPage(t, admin.Publication(props))
	pagetest.MustHold(t, page, "可以发布", "已就绪", "10 个选题", `<button class="button">发布</button>`, "发布过的版本不再改动", `/preview"`)
	props.Form.Get("when").Value = "later"
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Publication(props)), `<button class="button">定时发布</button>`)
	props.Blocks, props.Asks = []admin.CheckRow{{Text: "没有截止时间", Href: "/x", Link: "去设置"}}, []admin.CheckRow{{Text: "没有报告名称", Hint: "可以没有"}}
	page = pagetest.MustPage(t, admin.Publication(props))
	pagetest.MustHold(t, page, "1 处必须处理", "没有截止时间", `<a href="/x">去设置`, "请留意", "可以没有", "还不能发布")
	pagetest.MustLack(t, page, `<button class="button">`)
}

func TestPublicationOfACorrectionShowsWhatIsRead(t *testing.T) {
	t.Parallel()
	props := publication()
	props.Correction = true
	props.Form = form.New(&form.Field{Name: "note", Label: "更正说明", Kind: form.Prose})
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Publication(props)), "没有改动")
	props.Changes = []admin.ChangeRow{{Label: "选题 1 · 电话", Kind: "修改", Old: []portal.Span{{Text: "027-"}, {Text: "1", Hit: true}}, New: []portal.Span{{Text: "027-"}, {Text: "2", Hit: true}}}}
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Publication(props)), "公众将读到的更正", "选题 1 · 电话", "<del>", "<ins>", `<button class="button">发布更正</button>`)
}

func TestPlannedPublicationCanBeTakenBack(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, admin.Publication(admin.PublicationProps{Layout: at("/admin/batches/2023-softsci-1/publication"), Now: now, Batch: batch(), Planned: now.AddDate(0, 0, 1)}))
	pagetest.MustHold(t, page, "2023年3月9日 13:42:07", `action="/admin/batches/2023-softsci-1/unpublication"`, "取消定时")
	pagetest.MustLack(t, page, "/draft", "/preview", `/publication" novalidate`)
}

func TestSettingsKeepWhatWasPublished(t *testing.T) {
	t.Parallel()
	fields := []*form.Field{{Name: "title", Label: "批次标题", Value: "指南"}, {Name: "slug", Label: "网址名", Value: "2023-softsci-1"}}
	props := admin.SettingsProps{Layout: at("/admin/batches/2023-softsci-1/settings"), Now: now, Batch: batch(), Revision: 3, Form: form.New(fields...),
		Groups: []admin.SettingsGroup{{Legend: "标识", Hint: "一句话", Fields: fields}}}
	page := pagetest.MustPage(t, admin.Settings(props))
	pagetest.MustHold(t, page, "<legend>标识</legend>", "一句话", `name="slug"`, `name="revision" value="3"`, "保存设置")
	pagetest.MustLack(t, page, "别人同时保存了设置", "data-autosave")
	props.Fixed, props.Theirs = true, []admin.SettingsChange{{Label: "批次标题", Mine: "指南", Theirs: ""}}
	page = pagetest.MustPage(t, admin.Settings(props))
	pagetest.MustHold(t, page, "/batches/2023-softsci-1", "不再改变", "别人同时保存了设置", "未填写")
	pagetest.MustLack(t, page, `name="slug"`)
}
