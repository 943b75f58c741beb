package server_test

import (
	"bytes"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5"

	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

// TestBadInput: whatever arrives, the answer has the right status, is a page of the
// portal, and shows nothing of the inside.
func TestBadInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	section := "/applications/" + ref + "/sections/text"
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	for _, tc := range []struct {
		name, method, path, body string
		header                   http.Header
		status                   int
	}{
		{"a huge body", "POST", section, "abstract=" + strings.Repeat("a", 300<<10), form, http.StatusRequestEntityTooLarge},
		{"a broken escape", "POST", section, "abstract=%zz", form, http.StatusUnprocessableEntity},
		{"not a form", "POST", section, `{"abstract":1}`, http.Header{"Content-Type": {"application/json"}}, http.StatusUnprocessableEntity},
		{"another site's post", "POST", section, "abstract=x", http.Header{"Content-Type": form["Content-Type"], "Origin": {"https://evil.example"}}, http.StatusForbidden},
		{"another site's post, as browsers say it", "POST", section, "abstract=x", http.Header{"Content-Type": form["Content-Type"], "Sec-Fetch-Site": {"cross-site"}}, http.StatusForbidden},
		{"a sister site's post", "POST", section, "abstract=x", http.Header{"Content-Type": form["Content-Type"], "Sec-Fetch-Site": {"same-site"}}, http.StatusForbidden},
		{"a topic that overflows", "POST", "/applications", "batch=" + slug + "&topic=99999999999999999999", form, http.StatusNotFound},
		{"a topic that is none", "POST", "/applications", "batch=" + slug + "&topic=5%27", form, http.StatusNotFound},
		{"a batch that is none", "POST", "/applications", "batch=%00&topic=5", form, http.StatusNotFound},
		{"a section that is none", "GET", "/applications/" + ref + "/sections/nope", "", nil, http.StatusNotFound},
		{"a reference that is none", "GET", "/applications/%27%3B--", "", nil, http.StatusNotFound},
		{"a page that overflows", "GET", "/applications?before=99999999999999999999", "", nil, http.StatusOK},
		{"a revision that overflows", "POST", section, "revision=99999999999999999999&abstract=x", form, http.StatusConflict},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := b.do(tc.method, tc.path, strings.NewReader(tc.body), tc.header)
			if got.status != tc.status || got.doc().Find(".masthead").Length() != 1 {
				t.Errorf("%d, want %d: %s", got.status, tc.status, got.text())
			}
			for _, inside := range []string{"pgx", "SQLSTATE", "goroutine", "runtime", ".go:"} {
				if strings.Contains(got.body, inside) {
					t.Errorf("the page shows %q", inside)
				}
			}
		})
	}
}

// TestNothingTypedIsLost: a NUL and a broken encoding are refused beside the field
// with everything typed still there; a stale save shows mine and theirs.
func TestNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	section := "/applications/" + ref + "/sections/text"
	for name, typed := range map[string]string{"a NUL": "很长的\x00摘要", "broken UTF-8": "很长的\xff摘要"} {
		got := b.post(section, "revision", "0", "abstract", typed)
		if kept := got.doc().Find("[name=abstract]").Text(); got.status != http.StatusUnprocessableEntity || !strings.Contains(kept, "很长的摘要") {
			t.Errorf("%s: %d keeps %q", name, got.status, kept)
		}
	}
	long := strings.Repeat("长", 9000)
	if got := b.post(section, "revision", "0", "abstract", long); got.status != http.StatusSeeOther {
		t.Errorf("saving is refused for what is too long: %d", got.status)
	}
	if kept := b.get(section).doc().Find("[name=abstract]").Text(); strings.TrimSpace(kept) != long {
		t.Errorf("%d characters were kept of 9000", len([]rune(kept)))
	}
	got := b.post(section, "revision", "0", "abstract", "我的摘要")
	doc := got.doc()
	if text := doc.Find("main").Text() + doc.Find("main [name=abstract]").Text(); got.status != http.StatusConflict || !strings.Contains(got.body, "我的摘要") || !strings.Contains(text, "长长长") {
		t.Errorf("a stale save: %d %s", got.status, got.text())
	}
	// The way out of the conflict: the page's own form saves on the newest revision.
	revision, _ := doc.Find("[name=revision]").Attr("value")
	action, _ := doc.Find("main form").First().Attr("action")
	if again := b.post(action, "revision", revision, "abstract", "合并的摘要"); again.status != http.StatusSeeOther {
		t.Errorf("saving from the conflict page: %d %s", again.status, again.text())
	}
}

// TestConflictOfRows: a member that the other window took away is not brought back by a
// save that came second, one that this window added is kept, and a tick brings back.
func TestConflictOfRows(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	section := "/applications/" + ref + "/sections/team"
	rows := func() (ids []string) {
		b.get(section).doc().Find("[name=rows]").Each(func(_ int, e *goquery.Selection) { ids = append(ids, e.AttrOr("value", "")) })
		return ids
	}
	b.post(section, "revision", "0", "rows", "a", "rows", "b", "name-a", "赵一", "name-b", "钱二")
	page := b.get(section).doc()
	if n := page.Find("[name=base]").Length(); n != 2 {
		t.Fatalf("the page carries %d rows as its base", n)
	}
	b.post(section, "revision", "1", "base", "a", "base", "b", "rows", "a", "rows", "b", "name-a", "赵一", "name-b", "钱二", "remove", "b")
	got := b.post(section, "revision", "1", "base", "a", "base", "b", "rows", "a", "rows", "b", "name-a", "赵一", "name-b", "钱二改", "add", "yes")
	lone := got.doc().Find(".lone")
	if got.status != http.StatusConflict || lone.Length() != 2 || !strings.Contains(lone.First().Text(), "删去了") || !strings.Contains(lone.First().Text(), "钱二改") || !strings.Contains(lone.Last().Text(), "您添加的") {
		t.Fatalf("%d %s", got.status, got.text())
	}
	gone, fresh := lone.First().Find("[name=rows]"), lone.Last().Find("[name=rows]")
	if _, ticked := gone.Attr("checked"); ticked {
		t.Error("what was taken away comes back unless somebody minds")
	}
	if _, ticked := fresh.Attr("checked"); !ticked {
		t.Error("what was added goes unless somebody minds")
	}
	id := fresh.AttrOr("value", "")
	b.post(section, "revision", "2", "base", "a", "rows", "a", "rows", id, "name-a", "赵一", "name-b", "钱二改", "name-"+id, "孙三")
	if got := rows(); !slices.Equal(got, []string{"a", id}) {
		t.Errorf("rows %v", got)
	}
	b.post(section, "revision", "3", "base", "a", "rows", "a", "rows", "b", "rows", id, "name-a", "赵一", "name-b", "钱二改", "name-"+id, "孙三")
	if name := b.get(section).doc().Find("[name=name-b]").AttrOr("value", ""); name != "钱二改" {
		t.Errorf("ticked, the member reads %q", name)
	}
}

// TestTextareaKeepsItsFirstLine: HTML eats a line break after <textarea>; ours stays.
func TestTextareaKeepsItsFirstLine(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	section := "/applications/" + b.begin("5") + "/sections/text"
	b.post(section, "revision", "0", "abstract", "\r\n第二行\r\n")
	if !strings.Contains(b.get(section).body, ">\n\n第二行\n</textarea>") {
		t.Error("the first, empty line is gone")
	}
}

// TestClosedDatabase: a page of the portal with a number to quote, the cause in the
// log alone; the process still says it lives, and that it is not ready.
func TestClosedDatabase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	s.store.Close()
	for _, path := range []string{"/batches/none", "/search?q=科技", "/account"} {
		got := b.get(path)
		id := got.doc().Find("main .code").Text()
		if got.status != http.StatusInternalServerError || got.doc().Find(".masthead").Length() != 1 || strings.Contains(got.body, "pool") {
			t.Errorf("%s: %d %s", path, got.status, got.text())
		}
		if id == "" || !strings.Contains(s.log.String(), "request="+id) {
			t.Errorf("%s: the number %q is not in the log", path, id)
		}
	}
	if got := b.get("/healthz"); got.status != http.StatusOK {
		t.Errorf("healthz: %d", got.status)
	}
	if got := b.get("/readyz"); got.status != http.StatusServiceUnavailable {
		t.Errorf("readyz: %d", got.status)
	}
}

// TestQueries: no page asks more than six times, whether it shows one row or a hundred.
func TestQueries(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, contact, admin := s.as("owner@x.invalid"), s.as("contact5@x.invalid"), s.as("admin@x.invalid")
	ref := owner.submit("5")
	draft := owner.begin("6")
	pages := []struct {
		b    *browser
		path string
	}{
		{owner, "/applications"}, {owner, "/applications/" + ref}, {owner, "/applications/" + draft + "/sections/text"}, {owner, "/applications/" + draft + "/submission"},
		{owner, "/applications/" + ref + "/receipt"}, {owner, "/applications/" + ref + "/people"}, {owner, "/applications/" + draft}, {owner, "/applications/" + draft + "/copy"}, {owner, "/applications/" + draft + "/renewal"}, {owner, "/applications/new"}, {owner, "/account"}, {owner, "/account/profile"}, {owner, "/account/data"}, {contact, "/desk"}, {contact, "/desk?q="}, {contact, "/desk?q=%E8%A6%81%E7%B4%A0&sort=unit"}, {contact, "/desk?q=&row=" + ref}, {contact, "/desk/views/new?q="}, {admin, "/admin/applications?q=%E8%A6%81%E7%B4%A0"}, {contact, "/desk/applications/" + ref},
		{admin, "/admin"}, {admin, "/admin/batches"}, {admin, "/admin/batches/" + slug}, {admin, "/admin/accounts"}, {admin, "/admin/accounts/" + s.accountRef("owner@x.invalid")},
		{admin, "/admin/events"}, {owner, "/applications/" + ref + "/withdrawal"}, {contact, "/desk/applications/" + ref + "/return"}, {contact, "/desk/applications/" + ref + "/refusal"},
		{admin, "/admin/applications"}, {admin, "/admin/applications/" + ref}, {admin, "/admin/batches/" + slug + "/topics/5/contact"}, {owner, "/search?q=科技"}, {owner, "/batches/" + slug + ".json"}, {owner, "/sign-in"},
	}
	count := func() (counts []int64) {
		for _, p := range pages {
			before := s.queries.n.Load()
			if got := p.b.get(p.path); got.status != http.StatusOK {
				t.Errorf("%s: %d", p.path, got.status)
			}
			counts = append(counts, s.queries.n.Load()-before)
		}
		return counts
	}
	for _, path := range []string{"/", "/batches/" + slug, "/batches/" + slug + "/topics/5", "/site-map", "/help"} {
		before := s.queries.n.Load()
		s.visitor().get(path)
		if n := s.queries.n.Load() - before; n > 6 {
			t.Errorf("%s asks %d times when it is made", path, n)
		}
	}
	count() // sentences kept for the next page are taken
	one := count()
	s.multiply(ref, 99)
	hundred := count()
	for i, p := range pages {
		if one[i] > 6 || one[i] != hundred[i] {
			t.Errorf("%s asks %d times for one row and %d times for a hundred; at most 6, and the same", p.path, one[i], hundred[i])
		}
	}
}

// TestQueriesOfASave: a save is one transaction of at most four statements, the first time
// and every other. Besides it the session is found, and the sentence for the next page kept.
func TestQueriesOfASave(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	for revision := range 3 {
		values := sample.Posted(sample.Answers(portal.Topic{})["leader"])
		values.Set("revision", strconv.Itoa(2*revision))
		values.Set("name", "张"+strconv.Itoa(revision)) // of whose other applications the page may tell
		before := s.queries.n.Load()
		if got := b.do(http.MethodPost, "/applications/"+ref+"/sections/leader", strings.NewReader(values.Encode()),
			http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": scripted["Accept"]}); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.text())
		}
		if n := s.queries.n.Load() - before; n > 1+4 {
			t.Errorf("save %d by the page itself takes %d statements", revision, n)
		}
		before = s.queries.n.Load()
		values.Set("revision", strconv.Itoa(2*revision+1))
		if got := b.postForm("/applications/"+ref+"/sections/leader", values); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.text())
		}
		if n := s.queries.n.Load() - before; n > 1+4+1 {
			t.Errorf("save %d by its button takes %d statements", revision, n)
		}
	}
}

// multiply copies a submitted application n times, with its version, access and history.
func (s *site) multiply(ref string, n int) {
	s.t.Helper()
	conn, err := pgx.Connect(s.t.Context(), s.owner)
	s.must(err)
	defer conn.Close(s.t.Context())
	for _, sql := range []string{
		`CREATE TEMP TABLE copies AS SELECT lpad(i::text, 12, 'c') AS ref, i FROM generate_series(1, $2::int) i, application WHERE ref = $1`,
		`ALTER TABLE application DISABLE TRIGGER application_remembers_its_step`,
		`INSERT INTO application (ref, batch, topic, begun_under, submitted_under, previous_status, status, number, title, versions, created_at, submitted_at, moved_at, accounts)
			SELECT c.ref, batch, topic, begun_under, submitted_under, previous_status, status, number || '-' || c.i, title, versions, created_at, submitted_at, moved_at, accounts
			FROM application a, copies c WHERE a.ref = $1`,
		`ALTER TABLE application ENABLE TRIGGER application_remembers_its_step`,
		`INSERT INTO application_access (application, account, kind, since) SELECT a.id, a.accounts[1], 'leader', a.created_at FROM application a JOIN copies USING (ref)`,
		`INSERT INTO event (at, subject, subject_id, subject_label, verb, account_name, role, address, request_id)
			SELECT created_at, 'application', id, title, 'submit', 'n', 'applicant', '', '' FROM application`,
	} {
		args := []any{}
		if strings.Contains(sql, "$1") {
			args = append(args, ref)
		}
		if strings.Contains(sql, "$2") {
			args = append(args, n)
		}
		_, err := conn.Exec(s.t.Context(), sql, args...)
		s.must(err)
	}
}

// TestClosingMoment: what arrives a moment before the close is taken, what arrives at
// it is refused with a page that says when it arrived, and the draft stays readable.
func TestClosingMoment(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	inTime, late := b.begin("5"), b.begin("6")
	b.fill(inTime)
	b.fill(late)
	s.clock.set(closes.Add(-time.Microsecond))
	b = s.as("owner@x.invalid") // the hours before have ended the session
	if got := b.send(inTime); got.location() != "/applications/"+inTime+"/receipt" {
		t.Errorf("a moment before the close: %d %s", got.status, got.text())
	}
	s.clock.set(closes)
	if got := b.send(late); got.status != http.StatusConflict || !strings.Contains(got.text(), "2026年3月31日 17:00:00") {
		t.Errorf("at the close: %d %s", got.status, got.text())
	}
	if got := b.saveText(late, "1", "迟到的修改"); got.status != http.StatusConflict {
		t.Errorf("wrote after the close: %d", got.status)
	}
	if text := b.get("/applications/" + late + "/sections/text").text(); !strings.Contains(text, "研究湖北高质量技术要素市场的建设路径") {
		t.Errorf("the draft cannot be read: %s", text)
	}
	if got := b.post("/applications", "batch", slug, "topic", "7"); got.status != http.StatusConflict {
		t.Errorf("begun after the close: %d", got.status)
	}
}

// TestLineCut: a line that is cut at any point of a submission, and once more after the
// portal has it but before the answer is read, leaves nothing half and nothing double:
// the same press again arrives at the one receipt.
func TestLineCut(t *testing.T) {
	t.Parallel()
	for _, part := range []float64{0.2, 0.5, 0.9, 0.999, 1} {
		t.Run(strconv.FormatFloat(part, 'g', -1, 64), func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			b := s.as("owner@x.invalid")
			ref := b.begin("5")
			b.fill(ref)
			b.cutOff(ref, part)
			if got := b.send(ref); got.location() != "/applications/"+ref+"/receipt" {
				t.Fatalf("sent again: %d %s", got.status, got.text())
			}
			var versions, letters, last int
			s.row(&versions, `SELECT count(*) FROM version`)
			s.row(&letters, `SELECT count(*) FROM message WHERE kind = 'submit' AND address = 'owner@x.invalid'`)
			s.row(&last, `SELECT last FROM number_counter`)
			if versions != 1 || last != 1 || letters != 1 {
				t.Errorf("%d versions, %d numbers, %d letters", versions, last, letters)
			}
		})
	}
}

// cutOff sends so much of a submission and hangs up without reading the answer.
func (b *browser) cutOff(ref string, part float64) {
	b.s.t.Helper()
	form := url.Values{"pledge": {proposal.PledgeVersion}}
	for _, name := range sample.Sections {
		form.Set("revision."+name, "1")
	}
	req, err := http.NewRequestWithContext(b.s.t.Context(), http.MethodPost, b.s.base+"/applications/"+ref+"/submission", strings.NewReader(form.Encode()))
	b.s.must(err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range b.client.Jar.Cookies(req.URL) {
		req.AddCookie(c)
	}
	var raw bytes.Buffer
	b.s.must(req.Write(&raw))
	line, err := net.Dial("tcp", req.URL.Host)
	b.s.must(err)
	_, err = line.Write(raw.Bytes()[:int(part*float64(raw.Len()))])
	b.s.must(err)
	b.s.must(line.Close())
}
