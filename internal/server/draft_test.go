package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"softsci/internal/guideline"
	"softsci/internal/portal"
)

// upload sends a file and a text as the page for a new batch does.
func (b *browser) upload(name string, raw []byte, text string) page {
	b.s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("document", name)
	b.s.must(err)
	_, err = file.Write(raw)
	b.s.must(err)
	b.s.must(form.WriteField("text", text))
	b.s.must(form.Close())
	return b.do(http.MethodPost, "/admin/imports", &body, http.Header{"Content-Type": {form.FormDataContentType()}})
}

// take reads a text and returns the new batch's address in the office.
func (b *browser) take(text string) string {
	b.s.t.Helper()
	got := b.upload("", nil, text)
	path, ok := strings.CutSuffix(got.location(), "/draft")
	if got.status != http.StatusSeeOther || !ok {
		b.s.t.Fatalf("read: %d %s", got.status, got.text())
	}
	return path
}

// settings are what a batch's page of settings holds, as a browser would send it.
func (p page) settings() map[string]string {
	values := map[string]string{}
	doc := p.doc()
	for _, n := range doc.Find("main form input, main form textarea").Nodes {
		name, kind, value, checked := "", "", "", false
		for _, a := range n.Attr {
			switch a.Key {
			case "name":
				name = a.Val
			case "type":
				kind = a.Val
			case "value":
				value = a.Val
			case "checked":
				checked = true
			}
		}
		if n.Data == "textarea" && n.FirstChild != nil {
			value = strings.TrimPrefix(n.FirstChild.Data, "\n")
		}
		if name == "" || (kind == "radio" || kind == "checkbox") && !checked {
			continue
		}
		values[name] = value
	}
	return values
}

// set saves a batch's settings, changed as given.
func (b *browser) set(path string, change ...string) page {
	b.s.t.Helper()
	values := b.get(path + "/settings").settings()
	for i := 0; i+1 < len(change); i += 2 {
		values[change[i]] = change[i+1]
	}
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, name, value)
	}
	return b.post(path+"/settings", pairs...)
}

func typedMoment(t time.Time) string { return t.In(portal.Shanghai).Format("2006-01-02T15:04") }

// TestEveryFormatIsReadOverHTTP: a file of each kind becomes a draft, and what nobody
// can read is refused in words with what was pasted still there.
func TestEveryFormatIsReadOverHTTP(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.as("admin@x.invalid")
	for _, name := range []string{"shipped.docx", "shipped-auto.docx", "shipped.doc", "shipped-gb18030.txt", "shipped-utf16.txt"} {
		raw, err := os.ReadFile("../guideline/testdata/" + name)
		s.must(err)
		got := admin.upload(name, raw, "")
		if got.status != http.StatusSeeOther {
			t.Errorf("%s: %d %s", name, got.status, got.text())
			continue
		}
		if page := admin.get(got.location()); !strings.Contains(page.text(), "10 个选题") {
			t.Errorf("%s: %s", name, page.text())
		}
	}
	for name, tc := range map[string]struct {
		raw  []byte
		text string
		says string
		code int
	}{
		"a picture":     {[]byte("\x89PNG\r\n\x1a\n0000"), "", "图片", http.StatusUnprocessableEntity},
		"nothing":       {nil, "", "请选择一个文件", http.StatusUnprocessableEntity},
		"no topics":     {nil, "今天天气很好", "没有读出任何选题", http.StatusUnprocessableEntity},
		"a broken docx": {[]byte("PK\x03\x04 and no more"), "", "", http.StatusUnprocessableEntity},
		"too large":     {bytes.Repeat([]byte("字"), 7<<20), "", "20 MB", http.StatusRequestEntityTooLarge},
	} {
		got := admin.upload("x.docx", tc.raw, tc.text)
		if got.status != tc.code || !strings.Contains(got.text(), tc.says) || tc.text != "" && !strings.Contains(got.text(), tc.text) {
			t.Errorf("%s: %d %s", name, got.status, got.text())
		}
	}
	if got := admin.post("/admin/imports", "text", "x"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a form of another kind: %d", got.status)
	}
}

// TestDraftSavesItself: a script's save is answered in JSON, names the next revision,
// and loses nothing to somebody else's.
func TestDraftSavesItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.as("admin@x.invalid")
	path := admin.take(string(guideline.Shipped))
	id, _ := admin.get(path + "/draft").doc().Find("section.draft-topic").First().Attr("id")
	topic := path + "/draft/topics/" + strings.TrimPrefix(id, "topic-")
	save := func(revision, title string) (answer struct {
		Revision    int
		At, Message string
	}, status int) {
		values := fmt.Sprintf("revision=%s&label=1.&title=%s&content=c&rows=1&department-1=d&name-1=n&phones-1=02787135799%%E3%%80%%8113800138000", revision, title)
		got := admin.do(http.MethodPost, topic, strings.NewReader(values), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": {"application/json"}})
		s.must(json.Unmarshal([]byte(got.body), &answer))
		return answer, got.status
	}
	if got, status := save("1", "a"); status != http.StatusOK || got.Revision != 2 || len(got.At) != len("14:03:22") {
		t.Errorf("a save: %d %+v", status, got)
	}
	if got, status := save("1", "b"); status != http.StatusConflict || got.Message == "" {
		t.Errorf("a stale save: %d %+v", status, got)
	}
	if got, status := save("2", strings.Repeat("a", 300)); status != http.StatusUnprocessableEntity || !strings.Contains(got.Message, "200") {
		t.Errorf("a title of 300 characters: %d %+v", status, got)
	}
	doc := admin.get(path + "/draft").doc()
	if title, _ := doc.Find("[name=title]").First().Attr("value"); title != "a" && doc.Find("textarea[name=title]").First().Text() != "a" {
		t.Errorf("the draft holds the title %q", title)
	}
	if phones, _ := doc.Find("[name=phones-1]").First().Attr("value"); phones != "027-87135799、13800138000" {
		t.Errorf("the telephones are %q", phones)
	}
}

// TestPublishedDraft: settings are refused beside their field, what is published has the
// preview's words, its file, its calendar and its news.
func TestPublishedDraft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin, visitor := s.as("admin@x.invalid"), s.visitor()
	raw, err := os.ReadFile("../guideline/testdata/shipped.docx")
	s.must(err)
	path, _ := strings.CutSuffix(admin.upload("指南 终稿.docx", raw, "").location(), "/draft")
	public := "/batches/" + strings.TrimPrefix(path, "/admin/batches/")
	if got := admin.set(path, "slug", "Not A Slug", "issue", "胡写"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), "网址名只能用") && !strings.Contains(got.text(), "发文字号应由") {
		t.Errorf("wrong settings: %d %s", got.status, got.text())
	}
	if got := admin.post(path+"/publication", "when", "now"); got.status != http.StatusConflict {
		t.Errorf("publishing without dates: %d", got.status)
	}
	if got := admin.set(path, "opens", typedMoment(opens), "closes", typedMoment(closes), "issue", "鄂科技规[2023]007号", "advice", "一段。\n\n见 https://a.example/b 。"); got.status != http.StatusSeeOther {
		t.Fatalf("settings: %d %s", got.status, got.text())
	}
	preview := admin.get(path + "/preview")
	if got := visitor.get(public); got.status != http.StatusNotFound || !strings.Contains(preview.body, "预览") {
		t.Errorf("before the publication the public gets %d", got.status)
	}
	if got := admin.get(path + "/preview/topics/5"); got.status != http.StatusOK || !strings.Contains(got.text(), "刘然") {
		t.Errorf("the preview of a topic: %d", got.status)
	}
	if got := admin.post(path+"/publication", "when", "now"); got.status != http.StatusSeeOther {
		t.Fatalf("publish: %d %s", got.status, got.text())
	}
	page := visitor.get(public)
	if got, want := squeeze(page.doc().Find("[data-document]").Text()), squeeze(preview.doc().Find("[data-document]").Text()); got != want || got == "" {
		t.Errorf("the public reads other words than the preview showed")
	}
	if got := visitor.get(public + "/document"); got.body != string(raw) || !strings.Contains(got.header.Get("Content-Disposition"), "attachment") || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the original file: %d, %d bytes, %v", got.status, len(got.body), got.header)
	}
	var data struct {
		Number string `json:"document_number"`
		Advice string
	}
	s.must(json.Unmarshal([]byte(visitor.get(public+".json").body), &data))
	if data.Number != "鄂科技规〔2023〕7号" || data.Advice != "一段。\n\n见 https://a.example/b 。" {
		t.Errorf("the data: %+v", data)
	}
	ics := visitor.get(public + ".ics")
	for _, line := range strings.Split(strings.TrimSuffix(ics.body, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a calendar's line of %d bytes: %s", len(line), line)
		}
	}
	if !strings.Contains(ics.body, "DTSTART:"+closes.UTC().Format("20060102T150405Z")) || ics.header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Errorf("the calendar: %s", ics.body)
	}

	if got := admin.post(path + "/correction"); got.location() != path+"/draft" {
		t.Fatalf("correct: %d %s", got.status, got.location())
	}
	if got := admin.set(path, "title", "改过的标题"); got.status != http.StatusSeeOther {
		t.Fatalf("settings of a correction: %d %s", got.status, got.text())
	}
	if got := admin.post(path + "/publication"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), "请填写更正说明") {
		t.Errorf("a correction without a note: %d %s", got.status, got.text())
	}
	if got := admin.post(path+"/publication", "note", "标题有误"); got.status != http.StatusSeeOther {
		t.Fatalf("publish the correction: %d %s", got.status, got.text())
	}
	if got := visitor.get(public + "/changes/2"); got.status != http.StatusOK || !strings.Contains(got.text(), "标题有误") || !strings.Contains(got.text(), "改过的标题") {
		t.Errorf("what changed: %d %s", got.status, got.text())
	}
	for _, n := range []string{"1", "3", "02", "x"} {
		if got := visitor.get(public + "/changes/" + n); got.status != http.StatusNotFound {
			t.Errorf("changes/%s: %d", n, got.status)
		}
	}
	if feed := visitor.get("/feed.atom").body; !strings.Contains(feed, public+"/changes/2") || !strings.Contains(feed, "更正") {
		t.Errorf("the feed: %s", feed)
	}
	if got := admin.post(path+"/archive", "state", "archived"); got.status != http.StatusConflict {
		t.Errorf("archiving what is open: %d", got.status)
	}
}

// TestDraftQueries: the pages of a draft ask the database as often for a hundred topics
// as for one.
func TestDraftQueries(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.as("admin@x.invalid")
	text := func(topics int) string {
		var b strings.Builder
		b.WriteString("2024年度某省软科学计划重点项目申报指南\n")
		for i := range topics {
			fmt.Fprintf(&b, "%d.第%d个方面的对策研究\n研究内容：调研现状，提出对策，形成《第%d个方面的对策研究报告》。\n指南联系人：政策%d处 王小明 027-87135%03d\n", i+1, i+1, i+1, i, i)
		}
		return b.String()
	}
	count := func(path string) int64 {
		admin.get(path) // a sentence kept for the next page is taken
		before := s.queries.n.Load()
		if got := admin.get(path); got.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, got.status, got.text())
		}
		return s.queries.n.Load() - before
	}
	one, hundred := admin.take(text(1)), admin.take(text(100))
	for _, page := range []string{"/draft", "/settings", "/publication", "/preview", "/preview/topics/1", ""} {
		if a, b := count(one+page), count(hundred+page); a != b || a > 6 {
			t.Errorf("%q asks %d times for one topic and %d times for a hundred; at most 6, and the same", page, a, b)
		}
	}
	for _, page := range []string{"/admin/imports/new", "/admin/people", "/admin/people/1"} {
		if n := count(page); n > 6 {
			t.Errorf("%s asks %d times", page, n)
		}
	}
	for _, page := range []string{"/batches", "/batches/" + slug + ".ics", "/feed.atom"} {
		before := s.queries.n.Load()
		s.visitor().get(page)
		if n := s.queries.n.Load() - before; n > 6 {
			t.Errorf("%s asks %d times", page, n)
		}
	}
}
