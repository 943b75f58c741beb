package server_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal/sample"
)

// scripted is how a script asks.
var scripted = http.Header{"Accept": {"application/json"}}

// attachByScript uploads as the page's script does, and returns what it is told.
func (b *browser) attachByScript(ref, kind, name string, content []byte) (told struct{ State, Message string }, status int) {
	b.s.t.Helper()
	body, header := multipartOf(b.s, "file", name, content)
	header["Accept"] = scripted["Accept"]
	got := b.do(http.MethodPost, "/applications/"+ref+"/files/"+kind, body, header)
	if err := json.Unmarshal([]byte(got.body), &told); err != nil {
		b.s.t.Fatalf("%d: %v in %s", got.status, err, got.body)
	}
	return told, got.status
}

// filesIn are the references of the attachments that a page offers, in its order.
func filesIn(p page) (refs []string) {
	for _, a := range p.doc().Find(`main li a[href*="/files/"]`).EachIter() {
		refs = append(refs, path.Base(a.AttrOr("href", "")))
	}
	return refs
}

// zipped is a ZIP with entries of these names.
func zipped(s *site, names ...string) []byte {
	s.t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, name := range names {
		w, err := z.Create(name)
		s.must(err)
		_, err = io.WriteString(w, "<xml/>")
		s.must(err)
	}
	s.must(z.Close())
	return file.Bytes()
}

// TestAttachmentIsWhatItHolds: a file is taken for what it holds, whatever it is called,
// and handed out under that type alone.
func TestAttachmentIsWhatItHolds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	docx, xlsx := zipped(s, "[Content_Types].xml", "word/document.xml"), zipped(s, "[Content_Types].xml", "xl/workbook.xml")
	png, jpg := []byte("\x89PNG\r\n\x1a\n…"), []byte("\xff\xd8\xff\xe0…")
	const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	for _, tc := range []struct {
		kind, name string
		content    []byte
		media      string // "" when it is refused
		kept       string // under what name it is handed out
	}{
		{"pledge", "承诺书.pdf", sample.Pledge, "application/pdf", "承诺书.pdf"},
		{"pledge", "承诺书.exe", sample.Pledge, "application/pdf", "承诺书.pdf"},
		{"pledge", `C:\扫描\承诺书`, jpg, "image/jpeg", "承诺书.jpg"},
		{"pledge", "承诺书.pdf", png, "image/png", "承诺书.png"},
		{"pledge", "承诺书.pdf", []byte("没有签字的承诺书"), "", ""},
		{"pledge", "承诺书.pdf", docx, "", ""}, // a signed paper is a scan
		{"pledge", "空.pdf", nil, "", ""},
		{"prior", "报告.docx", docx, docxType, "报告.docx"},
		{"prior", "报告.pdf", docx, docxType, "报告.docx"},
		{"prior", "数据.xlsx", xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "数据.xlsx"},
		{"prior", "报告.docx", zipped(s, "报告/正文.txt"), "", ""},
		{"prior", "报告.pdf", []byte("<!doctype html><script>alert(1)</script>"), "", ""},
		{"prior", "图.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), "", ""},
		{"other", "notes.pdf", []byte(" %PDF-1.4 begins too late"), "", ""},
	} {
		got := b.attach(ref, tc.kind, tc.name, tc.content)
		refs := filesIn(b.get("/applications/" + ref + "/files"))
		if tc.media == "" {
			problem := got.doc().Find("#" + tc.kind + "-error").Text()
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(problem, path.Base(tc.name)) || len(refs) != 0 {
				t.Errorf("%s as %s: %d, %q, %d files", tc.name, tc.kind, got.status, problem, len(refs))
			}
			continue
		}
		if got.location() != "/applications/"+ref+"/files#"+tc.kind || len(refs) != 1 {
			t.Errorf("%s as %s: %d %s", tc.name, tc.kind, got.status, got.text())
			continue
		}
		file := b.fetchAway(ref)
		_, params, err := mime.ParseMediaType(file.header.Get("Content-Disposition"))
		if file.header.Get("Content-Type") != tc.media || params["filename"] != tc.kept || file.body != string(tc.content) {
			t.Errorf("%s comes back as %s named %q (%v), the same bytes: %t", tc.name, file.header.Get("Content-Type"), params["filename"], err, file.body == string(tc.content))
		}
	}
}

// fetchAway takes the only attachment of a draft and leaves it with none.
func (b *browser) fetchAway(ref string) page {
	b.s.t.Helper()
	address := "/applications/" + ref + "/files/" + filesIn(b.get("/applications/" + ref + "/files"))[0]
	file := b.get(address)
	if got := b.post(address + "/removal"); got.status != http.StatusSeeOther {
		b.s.t.Fatalf("remove: %d %s", got.status, got.text())
	}
	return file
}

// TestAttachmentLimits: what is too large, too many, of no kind or broken off is refused
// in words, to a person and to a script, and nothing of it is kept.
func TestAttachmentLimits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	large := append(bytes.Clone(sample.Pledge), make([]byte, portal.FileLimit)...)
	largest := large[:portal.FileLimit]
	for _, tc := range []struct {
		name, kind string
		content    []byte
		words      string
	}{
		{"too large", "pledge", large, "“x.pdf”超过 20 MB"},
		{"far too large", "pledge", append(large, make([]byte, 4<<20)...), "“x.pdf”超过 20 MB"},
		{"of no kind", "nothing", sample.Pledge, "不收这一类附件"},
	} {
		if got := b.attach(ref, tc.kind, "x.pdf", tc.content); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.doc().Find("[data-summary]").Text(), tc.words) {
			t.Errorf("%s: %d %s", tc.name, got.status, got.text())
		}
		if told, status := b.attachByScript(ref, tc.kind, "x.pdf", tc.content); status != http.StatusUnprocessableEntity || !strings.Contains(told.Message, tc.words) {
			t.Errorf("%s, by script: %d %+v", tc.name, status, told)
		}
	}

	body, header := multipartOf(s, "else", "x.pdf", append(large, make([]byte, 2<<20)...))
	if got := b.do(http.MethodPost, "/applications/"+ref+"/files/pledge", body, header); got.status != http.StatusRequestEntityTooLarge || !strings.Contains(got.text(), "超过 20 MB") {
		t.Errorf("an endless form: %d %s", got.status, got.text())
	}
	body, header = multipartOf(s, "else", "x.pdf", sample.Pledge)
	if got := b.do(http.MethodPost, "/applications/"+ref+"/files/pledge", body, header); got.status != http.StatusUnprocessableEntity || got.doc().Find("#pledge-error").Text() != "请选择文件" {
		t.Errorf("no file: %d %s", got.status, got.text())
	}
	body, header = multipartOf(s, "file", "x.pdf", large[:1<<20])
	if got := b.do(http.MethodPost, "/applications/"+ref+"/files/pledge", io.LimitReader(body, 700<<10), header); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.doc().Find("#pledge-error").Text(), "没有完整传到") {
		t.Errorf("broken off: %d %s", got.status, got.text())
	}
	if refs := filesIn(b.get("/applications/" + ref + "/files")); len(refs) != 0 {
		t.Errorf("%d files were kept", len(refs))
	}
	if told, status := b.attachByScript(ref, "prior", "x.pdf", largest); status != http.StatusOK || told.State != "已收到" {
		t.Errorf("just as large as allowed: %d %+v", status, told)
	}

	for range portal.FilesLimit - 1 {
		if got := b.attach(ref, "other", "x.pdf", sample.Pledge); got.status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.status, got.text())
		}
	}
	if got := b.attach(ref, "pledge", "x.pdf", sample.Pledge); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.doc().Find("#pledge-error").Text(), "最多 20 个附件") {
		t.Errorf("one too many: %d %s", got.status, got.text())
	}
	if refs := filesIn(b.get("/applications/" + ref + "/files")); len(refs) != portal.FilesLimit {
		t.Errorf("%d files", len(refs))
	}
}

// TestForeignAttachment: nobody but the applicant can send, take away or read what
// belongs to a draft, and a file is found in its own application alone.
func TestForeignAttachment(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref, second := b.begin("5"), b.begin("6")
	b.fill(ref)
	file := filesIn(b.get("/applications/" + ref + "/files"))[0]
	other := s.as("other@x.invalid")
	own := other.begin("5")
	if told, status := other.attachByScript(ref, "pledge", "x.pdf", sample.Pledge); status != http.StatusNotFound || told.Message == "" {
		t.Errorf("by script: %d %+v", status, told)
	}
	for name, got := range map[string]page{
		"the list":                       other.get("/applications/" + ref + "/files"),
		"an upload":                      other.attach(ref, "pledge", "x.pdf", sample.Pledge),
		"a download":                     other.get("/applications/" + ref + "/files/" + file),
		"a removal":                      other.post("/applications/" + ref + "/files/" + file + "/removal"),
		"a download by way of one's own": other.get("/applications/" + own + "/files/" + file),
		"a removal by way of one's own":  other.post("/applications/" + own + "/files/" + file + "/removal"),
		"another application of theirs":  b.get("/applications/" + second + "/files/" + file),
		"the contact, of a draft":        s.as("contact5@x.invalid").get("/desk/applications/" + ref + "/files/" + file),
		"the applicant, at the desk":     b.get("/desk/applications/" + ref + "/files/" + file),
	} {
		if got.status != http.StatusNotFound || strings.Contains(got.body, "%PDF") {
			t.Errorf("%s: %d %s", name, got.status, got.text())
		}
	}
	if refs := filesIn(b.get("/applications/" + ref + "/files")); len(refs) != 1 || refs[0] != file {
		t.Errorf("the owner has %v", refs)
	}
}

// TestAttachmentOfASubmission: what was submitted stays as it was submitted: nothing can
// be added or taken away, and what a later edit removes the contact can still read.
func TestAttachmentOfASubmission(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b, c := s.as("owner@x.invalid"), s.as("contact5@x.invalid")
	ref := b.submit("5")
	page, desk := "/applications/"+ref+"/files", "/desk/applications/"+ref
	file := filesIn(b.get(page))[0]
	if doc := b.get(page).doc(); doc.Find("main form").Length() != 0 {
		t.Error("the page offers what cannot be done")
	}
	if got := b.attach(ref, "other", "x.pdf", sample.Pledge); got.status != http.StatusConflict || !strings.Contains(got.text(), "现在不能修改") {
		t.Errorf("an upload: %d %s", got.status, got.text())
	}
	if told, status := b.attachByScript(ref, "other", "x.pdf", sample.Pledge); status != http.StatusConflict || !strings.Contains(told.Message, "现在不能修改") {
		t.Errorf("an upload by script: %d %+v", status, told)
	}
	if got := b.post(page + "/" + file + "/removal"); got.status != http.StatusConflict {
		t.Errorf("a removal: %d %s", got.status, got.text())
	}

	if got := b.post("/applications/" + ref + "/edit"); got.status != http.StatusSeeOther {
		t.Fatalf("reopen: %d %s", got.status, got.text())
	}
	if got := b.post(page + "/" + file + "/removal"); got.status != http.StatusSeeOther {
		t.Fatalf("remove: %d %s", got.status, got.text())
	}
	again := append(bytes.Clone(sample.Pledge), "% signed anew"...)
	if got := b.attach(ref, "pledge", "新承诺书.pdf", again); got.status != http.StatusSeeOther {
		t.Fatalf("attach: %d %s", got.status, got.text())
	}
	drafted := filesIn(b.get(page))
	if len(drafted) != 1 || drafted[0] == file {
		t.Fatalf("the draft has %v", drafted)
	}
	if listed := filesIn(c.get(desk)); len(listed) != 1 || listed[0] != file {
		t.Errorf("the contact is offered %v", listed)
	}
	if got := c.get(desk + "/files/" + file); got.status != http.StatusOK || got.body != string(sample.Pledge) {
		t.Errorf("what was submitted: %d, %d bytes", got.status, len(got.body))
	}
	if got := c.get(desk + "/files/" + drafted[0]); got.status != http.StatusNotFound {
		t.Errorf("what was not submitted yet: %d", got.status)
	}

	if got := b.send(ref); got.location() != "/applications/"+ref+"/receipt" {
		t.Fatalf("submit: %d %s", got.status, got.text())
	}
	if got := c.get(desk + "/files/" + drafted[0]); got.status != http.StatusOK || got.body != string(again) {
		t.Errorf("the new one: %d", got.status)
	}
	if got := c.get(desk + "/files/" + file); got.status != http.StatusOK {
		t.Errorf("the one before, which the first version names: %d", got.status)
	}
	sum := sha256.Sum256(again)
	receipt := b.get("/applications/" + ref + "/receipt").text()
	for _, words := range []string{"新承诺书.pdf", "诚信承诺书", portal.SizeText(int64(len(again))), hex.EncodeToString(sum[:])} {
		if !strings.Contains(receipt, words) {
			t.Errorf("the receipt does not say %q: %s", words, receipt)
		}
	}
	s.clock.set(closes.Add(time.Hour))
	late := s.as("other@x.invalid")
	if got := late.attach(ref, "pledge", "x.pdf", sample.Pledge); got.status != http.StatusNotFound {
		t.Errorf("after the close, by another: %d", got.status)
	}
	if got := s.as("owner@x.invalid").attach(ref, "pledge", "x.pdf", sample.Pledge); got.status != http.StatusConflict {
		t.Errorf("after the close: %d %s", got.status, got.text())
	}
}

// line is a connection on which time only passes as bytes arrive, so many a second.
type line struct {
	*httptest.ResponseRecorder
	body io.Reader
	rate int
	left time.Duration // until nothing is waited for any more
}

func (l *line) SetReadDeadline(at time.Time) error {
	l.left = time.Until(at).Round(time.Second)
	return nil
}

func (l *line) SetWriteDeadline(time.Time) error { return nil }

func (l *line) Read(p []byte) (int, error) {
	n, err := l.body.Read(p)
	if l.left -= time.Duration(n) * time.Second / time.Duration(l.rate); l.left < 0 {
		return 0, os.ErrDeadlineExceeded
	}
	return n, err
}

// TestSlowAttachment: a file is waited for as long as it keeps its pace, however long it
// takes in all; who does not is told so, can send it again, and has not kept others waiting.
func TestSlowAttachment(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	address, err := url.Parse(s.base + "/applications/" + ref + "/files/prior")
	s.must(err)
	send := func(rate int, header http.Header) (page, time.Duration) {
		body, sent := multipartOf(s, "file", "x.pdf", append(bytes.Clone(sample.Pledge), make([]byte, 4<<20)...))
		l := &line{ResponseRecorder: httptest.NewRecorder(), body: body, rate: rate}
		r := httptest.NewRequest(http.MethodPost, address.String(), io.NopCloser(l))
		for _, h := range []http.Header{sent, header} {
			maps.Copy(r.Header, h)
		}
		for _, c := range b.client.Jar.Cookies(address) {
			r.AddCookie(c)
		}
		s.handler.ServeHTTP(l, r)
		return page{l.Code, l.Header(), l.Body.String()}, l.left
	}
	if got, _ := send(20<<10, nil); got.status != http.StatusTooManyRequests || !strings.Contains(got.doc().Find("#prior-error").Text(), "网络太慢") || got.doc().Find("#prior-file").Length() != 1 {
		t.Errorf("too slow: %d %s", got.status, got.text())
	}
	if got, left := send(20<<10, scripted); got.status != http.StatusTooManyRequests || !strings.Contains(got.body, "网络太慢") || left > 0 {
		t.Errorf("too slow, by script: %d %s, %s left", got.status, got.body, left)
	}
	if refs := filesIn(b.get("/applications/" + ref + "/files")); len(refs) != 0 {
		t.Errorf("%d files were kept", len(refs))
	}
	if got, _ := send(40<<10, nil); got.status != http.StatusSeeOther || len(filesIn(b.get("/applications/"+ref+"/files"))) != 1 {
		t.Errorf("slow: %d %s", got.status, got.text())
	}
}

// TestDownload: an attachment is kept by the browser and never shown, can be fetched in
// parts and asked for again; and that a contact fetched it is written down.
func TestDownload(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	b.fill(ref)
	content := bytes.Clone(sample.Pledge)
	for i := range postgres.ChunkSize * 2 {
		content = append(content, byte(i>>8), byte(i))
	}
	if got := b.attach(ref, "prior", "调研 报告;\"1\".pdf", content); got.status != http.StatusSeeOther {
		t.Fatalf("attach: %d %s", got.status, got.text())
	}
	if got := b.send(ref); got.status != http.StatusSeeOther {
		t.Fatalf("submit: %d %s", got.status, got.text())
	}
	file := filesIn(b.get("/applications/" + ref + "/files"))[1]
	sum := sha256.Sum256(content)
	etag := `"` + hex.EncodeToString(sum[:16]) + `"`
	office := s.as("admin@x.invalid")
	fetched := func(who string) (n int) {
		for _, row := range office.get("/admin/events").doc().Find("main tr").EachIter() {
			if text := row.Text(); strings.Contains(text, "下载附件") && strings.Contains(text, who) {
				n++
			}
		}
		return n
	}
	for who, prefix := range map[string]string{"owner@x.invalid": "/applications/", "contact5@x.invalid": "/desk/applications/", "admin@x.invalid": "/admin/applications/"} {
		t.Run(who, func(t *testing.T) {
			reader, address := s.as(who), prefix+ref+"/files/"+file
			ask := func(method string, header http.Header) page { return reader.do(method, address, nil, header) }
			whole := ask("GET", http.Header{"Accept-Encoding": {"gzip, br"}})
			if whole.status != http.StatusOK || whole.body != string(content) {
				t.Fatalf("%d, %d bytes of %d", whole.status, len(whole.body), len(content))
			}
			for name, want := range map[string]string{
				"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
				"Etag": etag, "Accept-Ranges": "bytes", "Content-Length": strconv.Itoa(len(content)), "Content-Encoding": "", "Cache-Control": "no-store",
			} {
				if got := whole.header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			kind, params, err := mime.ParseMediaType(whole.header.Get("Content-Disposition"))
			if kind != "attachment" || params["filename"] != "调研 报告;\"1\".pdf" || err != nil {
				t.Errorf("disposition %q %v %v", kind, params, err)
			}
			const from, to = postgres.ChunkSize - 100, postgres.ChunkSize + 100
			part := ask("GET", http.Header{"Range": {"bytes=" + strconv.Itoa(from) + "-" + strconv.Itoa(to)}})
			if part.status != http.StatusPartialContent || part.body != string(content[from:to+1]) {
				t.Errorf("across a chunk's border: %d, %d bytes", part.status, len(part.body))
			}
			rest := ask("GET", http.Header{"Range": {"bytes=" + strconv.Itoa(2*postgres.ChunkSize-1) + "-"}, "If-Range": {etag}})
			if rest.status != http.StatusPartialContent || rest.body != string(content[2*postgres.ChunkSize-1:]) {
				t.Errorf("the rest of a broken download: %d, %d bytes", rest.status, len(rest.body))
			}
			if beyond := ask("GET", http.Header{"Range": {"bytes=99999999-"}}); beyond.status != http.StatusRequestedRangeNotSatisfiable {
				t.Errorf("beyond its end: %d", beyond.status)
			}
			if head := ask("HEAD", nil); head.status != http.StatusOK || head.body != "" || head.header.Get("Content-Length") != strconv.Itoa(len(content)) {
				t.Errorf("HEAD: %d %v", head.status, head.header)
			}
			if same := ask("GET", http.Header{"If-None-Match": {etag}}); same.status != http.StatusNotModified || same.body != "" {
				t.Errorf("the same once more: %d", same.status)
			}
		})
	}
	for who, want := range map[string]int{"甲": 0, "刘然": 6, "丙": 6} { // each of the requests above, for a part or the whole
		if got := fetched(who); got != want {
			t.Errorf("%s is written down %d times, want %d", who, got, want)
		}
	}
}

// TestHeldAttachment: what a scanner has not seen yet is neither handed out nor
// submitted; what it found something in never is.
func TestHeldAttachment(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *desk.Parts) { p.Scans = true })
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	b.fill(ref)
	list := "/applications/" + ref + "/files"
	held := b.get(list).doc().Find("#pledge-files li")
	if _, marked := held.Attr("data-held"); !marked || held.Find("a").Length() != 0 || !strings.Contains(held.Text(), "正在检查") {
		t.Fatalf("the page says %q", held.Text())
	}
	file, ok := strings.CutSuffix(held.Find("form").AttrOr("action", ""), "/removal")
	refused := func(words string) {
		t.Helper()
		if got := b.get(file); !ok || got.status != http.StatusConflict || strings.Contains(got.body, "%PDF") {
			t.Errorf("a download: %d %s", got.status, got.text())
		}
		if got := b.send(ref); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), words) {
			t.Errorf("a submission: %d %s", got.status, got.text())
		}
	}
	refused("正在做安全检查")
	if told, status := b.attachByScript(ref, "prior", "x.pdf", sample.Pledge); status != http.StatusOK || told.State != "正在检查" {
		t.Errorf("by script: %d %+v", status, told)
	}
	s.judge(path.Base(file), portal.FileRefused, "Eicar-Test-Signature")
	if said := b.get(list).doc().Find("#pledge-files").Text(); !strings.Contains(said, "未通过安全检查") || !strings.Contains(said, "Eicar-Test-Signature") {
		t.Errorf("the page says %q", said)
	}
	refused("未通过安全检查")
	for _, a := range b.get(list).doc().Find("#prior-files li form").EachIter() {
		s.judge(path.Base(path.Dir(a.AttrOr("action", ""))), portal.FileKept, "")
	}
	s.judge(path.Base(file), portal.FileKept, "")
	if got := b.get(file); got.status != http.StatusOK || got.body != string(sample.Pledge) {
		t.Errorf("after the scan: %d", got.status)
	}
	if got := b.send(ref); got.location() != "/applications/"+ref+"/receipt" {
		t.Errorf("after the scan: %d %s", got.status, got.text())
	}
}

// judge is a scanner that says something of a file.
func (s *site) judge(ref string, state portal.FileState, verdict string) {
	s.t.Helper()
	conn, err := pgx.Connect(s.t.Context(), s.owner)
	s.must(err)
	defer func() { s.must(conn.Close(s.t.Context())) }()
	var id int64
	s.must(conn.QueryRow(s.t.Context(), `SELECT id FROM file WHERE ref = $1`, ref).Scan(&id))
	system := portal.MintSystem(portal.Visit{RequestID: "test", Arrived: s.store.Now()})
	s.must(s.store.Save(s.t.Context(), system, func(tx *postgres.Tx) error { return tx.JudgeFile(id, state, verdict) }))
}

// TestAttachmentWithoutSession: a file that comes with an ended session is not kept, and
// after signing in one is where it is sent again.
func TestAttachmentWithoutSession(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	s.clock.set(s.clock.Now().Add(31 * time.Minute))
	got := b.attach(ref, "pledge", "x.pdf", sample.Pledge)
	to, err := url.Parse(got.location())
	s.must(err)
	if got.status != http.StatusSeeOther || to.Path != "/sign-in" || to.Query().Get("next") != "/applications/"+ref+"/files" {
		t.Errorf("%d to %s", got.status, got.location())
	}
}
