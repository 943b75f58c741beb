package e2e_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// maxLoads is the yardstick: from the front page to the receipt, a newcomer sees
// no more pages than this.
const maxLoads = 16

// mustRegister fills and sends the registration.
func (p *page) mustRegister(name, email string) {
	p.t.Helper()
	p.mustFill("姓名", name)
	p.mustFill("邮箱", email)
	p.mustFill("密码", password)
	p.mustFill("单位名称", unitName)
	p.mustFill("统一社会信用代码", mustUnitCode(p.t))
	p.mustTick("我已阅读并同意隐私说明")
	p.mustPress("注册")
}

// alone are the answers with the first member of the team, the first stage of the work
// and no more: each row costs a page.
func alone(all map[string]map[string]string) map[string]map[string]string {
	for _, answers := range all {
		maps.DeleteFunc(answers, func(name, _ string) bool { return strings.HasSuffix(name, "-b") || strings.HasSuffix(name, "-p") })
		if answers["rows"] != "" {
			answers["rows"] = "a"
		}
	}
	delete(all[proposal.Outcomes], "rows.prior")
	return all
}

// newcomer has no account, finds topic 5 on the front page, and holds a receipt at
// the end.
func newcomer(t *testing.T, s *stage) {
	const email, contact = "newcomer@test.invalid", "contact-05@test.invalid"
	s.mustPerson(contact, "刘然", portal.RoleContact, 5)
	topic := s.topic(5)
	p := s.mustPage(t)
	p.mustGoto("/", 200)
	p.mustSee("h1", "2023年度湖北省软科学计划研究重点项目")
	p.mustCheck("home")
	p.mustFollow(topic.Title)
	p.mustBeAt("/batches/" + slug + "/topics/5")
	p.mustSee("main", topic.Content, "刘然", "027-87833866")
	p.mustCheck("topic")

	p.mustPress("申报此题")
	p.mustBeAt("/sign-in")
	p.mustSee("main", "完成后将为您新建申报书", topic.Title)
	p.mustCheck("sign-in")
	p.mustFollow("注册")
	p.mustSee("main", "完成后将为您新建申报书", topic.Title)
	p.mustCheck("register")
	p.mustRegister("王新来", email)
	p.mustBeAt("/applications/")
	p.mustSee("h1", topic.Title)
	p.mustSee("main", "草稿", "未开始")
	p.mustNotSee("main", "不能提交") // the address is asked to be confirmed, and submitting does not wait for it
	p.mustCheck("tasks-new")

	p.mustFollow("封面与单位信息")
	p.mustValue("项目名称", topic.Title)
	p.mustValue("单位名称", unitName)
	p.mustCheck("section-new")
	p.mustWriteAll(alone(s.answers(5)), func(name string) {
		if name == proposal.Text && p.mode.script {
			p.mustSee("#field-abstract-counter", fmt.Sprintf("已写 %d 字", portal.Count(abstract)))
		}
		p.mustCheck("section-" + name)
	})
	p.mustFollow("检查并提交")
	p.mustSee("main", topic.Title, abstract, "承诺", "成员 1", "副高", "自筹经费", "1.50", pledge)
	p.mustCheck("check")
	p.mustTick("我已阅读并同意以上承诺")
	p.mustPress("提交申报书")
	p.mustStatus(200)
	p.mustSee("h1", "申报书已提交")
	number := p.words(".number b")
	if !regexp.MustCompile(`^2023-RKX1-05-\d{4}$`).MatchString(number) {
		t.Errorf("the number is %q", number)
	}
	loads := p.pageLoads()
	t.Logf("from the front page to the receipt: %d page loads (at most %d)", loads, maxLoads)
	if loads > maxLoads {
		t.Errorf("%d page loads from the front page to the receipt, want at most %d", loads, maxLoads)
	}
	p.mustCheck("receipt")

	for _, box := range [][2]string{{email, "已提交"}, {contact, "待受理"}} {
		if m := s.mustMail(box[0], box[1]); !strings.Contains(m.Subject+m.Body, number) {
			t.Errorf("the mail %q to %s does not hold the number %s:\n%s", m.Subject, box[0], number, m.Body)
		}
	}
	p.mustFollow("查看申报书和办理进度")
	p.mustSee("main", "待受理", number)
	p.mustNotSee("main", "检查并提交") // nothing can be submitted until it is opened again
	p.mustCheck("tasks-submitted")
	p.mustFollow("我的申报")
	p.mustSee("main", "待受理", number)
	p.mustCheck("list")

	p.mustGoto(s.mustLink(s.mustMail(email, "确认"), "/confirm/"), 200)
	p.mustSee("main", email)
	p.mustCheck("confirm")
	p.mustPress("确认邮箱")
	p.mustSee("h1", "邮箱已确认")
	p.mustCheck("confirmed")
	p.mustGoto("/account", 200)
	p.mustSee("main", "已确认", unitName)
	p.mustCount(".flash.warn", 0)
}
