package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/act"
)

func messageFields() *form.Form {
	return form.New(&form.Field{Name: "words", Label: "消息", Kind: form.Prose, Rows: 4, Hint: "对方会收到邮件；发出后不能修改",
		Rules: []form.Rule{form.Max(portal.WordsMax)}})
}

// The headings of a thread, as each side sees it.
const (
	withContact   = "与联系人沟通"
	withApplicant = "与申报人沟通"
)

// thread is what both sides of an application wrote, with the form of the next message at
// the address of its page; none before the first submission.
func thread(heading string, app portal.Application, messages []portal.ThreadMessage, page string) component.ThreadProps {
	p := component.ThreadProps{Heading: heading, Messages: messages, URL: page + "/messages"}
	if app.Number != "" {
		p.Form = messageFields()
	}
	return p
}

func (s *Server) writeToContact(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	ref := chi.URLParam(r, "ref")
	return s.sendMessage(w, r, a, applicationPath(ref), func(f *form.Form) error {
		file, err := s.desk.Application(r.Context(), a, ref)
		if err != nil {
			return err
		}
		return showAct(w, r, messageAct(s.personal(r, a, withContact, layout.NavApplications), withContact, file.Application,
			applicationPath(ref), f))
	})
}

func (s *Server) writeToApplicant(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	ref := chi.URLParam(r, "ref")
	return s.sendMessage(w, r, c, dossierPath(ref), func(f *form.Form) error {
		d, err := s.desk.Dossier(r.Context(), c, ref)
		if err != nil {
			return err
		}
		return showAct(w, r, messageAct(s.personal(r, c, withApplicant, layout.NavDesk), withApplicant, d.Application, dossierPath(ref), f))
	})
}

// messageAct is a message that has to be mended, on a page of its own.
func messageAct(l layout.Props, heading string, app portal.Application, page string, f *form.Form) act.Props {
	return act.Props{Layout: l, About: about(app), Heading: heading, URL: page + "/messages", Form: f, Button: "发送", Back: page}
}

// sendMessage adds to the thread of the application whose page it is; mend shows the form
// again.
func (s *Server) sendMessage(w http.ResponseWriter, r *http.Request, a portal.Actor, page string, mend func(*form.Form) error) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := messageFields()
	if f.Fill(values); !f.Check() {
		return mend(f)
	}
	err = s.desk.SendMessage(r.Context(), a, chi.URLParam(r, "ref"), f.Value("words"))
	if _, ok := refused(f, err); ok {
		return mend(f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, page+"#thread", "消息已经发出。")
}
