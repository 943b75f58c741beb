package e2e_test

import (
	"testing"
	"time"

	"softsci/internal/portal"
)

// The contacts of the topics 5 and 6, who stand in for each other.
const liuRan, duChun = "contact-05@test.invalid", "contact-06@test.invalid"

// mustColleagues opens the accounts of an applicant, two contacts and an administrator.
func (s *stage) mustColleagues(applicant string) {
	s.t.Helper()
	s.mustPerson(applicant, "张研究", portal.RoleApplicant)
	s.mustPerson(liuRan, "刘然", portal.RoleContact, 5)
	s.mustPerson(duChun, "杜纯", portal.RoleContact, 6)
	s.mustPerson("office@test.invalid", "孙主任", portal.RoleAdmin)
}

// deputy is a contact who goes away and names a colleague: a deputy's first and last day by
// the clock, and nothing that anybody has to do for them to begin and to end.
func deputy(t *testing.T, s *stage) {
	const applicant = "zhang@test.invalid"
	s.mustColleagues(applicant)
	ref := s.mustSubmit(applicant, 5)
	file := "/desk/applications/" + ref
	today := s.store.Now().In(portal.Shanghai)
	first := time.Date(today.Year(), today.Month(), today.Day()+2, 0, 0, 0, 0, portal.Shanghai)
	last := first.AddDate(0, 0, 1)
	until := last.AddDate(0, 0, 1)

	c := s.mustVisit(t, "/desk", liuRan)
	c.mustFollow("代办人")
	c.mustSee("main", "现在没有代办人")
	c.mustFill("第一天", last.Format(time.DateOnly))
	c.mustFill("最后一天", first.Format(time.DateOnly))
	c.mustTick("杜纯")
	c.mustPress("安排")
	c.mustStatus(422)
	c.mustSee("main", "最后一天不能早于第一天")
	c.mustCheck("deputy-wrong")
	c.mustFill("第一天", first.Format(time.DateOnly))
	c.mustFill("最后一天", last.Format(time.DateOnly))
	c.mustPress("安排")
	c.mustSee(".flash", "已安排")
	c.mustSee("main", "杜纯", "尚未开始", "1 个选题")
	c.mustCheck("deputy")
	s.mustMail(liuRan, "代刘然办理", "最后一天："+portal.DateText(last))
	s.mustMail(duChun, "代刘然办理", "第一天："+portal.DateText(first))

	for _, moment := range []struct {
		at     time.Time
		status int64
	}{{first.Add(-time.Minute), 404}, {first.Add(time.Second), 200}, {until.Add(-time.Minute), 200}, {until.Add(time.Second), 404}} {
		s.mustPass(time.Until(moment.at))
		d := s.mustVisit(t, "/desk?q=", duChun)
		if moment.status == 404 {
			d.mustNotSee("main", "2023-RKX1-05-0001", "代管")
			d.mustGoto(file, 404)
			continue
		}
		d.mustSee("tbody", "2023-RKX1-05-0001", "代 刘然")
		d.mustFollow("代管")
		d.mustSee("tbody", "2023-RKX1-05-0001")
		d.mustCheck("deputed")
		d.mustGoto(file, 200)
		d.mustSee("[aria-label=办理]", "代 刘然 办理")
		d.mustCheck("deputed-file")
		if moment.at.Before(last) {
			d.mustPress("受理")
			d.mustSee(".flash", "已受理")
		}
		d.mustSee(".timeline", "杜纯 代 刘然（指南联系人）")
	}
	c = s.mustVisit(t, file, liuRan)
	c.mustSee(".timeline", "杜纯 代 刘然（指南联系人）")
}

// recusal is a contact with a conflict of interest, and one case that goes to a colleague.
func recusal(t *testing.T, s *stage) {
	const applicant = "zhang@test.invalid"
	s.mustColleagues(applicant)
	ref := s.mustSubmit(applicant, 5)
	file := "/desk/applications/" + ref

	c := s.mustVisit(t, file, liuRan)
	c.mustFollow("转给同事")
	c.mustTick("杜纯")
	c.mustPress("转给同事")
	c.mustStatus(422)
	c.mustCheck("pass-wrong")
	c.mustFill("说明", "涉及科普政策，请您办理。")
	c.mustPress("转给同事")
	c.mustSee(".flash", "已转给同事")
	c.mustSee("tbody", "已转给 杜纯")
	c.mustGoto(file, 200)
	c.mustSee("main", "现由杜纯办理", "涉及科普政策")
	c.mustCheck("passed-on")
	d := s.mustVisit(t, file, duChun)
	d.mustSee("main", "现由杜纯办理", "涉及科普政策")
	d.mustCheck("passed-to-me")
	c.mustPress("收回")
	c.mustSee(".flash", "已收回")
	d.mustGoto(file, 404)

	c.mustFollow("申请回避")
	c.mustCheck("recuse")
	c.mustFill("事由", "与项目负责人曾共同承担项目。")
	c.mustPress("申请回避")
	c.mustSee(".flash", "已回避")
	c.mustSee("tbody", "已回避")
	c.mustGoto(file, 403)
	c.mustSee("main", "您已回避", "管理员会另行指定办理人")
	c.mustCheck("withheld")
	s.mustMail("office@test.invalid", "回避", "曾共同承担项目")

	o := s.mustVisit(t, "/admin", "office@test.invalid")
	o.mustSee(".counts", "回避，待另行指定办理人")
	o.mustGoto("/admin/recusals", 200)
	o.mustSee("main", "待另行指定", "刘然", "曾共同承担项目")
	o.mustCheck("recusals")
	o.mustFollow("另行指定")
	o.mustTick("刘然")
	o.mustPress("指定")
	o.mustStatus(422)
	o.mustSee("main", "此人已回避")
	o.mustCheck("name-wrong")
	o.mustTick("杜纯")
	o.mustPress("指定")
	o.mustSee(".flash", "已指定")
	o.mustSee("main", "由杜纯办理（管理员指定")
	o.mustCheck("named")
	d.mustGoto(file, 200)
	d.mustPress("受理")
	d.mustSee(".standing", "已受理")
}
