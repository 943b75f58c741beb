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
	if text := b.get(kept).text(); !strings.Contains(text, "写了一个下午的摘要") {
		t.Errorf("the page shows %s", text)
	}
	if got := b.post(kept); got.status != http.StatusSeeOther {
		t.Fatalf("continue: %d %s", got.status, got.text())
	}
	if text := b.get(section).doc().Find("[name=abstract]").Text(); !strings.Contains(text, "写了一个下午的摘要") {
		t.Errorf("the section holds %q", text)
	}
	if got := b.post(kept); got.status != http.StatusGone {
		t.Errorf("taken twice: %d", got.status)
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
