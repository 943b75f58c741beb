package e2e_test

import (
	"strings"
	"testing"

	"softsci/internal/portal"
)

// questioned is a question from asking to the public answer and the feed: nobody reads it
// before its address is confirmed, nobody reads in public who asked, applicants are told,
// and the next who asks the like is shown the answer first.
func questioned(t *testing.T, s *stage) {
	const asker, applicant, contact, stranger = "qian@test.invalid", "zhang@test.invalid", "contact-05@test.invalid", "contact-06@test.invalid"
	s.mustPerson(applicant, "张研究", portal.RoleApplicant)
	s.mustPerson(contact, "刘然", portal.RoleContact, 5)
	s.mustPerson(stranger, "杜纯", portal.RoleContact, 6)
	s.mustFill(applicant, 5)
	const topic = "/batches/" + slug + "/topics/5"
	const question, wording, answer = "在读博士能否担任项目负责人？我的导师是王某某。", "在读博士能否担任项目负责人？", "不能。项目负责人须为在职人员，见申报条件二。"

	v := s.mustPage(t)
	v.mustGoto(topic, 200)
	v.mustSee("main", "还没有公开的答复")
	v.mustFollow("我要提问")
	v.mustBeAt(topic + "/questions/new")
	v.mustSee("main", "不需要账号", "只有联系人和管理员能看到")
	v.mustCheck("ask")
	v.mustFill("姓名", "钱问")
	v.mustFill("邮箱", "qian@")
	v.mustFill("问题", question)
	v.mustPress("提问")
	v.mustStatus(422)
	v.mustSee("[data-summary]", "邮箱")
	v.mustValue("问题", question)
	v.mustCheck("ask-wrong")
	v.mustFill("邮箱", asker)
	v.mustPress("提问")
	v.mustSee("h1", "请查收邮件")
	v.mustCheck("ask-sent")

	c := s.mustPage(t)
	c.mustGoto("/desk/questions", 200)
	c.mustSignIn(contact)
	c.mustSee("main", "没有待答复的咨询")
	c.mustCheck("desk-nothing")

	v.mustGoto(s.mustLink(s.mustMail(asker, "请确认您的咨询"), "/questions/confirm/"), 200)
	v.mustSee("main", question, asker)
	v.mustCheck("confirm")
	v.mustPress("确认并送出")
	v.mustSee("h1", "问题已送到指南联系人")
	v.mustCheck("confirmed")

	desk := s.mustLink(s.mustMail(contact, "新咨询", "在读博士"), "/desk/questions/")
	c.mustGoto("/desk", 200)
	c.mustFollow("待答复咨询")
	c.mustSee("[aria-current]", "待答复 1")
	c.mustSee("main", wording, "钱问")
	c.mustCheck("desk-waiting")
	x := s.mustPage(t)
	x.mustGoto("/desk/questions", 200)
	x.mustSignIn(stranger)
	x.mustNotSee("main", "在读博士", "钱问")
	x.mustGoto(desk, 404)
	x.mustNotSee("body", "在读博士", "钱问")

	c.mustGoto(desk, 200)
	c.mustSee("main", question, "钱问", asker, "不公开")
	c.mustCheck("question")
	c.mustFill("答复", answer)
	c.mustTick("答复并公开")
	c.mustFill("公开的问题", wording)
	c.mustPress("预览")
	c.mustSee(".letter", answer, "再次提问")
	c.mustSee(".questions", wording, answer)
	c.mustNotSee(".questions", "王某某")
	c.mustCheck("preview")
	c.mustPress("返回修改")
	c.mustValue("答复", answer)
	c.mustPress("预览")
	c.mustPress("发出答复")
	c.mustSee(".flash", "答复已经发出")
	c.mustSee(".standing", "已公开")
	c.mustSee(".timeline", "公开答复", "答复", "刘然")
	c.mustCheck("answered")

	s.mustMail(asker, "答复您的咨询", answer)
	s.mustMail(applicant, "选题有新的答复", wording, answer)
	v.mustGoto(topic, 200)
	v.mustSee(".questions", wording, answer)
	v.mustNotSee("body", "钱问", asker, "王某某")
	v.mustCheck("topic")
	feed := mustAwait[string](v, `fetch(document.querySelector('main a[href$="questions.atom"]').href).then(r => r.text())`)
	for _, words := range []string{wording, answer} {
		if !strings.Contains(feed, words) {
			t.Errorf("the feed lacks %q:\n%s", words, feed)
		}
	}
	v.mustGoto("/search?q=在读博士", 200)
	v.mustSee(".found", "在读博士", "咨询与答复")
	v.mustCheck("search")

	asksAgain(t, s, v, topic)
	notesCall(s, c, topic)
	answersAtOffice(s)
}

// asksAgain is a like question: the answer is shown first, and it can be asked all the same.
func asksAgain(t *testing.T, s *stage, v *page, topic string) {
	t.Helper()
	const asker = "sun@test.invalid"
	v.mustGoto(topic+"/questions/new", 200)
	v.mustFill("姓名", "孙问")
	v.mustFill("邮箱", asker)
	v.mustFill("问题", "项目负责人可以是在读博士吗")
	v.mustPress("提问")
	v.mustSee("h1", "这些答复有帮助吗？")
	v.mustSee(".questions", "须为在职人员")
	v.mustCheck("ask-like")
	v.mustPress("返回修改")
	v.mustValue("问题", "项目负责人可以是在读博士吗")
	v.mustPress("提问")
	v.mustPress("仍要发送")
	v.mustSee("h1", "请查收邮件")
	v.mustGoto(s.mustLink(s.mustMail(asker, "请确认您的咨询"), "/questions/confirm/"), 200)
	v.mustPress("确认并送出")
}

// notesCall publishes what was answered on the telephone.
func notesCall(s *stage, c *page, topic string) {
	c.mustGoto("/desk/questions", 200)
	c.mustFollow("记下电话答复")
	c.mustCheck("call")
	c.mustFill("问题", "可以两家单位联合申报吗？")
	c.mustFill("答复", "可以，须附合作协议。")
	c.mustTick("公开")
	c.mustPress("保存")
	c.mustSee("h1", "电话答复")
	c.mustSee(".standing", "已公开")
	c.mustCheck("call-noted")
	v := s.mustPage(c.t)
	v.mustGoto(topic, 200)
	v.mustSee(".questions", "须附合作协议")
	c.mustPress("撤回公开")
	c.mustSee("main", "公众看不到这条答复")
	c.mustCheck("taken-back")
	v.mustGoto(topic, 200)
	v.mustNotSee(".questions", "须附合作协议")
}

// answersAtOffice is an administrator who answers in a contact's place, and the calendar by
// which is counted what waits too long.
func answersAtOffice(s *stage) {
	const admin = "admin@test.invalid"
	s.mustPerson(admin, "孙管理", portal.RoleAdmin)
	a := s.mustPage(s.t)
	a.mustGoto("/admin", 200)
	a.mustSignIn(admin)
	a.mustSee(".counts", "超期未答复的咨询", "待答复的咨询")
	a.mustCheck("overview")
	a.mustFollow("咨询")
	a.mustSee("main", "没有超期的咨询")
	a.mustCheck("queue-empty")
	a.mustFollow("待答复")
	a.mustSee("main", "项目负责人可以是在读博士吗")
	a.mustCheck("queue")
	a.mustFollow("项目负责人可以是在读博士吗")
	a.mustSee("main", "移交选题", "以前答复过相近的问题")
	a.mustClick("summary", "以前答复过相近的问题")
	a.mustCheck("office-question")
	a.mustFollow("用这条答复填写")
	a.mustValue("答复", "不能。项目负责人须为在职人员，见申报条件二。")
	a.mustTick("仅答复提问人")
	a.mustPress("预览")
	a.mustPress("发出答复")
	a.mustSee(".timeline", "孙管理", "管理员")
	s.mustMail("sun@test.invalid", "答复您的咨询", "须为在职人员")
	a.mustGoto("/admin/workdays?year=2026", 200)
	a.mustSee("main", "春节", "2月15日至2月23日", "上班")
	a.mustCheck("workdays")
	a.mustFill("名称", "停电检修")
	a.mustFill("第一天", "2026-07-01")
	a.mustTick("放假")
	a.mustPress("保存")
	a.mustSee("main", "停电检修", "7月1日（周三）")
	a.mustCheck("workdays-entered")
}

// threaded is a thread: the contact and the applicant write to each other about an
// application.
func threaded(t *testing.T, s *stage) {
	const applicant, contact = "zhang@test.invalid", "contact-05@test.invalid"
	s.mustPerson(applicant, "张研究", portal.RoleApplicant)
	s.mustPerson(contact, "刘然", portal.RoleContact, 5)
	ref := s.mustSubmit(applicant, 5)
	c := s.mustPage(t)
	c.mustGoto("/desk/applications/"+ref, 200)
	c.mustSignIn(contact)
	c.mustClick("summary", "写消息")
	c.mustFill("消息", "请补充合作协议的盖章页。")
	c.mustCheck("desk")
	c.mustPress("发送")
	c.mustSee("main", "请补充合作协议的盖章页。", "刘然（指南联系人）")
	a := s.mustPage(t)
	a.mustGoto(s.mustLink(s.mustMail(applicant, "指南联系人来信", "盖章页"), "/applications/"), 200)
	a.mustSignIn(applicant)
	a.mustSee("main", "请补充合作协议的盖章页。")
	a.mustClick("summary", "写消息")
	a.mustPress("发送")
	a.mustStatus(422)
	a.mustSee("[data-summary]", "请填写消息")
	a.mustCheck("wrong")
	a.mustFill("消息", "已于今天寄出。")
	a.mustPress("发送")
	a.mustSee("main", "已于今天寄出。", "张研究（申报人）")
	a.mustSee(".timeline", "发送消息")
	a.mustCheck("application")
	s.mustMail(contact, "申报人来信", "已于今天寄出")
}
