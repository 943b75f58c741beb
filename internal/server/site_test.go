package server_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5"

	"softsci/internal/auth"
	"softsci/internal/desk"
	"softsci/internal/document"
	"softsci/internal/guideline"
	"softsci/internal/mail"
	"softsci/internal/pgtest"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal/sample"
	"softsci/internal/server"
	"softsci/web/asset"
	"softsci/web/layout"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const (
	slug     = "2023-softsci-1"
	password = "Password-1"
)

var (
	opens  = time.Date(2026, 3, 1, 9, 0, 0, 0, portal.Shanghai)
	closes = time.Date(2026, 3, 31, 17, 0, 0, 0, portal.Shanghai)
)

// quick stands for argon2id where a test is about something else.
type quick struct{}

func (quick) Hash(_ context.Context, password string) (string, error) {
	return "hash of " + password, nil
}
func (quick) Match(_ context.Context, hash, password string) (bool, error) {
	return hash == "hash of "+password, nil
}

// nowhere takes a promise; the rows that it is about can be read.
type nowhere struct{}

func (nowhere) Promise(*postgres.Tx, ...desk.Work) error { return nil }

// site is the real router on a real database, with the shipped guideline published,
// ten contacts, two applicants and an administrator, and a clock the test moves.
type site struct {
	t       *testing.T
	url     string // of the database
	owner   string // the same as its owner
	base    string // of the site
	handler http.Handler
	store   *postgres.Store
	desk    *desk.Desk
	queries *counter
	key     document.Key
	log     *lines
	clock   *clock
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// counter counts statements, those that only frame a transaction aside.
type counter struct{ n atomic.Int64 }

func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	c.count(data.SQL)
	return ctx
}
func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
func (c *counter) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}
func (c *counter) TraceBatchQuery(_ context.Context, _ *pgx.Conn, data pgx.TraceBatchQueryData) {
	c.count(data.SQL)
}
func (c *counter) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}
func (c *counter) count(sql string) {
	switch word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(sql)), " "); {
	case word == "begin", word == "commit", word == "rollback", word == "set", strings.Contains(sql, "set_config"):
	default:
		c.n.Add(1)
	}
}

// lines is a log that a test reads.
type lines struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newSite changes the desk's parts as given.
func newSite(t *testing.T, change ...func(*desk.Parts)) *site {
	t.Helper()
	url, owner := pgtest.URLs(t)
	s := openSite(t, url, &clock{now: opens.AddDate(0, 0, 1)}, change...)
	s.owner = owner
	s.furnish()
	s.must(s.desk.AddSigningKey(t.Context(), portal.MintSystem(portal.Visit{RequestID: "test", Arrived: s.store.Now()}), desk.SigningKey{ID: s.key.ID(), Public: s.key.Public(), Sealed: []byte("sealed")}))
	return s
}

// openSite is one process on a database; two of them can share one.
func openSite(t *testing.T, databaseURL string, c *clock, change ...func(*desk.Parts)) *site {
	t.Helper()
	s := &site{t: t, url: databaseURL, queries: &counter{}, log: &lines{}, clock: c}
	s.store = pgtest.Open(t, databaseURL, postgres.Options{Tracer: s.queries})
	s.store.Set(c.Now)
	assets, err := asset.Load()
	s.must(err)
	parts := desk.Parts{Store: s.store, Queue: nowhere{}, Passwords: quick{}, Random: rand.Reader, Secret: []byte("a secret of at least 32 bytes, for tests"),
		Letters: mail.Letters{Site: "软科学研究申报", URL: "https://portal.example"}}
	for _, c := range change {
		c(&parts)
	}
	s.desk = desk.New(parts)
	s.key, err = document.NewKey(rand.Reader)
	s.must(err)
	handler := server.New(server.Parts{Desk: s.desk, Key: s.key, Auth: auth.NewManager(postgres.Sessions{Store: s.store}, s.store, false), Assets: assets,
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Site: layout.Site{Name: "软科学研究申报", URL: "https://portal.example", CSS: assets.CSS, JS: assets.JS, Icon: assets.Icon}})
	s.handler = handler
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	s.base = web.URL
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); handler.Watch(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return s
}

func (s *site) furnish() {
	s.t.Helper()
	ctx := s.t.Context()
	system := portal.MintSystem(portal.Visit{RequestID: "test", Arrived: s.store.Now()})
	source, err := guideline.Decode(guideline.Shipped)
	s.must(err)
	s.must(s.desk.ImportBatch(ctx, system, desk.Import{Slug: slug, Code: "RKX1", Opens: opens, Closes: closes, Intake: desk.Intake{Source: source, Proposal: guideline.Parse(source)}}))
	s.must(s.desk.Publish(ctx, system, slug))
	contacts, err := s.desk.PrintedContacts(ctx, system, slug)
	s.must(err)
	people := []desk.Newcomer{
		{Email: "owner@x.invalid", Name: "甲", Role: portal.RoleApplicant},
		{Email: "other@x.invalid", Name: "乙", Role: portal.RoleApplicant},
		{Email: "admin@x.invalid", Name: "丙", Role: portal.RoleAdmin},
		{Email: "contact5@x.invalid", Name: contacts[4].Name, Role: portal.RoleContact, Topics: contacts[4].Topics},
		{Email: "contact6@x.invalid", Name: contacts[5].Name, Role: portal.RoleContact, Topics: contacts[5].Topics},
	}
	for _, p := range people {
		p.Password = password
		s.must(s.desk.Welcome(ctx, system, p))
	}
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// browser keeps cookies and follows nothing by itself.
type browser struct {
	s      *site
	client *http.Client
	header http.Header
}

func (s *site) visitor() *browser {
	jar, err := cookiejar.New(nil)
	s.must(err)
	return &browser{s: s, header: http.Header{}, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (s *site) as(email string) *browser {
	s.t.Helper()
	b := s.visitor()
	if got := b.post("/sign-in", "email", email, "password", password); got.status != http.StatusSeeOther {
		s.t.Fatalf("%s cannot sign in: %d %s", email, got.status, got.text())
	}
	return b
}

// page is an answer, read whole.
type page struct {
	status int
	header http.Header
	body   string
}

func (p page) location() string { return p.header.Get("Location") }

func (p page) doc() *goquery.Document {
	d, err := goquery.NewDocumentFromReader(strings.NewReader(p.body))
	if err != nil {
		return &goquery.Document{Selection: &goquery.Selection{}}
	}
	return d
}

// text is what a reader sees of the page's main part.
func (p page) text() string { return strings.Join(strings.Fields(p.doc().Find("main").Text()), " ") }

func (b *browser) do(method, path string, body io.Reader, header http.Header) page {
	b.s.t.Helper()
	req, err := http.NewRequestWithContext(b.s.t.Context(), method, b.s.base+path, body)
	b.s.must(err)
	for _, h := range []http.Header{b.header, header} {
		for name, values := range h {
			req.Header[name] = values
		}
	}
	res, err := b.client.Do(req)
	b.s.must(err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	b.s.must(err)
	return page{res.StatusCode, res.Header, string(raw)}
}

func (b *browser) get(path string) page {
	b.s.t.Helper()
	return b.do(http.MethodGet, path, nil, nil)
}

// post sends a form of name, value, name, value …
func (b *browser) post(path string, pairs ...string) page {
	b.s.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return b.postForm(path, values)
}

func (b *browser) postForm(path string, values url.Values) page {
	b.s.t.Helper()
	return b.do(http.MethodPost, path, strings.NewReader(values.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

// begin starts an application to a topic and returns its reference.
func (b *browser) begin(ordinal string) string {
	b.s.t.Helper()
	got := b.post("/applications", "batch", slug, "topic", ordinal)
	ref, ok := strings.CutPrefix(got.location(), "/applications/")
	if got.status != http.StatusSeeOther || !ok {
		b.s.t.Fatalf("begin: %d %s", got.status, got.text())
	}
	return ref
}

// fill saves all sections, complete and right.
func (b *browser) fill(ref string) {
	b.s.t.Helper()
	title, _ := b.get("/applications/" + ref + "/sections/cover").doc().Find("[name=title]").Attr("value")
	answers := sample.Answers(portal.Topic{Title: title})
	for _, name := range sample.Sections {
		if got := b.save(ref, name, "0", answers[name]); got.status != http.StatusSeeOther {
			b.s.t.Fatalf("save %s: %d %s", name, got.status, got.text())
		}
	}
	if got := b.attach(ref, "pledge", "承诺书.pdf", sample.Pledge); got.status != http.StatusSeeOther {
		b.s.t.Fatalf("attach: %d %s", got.status, got.text())
	}
}

// attach uploads an attachment as its page does.
func (b *browser) attach(ref, kind, name string, content []byte) page {
	b.s.t.Helper()
	body, header := multipartOf(b.s, "file", name, content)
	return b.do(http.MethodPost, "/applications/"+ref+"/files/"+kind, body, header)
}

// multipartOf is a form with one file.
func multipartOf(s *site, field, name string, content []byte) (io.Reader, http.Header) {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile(field, name)
	s.must(err)
	_, err = file.Write(content)
	s.must(err)
	s.must(form.Close())
	return &body, http.Header{"Content-Type": {form.FormDataContentType()}}
}

// save posts a section's answers on a revision, as its page would.
func (b *browser) save(ref, name, revision string, answers map[string]string) page {
	b.s.t.Helper()
	values := sample.Posted(answers)
	values.Set("revision", revision)
	return b.postForm("/applications/"+ref+"/sections/"+name, values)
}

// saveText saves the section of the prose with another abstract.
func (b *browser) saveText(ref, revision, abstract string) page {
	b.s.t.Helper()
	answers := sample.Answers(portal.Topic{})["text"]
	answers["abstract"] = abstract
	return b.save(ref, "text", revision, answers)
}

// send submits with the revisions of one save of each section, changed as given.
func (b *browser) send(ref string, change ...string) page {
	b.s.t.Helper()
	pairs := []string{"pledge", "2026-11"}
	for _, name := range sample.Sections {
		revision := "1"
		if len(change) == 2 && change[0] == name {
			revision = change[1]
		}
		pairs = append(pairs, "revision."+name, revision)
	}
	return b.post("/applications/"+ref+"/submission", pairs...)
}

// submit fills and submits.
func (b *browser) submit(ordinal string) (ref string) {
	b.s.t.Helper()
	ref = b.begin(ordinal)
	b.fill(ref)
	if got := b.send(ref); got.location() != "/applications/"+ref+"/receipt" {
		b.s.t.Fatalf("submit: %d %s", got.status, got.text())
	}
	return ref
}
