package admin_test

import (
	"testing"
	"time"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/admin"
)

var now = time.Date(2023, 3, 8, 13, 42, 7, 0, portal.Shanghai)

func at(path string) layout.Props {
	return layout.Props{Path: path, Nav: layout.NavAdmin, Who: &layout.Who{Name: "管理员", Admin: true}}
}

func batch() portal.Batch {
	return portal.Batch{Slug: "2023-softsci-1", NumberCode: "RKX1", Version: portal.BatchVersion{
		N: 1, Kind: portal.Publication, Title: "2023年度申报指南", OpensAt: now.AddDate(0, -1, 0), ClosesAt: now.AddDate(0, 0, 12), PublishedAt: now.AddDate(0, -1, 0),
	}}
}

func events() []portal.Event {
	return []portal.Event{
		{At: now, Subject: portal.OnApplication, SubjectLabel: "2023-RKX1-05-0007", Verb: portal.Verb(portal.Accept), From: portal.Submitted, To: portal.Accepted, AccountName: "刘然", Role: portal.RoleContact, Address: "203.0.113.42"},
		{At: now, Subject: portal.OnAccount, Verb: portal.SignInFailed, Role: portal.RoleVisitor, Address: "2001:db8::1"},
	}
}

func topics() component.PicksProps {
	return component.PicksProps{Name: "topics", Label: "题目", Groups: []component.PickGroup{{Label: "2023年度", Picks: []component.Pick{{Value: "5", Label: "5. 要素市场", Chosen: true}}}}}
}

func role() *form.Form {
	return form.New(&form.Field{Name: "role", Label: "身份", Kind: form.Choice, Options: []form.Option{{Value: "contact", Label: "指南联系人"}, {Value: "admin", Label: "管理员"}}})
}

func TestHomeShowsCountsBatchesAndTheLog(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, admin.Home(admin.HomeProps{Layout: at("/admin"), Now: now, Batches: []portal.Batch{batch()}, Counts: []admin.Count{{Label: "待受理", Count: 12, URL: "/admin/events"}, {Label: "草稿", Count: 3}}, Recent: events()}))
	pagetest.MustHold(t, page, ">12<", `href="/admin/batches/2023-softsci-1"`, "申报中", "待受理 → 已受理", "203.0.113.42", "登录失败", "访客", `href="/admin" aria-current="page"`)
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Home(admin.HomeProps{})), "还没有指南批次", "还没有操作记录")
}

func TestBatchesListsThem(t *testing.T) {
	t.Parallel()
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Batches(admin.BatchesProps{Layout: at("/admin/batches"), Now: now, Batches: []portal.Batch{batch()}})), `href="/admin/batches/2023-softsci-1"`, "RKX1", "第 1 版")
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Batches(admin.BatchesProps{})), "还没有指南批次")
}

func TestBatchIsPublishedOrExtended(t *testing.T) {
	t.Parallel()
	props := admin.BatchProps{
		Layout: at("/admin/batches/2023-softsci-1"), Now: now, Batch: batch(), Versions: []portal.BatchVersion{batch().Version}, Counts: []admin.StatusCount{{Status: portal.Draft, Count: 3}, {Status: portal.Submitted, Count: 4}},
		Topics: []admin.TopicRow{{Topic: portal.Topic{Ordinal: 1, Title: "一"}, Accounts: []admin.TopicAccount{{Name: "刘然", Email: "liu-ran@test.invalid"}, {Name: "孙 刚", Email: "sun@test.invalid"}}, Submitted: 4}, {Topic: portal.Topic{Ordinal: 2, Title: "二"}}},
		Extend: form.New(&form.Field{Name: "closes", Label: "新的截止时间", Kind: form.Moment}, &form.Field{Name: "note", Label: "说明", Kind: form.Prose}),
	}
	page := pagetest.MustPage(t, admin.Batch(props))
	pagetest.MustHold(t, page, `action="/admin/batches/2023-softsci-1/extension"`, ">刘然<", ">liu-ran@test.invalid<", ">孙 刚<", "尚无账号", "<dd>7</dd>", "公开页面", `aria-current="true"`)
	pagetest.MustHold(t, page, `action="/admin/batches/2023-softsci-1/correction"`, `action="/admin/batches/2023-softsci-1/copy"`)
	pagetest.MustLack(t, page, "/publication", "继续整理", "归档", "撤下", "原始文件")
	props.Batch.Version.PublishedAt, props.Extend, props.Draft = time.Time{}, nil, true
	page = pagetest.MustPage(t, admin.Batch(props))
	pagetest.MustHold(t, page, `href="/admin/batches/2023-softsci-1/draft"`, `href="/admin/batches/2023-softsci-1/settings"`, `href="/admin/batches/2023-softsci-1/publication"`, "整理中", "删除底稿",
		`action="/admin/batches/2023-softsci-1/draft/removal"`)
	pagetest.MustLack(t, page, "/extension", "公开页面", "/correction")
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Batch(admin.BatchProps{})), "没有题目", "还没有申报书")
}

// What can be done with a batch follows where it stands.
func TestBatchOffersWhatItsStateAllows(t *testing.T) {
	t.Parallel()
	show := func(change func(*admin.BatchProps)) string {
		p := admin.BatchProps{Layout: at("/admin/batches/2023-softsci-1"), Now: now, Batch: batch()}
		change(&p)
		return pagetest.MustPage(t, admin.Batch(p))
	}
	open := show(func(p *admin.BatchProps) {
		p.CanUnpublish, p.Batch.Version.Document = true, portal.Document{ID: 1, Name: "指南.docx"}
		p.Versions = []portal.BatchVersion{{N: 2, Kind: portal.Correction, PublishedAt: now, By: "王主任", Note: "更正电话"}, {N: 1, PublishedAt: now}}
	})
	pagetest.MustHold(t, open, "确定撤下", `href="/batches/2023-softsci-1/document"`, `href="/batches/2023-softsci-1/changes/2"`, "王主任", "更正电话")
	pagetest.MustLack(t, open, "changes/1", "取消定时")
	planned := show(func(p *admin.BatchProps) { p.CanUnpublish, p.Batch.Version.PublishedAt = true, now.AddDate(0, 0, 1) })
	pagetest.MustHold(t, planned, "取消定时", "定时 2023年3月9日 13:42")
	pagetest.MustLack(t, planned, "公开页面", "确定撤下", "/correction")
	correcting := show(func(p *admin.BatchProps) {
		p.Draft, p.Batch.Version.N, p.Batch.Version.PublishedAt = true, 2, time.Time{}
	})
	pagetest.MustHold(t, correcting, "更正中", "更正尚未发布", "放弃更正", "公开页面")
	closed := show(func(p *admin.BatchProps) { p.Batch.Version.ClosesAt = now })
	pagetest.MustHold(t, closed, `name="state" value="archived"`)
	archived := show(func(p *admin.BatchProps) { p.Batch.ArchivedAt = now })
	pagetest.MustHold(t, archived, `name="state" value="listed"`, "已归档")
}

func TestAccountsAreFoundAndInvited(t *testing.T) {
	t.Parallel()
	props := admin.AccountsProps{
		Layout: at("/admin/accounts"), Now: now, Query: "刘", Next: "/admin/accounts?before=2", Invite: form.New(&form.Field{Name: "email", Label: "邮箱", Kind: form.Email}), Topics: topics(),
		Accounts: []admin.AccountRow{{Ref: "a1", Name: "刘然", Email: "a@example.cn", Roles: []string{"指南联系人", "管理员"}, LastSeenAt: now}, {Ref: "a2", Name: "孙刚", Invited: true}, {Ref: "a3", Name: "张研究"}},
	}
	page := pagetest.MustPage(t, admin.Accounts(props))
	pagetest.MustHold(t, page, `href="/admin/accounts/a1"`, "指南联系人、管理员", "已邀请，尚未接受", "从未登录", `name="topics" value="5" checked`, `action="/admin/invitations"`, `name="q" value="刘"`, "下一页")
	props.Accounts = nil
	props.Topics.Error = "请至少选择一个题目"
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Accounts(props)), "没有找到“刘”", "请至少选择一个题目")
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Accounts(admin.AccountsProps{})), "还没有账号")
}

func TestAccountShowsItsRights(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, admin.Account(admin.AccountProps{
		Layout: at("/admin/accounts/a1"), Now: now, Account: admin.AccountRow{Ref: "a1", Name: "刘然", Email: "a@example.cn", CreatedAt: now}, Grant: role(), Topics: topics(),
		Memberships: []admin.MembershipRow{{ID: 7, Role: "指南联系人", Scope: "5 要素市场", Since: now}}, Link: "https://example.cn/invitations/X",
	}))
	pagetest.MustHold(t, page, `action="/admin/accounts/a1/memberships/7/end"`, `action="/admin/accounts/a1/memberships"`, "5 要素市场", "https://example.cn/invitations/X")
	page = pagetest.MustPage(t, admin.Account(admin.AccountProps{}))
	pagetest.MustHold(t, page, "没有权限")
	pagetest.MustLack(t, page, "邀请链接")
}

func TestEventsAreFiltered(t *testing.T) {
	t.Parallel()
	filter := func(verb string) *form.Form {
		return form.New(
			&form.Field{Name: "verb", Label: "操作", Kind: form.Choice, Optional: true, Options: []form.Option{{Label: "全部"}, {Value: "submit", Label: "提交"}}, Value: verb},
			&form.Field{Name: "words", Label: "关键词", Optional: true}, &form.Field{Name: "from", Label: "开始日期", Kind: form.Date, Optional: true},
		)
	}
	page := pagetest.MustPage(t, admin.Events(admin.EventsProps{Layout: at("/admin/events?verb=submit"), Now: now, Events: events(), Filter: filter("submit"), Next: "/admin/events?before=9"}))
	pagetest.MustHold(t, page, `value="submit" selected`, "清除条件", "2023年3月8日 13:42:07", "下一页", `href="/admin/events" aria-current="page"`, `type="date"`)
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Events(admin.EventsProps{Filter: filter("submit")})), "没有符合条件的记录")
	page = pagetest.MustPage(t, admin.Events(admin.EventsProps{Filter: filter("")}))
	pagetest.MustHold(t, page, "还没有操作记录")
	pagetest.MustLack(t, page, "清除条件")
}

func application() portal.Application {
	return portal.Application{Ref: "k7m2p9x4q8ab", Status: portal.UnderReview, Number: "2023-RKX1-05-0007", Title: "要素市场研究", LeaderName: "张研究", UnitName: "示范大学", SubmittedAt: now}
}

func TestApplicationsAreFound(t *testing.T) {
	t.Parallel()
	find := component.FindProps{Action: "/admin/applications", Examples: portal.FilterExamples(), Hints: []component.Hint{{Field: "状态", Links: []component.Link{{Text: "立项", URL: "/admin/applications?q=x"}}}, {Field: "标记"}}}
	tools := component.ToolsProps{Total: "1,000+", Sorts: []component.Sorted{{Label: "提交时间", Chosen: true, Down: true}, {Label: "单位"}}}
	props := admin.ApplicationsProps{Layout: at("/admin/applications"), Now: now, Find: find, Tools: tools, Search: portal.Query("要素"), Applications: []portal.Application{application()}, Next: "/admin/applications?before=7"}
	page := pagetest.MustPage(t, admin.Applications(props))
	pagetest.MustHold(t, page, `name="q"`, `href="/admin/applications/k7m2p9x4q8ab"`, "<mark>要素</mark>", "张研究 · 示范大学", "2023-RKX1-05-0007", portal.UnderReview.Label(), "2023年3月8日 13:42:07", "下一页",
		`href="/admin/applications" aria-current="page"`, "共 1,000+ 份", ">立项</a>", "从大到小", "负责人:zs")
	pagetest.MustLack(t, page, "标记</dt>", "保存此视图", `aria-invalid`)
	props.Applications = nil
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Applications(props)), "还没有申报书")
	props.Find.Typed, props.Find.Problems = `没有"这个词`, []string{"“状态:x”没有用来查找"}
	pagetest.MustHold(t, pagetest.MustPage(t, admin.Applications(props)), "没有符合条件的申报书", `value="没有&#34;这个词"`, "“状态:x”没有用来查找", `aria-describedby="q-problems"`)
}

func TestApplicationIsReadAndDecided(t *testing.T) {
	t.Parallel()
	props := admin.ApplicationProps{
		Layout: at("/admin/applications/k7m2p9x4q8ab"), Now: now, Application: application(), History: events(), Acts: []portal.Act{portal.Propose, portal.Reject},
		Reviews:  []portal.Review{{Outcome: portal.NotRecommended, Comment: "评语", Note: "说明", By: "刘然", At: now}},
		Sections: []admin.Frozen{{Label: "项目负责人", Answers: []component.Answer{{Label: "姓名", Value: "张研究"}, {Label: "座机"}}}},
	}
	page := pagetest.MustPage(t, admin.Application(props))
	pagetest.MustHold(t, page, `class="button" href="/admin/applications/k7m2p9x4q8ab/decisions/propose"`, `class="button quiet" href="/admin/applications/k7m2p9x4q8ab/decisions/reject"`,
		"不推荐立项", "评语", "说明", "未填写", "办理经过", `aria-current="true"`)
	props.Acts = nil
	pagetest.MustLack(t, pagetest.MustPage(t, admin.Application(props)), "decisions")
	pagetest.MustPage(t, admin.Application(admin.ApplicationProps{}))
}
