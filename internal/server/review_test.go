package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestReturnedAndBack: a return by section, seen beside the section by the applicant,
// answered, compared by the contact, accepted, reviewed, decided.
func TestReturnedAndBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, contact, admin := s.as("owner@x.invalid"), s.as("contact5@x.invalid"), s.as("admin@x.invalid")
	ref := owner.submit("5")
	file, tasks := "/desk/applications/"+ref, "/applications/"+ref

	form := contact.get(file + "/return").doc()
	until, _ := form.Find("[name=until]").Attr("value")
	if until != "2026-03-09T17:00" {
		t.Errorf("the term offered is %q", until)
	}
	if beside := form.Find(".remarked").Eq(3); beside.Find(".answers").Length() == 0 || beside.Find("[name=remark-text]").Length() != 1 {
		t.Errorf("the text does not stand beside its remark: %s", beside.Text())
	}
	if got := contact.post(file+"/return", "until", until, "remark-text", " "); got.status != http.StatusUnprocessableEntity || got.doc().Find(`.summary a[href="#field-remark-cover"]`).Length() != 1 {
		t.Errorf("a return without a remark: %d %s", got.status, got.text())
	}
	if got := contact.post(file+"/return", "until", "2020-01-01T00:00", "remark-text", "x"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), "晚于现在") {
		t.Errorf("a return until the past: %d %s", got.status, got.text())
	}
	if got := contact.post(file+"/return", "until", until, "remark-text", "请写明研究方法", "remark-", "请注意字数"); got.location() != file {
		t.Fatalf("return: %d %s", got.status, got.text())
	}
	page := owner.get(tasks)
	if text := page.text(); !strings.Contains(text, "请写明研究方法") || !strings.Contains(text, "请注意字数") || !strings.Contains(text, "退回修改") {
		t.Errorf("the applicant reads %s", text)
	}
	if href, _ := page.doc().Find(`.summary a[href^="/applications/"]`).Attr("href"); href != tasks+"/sections/text" {
		t.Errorf("the remark leads to %q", href)
	}
	if text := owner.get(tasks + "/sections/text").text(); !strings.Contains(text, "请写明研究方法") {
		t.Errorf("the section does not show its remark: %s", text)
	}
	owner.saveText(ref, "1", "采用访谈和问卷，研究湖北高质量技术要素市场的建设路径。")
	if got := owner.send(ref, "text", "2"); got.status != http.StatusSeeOther {
		t.Fatalf("resubmit: %d %s", got.status, got.text())
	}

	if got := contact.get("/desk?q=状态:退回后重交").text(); !strings.Contains(got, "2023-RKX1-05-0001") {
		t.Errorf("the view of what came back shows %s", got)
	}
	if got := contact.get("/desk").text(); !strings.Contains(got, "待受理 1退回后重交 1待评审 0超期 0待答复咨询 0全部 1") {
		t.Errorf("what came back is counted %s", got)
	}
	compared := contact.get(file + "/versions/1").doc()
	if ins := compared.Find("ins").Text(); !strings.Contains(ins, "采用访谈和问卷") {
		t.Errorf("the comparison marks %q", ins)
	}
	contact.post(file + "/acceptance")
	if got := contact.post(file+"/recommendation", "outcome", "recommended", "comment", "切合选题", "note", "经费偏紧"); got.location() != file {
		t.Fatalf("recommend: %d %s", got.status, got.text())
	}
	if text := owner.get(tasks).text(); !strings.Contains(text, "切合选题") || strings.Contains(text, "经费偏紧") {
		t.Errorf("the applicant reads %s", text)
	}
	office := "/admin/applications/" + ref
	if text := admin.get(office).text(); !strings.Contains(text, "经费偏紧") {
		t.Errorf("the department does not read the note: %s", text)
	}
	if got := admin.post(office+"/decisions/reject", "reason", ""); got.status != http.StatusUnprocessableEntity {
		t.Errorf("rejected without a reason: %d", got.status)
	}
	for _, step := range []string{"propose", "fund"} {
		if got := admin.post(office+"/decisions/"+step, "reason", ""); got.location() != office {
			t.Fatalf("%s: %d %s", step, got.status, got.text())
		}
	}
	if got := admin.get(office + "/decisions/reject"); got.status != http.StatusConflict {
		t.Errorf("a decision after the end: %d", got.status)
	}
	if text := owner.get(tasks).text(); !strings.Contains(text, "立项") {
		t.Errorf("the applicant reads %s", text)
	}
	if got := admin.get("/admin/applications?q=" + url.QueryEscape("批次:"+slug+" 指南:5 状态:立项 要素")).text(); !strings.Contains(got, "2023-RKX1-05-0001") {
		t.Errorf("the office's list shows %s", got)
	}
	if got := admin.get("/admin/applications?q=指南:6").text(); strings.Contains(got, "2023-RKX1-05-0001") {
		t.Error("the office's list does not filter")
	}
}

// TestDeclineByLetter: the letter is read first, can be changed, and only the button
// under it declines.
func TestDeclineByLetter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, contact := s.as("owner@x.invalid"), s.as("contact5@x.invalid")
	ref := owner.submit("5")
	file := "/desk/applications/" + ref
	if got := contact.post(file+"/refusal", "code", "", "text", ""); got.status != http.StatusUnprocessableEntity {
		t.Errorf("declined without a reason: %d", got.status)
	}
	preview := contact.post(file+"/refusal", "code", "unit", "text", "不是独立法人")
	if text := preview.doc().Find(".letter").Text(); preview.status != http.StatusOK || !strings.Contains(text, "不是独立法人") {
		t.Fatalf("preview: %d %s", preview.status, preview.text())
	}
	if text := owner.get("/applications/" + ref).text(); strings.Contains(text, "不予受理") && strings.Contains(text, "不是独立法人") {
		t.Error("the preview declined it")
	}
	again := contact.post(file+"/refusal", "code", "unit", "text", "不是独立法人", "edit", "yes").doc()
	if typed := again.Find("textarea").Text(); !strings.Contains(typed, "不是独立法人") {
		t.Errorf("back at the form what was typed is %q", typed)
	}
	if got := contact.post(file+"/refusal", "code", "unit", "text", "不是独立法人", "confirm", "yes"); got.location() != file {
		t.Fatalf("decline: %d %s", got.status, got.text())
	}
	if text := owner.get("/applications/" + ref).text(); !strings.Contains(text, "不是独立法人") {
		t.Errorf("the applicant reads %s", text)
	}
}

// TestReopenAndWithdraw: the applicant's two ways back.
func TestReopenAndWithdraw(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, contact := s.as("owner@x.invalid"), s.as("contact5@x.invalid")
	ref := owner.submit("5")
	tasks := "/applications/" + ref
	if got := owner.post(tasks + "/edit"); got.location() != tasks {
		t.Fatalf("reopen: %d %s", got.status, got.text())
	}
	page := owner.get(tasks).doc()
	if page.Find(`a[href="`+tasks+`/submission"]`).Length() != 1 || page.Find(`form[action="`+tasks+`/edit"]`).Length() != 0 {
		t.Error("while it is open it can be submitted and not reopened")
	}
	if got := contact.get("/desk/applications/" + ref); got.status != http.StatusOK {
		t.Errorf("the standing version: %d", got.status)
	}
	if got := owner.post(tasks+"/withdrawal", "reason", "人员变动"); got.location() != tasks {
		t.Fatalf("withdraw: %d %s", got.status, got.text())
	}
	if got := contact.post("/desk/applications/" + ref + "/acceptance"); got.status != http.StatusConflict {
		t.Errorf("accepted what was withdrawn: %d", got.status)
	}
	if again := owner.begin("5"); again == ref {
		t.Error("the withdrawn application is begun again as itself")
	}
}

// TestTopicHandedOver: by form; the old contact's file is gone with the next click.
func TestTopicHandedOver(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, old, fresh, admin := s.as("owner@x.invalid"), s.as("contact5@x.invalid"), s.as("contact6@x.invalid"), s.as("admin@x.invalid")
	ref := owner.submit("5")
	page := "/admin/batches/" + slug + "/topics/5/contact"
	if text := admin.get(page).text(); !strings.Contains(text, "刘然") {
		t.Errorf("the page does not say who has it: %s", text)
	}
	if got := admin.post(page, "email", "nobody@x.invalid"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("to nobody: %d", got.status)
	}
	if got := admin.post(page, "email", "contact6@x.invalid", "open", "follow", "reason", "岗位调整"); got.status != http.StatusSeeOther {
		t.Fatalf("hand over: %d %s", got.status, got.text())
	}
	if got := old.get("/desk/applications/" + ref); got.status != http.StatusNotFound {
		t.Errorf("the old contact: %d", got.status)
	}
	if got := fresh.get("/desk/applications/" + ref); got.status != http.StatusOK {
		t.Errorf("the new contact: %d", got.status)
	}
	if text := owner.get("/applications/" + ref).text(); !strings.Contains(text, "刘然 → 杜纯：岗位调整") {
		t.Errorf("the history says %s", text)
	}
}
