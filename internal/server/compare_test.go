package server_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"softsci/internal/proposal/sample"
)

// TestTwoSubmissionsCompared: the applicant, the contact and an administrator read the
// same of two submissions, answers and attachments, and of any two of them.
func TestTwoSubmissionsCompared(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, contact, admin := s.as("owner@x.invalid"), s.as("contact5@x.invalid"), s.as("admin@x.invalid")
	ref := owner.submit("5")
	path := "/applications/" + ref
	again := func(change func(), revision string) {
		t.Helper()
		owner.post(path + "/edit")
		change()
		if got := owner.send(ref, "text", revision); got.status != http.StatusSeeOther {
			t.Fatalf("submitted again: %d %s", got.status, got.text())
		}
	}
	again(func() {
		old, _ := owner.get(path + "/files").doc().Find(`main form[action$="/removal"]`).Attr("action")
		owner.post(old)
		owner.attach(ref, "pledge", "承诺书.pdf", append(bytes.Clone(sample.Pledge), ' '))
		owner.attach(ref, "other", "图.pdf", sample.Pledge)
	}, "1")
	again(func() {
		owner.saveText(ref, "1", "采用访谈和问卷，研究湖北高质量技术要素市场的建设路径。")
	}, "2")

	for name, read := range map[string]struct {
		b    *browser
		path string
	}{"the applicant": {owner, path}, "the contact": {contact, "/desk" + path}, "an administrator": {admin, "/admin" + path}} {
		before := s.queries.n.Load()
		got := read.b.get(read.path + "/versions/1")
		if n := s.queries.n.Load() - before; n > 6 {
			t.Errorf("%s: %d queries", name, n)
		}
		if text := got.text(); got.status != http.StatusOK || !strings.Contains(got.doc().Find("ins").Text(), "访谈和问卷") ||
			!strings.Contains(text, "承诺书.pdf 诚信承诺书 更换第 1 次") || !strings.Contains(text, "图.pdf 其他 新增第 1 次没有这个附件") {
			t.Errorf("%s reads: %d %s", name, got.status, text)
		}
		if text := read.b.get(read.path + "/versions/2").text(); !strings.Contains(text, "承诺书.pdf 诚信承诺书 未变") {
			t.Errorf("%s reads of the last two: %s", name, text)
		}
		first := read.b.get(read.path + "/versions/1?with=2")
		if text := first.text(); first.doc().Find("ins").Length() != 1 || strings.Contains(text, "访谈") || !strings.Contains(text, "第 1 次与第 2 次提交的对比") || !strings.Contains(text, "承诺书.pdf 诚信承诺书 更换") {
			t.Errorf("%s reads of the first two: %s", name, text)
		}
		if href, _ := first.doc().Find(`main .pager a[rel=next]`).Attr("href"); href != read.path+"/versions/2?with=3" {
			t.Errorf("%s goes on to %q", name, href)
		}
		for _, bad := range []string{"/versions/3", "/versions/2?with=1", "/versions/2?with=2", "/versions/1?with=4", "/versions/1?with=x", "/versions/0", "/versions/01"} {
			if got := read.b.get(read.path + bad); got.status != http.StatusNotFound {
				t.Errorf("%s asks for %s: %d", name, bad, got.status)
			}
		}
		if n := read.b.get(read.path).doc().Find(`main a[href="` + read.path + `/versions/2"]`).Length(); n != 1 {
			t.Errorf("%s is led to the comparison %d times", name, n)
		}
	}
	if got := s.as("other@x.invalid").get(path + "/versions/1"); got.status != http.StatusNotFound || strings.Contains(got.body, "访谈") {
		t.Errorf("a stranger: %d", got.status)
	}
}

// TestOpinionsInOnePlace: what the contact said stands together, with the department and
// with what was changed about it.
func TestOpinionsInOnePlace(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, contact := s.as("owner@x.invalid"), s.as("contact5@x.invalid")
	ref := owner.submit("5")
	path, file := "/applications/"+ref, "/desk/applications/"+ref
	if got := owner.get(path + "/opinions"); got.status != http.StatusOK || !strings.Contains(got.text(), "还没有意见") || owner.get(path).doc().Find(`main a[href="`+path+`/opinions"]`).Length() != 0 {
		t.Errorf("before anything was said: %d %s", got.status, got.text())
	}
	contact.post(file+"/return", "until", "2026-03-09T17:00", "remark-text", "请写明研究方法", "remark-budget", "请核对经费")
	if text := owner.get(path + "/opinions").text(); !strings.Contains(text, "湖北技术交易所") || !strings.Contains(text, "摘要与正文请写明研究方法") || !strings.Contains(text, "修改并重新提交") {
		t.Errorf("after the return: %s", text)
	}
	owner.saveText(ref, "1", "采用访谈和问卷，研究湖北高质量技术要素市场的建设路径。")
	owner.send(ref, "text", "2")
	contact.post(file+"/refusal", "code", "unit", "text", "不是独立法人", "confirm", "yes")
	before := s.queries.n.Load()
	got := owner.get(path + "/opinions")
	if n := s.queries.n.Load() - before; n > 6 {
		t.Errorf("%d queries", n)
	}
	items := got.doc().Find("main .opinion")
	if items.Length() != 2 || !strings.Contains(items.First().Text(), "不是独立法人") {
		t.Fatalf("the list says %s", got.text())
	}
	if text := strings.Join(strings.Fields(items.Last().Text()), " "); !strings.Contains(text, "请写明研究方法 改动 1 处") || !strings.Contains(text, "请核对经费 没有改动") || !strings.Contains(text, "重新提交（第 2 次）") {
		t.Errorf("the return says %s", text)
	}
	if href, _ := items.Last().Find("a").Attr("href"); href != path+"/versions/1?with=2" || owner.get(href).status != http.StatusOK {
		t.Errorf("the answer leads to %q", href)
	}
	if got := owner.get(path); !strings.Contains(got.text(), "联系人的意见（2）") {
		t.Errorf("the page of the application says %s", got.text())
	}
	if got := s.as("other@x.invalid").get(path + "/opinions"); got.status != http.StatusNotFound {
		t.Errorf("a stranger: %d", got.status)
	}
}
