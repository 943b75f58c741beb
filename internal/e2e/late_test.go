package e2e_test

import (
	"testing"
	"time"

	"softsci/internal/portal"
)

// late is the hour after the deadline: nothing can be handed in, everything can be
// read, and an extension brings a draft back.
func late(t *testing.T, s *stage) {
	const email, admin, short = "zhang@test.invalid", "admin@test.invalid", "2023-softsci-2"
	closes := s.store.Now().Add(time.Hour).In(portal.Shanghai).Truncate(time.Minute)
	s.mustImport(short, "RKX2", s.opens, closes)
	s.must(s.desk.Publish(t.Context(), s.system(), short))
	s.slug = short
	s.mustPerson(email, "张研究", portal.RoleApplicant)
	s.mustPerson(admin, "孙管理", portal.RoleAdmin)
	ref := s.mustFill(email, 5)
	p := s.mustPage(t)
	p.mustGoto("/batches/"+short+"/topics/5", 200)
	p.mustCount(".apply button", 1)
	s.mustPass(2 * time.Hour)
	p.mustGoto("/batches/"+short+"/topics/5", 200)
	p.mustSee("main", "已截止", "不再接受申报")
	p.mustCount(".apply button", 0)
	p.mustCheck("topic-closed")
	p.mustGoto("/batches/"+short, 200)
	p.mustSee("aside", "已截止")
	p.mustCheck("batch-closed")
	p.mustGoto("/", 200)
	p.mustSee("main", "其他批次", "已截止")
	p.mustCheck("home-other-closed")

	p.mustOpenWith("/applications", email, password)
	p.mustSee("main", "已作废")
	p.mustCheck("list-lapsed")
	p.mustFollow(s.topic(5).Title)
	p.mustSee(".standing", "已作废")
	p.mustNotSee("main", "检查并提交")
	p.mustCheck("tasks-lapsed")
	p.mustFollow("摘要与正文")
	p.mustSee("main", abstract, "不能修改")
	p.mustCheck("section-lapsed")
	p.mustGoto("/applications/"+ref+"/submission", 200)
	p.mustCount("main button", 0)
	p.mustSee(".flash.warn", "截止")
	p.mustCount(".pledge", 0) // nothing to promise when nothing can be submitted
	p.mustCheck("check-lapsed")

	a := s.mustPage(t)
	a.mustOpenWith("/admin/batches/"+short, admin, password)
	a.mustFill("新的截止时间", closes.AddDate(0, 0, 7).Format("2006-01-02T15:04"))
	a.mustFill("延期说明", "因网络故障延长一周")
	a.mustPress("延期")
	a.mustSee(".flash", "已延期并公布")
	p.mustGoto("/applications/"+ref, 200)
	p.mustSee(".standing", "草稿")
	p.mustFollow("检查并提交")
	p.mustTick("我已阅读并同意以上承诺")
	p.mustPress("提交申报书")
	p.mustSee("h1", "申报书已提交")
}
