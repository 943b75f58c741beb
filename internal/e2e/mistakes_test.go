package e2e_test

import (
	"strings"
	"testing"

	"softsci/internal/portal"
	"softsci/internal/proposal"
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

// rowsAtOnce is the same with members of the team: one is renamed in one window while
// the other adds one; both changes stand in the end. Then one is taken away here and
// another added there: what was taken away comes back only if somebody says so.
func rowsAtOnce(t *testing.T, first, second *page, ref string) {
	team := "/applications/" + ref + "/sections/team"
	first.mustGoto(team, 200)
	second.mustGoto(team, 200)
	first.mustFill("姓名", "改了名")
	first.mustPress("保存并继续")
	second.mustPress("添加成员")
	second.mustStatus(409)
	second.mustSee("main", "改了名", "成员 1 姓名")
	second.mustSee(".lone", "成员 3", "您添加的")
	second.mustCheck("conflict-rows")
	second.mustTick("采用这一份")
	second.mustPress("保存")
	second.mustStatus(200)
	second.mustFollow("上一部分")
	second.mustValue("姓名", "改了名")
	if rows := second.rows("rows"); len(rows) != 3 {
		t.Errorf("there are %d members, want 3", len(rows))
	}

	first.mustGoto(team, 200)
	second.mustPress("删去成员 3")
	first.mustPress("添加成员")
	first.mustStatus(409)
	first.mustSee(".lone", "成员 3", "删去了，您的一份里还有", "成员 4", "您添加的")
	first.mustCheck("conflict-gone")
	first.mustPress("保存")
	first.mustStatus(200)
	second.mustGoto(team, 200)
	if rows := second.rows("rows"); len(rows) != 3 {
		t.Errorf("there are %d members, want the two and the new one", len(rows))
	}

	first.mustGoto(team, 200)
	second.mustFill("姓名", "又改了名")
	second.mustPress("保存并继续")
	first.mustPress("添加成员")
	first.mustStatus(409)
	first.mustCount(".sure[open]", 0)
	first.mustClick("summary", "放弃我的修改")
	first.mustCheck("conflict-sure")
	first.mustFollow("确定放弃")
	first.mustBeAt(team)
	first.mustValue("姓名", "又改了名")
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
	p.mustBeAt(p.taskList() + "/sections/cover")

	p.mustPress("保存并继续")
	p.mustSee(".flash", "已保存，这一部分还有 7 处需要处理")
	p.mustBeAt(p.taskList() + "/sections/leader")
	p.mustCheck("section-after-save")
	p.mustFollow("返回申报书")
	p.mustSee(".tasks", "还缺 7 项")
	p.mustCheck("tasks-incomplete")
	p.mustFollow("检查并提交")
	p.mustSee("main", "还不能提交", "请选择单位性质")
	p.mustCheck("check-incomplete")
	p.mustFollow("请选择单位性质")
	p.mustFocus("#field-unit_kind")
	p.mustSee("main .error", "请选择单位性质", "请填写法定代表人")
	p.mustCheck("section-incomplete")

	p.mustGoto(p.taskList()+"/sections/text", 200)
	long := strings.Repeat("研究湖北科技计划项目的跟踪评价方法。", 600)
	p.mustFill("摘要", long)
	if p.mode.script {
		p.mustSee("#field-abstract-counter", "超出")
	}
	p.mustPress("保存并继续")
	p.mustFollow("返回申报书")
	p.mustSee(".tasks", "有 1 处错误")
	p.mustFollow("摘要与正文")
	p.mustValue("摘要", long)
	p.mustSee("#field-abstract-error", "字")
	p.mustSee("#field-abstract-counter", "超出")
	p.mustCheck("section-too-long")
	p.mustGoto(p.taskList()+"/sections/cover", 200)
	p.mustWriteAll(p.stage.answers(3), func(string) {})
	p.mustFollow("返回申报书")
	p.mustCount(".tasks li", len(proposal.Parts())+1)
	p.mustNotSee(".tasks", "填写中", "未开始", "错误")
	p.mustCheck("tasks-done")
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
	first.mustGoto("/applications/"+ref+"/sections/text", 200)
	first.mustSignIn(email)
	second := first.mustTab()
	second.mustGoto("/applications/"+ref+"/sections/text", 200)
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
	second.mustFollow("上一部分")
	second.mustValue("摘要", mine)

	first.mustGoto("/applications/"+ref+"/sections/text", 200)
	second.mustFill("摘要", third)
	second.mustPress("保存并继续")
	first.mustFill("摘要", "放弃的一份。")
	first.mustPress("保存并继续")
	first.mustStatus(409)
	first.mustTick("采用这一份")
	first.mustPress("保存")
	first.mustFollow("上一部分")
	first.mustValue("摘要", third)
	rowsAtOnce(t, first, second, ref)
}
