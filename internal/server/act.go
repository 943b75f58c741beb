package server

import (
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/layout"
	"softsci/web/page/act"
)

// about names the application that a step is about.
func about(a portal.Application) string { return strings.TrimSpace(a.Number + " " + a.Title) }

// showAct draws the page of a step: 422 when its form has to be mended.
func showAct(w http.ResponseWriter, r *http.Request, p act.Props) error {
	status := http.StatusOK
	if len(p.Form.Problems()) > 0 {
		status, p.Layout.Error = http.StatusUnprocessableEntity, true
	}
	return render(w, r, status, act.Act(p))
}

// The applicant's steps.

func (s *Server) withdrawForm(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	return s.showWithdrawal(w, r, a, withdrawFields())
}

func (s *Server) showWithdrawal(w http.ResponseWriter, r *http.Request, a portal.Applicant, f *form.Form) error {
	file, err := s.desk.Application(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	app := file.Application
	if _, err := portal.Move(app.Status, portal.Withdraw, a.Role(), app.Window, a.Arrived()); err != nil {
		return err
	}
	if err := app.Access.Permit(portal.Withdraw); err != nil {
		return err
	}
	return showAct(w, r, act.Props{Layout: s.personal(r, a, "撤回申报书", "applications"), About: about(app), Heading: "撤回申报书",
		Lead: []string{"撤回后这份申报书不再办理，也不能恢复；受理编号不会给别人使用。在截止时间之前，您可以重新申报。",
			"如果只是要改正内容，请返回，用“撤回修改”。"},
		URL: applicationPath(app.Ref) + "/withdrawal", Form: f, Button: "撤回申报书", Back: applicationPath(app.Ref)})
}

func (s *Server) withdraw(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, ref := withdrawFields(), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showWithdrawal(w, r, a, f)
	}
	if err := s.desk.Withdraw(r.Context(), a, ref, f.Value("reason")); err != nil {
		return err
	}
	return s.done(w, r, applicationPath(ref), "申报书已撤回。")
}

func (s *Server) reopen(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	ref := chi.URLParam(r, "ref")
	if err := s.desk.Reopen(r.Context(), a, ref); err != nil {
		return err
	}
	return s.done(w, r, applicationPath(ref), "现在可以修改。重新提交之前，上一次提交的内容一直有效。")
}

// The contact's steps.

func (s *Server) returnForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	return s.showReturn(w, r, c, returnFields(momentValue(portal.EveningAfter(c.Arrived(), returnDays))))
}

func (s *Server) showReturn(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form) error {
	return s.showContactAct(w, r, c, portal.Return, f, nil, act.Props{Heading: "退回修改", URL: "/return", Button: "退回修改", Ask: askRemark,
		Lead: []string{"对各部分的意见，申报人会在对应的部分旁边看到，也会收到邮件。受理编号和已填内容都保留。"}})
}

func (s *Server) giveBack(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, ref := returnFields(""), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showReturn(w, r, c, f)
	}
	until, err := portal.ParseMoment(f.Value("until"))
	if err != nil {
		return err
	}
	err = s.desk.Return(r.Context(), c, ref, remarks(f), until)
	if f.FailWith(err) {
		return s.showReturn(w, r, c, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, dossierPath(ref), "已退回，申报人会收到邮件。")
}

// remarks reads what a contact wrote about each section.
func remarks(f *form.Form) []desk.Remark {
	var list []desk.Remark
	for _, part := range remarkParts() {
		if text := strings.TrimSpace(f.Value(remarkField(part.Name))); text != "" {
			list = append(list, desk.Remark{Section: part.Name, Label: part.Label, Text: text})
		}
	}
	return list
}

func (s *Server) declineForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	return s.showDecline(w, r, c, declineFields(), nil)
}

func (s *Server) showDecline(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form, letter *act.Letter) error {
	p := act.Props{Heading: "不予受理", URL: "/refusal", Button: "预览通知", Lead: []string{"原因和说明都会写进给申报人的通知。下一步先预览通知，确认后才发出。"}}
	if letter != nil {
		p.Heading, p.Button, p.Lead = "请核对将要发出的通知", "确认不予受理并发出", nil
	}
	return s.showContactAct(w, r, c, portal.Decline, f, letter, p)
}

// decline shows the letter first; the button under it declines.
func (s *Server) decline(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, ref := declineFields(), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() || values.Get("edit") != "" {
		return s.showDecline(w, r, c, f, nil)
	}
	if values.Get("confirm") == "" {
		letter, err := s.desk.DeclineLetter(r.Context(), c, ref, f.Value("code"), f.Value("text"))
		if err != nil {
			return err
		}
		return s.showDecline(w, r, c, f, &act.Letter{Subject: letter.Subject, Paragraphs: letter.Paragraphs})
	}
	if err := s.desk.Decline(r.Context(), c, ref, f.Value("code"), f.Value("text")); err != nil {
		return err
	}
	return s.done(w, r, dossierPath(ref), "已作出不予受理的决定，通知已发给申报人。")
}

func (s *Server) recommendForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	return s.showRecommendation(w, r, c, recommendFields())
}

func (s *Server) showRecommendation(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form) error {
	return s.showContactAct(w, r, c, portal.Recommend, f, nil, act.Props{Heading: "评审意见", URL: "/recommendation", Button: "提交评审意见",
		Lead: []string{"提交后申报书进入“评审中”，由管理员作出决定。"}})
}

func (s *Server) recommend(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, ref := recommendFields(), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showRecommendation(w, r, c, f)
	}
	if err := s.desk.Recommend(r.Context(), c, ref, portal.Review{Outcome: portal.Outcome(f.Value("outcome")), Comment: f.Value("comment"), Note: f.Value("note")}); err != nil {
		return err
	}
	return s.done(w, r, dossierPath(ref), "评审意见已提交。")
}

func dossierPath(ref string) string { return "/desk/applications/" + ref }

// showContactAct draws a contact's step if the table allows it now; URL is what
// follows the application's address.
func (s *Server) showContactAct(w http.ResponseWriter, r *http.Request, c portal.Contact, step portal.Act, f *form.Form, letter *act.Letter, p act.Props) error {
	d, err := s.desk.Dossier(r.Context(), c, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	app := d.Application
	if _, err := portal.Move(app.Status, step, c.Role(), app.Window, c.Arrived()); err != nil {
		return err
	}
	if d.Bar != nil {
		return d.Bar
	}
	p.Layout, p.About, p.Back, p.URL = s.personal(r, c, p.Heading, layout.NavDesk), about(app), dossierPath(app.Ref), dossierPath(app.Ref)+p.URL
	p.Form, p.Letter, p.Parts = f, letter, remarked(f, d.Frozen)
	return showAct(w, r, p)
}

// remarked are the parts that a form has a remark for, each with what was submitted in it.
func remarked(f *form.Form, frozen portal.Frozen) []act.Part {
	read := proposal.ReadFrozen(frozen)
	var parts []act.Part
	for _, part := range remarkParts() {
		field := f.Get(remarkField(part.Name))
		if field == nil {
			continue
		}
		one := act.Part{Label: part.Label, Field: field}
		for _, section := range read {
			if section.Name == part.Name {
				one.Answers = shown(section.Answers)
			}
		}
		parts = append(parts, one)
	}
	return parts
}

// momentValue is a moment as a form's field takes it: without seconds where there are
// none.
func momentValue(t time.Time) string {
	t = t.In(portal.Shanghai)
	if t.Second() != 0 {
		return t.Format("2006-01-02T15:04:05")
	}
	return t.Format("2006-01-02T15:04")
}
