package server

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/layout"
	"softsci/web/page/act"
	"softsci/web/page/applicant"
)

func writerFields() *form.Form {
	email := emailField("对方的邮箱")
	email.Autocomplete = "off"
	name := nameField()
	name.Autocomplete, name.Optional, name.Hint = "off", true, "对方还没有账号时用"
	return form.New(email, name, capacityField("身份"))
}

// capacityField asks in what capacity somebody helps with an application.
func capacityField(label string) *form.Field {
	return &form.Field{Name: "kind", Label: label, Kind: form.Choice, Options: []form.Option{
		{Value: string(portal.AccessAgent), Label: portal.AccessAgent.Label(), Hint: "替负责人填写和联系"},
		{Value: string(portal.AccessCoEditor), Label: portal.AccessCoEditor.Label(), Hint: "项目组成员，写自己的部分"}}}
}

func peoplePath(ref string) string { return applicationPath(ref) + "/people" }

func (s *Server) writers(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	return s.showWriters(w, r, http.StatusOK, a, nil)
}

func (s *Server) showWriters(w http.ResponseWriter, r *http.Request, status int, a portal.Applicant, invite *form.Form) error {
	all, err := s.desk.Writers(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	props := applicant.PeopleProps{Layout: s.personal(r, a, "参与填写的人", "applications"), Application: all.Application}
	props.Layout.Error = status != http.StatusOK
	if all.Application.Access.Leads() == nil {
		props.Invite = cmp.Or(invite, writerFields())
	}
	for _, p := range all.People {
		props.People = append(props.People, applicant.Person{Ref: p.Ref, Name: p.Name, Email: p.Email, Kind: p.Kind, Since: p.Since, Invited: p.Invited, Me: p.Account == a.Account()})
	}
	return render(w, r, status, applicant.People(props))
}

func (s *Server) inviteWriter(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, ref := writerFields(), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showWriters(w, r, http.StatusUnprocessableEntity, a, f)
	}
	joined, err := s.desk.InviteWriter(r.Context(), a, ref, desk.WriterInvitation{Email: email(f), Name: f.Value("name"), Kind: portal.Access(f.Value("kind"))})
	if status, ok := refused(f, err); ok {
		return s.showWriters(w, r, status, a, f)
	}
	if err != nil {
		return err
	}
	if joined {
		return s.done(w, r, peoplePath(ref), "对方现在就可以填写，并会收到邮件。")
	}
	return s.done(w, r, peoplePath(ref), "邀请已发出，链接 24 小时内有效。对方接受后就可以填写。")
}

func (s *Server) removeWriter(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	ref := chi.URLParam(r, "ref")
	if err := s.desk.RemoveWriter(r.Context(), a, ref, chi.URLParam(r, "account")); err != nil {
		return err
	}
	return s.done(w, r, peoplePath(ref), "已移出。")
}

func (s *Server) leave(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	if err := s.desk.Leave(r.Context(), a, chi.URLParam(r, "ref")); err != nil {
		return err
	}
	return s.done(w, r, "/applications", "已退出填写，项目负责人会收到邮件。")
}

func passOnFields() *form.Form { return form.New(capacityField("移交以后您的身份")) }

func (s *Server) passOnForm(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	return s.showPassOn(w, r, a, passOnFields())
}

func (s *Server) showPassOn(w http.ResponseWriter, r *http.Request, a portal.Applicant, f *form.Form) error {
	all, err := s.desk.Writers(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	taker, err := all.Taker(chi.URLParam(r, "account"))
	if err != nil {
		return err
	}
	app := all.Application
	return showAct(w, r, act.Props{Layout: s.personal(r, a, "移交负责人", layout.NavApplications), About: about(app), Heading: "把负责人移交给“" + taker.Name + "”",
		Lead: []string{"移交以后，提交、撤回、删除以及邀请和移出填写的人，都由" + taker.Name + "（" + taker.Email + "）办理，您不能自己收回。双方都会收到邮件。",
			"这里移交的是账号上的负责人，不是申报书里填写的项目负责人，后者不会随之改变。需要改的，请在“" + proposal.Label(proposal.Leader) + "”里修改；已经提交的，要撤回修改或者退回以后才能改。"},
		URL: leadershipPath(app.Ref, taker.Ref), Form: f, Button: "确定移交", Back: peoplePath(app.Ref)})
}

func leadershipPath(ref, account string) string {
	return peoplePath(ref) + "/" + account + "/leadership"
}

func (s *Server) passOn(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, ref := passOnFields(), chi.URLParam(r, "ref")
	if f.Fill(values); !f.Check() {
		return s.showPassOn(w, r, a, f)
	}
	if err := s.desk.PassOn(r.Context(), a, ref, chi.URLParam(r, "account"), portal.Access(f.Value("kind"))); err != nil {
		return err
	}
	return s.done(w, r, peoplePath(ref), "已移交，双方都会收到邮件。")
}

// editsShown is how many of the latest changes the list of tasks names.
const editsShown = 30

// edits are the latest changes of a draft by person and section, and the sections of
// which there are older ones.
func edits(f desk.File) (shown []applicant.Edit, more []applicant.Edit) {
	for _, e := range f.Edits() {
		one := applicant.Edit{Section: e.Section, Label: proposal.Label(e.Section), By: e.By, From: e.From, At: e.At, Saves: e.Saves, Revision: e.Revision, Before: e.Before}
		switch {
		case len(shown) < editsShown:
			shown = append(shown, one)
		case !slices.ContainsFunc(more, func(m applicant.Edit) bool { return m.Section == e.Section }):
			more = append(more, one)
		}
	}
	return shown, more
}
