package e2e_test

import (
	"testing"
	"time"
)

// expired is somebody whose session ends over the writing: what was typed is given
// back after signing in, and goes where it was meant to go.
func expired(t *testing.T, s *stage) {
	const afternoon = "写了一个下午的摘要，一个字也不能丢。"
	s.mustPeople()
	ref := s.mustFill(zhang, 7)
	a := s.mustVisit(t, "/applications/"+ref+"/sections/text", zhang)
	a.mustFill("摘要", afternoon)
	s.mustPass(31 * time.Minute)
	a.mustPress("保存并继续")
	a.mustBeAt("/sign-in?ended=1&next=%2Fkept%2F")
	a.mustSee(".flash", "登录已过期", "您填写的内容已经保留")
	a.mustCheck("sign-in-again")
	a.mustSignIn(zhang)
	a.mustBeAt("/kept/")
	a.mustStatus(200)
	a.mustSee("main h2", "摘要与正文")
	a.mustSee("main dt", "摘要", "关键词")
	a.mustSee("main", afternoon)
	a.mustCheck("kept")
	kept := a.path()
	a.mustPress("继续提交")
	a.mustStatus(200)
	a.mustSee(".flash", "已保存，这一部分完整")
	a.mustBeAt("/applications/" + ref + "/sections/outcomes")
	a.mustFollow("上一部分")
	a.mustValue("摘要", afternoon)
	a.mustGoto(kept, 410) // it is given back once
	a.mustSee("main", "已经取回过")
	a.mustNotSee("main", afternoon)
	a.mustCheck("kept-gone")

	submitted := s.mustSubmit(zhang, 5)
	c := s.mustVisit(t, "/desk/applications/"+submitted+"/return", liu)
	c.mustFill("摘要与正文", remark)
	s.mustPass(62 * time.Minute)
	c.mustPress("退回修改")
	c.mustSignIn(liu)
	c.mustSee("main h2", "退回修改")
	c.mustSee("main dt", "摘要与正文")
	c.mustSee("main", remark)
	c.mustCheck("kept-return")
	c.mustPress("继续提交")
	c.mustSee(".flash", "已退回")
	c.mustSee(".standing", "退回修改")
}
