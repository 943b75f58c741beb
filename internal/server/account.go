package server

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/page/account"
	"softsci/web/text"
)

// start is the one click that a visitor made before signing in, if the values name
// a topic that is public.
func (s *Server) start(r *http.Request, v portal.Visitor, q url.Values, slug, ordinal string) *account.Start {
	n, ok := canonicalNumber(q.Get(ordinal))
	if !ok || q.Get(slug) == "" {
		return nil
	}
	p, err := s.desk.Batch(r.Context(), v, q.Get(slug))
	if err != nil {
		return nil
	}
	for _, t := range p.Topics {
		if t.Ordinal == n {
			return &account.Start{BatchSlug: p.Batch.Slug, Ordinal: n, TopicTitle: t.Title}
		}
	}
	return nil
}

func (s *Server) signInForm(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	q := r.URL.Query()
	l := s.layout(r, "登录", "account")
	if q.Get("ended") != "" {
		l.Notice = "登录已过期，刚才的操作没有执行。登录后用浏览器的“后退”可以回到刚才填写的内容，再提交一次。"
		if strings.HasPrefix(q.Get("next"), "/kept/") {
			l.Notice = "登录已过期，刚才的操作没有执行。您填写的内容已经保留，用同一个账号登录后可以继续提交。"
		}
	}
	return render(w, r, http.StatusOK, account.SignIn(account.SignInProps{Layout: l, Form: signInFields(), Next: q.Get("next"), Start: s.start(r, v, q, "batch", "topic")}))
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, status := signInFields(), http.StatusUnprocessableEntity
	if f.Fill(values); f.Check() {
		id, err := s.desk.SignIn(r.Context(), v, email(f), f.Value("password"))
		if err == nil {
			return s.enter(w, r, v, id, values)
		}
		var ok bool
		if status, ok = refused(f, err); !ok {
			return err
		}
	}
	l := s.layout(r, "登录", "account")
	l.Error = true
	return render(w, r, status, account.SignIn(account.SignInProps{Layout: l, Form: f, Next: values.Get("next"), Start: s.start(r, v, values, "start_batch", "start_topic")}))
}

// enter signs the account in and leads to where it wanted to go. What it had begun
// with one click before it was known is done now.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, v portal.Visitor, id int64, values url.Values) error {
	if err := s.auth.Begin(r.Context(), id, v.Visit(), r.UserAgent()); err != nil {
		return err
	}
	to := next(values.Get("next"))
	if begun := s.start(r, v, values, "start_batch", "start_topic"); begun != nil {
		holder, _, err := s.auth.Holder(r.Context(), v.Visit())
		if err != nil {
			return err
		}
		if applicant, ok := s.auth.Applicant(holder); ok {
			return s.beginAt(w, r, applicant, begun.BatchSlug, begun.Ordinal)
		}
	}
	if values.Get("next") == "" {
		home, err := s.homeOf(r, v)
		if err != nil {
			return err
		}
		to = home
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// homeOf is where an account begins its work: the first of its rooms.
func (s *Server) homeOf(r *http.Request, v portal.Visitor) (string, error) {
	holder, _, err := s.auth.Holder(r.Context(), v.Visit())
	st := holder.Standing()
	switch {
	case err != nil:
		return "", err
	case st.Has(portal.RoleContact):
		return "/desk", nil
	case st.Has(portal.RoleAdmin):
		return "/admin", nil
	case st.Has(portal.RoleApplicant):
		return "/applications", nil
	}
	return "/account", nil
}

func (s *Server) registerForm(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	q := r.URL.Query()
	return render(w, r, http.StatusOK, account.Register(account.RegisterProps{Layout: s.layout(r, "注册", "account"), Form: registerFields(),
		Next: q.Get("next"), Start: s.start(r, v, q, "batch", "topic"), PrivacyVersion: text.PrivacyVersion}))
}

func (s *Server) register(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := registerFields()
	f.Fill(values)
	right, status := f.Check(), http.StatusUnprocessableEntity
	if values.Get("privacy_version") != text.PrivacyVersion {
		f.Fail("privacy", "隐私说明刚刚更新过，请阅读新的版本后再次勾选")
		right = false
	}
	if right {
		id, err := s.desk.Register(r.Context(), v, registration(f))
		if err == nil {
			return s.enter(w, r, v, id, values)
		}
		var ok bool
		if status, ok = refused(f, err); !ok {
			return err
		}
	}
	l := s.layout(r, "注册", "account")
	l.Error = true
	return render(w, r, status, account.Register(account.RegisterProps{Layout: l, Form: f, Next: values.Get("next"),
		Start: s.start(r, v, values, "start_batch", "start_topic"), PrivacyVersion: text.PrivacyVersion}))
}

// email is the address in a form that was checked, as it is stored.
func email(f *form.Form) string {
	address, _ := portal.ParseEmail(f.Value("email")) // checked by its field
	return address
}

// registration is a form that was checked, as the desk takes it.
func registration(f *form.Form) desk.Registration {
	code, _ := portal.ParseUnitCode(f.Value("unit_code")) // checked by its field
	return desk.Registration{Name: f.Value("name"), Email: email(f), Password: f.Value("password"), UnitName: f.Value("unit_name"),
		UnitCode: f.Value("unit_code"), Code: code, PrivacyVersion: text.PrivacyVersion}
}

func (s *Server) forgotForm(w http.ResponseWriter, r *http.Request, _ portal.Visitor) error {
	return render(w, r, http.StatusOK, account.Forgot(account.ForgotProps{Layout: s.layout(r, "忘记密码", "account"), Form: forgotFields()}))
}

func (s *Server) forgot(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, status := forgotFields(), http.StatusUnprocessableEntity
	l := s.layout(r, "忘记密码", "account")
	if f.Fill(values); f.Check() {
		err := s.desk.AskReset(r.Context(), v, email(f))
		if err == nil {
			return render(w, r, http.StatusOK, account.Forgot(account.ForgotProps{Layout: l, Form: f, Sent: true}))
		}
		var ok bool
		if status, ok = refused(f, err); !ok {
			return err
		}
	}
	l.Error = true
	return render(w, r, status, account.Forgot(account.ForgotProps{Layout: l, Form: f}))
}

// byLink is the page behind a mailed link that sets a password.
type byLink struct {
	purpose                   desk.Purpose
	path, title, lead, notice string
}

const confirmPath = "/confirm/"

var (
	resetLink  = byLink{desk.LinkReset, "/reset/", "设置新密码", "新密码生效后，其他设备上的登录都会退出。", "新密码已经生效。"}
	inviteLink = byLink{desk.LinkInvite, "/invitations/", "开通账号", "请设置登录密码。以后用收到邀请的邮箱和这个密码登录。", "账号已开通。"}
)

func (s *Server) resetForm(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	return s.linkForm(w, r, v, resetLink)
}

func (s *Server) reset(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	return s.useLink(w, r, v, resetLink)
}

func (s *Server) invitationForm(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	return s.linkForm(w, r, v, inviteLink)
}

func (s *Server) acceptInvitation(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	return s.useLink(w, r, v, inviteLink)
}

func (s *Server) linkForm(w http.ResponseWriter, r *http.Request, v portal.Visitor, link byLink) error {
	token := chi.URLParam(r, "token")
	if _, err := s.desk.LinkOwner(r.Context(), v, link.purpose, token); err != nil {
		return err
	}
	return render(w, r, http.StatusOK, account.Password(account.PasswordProps{Layout: s.layout(r, link.title, "account"), Form: passwordFields(),
		Heading: link.title, Lead: link.lead, Action: link.path + token}))
}

func (s *Server) useLink(w http.ResponseWriter, r *http.Request, v portal.Visitor, link byLink) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	token := chi.URLParam(r, "token")
	f := passwordFields()
	if f.Fill(values); f.Check() {
		id, err := s.desk.SetPassword(r.Context(), v, link.purpose, token, values.Get("password"))
		if err != nil {
			return err
		}
		s.auth.Notice(r.Context(), link.notice)
		return s.enter(w, r, v, id, url.Values{})
	}
	l := s.layout(r, link.title, "account")
	l.Error = true
	return render(w, r, http.StatusUnprocessableEntity, account.Password(account.PasswordProps{Layout: l, Form: f, Heading: link.title, Lead: link.lead, Action: link.path + token}))
}

func (s *Server) confirmForm(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	token := chi.URLParam(r, "token")
	owner, err := s.desk.LinkOwner(r.Context(), v, desk.LinkConfirm, token)
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, account.Confirm(account.ConfirmProps{Layout: s.layout(r, "确认邮箱", "account"), Email: owner.Email, Action: confirmPath + token}))
}

func (s *Server) confirm(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	if err := s.desk.Confirm(r.Context(), v, chi.URLParam(r, "token")); err != nil {
		return err
	}
	return render(w, r, http.StatusOK, account.Message(account.MessageProps{Layout: s.layout(r, "邮箱已确认", "account"), Heading: "邮箱已确认",
		Paragraphs: []string{"以后受理、退回和审批结果的通知都会发到这个邮箱。"}, Link: "/applications", LinkText: "我的申报"}))
}

// account and the forms of its page; a form with errors is shown again with the
// other untouched.
func (s *Server) account(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	return s.showAccount(w, r, http.StatusOK, h, nil)
}

func (s *Server) showAccount(w http.ResponseWriter, r *http.Request, status int, h portal.Holder, password *form.Form) error {
	own, err := s.desk.Account(r.Context(), h)
	if err != nil {
		return err
	}
	props := account.AccountProps{Layout: s.personal(r, h, "我的账号", "account"), Now: h.Arrived(), Standing: h.Standing(), Password: password}
	if len(own.Profile) > 0 {
		props.UnitName, props.UnitCode = own.Profile[0].UnitName, own.Profile[0].UnitCode
	}
	props.Layout.Error = status != http.StatusOK
	if password == nil {
		props.Password = changePasswordFields()
	}
	current := s.auth.ID(r.Context())
	for _, one := range own.Sessions {
		props.Sessions = append(props.Sessions, account.Session{ID: one.ID, Current: one.ID == current, Agent: one.Agent, Address: one.Address,
			CreatedAt: one.CreatedAt, LastSeenAt: one.LastSeenAt})
	}
	return render(w, r, status, account.Account(props))
}

func (s *Server) profile(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	own, err := s.desk.Account(r.Context(), h)
	if err != nil {
		return err
	}
	f := profileFields(h.Standing().Has(portal.RoleApplicant))
	for _, p := range own.Profile {
		f.Load(p.Details)
		f.Load(map[string]string{"unit_name": p.UnitName, "unit_code": p.UnitCode})
	}
	f.Load(map[string]string{"name": h.Name()})
	return s.showProfile(w, r, http.StatusOK, h, f)
}

func (s *Server) showProfile(w http.ResponseWriter, r *http.Request, status int, h portal.Holder, f *form.Form) error {
	props := account.ProfileProps{Layout: s.personal(r, h, "个人与单位", "account"), Form: f}
	props.Layout.Error = status != http.StatusOK
	return render(w, r, status, account.Profile(props))
}

func (s *Server) saveProfile(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := profileFields(h.Standing().Has(portal.RoleApplicant))
	if f.Fill(values); !f.Check() {
		return s.showProfile(w, r, http.StatusUnprocessableEntity, h, f)
	}
	code, _ := portal.ParseUnitCode(f.Value("unit_code")) // checked above; "" for those without a unit
	if err := s.desk.SaveProfile(r.Context(), h, f.Value("name"), profileIn(f), code); err != nil {
		return err
	}
	return s.done(w, r, "/account/profile", "资料已保存。")
}

// profileIn is a form that was checked, as the desk takes it.
func profileIn(f *form.Form) desk.Profile {
	p := desk.Profile{UnitName: f.Value("unit_name"), UnitCode: f.Value("unit_code"), Details: f.Answers()}
	for _, elsewhere := range []string{"name", "unit_name", "unit_code"} {
		delete(p.Details, elsewhere)
	}
	return p
}

func (s *Server) changePassword(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := changePasswordFields()
	if f.Fill(values); !f.Check() {
		return s.showAccount(w, r, http.StatusUnprocessableEntity, h, f)
	}
	err = s.desk.ChangePassword(r.Context(), h, values.Get("current"), values.Get("password"), s.auth.ID(r.Context()))
	if status, ok := refused(f, err); ok {
		return s.showAccount(w, r, status, h, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/account", "密码已修改，其他设备上的登录已经退出。")
}

func (s *Server) askConfirmation(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	if err := s.desk.AskConfirmation(r.Context(), h); err != nil {
		return err
	}
	return s.done(w, r, "/account", "确认邮件已经重新发出。")
}

func (s *Server) endSession(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	if err := s.desk.EndSession(r.Context(), h, chi.URLParam(r, "id")); err != nil {
		return err
	}
	return s.done(w, r, "/account", "已退出那个登录。")
}

func (s *Server) endSessions(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	if err := s.desk.EndSessions(r.Context(), h, s.auth.ID(r.Context())); err != nil {
		return err
	}
	return s.done(w, r, "/account", "其他设备上的登录都已退出。")
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	if err := s.desk.SignOut(r.Context(), h); err != nil {
		return err
	}
	if err := s.auth.End(r.Context()); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}
