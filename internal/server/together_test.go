package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"softsci/internal/portal"
	"softsci/internal/proposal/sample"
)

// TestWritingTogether: the leader invites one with an account and one without; both
// write, neither is offered the submission, and each page says whose that is.
func TestWritingTogether(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	leader, helper := s.as("owner@x.invalid"), s.as("other@x.invalid")
	ref := leader.begin("5")
	path := "/applications/" + ref
	leader.fill(ref)

	if got := leader.post(path+"/people", "email", "nobody", "kind", "agent"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `value="nobody"`) {
		t.Errorf("no address: %d", got.status)
	}
	if got := leader.post(path+"/people", "email", "other@x.invalid", "kind", "agent"); got.location() != path+"/people" {
		t.Fatalf("invite: %d %s", got.status, got.text())
	}
	if text := leader.get(path + "/people").text(); !strings.Contains(text, "乙 经办人") || !strings.Contains(text, "other@x.invalid") {
		t.Errorf("the list says %s", text)
	}
	s.clock.set(s.store.Now().Add(time.Minute))
	if got := helper.saveText(ref, "1", "经办人写的摘要"); got.status != http.StatusSeeOther {
		t.Errorf("the helper saves: %d %s", got.status, got.text())
	}
	tasks := leader.get(path)
	if edits := strings.Join(strings.Fields(tasks.doc().Find(".edits li").First().Text()), " "); !strings.HasPrefix(edits, "乙 修改了 摘要与正文 ") {
		t.Errorf("the latest change is %q", edits)
	}
	if n := tasks.doc().Find(`main a[href="` + path + `/submission"], main a[href="` + path + `/removal"]`).Length(); n != 2 {
		t.Errorf("the leader is offered %d of 2", n)
	}
	theirs := helper.get(path)
	if theirs.doc().Find(`main a[href="`+path+`/removal"]`).Length() != 0 || !strings.Contains(theirs.text(), "提交、撤回和删除由项目负责人办理") {
		t.Errorf("the helper reads %s", theirs.text())
	}
	if check := helper.get(path + "/submission"); check.doc().Find("form[action$=submission]").Length() != 0 || !strings.Contains(check.text(), "由项目负责人提交") {
		t.Errorf("the helper checks %s", check.text())
	}
	if people := helper.get(path + "/people"); people.doc().Find("main form").Length() != 1 || people.doc().Find(`main form[action="`+path+`/departure"]`).Length() != 1 || !strings.Contains(people.text(), "邀请和移出由项目负责人办理") {
		t.Errorf("the helper sees the list as %s", people.text())
	}
	for name, got := range map[string]page{"submits": helper.send(ref, "text", "2"), "deletes": helper.post(path + "/removal"), "asks to delete": helper.get(path + "/removal"),
		"invites": helper.post(path+"/people", "email", "x@x.invalid", "kind", "agent")} {
		if got.status != http.StatusConflict || !strings.Contains(got.text(), "项目负责人") {
			t.Errorf("the helper %s: %d %s", name, got.status, got.text())
		}
	}

	leader.post(path+"/people", "email", "new@x.invalid", "name", "新人", "kind", "co-editor")
	if text := leader.get(path + "/people").text(); !strings.Contains(text, "新人 共同填写 尚未接受邀请") {
		t.Errorf("the list says %s", text)
	}
	fresh := s.visitor()
	if got := fresh.post(s.mailed("new@x.invalid", "/invitations/"), "password", "Password-9"); got.location() != "/applications" {
		t.Fatalf("accept: %d %s %s", got.status, got.location(), got.text())
	}
	if got := fresh.get(path); got.status != http.StatusOK {
		t.Errorf("who accepted opens it: %d", got.status)
	}
	form := leader.get(path + "/people").doc().Find("main form[action$=removal]")
	if form.Length() != 2 {
		t.Fatalf("%d people can be removed, want 2", form.Length())
	}
	action, _ := form.First().Attr("action")
	if got := leader.post(action); got.location() != path+"/people" {
		t.Errorf("remove: %d %s", got.status, got.text())
	}
	if got := helper.get(path); got.status != http.StatusNotFound {
		t.Errorf("who was removed opens it: %d", got.status)
	}
}

// TestWhoChangedWhat: the page of an application names who changed which section, the
// latest first and bounded, and each line leads to what that changed.
func TestWhoChangedWhat(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	leader := s.as("owner@x.invalid")
	ref := leader.begin("5")
	path := "/applications/" + ref
	leader.fill(ref)
	leader.post(path+"/people", "email", "other@x.invalid", "kind", "agent")
	begun := s.store.Now().Add(time.Hour)
	s.clock.set(begun)
	leader, helper := s.as("owner@x.invalid"), s.as("other@x.invalid")
	for i := range 3 {
		s.clock.set(begun.Add(time.Duration(i) * 10 * time.Minute))
		if got := helper.saveText(ref, fmt.Sprint(i+1), fmt.Sprintf("第 %d 稿，经办人写的。", i+1)); got.status != http.StatusSeeOther {
			t.Fatalf("save %d: %d %s", i, got.status, got.text())
		}
	}
	first := leader.get(path).doc().Find(".edits li").First()
	if says := strings.Join(strings.Fields(first.Text()), " "); says != "乙 修改了 摘要与正文 3月2日 10:00–10:20，3 次保存" {
		t.Errorf("the latest change is %q", says)
	}
	href, _ := first.Find("a").Attr("href")
	if href != path+"/sections/text/revisions/4?since=1" {
		t.Fatalf("it leads to %q", href)
	}
	made := leader.get(href).doc().Find(`main section[aria-label="修改了什么"]`)
	if !strings.Contains(made.Text(), "与甲于") || !strings.Contains(made.Find("ins").Text(), "第 3 稿") || strings.Contains(made.Text(), "第 1 稿") {
		t.Errorf("it changed %s", made.Text())
	}
	if one := leader.get(path + "/sections/text/revisions/4").doc().Find(`main section[aria-label="修改了什么"]`); !strings.Contains(one.Find("del").Text(), "2") {
		t.Errorf("the last save alone changed %s", one.Text())
	}
	for _, since := range []string{"0", "4", "99", "x"} { // not kept, not before: the one before
		if got := leader.get(path + "/sections/text/revisions/4?since=" + since); got.status != http.StatusOK || !strings.Contains(got.text(), "与乙于") {
			t.Errorf("since %s: %d %s", since, got.status, got.text())
		}
	}
	if got := leader.get(path + "/sections/text/revisions/1"); strings.Contains(got.text(), "修改了什么") {
		t.Errorf("the first save is compared with nothing: %s", got.text())
	}
	for i := range 40 {
		s.clock.set(begun.Add(21*time.Minute + time.Duration(i)*time.Minute))
		b := []*browser{leader, helper}[i%2]
		if got := b.saveText(ref, fmt.Sprint(i+4), fmt.Sprintf("第 %d 稿，轮流写的。", i+4)); got.status != http.StatusSeeOther {
			t.Fatalf("save %d: %d %s", i, got.status, got.text())
		}
	}
	page := leader.get(path).doc()
	if n := page.Find(".edits li").Length(); n != 25 { // twenty of the text are kept
		t.Errorf("%d changes of 20 and 5", n)
	}
	if n := page.Find("details .edits li").Length(); n != 19 {
		t.Errorf("%d of them are folded", n)
	}
	for i := range 20 {
		b := []*browser{helper, leader}[i%2]
		if got := b.save(ref, "budget", fmt.Sprint(i+1), sample.Answers(portal.Topic{})["budget"]); got.status != http.StatusSeeOther {
			t.Fatalf("save %d of the budget: %d", i, got.status)
		}
	}
	page = leader.get(path).doc()
	more := page.Find(`.together p.soft a[href$="/revisions"]`)
	if n := page.Find(".edits li").Length(); n != 30 || more.Length() == 0 {
		t.Errorf("%d changes, and %d sections with older ones", n, more.Length())
	}
}

// TestPassingOnAndLeaving: the leader reads what it means and confirms; who led helps from
// then on and can leave, who leads cannot.
func TestPassingOnAndLeaving(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	leader, helper := s.as("owner@x.invalid"), s.as("other@x.invalid")
	ref := leader.submit("5")
	path := "/applications/" + ref
	leader.post(path+"/people", "email", "other@x.invalid", "kind", "agent")
	link, _ := leader.get(path + "/people").doc().Find(`main a[href$="/leadership"]`).Attr("href")
	asked := leader.get(link)
	if text := asked.text(); asked.status != http.StatusOK || !strings.Contains(text, "乙（other@x.invalid）") || !strings.Contains(text, "不是申报书里填写的项目负责人") {
		t.Fatalf("asked: %d %s", asked.status, text)
	}
	if got := helper.get(link); got.status != http.StatusConflict {
		t.Errorf("a helper asks: %d", got.status)
	}
	if got := s.as("contact5@x.invalid").post(link, "kind", "agent"); got.status != http.StatusNotFound {
		t.Errorf("the topic's contact passes it on: %d", got.status)
	}
	if got := leader.post(link); got.status != http.StatusUnprocessableEntity || got.doc().Find(".summary").Length() != 1 {
		t.Errorf("without saying as what one stays: %d %s", got.status, got.text())
	}
	if got := leader.post(path + "/departure"); got.status != http.StatusConflict || !strings.Contains(got.text(), "先把负责人移交") {
		t.Errorf("the leader leaves: %d %s", got.status, got.text())
	}
	if got := leader.post(link, "kind", "co-editor"); got.location() != path+"/people" {
		t.Fatalf("passed on: %d %s", got.status, got.text())
	}
	if text := helper.get(path + "/people").text(); !strings.Contains(text, "乙 项目负责人 （您）") || !strings.Contains(text, "甲 共同填写") {
		t.Errorf("the list says %s", text)
	}
	if text := leader.get(path).text(); !strings.Contains(text, "移交负责人 甲 → 乙。甲（共同填写）") {
		t.Errorf("the history says %s", text)
	}
	if got := helper.get(path + "/withdrawal"); got.status != http.StatusOK {
		t.Errorf("the new leader withdraws: %d", got.status)
	}
	if got := leader.post(path + "/departure"); got.location() != "/applications" {
		t.Fatalf("left: %d %s", got.status, got.text())
	}
	if got := leader.get(path); got.status != http.StatusNotFound {
		t.Errorf("who has left opens it: %d", got.status)
	}
	if mail := s.mailed("other@x.invalid", path); !strings.HasSuffix(mail, path) {
		t.Errorf("the leader reads of %q", mail)
	}
}
