package server_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"softsci/internal/guideline"
	"softsci/internal/portal"
)

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// TestBatchPageIsTheDocument: every character of the shipped document stands on the
// batch page, in its order, and nothing between.
func TestBatchPageIsTheDocument(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	want := squeeze(strings.ReplaceAll(string(guideline.Shipped), "[bookmark: _GoBack]", ""))
	got := squeeze(s.visitor().get("/batches/" + slug).doc().Find("[data-document]").Text())
	if got != want {
		t.Errorf("the page has %d characters, the document %d:\n%s", len([]rune(got)), len([]rune(want)), got)
	}
}

// TestPublicPagesKnowNobody: the same bytes for a visitor and for a signed-in
// person, no cookie set, and a validator that saves the second answer.
func TestPublicPagesKnowNobody(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	known, visitor := s.as("owner@x.invalid"), s.visitor()
	for _, path := range []string{"/", "/batches/" + slug, "/batches/" + slug + "/topics/5", "/help", "/accessibility", "/privacy", "/site-map"} {
		a, b := visitor.get(path), known.get(path+"?utm=x")
		if a.status != http.StatusOK || a.body != b.body {
			t.Errorf("%s differs between people or by its query", path)
		}
		if a.header.Get("Set-Cookie") != "" || a.header.Get("Vary") != "Accept-Encoding, Cookie" {
			t.Errorf("%s: Set-Cookie %q, Vary %q", path, a.header.Get("Set-Cookie"), a.header.Get("Vary"))
		}
		again := visitor.do(http.MethodGet, path, nil, http.Header{"If-None-Match": {a.header.Get("ETag")}})
		if again.status != http.StatusNotModified || again.body != "" {
			t.Errorf("%s asked again: %d with %d bytes", path, again.status, len(again.body))
		}
		if head := visitor.do(http.MethodHead, path, nil, nil); head.status != http.StatusOK || head.body != "" {
			t.Errorf("HEAD %s: %d", path, head.status)
		}
	}
}

func TestDisplaySwitch(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	if got := b.post("/display", "size", "large", "back", "/help"); got.status != http.StatusSeeOther || got.location() != "/help" {
		t.Fatalf("%d to %s", got.status, got.location())
	}
	b.post("/display", "contrast", "high", "back", "/")
	if class, _ := b.get("/").doc().Find("html").Attr("class"); class != "large contrast" {
		t.Errorf("after both switches the page has class %q", class)
	}
	if class, _ := s.visitor().get("/").doc().Find("html").Attr("class"); class != "" {
		t.Errorf("another visitor's page has class %q", class)
	}
	b.post("/display", "size", "normal", "back", "/")
	if class, _ := b.get("/").doc().Find("html").Attr("class"); class != "contrast" {
		t.Errorf("after switching one back the page has class %q", class)
	}
	for _, back := range []string{"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "", "%"} {
		if got := b.post("/display", "size", "large", "back", back).location(); got != "/" {
			t.Errorf("back %q leads to %q", back, got)
		}
	}
}

// TestWordsChangeInTime: a kept page says something else at midnight, and its button
// goes at the closing moment, not a second later.
func TestWordsChangeInTime(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	topic := "/batches/" + slug + "/topics/5"
	midnight := time.Date(2026, 3, 11, 0, 0, 0, 0, portal.Shanghai)
	for _, tc := range []struct {
		at      time.Time
		says    string
		offered bool
	}{
		{midnight.Add(-time.Microsecond), "还有 21 天", true},
		{midnight, "还有 20 天", true},
		{midnight.Add(time.Hour), "还有 20 天", true},
		{time.Date(2026, 3, 30, 23, 59, 59, 0, portal.Shanghai), "明天截止", true},
		{time.Date(2026, 3, 31, 0, 0, 0, 0, portal.Shanghai), "今天截止", true},
		{closes.Add(-time.Microsecond), "今天截止", true},
		{closes, "已截止", false},
		{closes.AddDate(0, 1, 0), "已截止", false},
	} {
		s.clock.set(tc.at)
		page := b.get(topic)
		if offered := page.doc().Find(`form[action="/applications"]`).Length() > 0; !strings.Contains(page.text(), tc.says) || offered != tc.offered {
			t.Errorf("at %s the page lacks %q or offers %t: %s", portal.DateTimeText(tc.at), tc.says, offered, page.text())
		}
	}
}

// TestTwoProcesses: what one process publishes, the other shows, without asking for
// it and without waiting for the page's own end.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	one := newSite(t)
	two := openSite(t, one.url, one.clock)
	reader := two.visitor()
	reader.get("/batches/" + slug)
	admin := one.as("admin@x.invalid")
	if got := admin.post("/admin/batches/"+slug+"/extension", "closes", "2026-04-07T17:00", "note", "因系统维护延期"); got.status != http.StatusSeeOther {
		t.Fatalf("extend: %d %s", got.status, got.text())
	}
	if got := one.visitor().get("/batches/" + slug).text(); !strings.Contains(got, "因系统维护延期") {
		t.Error("the process that published does not show it at once")
	}
	deadline := time.Now().Add(20 * time.Second)
	for !strings.Contains(reader.get("/batches/"+slug).text(), "因系统维护延期") {
		if time.Now().After(deadline) {
			t.Fatal("the other process never shows it")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestSearchFindsEverything: every pair of neighbouring ideographs of every title,
// department and name, every single one, and longer pieces, with the hit marked.
func TestSearchFindsEverything(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	p := guideline.Parse(string(guideline.Shipped))
	asked := map[string]bool{}
	for _, topic := range p.Topics {
		for _, text := range []string{topic.Title, topic.Contacts[0].Department, topic.Contacts[0].Name, firstRunes(topic.Content, 40), lastRunes(topic.Content, 20)} {
			han := strings.FieldsFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
			for _, run := range han {
				r := []rune(run)
				for i := range r {
					for _, n := range []int{1, 2, 5} {
						if i+n > len(r) || asked[string(r[i:i+n])] {
							continue
						}
						word := string(r[i : i+n])
						asked[word] = true
						page := b.get("/search?q=" + word)
						if page.doc().Find(fmt.Sprintf(`main a[href="/batches/%s/topics/%d"]`, slug, topic.Ordinal)).Length() == 0 {
							t.Errorf("%q does not find topic %d", word, topic.Ordinal)
						} else if !strings.Contains(page.doc().Find("main mark").Text(), word) {
							t.Errorf("%q is not marked", word)
						}
					}
				}
			}
		}
	}
	if len(asked) < 300 {
		t.Fatalf("only %d words were asked", len(asked))
	}
	for _, none := range []string{"量子计算机", "", "'", `"\\`, "%", "_", "🙂", strings.Repeat("长", 5000), "\x00", "\xff"} {
		page := b.get("/search?" + url.Values{"q": {none}}.Encode())
		if page.status != http.StatusOK || page.doc().Find(`main a[href*="/topics/"]`).Length() != 0 {
			t.Errorf("%.20q: %d %s", none, page.status, page.text())
		}
	}
}

func firstRunes(s string, n int) string { return string([]rune(s)[:n]) }
func lastRunes(s string, n int) string  { r := []rune(s); return string(r[len(r)-n:]) }

// TestMachineReadable: the feed, the map and the JSON name the portal's own address,
// whatever host the request came to; the help explains every field of the JSON.
func TestMachineReadable(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	for _, path := range []string{"/feed.atom", "/sitemap.xml", "/robots.txt", "/batches/" + slug + ".json"} {
		got := b.do(http.MethodGet, path, nil, http.Header{"X-Forwarded-Host": {"evil.example"}})
		if got.status != http.StatusOK || !strings.Contains(got.body, "https://portal.example") || strings.Contains(got.body, "127.0.0.1") || strings.Contains(got.body, "evil") {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	var batch struct {
		Topics     []map[string]any
		Conditions []struct{ Name, Text string }
	}
	var fields map[string]any
	raw := []byte(b.get("/batches/" + slug + ".json").body)
	s.must(errors.Join(json.Unmarshal(raw, &batch), json.Unmarshal(raw, &fields)))
	if len(batch.Topics) != 10 || len(batch.Conditions) != 11 || batch.Conditions[4].Name != "申报条件五" || batch.Conditions[4].Text != "项目组成员（不含负责人）不超过 8 人。" {
		t.Errorf("the JSON has %d topics and the conditions %v", len(batch.Topics), batch.Conditions)
	}
	var explained []string
	for _, e := range b.get("/help").doc().Find("#json ~ .meanings dt code").EachIter() {
		explained = append(explained, e.Text())
	}
	given := slices.Concat(slices.Collect(maps.Keys(fields)), slices.Collect(maps.Keys(batch.Topics[0])))
	if slices.Sort(given); !slices.Equal(slices.Sorted(slices.Values(explained)), given) {
		t.Errorf("the help explains %v, the JSON has %v", explained, given)
	}
}

// TestNoSuchPage: whatever was asked for, the answer is a page of the portal.
func TestNoSuchPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	for _, path := range []string{"/nope", "/batches/nope", "/batches/" + slug + "/topics/11", "/batches/" + slug + "/topics/0", "/batches/" + slug + "/topics/05",
		"/batches/" + slug + "/topics/99999999999999999999", "/batches/" + slug + "/topics/-1", "/batches/nope.json", "/assets/nope.css", "/%00", "/%E4%B8", "/batches/%27"} {
		got := b.get(path)
		if got.status != http.StatusNotFound || got.doc().Find("h1").Length() != 1 || got.doc().Find(".masthead").Length() != 1 {
			t.Errorf("%s: %d %s", path, got.status, got.text())
		}
	}
	if got := b.do(http.MethodDelete, "/", nil, nil); got.status != http.StatusMethodNotAllowed {
		t.Errorf("DELETE /: %d", got.status)
	}
}
