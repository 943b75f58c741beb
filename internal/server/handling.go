package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/layout"
	"softsci/web/page/act"
	"softsci/web/page/admin"
)

// colleagueField chooses one of the contacts.
func colleagueField(label string, colleagues []desk.Colleague) *form.Field {
	f := &form.Field{Name: "to", Label: label, Kind: form.Choice}
	for _, c := range colleagues {
		f.Options = append(f.Options, form.Option{Value: c.Ref, Label: strings.TrimSpace(c.Department + " " + c.Name)})
	}
	return f
}

// noteField is a text for the department alone.
func noteField(name, label, hint string, optional bool) *form.Field {
	return &form.Field{Name: name, Label: label, Kind: form.Prose, Rows: 4, Hint: hint, Optional: optional, Rules: []form.Rule{form.Max(500)}}
}

func passFields(colleagues []desk.Colleague) *form.Form {
	return form.New(colleagueField("转给", colleagues), noteField("note", "说明", "同事和管理员会看到，申报人看不到", false))
}

func (s *Server) passForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	colleagues, err := s.desk.Colleagues(r.Context(), c)
	if err != nil {
		return err
	}
	return s.showPass(w, r, c, passFields(colleagues))
}

func (s *Server) showPass(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form) error {
	return s.showCaseAct(w, r, c, f, func(d desk.Dossier) error { return d.Bar }, act.Props{Heading: "转给同事", URL: "/handler", Button: "转给同事",
		Lead: []string{"只转这一份申报书：同事会收到邮件，可以查看和办理。您仍能查看，收回之后才能再办理。"}})
}

// showCaseAct draws a contact's step that does not move the application, unless barred says
// why it cannot be made; URL is what follows the application's address.
func (s *Server) showCaseAct(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form, barred func(desk.Dossier) error, p act.Props) error {
	d, err := s.desk.Dossier(r.Context(), c, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	if err := barred(d); err != nil {
		return err
	}
	p.Layout, p.About, p.Back, p.Form = s.personal(r, c, p.Heading, layout.NavDesk), about(d.Application), dossierPath(d.Application.Ref), f
	p.URL = p.Back + p.URL
	if d.Doubt != nil {
		p.Lead = append(p.Lead, d.Doubt.Text+"。")
	}
	return showAct(w, r, p)
}

func (s *Server) pass(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	colleagues, err := s.desk.Colleagues(r.Context(), c)
	if err != nil {
		return err
	}
	f, ref := passFields(colleagues), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showPass(w, r, c, f)
	}
	err = s.desk.Pass(r.Context(), c, ref, f.Value("to"), f.Value("note"))
	if f.FailWith(err) {
		return s.showPass(w, r, c, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/desk", "已转给同事，对方会收到邮件。")
}

func (s *Server) reclaim(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	ref := chi.URLParam(r, "ref")
	if err := s.desk.Reclaim(r.Context(), c, ref); err != nil {
		return err
	}
	return s.done(w, r, dossierPath(ref), "已收回，现在由您办理。")
}

func recuseFields() *form.Form {
	return form.New(noteField("text", "事由", "例如亲属、师生、合作或经济往来关系；管理员会看到，申报人看不到", false))
}

func (s *Server) recuseForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	return s.showRecuse(w, r, c, recuseFields())
}

func (s *Server) showRecuse(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form) error {
	return s.showCaseAct(w, r, c, f, func(desk.Dossier) error { return nil }, act.Props{Heading: "申请回避", URL: "/recusal", Button: "申请回避",
		Lead: []string{"回避后您不能再查看和办理这份申报书，管理员会收到邮件，另行指定办理人。您不能自己撤销。"}})
}

func (s *Server) recuse(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := recuseFields()
	if f.Fill(values); !f.Check() {
		return s.showRecuse(w, r, c, f)
	}
	if err := s.desk.Recuse(r.Context(), c, chi.URLParam(r, "ref"), f.Value("text")); err != nil {
		return err
	}
	return s.done(w, r, "/desk", "已回避，管理员会另行指定办理人。")
}

func denyFields() *form.Form {
	return form.New(noteField("why", "理由", "例如单位、出生年月或职称不同；系统会记录，管理员会看到", false))
}

func (s *Server) denyForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	return s.showDeny(w, r, c, denyFields())
}

func (s *Server) showDeny(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form) error {
	doubted := func(d desk.Dossier) error {
		if d.Doubt == nil {
			return portal.ErrNotFound
		}
		return nil
	}
	return s.showCaseAct(w, r, c, f, doubted, act.Props{Heading: "说明不是同一人", URL: "/denial", Button: "确认不是同一人"})
}

func (s *Server) deny(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, ref := denyFields(), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showDeny(w, r, c, f)
	}
	if err := s.desk.Deny(r.Context(), c, ref, f.Value("why")); err != nil {
		return err
	}
	return s.done(w, r, dossierPath(ref), "已记录，现在可以办理。")
}

// The administrators' side.

func (s *Server) recusals(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	list, next, err := s.desk.Recusals(r.Context(), a, before(r))
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, admin.Recusals(admin.RecusalsProps{Layout: s.personal(r, a, "回避", layout.NavAdmin), Recusals: list, Next: older(r, next)}))
}

func liftFields() *form.Form {
	return form.New(noteField("why", "解除的理由", "例如两个单位同名；写进记录", false))
}

func (s *Server) liftForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showLift(w, r, a, liftFields())
}

func (s *Server) showLift(w http.ResponseWriter, r *http.Request, a portal.Admin, f *form.Form) error {
	recusal, err := s.desk.Recusal(r.Context(), a, keyOf(r))
	if err != nil {
		return err
	}
	return showAct(w, r, act.Props{Layout: s.personal(r, a, "解除回避", layout.NavAdmin), About: recusal.Number + " " + recusal.Title, Heading: "解除" + recusal.Name + "的回避",
		Lead: []string{recusal.Ground.Label() + "：" + recusal.Text, "只在认定有误时解除。解除后，对方又可以查看和办理这份申报书。"},
		URL:  r.URL.Path, Form: f, Button: "解除回避", Back: "/admin/recusals"})
}

// keyOf is the key in a request's path, 0 where it is none.
func keyOf(r *http.Request) int64 {
	id, _ := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64) // no row has the key 0
	return id
}

func (s *Server) lift(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := liftFields()
	if f.Fill(values); !f.Check() {
		return s.showLift(w, r, a, f)
	}
	if err := s.desk.LiftRecusal(r.Context(), a, keyOf(r), f.Value("why")); err != nil {
		return err
	}
	return s.done(w, r, "/admin/recusals", "已解除。")
}

func nameFields(contacts []desk.Colleague) *form.Form {
	return form.New(colleagueField("办理人", contacts), noteField("note", "说明", "办理人会看到，申报人看不到", true))
}

func (s *Server) nameForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	contacts, err := s.desk.Contacts(r.Context(), a)
	if err != nil {
		return err
	}
	return s.showName(w, r, a, nameFields(contacts))
}

func (s *Server) showName(w http.ResponseWriter, r *http.Request, a portal.Admin, f *form.Form) error {
	d, err := s.desk.OfficeDossier(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	back := "/admin" + applicationPath(d.Application.Ref)
	return showAct(w, r, act.Props{Layout: s.personal(r, a, "另行指定办理人", layout.NavAdmin), About: about(d.Application), Heading: "另行指定办理人",
		Lead: []string{"只改这一份申报书的办理人；对方会收到邮件。选题的联系人仍能查看（回避的除外），不能再办理。"},
		URL:  back + "/handler", Form: f, Button: "指定", Back: back})
}

func (s *Server) name(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	contacts, err := s.desk.Contacts(r.Context(), a)
	if err != nil {
		return err
	}
	f, ref := nameFields(contacts), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showName(w, r, a, f)
	}
	err = s.desk.Name(r.Context(), a, ref, f.Value("to"), f.Value("note"))
	if f.FailWith(err) {
		return s.showName(w, r, a, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/admin"+applicationPath(ref), "已指定，对方会收到邮件。")
}
