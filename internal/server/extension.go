package server

import (
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/page/admin"
)

// grantExtensionFields ask for one of two: an applicant's address or a unit's code.
func grantExtensionFields() *form.Form {
	email := emailField("申报人的邮箱")
	email.Autocomplete, email.Optional, email.Hint = "off", true, "账号的登录邮箱；与信用代码只填一项"
	code := &form.Field{Name: "unit_code", Label: "单位的统一社会信用代码", Autocomplete: "off", Optional: true, Rules: []form.Rule{form.Parses("对这个单位的全部申报书有效", portal.ParseUnitCode)}}
	f := form.New(email, code,
		&form.Field{Name: "closes", Label: "延至", Kind: form.Moment, Hint: "北京时间", Rules: []form.Rule{form.Parses("", portal.ParseMoment)}},
		&form.Field{Name: "reason", Label: "原因", Kind: form.Prose, Rows: 2, Hint: "申报人会看到", Rules: []form.Rule{form.Max(200)}})
	f.Cross = func(f *form.Form) {
		if f.Get("email").Empty() == f.Get("unit_code").Empty() {
			f.Fail("email", "申报人的邮箱和单位的信用代码请填写其中一项")
		}
	}
	return f.In("one-")
}

// extensionRows are the extensions of a batch as its page lists them.
func extensionRows(list []desk.Extension, now time.Time) []admin.ExtensionRow {
	rows := make([]admin.ExtensionRow, len(list))
	for i, e := range list {
		rows[i] = admin.ExtensionRow{ID: e.ID, Who: e.Who(), Until: e.ClosesAt, Reason: e.Reason, By: e.By, At: e.GrantedAt, EndedAt: e.EndedAt,
			Holds: e.EndedAt.IsZero() && now.Before(e.ClosesAt)}
	}
	return rows
}

func (s *Server) extendFor(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, slug := grantExtensionFields(), chi.URLParam(r, "slug")
	if f.Fill(values); !f.Check() {
		return s.showManagedBatch(w, r, a, nil, f)
	}
	g, err := grantIn(f)
	if err != nil {
		return err
	}
	err = s.desk.ExtendFor(r.Context(), a, slug, g)
	if f.FailWith(err) {
		return s.showManagedBatch(w, r, a, nil, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, batchPath(slug)+"#extensions", "已延期，相关的申报人会收到邮件。")
}

// grantIn is a form that was checked, as the desk takes it.
func grantIn(f *form.Form) (desk.Grant, error) {
	closes, err := portal.ParseMoment(f.Value("closes"))
	g := desk.Grant{Closes: closes, Reason: f.Value("reason")}
	if f.Get("unit_code").Empty() {
		g.Email = email(f)
	} else {
		g.Code, _ = portal.ParseUnitCode(f.Value("unit_code")) // checked by its field
	}
	return g, err
}

func (s *Server) endExtension(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return portal.ErrNotFound
	}
	slug := chi.URLParam(r, "slug")
	if err := s.desk.EndExtension(r.Context(), a, slug, id); err != nil {
		return err
	}
	return s.done(w, r, batchPath(slug)+"#extensions", "已取消，相关的申报人会收到邮件。")
}
