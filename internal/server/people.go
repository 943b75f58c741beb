package server

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/layout"
	"softsci/web/page/admin"
)

func personFields() *form.Form {
	return form.New(
		&form.Field{Name: "department", Label: "部门", Rules: []form.Rule{form.Max(100)}},
		&form.Field{Name: "name", Label: "姓名", Optional: true, Hint: "只公布部门时可以空着", Rules: []form.Rule{form.Max(60)}},
		&form.Field{Name: "phones", Label: "电话", Kind: form.Tel, Optional: true, Hint: "几个号码用顿号隔开，固定电话写区号", Rules: []form.Rule{form.Max(200), form.Satisfies("", readablePhones)}},
		&form.Field{Name: "email", Label: "邮箱", Kind: form.Email, Optional: true, Autocomplete: "off", Rules: []form.Rule{form.Parses("", portal.ParseEmail)}},
		&form.Field{Name: "hours", Label: "接听时间", Optional: true, Hint: "例如 工作日 8:30—12:00，14:30—17:30", Rules: []form.Rule{form.Max(100)}})
}

// readablePhones refuses numbers that cannot be dialled: a directory is for dialling.
func readablePhones(typed string) error {
	for _, word := range phonesFrom(typed) {
		phone, err := portal.ParsePhone(word)
		if err != nil {
			return err
		}
		if phone.IsLocal() {
			return portal.Refuse(portal.Invalid, word+" 没有区号，请补上，例如 027-"+word)
		}
	}
	return nil
}

// cardFields are those of a card, with whom may stand in. A person with an account has the
// deputy of the account, whose rights and card begin and end together.
func cardFields(m desk.ManagedPerson) *form.Form {
	p := m.Person
	known := map[string]string{"department": p.Department, "name": p.Name, "phones": strings.Join(p.Phones, "、"), "email": p.Email, "hours": p.Hours}
	if p.Account != "" {
		f := personFields()
		f.Load(known)
		return f
	}
	deputies := []form.Option{{Value: "0", Label: "无"}}
	for _, c := range m.Colleagues {
		if c.ID != m.Person.ID {
			deputies = append(deputies, form.Option{Value: strconv.FormatInt(c.ID, 10), Label: strings.TrimSpace(c.Department + " " + c.Name)})
		}
	}
	day := func(name, label string) *form.Field {
		return &form.Field{Name: name, Label: label, Kind: form.Date, Optional: true, Rules: []form.Rule{form.Parses("", portal.ParseDate)}}
	}
	f := personFields()
	f.Fields = append(f.Fields, &form.Field{Name: "deputy", Label: "代办人", Kind: form.Choice, Optional: true, Hint: "在这几天里，名片上同时显示代办人", Options: deputies},
		day("deputy_from", "代办第一天"), day("deputy_until", "代办最后一天"))
	known["deputy"], known["deputy_from"], known["deputy_until"] = strconv.FormatInt(p.DeputyID, 10), dateValue(p.DeputyFrom), dateValue(p.DeputyUntil)
	f.Load(known)
	f.Cross = func(f *form.Form) {
		if f.Value("deputy") == "0" || f.Value("deputy") == "" {
			return
		}
		for _, name := range []string{"deputy_from", "deputy_until"} {
			if f.Get(name).Empty() {
				f.Fail(name, "请填写"+f.Get(name).Label)
			}
		}
	}
	return f
}

// personFrom is what the form of a card says.
func personFrom(f *form.Form) portal.Person {
	text := func(name string) string { return strings.TrimSpace(f.Value(name)) }
	return portal.Person{Department: text("department"), Name: text("name"), Phones: phonesFrom(text("phones")), Email: text("email"), Hours: text("hours")}
}

func (s *Server) people(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showPeople(w, r, a, nil)
}

func (s *Server) showPeople(w http.ResponseWriter, r *http.Request, a portal.Admin, f *form.Form) error {
	q := r.URL.Query()
	words := strings.TrimSpace(q.Get("q"))
	list, next, err := s.desk.People(r.Context(), a, words, desk.PersonKey{Department: q.Get("department"), Name: q.Get("name")})
	if err != nil {
		return err
	}
	props := admin.PeopleProps{Layout: s.personal(r, a, "通讯录", layout.NavAdmin), Now: a.Arrived(), Query: words, Form: cmp.Or(f, personFields())}
	status := http.StatusOK
	if f != nil {
		status, props.Layout.Error, props.Layout.Path = http.StatusUnprocessableEntity, true, "/admin/people"
	}
	for _, p := range list {
		props.People = append(props.People, admin.PersonRow{ID: p.ID, Person: p.Person, Account: p.Account, Topics: p.Topics})
	}
	if next != nil {
		props.Next = "/admin/people?" + url.Values{"q": {words}, "department": {next.Department}, "name": {next.Name}}.Encode()
	}
	return render(w, r, status, admin.People(props))
}

func (s *Server) addPerson(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := personFields()
	if f.Fill(values); !f.Check() {
		return s.showPeople(w, r, a, f)
	}
	id, err := s.desk.AddPerson(r.Context(), a, personFrom(f))
	if f.FailWith(err) {
		return s.showPeople(w, r, a, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, personPath(id), "已加入通讯录。")
}

func personPath(id int64) string { return "/admin/people/" + strconv.FormatInt(id, 10) }

func (s *Server) person(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showPerson(w, r, a, nil, nil)
}

func (s *Server) managedPerson(r *http.Request, a portal.Admin) (desk.ManagedPerson, error) {
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return desk.ManagedPerson{}, portal.ErrNotFound
	}
	return s.desk.Person(r.Context(), a, id)
}

func (s *Server) showPerson(w http.ResponseWriter, r *http.Request, a portal.Admin, f, invite *form.Form) error {
	m, err := s.managedPerson(r, a)
	if err != nil {
		return err
	}
	props := admin.PersonProps{Layout: s.personal(r, a, cmp.Or(m.Person.Name, m.Person.Department), layout.NavAdmin), Now: a.Arrived(), Person: m.Person.Person, Form: cmp.Or(f, cardFields(m))}
	status := http.StatusOK
	if f != nil || invite != nil {
		status, props.Layout.Error, props.Layout.Path = http.StatusUnprocessableEntity, true, personPath(m.Person.ID)
	}
	for _, t := range m.Topics {
		props.Topics = append(props.Topics, admin.PersonTopic{BatchSlug: t.BatchSlug, BatchTitle: t.BatchTitle, Label: t.Label, Title: t.Title, Ordinal: t.Ordinal})
	}
	if m.Person.Account != "" {
		props.Account = &admin.AccountRow{Ref: m.Person.AccountRef, Name: m.Person.Name, Email: m.Person.Account}
	} else {
		props.Invite = cmp.Or(invite, invitePersonFields(m.Person.Email))
	}
	return render(w, r, status, admin.PersonPage(props))
}

func invitePersonFields(email string) *form.Form {
	field := emailField("登录邮箱")
	field.Autocomplete, field.Value = "off", email
	return form.New(field).In("invite-")
}

func (s *Server) savePerson(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	m, err := s.managedPerson(r, a)
	if err != nil {
		return err
	}
	f := cardFields(m)
	if f.Fill(values); !f.Check() {
		return s.showPerson(w, r, a, f, nil)
	}
	p := m.Person
	p.Person = personFrom(f)
	p.ID = m.Person.ID
	p.DeputyID, p.DeputyFrom, p.DeputyUntil = 0, time.Time{}, time.Time{}
	if id, err := strconv.ParseInt(f.Value("deputy"), 10, 64); err == nil && id != 0 {
		p.DeputyID, p.DeputyFrom, p.DeputyUntil = id, dayOf(f, "deputy_from", 0), dayOf(f, "deputy_until", 0)
	}
	err = s.desk.SavePerson(r.Context(), a, p)
	if f.FailWith(err) {
		return s.showPerson(w, r, a, f, nil)
	}
	if err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, personPath(p.ID), "已保存，所有页面上的名片都已更新。")
}

func (s *Server) invitePerson(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	m, err := s.managedPerson(r, a)
	if err != nil {
		return err
	}
	f := invitePersonFields("")
	if f.Fill(values); !f.Check() {
		return s.showPerson(w, r, a, nil, f)
	}
	err = s.desk.InvitePerson(r.Context(), a, m.Person.ID, email(f))
	if f.FailWith(err) {
		return s.showPerson(w, r, a, nil, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, personPath(m.Person.ID), "已建立账号并授予这些选题的权限；还没有密码的，邀请邮件已发出，24 小时内有效。")
}
