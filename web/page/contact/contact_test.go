package contact_test

import (
	"strings"
	"testing"
	"time"

	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/page/contact"
)

var now = time.Date(2023, 3, 8, 13, 42, 7, 0, portal.Shanghai)

func application() portal.Application {
	return portal.Application{
		Ref: "k7m2p9x4q8ab", Status: portal.Submitted, Number: "2023-RKX1-05-0007", Title: "湖北高质量技术要素市场建设研究", LeaderName: "张研究", UnitName: "示范大学",
		BatchSlug: "2023-softsci-1", Ordinal: 5, SubmittedAt: now, Versions: 1, Window: portal.Window{Opens: now.AddDate(0, -1, 0), Closes: now.AddDate(0, 0, 12)},
	}
}

func TestDeskIsAListOfWhatIsToBeDone(t *testing.T) {
	t.Parallel()
	props := contact.DeskProps{Now: now, Heading: "待受理", Views: []contact.View{{Label: "待受理", Count: 12, URL: "/desk?q=a", Here: true}, {Label: "全部", Count: 214, URL: "/desk?q="}},
		Saved: []contact.View{{Label: "大学的", URL: "/desk?q=b", Edit: "/desk/views/3"}, {Label: "重点", URL: "/desk?q=c", Note: "刘然"}},
		Pace:  &contact.Pace{Label: "已审", Done: 23, All: 80, Mean: "平均 4 分钟"},
		Rows:  []contact.Row{{Application: application(), Title: portal.Mark("湖北高质量技术要素市场建设研究", portal.Query("要素")), Look: "/desk?row=k7m2p9x4q8ab#beside"}}, Next: "/desk?before=7"}
	page := pagetest.MustPage(t, contact.Desk(props))
	pagetest.MustHold(t, page, "<h1>待受理</h1>", `aria-current="page"`, ">12<", ">214<", "2023-RKX1-05-0007", `href="/desk/applications/k7m2p9x4q8ab"`, "张研究 · 示范大学", "<mark>要素</mark>",
		"2023年3月8日 13:42:07", "下一页", ">23 / 80<", "，平均 4 分钟", `<progress aria-labelledby="pace" value="23" max="80">`, `href="/desk/views/3"`, "刘然", `href="/desk?row=k7m2p9x4q8ab#beside"`)
	if strings.Count(page, "/desk/views/") != 1 {
		t.Error("a colleague's view can be renamed")
	}
	props.Beside = &contact.Beside{Application: application(), Abstract: "研究路径。", Team: []contact.Member{{Name: "赵一", Title: "副高", Unit: "示范大学"}}, Close: "/desk?q=a",
		Findings: []component.ChecklistLine{{Question: "经费来源与支出相等", Answer: "yes"}}}
	pagetest.MustHold(t, pagetest.MustPage(t, contact.Desk(props)), `id="beside"`, "研究路径。", "赵一", "经费来源与支出相等", `href="/desk?q=a">收起`)
	for heading, want := range map[string]string{"待受理": "没有待受理的申报书", "待评审": "没有待评审的申报书", "退回后重交": "没有退回后重交", "超期": "5 个工作日", "全部": "还没有申报书", "查找结果": "没有符合条件的申报书"} {
		pagetest.MustHold(t, pagetest.MustPage(t, contact.Desk(contact.DeskProps{Heading: heading})), want)
	}
}

func TestFileReadsAsFrozen(t *testing.T) {
	t.Parallel()
	props := contact.FileProps{
		Now: now, Application: application(), Version: portal.Version{N: 2, SHA256: [32]byte{0xab, 0xcd}, ArrivedAt: now},
		Frozen:   portal.Frozen{Guideline: portal.FrozenGuideline{Batch: "2023-softsci-1", Version: 1, Ordinal: 5, Title: "湖北高质量技术要素市场建设研究", Content: "系统梳理现状。"}},
		Sections: []contact.FrozenAnswers{{Label: "项目负责人", Answers: []contact.Answer{{Label: "姓名", Value: "张研究"}, {Label: "座机"}}}},
		History:  []portal.Event{{At: now, Verb: portal.Verb(portal.Submit), From: portal.Draft, To: portal.Submitted, AccountName: "张研究", Role: portal.RoleApplicant}},
		Acts:     []portal.Act{portal.Return, portal.Accept},
	}
	page := pagetest.MustPage(t, contact.File(props))
	pagetest.MustHold(t, page, "系统梳理现状。", "本题未指定报告名称", "abcd00000000…", "abcd"+strings.Repeat("0", 60), "第 2 次提交，对应指南第 1 版", "办理经过", "未填写",
		`method="post" action="/desk/applications/k7m2p9x4q8ab/acceptance"`, ">受理</button>", `href="/batches/2023-softsci-1/topics/5"`)
	pagetest.MustLack(t, page, "形式审查清单")
	props.Acts, props.Checklist = nil, []component.ChecklistLine{{Question: "经费来源与支出相等", Answer: "yes", Evidence: "来源合计 6.50 万元"}}
	page = pagetest.MustPage(t, contact.File(props))
	pagetest.MustHold(t, page, "形式审查清单", "相符", "经费来源与支出相等", "来源合计 6.50 万元")
	pagetest.MustLack(t, page, "acceptance")
	pagetest.MustHold(t, pagetest.MustPage(t, contact.File(contact.FileProps{})), "没有可以显示的内容")
}

func TestFileOffersTheStepsOfItsState(t *testing.T) {
	t.Parallel()
	props := contact.FileProps{
		Now: now, Application: application(), Acts: []portal.Act{portal.Recommend}, Earlier: []portal.Version{{N: 1}}, Version: portal.Version{N: 2},
		Reviews: []portal.Review{{Outcome: portal.Recommended, Comment: "方案可行", Note: "只给主管部门", By: "刘然", At: now}},
		Sections: []contact.FrozenAnswers{{Label: "经费预算", Answers: []contact.Answer{
			{Label: "来源：申请专项经费（万元）", Value: "5"}, {Label: "来源：自筹经费（万元）", Value: "1.5"}, {Label: "支出：设备费（万元）"}, {Label: "支出：业务费（万元）", Value: "6.50"}}}},
	}
	page := pagetest.MustPage(t, contact.File(props))
	pagetest.MustHold(t, page, `class="button" href="/desk/applications/k7m2p9x4q8ab/recommendation"`, `href="/desk/applications/k7m2p9x4q8ab/versions/1"`, "推荐立项", "方案可行", "只给主管部门",
		"来源（万元）", "支出（万元）", ">5.00<", ">1.50<", "未填写", "合计")
	if n := strings.Count(page, ">6.50<"); n != 3 { // both sums, and an amount
		t.Errorf("6.50 stands %d times", n)
	}
	props.Acts = []portal.Act{portal.Accept, portal.Return, portal.Decline}
	pagetest.MustHold(t, pagetest.MustPage(t, contact.File(props)), "/acceptance", `class="button quiet" href="/desk/applications/k7m2p9x4q8ab/return"`, "/refusal")
}
