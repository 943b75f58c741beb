package server_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"softsci/internal/document"
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
