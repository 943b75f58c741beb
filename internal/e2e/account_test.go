package e2e_test

import (
	"testing"

	"softsci/internal/portal"
)

// mustOpenWith signs in with a password and leads to a page.
func (p *page) mustOpenWith(path, email, password string) {
	p.t.Helper()
	p.mustGoto(path, 200)
	p.mustBeAt("/sign-in")
	p.mustFill("邮箱", email)
	p.mustFill("密码", password)
	p.mustPress("登录")
}

// forgotten is somebody who no longer knows the password.
func forgotten(t *testing.T, s *stage) {
	const email, fresh = "zhang@test.invalid", "Fresh-password-2"
	s.mustPerson(email, "张研究", portal.RoleApplicant)
	p := s.mustPage(t)
	p.mustGoto("/sign-in", 200)
	p.mustFollow("忘记密码")
	p.mustStatus(200)
	p.mustCheck("forgot")
	p.mustFill("注册时使用的邮箱", "no address")
	p.mustPress("寄送链接")
	p.mustStatus(422)
	p.mustCheck("forgot-wrong")
	p.mustFill("注册时使用的邮箱", "nobody@test.invalid")
	p.mustPress("寄送链接")
	p.mustStatus(200)
	unknown := p.words("main")
	p.mustFollow("返回登录")
	p.mustFollow("忘记密码")
	p.mustFill("注册时使用的邮箱", email)
	p.mustPress("寄送链接")
	p.mustStatus(200)
	p.mustSee("h1", "请查看邮箱")
	if known := p.words("main"); known != unknown {
		t.Errorf("the page tells who has an account:\n%s\n%s", known, unknown)
	}
	p.mustCheck("sent")

	link := s.mustLink(s.mustMail(email, "重新设置密码"), "/reset/")
	p.mustGoto(link, 200)
	p.mustCheck("reset")
	p.mustFill("新密码", fresh)
	p.mustPress("保存密码")
	p.mustBeAt("/applications")
	p.mustSee(".flash", "新密码已经生效")
	p.mustGoto(link, 410)
	p.mustSee("main", "这个链接已经用过")
	p.mustCheck("reset-used")

	other := s.mustPage(t)
	other.mustOpenWith("/applications", email, password)
	other.mustStatus(422)
	other.mustFill("密码", fresh)
	other.mustPress("登录")
	other.mustBeAt("/applications")
}

// ownAccount is somebody who looks after the own account.
func ownAccount(t *testing.T, s *stage) {
	const email, fresh = "zhang@test.invalid", "Fresh-password-2"
	s.mustPerson(email, "张研究", portal.RoleApplicant)
	elsewhere := s.mustPage(t)
	elsewhere.mustOpenWith("/account", email, password)
	p := s.mustPage(t)
	p.mustOpenWith("/account", email, password)
	p.mustBeAt("/account")
	p.mustSee("main", email, unitName, "本机")
	p.mustCount(".session", 2)
	p.mustNotSee(".session", "Mozilla/5.0") // no reader knows a browser by that
	p.mustCheck("account")
	p.mustPress("结束登录")
	p.mustSee(".flash", "已退出那个登录")
	p.mustCount(".session", 1)
	elsewhere.mustPress("修改密码")
	elsewhere.mustBeAt("/sign-in")
	elsewhere.mustSee(".flash", "登录已过期")
	elsewhere.mustCheck("ended")

	p.mustFollow("修改资料")
	p.mustFill("姓名", "")
	p.mustFill("统一社会信用代码", "123")
	p.mustPress("保存资料")
	p.mustStatus(422)
	p.mustSee("h2", "有 2 处需要处理")
	p.mustValue("统一社会信用代码", "123")
	p.mustCheck("profile-wrong")
	p.mustFill("姓名", "张改名")
	p.mustFill("单位名称", "改名大学")
	p.mustFill("统一社会信用代码", mustUnitCode(t))
	p.mustPress("保存资料")
	p.mustSee(".flash", "资料已保存")
	p.mustSee(".masthead", "张改名")
	p.mustValue("单位名称", "改名大学")
	p.mustGoto("/account", 200)
	p.mustSee("main", "改名大学")

	elsewhere.mustOpenWith("/account", email, password)
	elsewhere.mustBeAt("/account")
	p.mustFill("当前密码", "Not-the-one-1")
	p.mustFill("新密码", fresh)
	p.mustPress("修改密码")
	p.mustStatus(422)
	p.mustSee("[data-summary]", "当前密码不正确")
	p.mustCheck("password-wrong")
	p.mustFill("当前密码", password)
	p.mustFill("新密码", fresh)
	p.mustPress("修改密码")
	p.mustSee(".flash", "密码已修改")
	p.mustCount(".session", 1)
	p.mustCheck("password-changed")
	elsewhere.mustGoto("/account", 200)
	elsewhere.mustBeAt("/sign-in")

	p.mustPress("退出登录")
	p.mustBeAt("/")
	p.mustGoto("/account", 200)
	p.mustBeAt("/sign-in")
}
