package server

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/layout"
	"softsci/web/page/applicant"
	"softsci/web/page/public"
)

// changes is what a version of a guideline changed, old beside new.
func (s *Server) changes(r *http.Request, v portal.Visitor) (templ.Component, time.Time, error) {
	n, ok := canonicalNumber(chi.URLParam(r, "n"))
	if !ok {
		return nil, forever, portal.ErrNotFound
	}
	b, version, changes, err := s.desk.PublicChanges(r.Context(), v, chi.URLParam(r, "slug"), n)
	if err != nil {
		return nil, forever, err
	}
	l := s.publicLayout(r, version.Kind.Label()+"："+b.Version.Title, layout.NavGuidelines, version.Note)
	return public.Changes(public.ChangesProps{Layout: l, Now: v.Arrived(), Batch: b, Version: version, Rows: changeRowsOf(changes)}), forever, nil
}

// pastBatches lists every public batch, the archived ones too.
func (s *Server) pastBatches(r *http.Request, v portal.Visitor) (templ.Component, time.Time, error) {
	p, err := s.desk.Home(r.Context(), v)
	if err != nil {
		return nil, p.Until, err
	}
	return public.Past(public.PastProps{Layout: s.publicLayout(r, "全部批次", layout.NavGuidelines, "历年申报指南。"), Now: v.Arrived(), Batches: p.Batches}), p.Until, nil
}

// calendar is the deadline of a batch as a calendar takes it (RFC 5545).
func (s *Server) calendar(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	p, err := s.desk.Batch(r.Context(), v, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	b := p.Batch.Version
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.Batch.Slug + ".ics"}))
	return s.sendCalendar(w, []string{"BEGIN:VEVENT", s.calendarID(p.Batch.Slug),
		"SEQUENCE:" + itoa(b.N-1), "DTSTAMP:" + stamp(b.PublishedAt), "DTSTART:" + stamp(b.ClosesAt), "DTEND:" + stamp(b.ClosesAt),
		"SUMMARY:" + calendarText("申报截止："+b.Title), "URL:" + s.batchURL(p.Batch),
		"BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P3D", "DESCRIPTION:" + calendarText("三天后申报截止："+b.Title), "END:VALARM",
		"END:VEVENT"})
}

// sendCalendar sends the lines that stand within a calendar.
func (s *Server) sendCalendar(w http.ResponseWriter, lines []string) error {
	var out strings.Builder
	for _, line := range slices.Concat([]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//" + s.site.Name + "//zh-CN"}, lines, []string{"END:VCALENDAR"}) {
		out.WriteString(folded(line))
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	_, _ = w.Write([]byte(out.String())) // the reader has gone away: nobody is left to tell
	return nil
}

// calendarID names an event for every calendar for good.
func (s *Server) calendarID(name string) string {
	return "UID:" + name + "@" + strings.TrimPrefix(strings.TrimPrefix(s.site.URL, "https://"), "http://")
}

func stamp(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// calendarText escapes a text (RFC 5545, 3.3.11).
func calendarText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// foldAt is the longest line in bytes (RFC 5545, 3.1).
const foldAt = 75

// folded ends a line and breaks it where it is too long, never within a character.
func folded(line string) string {
	var out strings.Builder
	width := 0
	for _, r := range line {
		if size := len(string(r)); width+size > foldAt {
			out.WriteString("\r\n ")
			width = 1
		}
		out.WriteRune(r)
		width += len(string(r))
	}
	out.WriteString("\r\n")
	return out.String()
}

// documentTypes are the kinds of files a guideline was read from.
var documentTypes = map[string]string{"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "doc": "application/msword",
	"pdf": "application/pdf", "txt": "text/plain"}

// document is the file a public guideline was read from, row by row.
func (s *Server) document(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	doc, send, err := s.desk.Document(r.Context(), v, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", documentTypes[doc.Format])
	h.Set("Content-Length", strconv.FormatInt(doc.Size, 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": doc.Name}))
	h.Set("Cache-Control", "no-cache")
	if r.Method == http.MethodHead {
		return nil
	}
	if err := send(w); err != nil {
		s.log.Error("a document was not sent whole", "request", visitOf(r).RequestID, "error", err) // its head is on the way: no page can follow
	}
	return nil
}

func (s *Server) confirmGuideline(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ref := chi.URLParam(r, "ref")
	if err := s.desk.ConfirmGuideline(r.Context(), a, ref, revisionOf(values.Get("version"))); err != nil {
		return err
	}
	return s.done(w, r, applicationPath(ref), "已记下您读过这次更正。")
}

func (s *Server) changeTopicForm(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	return s.showChangeTopic(w, r, a, false)
}

func (s *Server) showChangeTopic(w http.ResponseWriter, r *http.Request, a portal.Applicant, missing bool) error {
	f, err := s.desk.Application(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	if !f.Topic.Retired {
		return portal.ErrNotFound
	}
	topics, err := s.desk.Choices(r.Context(), a, f.Application.BatchSlug)
	if err != nil {
		return err
	}
	choice := &form.Field{Name: "topic", Label: "改报的选题", Kind: form.Choice}
	for _, t := range topics {
		choice.Options = append(choice.Options, form.Option{Value: itoa(t.Ordinal), Label: fmt.Sprintf("%d %s", t.Ordinal, t.Title)})
	}
	props := applicant.ChangeTopicProps{Layout: s.personal(r, a, "改报其他选题", layout.NavApplications), Application: f.Application, Form: form.New(choice), Submitted: f.Application.Number != ""}
	status := http.StatusOK
	if missing {
		props.Form.Check()
		status, props.Layout.Error = http.StatusUnprocessableEntity, true
	}
	return render(w, r, status, applicant.ChangeTopic(props))
}

func (s *Server) changeTopic(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ordinal, ok := canonicalNumber(values.Get("topic"))
	if !ok {
		return s.showChangeTopic(w, r, a, true)
	}
	ref, err := s.desk.ChangeTopic(r.Context(), a, chi.URLParam(r, "ref"), ordinal)
	if err != nil {
		return err
	}
	return s.done(w, r, applicationPath(ref), "已改报。请检查项目名称和预期成果是否与新选题一致。")
}
