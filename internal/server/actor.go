package server

import (
	"net/http"
	"net/url"

	"softsci/internal/portal"
)

// asVisitor mounts a handler that knows nobody and needs no session.
func (s *Server) asVisitor(h func(http.ResponseWriter, *http.Request, portal.Visitor) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r, s.auth.Visitor(visitOf(r))); err != nil {
			s.fail(w, r, err)
		}
	})
}

// asGuest mounts a handler that knows nobody yet but may sign somebody in.
func (s *Server) asGuest(h func(http.ResponseWriter, *http.Request, portal.Visitor) error) http.Handler {
	return s.private(s.asVisitor(h))
}

// private surrounds what is made for one person: a session, no storing, compression.
func (s *Server) private(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Cache-Control"] = noStore
		compress(s.auth.Wrap(h, s.fail)).ServeHTTP(w, r)
	})
}

var noStore = []string{"no-store"}

// asHolder mounts a handler for any signed-in account. Who is not signed in is
// asked to, and comes back to the page afterwards; a script is told so, and what it
// sent stays in its page.
func (s *Server) asHolder(h func(http.ResponseWriter, *http.Request, portal.Holder) error) http.Handler {
	return s.private(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		holder, ok, err := s.auth.Holder(r.Context(), visitOf(r))
		switch {
		case err != nil:
			s.fail(w, r, err)
		case !ok && wantsJSON(r):
			s.showError(w, r, s.layout(r, "", ""), answer{http.StatusUnauthorized, ""}, "登录已经结束。")
		case !ok:
			to, err := s.signInFor(r)
			if err != nil {
				s.fail(w, r, err)
				return
			}
			http.Redirect(w, r, to, http.StatusSeeOther)
		default:
			if err := h(w, r, holder); err != nil {
				s.failIn(w, r, s.personal(r, holder, "", ""), err)
			}
		}
	}))
}

// asApplicant mounts a handler for applicants; for others the page does not exist.
func (s *Server) asApplicant(h func(http.ResponseWriter, *http.Request, portal.Applicant) error) http.Handler {
	return asRole(s, portal.RoleApplicant, s.auth.Applicant, h)
}

// asContact mounts a handler for contacts; for others the page does not exist.
func (s *Server) asContact(h func(http.ResponseWriter, *http.Request, portal.Contact) error) http.Handler {
	return asRole(s, portal.RoleContact, s.auth.Contact, h)
}

// asAdmin mounts a handler for administrators; for others the page does not exist.
func (s *Server) asAdmin(h func(http.ResponseWriter, *http.Request, portal.Admin) error) http.Handler {
	return asRole(s, portal.RoleAdmin, s.auth.Admin, h)
}

func asRole[A portal.Actor](s *Server, role portal.Role, as func(portal.Holder) (A, bool), h func(http.ResponseWriter, *http.Request, A) error) http.Handler {
	return s.asHolder(func(w http.ResponseWriter, r *http.Request, holder portal.Holder) error {
		actor, ok := as(holder)
		if !ok {
			return portal.Refuse(portal.NotFound, "这一部分供"+role.Label()+"使用，您登录的账号没有这项权限。如果您应当有，请联系主办单位的管理员。")
		}
		return h(w, r, actor)
	})
}

// signInFor is the sign-in page that leads back to what was asked for. What was
// posted without a session cannot be repeated by a link, except the one click that
// begins an application: that is carried along and done once somebody is known. What
// came with a session that had just ended is kept for its account.
func (s *Server) signInFor(r *http.Request) (string, error) {
	q := url.Values{}
	switch {
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		q.Set("next", r.URL.RequestURI())
	case r.URL.Path == "/applications" && readForm(r) == nil:
		q.Set("batch", r.PostForm.Get("batch"))
		q.Set("topic", r.PostForm.Get("topic"))
	default:
		kept, err := s.keep(r)
		if err != nil {
			return "", err
		}
		if q.Set("ended", "1"); kept != "" {
			q.Set("next", kept)
		}
	}
	return "/sign-in?" + q.Encode(), nil
}

// next is where a person goes after signing in: a page of this portal and no other.
func next(value string) string {
	if value = local(value); value != "/" {
		return value
	}
	return "/applications"
}

// local is the value if it is a path of this portal, else the front page. A
// browser reads “//host” and “/\host” as another site.
func local(value string) string {
	u, err := url.Parse(value)
	if err != nil || u.IsAbs() || u.Host != "" || len(value) < 1 || value[0] != '/' || len(value) > 1 && (value[1] == '/' || value[1] == '\\') {
		return "/"
	}
	return value
}
