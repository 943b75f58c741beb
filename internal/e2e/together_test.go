package e2e_test

import (
	"testing"
	"time"

	"softsci/internal/portal"
)

// together is a leader who asks two people to help: one writes at once, the other opens
// an account first; the lead goes to and fro and one of them leaves; the time runs out for
// all but the leader, and what was left over goes on elsewhere.
func together(t *testing.T, s *stage) {
	s.mustPeople()
	const helper, newcomer = "wang@test.invalid", "new@test.invalid"
	s.mustPerson(helper, "王助手", portal.RoleApplicant)
	ref := s.mustFill(zhang, 7)
	fresh, err := s.desk.Begin(t.Context(), s.actor(zhang), slug, 6)
	s.must(err)
	home := "/applications/" + ref

	p := s.mustVisit(t, home, zhang)
	p.mustCheck("tasks")
	p.mustPress("把这些资料存入我的资料")
	p.mustSee(".flash", "已存入")
	p.mustFollow("参与填写的人")
	p.mustPress("邀请")
	p.mustStatus(422)
	p.mustCheck("people-wrong")
	p.mustFill("对方的邮箱", helper)
	p.mustTick("经办人")
	p.mustPress("邀请")
	p.mustSee(".flash", "现在就可以填写")
	p.mustFill("对方的邮箱", newcomer)
	p.mustFill("姓名", "新成员")
	p.mustTick("共同填写")
	p.mustPress("邀请")
	p.mustSee("main", "尚未接受邀请")
	p.mustCheck("people")

	h := s.mustVisit(t, home, helper)
	h.mustSee("main", "提交、撤回和删除由项目负责人办理")
	h.mustCheck("helper")
	h.mustFollow("检查")
	h.mustSee("main", "由项目负责人提交")
	h.mustCheck("helper-check")

	p.mustGoto(home+"/people", 200)
	p.mustFollow("移交负责人")
	p.mustSee("main", "不是申报书里填写的项目负责人")
	p.mustPress("确定移交")
	p.mustStatus(422)
	p.mustCheck("pass-on-wrong")
	p.mustTick("经办人")
	p.mustPress("确定移交")
	p.mustSee(".flash", "已移交")
	p.mustCheck("passed-on")
	s.mustMail(helper, "负责人移交给您")
	s.mustMail(zhang, "您已移交")
	h.mustGoto(home+"/people", 200)
	h.mustFollow("移交负责人")
	h.mustTick("经办人")
	h.mustPress("确定移交")
	h.mustClick("summary", "退出填写")
	h.mustCheck("leaving")
	h.mustPress("确定退出")
	h.mustSee(".flash", "已退出")
	s.mustMail(zhang, "王助手退出填写")

	p.mustGoto("/applications/"+fresh, 200)
	p.mustCheck("fresh")
	p.mustFollow("从以前的申报书复制")
	p.mustCheck("earlier")
	p.mustPress("复制")
	p.mustSee(".flash", "内容已复制")
	p.mustGoto("/account/profile", 200)
	p.mustValue("法定代表人", "李校长")
	p.mustCheck("profile")
	p.mustGoto("/account", 200)
	p.mustFollow("我的数据：查看、下载、删除")
	p.mustPress("生成日历地址")
	p.mustSee("main", "/account/deadlines/")
	p.mustCheck("data")
	p.mustGoto("/applications/new", 200)
	p.mustCheck("topics")

	a := s.mustVisit(t, "/admin/batches/"+slug, sun)
	a.mustClick("summary", "给一位申报人或一个单位延期")
	a.mustPress("单独延期")
	a.mustStatus(422)
	a.mustCheck("extension-wrong")
	a.mustFill("申报人的邮箱", zhang)
	a.mustFill("延至", s.closes.Add(48*time.Hour).Format("2006-01-02T15:04"))
	a.mustFill("原因", "所在地停电")
	a.mustPress("单独延期")
	a.mustSee("main", "所在地停电")
	a.mustCheck("extension")
	s.mustMail(zhang, "您的申报截止时间延长至")
}
