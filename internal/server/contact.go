package server

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/page/contact"
)

// views are the contact's to-do lists; the number beside each is its query.
var views = []struct {
	id      string
	label   string
	status  portal.Status // "" for all
	again   bool          // after a return
	deputed bool          // as a deputy alone; for deputies
}{
	{"submitted", portal.Submitted.Label(), portal.Submitted, false, false},
	{"again", "退回后重交", portal.Submitted, true, false},
	{"accepted", portal.Accepted.Label(), portal.Accepted, false, false},
	{"all", "全部", "", false, false},
	{"deputed", "代管", "", false, true},
}

func (s *Server) inbox(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	q := r.URL.Query()
	chosen := views[0]
	for _, v := range views {
		if v.id == q.Get("view") {
			chosen = v
		}
	}
	box, err := s.desk.Inbox(r.Context(), c, desk.InboxFilter{Status: chosen.status, Again: chosen.again, Deputed: chosen.deputed, Before: keyTime(q.Get("at")), BeforeID: before(r)})
	if err != nil {
		return err
	}
	props := contact.DeskProps{Layout: s.personal(r, c, "工作台", "desk"), Now: c.Arrived(), View: chosen.id, Applications: box.Applications, Marks: marks(box.Applications, c), Next: olderThan(r, box.Next)}
	for _, v := range views {
		count, counts := 0, box.Counts
		if v.deputed {
			counts = box.Deputed
		}
		if v.deputed && len(c.Standing().Principals()) == 0 {
			continue
		}
		for _, n := range counts {
			if v.status == "" || v.status == n.Status && v.again == n.Again {
				count += n.Count
			}
		}
		props.Views = append(props.Views, contact.View{ID: v.id, Label: v.label, Count: count, URL: "/desk?view=" + v.id})
	}
	props.Views = append(props.Views, contact.View{Label: "咨询待答复", Count: box.Asked.Waiting, URL: deskRoom.root})
	return render(w, r, http.StatusOK, contact.Desk(props))
}

// marks are what is unusual about the applications, by their references.
func marks(list []portal.Application, c portal.Contact) map[string]string {
	words := map[string]string{}
	for _, a := range list {
		words[a.Ref] = a.Mark(c)
	}
	return words
}

func keyTime(word string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, word) // anything else begins at the newest
	return t
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
