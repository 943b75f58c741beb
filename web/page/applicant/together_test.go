package applicant_test

import (
	"strings"
	"testing"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/page/applicant"
)

func TestPeopleOfferWhatEachCanDo(t *testing.T) {
	t.Parallel()
	leader := applicant.Person{Ref: "aaaaaaaaaaaa", Name: "张研究", Kind: portal.AccessLeader, Since: now}
	helper := applicant.Person{Ref: "bbbbbbbbbbbb", Name: "李共编", Kind: portal.AccessCoEditor, Since: now}
	asked := applicant.Person{Ref: "cccccccccccc", Name: "王经办", Kind: portal.AccessAgent, Since: now, Invited: true}
	const passOn, leave = "/leadership", `action="/applications/k7m2p9x4q8ab/departure"`

	leader.Me = true
	page := pagetest.MustPage(t, applicant.People(applicant.PeopleProps{Application: draft(), People: []applicant.Person{leader, helper, asked}, Invite: form.New()}))
	pagetest.MustHold(t, page, `href="/applications/k7m2p9x4q8ab/people/bbbbbbbbbbbb/leadership"`, "移交之前，您不能退出", "people/cccccccccccc/removal")
	pagetest.MustLack(t, page, leave, "aaaaaaaaaaaa/leadership", "cccccccccccc/leadership")
	leader.Me, helper.Me = false, true
	page = pagetest.MustPage(t, applicant.People(applicant.PeopleProps{Application: draft(), People: []applicant.Person{leader, helper, asked}}))
	pagetest.MustHold(t, page, leave, "已填写的内容都保留", "确定退出")
	pagetest.MustLack(t, page, passOn, "/removal")
	if n := strings.Count(page, leave); n != 1 {
		t.Errorf("%d people can leave by the reader's hand", n)
	}
}

func TestTasksSayWhoChangedWhat(t *testing.T) {
	t.Parallel()
	edit := func(n int) applicant.Edit {
		return applicant.Edit{Section: "budget", Label: "经费预算", By: "李共编", From: now, At: now, Saves: 1, Revision: n, Before: n - 1}
	}
	props := applicant.TasksProps{Now: now, Application: draft(), Edits: []applicant.Edit{edit(9), edit(1)}}
	props.Edits[0].From, props.Edits[0].Saves = now.AddDate(0, 0, -1), 2
	page := pagetest.MustPage(t, applicant.Tasks(props))
	pagetest.MustHold(t, page, "谁改了什么", "3月7日 13:42–3月8日 13:42，2 次保存", `href="/applications/k7m2p9x4q8ab/sections/budget/revisions/9?since=8"`,
		`href="/applications/k7m2p9x4q8ab/sections/budget/revisions/1"`, ">3月8日 13:42<")
	pagetest.MustLack(t, page, "再早的", "更早的")
	for n := range 6 {
		props.Edits = append(props.Edits, edit(n+2))
	}
	props.MoreEdits = []applicant.Edit{edit(1)}
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Tasks(props)), "再早的 2 条", "更早的，见以前的版本", `href="/applications/k7m2p9x4q8ab/sections/budget/revisions"`)
}
