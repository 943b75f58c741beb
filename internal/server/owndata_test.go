package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestOwnData: the page says what is kept, hands it out, deletes drafts and offers a
// calendar, whose address needs no session and stands in no log.
func TestOwnData(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.as("owner@x.invalid")
	submitted := owner.submit("5")
	draft := owner.begin("6")
	page := owner.get("/account/data")
	if text := page.text(); page.status != http.StatusOK || !strings.Contains(text, "申报书2 份") || page.doc().Find(`main a[href="/applications/`+draft+`/removal"]`).Length() != 1 {
		t.Errorf("the page says %d %s", page.status, text)
	}
	got := owner.get("/account/data.json")
	var data struct {
		Account      struct{ Email string }
		Applications []struct{ Ref string }
		Events       []struct{ What string }
	}
	s.must(json.Unmarshal([]byte(got.body), &data))
	if data.Account.Email != "owner@x.invalid" || len(data.Applications) != 2 || data.Applications[1].Ref != submitted || len(data.Events) == 0 {
		t.Errorf("handed out %+v", data)
	}
	if !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", got.header)
	}

	if got := owner.post("/account/calendar"); got.location() != "/account/data#calendar" {
		t.Errorf("offer: %d %s", got.status, got.location())
	}
	address, _ := owner.get("/account/data").doc().Find("#calendar ~ p a.hash").Attr("href")
	path, ok := strings.CutPrefix(address, "https://portal.example")
	if !ok || !strings.HasSuffix(path, ".ics") {
		t.Fatalf("the address is %q", address)
	}
	calendar := s.visitor().get(path)
	for _, line := range []string{"BEGIN:VCALENDAR\r\n", "UID:" + draft + "@portal.example\r\n", "DTSTART:20260331T090000Z\r\n", "URL:https://portal.example/applications/" + draft + "\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(calendar.body, line) {
			t.Errorf("the calendar lacks %q:\n%s", line, calendar.body)
		}
	}
	for line := range strings.SplitSeq(calendar.body, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	if strings.Contains(calendar.body, submitted) || calendar.header.Get("Content-Type") != "text/calendar; charset=utf-8" || calendar.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the calendar is %v\n%s", calendar.header, calendar.body)
	}
	if strings.Contains(s.log.String(), path) {
		t.Error("the address stands in the log")
	}
	owner.post("/account/calendar/end")
	if got := s.visitor().get(path); got.status != http.StatusNotFound {
		t.Errorf("after the end: %d", got.status)
	}

	if got := owner.post("/account/data/drafts/removal"); got.location() != "/account/data" {
		t.Errorf("erase: %d %s", got.status, got.text())
	}
	if got := owner.get("/applications/" + draft); got.status != http.StatusNotFound {
		t.Errorf("an erased draft: %d", got.status)
	}
	if got := owner.get("/applications/" + submitted); got.status != http.StatusOK {
		t.Errorf("what was submitted: %d", got.status)
	}
	if text := s.as("admin@x.invalid").get("/account/data").text(); strings.Contains(text, "草稿") && strings.Contains(text, "全部删除") {
		t.Errorf("an administrator reads %s", text)
	}
}
