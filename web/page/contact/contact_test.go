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
	views := []contact.View{{ID: "submitted", Label: "待受理", Count: 12, URL: "/desk?view=submitted"}, {ID: "all", Label: "全部", Count: 214, URL: "/desk?view=all"}}
	page := pagetest.MustPage(t, contact.Desk(contact.DeskProps{Now: now, Views: views, View: "submitted", Applications: []portal.Application{application()}, Next: "/desk?view=submitted&before=7"}))
	pagetest.MustHold(t, page, "<h1>待受理</h1>", `aria-current="page"`, ">12<", ">214<", "2023-RKX1-05-0007", `href="/desk/applications/k7m2p9x4q8ab"`, "张研究 · 示范大学",
		"2023年3月8日 13:42:07", "下一页")
	for view, want := range map[string]string{"submitted": "没有待受理的申报书", "accepted": "没有已受理的申报书", "all": "还没有申报书", "": "还没有申报书"} {
		pagetest.MustHold(t, pagetest.MustPage(t, contact.Desk(contact.DeskProps{View: view})), want)
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
