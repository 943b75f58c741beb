package server

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"softsci/internal/portal"
	"softsci/web/page/account"
)

// keepable are the parts of the portal in which people type much; what is typed on
// the account's own pages holds passwords and is never kept.
var keepable = []string{"/applications/", "/desk/applications/", "/admin/"}

// keep keeps a post that came with an ended session and returns the address at which
// its account finds it, "" when it is not kept.
func (s *Server) keep(r *http.Request) (string, error) {
	if !slices.ContainsFunc(keepable, func(prefix string) bool { return strings.HasPrefix(r.URL.Path, prefix) }) {
		return "", nil
	}
	session := s.auth.Ended(r)
	if session == "" {
		return "", nil
	}
	values, err := posted(r)
	if err != nil {
		return "", err
	}
	key, err := s.desk.Keep(r.Context(), s.auth.Visitor(visitOf(r)), session, r.URL.Path, values.Encode())
	if err != nil || key == "" {
		return "", err
	}
	return "/kept/" + key, nil
}

// kept shows somebody who has signed in again what was typed before.
func (s *Server) kept(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	key := chi.URLParam(r, "key")
	post, err := s.desk.Kept(r.Context(), h, key)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(post.Body)
	if err != nil {
		return err
	}
	var typed []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name == "rows" || name == "pledge" || strings.HasPrefix(name, "revision") {
			continue // what the page carries along, nobody typed
		}
		for _, text := range values[name] {
			if strings.TrimSpace(text) != "" {
				typed = append(typed, text)
			}
		}
	}
	return render(w, r, http.StatusOK, account.Kept(account.KeptProps{Layout: s.personal(r, h, "找回刚才的内容", ""), Typed: typed, Action: "/kept/" + key}))
}

// repeat takes the kept post and does what it asked for, once, as if it came now.
func (s *Server) repeat(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	post, err := s.desk.TakeKept(r.Context(), h, chi.URLParam(r, "key"))
	if err != nil {
		return err
	}
	again := r.Clone(context.WithValue(r.Context(), chi.RouteCtxKey, (*chi.Context)(nil))) // a route of its own
	again.URL = &url.URL{Path: post.Path}
	again.RequestURI = post.Path
	again.Form, again.PostForm = nil, nil
	again.Body = io.NopCloser(strings.NewReader(post.Body))
	again.ContentLength = int64(len(post.Body))
	s.mux.ServeHTTP(w, again)
	return nil
}
