package server

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/component"
	"softsci/web/page/applicant"
)

// autosaveSection keeps what a section's page sends by itself while somebody types.
func (s *Server) autosaveSection(w http.ResponseWriter, r *http.Request, a portal.Applicant, values url.Values) error {
	revision := revisionOf(values.Get("revision"))
	_, section, err := s.desk.Save(r.Context(), a, chi.URLParam(r, "ref"), chi.URLParam(r, "name"), desk.Typing{Revision: revision, Auto: true,
		Fill: func(f *form.Form) error { return typed(f, values) }})
	switch portal.KindOf(err) {
	case portal.Invalid:
		return answerJSON(w, http.StatusUnprocessableEntity, saved{Message: section.Form.Problems()[0].Message})
	case portal.Conflict:
		return answerJSON(w, http.StatusConflict, saved{Message: "另一个窗口或另一个人刚改过这一部分。按“保存并继续”可以逐项比较，两份都不会丢失。"})
	}
	if err != nil {
		return err
	}
	return answerJSON(w, http.StatusOK, saved{Revision: revision + 1, At: a.Arrived().In(portal.Shanghai).Format("15:04:05"), State: completeness(section.Form)})
}

// completeness says how far a form is: 完整, or 还缺 3 项，1 处有误.
func completeness(f *form.Form) string {
	if f.Check() {
		return "完整"
	}
	var says []string
	missing := f.Missing()
	if missing > 0 {
		says = append(says, "还缺 "+itoa(missing)+" 项")
	}
	if wrong := len(f.Problems()) - missing; wrong > 0 {
		says = append(says, itoa(wrong)+" 处有误")
	}
	return strings.Join(says, "，")
}

// revisions lists what is kept of a section's saves, with what each changed.
func (s *Server) revisions(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	kept, err := s.desk.Revisions(r.Context(), a, chi.URLParam(r, "ref"), chi.URLParam(r, "name"))
	if err != nil {
		return err
	}
	props := applicant.RevisionsProps{Layout: s.personal(r, a, "以前的版本", "applications"), Application: kept.Application, Section: kept.Section.Name, Label: kept.Section.Label}
	for i, one := range kept.Kept {
		row := applicant.Revision{N: one.Revision, SavedBy: one.SavedBy, SavedAt: one.SavedAt, First: i+1 == len(kept.Kept)}
		if !row.First {
			for _, c := range changes(kept, kept.Kept[i+1], one) {
				row.Changed = append(row.Changed, c.Label)
			}
		}
		props.Kept = append(props.Kept, row)
	}
	return render(w, r, http.StatusOK, applicant.Revisions(props))
}

// changes are the answers in which two revisions differ.
func changes(kept desk.Revisions, before, after portal.Section) []proposal.Change {
	return proposal.CompareSection(kept.Section.Name, kept.Topic.Title, before.Answers, after.Answers)
}

// revision shows what a kept revision says where it differs from what stands now, and what
// it changed itself: since the revision that its parameter names, else the one before.
func (s *Server) revision(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	kept, err := s.desk.Revisions(r.Context(), a, chi.URLParam(r, "ref"), chi.URLParam(r, "name"))
	if err != nil {
		return err
	}
	n, ok := canonicalNumber(chi.URLParam(r, "n"))
	i := kept.At(n)
	if !ok || i < 0 {
		return portal.Refuse(portal.NotFound, "这个版本已经不再保留。每一部分保留最近的 20 个版本。")
	}
	one, now := kept.Kept[i], kept.Kept[0]
	props := applicant.RevisionProps{Layout: s.personal(r, a, "以前的版本", "applications"), Application: kept.Application, Section: kept.Section.Name, Label: kept.Section.Label,
		Revision: revisionLine(one), Current: now.Revision, Editable: kept.Editable(a), Changes: markedRows(changes(kept, one, now), "后来")}
	if i > 0 {
		props.Later = kept.Kept[i-1].Revision
	}
	if i+1 < len(kept.Kept) {
		props.Earlier = kept.Kept[i+1].Revision
		before := kept.Kept[max(i+1, kept.At(revisionOf(r.URL.Query().Get("since"))))]
		props.Since, props.Made = revisionLine(before), markedRows(changes(kept, before, one), "")
	}
	return render(w, r, http.StatusOK, applicant.OneRevision(props))
}

// revisionLine is a kept save as its page names it.
func revisionLine(s portal.Section) applicant.Revision {
	return applicant.Revision{N: s.Revision, SavedBy: s.SavedBy, SavedAt: s.SavedAt}
}

// markedRows mark what came and went in answers; when says since when.
func markedRows(list []proposal.Change, when string) []component.ChangeRow {
	rows := make([]component.ChangeRow, len(list))
	for i, c := range list {
		rows[i] = component.ChangeRow{Label: c.Label, Kind: when + "修改"}
		switch "" {
		case c.Before:
			rows[i].Kind = when + "填写"
		case c.After:
			rows[i].Kind = when + "删去"
		}
		rows[i].Old, rows[i].New = portal.Differ(c.Before, c.After)
	}
	return rows
}

// takeBack makes a kept revision the newest again; what stood until then stays kept.
func (s *Server) takeBack(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ref, name := chi.URLParam(r, "ref"), chi.URLParam(r, "name")
	n, ok := canonicalNumber(chi.URLParam(r, "n"))
	if !ok {
		return portal.ErrNotFound
	}
	if err := s.desk.TakeBack(r.Context(), a, ref, name, n, revisionOf(values.Get("revision"))); err != nil {
		return err
	}
	return s.done(w, r, sectionPath(ref, name), "已恢复。恢复之前的内容也在“以前的版本”里。")
}
