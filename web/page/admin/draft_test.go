package admin_test

import (
	"strings"
	"testing"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/page/admin"
)

const draftPath = "/admin/batches/2023-softsci-1/draft"

// draftTopic is a topic with two contacts and a doubt about the second's telephone.
func draftTopic() admin.DraftTopic {
	f := form.New(&form.Field{Name: "label", Label: "编号", Value: "1."}, &form.Field{Name: "title", Label: "题目", Value: "要素市场"})
	f.Rows = &form.Rows{Label: "指南联系人", One: "联系人", Fields: func(string) []*form.Field {
		return []*form.Field{{Name: "name", Label: "姓名"}, {Name: "phones", Label: "电话", Kind: form.Tel}}
	}}
	f.In("t12-")
	f.SetRows([]string{"1", "2"})
	return admin.DraftTopic{Key: 12, Position: 2, Ordinal: 2, Form: f, Revision: 7, Places: map[string]string{"title": "#m-12-title", "1": "#m-12-contact-1"},
		Cards:  map[string]string{"1": "通讯录中已有", "2": "通讯录中还没有"},
		Doubts: []admin.DoubtRow{{ID: "12:0", Text: "电话没有区号", Suggestion: "请补上区号", Href: "#field-t12-phones-2", SourceHref: "#m-12-contact-2", Asks: true}}}
}

func TestDraftLeadsFromSourceToFieldAndBack(t *testing.T) {
	t.Parallel()
	topic := draftTopic()
	props := admin.DraftProps{Layout: at(draftPath), Now: now, Batch: batch(), Topics: []admin.DraftTopic{topic}, Open: 1, Doubts: topic.Doubts,
		Source: []admin.Stretch{{Text: "研究内容：\n"}, {Text: "<要素>市场", ID: "m-12-title", Href: "#field-t12-title", Label: "选题 2 · 题目", Doubt: true}}}
	props.Batch.Version.Reading.Rest = []portal.Place{{Start: 0, End: 3}}
	page := pagetest.MustPage(t, admin.Draft(props))
	pagetest.MustHold(t, page, "研究内容：\n<a class=\"mark doubtful\" id=\"m-12-title\" href=\"#field-t12-title\" title=\"选题 2 · 题目\">&lt;要素&gt;市场</a>",
		`class="cite" href="#m-12-title"`, `class="cite" href="#m-12-contact-1"`, `href="#m-12-contact-2"`, `href="#field-t12-phones-2"`, `id="field-t12-phones-2"`,
		"1 个选题", "1 处存疑", "未归入 1 段", `class="doubted"`, "通讯录中还没有", `href="`+draftPath+`" aria-current="page"`)
	if strings.Contains(page, "以上均已核对") {
		t.Error("one doubt needs no button for all")
	}
	props.Doubts = append(props.Doubts, admin.DoubtRow{ID: "12:1", Text: "又一处", Asks: true}, admin.DoubtRow{Text: "已去掉书签"}, admin.DoubtRow{Text: "第三处", Asks: true, Confirmed: true})
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Draft(props)), `name="all" value="yes"`, "1 条提示，1 处已核对", `form="confirmations" name="doubt" value="12:1"`)
}

func TestDraftsTopicSavesItselfAndCanBeChanged(t *testing.T) {
	t.Parallel()
	topic := draftTopic()
	props := admin.DraftProps{Layout: at(draftPath), Batch: batch(), Topics: []admin.DraftTopic{topic}}
	base := draftPath + "/topics/12"
	page := pagetest.MustPage(t, admin.Draft(props))
	pagetest.MustHold(t, page, `action="`+base+`" novalidate data-autosave`, `name="revision" value="7"`, "data-saved", `name="rows" value="2"`, `name="remove" value="2"`, `name="add" value="yes"`,
		`action="`+base+`/move"`, `name="to" value="up"`, `name="to" value="down"`, `formaction="`+base+`/merge"`, `formaction="`+base+`/removal"`, `href="`+base+`/split"`, "删除")
	pagetest.MustLack(t, page, "停用", "更正发布以前")
	if i, j := strings.Index(page, `aria-hidden="true">保存`), strings.Index(page, `name="remove"`); i < 0 || i > j {
		t.Error("Enter takes a contact away")
	}
	props.Correction, props.Topics[0].First, props.Topics[0].Last = true, true, true
	props.Retired = []portal.Topic{{Ordinal: 9, Title: "停用的题"}}
	page = pagetest.MustPage(t, admin.Draft(props))
	pagetest.MustHold(t, page, "停用</button>", "更正发布以前", `name="restore" value="9"`)
	pagetest.MustLack(t, page, `value="up"`, `value="down"`, "/merge")
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Draft(admin.DraftProps{})), "还没有选题", "没有存疑")
}

// What is only incomplete stands beside its field; what could not be saved is listed.
func TestDraftListsWhatCouldNotBeSaved(t *testing.T) {
	t.Parallel()
	topic := draftTopic()
	topic.Form.Fail("title", "题目不能超过 200 字")
	props := admin.DraftProps{Layout: at(draftPath), Batch: batch(), Topics: []admin.DraftTopic{topic}}
	pagetest.MustLack(t, pagetest.MustPage(t, admin.Draft(props)), "选题 2：题目不能超过")
	props.Layout.Error = true
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Draft(props)), `<a href="#field-t12-title">选题 2：题目不能超过 200 字</a>`)
}

func TestSplitAsksForTheFirstSentence(t *testing.T) {
	t.Parallel()
	props := admin.SplitProps{Layout: at(draftPath + "/topics/12/split"), Batch: batch(), Topic: portal.Topic{ID: 3, VersionID: 12, Title: "要素市场"}, Pieces: []string{"第一句。", "第二句。"}, Revision: 7}
	page := pagetest.MustPage(t, admin.Split(props))
	pagetest.MustHold(t, page, `action="`+draftPath+`/topics/12/split"`, `name="at" value="0" id="at"`, `name="at" value="1"`, "第二句。", `name="revision" value="7"`, `href="`+draftPath+`#topic-12"`)
	pagetest.MustLack(t, page, "处需要处理")
	props.Problem = "请选择"
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Split(props)), `<a href="#at">请选择</a>`)
}

func TestTopicConflictShowsBothSaves(t *testing.T) {
	t.Parallel()
	topic := draftTopic()
	page := pagetest.MustPage(t, admin.TopicConflict(admin.TopicConflictProps{Layout: at(draftPath + "/topics/12"), Batch: batch(), Key: 12, Revision: 8, By: "陈明", At: now, Form: topic.Form, Rows: []admin.ConflictSide{
		{Name: "label", Label: "编号", Mine: "1.", Theirs: "1.", Same: true}, {Name: "title", Label: "题目", Mine: "要素市场", Theirs: "要素"}, {Name: "phones-2", Label: "电话", Mine: "1"}}}))
	pagetest.MustHold(t, page, `type="hidden" name="label" value="1."`, `name="theirs.title" value="要素"`, `name="revision" value="8"`, `name="rows" value="2"`, "联系人 2 · 电话", "未填写", "其余 1 项两份相同", "陈明", "确定放弃")
}

func TestIntakeSaysWhatItReads(t *testing.T) {
	t.Parallel()
	f := form.New(&form.Field{Name: "text", Label: "粘贴文字", Kind: form.Prose, Optional: true})
	page := pagetest.MustPage(t, admin.Intake(admin.IntakeProps{Layout: at("/admin/imports/new"), Form: f, Limit: "20 MB", PDF: true}))
	pagetest.MustHold(t, page, `enctype="multipart/form-data"`, `type="file" name="document"`, ".pdf", "20 MB", "data-drop", "逐项标明把握")
	f.Fail("text", "这个文件读不出来")
	page = pagetest.MustPage(t, admin.Intake(admin.IntakeProps{Form: f}))
	pagetest.MustHold(t, page, `<a href="#field-text">这个文件读不出来</a>`)
	pagetest.MustLack(t, page, "PDF", ".pdf")
}
