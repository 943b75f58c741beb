package e2e_test

import (
	"net/url"
	"testing"

	"softsci/internal/portal"
)

// contactAccepts is the contact of topic 5 who takes an application on; the
// contact of topic 6 does not even find it.
func contactAccepts(t *testing.T, s *stage) {
	const applicant, contact, stranger = "zhang@test.invalid", "contact-05@test.invalid", "contact-06@test.invalid"
	s.mustPerson(applicant, "张研究", portal.RoleApplicant)
	s.mustPerson(contact, "刘然", portal.RoleContact, 5)
	s.mustPerson(stranger, "杜纯", portal.RoleContact, 6)
	ref := s.mustSubmit(applicant, 5)
	topic := s.topic(5)

	c := s.mustPage(t)
	c.mustGoto("/desk", 200)
	c.mustSignIn(contact)
	c.mustBeAt("/desk")
	c.mustSee("h1", "待受理")
	c.mustSee("[aria-current]", "待受理 1")
	c.mustSee("main", "2023-RKX1-05-0001", topic.Title, "张研究")
	c.mustCheck("desk")
	c.mustGoto("/desk?q="+url.QueryEscape("状态:无 zyj 单位:"+unitName[:6]), 200)
	c.mustSee("#q-problems", "状态:无", "待受理")
	c.mustSee("tbody", "2023-RKX1-05-0001")
	c.mustClick("summary", "可以这样找")
	c.mustCheck("desk-found")
	c.mustGoto("/desk?row="+ref, 200)
	c.mustSee("#beside", abstract, "张研究", "形式审查")
	c.mustCheck("desk-beside")
	c.mustFollow("保存此视图")
	c.mustCheck("view-new")
	c.mustFill("名称", "常看的")
	c.mustPress("保存")
	c.mustSee(".saved", "常看的")
	c.mustFollow("改")
	c.mustCheck("view")
	c.mustPress("删除这个视图")
	c.mustCount(".saved", 0)
	c.mustGoto("/desk?q=2023-rkx1-05-0001", 200)
	c.mustBeAt("/desk/applications/" + ref)
	c.mustGoto("/desk", 200)
	c.mustFollow(topic.Title)
	c.mustBeAt("/desk/applications/" + ref)
	c.mustSee("main", abstract, "待受理", "张研究", unitName, "第 1 次提交")
	if s.mode.width < 800 {
		c.mustClick("summary", "指南 5 原文")
	}
	c.mustSee("main", topic.Content)
	c.mustCheck("file")
	c.mustPress("受理")
	c.mustSee(".flash", "已受理")
	c.mustSee(".standing", "已受理")
	c.mustCount("main aside form", 0)
	c.mustCheck("file-accepted")
	c.mustFollow("工作台")
	c.mustSee("main", "没有待受理的申报书")
	c.mustCheck("desk-empty")
	c.mustFollow("待评审")
	c.mustSee("main", "2023-RKX1-05-0001")
	c.mustCheck("desk-accepted")
	s.mustMail(applicant, "受理")

	a := s.mustPage(t)
	a.mustGoto("/applications", 200)
	a.mustSignIn(applicant)
	a.mustSee("main", "已受理")
	a.mustCheck("list-accepted")
	a.mustFollow(topic.Title)
	a.mustSee(".standing", "已受理")
	a.mustSee("[aria-current=step]", "评审")
	a.mustSee(".timeline", "受理", "刘然", "提交", "张研究", "开始填报")
	a.mustCheck("tasks-accepted")
	a.mustFollow("摘要与正文")
	a.mustSee("main", "不能修改", abstract)
	a.mustCount("main form", 0)
	a.mustCheck("section-read-only")

	x := s.mustPage(t)
	x.mustGoto("/desk", 200)
	x.mustSignIn(stranger)
	x.mustSee("main", "没有待受理的申报书")
	for _, typed := range []string{"", "状态:待受理", "状态:已受理", "张研究", "zyj"} {
		x.mustGoto("/desk?q="+url.QueryEscape(typed), 200)
		x.mustNotSee("main", topic.Title, "张研究", "2023-RKX1-05-0001")
	}
	x.mustCheck("desk-nothing")
	x.mustGoto("/desk/applications/"+ref, 404)
	x.mustNotSee("body", topic.Title, "张研究")
	x.mustSee(".masthead", "杜纯") // still signed in
	x.mustCheck("not-found")
	x.mustGoto("/applications/"+ref, 404)
	x.mustGoto("/admin", 404)
}
