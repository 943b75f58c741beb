package server

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// keepProfile takes the unit's and the leader's data of an application into the account,
// and leads back to where that was offered.
func (s *Server) keepProfile(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ref, section := chi.URLParam(r, "ref"), values.Get("section")
	if err := s.desk.KeepProfile(r.Context(), a, ref); err != nil {
		return err
	}
	to := applicationPath(ref)
	if slices.ContainsFunc(proposal.Parts(), func(p proposal.Part) bool { return p.Name == section }) {
		to = sectionPath(ref, section)
	}
	return s.done(w, r, to, "已存入“我的资料”，下次申报自动带出。")
}
