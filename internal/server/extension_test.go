package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestExtensionForOne: the administrator's form asks for one of two, the page lists who
// has more time and why, and the applicant's own pages count with it.
func TestExtensionForOne(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin, owner := s.as("admin@x.invalid"), s.as("owner@x.invalid")
	ref := owner.begin("5")
	owner.fill(ref)
	path := "/admin/batches/" + slug
	until := closes.Add(20 * time.Hour)
	for name, pairs := range map[string][]string{
		"neither": {"closes", typedMoment(until), "reason", "停电"},
		"both":    {"email", "owner@x.invalid", "unit_code", "91512081MA62K0260E", "closes", typedMoment(until), "reason", "停电"},
		"no one":  {"email", "nobody@x.invalid", "closes", typedMoment(until), "reason", "停电"},
		"no why":  {"email", "owner@x.invalid", "closes", typedMoment(until)},
		"too low": {"email", "owner@x.invalid", "closes", typedMoment(closes), "reason", "停电"},
	} {
		got := admin.post(path+"/extensions", pairs...)
		if got.status != http.StatusUnprocessableEntity || got.doc().Find("details[open] .error").Length() == 0 {
			t.Errorf("%s: %d %s", name, got.status, got.text())
		}
	}
	if got := admin.post(path+"/extensions", "email", "owner@x.invalid", "closes", typedMoment(until), "reason", "所在地停电"); got.status != http.StatusSeeOther {
		t.Fatalf("grant: %d %s", got.status, got.text())
	}
	page := admin.get(path)
	if text := page.text(); !strings.Contains(text, "甲（owner@x.invalid） 延至 2026年4月1日 13:00:00") || !strings.Contains(text, "所在地停电") {
		t.Errorf("the batch says %s", text)
	}
	s.clock.set(until.Add(-time.Second))
	owner, admin = s.as("owner@x.invalid"), s.as("admin@x.invalid")
	if text := owner.get("/applications/" + ref).text(); !strings.Contains(text, "4月1日") || !strings.Contains(text, "个别延期") || !strings.Contains(text, "检查并提交") {
		t.Errorf("the applicant reads %s", text)
	}
	end, _ := page.doc().Find(`main form[action*="/extensions/"]`).Attr("action")
	if got := admin.post(end); got.status != http.StatusSeeOther {
		t.Errorf("end: %d %s", got.status, got.text())
	}
	if got := owner.send(ref); got.status != http.StatusConflict {
		t.Errorf("submitted after it was taken back: %d %s", got.status, got.text())
	}
	if text := admin.get(path).text(); !strings.Contains(text, "已取消") {
		t.Errorf("the batch says %s", text)
	}
}
