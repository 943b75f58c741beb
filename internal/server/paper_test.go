package server_test

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/document"
	"softsci/internal/job"
	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal/sample"
)

// TestReceiptProves: the signed file verifies against the published keys, its address
// answers only together with the first sixteen digits of the hash, and nobody else gets it.
func TestReceiptProves(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, other, visitor := s.as("owner@x.invalid"), s.as("other@x.invalid"), s.visitor()
	ref := owner.submit("5")
	file := owner.get("/applications/" + ref + "/receipt.json")
	if file.status != http.StatusOK {
		t.Fatalf("the receipt: %d %s", file.status, file.text())
	}
	if got := other.get("/applications/" + ref + "/receipt.json"); got.status != http.StatusNotFound {
		t.Errorf("somebody else gets it: %d", got.status)
	}
	var published struct {
		Keys []struct {
			ID  string
			Key string `json:"ed25519"`
		}
	}
	s.must(json.Unmarshal([]byte(visitor.get("/receipts/keys.json").body), &published))
	if len(published.Keys) != 1 || published.Keys[0].ID != s.key.ID() || published.Keys[0].Key != base64.StdEncoding.EncodeToString(s.key.Public()) {
		t.Errorf("published: %+v", published.Keys)
	}
	r, err := document.Verify([]ed25519.PublicKey{s.key.Public()}, []byte(file.body))
	s.must(err)
	if r.Number != "2023-RKX1-05-0001" || len(r.Attachments) != 1 || r.Attachments[0].Name != "承诺书.pdf" {
		t.Errorf("the receipt says %+v", r)
	}
	page := visitor.get("/receipts/" + r.Number + "?hash=" + r.SHA256[:16])
	if page.status != http.StatusOK || !strings.Contains(page.text(), "与本站记录一致") || !strings.Contains(page.text(), r.SHA256) || strings.Contains(page.text(), "示范大学") {
		t.Errorf("the proof: %d %s", page.status, page.text())
	}
	for _, query := range []string{"?hash=" + r.SHA256[:15], "?hash=" + strings.Repeat("0", 16), "?hash=" + r.SHA256[16:32], "?hash=%25"} {
		if got := visitor.get("/receipts/" + r.Number + query); got.status != http.StatusNotFound || strings.Contains(got.body, r.SHA256) {
			t.Errorf("%s: %d", query, got.status)
		}
	}
	if got := visitor.get("/receipts/" + r.Number); got.status != http.StatusOK || strings.Contains(got.body, r.SHA256[:16]) {
		t.Errorf("without digits: %d", got.status)
	}
}

// TestPapers: the 申报书 is a PDF for its owner, its contact and the office, marked as a
// draft before the submission, the same bytes each time.
func TestPapers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, contact, stranger, admin := s.as("owner@x.invalid"), s.as("contact5@x.invalid"), s.as("contact6@x.invalid"), s.as("admin@x.invalid")
	draft := owner.begin("6")
	if got := owner.get("/applications/" + draft + "/paper.pdf"); got.status != http.StatusOK || !strings.HasPrefix(got.body, "%PDF-") {
		t.Errorf("a draft's paper: %d", got.status)
	}
	ref := owner.submit("5")
	own := owner.get("/applications/" + ref + "/paper.pdf")
	if own.status != http.StatusOK || !strings.HasPrefix(own.body, "%PDF-") || !strings.Contains(own.header.Get("Content-Disposition"), "2023-RKX1-05-0001.pdf") {
		t.Fatalf("the paper: %d %v", own.status, own.header)
	}
	if len(own.body) > 400_000 {
		t.Errorf("the paper has %d bytes", len(own.body))
	}
	for name, got := range map[string]page{"contact": contact.get("/desk/applications/" + ref + "/paper.pdf"), "office": admin.get("/admin/applications/" + ref + "/paper.pdf")} {
		if got.body != own.body {
			t.Errorf("the %s gets another paper: %d, %d bytes", name, got.status, len(got.body))
		}
	}
	if got := stranger.get("/desk/applications/" + ref + "/paper.pdf"); got.status != http.StatusNotFound {
		t.Errorf("another topic's contact: %d", got.status)
	}
	if got := owner.get("/applications/" + ref + "/receipt.pdf"); !strings.HasPrefix(got.body, "%PDF-") {
		t.Errorf("the printed receipt: %d", got.status)
	}
}

// letterbox takes every mail.
type letterbox struct{}

func (letterbox) Send(context.Context, mail.Message) error { return nil }

// TestPapersAreKept: the paper of a version is made once after its submission and
// served as it was kept; what is saved in an edit beside the version changes neither it
// nor the receipt, and the next version has a paper of its own.
func TestPapersAreKept(t *testing.T) {
	t.Parallel()
	var jobs *job.Client
	s := newSite(t, func(p *desk.Parts) {
		var err error
		if jobs, err = job.New(p.Store, letterbox{}, nil, p.Secret, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		p.Queue = jobs
	})
	owner, other, contact, stranger := s.as("owner@x.invalid"), s.as("other@x.invalid"), s.as("contact5@x.invalid"), s.as("contact6@x.invalid")
	ref := owner.submit("5")
	own, office := "/applications/"+ref+"/paper.pdf", "/desk/applications/"+ref+"/paper.pdf"
	made := owner.get(own).body
	if n := s.papers(ref, 1); n != 0 || !strings.HasPrefix(made, "%PDF-") {
		t.Fatalf("before its turn: %d papers, %d bytes served", n, len(made))
	}

	s.must(jobs.Start(context.Background()))
	t.Cleanup(func() { _ = jobs.Stop(context.Background()) })
	s.eventually(func() bool { return s.papers(ref, 1) == 1 })
	var kept []byte
	s.row(&kept, `SELECT pdf FROM paper`)
	if string(kept) != made || owner.get(own).body != made || contact.get(office).body != made {
		t.Error("the paper that is kept is not the one that was made for the request")
	}
	for name, got := range map[string]page{"contact of another topic": stranger.get(office), "applicant": other.get(own)} {
		if got.status != http.StatusNotFound {
			t.Errorf("another %s gets it: %d", name, got.status)
		}
	}

	var application int64
	s.row(&application, `UPDATE paper SET pdf = '%PDF-as kept' RETURNING application`)
	system := portal.MintSystem(portal.Visit{RequestID: "test", Arrived: s.store.Now()})
	s.must(s.store.Save(t.Context(), system, func(tx *postgres.Tx) error {
		if err := tx.KeepPaper(application, 1, []byte("%PDF-another")); err != nil {
			return err
		}
		return jobs.Promise(tx, desk.Printing{Application: application, N: 1})
	}))
	s.eventually(func() bool {
		var done int
		s.row(&done, `SELECT count(*) FROM river.river_job WHERE kind = 'print' AND state = 'completed'`)
		return done == 2
	})
	if n := s.papers(ref, 1); n != 1 || owner.get(own).body != "%PDF-as kept" {
		t.Errorf("made again: %d papers, %q is served", n, owner.get(own).body)
	}

	leader := sample.Answers(portal.Topic{})["leader"]
	leader["name"] = "王𬭎喆"
	owner.post("/applications/" + ref + "/edit")
	if got := owner.save(ref, "leader", "1", leader); got.status != http.StatusSeeOther {
		t.Fatalf("save: %d %s", got.status, got.text())
	}
	if owner.get(own).body != "%PDF-as kept" || !strings.Contains(owner.get("/applications/"+ref+"/receipt.json").body, "张研究") {
		t.Error("an edit changes what the standing version says")
	}
	if got := owner.send(ref, "leader", "2"); got.status != http.StatusSeeOther {
		t.Fatalf("resubmit: %d %s", got.status, got.text())
	}
	second := owner.get(own).body
	s.eventually(func() bool { return s.papers(ref, 2) == 1 })
	if s.papers(ref, 1) != 1 || second == made || owner.get(own).body != second || !strings.Contains(owner.get("/applications/"+ref+"/receipt.json").body, "王𬭎喆") {
		t.Error("the second version has no paper of its own")
	}
}

// papers counts the kept papers of a version.
func (s *site) papers(ref string, n int) (count int) {
	s.t.Helper()
	s.row(&count, `SELECT count(*) FROM paper p JOIN application a ON a.id = p.application WHERE a.ref = $1 AND p.n = $2`, ref, n)
	return count
}

// eventually waits for what background work will make true.
func (s *site) eventually(done func() bool) {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatal("it never happened")
		}
	}
}
