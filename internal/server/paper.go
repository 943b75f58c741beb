package server

import (
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"
	"github.com/klauspost/compress/gzhttp"

	"softsci/internal/desk"
	"softsci/internal/document"
	"softsci/internal/paper"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/layout"
	"softsci/web/page/public"
)

// papersAtOnce bounds how many papers are made at the same time: each takes a tenth of a
// second of a processor and some 30 MB on the way.
const papersAtOnce = 2

// sendPaper sends a PDF that is made for this request.
func (s *Server) sendPaper(w http.ResponseWriter, r *http.Request, name string, make func() ([]byte, error)) error {
	select {
	case s.papers <- struct{}{}:
		defer func() { <-s.papers }()
	case <-r.Context().Done():
		return r.Context().Err()
	}
	body, err := make()
	if err != nil {
		return err
	}
	return sendBytes(w, "application/pdf", name, body)
}

// sendBytes sends a file to be kept.
func sendBytes(w http.ResponseWriter, media, name string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Length", itoa(len(body)))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set(gzhttp.HeaderNoCompression, "1") // it is packed already, or small
	_, _ = w.Write(body)                   // the reader has gone away: nobody is left to tell
	return nil
}

// paper is the applicant's 申报书: what was submitted last, or the draft, marked as one.
func (s *Server) paper(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	err := s.submittedPaper(w, r, a)
	if portal.KindOf(err) != portal.NotFound {
		return err
	}
	f, err := s.desk.Application(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	return s.sendPaper(w, r, "申报书草稿.pdf", func() ([]byte, error) { return paper.Draft(f.Application, f.Topic, f.Sections) })
}

func (s *Server) dossierPaper(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	return s.submittedPaper(w, r, c)
}

func (s *Server) adminPaper(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.submittedPaper(w, r, a)
}

// submittedPaper is the paper of what was submitted last, as it was kept; until it is,
// one is made for the request.
func (s *Server) submittedPaper(w http.ResponseWriter, r *http.Request, actor portal.Actor) error {
	p, err := s.desk.Paper(r.Context(), actor, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	name := p.Number + ".pdf"
	if p.PDF != nil {
		return sendBytes(w, "application/pdf", name, p.PDF)
	}
	return s.sendPaper(w, r, name, func() ([]byte, error) { return paper.Submitted(p.Version, p.Frozen) })
}

// receiptOf is what a receipt states of a submission, signed.
func (s *Server) receiptOf(standing desk.Standing) (document.Signed, error) {
	frozen, sum := standing.Frozen, proposal.Summed(standing.Frozen)
	r := document.Receipt{Number: frozen.Number, Title: sum.Title, Unit: sum.UnitName, Leader: sum.LeaderName,
		Topic: frozen.Guideline.Title, Batch: frozen.Guideline.Batch, Version: frozen.N, SHA256: hex.EncodeToString(standing.Version.SHA256[:]),
		ArrivedAt: portal.ISO(standing.Version.ArrivedAt), RecordedAt: portal.ISO(standing.Version.RecordedAt), Guideline: frozen.Guideline.Version,
		Attachments: []document.Attachment{}}
	for _, f := range frozen.Attachments {
		r.Attachments = append(r.Attachments, document.Attachment{Name: f.Name, Size: f.Size, SHA256: f.SHA256})
	}
	return document.Sign(s.key, r)
}

// proofURL is where a receipt is verified.
func (s *Server) proofURL(r document.Receipt) string {
	return s.site.URL + "/receipts/" + r.Number + "?" + url.Values{"hash": {r.SHA256[:16]}}.Encode()
}

// signedReceipt is the receipt as the file that proves the submission.
func (s *Server) signedReceipt(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	standing, err := s.desk.Standing(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	signed, err := s.receiptOf(standing)
	if err != nil {
		return err
	}
	return sendBytes(w, "application/json", standing.Frozen.Number+".json", signed.File)
}

// printedReceipt is the receipt for people.
func (s *Server) printedReceipt(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	standing, err := s.desk.Standing(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	signed, err := s.receiptOf(standing)
	if err != nil {
		return err
	}
	return s.sendPaper(w, r, standing.Frozen.Number+" 回执.pdf", func() ([]byte, error) {
		return document.ReceiptPDF(document.ReceiptProps{Call: standing.Frozen.Guideline.BatchTitle, Signed: signed, URL: s.proofURL(signed.Receipt)})
	})
}

// proof tells anybody what a receipt proves, but only together with the first sixteen
// digits of its hash.
func (s *Server) proof(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	w.Header()["Cache-Control"] = noStore
	number, digits := chi.URLParam(r, "number"), r.URL.Query().Get("hash")
	l := s.layout(r, "核验回执", layout.NavGuidelines)
	l.NoIndex = true
	props := public.ProofProps{Layout: l, Number: number, Digits: digits}
	if digits == "" {
		return render(w, r, http.StatusOK, public.Proof(props))
	}
	proof, err := s.desk.Prove(r.Context(), v, number, digits)
	if portal.KindOf(err) == portal.NotFound {
		props.Missing, props.Layout.Error = true, true
		return render(w, r, http.StatusNotFound, public.Proof(props))
	}
	if err != nil {
		return err
	}
	props.Proof, props.SHA256 = &proof, hex.EncodeToString(proof.SHA256)
	return render(w, r, http.StatusOK, public.Proof(props))
}

// receiptKeys are all keys with which receipts were ever signed.
func (s *Server) receiptKeys(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	keys, err := s.desk.PublicKeys(r.Context(), v)
	if err != nil {
		return err
	}
	body, err := document.WriteKeys(keys)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(body) // the reader has gone away: nobody is left to tell
	return nil
}
