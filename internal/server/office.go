package server

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/act"
	"softsci/web/page/admin"
)

const officePath = "/admin/applications"

func (s *Server) allApplications(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	typed := r.URL.Query().Get("q")
	l, problems := listing(r, typed)
	if at, err := s.located(r, a, l.Filter); err != nil || at != "" {
		return s.leadTo(w, r, "/admin"+applicationPath(at), err)
	}
	office, err := s.desk.AllApplications(r.Context(), a, l)
	if err != nil {
		return err
	}
	props := admin.ApplicationsProps{Layout: s.personal(r, a, "申报书", layout.NavAdmin), Now: a.Arrived(), Search: l.Filter.Search(), Applications: office.Applications,
		Next: following(r, office.Found), Find: findProps(officePath, typed, l, problems), Tools: toolsProps(officePath, l, office.Found)}
	var slugs []string
	for _, b := range office.Batches {
		slugs = append(slugs, b.Slug)
	}
	props.Find.Hints = []component.Hint{hint(officePath, l, "状态", portal.Standpoints()), hint(officePath, l, "批次", slugs)}
	return render(w, r, http.StatusOK, admin.Applications(props))
}

func (s *Server) officeDossier(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	d, err := s.desk.OfficeDossier(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	props := admin.ApplicationProps{Layout: s.personal(r, a, about(d.Application), layout.NavAdmin), Now: a.Arrived(), Application: d.Application,
		Version: d.Version, Earlier: d.Earlier, Reviews: d.Reviews, History: d.History, Acts: d.Acts, Assignment: d.Assignment,
		Files: frozenFiles(d.Frozen, "/admin"+applicationPath(d.Application.Ref), someDigits)}
	for _, section := range proposal.ReadFrozen(d.Frozen) {
		props.Sections = append(props.Sections, admin.Frozen{Label: section.Label, Answers: shown(section.Answers)})
	}
	props.Checklist = checklist(proposal.Review(d.Frozen, d.Application), nil)
	props.Thread = component.ThreadProps{Heading: "联系人与申报人的沟通", Messages: d.Thread}
	return render(w, r, http.StatusOK, admin.Application(props))
}

// decisions are the acts of an administrator on an application, with what the page
// says before each.
var decisions = map[portal.Act]string{
	portal.Propose: "列入拟立项名单并公示。申报人会收到邮件。",
	portal.Fund:    "公示期满，下达立项。申报人会收到邮件。",
	portal.Reject:  "不予立项。原因会写进给申报人的通知。",
}

func (s *Server) decideForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	step := portal.Act(chi.URLParam(r, "act"))
	return s.showDecision(w, r, a, step, decideFields(step == portal.Reject))
}

func (s *Server) showDecision(w http.ResponseWriter, r *http.Request, a portal.Admin, step portal.Act, f *form.Form) error {
	lead, ok := decisions[step]
	if !ok {
		return portal.ErrNotFound
	}
	d, err := s.desk.OfficeDossier(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	app := d.Application
	if _, err := portal.Move(app.Status, step, a.Role(), app.Window, a.Arrived()); err != nil {
		return err
	}
	back := "/admin/applications/" + app.Ref
	return showAct(w, r, act.Props{Layout: s.personal(r, a, step.Label(), layout.NavAdmin), About: about(app), Heading: step.Label(), Lead: []string{lead},
		URL: back + "/decisions/" + string(step), Form: f, Button: step.Label(), Back: back})
}

func (s *Server) decide(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ref, step := chi.URLParam(r, "ref"), portal.Act(chi.URLParam(r, "act"))
	f := decideFields(step == portal.Reject)
	if f.Fill(values); !f.Check() || decisions[step] == "" {
		return s.showDecision(w, r, a, step, f)
	}
	if err := s.desk.Decide(r.Context(), a, ref, step, f.Value("reason")); err != nil {
		return err
	}
	return s.done(w, r, "/admin/applications/"+ref, "已记录“"+step.Label()+"”，申报人会收到邮件。")
}

func (s *Server) handOverForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	people, err := s.desk.Directory(r.Context(), a)
	if err != nil {
		return err
	}
	return s.showHandOver(w, r, a, handOverFields(people))
}

func (s *Server) showHandOver(w http.ResponseWriter, r *http.Request, a portal.Admin, f *form.Form) error {
	m, err := s.desk.ManagedBatch(r.Context(), a, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	ordinal, _ := canonicalNumber(chi.URLParam(r, "ordinal"))
	for _, t := range m.Topics {
		if t.Ordinal != ordinal || t.ID == 0 {
			continue
		}
		back := "/admin/batches/" + m.Batch.Slug
		return showAct(w, r, act.Props{Layout: s.personal(r, a, "移交选题", layout.NavAdmin), About: m.Batch.Version.Title, Heading: "移交指南 " + itoa(ordinal) + "：" + t.Title,
			Lead: []string{"现在的联系人账号：" + cmp.Or(names(m.Accounts, t.ID), "无") + "。移交后，新提交的申报书由新联系人办理；未办结的按您的选择一并移交，或仍由原联系人办理，办理经过会注明。"},
			URL:  back + "/topics/" + itoa(ordinal) + "/contact", Form: f, Button: "移交", Back: back})
	}
	return portal.ErrNotFound
}

// names are the accounts that are contact of a topic, in words.
func names(accounts []desk.TopicAccount, topic int64) string {
	var list []string
	for _, a := range accounts {
		if a.Topic == topic {
			list = append(list, a.Name)
		}
	}
	return strings.Join(list, "、")
}

func (s *Server) handOver(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	people, err := s.desk.Directory(r.Context(), a)
	if err != nil {
		return err
	}
	f, slug := handOverFields(people), chi.URLParam(r, "slug")
	ordinal, ok := canonicalNumber(chi.URLParam(r, "ordinal"))
	if !ok {
		return portal.ErrNotFound
	}
	if f.Fill(values); !f.Check() {
		return s.showHandOver(w, r, a, f)
	}
	to := desk.Successor{Stay: f.Value("open") == casesStay}
	if !f.Get("email").Empty() {
		to.Email = email(f)
	}
	to.Person, _ = strconv.ParseInt(f.Value("card"), 10, 64) // one of the choices or none
	err = s.desk.HandOver(r.Context(), a, slug, ordinal, to, f.Value("reason"))
	if f.FailWith(err) {
		return s.showHandOver(w, r, a, f)
	}
	if err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, "/admin/batches/"+slug, "选题已移交。")
}
