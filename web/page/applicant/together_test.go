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
