package e2e_test

import (
	"strings"
	"testing"

	"softsci/internal/portal"
)

// mistakes is everything somebody in a hurry gets wrong: each time the page says
// what and where, and nothing typed is lost.
func mistakes(t *testing.T, s *stage) {
	const email = "hasty@test.invalid"
	p := s.mustPage(t)
	registering(t, p, email)
	signingIn(t, p, email)
	submitting(t, p)
	discarding(t, p)
}

func registering(t *testing.T, p *page, email string) {
	p.mustGoto("/register", 200)
	p.mustPress("注册")
	p.mustStatus(422)
	p.mustSee("h2", "有 6 处需要处理")
	if title := mustEval[string](p, "document.title"); !strings.HasPrefix(title, "错误：") {
		t.Errorf("the title is %q", title)
	}
	if p.mode.script {
		p.mustFocus("[data-summary]")
	}
	p.mustCheck("register-empty")
	for _, line := range []struct{ words, field string }{
		{"请填写姓名", "#field-name"}, {"请填写邮箱", "#field-email"}, {"请填写密码", "#field-password"}, {"请填写单位名称", "#field-unit_name"},
		{"请填写统一社会信用代码", "#field-unit_code"}, {"隐私说明", "#field-privacy"},
	} {
		p.mustClick("[data-summary] a", line.words)
		p.mustFocus(line.field)
	}

	code := mustUnitCode(t)
	wrong := code[:17] + "X"
	if code[17] == 'X' {
		wrong = code[:17] + "Y"
	}
	p.mustFill("姓名", "李匆忙")
	p.mustFill("邮箱", email)
	p.mustFill("密码", password)
	p.mustFill("单位名称", unitName)
	p.mustFill("统一社会信用代码", wrong)
	p.mustTick("我已阅读并同意隐私说明")
	p.mustPress("注册")
	p.mustStatus(422)
	p.mustSee("h2", "有 1 处需要处理")
	p.mustSee("#field-unit_code-error", "校验")
	p.mustValue("姓名", "李匆忙")
	p.mustValue("邮箱", email)
	p.mustValue("单位名称", unitName)
	p.mustValue("统一社会信用代码", wrong)
	p.mustValue("密码", "")
	p.mustCount("#field-privacy:checked", 1)
	p.mustCheck("register-wrong-code")
	p.mustFill("密码", "short")
	p.mustFill("统一社会信用代码", code)
	p.mustPress("注册")
	p.mustStatus(422)
	p.mustSee("#field-password-error", "至少 8 个字符")
	p.mustFill("密码", password)
	p.mustPress("注册")
	p.mustBeAt("/applications")
	p.mustSee("main", "还没有申报书")
	p.mustCheck("list-empty")
}

func signingIn(t *testing.T, p *page, email string) {
	p.mustPress("退出")
	p.mustBeAt("/")
	p.mustFollow("我的申报")
	p.mustBeAt("/sign-in?next=")
	p.mustPress("登录")
	p.mustStatus(422)
	p.mustSee("h2", "有 2 处需要处理")
	p.mustFill("邮箱", email)
	p.mustFill("密码", "Not-the-one-1")
	p.mustPress("登录")
	p.mustStatus(422)
	p.mustSee("[data-summary]", "邮箱或密码不正确")
	p.mustValue("邮箱", email)
	p.mustValue("密码", "")
	p.mustCheck("sign-in-wrong")
	p.mustFill("密码", password)
	p.mustPress("登录")
	p.mustBeAt("/applications")
}

func submitting(t *testing.T, p *page) {
	p.mustGoto("/batches/"+slug+"/topics/3", 200)
	p.mustPress("申报此题")
	p.mustBeAt("/applications/")
	p.mustFollow("检查并提交")
	p.mustSee("main", "还不能提交", "尚未填写")
	p.mustCount("main button", 0)
	p.mustCheck("check-not-begun")
	p.mustFollow("尚未填写")
	p.mustFocus("#field-title")

	p.mustPress("保存并继续")
	p.mustSee(".flash", "已保存，这一部分还有 1 处需要处理")
	p.mustSee(".tasks", "还缺 1 项")
	p.mustCheck("tasks-incomplete")
	p.mustFollow("检查并提交")
	p.mustSee("main", "还不能提交", "请填写摘要")
	p.mustCheck("check-incomplete")
	p.mustFollow("请填写摘要")
	p.mustFocus("#field-abstract")
	p.mustSee("#field-abstract-error", "请填写摘要")
	p.mustCheck("section-incomplete")

	long := strings.Repeat("研究湖北科技计划项目的跟踪评价方法。", 600)
	p.mustFill("摘要", long)
	if p.mode.script {
		p.mustSee("#field-abstract-counter", "超出")
	}
	p.mustPress("保存并继续")
	p.mustSee(".tasks", "有 1 处错误")
	p.mustFollow("项目名称与摘要")
	p.mustValue("摘要", long)
	p.mustSee("#field-abstract-error", "字")
	p.mustSee("#field-abstract-counter", "超出")
	p.mustCheck("section-too-long")
	p.mustFill("摘要", abstract)
	p.mustPress("保存并继续")
	p.mustFollow("检查并提交")
	p.mustPress("提交申报书")
	p.mustStatus(422)
	p.mustSee("[data-summary]", "请阅读承诺并勾选")
	p.mustCheck("check-no-pledge")
	p.mustClick("[data-summary] a", "请阅读承诺并勾选")
	p.mustFocus("#pledge")
}

func discarding(t *testing.T, p *page) {
	p.mustFollow("我的申报")
	p.mustCheck("list-draft")
	p.mustFollow(p.stage.topic(3).Title)
	p.mustFollow("删除草稿")
	p.mustSee("main", "不能恢复")
	p.mustCheck("discard")
	p.mustPress("删除草稿")
	p.mustSee(".flash", "草稿已删除")
	p.mustSee("main", "还没有申报书")
}

// twoTabs is one person who writes the same section twice at once.
func twoTabs(t *testing.T, s *stage) {
	const email, mine, theirs, third = "twice@test.invalid", "我在第二个窗口写的摘要。", "我在第一个窗口写的摘要。", "又改了一次的摘要。"
	s.mustPerson(email, "赵双窗", portal.RoleApplicant)
	ref := s.mustFill(email, 5)
	first := s.mustPage(t)
	first.mustGoto("/applications/"+ref+"/sections/summary", 200)
	first.mustSignIn(email)
	second := first.mustTab()
	second.mustGoto("/applications/"+ref+"/sections/summary", 200)
	first.mustFill("摘要", theirs)
	first.mustPress("保存并继续")
	second.mustFill("摘要", mine)
	second.mustPress("保存并继续")
	second.mustStatus(409)
	second.mustSee("h1", "有两份修改")
	second.mustSee("main", "赵双窗", theirs)
	second.mustValue("摘要", mine)
	second.mustCheck("conflict")
	second.mustPress("保存")
	second.mustStatus(200)
	second.mustFollow("项目名称与摘要")
	second.mustValue("摘要", mine)

	first.mustGoto("/applications/"+ref+"/sections/summary", 200)
	second.mustFill("摘要", third)
	second.mustPress("保存并继续")
	first.mustFill("摘要", "放弃的一份。")
	first.mustPress("保存并继续")
	first.mustStatus(409)
	first.mustTick("采用这一份")
	first.mustPress("保存")
	first.mustFollow("项目名称与摘要")
	first.mustValue("摘要", third)
}
