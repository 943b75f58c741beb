package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/version"
)

func (s *Server) compareOwn(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	d, err := s.desk.OwnDossier(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	return showComparison(w, r, s.personal(r, a, "对比 "+d.Application.Number, layout.NavApplications), d, applicationPath(d.Application.Ref))
}

func (s *Server) compare(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	d, err := s.desk.Dossier(r.Context(), c, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	return showComparison(w, r, s.personal(r, c, "对比 "+d.Application.Number, layout.NavDesk), d, dossierPath(d.Application.Ref))
}

func (s *Server) officeCompare(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	d, err := s.desk.OfficeDossier(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	return showComparison(w, r, s.personal(r, a, "对比 "+d.Application.Number, layout.NavAdmin), d, "/admin"+applicationPath(d.Application.Ref))
}

// showComparison sets the version that the address names beside the later one that its
// parameter with does, else the standing one. The application's page is at the path.
func showComparison(w http.ResponseWriter, r *http.Request, l layout.Props, d desk.Dossier, path string) error {
	n, ok := canonicalNumber(chi.URLParam(r, "n"))
	later := d.Version.N
	if word := r.URL.Query().Get("with"); word != "" {
		later, _ = canonicalNumber(word) // what is no number is no version
	}
	if !ok || n >= later {
		return portal.ErrNotFound
	}
	old, before, err := d.At(n)
	if err != nil {
		return err
	}
	fresh, after, err := d.At(later)
	if err != nil {
		return err
	}
	props := version.CompareProps{Layout: l, Application: d.Application, Old: old, New: fresh, Back: path,
		Files: portal.CompareFiles(before.Attachments, after.Attachments), Earlier: pair(path, n-1, n), Later: pair(path, later, later+1)}
	if later == d.Version.N {
		props.Later = nil
	}
	for _, section := range proposal.Compare(before, after) {
		compared := version.Compared{Name: section.Name, Label: section.Label}
		for _, change := range section.Changes {
			was, is := portal.Differ(change.Before, change.After)
			compared.Rows = append(compared.Rows, version.ComparedRow{Label: change.Label, Old: was, New: is})
		}
		props.Sections = append(props.Sections, compared)
	}
	return render(w, r, http.StatusOK, version.Compare(props))
}

// pairPath is where two versions of the application at the path are compared.
func pairPath(path string, n, later int) string {
	return path + "/versions/" + itoa(n) + "?with=" + itoa(later)
}

// pair leads to the comparison of two versions, nil where there is no version before the
// first.
func pair(path string, n, later int) *component.Neighbour {
	if n == 0 {
		return nil
	}
	return &component.Neighbour{URL: pairPath(path, n, later), Kicker: "其他两次", Text: "第 " + itoa(n) + " 次与第 " + itoa(later) + " 次"}
}
