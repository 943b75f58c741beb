package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestProfile: the account's page takes the unit's and the person's data, refuses what is
// wrong with all that was typed still there, and a new application begins with it; what
// an application says is kept with one click.
func TestProfile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.as("owner@x.invalid")
	wrong := owner.post("/account/profile", "name", "甲", "unit_name", "示范大学", "unit_code", "91350100M000100Y43", "unit_postcode", "43", "leader_field", "科技管理")
	if wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.text(), "邮编应为 6 位数字") || !strings.Contains(wrong.body, `value="科技管理"`) {
		t.Errorf("a wrong postcode: %d", wrong.status)
	}
	if got := owner.post("/account/profile", "name", "甲", "unit_name", "示范大学", "unit_code", "91350100M000100Y43", "unit_kind", "高校", "unit_postcode", "430000", "leader_field", "科技管理"); got.status != http.StatusSeeOther {
		t.Fatalf("save: %d %s", got.status, got.text())
	}
	page := owner.get("/account/profile").doc()
	if code, _ := page.Find("[name=unit_postcode]").Attr("value"); code != "430000" {
		t.Errorf("the account says %q", code)
	}
	ref := owner.begin("5")
	path := "/applications/" + ref
	if field, _ := owner.get(path + "/sections/leader").doc().Find("[name=field]").Attr("value"); field != "科技管理" {
		t.Errorf("a new application proposes %q", field)
	}
	if text := owner.get(path).text(); !strings.Contains(text, "封面与单位信息未开始") || strings.Contains(text, "存入我的资料") {
		t.Errorf("the list of tasks says %s", text)
	}
	owner.fill(ref)
	for _, at := range []string{"", "/sections/leader", "/sections/team"} {
		if n := owner.get(path + at).doc().Find(`form[action="` + path + `/profile"]`).Length(); n != 1 {
			t.Errorf("%q offers to keep the data %d times", at, n)
		}
	}
	if got := owner.post(path+"/profile", "section", "team"); got.location() != path+"/sections/team" {
		t.Errorf("keep: %d %s", got.status, got.location())
	}
	after := owner.get(path)
	if !strings.Contains(after.body, "已存入") || after.doc().Find(`form[action="`+path+`/profile"]`).Length() != 0 {
		t.Errorf("after keeping it: %s", after.text())
	}
	if head, _ := owner.get("/account/profile").doc().Find("[name=unit_head]").Attr("value"); head != "李校长" {
		t.Errorf("the account says %q", head)
	}
	if n := s.as("admin@x.invalid").get("/account/profile").doc().Find("[name=unit_postcode]").Length(); n != 0 {
		t.Error("an administrator is asked for a unit")
	}
}
