package server

import (
	"cmp"
	"net/http"
	"strconv"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/layout"
	"softsci/web/page/admin"
)

const workdaysPath = "/admin/workdays"

func workdayFields() *form.Form {
	day := func(name, label, hint string) *form.Field {
		return &form.Field{Name: name, Label: label, Hint: hint, Kind: form.Date, Rules: []form.Rule{form.Parses("", portal.ParseDate)}}
	}
	last := day("last", "最后一天", "只有一天时可以空着")
	last.Optional = true
	return form.New(&form.Field{Name: "name", Label: "名称", Hint: "例如 国庆节、国庆节调休上班", Rules: []form.Rule{form.Max(60)}}, day("first", "第一天", ""), last,
		&form.Field{Name: "kind", Label: "安排", Kind: form.Choice, Options: []form.Option{{Value: "off", Label: "放假"}, {Value: "work", Label: "上班"}}})
}

// The years that a calendar can be asked for.
const (
	firstYear = 2000
	lastYear  = 2999
)

func (s *Server) workdays(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showWorkdays(w, r, a, nil)
}

func (s *Server) showWorkdays(w http.ResponseWriter, r *http.Request, a portal.Admin, f *form.Form) error {
	year, err := strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil || year < firstYear || year > lastYear {
		year = a.Arrived().In(portal.Shanghai).Year()
	}
	spans, err := s.desk.Workdays(r.Context(), a, year)
	if err != nil {
		return err
	}
	p := admin.WorkdaysProps{Layout: s.personal(r, a, "工作日历", layout.NavAdmin), Year: year, Form: cmp.Or(f, workdayFields())}
	for _, span := range spans {
		p.Spans = append(p.Spans, admin.WorkdaySpan(span))
	}
	status := http.StatusOK
	if f != nil {
		status, p.Layout.Error = http.StatusUnprocessableEntity, true
	}
	return render(w, r, status, admin.Workdays(p))
}

func (s *Server) setWorkdays(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := workdayFields()
	if f.Fill(values); !f.Check() {
		return s.showWorkdays(w, r, a, f)
	}
	span := desk.WorkdaySpan{First: dayOf(f, "first", 0), Last: dayOf(f, "last", 0), Work: f.Value("kind") == "work", Name: f.Value("name")}
	if span.Last.IsZero() {
		span.Last = span.First
	}
	err = s.desk.SetWorkdays(r.Context(), a, span)
	if f.FailWith(err) {
		return s.showWorkdays(w, r, a, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, workdaysPath+"?year="+itoa(span.First.Year()), "已保存，今后的期限按新的日历计算。")
}

func (s *Server) forgetWorkdays(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	first, firstErr := portal.ParseDate(values.Get("first"))
	last, lastErr := portal.ParseDate(values.Get("last"))
	if cmp.Or(firstErr, lastErr) != nil {
		return portal.ErrNotFound
	}
	if err := s.desk.ForgetWorkdays(r.Context(), a, first, last); err != nil {
		return err
	}
	return s.done(w, r, workdaysPath+"?year="+itoa(first.Year()), "已删去，这几天按一般的星期计算。")
}
