package applicant_test

import (
	"testing"

	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/page/applicant"
)

func TestOpinionsSayWhatWasDone(t *testing.T) {
	t.Parallel()
	returned := applicant.Opinion{Label: "退回修改", At: now, By: "刘然", Department: "湖北技术交易所", Open: true,
		Remarks: []applicant.OpinionRemark{{Label: "摘要与正文", Text: "请写明\n研究方法"}}}
	page := pagetest.MustPage(t, applicant.Opinions(applicant.OpinionsProps{Application: submitted(), Opinions: []applicant.Opinion{returned}}))
	pagetest.MustHold(t, page, "退回修改", "2023年3月8日 13:42:07", "湖北技术交易所 刘然", "请写明\n研究方法", "还没有重新提交")
	pagetest.MustLack(t, page, "您的答复")
	returned.Open, returned.Answered, returned.AnsweredAt, returned.CompareURL = false, 2, late, "/applications/k7m2p9x4q8ab/versions/1?with=2"
	returned.Remarks[0].Done = "改动 3 处"
	page = pagetest.MustPage(t, applicant.Opinions(applicant.OpinionsProps{Application: submitted(), Opinions: []applicant.Opinion{{Label: "评审推荐", At: now, Text: "切合选题"}, returned}}))
	pagetest.MustHold(t, page, "切合选题", "改动 3 处", "您的答复", "（第 2 次）", `href="/applications/k7m2p9x4q8ab/versions/1?with=2"`)
	pagetest.MustLack(t, page, "还没有重新提交")
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Opinions(applicant.OpinionsProps{Application: submitted()})), "还没有意见")
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Tasks(applicant.TasksProps{Now: now, Application: submitted(), History: history(portal.Verb(portal.Return)), Opinions: 2})), `/opinions">联系人的意见（2）`)
}
