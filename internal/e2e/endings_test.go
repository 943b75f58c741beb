package e2e_test

import (
	"strings"
	"testing"
)

// refusal is the contact who does not take an application on: the letter is read
// first, changed, read again, and sent as it was read.
func refusal(t *testing.T, s *stage) {
	const first, why = "不是独立法人", "申报单位是学院，不是独立法人，见申报条件第一条。"
	s.mustPeople()
	ref := s.mustSubmit(zhang, 5)
	c := s.mustVisit(t, "/desk/applications/"+ref, liu)
	c.mustFollow("不予受理")
	c.mustCheck("decline")
	c.mustPress("预览通知")
	c.mustStatus(422)
	c.mustSee("[data-summary]", "请选择原因", "请填写说明")
	c.mustCheck("decline-empty")
	c.mustChoose("原因", "申报单位不符合条件")
	c.mustFill("说明", first)
	c.mustPress("预览通知")
	c.mustStatus(200)
	c.mustSee(".letter", "不予受理："+firstNumber, first)
	c.mustCheck("letter")

	a := s.mustVisit(t, "/applications/"+ref, zhang)
	a.mustSee(".standing", "待受理") // a letter that was only read is not sent
	c.mustPress("返回修改")
	c.mustValue("说明", first)
	c.mustFill("说明", why)
	c.mustPress("预览通知")
	c.mustSee(".letter", "申报单位不符合条件。"+why)
	letter := c.words(".letter p")
	c.mustPress("确认不予受理并发出")
	c.mustSee(".flash", "不予受理")
	c.mustSee(".standing", "不予受理")
	c.mustSee(".timeline", why)
	c.mustCheck("file-declined")
	sent := s.mustMail(zhang, "不予受理："+firstNumber, why)
	if dense := strings.Join(strings.Fields(sent.Body), ""); dense != strings.Join(strings.Fields(letter), "") {
		t.Errorf("what was read is not what was sent:\n%s\n%s", letter, sent.Body)
	}

	a.mustFollow("我的申报")
	a.mustSee("main", "不予受理")
	a.mustFollow(s.topic(5).Title)
	a.mustSee(".standing", "不予受理")
	a.mustSee("main", "申报单位不符合条件", why)
	a.mustNotSee("main", "检查并提交", "撤回")
	a.mustCheck("tasks-declined")
}

// takenBack is the applicant who mends what was submitted, while the contact keeps
// what stands, and who gives it up in the end.
func takenBack(t *testing.T, s *stage) {
	const better, why = "改写后的摘要：提出湖北技术要素市场的建设路径。", "项目负责人调离本单位"
	s.mustPeople()
	ref := s.mustSubmit(zhang, 5)
	a := s.mustVisit(t, "/applications/"+ref, zhang)
	a.mustCheck("tasks-submitted")
	a.mustPress("撤回修改")
	a.mustSee(".flash", "上一次提交的内容一直有效")
	a.mustSee("main", "检查并提交")
	a.mustNotSee(".acts", "撤回修改")
	a.mustCheck("tasks-open")
	a.mustFollow("摘要与正文")
	a.mustFill("摘要", better)
	a.mustPress("保存并继续")
	c := s.mustVisit(t, "/desk", liu)
	c.mustSee("main", firstNumber)
	c.mustFollow(s.topic(5).Title)
	c.mustSee("main", abstract, "第 1 次提交")
	c.mustNotSee("main", better)
	c.mustCheck("file-standing")

	a.mustFollow("返回申报书")
	if number := a.mustSubmitAll(); number != firstNumber {
		t.Errorf("submitted again as %q", number)
	}
	a.mustSee("main", "第 2 次提交")
	c.mustGoto("/desk/applications/"+ref, 200)
	c.mustSee("main", better, "第 2 次提交")
	c.mustFollow("与第 1 次提交对比")
	c.mustSee("del", "系统梳理")
	c.mustSee("ins", "改写后的摘要")

	a.mustFollow("查看申报书和办理进度")
	a.mustFollow("撤回申报书")
	a.mustSee("main", "不能恢复", "撤回修改")
	a.mustCheck("withdraw")
	a.mustFill("撤回的原因", why)
	a.mustPress("撤回申报书")
	a.mustSee(".flash", "申报书已撤回")
	a.mustSee(".standing", "已撤回")
	a.mustSee(".timeline", "撤回", why)
	a.mustNotSee("main", "检查并提交", "撤回申报书")
	a.mustCheck("tasks-withdrawn")
	s.mustMail(liu, "已撤回："+firstNumber, why)
	c.mustGoto("/desk/applications/"+ref, 200)
	c.mustSee(".standing", "已撤回")
	c.mustSee(".timeline", why)
	c.mustCount("main aside form", 0)
	c.mustCheck("file-withdrawn")
	c.mustFollow("工作台")
	c.mustSee("[aria-current]", "待受理 0")
}

// handedOver is a topic that another contact takes on, with all that is open in it.
func handedOver(t *testing.T, s *stage) {
	const why = "岗位调整"
	s.mustPeople()
	ref := s.mustSubmit(zhang, 5)
	old := s.mustVisit(t, "/desk", liu)
	old.mustSee("main", firstNumber)
	o := s.mustVisit(t, "/admin/batches/"+slug, sun)
	o.mustSee("main", "刘然", "待受理 1")
	o.mustCheck("batch-numbers")
	o.mustFollow("移交题目 5")
	o.mustSee("h1", s.topic(5).Title)
	o.mustSee("main", "现在的联系人账号：刘然")
	o.mustCheck("hand-over")
	o.mustFill("新联系人的邮箱", "nobody@test.invalid")
	o.mustPress("移交")
	o.mustStatus(422)
	o.mustSee("[data-summary]", "这个邮箱还没有账号")
	o.mustValue("新联系人的邮箱", "nobody@test.invalid")
	o.mustCheck("hand-over-wrong")
	o.mustFill("新联系人的邮箱", du)
	o.mustFill("移交的原因", why)
	o.mustPress("移交")
	o.mustSee(".flash", "选题已移交")
	o.mustNotSee("main table", "刘然")
	o.mustCheck("batch-handed-over")

	old.mustFollow(s.topic(5).Title)
	old.mustStatus(404)
	old.mustFollow("工作台")
	old.mustNotSee("main", firstNumber)
	c := s.mustVisit(t, "/desk", du)
	c.mustSee("main", firstNumber)
	c.mustFollow(s.topic(5).Title)
	c.mustSee(".timeline", "移交", "刘然 → 杜纯："+why)
	c.mustCheck("file-handed-over")
	c.mustPress("受理")
	c.mustSee(".standing", "已受理")
	a := s.mustVisit(t, "/applications/"+ref, zhang)
	a.mustSee(".timeline", "移交", "刘然 → 杜纯："+why)
	a.mustCheck("tasks-handed-over")
}
