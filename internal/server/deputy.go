package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/admin"
	"softsci/web/page/contact"
)

func deputyFields(colleagues []desk.Colleague) *form.Form {
	day := func(name, label string) *form.Field {
		return &form.Field{Name: name, Label: label, Kind: form.Date, Rules: []form.Rule{form.Parses("", portal.ParseDate)}}
	}
	return form.New(colleagueField("代办人", colleagues), day("first", "第一天"), day("last", "最后一天"))
}

// deputising is a form that was checked, as the desk takes it.
func deputising(f *form.Form) desk.Deputising {
	return desk.Deputising{To: f.Value("to"), First: dayOf(f, "first", 0), Last: dayOf(f, "last", 0)}
}

// deputiesProps is the list of deputies with the form that names another.
func deputiesProps(url string, list []desk.Deputation, f *form.Form, v portal.Visit) component.DeputiesProps {
	p := component.DeputiesProps{URL: url, Now: v.Arrived, Form: f}
	for _, d := range list {
		p.Deputies = append(p.Deputies, component.DeputyRow{ID: d.ID, Name: d.Name, Topics: d.Topics, Since: d.Since, Until: d.Until})
	}
	return p
}

const deputyPath = "/desk/deputy"

func (s *Server) deputyForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	colleagues, err := s.desk.Colleagues(r.Context(), c)
	if err != nil {
		return err
	}
	return s.showDeputies(w, r, c, deputyFields(colleagues))
}

func (s *Server) showDeputies(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form) error {
	list, err := s.desk.Deputies(r.Context(), c)
	if err != nil {
		return err
	}
	props := contact.DeputyProps{Layout: s.personal(r, c, "代办人", layout.NavDesk), Deputies: deputiesProps(deputyPath, list, f, c.Visit())}
	status := http.StatusOK
	if len(f.Problems()) > 0 {
		status, props.Layout.Error = http.StatusUnprocessableEntity, true
	}
	return render(w, r, status, contact.Deputy(props))
}

func (s *Server) nameDeputy(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	colleagues, err := s.desk.Colleagues(r.Context(), c)
	if err != nil {
		return err
	}
	f := deputyFields(colleagues)
	if f.Fill(values); !f.Check() {
		return s.showDeputies(w, r, c, f)
	}
	err = s.desk.NameDeputy(r.Context(), c, deputising(f))
	if f.FailWith(err) {
		return s.showDeputies(w, r, c, f)
	}
	if err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, deputyPath, "已安排，两人都会收到邮件。")
}

func (s *Server) endDeputy(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	if err := s.desk.EndDeputy(r.Context(), c, keyOf(r)); err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, deputyPath, "已终止，立即生效，两人都会收到邮件。")
}

func (s *Server) deputiesForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	contacts, err := s.desk.Contacts(r.Context(), a)
	if err != nil {
		return err
	}
	return s.showDeputiesOf(w, r, a, deputyFields(contacts))
}

func (s *Server) showDeputiesOf(w http.ResponseWriter, r *http.Request, a portal.Admin, f *form.Form) error {
	m, err := s.desk.ManagedAccount(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	if !m.IsContact() {
		return portal.ErrNotFound
	}
	props := admin.DeputyProps{Layout: s.personal(r, a, m.Account.Name+"的代办人", layout.NavAdmin), Account: accountRow(m.Account),
		Deputies: deputiesProps(deputiesPath(m.Account.Ref), m.Deputies, f, a.Visit())}
	status := http.StatusOK
	if len(f.Problems()) > 0 {
		status, props.Layout.Error = http.StatusUnprocessableEntity, true
	}
	return render(w, r, status, admin.Deputy(props))
}

func deputiesPath(ref string) string { return "/admin/accounts/" + ref + "/deputies" }

func (s *Server) nameDeputyOf(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	contacts, err := s.desk.Contacts(r.Context(), a)
	if err != nil {
		return err
	}
	f, ref := deputyFields(contacts), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showDeputiesOf(w, r, a, f)
	}
	err = s.desk.NameDeputyOf(r.Context(), a, ref, deputising(f))
	if f.FailWith(err) {
		return s.showDeputiesOf(w, r, a, f)
	}
	if err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, deputiesPath(ref), "已安排，两人都会收到邮件。")
}

func (s *Server) endDeputyOf(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	ref := chi.URLParam(r, "ref")
	if err := s.desk.EndDeputyOf(r.Context(), a, ref, keyOf(r)); err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, deputiesPath(ref), "已终止，立即生效，两人都会收到邮件。")
}
