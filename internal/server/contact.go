package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/page/contact"
)

// view is a to-do list of the contact: a name, an address, and where its count comes from.
type view struct {
	label, url string
	count      func(desk.Inbox) int
	rare       bool // shown only where there is something in it
}

// views are the contact's to-do lists; where there is a filter, the number is its query.
var views = []view{
	standing("待受理", portal.Standpoint(portal.Submitted)),
	standing("退回后重交", portal.Again),
	standing("待评审", portal.Standpoint(portal.Accepted)),
	standing("超期", portal.Overdue),
	{"待答复咨询", deskRoom.root, func(box desk.Inbox) int { return box.Asked }, false},
	{"代管", foundURL(deskPath, portal.Filter{Standing: portal.Deputed}.String(), portal.Newest), func(box desk.Inbox) int { return box.Margin.Deputed }, true},
	standing("全部", ""),
}

// standing is the view of what stands at a point.
func standing(label string, at portal.Standpoint) view {
	return view{label: label, url: foundURL(deskPath, portal.Filter{Standing: at}.String(), portal.Newest), count: func(box desk.Inbox) int {
		n := 0
		for _, c := range box.Counts {
			if c.Stands(at) {
				n += c.Count
			}
		}
		return n
	}}
}

// phases are the two halves of a contact's work: what is to be done, by which name, and what
// it has become when it is done.
var phases = []struct {
	label      string
	waiting    portal.Status
	views      []portal.Standpoint
	afterwards []portal.Status
}{
	{"已审", portal.Submitted, []portal.Standpoint{portal.Standpoint(portal.Submitted), portal.Again, portal.Overdue},
		[]portal.Status{portal.Returned, portal.Lapsed, portal.Declined, portal.Accepted, portal.UnderReview, portal.Proposed, portal.Funded, portal.NotFunded}},
	{"已评", portal.Accepted, []portal.Standpoint{portal.Standpoint(portal.Accepted)},
		[]portal.Status{portal.UnderReview, portal.Proposed, portal.Funded, portal.NotFunded}},
}

const deskPath = "/desk"

func (s *Server) inbox(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	typed := r.URL.Query().Get("q")
	if !r.URL.Query().Has("q") {
		typed = portal.Filter{Standing: portal.Standpoint(portal.Submitted)}.String() // what is to be done first
	}
	l, problems := listing(r, typed)
	if at, err := s.located(r, c, l.Filter); err != nil || at != "" {
		return s.leadTo(w, r, deskPath+applicationPath(at), err)
	}
	box, err := s.desk.Inbox(r.Context(), c, l)
	if err != nil {
		return err
	}
	props := contact.DeskProps{Layout: s.personal(r, c, "工作台", "desk"), Now: c.Arrived(), Heading: "查找结果", Next: following(r, box.Found), Pace: paceOf(l.Filter, box),
		Find: findProps(deskPath, typed, l, problems), Tools: toolsProps(deskPath, l, box.Found), Rows: rows(r, c, l, box.Found)}
	props.Find.Hints = deskHints(l, box)
	props.Tools.Save = foundURL("/desk/views/new", l.Filter.String(), l.Order)
	props.Layout.Wide, props.Beside = box.Beside != nil, beside(r, box.Beside)
	fillViews(&props, l, box)
	return render(w, r, http.StatusOK, contact.Desk(props))
}

func (s *Server) dossier(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	d, err := s.desk.Dossier(r.Context(), c, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	props := contact.FileProps{Layout: s.personal(r, c, d.Application.Number+" "+d.Application.Title, "desk"), Now: c.Arrived(), Application: d.Application,
		Version: d.Version, Frozen: d.Frozen, Earlier: d.Earlier, Reviews: d.Reviews, History: d.History, Acts: d.Acts,
		For: d.For.Name, Assignment: d.Assignment, Doubt: d.Doubt, Mine: d.Bar == nil, Back: d.Back,
		Files: frozenFiles(d.Frozen, "/desk"+applicationPath(d.Application.Ref), someDigits)}
	for _, section := range proposal.ReadFrozen(d.Frozen) {
		props.Sections = append(props.Sections, contact.FrozenAnswers{Label: section.Label, Answers: shown(section.Answers)})
	}
	props.Checklist = checklist(proposal.Review(d.Frozen, d.Application), nil)
	props.Thread = thread(withApplicant, d.Application, d.Thread, dossierPath(d.Application.Ref))
	return render(w, r, http.StatusOK, contact.File(props))
}

func (s *Server) accept(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	ref := chi.URLParam(r, "ref")
	if err := s.desk.Accept(r.Context(), c, ref); err != nil {
		return err
	}
	return s.done(w, r, "/desk/applications/"+ref, "已受理，申报人会收到邮件。")
}
