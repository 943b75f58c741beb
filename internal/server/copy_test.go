package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestCopying: a fresh draft offers what was written before, a lapsed one leads on, and
// what can be begun now is listed, also for one to whom alone time was given.
func TestCopying(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, admin := s.as("owner@x.invalid"), s.as("admin@x.invalid")
	first := owner.begin("5")
	if n := owner.get("/applications/" + first).doc().Find(`main a[href$="/copy"]`).Length(); n != 0 {
		t.Error("there is nothing to copy from, and yet it is offered")
	}
	owner.fill(first)
	ref := owner.begin("6")
	path := "/applications/" + ref
	if n := owner.get(path).doc().Find(`main a[href="` + path + `/copy"]`).Length(); n != 1 {
		t.Error("a fresh draft does not offer to copy")
	}
	form := owner.get(path + "/copy").doc().Find(`main form[action="` + path + `/copy"]`)
	if from, _ := form.Find("[name=from]").Attr("value"); from != first {
		t.Errorf("it offers to copy from %q", from)
	}
	if got := owner.post(path+"/copy", "from", first); got.location() != path {
		t.Errorf("copy: %d %s", got.status, got.text())
	}
	if text := owner.get(path + "/sections/text").text(); !strings.Contains(text, "保存于") {
		t.Errorf("the text is %s", text)
	}
	if got := owner.post(path+"/copy", "from", first); got.status != http.StatusConflict {
		t.Errorf("copied twice: %d", got.status)
	}
	if n := owner.get("/applications/new").doc().Find("main form").Length(); n != 10 {
		t.Errorf("%d topics are offered", n)
	}

	admin.post("/admin/batches/"+slug+"/extensions", "email", "other@x.invalid", "closes", typedMoment(closes.Add(time.Hour)), "reason", "停电")
	s.clock.set(closes)
	owner, other := s.as("owner@x.invalid"), s.as("other@x.invalid")
	if n := other.get("/applications/new").doc().Find("main form").Length(); n != 10 {
		t.Errorf("who has more time is offered %d topics", n)
	}
	if page := owner.get("/applications/new"); page.doc().Find("main form").Length() != 0 || !strings.Contains(page.text(), "现在没有正在受理申报的题目") {
		t.Errorf("after the close: %s", page.text())
	}
	if n := owner.get(path).doc().Find(`main a[href="` + path + `/renewal"]`).Length(); n != 1 {
		t.Error("a lapsed draft does not lead on")
	}
	if got := owner.get(path + "/renewal"); got.status != http.StatusOK || !strings.Contains(got.text(), "现在没有正在受理申报的题目") {
		t.Errorf("renewal: %d %s", got.status, got.text())
	}
	if got := owner.post(path+"/renewal", "batch", slug, "topic", "1"); got.status != http.StatusConflict {
		t.Errorf("renewed to a closed batch: %d %s", got.status, got.text())
	}
	s.clock.set(closes.Add(-time.Hour))
	owner = s.as("owner@x.invalid")
	if got := owner.post(path+"/renewal", "batch", slug, "topic", "1"); got.status != http.StatusSeeOther {
		t.Errorf("renewed: %d %s", got.status, got.text())
	}
}
