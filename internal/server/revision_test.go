package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"softsci/internal/portal"
	"softsci/internal/proposal/sample"
)

// answered is what a script reads.
type answered struct {
	Revision, Left              int
	At, State, Message, Account string
}

// script asks as a page's script does.
func (b *browser) script(method, path string, pairs ...string) (page, answered) {
	b.s.t.Helper()
	b.header.Set("Accept", "application/json")
	defer b.header.Del("Accept")
	got := b.get
	if method == http.MethodPost {
		got = func(path string) page { return b.post(path, pairs...) }
	}
	p := got(path)
	var a answered
	if err := json.Unmarshal([]byte(p.body), &a); err != nil || p.header.Get("Cache-Control") != "no-store" {
		b.s.t.Fatalf("%s %s: %d %v, Cache-Control %q: %s", method, path, p.status, err, p.header.Get("Cache-Control"), p.body)
	}
	return p, a
}

// TestSectionSavesItself: a script is told the revision, the time and how complete the
// section is; of a conflict, of what cannot be stored and of a closed batch it is told
// why; and nothing of that changes what a person without script is answered.
func TestSectionSavesItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	path := "/applications/" + ref + "/sections/text"
	text := sample.Answers(portal.Topic{})["text"]
	pairs := func(revision string, change ...string) []string {
		p := []string{"revision", revision}
		for name, value := range text {
			if name == "rows" {
				for _, id := range strings.Fields(value) {
					p = append(p, "rows", id)
				}
				continue
			}
			if len(change) == 2 && change[0] == name {
				value = change[1]
			}
			p = append(p, name, value)
		}
		return p
	}
	got, told := b.script(http.MethodPost, path, pairs("0", "abstract", "")...)
	if got.status != http.StatusOK || told.Revision != 1 || told.At != "09:00:00" || told.State != "还缺 1 项" {
		t.Errorf("an incomplete save: %d %+v", got.status, told)
	}
	if _, told = b.script(http.MethodPost, path, pairs("1")...); told.Revision != 2 || told.State != "完整" {
		t.Errorf("a complete save: %+v", told)
	}
	if got, told = b.script(http.MethodPost, path, pairs("1", "abstract", "另一个窗口")...); got.status != http.StatusConflict || !strings.Contains(told.Message, "另一个窗口或另一个人") {
		t.Errorf("a save on an old revision: %d %+v", got.status, told)
	}
	if got, told = b.script(http.MethodPost, path, pairs("2", "abstract", "空\x00字符")...); got.status != http.StatusUnprocessableEntity || !strings.Contains(told.Message, "不能保存的字符") {
		t.Errorf("what cannot be stored: %d %+v", got.status, told)
	}
	if got, told = s.as("other@x.invalid").script(http.MethodPost, path, pairs("2")...); got.status != http.StatusNotFound || told.Message == "" {
		t.Errorf("another's: %d %+v", got.status, told)
	}
	if got := b.post(path, pairs("2", "abstract", "按钮保存的")...); got.status != http.StatusSeeOther {
		t.Errorf("the button: %d", got.status)
	}
	page := b.get(path).doc()
	form := page.Find("form[data-autosave]")
	if revision, _ := form.Find("[name=revision]").Attr("value"); revision != "3" || !strings.Contains(form.Find("[data-saved]").Text(), "保存于") {
		t.Errorf("the page has revision %s and says %q", revision, form.Find("[data-saved]").Text())
	}
	s.clock.set(closes)
	if got, told = s.as("owner@x.invalid").script(http.MethodPost, path, pairs("3")...); got.status != http.StatusConflict || !strings.Contains(told.Message, "截止") {
		t.Errorf("after the deadline: %d %+v", got.status, told)
	}
}

// TestRevisions: what a section said before can be looked at beside what it says now,
// and taken back, by its owner alone; what stood until then is not lost by it.
func TestRevisions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	section := "/applications/" + ref + "/sections/text"
	list := section + "/revisions"
	if got := b.get(list); got.status != http.StatusOK || !strings.Contains(got.text(), "还没有保存过") {
		t.Errorf("before the first save: %d %s", got.status, got.text())
	}
	for i, abstract := range []string{"第一稿的摘要，写得很长。", "第二稿的摘要，写得很长。", "完全重写了。"} {
		s.clock.set(s.clock.Now().Add(time.Minute))
		b.saveText(ref, fmt.Sprint(i), abstract)
	}
	if link, _ := b.get(section).doc().Find(`main .links a[href$="/revisions"]`).Attr("href"); link != list {
		t.Errorf("the section leads to %q", link)
	}
	shown := b.get(list)
	if items := shown.doc().Find("main .revision"); items.Length() != 3 || !strings.Contains(items.First().Text(), "现在的内容") || !strings.Contains(items.Eq(1).Text(), "改动 1 项：摘要") || !strings.Contains(items.Last().Text(), "最早") {
		t.Errorf("the list says %s", shown.text())
	}
	one := b.get(list + "/1").doc()
	if del, ins := one.Find("main .versions del").Text(), one.Find("main .versions ins").Text(); !strings.Contains(del, "第一稿") || !strings.Contains(ins, "完全重写了") {
		t.Errorf("compared: went %q, came %q", del, ins)
	}
	if got := b.get(list + "/3"); !strings.Contains(got.text(), "这就是现在的内容") {
		t.Errorf("the newest: %s", got.text())
	}
	for _, n := range []string{"4", "0", "x", "-1", "01"} {
		if got := b.get(list + "/" + n); got.status != http.StatusNotFound {
			t.Errorf("revision %s: %d", n, got.status)
		}
	}
	other := s.as("other@x.invalid")
	for _, got := range []page{other.get(list), other.get(list + "/1"), other.post(list+"/1", "revision", "3"), b.get("/applications/" + ref + "/sections/nothing/revisions")} {
		if got.status != http.StatusNotFound || strings.Contains(got.body, "第一稿") {
			t.Errorf("another's: %d", got.status)
		}
	}
	if got := b.post(list+"/1", "revision", "2"); got.status != http.StatusConflict {
		t.Errorf("taken back on an old revision: %d", got.status)
	}
	if got := b.post(list+"/1", "revision", "3"); got.location() != section {
		t.Fatalf("taken back: %d %s", got.status, got.text())
	}
	if got := b.get(section); !strings.Contains(got.doc().Find("[name=abstract]").Text(), "第一稿") || !strings.Contains(got.text(), "已恢复") {
		t.Errorf("the section says %s", got.text())
	}
	if got := b.get(list).doc().Find("main .revision"); got.Length() != 4 {
		t.Errorf("%d revisions", got.Length())
	}
	for _, path := range []string{list, list + "/2"} {
		before := s.queries.n.Load()
		if b.get(path); s.queries.n.Load()-before > 6 {
			t.Errorf("%s: %d queries", path, s.queries.n.Load()-before)
		}
	}
	s.clock.set(closes)
	if got := s.as("owner@x.invalid").get(list + "/2"); got.status != http.StatusOK || got.doc().Find("main form").Length() != 0 {
		t.Errorf("after the deadline: %d %s", got.status, got.text())
	}
}

// TestSessionTellsItsEnd: a page asks how long its session lasts without prolonging it;
// somebody who presses a button does; after the end a script is told so and nothing it
// sent is taken, and a browser forgets what it kept when somebody signs out.
func TestSessionTellsItsEnd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	body := b.get("/applications").doc().Find("body")
	account, _ := body.Attr("data-account")
	if left, _ := body.Attr("data-left"); left != "1800" || len(account) != 12 {
		t.Errorf("the page has account %q and %q seconds left", account, left)
	}
	for range 5 {
		s.clock.set(s.clock.Now().Add(5 * time.Minute))
		if _, told := b.script(http.MethodGet, "/account/session"); told.Account != account {
			t.Errorf("the session is %+v", told)
		}
	}
	if _, told := b.script(http.MethodGet, "/account/session"); told.Left != 5*60 {
		t.Errorf("after 25 minutes %d seconds are left", told.Left)
	}
	if _, told := b.script(http.MethodPost, "/account/session"); told.Left != 30*60 {
		t.Errorf("prolonged, %d seconds are left", told.Left)
	}
	s.clock.set(s.clock.Now().Add(31 * time.Minute))
	for _, try := range []func() page{
		func() page { got, _ := b.script(http.MethodGet, "/account/session"); return got },
		func() page {
			got, _ := b.script(http.MethodPost, "/applications/"+ref+"/sections/text", "revision", "0", "abstract", "x")
			return got
		},
	} {
		if got := try(); got.status != http.StatusUnauthorized {
			t.Errorf("after the end: %d", got.status)
		}
	}
	var n int
	if s.row(&n, `SELECT count(*) FROM kept_post`); n != 0 {
		t.Error("what a script sent took the place of what its person will send")
	}
	if got := b.get("/account/session"); !strings.HasPrefix(got.location(), "/sign-in?next=") {
		t.Errorf("a person: %d %s", got.status, got.location())
	}
	b = s.as("owner@x.invalid")
	if got := b.get("/account/session"); !strings.Contains(got.text(), "回到刚才填写的页面") {
		t.Errorf("signed in again: %s", got.text())
	}
	b.post("/display", "size", "large", "back", "/")
	got := b.post("/sign-out")
	if clear := got.header.Get("Clear-Site-Data"); clear != `"cache", "storage"` {
		t.Errorf("signed out, Clear-Site-Data is %q", clear)
	}
	if class, _ := b.get("/").doc().Find("html").Attr("class"); class != "large" {
		t.Errorf("the display setting is gone: %q", class)
	}
	if _, there := b.get("/").doc().Find("body").Attr("data-account"); there {
		t.Error("a public page names an account")
	}
}

// TestLongestSession: twelve hours after it began a session ends, whatever is pressed.
func TestLongestSession(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	for range 25 {
		s.clock.set(s.clock.Now().Add(28 * time.Minute))
		b.script(http.MethodPost, "/account/session")
	}
	if _, told := b.script(http.MethodPost, "/account/session"); told.Left > 30*60 || told.Left < 10*60 {
		t.Errorf("before the last half hour %d seconds are left", told.Left)
	}
}
