package act_test

import (
	"strings"
	"testing"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/act"
)

func refusal() act.Props {
	return act.Props{
		About: "2023-RKX1-05-0007 湖北高质量技术要素市场建设研究", Heading: "不予受理", Lead: []string{"原因会写进通知。"}, URL: "/desk/applications/k7m2p9x4q8ab/refusal",
		Button: "预览通知", Back: "/desk/applications/k7m2p9x4q8ab",
		Form: form.New(&form.Field{Name: "code", Label: "原因", Kind: form.Choice, Value: "unit", Options: []form.Option{{Value: "unit", Label: "申报单位不符合条件"}, {Value: "other", Label: "其他"}}},
			&form.Field{Name: "text", Label: "说明", Kind: form.Prose, Value: "不在境内<注册>", Rules: []form.Rule{form.Max(1000)}}),
	}
}

func TestAStepSaysWhatWillHappen(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, act.Act(refusal()))
	pagetest.MustHold(t, page, "2023-RKX1-05-0007", "<h1>不予受理</h1>", "原因会写进通知。", `method="post" action="/desk/applications/k7m2p9x4q8ab/refusal"`, `value="unit" checked`, "不在境内&lt;注册&gt;",
		"预览通知", `href="/desk/applications/k7m2p9x4q8ab"`)
	if strings.Contains(page, "letter") || strings.Contains(page, `name="confirm"`) {
		t.Error("a letter before there is one")
	}
	pagetest.MustPage(t, act.Act(act.Props{}))
}

func TestAStepSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	p := refusal()
	p.Layout = layout.Props{Title: "不予受理", Error: true}
	p.Form.Get("text").Value = ""
	p.Form.Check()
	pagetest.MustHold(t, pagetest.MustPage(t, act.Act(p)), "<title>错误：", "data-summary", `href="#field-text"`, "请填写说明")
}

// A letter is read before it is sent; what was typed is carried along unseen.
func TestALetterIsReadBeforeItIsSent(t *testing.T) {
	t.Parallel()
	p := refusal()
	p.Button, p.Letter = "确认不予受理并发出", &act.Letter{Subject: "不予受理：2023-RKX1-05-0007", Paragraphs: []string{"您好：", "受理编号：一\n项目名称：二", "很遗憾<br>"}}
	page := pagetest.MustPage(t, act.Act(p))
	pagetest.MustHold(t, page, "不予受理：2023-RKX1-05-0007", "<p>您好：</p>", "<p>受理编号：一\n项目名称：二</p>", "<p>很遗憾&lt;br&gt;</p>", `type="hidden" name="code" value="unit"`, `type="hidden" name="text" value="不在境内&lt;注册&gt;"`,
		`name="confirm" value="yes"`, "确认不予受理并发出", `name="edit" value="yes"`)
	if strings.Contains(page, "<textarea") {
		t.Error("the letter's page can be typed into")
	}
}

// A remark stands beside what it is about, after what is asked; that there is none is said
// where the remarks begin, and the summary leads to the first.
func TestARemarkStandsBesideItsPart(t *testing.T) {
	t.Parallel()
	text, whole := &form.Field{Name: "remark-text", Label: "对“摘要与正文”的意见", Kind: form.Prose, Optional: true}, &form.Field{Name: "remark-", Label: "对整份申报书的意见", Kind: form.Prose, Optional: true}
	p := act.Props{Heading: "退回修改", URL: "/desk/applications/k7m2p9x4q8ab/return", Button: "退回修改", Ask: "至少写一条意见", Form: form.New(&form.Field{Name: "until", Label: "期限", Kind: form.Moment, Value: "2026-03-09T17:00"}, text, whole),
		Parts: []act.Part{{Label: "摘要与正文", Answers: []component.Answer{{Label: "摘要", Value: "系统梳理现状。"}}, Field: text}, {Label: "整份申报书", Field: whole}}}
	page := pagetest.MustPage(t, act.Act(p))
	pagetest.MustHold(t, page, "至少写一条意见", `name="until"`, `<h2 id="part-1">摘要与正文</h2>`, "系统梳理现状。", `name="remark-text"`, `<h2 id="part-2">整份申报书</h2>`, `name="remark-"`)
	for _, once := range []string{`name="until"`, `name="remark-text"`, `name="remark-"`} {
		if n := strings.Count(page, once); n != 1 {
			t.Errorf("%s stands %d times", once, n)
		}
	}
	if strings.Index(page, "系统梳理现状。") > strings.Index(page, `name="remark-text"`) || strings.Index(page, "至少写一条意见") > strings.Index(page, `id="part-1"`) {
		t.Error("the order is not: what is asked, the answers, the remark")
	}
	p.Form.Cross = func(f *form.Form) { f.FailJointly("remark-text", "请至少写明一处") }
	p.Form.Check()
	pagetest.MustHold(t, pagetest.MustPage(t, act.Act(p)), `<a href="#field-remark-text">请至少写明一处</a>`, `id="joint-error">请至少写明一处`)
}
