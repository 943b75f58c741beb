package e2e_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"softsci/internal/auth"
	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/guideline"
	"softsci/internal/job"
	"softsci/internal/mail"
	"softsci/internal/pgtest"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
	"softsci/internal/server"
	"softsci/web/asset"
	"softsci/web/layout"
)

const (
	slug     = "2023-softsci-1"
	siteName = "软科学研究申报"
	password = "Password-1"
	unitName = "示范大学（测试单位）"
)

// How long a mail may take, from its promise to its box.
const mailPatience = patience

// quick stands for argon2id, which would be most of the time a story takes.
type quick struct{}

func (quick) Hash(_ context.Context, password string) (string, error) {
	return "hash of " + password, nil
}
func (quick) Match(_ context.Context, hash, password string) (bool, error) {
	return hash == "hash of "+password, nil
}

// letterbox takes every mail that the background work delivers.
type letterbox struct {
	mu    sync.Mutex
	mails []mail.Message
}

func (b *letterbox) Send(_ context.Context, m mail.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append(b.mails, m)
	return nil
}

// find is the newest mail to an address whose subject holds the words, and whose
// text, line ends aside, holds all that it has to say.
func (b *letterbox) find(to, words string, says []string) (mail.Message, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range slices.Backward(b.mails) {
		text := strings.ReplaceAll(m.Body, "\n", "")
		lacks := func(say string) bool { return !strings.Contains(text, say) }
		if m.To == to && strings.Contains(m.Subject, words) && !slices.ContainsFunc(says, lacks) {
			return m, true
		}
	}
	return mail.Message{}, false
}

func (b *letterbox) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all strings.Builder
	for _, m := range b.mails {
		fmt.Fprintf(&all, "\n%s: %s\n%s", m.To, m.Subject, m.Body)
	}
	return all.String()
}

// world is a whole portal: the shipped guideline published and open since
// yesterday, the server on a port of its own, background work running.
type world struct {
	t       *testing.T
	base    string // address of the site, without a slash at the end
	slug    string // of the batch that people apply to
	store   *postgres.Store
	desk    *desk.Desk
	letters *letterbox
	topics  []portal.Topic
	opens   time.Time
	closes  time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	url, _ := pgtest.URLs(t)
	w := &world{t: t, store: pgtest.Open(t, url, postgres.Options{MaxConns: 10}), letters: &letterbox{}, slug: slug}
	now := w.store.Now().In(portal.Shanghai)
	w.opens = now.AddDate(0, 0, -1).Truncate(time.Second)
	w.closes = time.Date(now.Year(), now.Month(), now.Day()+30, 17, 0, 0, 0, portal.Shanghai)
	web := httptest.NewUnstartedServer(nil)
	w.base = "http://" + web.Listener.Addr().String()
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	secret := []byte("a secret of at least 32 bytes, for tests")
	jobs, err := job.New(w.store, w.letters, nil, secret, slog.New(slog.DiscardHandler)) // what it cannot deliver is missed; being stopped in its work is no fault
	w.must(err)
	w.desk = desk.New(desk.Parts{Store: w.store, Queue: jobs, Passwords: quick{}, Random: rand.Reader, Secret: secret,
		Letters: mail.Letters{Site: siteName, URL: w.base}})
	w.publish()
	background, cancel := context.WithCancel(context.Background()) // ends after t.Context, in the cleanup
	assets, err := asset.Load()
	w.must(err)
	s := server.New(server.Parts{Desk: w.desk, Auth: auth.NewManager(postgres.Sessions{Store: w.store}, w.store, false), Assets: assets, Log: log,
		Site: layout.Site{Name: siteName, URL: w.base, CSS: assets.CSS, JS: assets.JS, Icon: assets.Icon, Organiser: "省科学技术厅（测试）", Contact: "027-00000000"}})
	w.must(jobs.Start(background))
	var watching sync.WaitGroup
	watching.Go(func() { s.Watch(background) })
	web.Config.Handler = s
	web.Start()
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
		if err := jobs.Stop(context.Background()); err != nil {
			t.Errorf("stop background work: %v", err)
		}
		cancel()
		watching.Wait()
	})
	return w
}

func (w *world) publish() {
	w.t.Helper()
	w.mustImport(slug, "RKX1", w.opens, w.closes)
	w.must(w.desk.Publish(w.t.Context(), w.system(), slug))
	batch, err := w.desk.Batch(w.t.Context(), portal.MintVisitor(w.visit()), slug)
	w.must(err)
	w.topics = batch.Topics
}

// mustImport makes a batch of the shipped document, unpublished.
func (w *world) mustImport(slug, code string, opens, closes time.Time) {
	w.t.Helper()
	source, err := guideline.Decode(guideline.Shipped)
	w.must(err)
	w.must(w.desk.ImportBatch(w.t.Context(), w.system(), desk.Import{Slug: slug, Code: code, Opens: opens, Closes: closes,
		Intake: desk.Intake{Source: source, Proposal: guideline.Parse(source)}}))
}

// mustPass lets time pass for the portal; the browser's clock stays where it is.
func (w *world) mustPass(span time.Duration) {
	w.t.Helper()
	w.store.Set(func() time.Time { return time.Now().Add(span) })
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) visit() portal.Visit {
	return portal.Visit{Address: netip.MustParseAddr("192.0.2.7"), RequestID: "test", Arrived: w.store.Now()}
}

func (w *world) system() portal.System { return portal.MintSystem(w.visit()) }

// topic is a topic by its number in the guideline.
func (w *world) topic(ordinal int) portal.Topic { return w.topics[ordinal-1] }

// mustUnitCode is a valid code that no unit has: region 000000 does not exist.
func mustUnitCode(t *testing.T) string {
	t.Helper()
	const body = "12000000DEMA00001"
	check, err := portal.UnitCodeCheck(body)
	if err != nil {
		t.Fatal(err)
	}
	return body + string(check)
}

// mustPerson opens an account with the test password; a contact for the topics.
func (w *world) mustPerson(email, name string, role portal.Role, ordinals ...int) {
	w.t.Helper()
	newcomer := desk.Newcomer{Email: email, Name: name, Password: password, Role: role}
	for _, o := range ordinals {
		newcomer.Topics = append(newcomer.Topics, w.topic(o).ID)
	}
	if role == portal.RoleApplicant {
		newcomer.UnitName, newcomer.UnitCode = unitName, portal.UnitCode(mustUnitCode(w.t))
	}
	w.must(w.desk.Welcome(w.t.Context(), w.system(), newcomer))
}

// actor is a person as an applicant, to do what a story only begins with.
func (w *world) actor(email string) portal.Applicant {
	w.t.Helper()
	account, err := w.desk.SignIn(w.t.Context(), portal.MintVisitor(w.visit()), email, password)
	w.must(err)
	standing, err := w.store.Standing(w.t.Context(), account)
	w.must(err)
	a, ok := portal.MintApplicant(standing, w.visit())
	if !ok {
		w.t.Fatal(email, "is no applicant")
	}
	return a
}

// abstract is what the stories write.
const abstract = "系统梳理湖北技术要素市场的现状和问题，比较先进地区的做法，提出高质量技术要素市场的建设路径。"

// answers are complete and right answers of every section for a topic.
func (w *world) answers(ordinal int) map[string]map[string]string {
	all := sample.Answers(w.topic(ordinal))
	all[proposal.Text][proposal.FieldAbstract] = abstract
	all[proposal.Cover]["unit_name"] = unitName
	return all
}

// pledge is what the stories call the signed paper that every application needs.
const pledge = "诚信承诺书.pdf"

// save saves a section's answers, whatever stands in its form.
func (w *world) save(a portal.Applicant, ref string, section portal.Section) error {
	_, _, err := w.desk.Save(w.t.Context(), a, ref, section.Name, desk.Typing{Revision: section.Revision, Fill: func(f *form.Form) error {
		f.Fill(sample.Posted(section.Answers))
		return nil
	}})
	return err
}

// mustFill begins an application to a topic and saves every section, complete, with the
// attachment that it needs.
func (w *world) mustFill(email string, ordinal int) (ref string) {
	w.t.Helper()
	ref = w.mustAnswerAll(email, ordinal)
	_, err := w.desk.Attach(w.t.Context(), w.actor(email), ref, "pledge", pledge, bytes.NewReader(sample.Pledge))
	w.must(err)
	return ref
}

// mustAnswerAll is mustFill without the attachment.
func (w *world) mustAnswerAll(email string, ordinal int) (ref string) {
	w.t.Helper()
	a := w.actor(email)
	ref, err := w.desk.Begin(w.t.Context(), a, w.slug, ordinal)
	w.must(err)
	for name, answers := range w.answers(ordinal) {
		w.must(w.save(a, ref, portal.Section{Name: name, Answers: answers}))
	}
	return ref
}

// mustSubmit fills and submits.
func (w *world) mustSubmit(email string, ordinal int) (ref string) {
	w.t.Helper()
	ref = w.mustFill(email, ordinal)
	checked := map[string]int{}
	for _, part := range proposal.Parts() {
		checked[part.Name] = 1
	}
	w.must(w.desk.Submit(w.t.Context(), w.actor(email), ref, checked))
	return ref
}

// mustResubmit takes a submitted application back, changes its abstract and submits it
// again.
func (w *world) mustResubmit(email, ref string) {
	w.t.Helper()
	a, ctx := w.actor(email), w.t.Context()
	w.must(w.desk.Reopen(ctx, a, ref))
	text := w.answers(5)[proposal.Text]
	text[proposal.FieldAbstract] = "比较先进地区的做法，提出湖北高质量技术要素市场的建设路径。"
	w.must(w.save(a, ref, portal.Section{Name: proposal.Text, Revision: 1, Answers: text}))
	checked := map[string]int{}
	for _, part := range proposal.Parts() {
		checked[part.Name] = 1
	}
	checked[proposal.Text] = 2
	w.must(w.desk.Submit(ctx, a, ref, checked))
}

// mustMail waits for a mail to an address whose subject holds the words, and whose
// text holds all that it has to say.
func (w *world) mustMail(to, words string, says ...string) mail.Message {
	w.t.Helper()
	for late := time.Now().Add(mailPatience); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		if m, ok := w.letters.find(to, words, says); ok {
			return m
		}
	}
	w.t.Fatalf("no mail %q that says %q to %s within %s; there are:%s", words, says, to, mailPatience, w.letters)
	return mail.Message{}
}

var links = regexp.MustCompile(`https?://\S+`)

// mustLink is the address in a mail whose path begins with the prefix.
func (w *world) mustLink(m mail.Message, prefix string) string {
	w.t.Helper()
	for _, link := range links.FindAllString(m.Body, -1) {
		if strings.HasPrefix(link, w.base+prefix) {
			return link
		}
	}
	w.t.Fatalf("no link to %s%s in the mail %q:\n%s", w.base, prefix, m.Subject, m.Body)
	return ""
}
