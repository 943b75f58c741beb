package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/web/layout"
	"softsci/web/page/applicant"
)

// opinions are all that contacts said of an application, with what was done about it.
func (s *Server) opinions(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	all, err := s.desk.Opinions(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	props := applicant.OpinionsProps{Layout: s.personal(r, a, "联系人的意见", layout.NavApplications), Application: all.Application}
	for i, o := range all.List {
		one := applicant.Opinion{Label: o.Act.Label(), At: o.At, By: o.By, Department: o.Department, Text: o.Text}
		for _, remark := range o.Remarks {
			one.Remarks = append(one.Remarks, applicant.OpinionRemark{Label: remark.Label, Text: remark.Text, Done: answered(remark, o.Answer)})
		}
		if o.Answer != nil {
			one.Answered, one.AnsweredAt, one.CompareURL = o.Answer.N, o.Answer.At, pairPath(applicationPath(all.Application.Ref), o.Answer.N-1, o.Answer.N)
		}
		one.Open = i == 0 && all.Application.Status == portal.Returned
		props.Opinions = append(props.Opinions, one)
	}
	return render(w, r, http.StatusOK, applicant.Opinions(props))
}

// answered says what the answer to a return changed of what a remark is about, "" without one.
func answered(remark desk.Remark, answer *desk.Answer) string {
	if answer == nil {
		return ""
	}
	changed := answer.Changed[remark.Section]
	if remark.Section == "" {
		changed = answer.Total()
	}
	if changed == 0 {
		return "没有改动"
	}
	return "改动 " + itoa(changed) + " 处"
}
