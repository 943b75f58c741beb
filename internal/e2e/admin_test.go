package e2e_test

import (
	"testing"

	"softsci/internal/portal"
)

// administrator extends the deadline, invites a contact and reads the log.
func administrator(t *testing.T, s *stage) {
	const admin = "admin@test.invalid"
	s.mustPerson(admin, "孙管理", portal.RoleAdmin)
	s.mustPerson("zhang@test.invalid", "张研究", portal.RoleApplicant)
	s.mustPerson("contact-06@test.invalid", "杜纯", portal.RoleContact, 6)
	s.mustSubmit("zhang@test.invalid", 5)
	s.mustFill("zhang@test.invalid", 6)
	p := s.mustPage(t)
	p.mustGoto("/admin", 200)
	p.mustSignIn(admin)
	p.mustBeAt("/admin")
	p.mustSee("main", "2023年度湖北省软科学计划研究重点项目", "提交")
	p.mustCheck("admin")
	p.mustFollow("指南批次")
	p.mustCheck("batches")
	p.mustFollow("2023年度湖北省软科学计划研究重点项目")
	p.mustBeAt("/admin/batches/" + slug)
	p.mustSee("main", "杜纯", "尚无账号", "第 1 版")
	p.mustCheck("batch")
	extending(t, s, p)
	ref := inviting(t, s, p)
	granting(t, p, ref)
	logging(t, p)
	publishing(t, s, p)
}

// publishing makes a second batch public, which opens later.
func publishing(t *testing.T, s *stage, p *page) {
	const second = "2024-softsci-1"
	s.mustImport(second, "RKX2", s.opens.AddDate(0, 0, 3), s.closes.AddDate(0, 0, 3))
	public := s.mustPage(t)
	public.mustGoto("/batches/"+second, 404)
	p.mustGoto("/admin/batches", 200)
	p.mustSee("main", "RKX1", "RKX2", "未发布")
	p.mustCheck("batches-unpublished")
	p.mustGoto("/admin/batches/"+second, 200)
	p.mustCheck("batch-unpublished")
	p.mustPress("发布")
	p.mustStatus(422)
	p.mustSee("[data-summary]", "我已核对全部选题")
	p.mustCheck("publish-wrong")
	p.mustTick("我已核对全部选题")
	p.mustPress("发布")
	p.mustSee(".flash", "已发布")
	public.mustGoto("/batches/"+second+"/topics/5", 200)
	public.mustSee("main", "尚未开始申报", "开始")
	public.mustCount(".apply button", 0)
	public.mustCheck("topic-announced")
	public.mustGoto("/", 200)
	public.mustSee("main", "其他批次")
	public.mustCheck("home-two")
}

func extending(t *testing.T, s *stage, p *page) {
	const note = "因汛期影响，申报时间延长三天"
	public := s.mustPage(t)
	public.mustGoto("/batches/"+slug, 200)
	public.mustNotSee("main", note)
	later := s.closes.AddDate(0, 0, 3)

	p.mustFill("新的截止时间", s.opens.Format("2006-01-02T15:04"))
	p.mustPress("延期")
	p.mustStatus(422)
	p.mustSee("[data-summary]", "有 1 处需要处理")
	p.mustFill("延期说明", note)
	p.mustPress("延期")
	p.mustStatus(422)
	p.mustSee("[data-summary]", "新的截止时间必须晚于现在的截止时间")
	p.mustValue("延期说明", note)
	p.mustCheck("extend-wrong")
	p.mustFill("新的截止时间", later.Format("2006-01-02T15:04"))
	p.mustPress("延期")
	p.mustSee(".flash", "已延期并公布")
	p.mustSee("main", "第 2 版", note)
	p.mustCheck("extended")

	public.mustGoto("/batches/"+slug, 200)
	public.mustSee("main", note, portal.DeadlineText(s.store.Now(), later))
	public.mustCheck("public-extended")
	public.mustGoto("/", 200)
	public.mustSee("main", portal.DeadlineText(s.store.Now(), later))
	s.mustMail("zhang@test.invalid", "截止时间延长")
}

func inviting(t *testing.T, s *stage, p *page) (ref string) {
	const email = "invited@test.invalid"
	p.mustFollow("账号")
	p.mustBeAt("/admin/accounts")
	p.mustSee("main", "zhang@test.invalid", "杜纯", "指南联系人")
	p.mustCheck("accounts")
	p.mustFill("邮箱", email)
	p.mustFill("姓名", "周受邀")
	p.mustTick("指南联系人")
	p.mustPress("发送邀请")
	p.mustStatus(422)
	p.mustSee("main", "请至少选择一个选题")
	p.mustValue("邮箱", email)
	p.mustCheck("invite-wrong")
	p.mustTick("5." + s.topic(5).Title)
	p.mustPress("发送邀请")
	p.mustSee(".flash", "邀请已发出")
	p.mustSee("main", "周受邀", email)
	p.mustCheck("invited")

	guest := s.mustPage(t)
	link := s.mustLink(s.mustMail(email, "邀请"), "/invitations/")
	guest.mustGoto(link, 200)
	guest.mustCheck("invitation")
	guest.mustFill("新密码", "weak")
	guest.mustPress("保存密码")
	guest.mustStatus(422)
	guest.mustCheck("invitation-weak")
	guest.mustFill("新密码", password)
	guest.mustPress("保存密码")
	guest.mustBeAt("/desk")
	guest.mustSee(".flash", "账号已开通")
	guest.mustSee("main", s.topic(5).Title)
	guest.mustCheck("invited-desk")
	guest.mustGoto(link, 410)
	guest.mustCheck("invitation-used")

	p.mustSearchFor("周受邀")
	p.mustPress("查找")
	p.mustSee("main", email)
	p.mustNotSee("main table", "杜纯")
	p.mustFollow("周受邀")
	p.mustBeAt("/admin/accounts/")
	return p.path()
}

func granting(t *testing.T, p *page, path string) {
	p.mustSee("main", "指南联系人", p.stage.topic(5).Title)
	p.mustCheck("account")
	p.mustPress("授予")
	p.mustStatus(422)
	p.mustCheck("grant-wrong")
	p.mustTick("管理员")
	p.mustPress("授予")
	p.mustBeAt(path)
	p.mustSee(".flash", "权限已授予")
	p.mustSee("section[aria-labelledby=rights]", "管理员")
	p.mustCheck("granted")
	p.mustPress("终止：管理员")
	p.mustSee(".flash", "权限已终止")
	p.mustNotSee("section[aria-labelledby=rights]", "管理员")
}

func logging(t *testing.T, p *page) {
	p.mustFollow("操作日志")
	p.mustBeAt("/admin/events")
	p.mustSee("main", "张研究", "孙管理", "127.0.0.1")
	p.mustCheck("events")
	p.mustChoose("操作", portal.Extended.Label())
	p.mustPress("筛选")
	p.mustCount("main tbody tr", 1)
	p.mustSee("main tbody", portal.Extended.Label(), "孙管理")
	p.mustCheck("events-filtered")
	p.mustFill("关键词", "没有这个词")
	p.mustPress("筛选")
	p.mustSee("main", "没有符合条件的记录")
	p.mustCheck("events-none")
}
