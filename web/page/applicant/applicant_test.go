package applicant_test

import (
	"strings"
	"testing"
	"time"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/applicant"
)

var (
	opens = time.Date(2023, 2, 17, 9, 0, 0, 0, portal.Shanghai)
	now   = time.Date(2023, 3, 8, 13, 42, 7, 0, portal.Shanghai)
	late  = time.Date(2023, 3, 21, 9, 0, 0, 0, portal.Shanghai)
	topic = portal.Topic{Ordinal: 5, Title: "湖北高质量技术要素市场建设研究", Content: "系统梳理湖北技术要素市场现状。", Deliverables: []string{"研究报告"}}
	staff = portal.Person{Department: "湖北技术交易所", Name: "刘然", Phones: []string{"027-87833866"}}
)

func draft() portal.Application {
	return portal.Application{
		Ref: "k7m2p9x4q8ab", Status: portal.Draft, Access: portal.AccessLeader, Title: topic.Title, TopicTitle: topic.Title, BatchSlug: "2023-softsci-1", BatchTitle: "申报指南", Ordinal: 5,
		CreatedAt: opens, Window: portal.Window{Opens: opens, Closes: time.Date(2023, 3, 20, 17, 0, 0, 0, portal.Shanghai)},
	}
}

func submitted() portal.Application {
	a := draft()
	a.Status, a.Number, a.SubmittedAt, a.Versions = portal.Submitted, "2023-RKX1-05-0007", now, 1
	return a
}

func leader() *form.Form {
	return form.New(
		&form.Field{Name: "name", Label: "姓名", Value: "张研究"},
		&form.Field{Name: "title", Label: "职称", Kind: form.Choice, Value: "high", Options: []form.Option{{Value: "high", Label: "正高"}, {Value: "none", Label: "无"}}},
		&form.Field{Name: "past", Label: "研究经历", Kind: form.Prose, Rules: []form.Rule{form.Max(400)}},
		&form.Field{Name: "told", Label: "已告知成员", Kind: form.Tick, Value: form.Ticked},
	)
}

func history(verbs ...portal.Verb) []portal.Event {
	var events []portal.Event
	for _, v := range verbs {
		events = append(events, portal.Event{At: now, Subject: portal.OnApplication, Verb: v, AccountName: "张研究", Role: portal.RoleApplicant})
	}
	return events
}

func TestListLeadsToEveryApplication(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, applicant.List(applicant.ListProps{Now: now, Applications: []portal.Application{draft(), submitted()}, Next: "/applications?before=3"}))
	pagetest.MustHold(t, page, "草稿", "3月20日（周一）17:00 截止", "还有 12 天", "待受理", "2023-RKX1-05-0007", `href="/applications/k7m2p9x4q8ab"`, `href="/applications?before=3"`)
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.List(applicant.ListProps{})), "还没有申报书", "查看申报指南")
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.List(applicant.ListProps{Now: late, Applications: []portal.Application{draft()}})), portal.Lapsed.Label())
}

func TestTasksSayHowFarEverySectionIs(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, applicant.Tasks(applicant.TasksProps{
		Now: now, Application: draft(), Holder: "您（填报中）", NextStep: "形式审查", Contact: staff, History: history(portal.Verb(portal.Begin)),
		Acts: []portal.Act{portal.Discard, portal.Submit, portal.Accept}, // what is not the applicant's is left out
		Sections: []applicant.SectionState{
			{Name: "unit", Label: "单位信息", Done: true, Started: true}, {Name: "leader", Label: "项目负责人", Started: true, Wrong: 1},
			{Name: "prose", Label: "正文", Started: true, Missing: 2, Note: "已写 120 字"}, {Name: "budget", Label: "经费预算"},
		},
		Problems: []applicant.Problem{{URL: "/applications/k7m2p9x4q8ab/sections/leader#field-phone", Label: "项目负责人", Message: "请填写手机"}},
	}))
	pagetest.MustHold(t, page, "已完成", "有 1 处错误", "填写中", "还缺 2 项", "已写 120 字", "未开始", "提交前还有 1 处需要处理",
		`href="/applications/k7m2p9x4q8ab/sections/leader#field-phone"`, `href="/applications/k7m2p9x4q8ab/submission"`, `href="/applications/k7m2p9x4q8ab/removal"`,
		"现在由谁处理", "tel:+862787833866", "办理经过", "data-closes")
	pagetest.MustLack(t, page, "撤回", "data-summary")
}

func TestTasksOfferOnlyWhatIsPossible(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, applicant.Tasks(applicant.TasksProps{Now: now, Application: submitted()}))
	pagetest.MustHold(t, page, `href="/applications/k7m2p9x4q8ab/receipt"`)
	pagetest.MustLack(t, page, "检查并提交", "删除草稿", "办理经过", "需要处理")
	funded := submitted()
	funded.Status = portal.Funded
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Tasks(applicant.TasksProps{Now: late, Application: funded})), `class="seal"`)
}

// What was decided and why stands above everything else; how far the sections are does not
// matter any more.
func TestADecisionStandsOnTop(t *testing.T) {
	t.Parallel()
	props := applicant.TasksProps{Now: late, Application: submitted(), Problems: []applicant.Problem{{URL: "#x", Message: "请填写"}},
		Sections: []applicant.SectionState{{Name: "unit", Label: "单位信息", Done: true, Started: true}, {Name: "text", Label: "正文", Started: true, Missing: 2, Note: "已写 120 字"}},
		History: []portal.Event{{At: now, Verb: portal.Verb(portal.Decline), From: portal.Submitted, To: portal.Declined, Reason: "单位不符合条件。\n不是独立法人", AccountName: "刘然", Role: portal.RoleContact},
			{At: opens, Verb: portal.Verb(portal.Submit), From: portal.Draft, To: portal.Submitted}}}
	pagetest.MustLack(t, pagetest.MustPage(t, applicant.Tasks(props)), `class="outcome"`)
	props.Application.Status = portal.Declined
	page := pagetest.MustPage(t, applicant.Tasks(props))
	pagetest.MustHold(t, page, `<h2 id="outcome">不予受理</h2>`, "<p class=\"reason\">单位不符合条件。\n不是独立法人</p>", "已写 120 字")
	pagetest.MustLack(t, page, "已完成", "填写中", "还缺", "需要处理")
	if strings.Index(page, `id="outcome"`) > strings.Index(page, `class="stages"`) {
		t.Error("the decision stands below the stages")
	}
}

// A correction asks to be confirmed by its version; a retired topic leads to the others.
func TestTasksTellOfACorrection(t *testing.T) {
	t.Parallel()
	props := applicant.TasksProps{Now: now, Application: draft()}
	pagetest.MustLack(t, pagetest.MustPage(t, applicant.Tasks(props)), "更正", "停用")
	props.Correction = &applicant.Correction{Version: 3, Note: "更正指南 5。\n\n见 http://a.cn。", At: now, URL: "/batches/2023-softsci-1/changes/3"}
	page := pagetest.MustPage(t, applicant.Tasks(props))
	pagetest.MustHold(t, page, "更正指南 5。", `href="http://a.cn"`, "2023年3月8日 13:42:07", `href="/batches/2023-softsci-1/changes/3">新旧对照`,
		`method="post" action="/applications/k7m2p9x4q8ab/guideline"`, `name="version" value="3"`, "我已阅读更正")
	pagetest.MustLack(t, page, "已停用")
	props.Correction, props.Retired = nil, true
	page = pagetest.MustPage(t, applicant.Tasks(props))
	pagetest.MustHold(t, page, "您申报的选题已停用", `href="/applications/k7m2p9x4q8ab/topic">改报其他选题`)
	pagetest.MustLack(t, page, "我已阅读更正")
}

// Before an application moves, its writer knows what becomes of the number.
func TestChangeTopicSaysWhatHappens(t *testing.T) {
	t.Parallel()
	options := make([]form.Option, 12) // all of them are to be seen
	options[11] = form.Option{Value: "12", Label: "12 乙"}
	f := form.New(&form.Field{Name: "topic", Label: "改报的选题", Kind: form.Choice, Options: options})
	page := pagetest.MustPage(t, applicant.ChangeTopic(applicant.ChangeTopicProps{Application: draft(), Form: f}))
	pagetest.MustHold(t, page, `action="/applications/k7m2p9x4q8ab/topic"`, `type="radio" name="topic" id="field-topic-12" value="12"`, "12 乙", "内容全部保留", "改报这个选题")
	pagetest.MustLack(t, page, "撤回")
	page = pagetest.MustPage(t, applicant.ChangeTopic(applicant.ChangeTopicProps{Application: submitted(), Form: f, Submitted: true}))
	pagetest.MustHold(t, page, "2023-RKX1-05-0007", "会被撤回，不能恢复", "撤回并改报")
}

func TestALongListOfProblemsIsFolded(t *testing.T) {
	t.Parallel()
	problems := make([]applicant.Problem, 8)
	for i := range problems {
		problems[i] = applicant.Problem{URL: "#x", Message: "请填写"}
	}
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Tasks(applicant.TasksProps{Now: now, Application: draft(), Problems: problems, Acts: []portal.Act{portal.Submit}})), "有 8 处需要处理", "其余 3 处")
}

func TestSectionIsAFormOrIsRead(t *testing.T) {
	t.Parallel()
	props := applicant.SectionProps{Now: now, Application: draft(), Section: "leader", Label: "项目负责人", Form: leader(), Revision: 3, SavedAt: now, Previous: "unit", NextLabel: "摘要", Guideline: topic}
	page := pagetest.MustPage(t, applicant.Section(props))
	pagetest.MustHold(t, page, `action="/applications/k7m2p9x4q8ab/sections/leader"`, `name="revision" value="3"`, "保存并继续", "接下来：摘要", "保存于 2023年3月8日 13:42:07",
		"系统梳理湖北技术要素市场现状。", "<details", "《研究报告》", `href="/applications/k7m2p9x4q8ab/sections/unit"`)
	props.ReadOnly, props.Now = true, late
	props.Answers = []applicant.Answer{{Label: "姓名", Value: "张研究"}, {Label: "职称", Value: "正高"}, {Label: "座机"}}
	page = pagetest.MustPage(t, applicant.Section(props))
	pagetest.MustHold(t, page, "已作废", "张研究", "正高", "未填写")
	pagetest.MustLack(t, page, "保存并继续", "<textarea")
	pagetest.MustPage(t, applicant.Section(applicant.SectionProps{Form: form.New()}))
}

func TestSectionSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := leader()
	f.Check()
	page := pagetest.MustPage(t, applicant.Section(applicant.SectionProps{Layout: layout.Props{Error: true}, Now: now, Application: draft(), Form: f}))
	pagetest.MustHold(t, page, "<title>错误：", "请填写研究经历", "data-summary")
}

func TestConflictLosesNothing(t *testing.T) {
	t.Parallel()
	f := leader()
	page := pagetest.MustPage(t, applicant.Conflict(applicant.ConflictProps{
		Application: draft(), Section: "leader", Label: "项目负责人", Revision: 4, SavedBy: "李老师", SavedAt: now,
		Fields: []applicant.ConflictField{
			{Field: f.Get("name"), Mine: "张研究", Theirs: "张研究", Same: true}, {Field: f.Get("title"), Mine: "none", Theirs: "high"},
			{Field: f.Get("past"), Mine: "我的一段", Theirs: "对方的一段"}, {Field: f.Get("told"), Mine: form.Ticked},
		},
	}))
	pagetest.MustHold(t, page, "李老师于", "13:42:07", `name="revision" value="4"`, `type="hidden" name="name" value="张研究"`, "我的一段", ">对方的一段<",
		`name="theirs.past" value="对方的一段"`, "其余 1 项两份相同", "正高")
	pagetest.MustHold(t, page, "<summary>放弃我的修改</summary>", "不能找回", `href="/applications/k7m2p9x4q8ab/sections/leader">确定放弃</a>`)
	pagetest.MustPage(t, applicant.Conflict(applicant.ConflictProps{}))
}

// A row that stands in one save only says how it came to that; what was added stays, and
// what was taken away comes back only when somebody ticks it.
func TestConflictSaysWhichRowsCameAndWent(t *testing.T) {
	t.Parallel()
	row := func(id, label string, mine, added bool) applicant.LoneRow {
		return applicant.LoneRow{ID: id, Part: "rows", Label: label, Mine: mine, Added: added, Answers: []applicant.Answer{{Row: label, Label: "姓名", Value: "赵一"}}, Carried: []component.Hidden{{Name: "name-" + id, Value: "赵一"}}}
	}
	page := pagetest.MustPage(t, applicant.Conflict(applicant.ConflictProps{Application: draft(), Section: "team", Label: "项目组成员", SavedBy: "李老师", Shared: []component.Hidden{{Name: "rows", Value: "a"}}, Base: []string{"a", "d"},
		Lone: []applicant.LoneRow{row("b", "成员 2", true, false), row("c", "成员 3", true, true), row("d", "成员 4", false, true), row("e", "成员 5", false, false)}}))
	pagetest.MustHold(t, page, `type="hidden" name="rows" value="a"`, `type="hidden" name="base" value="a"`, `type="hidden" name="base" value="d"`, `type="hidden" name="name-b" value="赵一"`,
		"李老师删去了，您的一份里还有。", `name="rows" value="b"><span>保留成员 2`, "您添加的，李老师保存的一份里没有。", `name="rows" value="c" checked`,
		"李老师添加的，您的一份里没有。", `name="rows" value="d" checked`, "您删去了，李老师保存的一份里还有。", `name="rows" value="e"><span>保留成员 5`)
}

func TestCheckCarriesRevisionsAndThePledgeOnly(t *testing.T) {
	t.Parallel()
	props := applicant.CheckProps{
		Now: now, Application: draft(), Revisions: map[string]int{"unit": 2, "leader": 4}, Pledge: "本人承诺内容真实。", PledgeVersion: "2026-11",
		Sections: []applicant.CheckedSection{{Name: "leader", Label: "项目负责人", Answers: []applicant.Answer{{Label: "姓名", Value: "张研究"}, {Label: "座机"}}}},
	}
	page := pagetest.MustPage(t, applicant.Check(props))
	pagetest.MustHold(t, page, `name="revision.leader" value="4"`, `name="revision.unit" value="2"`, `name="pledge" id="pledge" value="2026-11"`, "本人承诺内容真实。", "未填写",
		`href="/applications/k7m2p9x4q8ab/sections/leader"`, "提交申报书")
	pagetest.MustLack(t, page, "形式审查清单", "请再核对")
	props.Notices = []applicant.Problem{{URL: "/x#name", Label: "姓名", Message: "成员 1：与负责人同名"}}
	props.Checklist = []component.ChecklistLine{{Question: "项目组成员不超过规定人数", Answer: "no", URL: "/x"}}
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Check(props)), "请再核对 1 处，不影响提交", `<a href="/x#name">成员 1：与负责人同名</a>`, "形式审查清单", `<a href="/x">项目组成员不超过规定人数</a>`, "提交申报书")
	props.Notices, props.Checklist = nil, nil
	props.PledgeError, props.Layout.Error = "请阅读承诺并勾选", true
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Check(props)), `href="#pledge"`, `aria-invalid="true"`, "data-summary")
	props.PledgeError = ""
	props.Problems = []applicant.Problem{{URL: "/x#y", Label: "项目负责人", Message: "请填写手机"}}
	page = pagetest.MustPage(t, applicant.Check(props))
	pagetest.MustHold(t, page, "还不能提交", `href="/x#y"`)
	pagetest.MustLack(t, page, "提交申报书")
	pagetest.MustPage(t, applicant.Check(applicant.CheckProps{}))
}

func TestReceiptCanBeProved(t *testing.T) {
	t.Parallel()
	sum := strings.Repeat("9f", 32)
	page := pagetest.MustPage(t, applicant.Receipt(applicant.ReceiptProps{Application: submitted(), ArrivedAt: now, SHA256: sum, Email: "a@example.cn", Contact: staff, By: "通常在 5 个工作日内完成"}))
	pagetest.MustHold(t, page, "2023-RKX1-05-0007", "2023年3月8日 13:42:07", sum, "a@example.cn", "形式审查，通常在 5 个工作日内完成。", "tel:+862787833866", "需要更正")
	pagetest.MustPage(t, applicant.Receipt(applicant.ReceiptProps{}))
}

func TestDiscardAsksOnceMore(t *testing.T) {
	t.Parallel()
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Discard(applicant.DiscardProps{Application: draft()})), `action="/applications/k7m2p9x4q8ab/removal"`, "不能恢复", topic.Title, "返回")
}
