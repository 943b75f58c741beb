package desk_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/guideline"
	"softsci/internal/mail"
	"softsci/internal/pgtest"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const slug = "2023-softsci-1"

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

// outbox notes what was promised.
type outbox struct {
	mu       sync.Mutex
	messages []int64
	papers   []desk.Printing
	broken   bool
}

func (o *outbox) Promise(_ *postgres.Tx, work ...desk.Work) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken {
		return errors.New("no queue")
	}
	for _, w := range work {
		switch w := w.(type) {
		case desk.Delivery:
			o.messages = append(o.messages, w.Message)
		case desk.Printing:
			o.papers = append(o.papers, w)
		}
	}
	return nil
}

// world is a desk on a database with the shipped guideline, published, and a clock
// that the test moves.
type world struct {
	t     *testing.T
	desk  *desk.Desk
	store *postgres.Store
	owner string // the database's address as its owner
	queue *outbox
	mu    sync.Mutex
	now   time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	url, owner := pgtest.URLs(t)
	w := &world{t: t, store: pgtest.Open(t, url, postgres.Options{}), owner: owner, queue: &outbox{}, now: opens.AddDate(0, 0, 1)}
	w.store.Set(func() time.Time {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.now
	})
	w.desk = desk.New(desk.Parts{Store: w.store, Queue: w.queue, Passwords: quick{}, Random: rand.Reader, Secret: []byte("a secret of at least 32 bytes, for tests"),
		Letters: mail.Letters{Site: "软科学研究申报", URL: "https://portal.invalid"}})
	source, err := guideline.Decode(guideline.Shipped)
	w.must(err)
	w.must(w.desk.ImportBatch(t.Context(), w.system(), desk.Import{Slug: slug, Code: "RKX1", Opens: opens, Closes: closes, Intake: desk.Intake{Source: source, Proposal: guideline.Parse(source)}}))
	w.must(w.desk.Publish(t.Context(), w.system(), slug))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) at(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
}

func (w *world) visit() portal.Visit {
	return portal.Visit{Address: netip.MustParseAddr("192.0.2.7"), RequestID: "test", Arrived: w.store.Now()}
}

func (w *world) system() portal.System   { return portal.MintSystem(w.visit()) }
func (w *world) visitor() portal.Visitor { return portal.MintVisitor(w.visit()) }

// standing opens an account with a role.
func (w *world) standing(email string, role portal.Role, topics ...int64) portal.Standing {
	w.t.Helper()
	w.must(w.desk.Welcome(w.t.Context(), w.system(), desk.Newcomer{Email: email, Name: strings.Split(email, "@")[0], Password: "Password-1", Role: role, Topics: topics}))
	id, err := w.desk.SignIn(w.t.Context(), w.visitor(), email, "Password-1")
	w.must(err)
	s, err := w.store.Standing(w.t.Context(), id)
	w.must(err)
	return s
}

func (w *world) applicant(email string) func() portal.Applicant {
	w.t.Helper()
	s := w.standing(email, portal.RoleApplicant)
	return func() portal.Applicant {
		a, ok := portal.MintApplicant(s, w.visit())
		if !ok {
			w.t.Fatal("not an applicant")
		}
		return a
	}
}

func (w *world) contact(email string, ordinals ...int) func() portal.Contact {
	w.t.Helper()
	p, err := w.desk.Batch(w.t.Context(), w.visitor(), slug)
	w.must(err)
	var topics []int64
	for _, o := range ordinals {
		topics = append(topics, p.Topics[o-1].ID)
	}
	s := w.standing(email, portal.RoleContact, topics...)
	return func() portal.Contact {
		c, ok := portal.MintContact(s, w.visit())
		if !ok {
			w.t.Fatal("not a contact")
		}
		return c
	}
}

func (w *world) admin(email string) func() portal.Admin {
	w.t.Helper()
	s := w.standing(email, portal.RoleAdmin)
	return func() portal.Admin {
		a, ok := portal.MintAdmin(s, w.visit())
		if !ok {
			w.t.Fatal("not an administrator")
		}
		return a
	}
}

// fill begins an application and saves its sections, complete.
func (w *world) fill(a portal.Applicant, ordinal int) (ref string) {
	w.t.Helper()
	ref, err := w.desk.Begin(w.t.Context(), a, slug, ordinal)
	w.must(err)
	f, err := w.desk.Application(w.t.Context(), a, ref)
	w.must(err)
	answers := sample.Answers(f.Topic)
	for _, s := range f.Sections {
		w.must(w.save(a, ref, portal.Section{Name: s.Name, Revision: s.Saved.Revision, Answers: answers[s.Name]}))
	}
	_, err = w.desk.Attach(w.t.Context(), a, ref, "pledge", "承诺书.pdf", bytes.NewReader(sample.Pledge))
	w.must(err)
	return ref
}

// checked are the revisions after one save of every section, changed as given.
func checked(change ...any) map[string]int {
	revisions := map[string]int{}
	for _, name := range sample.Sections {
		revisions[name] = 1
	}
	for i := 0; i+1 < len(change); i += 2 {
		revisions[change[i].(string)] = change[i+1].(int)
	}
	return revisions
}

// text is the section of the prose with another abstract, saved on a revision.
func text(revision int, abstract string) portal.Section {
	answers := sample.Answers(portal.Topic{})[proposal.Text]
	answers[proposal.FieldAbstract] = abstract
	return portal.Section{Name: proposal.Text, Revision: revision, Answers: answers}
}

// abstract is what a draft's abstract says.
func abstract(f desk.File) string {
	s, _ := f.Section(proposal.Text)
	return s.Form.Value(proposal.FieldAbstract)
}

// frozenAbstract is what a frozen version's abstract says.
func frozenAbstract(frozen portal.Frozen) string {
	for _, s := range frozen.Sections {
		if s.Name == proposal.Text {
			return s.Answers[proposal.FieldAbstract]
		}
	}
	return ""
}

// submit fills and submits.
func (w *world) submit(a portal.Applicant, ordinal int) (ref string) {
	w.t.Helper()
	ref = w.fill(a, ordinal)
	w.must(w.desk.Submit(w.t.Context(), a, ref, checked()))
	return ref
}

// save saves a section's answers, whatever stands in its form.
func (w *world) save(a portal.Applicant, ref string, section portal.Section) error {
	return w.keep(a, ref, section, false)
}

// autosave is save by the page itself.
func (w *world) autosave(a portal.Applicant, ref string, section portal.Section) error {
	return w.keep(a, ref, section, true)
}

func (w *world) keep(a portal.Applicant, ref string, section portal.Section, auto bool) error {
	w.t.Helper()
	_, _, err := w.desk.Save(w.t.Context(), a, ref, section.Name, desk.Typing{Revision: section.Revision, Auto: auto, Fill: func(f *form.Form) error {
		f.Fill(sample.Posted(section.Answers))
		return nil
	}})
	return err
}
