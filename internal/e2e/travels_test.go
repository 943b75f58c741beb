package e2e_test

import (
	"fmt"
	"testing"
	"time"

	"softsci/internal/portal"
)

// The people of the stories in which an application travels.
const (
	zhang = "zhang@test.invalid"
	liu   = "contact-05@test.invalid"
	du    = "contact-06@test.invalid"
	sun   = "admin@test.invalid"

	firstNumber = "2023-RKX1-05-0001"
)

// mustPeople opens an applicant's, two contacts' and an administrator's account.
func (w *world) mustPeople() {
	w.t.Helper()
	w.mustPerson(zhang, "张研究", portal.RoleApplicant)
	w.mustPerson(liu, "刘然", portal.RoleContact, 5)
	w.mustPerson(du, "杜纯", portal.RoleContact, 6)
	w.mustPerson(sun, "孙管理", portal.RoleAdmin)
}

// mustVisit opens a tab for a person who signs in on the way to a page.
func (s *stage) mustVisit(t *testing.T, path, email string) *page {
	t.Helper()
	p := s.mustPage(t)
	p.mustOpenWith(path, email, password)
	p.mustStatus(200)
	p.mustBeAt(path)
	return p
}

const (
	remark   = "请写明研究方法，并说明资料从哪里来。"
	wholly   = "请全文统一使用“技术要素市场”一词。"
	method   = "访谈三十家企业，发放问卷三百份，与三个省份比较研究。"
	comment  = "选题切合湖北需要，研究方法得当。"
	note     = "经费偏紧，建议足额支持。"
	decision = "同意列入，请按公示意见完善调研方案。"
)

// travels is an application on its whole way, with all three kinds of people: submitted,
// returned by section, changed, compared, accepted, recommended, decided.
func travels(t *testing.T, s *stage) {
	s.mustPeople()
	ref := s.mustFill(zhang, 5)
	a := s.mustVisit(t, "/applications/"+ref, zhang)
	if number := a.mustSubmitAll(); number != firstNumber {
		t.Fatalf("the number is %q", number)
	}
	s.mustMail(zhang, "已提交", firstNumber)
	s.mustMail(liu, "待受理："+firstNumber, "收到一份申报书")
	c := s.mustVisit(t, "/desk", liu)
	c.mustFollow(s.topic(5).Title)
	c.mustSee(".checklist", "高级职称 1/2 = 50%，要求不低于 40%", "待核对 诚信承诺书已签字盖章", "来源合计 6.50 万元，支出合计 6.50 万元")
	c.mustCheck("file")
	until := returning(t, s, c)
	answering(t, s, a, until)
	accepting(t, s, c)
	recommending(t, c)
	a.mustGoto("/applications/"+ref, 200)
	a.mustSee(".standing", "评审中")
	a.mustSee("main", comment)
	a.mustNotSee("body", note)
	a.mustCheck("tasks-reviewed")
	deciding(t, s, a)

	a.mustGoto("/applications/"+ref, 200)
	a.mustSee(".standing", "立项", firstNumber)
	a.mustSee("[aria-current=step]", "立项")
	a.mustSee("main", comment, decision)
	a.mustNotSee("body", note)
	whole := []string{"立项", "拟立项", "评审推荐", "受理", "提交", "退回修改", "提交", "开始填报"}
	a.mustCount(".timeline > li", len(whole))
	for i, verb := range whole {
		a.mustSee(fmt.Sprintf(".timeline > li:nth-child(%d)", i+1), verb, portal.DateText(s.store.Now()))
	}
	a.mustCheck("tasks-funded")
	a.mustFollow("我的申报")
	a.mustSee("main", "立项", firstNumber)
	a.mustCheck("list-funded")
	c.mustGoto("/desk?q=", 200)
	c.mustSee("main", firstNumber, "立项")
	c.mustCheck("desk-all-funded")
}

// returning is the contact who gives the application back, in the end with a remark
// and a term.
func returning(t *testing.T, s *stage, c *page) (until string) {
	c.mustFollow("退回修改")
	c.mustSee("h1", "退回修改")
	c.mustSee(".kicker", firstNumber)
	c.mustSee("main", "至少写一条意见", abstract) // the application stands beside the remarks
	c.mustCheck("return")
	c.mustPress("退回修改")
	c.mustStatus(422)
	c.mustClick("[data-summary] a", "请至少写明一处需要修改的地方")
	c.mustFocus("#field-remark-cover")
	c.mustCheck("return-no-remark")
	c.mustFill("摘要与正文", remark)
	c.mustFill("整份申报书", wholly)
	c.mustFill("重新提交的期限", s.opens.Format("2006-01-02T15:04"))
	c.mustPress("退回修改")
	c.mustStatus(422)
	c.mustSee("[data-summary]", "重新提交的期限必须晚于现在")
	c.mustValue("摘要与正文", remark)
	c.mustValue("整份申报书", wholly)
	c.mustCheck("return-past")
	term := s.closes.AddDate(0, 0, 2).Truncate(time.Minute) // later than the batch's own
	c.mustFill("重新提交的期限", term.Format("2006-01-02T15:04"))
	c.mustPress("退回修改")
	c.mustSee(".flash", "已退回")
	c.mustSee(".standing", "退回修改")
	c.mustSee(".timeline", "退回修改", remark, "刘然")
	c.mustNotSee("main .split > aside", "受理后申报人") // nothing to do until it comes back
	c.mustCheck("file-returned")
	until = portal.DateTimeText(term)
	s.mustMail(zhang, "退回修改："+firstNumber, remark, wholly, until)
	return until
}

// answering is the applicant who reads the remarks, changes the text and submits again.
func answering(t *testing.T, s *stage, a *page, until string) {
	a.mustFollow("我的申报")
	a.mustSee("main", "退回修改")
	a.mustCheck("list-returned")
	a.mustFollow(s.topic(5).Title)
	a.mustSee(".standing", "退回修改")
	a.mustSee("main", "联系人请您修改", remark, wholly)
	a.mustSee(".opening aside", portal.DeadlineText(s.store.Now(), s.closes.AddDate(0, 0, 2)))
	a.mustCheck("tasks-returned")
	a.mustLoad("the remark", func() { a.mustClick(".summary a", "摘要与正文") })
	a.mustSee("main", remark) // and stands beside it
	a.mustValue("思路方法与技术路线", s.answers(5)["text"]["method"])
	a.mustCheck("section-returned")
	a.mustFill("思路方法与技术路线", method)
	a.mustPress("保存并继续")
	a.mustFollow("返回申报书")
	a.mustFollow("检查并提交")
	a.mustSee("main", method)
	a.mustCheck("check-again")
	a.mustTick("我已阅读并同意以上承诺")
	a.mustPress("提交申报书")
	a.mustSee("h1", "申报书已提交")
	a.mustSee("main", firstNumber, "第 2 次提交")
	a.mustCheck("receipt-again")
	a.mustFollow("查看申报书和办理进度")
	a.mustFollow("联系人的意见")
	a.mustSee(".opinion", "湖北技术交易所 刘然", remark, wholly, "改动 1 处", "重新提交（第 2 次）")
	a.mustCheck("opinions")
	a.mustFollow("改了什么")
	a.mustSee("ins", "三十家企业")
	a.mustSee("main", "承诺书", "未变", "SHA-256")
	a.mustCheck("compare-own")
	s.mustMail(liu, "待受理："+firstNumber, "修改后重新提交")
}

// accepting is the contact who finds what came back, sees what has changed, and takes
// it on.
func accepting(t *testing.T, s *stage, c *page) {
	c.mustGoto("/desk", 200)
	c.mustSee("[aria-current]", "待受理 1")
	c.mustFollow("退回后重交")
	c.mustSee("[aria-current]", "退回后重交 1")
	c.mustSee("main", firstNumber)
	c.mustCheck("desk-again")
	c.mustFollow(s.topic(5).Title)
	c.mustSee("main", method, "第 2 次提交")
	c.mustCheck("file-again")
	c.mustFollow("与第 1 次提交对比")
	c.mustSee("h1", "第 1 次与第 2 次提交的对比")
	c.mustSee("del", "问卷与")
	c.mustSee("ins", "三十家企业", "三个省份")
	c.mustSee("main", "没有变化", "思路方法与技术路线")
	c.mustCheck("compare")
	c.mustFollow(firstNumber)
	c.mustPress("受理")
	c.mustSee(".flash", "已受理")
	s.mustMail(zhang, "已受理："+firstNumber)
}

// recommending is the contact's review: a word for the applicant and one for the
// department alone.
func recommending(t *testing.T, c *page) {
	c.mustFollow("评审推荐")
	c.mustSee("h1", "评审意见")
	c.mustCheck("recommend")
	c.mustPress("提交评审意见")
	c.mustStatus(422)
	c.mustSee("[data-summary]", "请选择评审意见", "请填写给申报人的评语")
	c.mustCheck("recommend-empty")
	c.mustTick("推荐立项")
	c.mustFill("给申报人的评语", comment)
	c.mustFill("给主管部门的说明", note)
	c.mustPress("提交评审意见")
	c.mustSee(".flash", "评审意见已提交")
	c.mustSee(".standing", "评审中")
	c.mustSee("main", "推荐立项", comment, note)
	c.mustCheck("file-reviewed")
}

// deciding is the administrator who finds the application among all and decides, step
// by step; the applicant is told each time.
func deciding(t *testing.T, s *stage, a *page) {
	o := s.mustVisit(t, "/admin", sun)
	o.mustFollow("申报书")
	o.mustBeAt("/admin/applications")
	o.mustSee("main", firstNumber, "张研究", unitName, "评审中")
	o.mustCheck("applications")
	o.mustFill("查找申报书", "指南:6")
	o.mustPress("查找")
	o.mustSee("main", "没有符合条件的申报书")
	o.mustValue("查找申报书", "指南:6")
	o.mustCheck("applications-none")
	o.mustFill("查找申报书", "指南：5 状态:评审中 张研究")
	o.mustPress("查找")
	o.mustCount("main tbody tr", 1)
	o.mustCheck("applications-filtered")
	o.mustFollow(s.topic(5).Title)
	o.mustSee(".standing", "评审中", firstNumber)
	o.mustSee("main", comment, note, method, "推荐立项")
	o.mustSee(".timeline", "退回修改", remark, "受理", "刘然")
	o.mustCheck("application")
	o.mustFollow("与第 1 次提交对比")
	o.mustSee("ins", "三十家企业")
	o.mustFollow(firstNumber)
	o.mustFollow("不予立项")
	o.mustPress("不予立项")
	o.mustStatus(422)
	o.mustSee("[data-summary]", "请填写说明")
	o.mustCheck("reject-empty")
	o.mustFollow("返回")
	o.mustFollow("拟立项")
	o.mustSee("main", "公示")
	o.mustCheck("propose")
	o.mustFill("说明", decision)
	o.mustPress("拟立项")
	o.mustSee(".flash", "已记录“拟立项”")
	o.mustSee(".standing", "拟立项")
	o.mustCheck("application-proposed")
	s.mustMail(zhang, "拟立项："+firstNumber, decision)
	a.mustGoto(a.taskList(), 200)
	a.mustSee("[aria-current=step]", "公示")
	a.mustCheck("tasks-proposed")
	o.mustFollow("立项")
	o.mustPress("立项")
	o.mustSee(".flash", "已记录“立项”")
	o.mustSee(".standing", "立项")
	o.mustCount(".opening aside", 0)
	o.mustCheck("application-funded")
	s.mustMail(zhang, "】立项："+firstNumber)
}
