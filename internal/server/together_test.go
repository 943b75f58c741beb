package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
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
	if edits := strings.Join(strings.Fields(tasks.doc().Find(".edits li").First().Text()), " "); !strings.HasPrefix(edits, "摘要与正文 乙 ") {
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
