package server

import (
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/klauspost/compress/gzhttp"

	"softsci/internal/desk"
	"softsci/internal/document"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/layout"
	"softsci/web/page/public"
)

// papersAtOnce bounds how many papers are made at the same time: each takes a tenth of a
// second of a processor and some 30 MB on the way.
const papersAtOnce = 2

// sendPaper sends a PDF that is made for this request. The same version gives the same
// bytes, so none is kept.
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
	ref := chi.URLParam(r, "ref")
	standing, err := s.desk.Standing(r.Context(), a, ref)
	if err == nil {
		return s.sendPaper(w, r, standing.Application.Number+".pdf", func() ([]byte, error) { return document.Proposal(submittedPaper(standing)) })
	}
	if portal.KindOf(err) != portal.NotFound {
		return err
	}
	f, err := s.desk.Application(r.Context(), a, ref)
	if err != nil {
		return err
	}
	return s.sendPaper(w, r, "申报书草稿.pdf", func() ([]byte, error) { return document.Proposal(draftPaper(f)) })
}

func (s *Server) dossierPaper(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	return s.officePaper(w, r, c)
}

func (s *Server) adminPaper(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.officePaper(w, r, a)
}

func (s *Server) officePaper(w http.ResponseWriter, r *http.Request, actor portal.Actor) error {
	standing, err := s.desk.Standing(r.Context(), actor, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	return s.sendPaper(w, r, standing.Application.Number+".pdf", func() ([]byte, error) { return document.Proposal(submittedPaper(standing)) })
}

// submittedPaper is a frozen version as a paper.
func submittedPaper(s desk.Standing) document.ProposalProps {
	app, frozen := s.Application, s.Frozen
	props := document.ProposalProps{Call: frozen.Guideline.BatchTitle, Number: frozen.Number, Version: frozen.N, SHA256: hex.EncodeToString(s.Version.SHA256[:]),
		Arrived: portal.DateTimeText(s.Version.ArrivedAt), Cover: coverOf(app, frozen.Guideline.Label, frozen.Guideline.Title),
		Opinions: document.StandardOpinions(proposal.Pledge)}
	props.Cover.Date = portal.DateText(s.Version.ArrivedAt)
	for _, section := range proposal.ReadFrozen(frozen) {
		props.Sections = append(props.Sections, document.Section{Label: section.Label, Blocks: blocks(section.Answers)})
	}
	if len(frozen.Attachments) > 0 {
		var files document.Attachments
		for _, f := range frozen.Attachments {
			files = append(files, document.Attachment{Name: f.Name, Kind: portal.AttachmentLabel(f.Kind), Size: f.Size, SHA256: f.SHA256})
		}
		props.Sections = append(props.Sections, document.Section{Label: "附件", Blocks: []document.Block{files}})
	}
	props.Sections = append(props.Sections, document.Section{Label: "所答指南", Blocks: []document.Block{
		document.GuidelineText{Title: frozen.Guideline.Label + frozen.Guideline.Title, Content: frozen.Guideline.Content, Version: frozen.Guideline.Version}}})
	return props
}

// draftPaper is a draft as a paper that says on every page that it is one.
func draftPaper(f desk.File) document.ProposalProps {
	props := document.ProposalProps{Call: f.Application.BatchTitle, Draft: true, Cover: coverOf(f.Application, f.Topic.Label, f.Topic.Title),
		Opinions: document.StandardOpinions(proposal.Pledge)}
	for _, section := range f.Sections {
		props.Sections = append(props.Sections, document.Section{Label: section.Label, Blocks: blocks(proposal.Answers(section.Form))})
	}
	return props
}

func coverOf(app portal.Application, label, topic string) document.Cover {
	term := ""
	if app.Rules.TermFrom != "" {
		term = app.Rules.TermFrom + " 至 " + app.Rules.TermTo
	}
	return document.Cover{Title: app.Title, Topic: label + topic, Batch: app.BatchTitle, Unit: app.UnitName, Leader: app.LeaderName, Term: term}
}

// fieldLength is the longest answer that stands in a frame, in characters; a longer one,
// or one of several lines, is running text.
const fieldLength = 80

// blocks lays answers out: short ones in a frame, long ones as text, rows as a table
// with a column for each of their answers.
func blocks(answers []proposal.Answer) []document.Block {
	var list []document.Block
	var fields document.Fields
	flush := func() {
		if len(fields) > 0 {
			list = append(list, fields)
			fields = nil
		}
	}
	for i := 0; i < len(answers); {
		a := answers[i]
		if budget, next := budgetOf(answers, i); next > i {
			flush()
			list, i = append(list, budget), next
			continue
		}
		switch {
		case a.Row != "":
			flush()
			table, next := tableOf(answers, i)
			list, i = append(list, table), next
			continue
		case portal.Count(a.Value) > fieldLength || strings.Contains(a.Value, "\n"):
			flush()
			list = append(list, document.Prose{Label: a.Label, Text: a.Value})
		default:
			fields = append(fields, document.Field{Label: a.Label, Value: a.Value})
		}
		i++
	}
	flush()
	return list
}

// The two sides of an account, as the form labels their amounts: 来源：自筹经费（万元）.
const (
	fromSide, toSide = "来源：", "支出："
	inWan            = "（万元）"
)

// budgetOf takes the amounts of an account from one on, with the sums of both sides.
func budgetOf(answers []proposal.Answer, from int) (document.Budget, int) {
	var budget document.Budget
	var sums [2]portal.Fen
	for ; from < len(answers); from++ {
		a := answers[from]
		side, sum := &budget.Sources, &sums[0]
		label, ok := strings.CutPrefix(a.Label, fromSide)
		if !ok {
			if label, ok = strings.CutPrefix(a.Label, toSide); !ok {
				break
			}
			side, sum = &budget.Uses, &sums[1]
		}
		amount, err := portal.ParseWan(a.Value)
		if err == nil {
			a.Value = amount.Wan()
			*sum += amount
		}
		*side = append(*side, document.Field{Label: strings.TrimSuffix(label, inWan), Value: a.Value})
	}
	budget.SourcesSum, budget.UsesSum = sums[0].Wan(), sums[1].Wan()
	return budget, from
}

// tableOf takes the rows from one on whose answers have the same labels.
func tableOf(answers []proposal.Answer, from int) (document.Table, int) {
	var table document.Table
	for i := from; i < len(answers) && answers[i].Row != ""; {
		columns, cells, row := []string{"序号"}, []string{answers[i].Row}, answers[i].Row
		for ; i < len(answers) && answers[i].Row == row; i++ {
			columns, cells = append(columns, answers[i].Label), append(cells, answers[i].Value)
		}
		if table.Columns == nil {
			table.Columns = columns
		} else if !slices.Equal(table.Columns, columns) {
			return table, from
		}
		table.Rows = append(table.Rows, cells)
		from = i
	}
	return table, from
}

// receiptOf is what a receipt states of a submission, signed.
func (s *Server) receiptOf(standing desk.Standing) (document.Signed, error) {
	frozen := standing.Frozen
	r := document.Receipt{Number: frozen.Number, Title: standing.Application.Title, Unit: standing.Application.UnitName, Leader: standing.Application.LeaderName,
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
