package act_test

import (
	"strings"
	"testing"

	"softsci/internal/form"
	"softsci/internal/pagetest"
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
	p.Button, p.Letter = "确认不予受理并发出", &act.Letter{Subject: "不予受理：2023-RKX1-05-0007", Body: "您好：\n\n很遗憾<br>"}
	page := pagetest.MustPage(t, act.Act(p))
	pagetest.MustHold(t, page, "不予受理：2023-RKX1-05-0007", "您好：\n\n很遗憾&lt;br&gt;", `type="hidden" name="code" value="unit"`, `type="hidden" name="text" value="不在境内&lt;注册&gt;"`,
		`name="confirm" value="yes"`, "确认不予受理并发出", `name="edit" value="yes"`)
	if strings.Contains(page, "<textarea") {
		t.Error("the letter's page can be typed into")
	}
}
