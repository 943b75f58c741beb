package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestKeptPost: what was typed when the session had ended comes back to the same
// account, once, within a day, and to nobody else.
func TestKeptPost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	section := "/applications/" + ref + "/sections/text"
	s.clock.set(s.clock.Now().Add(31 * time.Minute))
	got := b.post(section, "revision", "0", "abstract", "写了一个下午的摘要")
	to, err := url.Parse(got.location())
	s.must(err)
	kept := to.Query().Get("next")
	if !strings.HasPrefix(kept, "/kept/") {
		t.Fatalf("the post was not kept: %s", got.location())
	}
	if again := b.post(section, "revision", "0", "abstract", "第二次"); strings.Contains(again.location(), "kept") {
		t.Error("the same session kept a second post")
	}
	other := s.as("other@x.invalid")
	for _, got := range []page{other.get(kept), other.post(kept)} {
		if got.status == http.StatusOK || strings.Contains(got.body, "写了一个下午的摘要") {
			t.Errorf("another account finds it: %d", got.status)
		}
	}
	if got := b.post("/sign-in", "email", "owner@x.invalid", "password", password, "next", kept); got.location() != kept {
		t.Fatalf("signed in again, led to %q", got.location())
	}
	shown := b.get(kept).doc()
	if heading, answer := shown.Find("main h2").Text(), shown.Find("main .answers > div").Text(); heading != "摘要与正文" || answer != "摘要写了一个下午的摘要" {
		t.Errorf("the page shows %q under %q", answer, heading)
	}
	if got := b.post(kept); got.status != http.StatusSeeOther {
		t.Fatalf("continue: %d %s", got.status, got.text())
	}
	if text := b.get(section).doc().Find("[name=abstract]").Text(); !strings.Contains(text, "写了一个下午的摘要") {
		t.Errorf("the section holds %q", text)
	}
	for _, again := range []page{b.get(kept), b.post(kept)} {
		if again.status != http.StatusGone || !strings.Contains(again.text(), "已经取回过") || strings.Contains(again.text(), "摘要") {
			t.Errorf("taken twice: %d %s", again.status, again.text())
		}
	}
}

// TestKeptPostInWords: whatever was written, the page says where it belongs and under
// which label; the rows of a section stay rows, and a choice is read by its label.
func TestKeptPostInWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, tc := range []struct {
		path  string
		pairs []string
		says  []string
	}{
		{"/applications/x/sections/team", []string{"revision", "3", "rows", "a", "rows", "b", "name-a", "赵一", "months-b", "6", "add", "yes"}, []string{"项目组成员", "成员 1", "姓名", "赵一", "成员 2", "每年工作月数", "6"}},
		{"/applications/x/sections/budget", []string{"grant", "4.8", "equipment", "1"}, []string{"经费预算", "来源（万元）", "申请专项经费", "4.80", "支出（万元）", "设备费", "1.00"}},
		{"/applications/x/withdrawal", []string{"reason", "人员变动"}, []string{"撤回申报书", "撤回的原因", "人员变动"}},
		{"/desk/applications/x/refusal", []string{"code", "unit", "text", "不是独立法人", "confirm", "yes"}, []string{"不予受理", "原因", "申报单位不符合条件", "说明", "不是独立法人"}},
		{"/admin/batches/x/extension", []string{"note", "因网络故障延长一周"}, []string{"延长截止时间", "延期说明", "因网络故障延长一周"}},
		{"/desk/applications/x/acceptance", nil, []string{"受理", "没有填写文字"}},
	} {
		b := s.as("owner@x.invalid")
		s.clock.set(s.clock.Now().Add(31 * time.Minute))
		to, err := url.Parse(b.post(tc.path, tc.pairs...).location())
		s.must(err)
		kept := to.Query().Get("next")
		text := s.as("owner@x.invalid").get(kept).text()
		for _, words := range tc.says {
			if !strings.Contains(text, words) {
				t.Errorf("%s: %q is not in %s", tc.path, words, text)
			}
		}
		for _, words := range []string{"revision", "rows", "yes"} {
			if strings.Contains(text, words) {
				t.Errorf("%s: %q is in %s", tc.path, words, text)
			}
		}
	}
}

func TestPostsThatAreNotKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, tc := range []struct {
		name  string
		after time.Duration
		path  string
		do    func(*browser)
	}{
		{"a session that ended more than a day ago", 25 * time.Hour, "/applications/x/sections/summary", nil},
		{"a password", 31 * time.Minute, "/account/password", nil},
		{"after signing out", 31 * time.Minute, "/applications/x/sections/summary", func(b *browser) { b.post("/sign-out") }},
	} {
		b := s.as("owner@x.invalid")
		if tc.do != nil {
			tc.do(b)
		}
		s.clock.set(s.clock.Now().Add(tc.after))
		if got := b.post(tc.path, "current", password, "password", "Fresh-pass-2", "abstract", "x"); strings.Contains(got.location(), "kept") {
			t.Errorf("%s was kept: %s", tc.name, got.location())
		}
	}
	if got := s.visitor().post("/applications/x/sections/summary", "abstract", "x"); strings.Contains(got.location(), "kept") {
		t.Error("a stranger's post was kept")
	}
	var n int
	if s.row(&n, `SELECT count(*) FROM kept_post`); n != 0 {
		t.Errorf("%d posts were kept", n)
	}
}
