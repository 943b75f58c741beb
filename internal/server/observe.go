package server

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"softsci/internal/desk"
	"softsci/internal/portal"
)

// Line is what the access log says of one request.
type Line struct {
	At        time.Time
	Took      time.Duration
	Method    string
	Path      string // without the query, which may hold words a person searched for
	Status    int
	Bytes     int64
	Address   netip.Addr
	RequestID string
}

// requestIDs are a random word per process and a count: short enough to be read
// out on the telephone, and unique.
var requestIDs = struct {
	prefix string
	count  atomic.Uint64
}{prefix: rand.Text()[:6] + "-"}

func nextRequestID() string {
	return requestIDs.prefix + strconv.FormatUint(requestIDs.count.Add(1), 36)
}

type visitKey struct{}

// visitOf is what was noted when the request arrived.
func visitOf(r *http.Request) portal.Visit {
	v, _ := r.Context().Value(visitKey{}).(*portal.Visit)
	if v == nil {
		return portal.Visit{}
	}
	return *v
}

// peer is where a request came from when no proxy stands before the portal. It costs
// no context and so no copy of the request, unlike the middleware for proxies.
func peer(r *http.Request) netip.Addr {
	a, _ := netip.ParseAddrPort(r.RemoteAddr) // zero for what is no address
	return a.Addr().Unmap().WithZone("")
}

// observe notes when a request arrived, before its body is read, gives it an ID,
// guards against a panic and writes the access log.
func (s *Server) observe(address func(*http.Request) netip.Addr, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visit := &portal.Visit{Address: address(r), RequestID: nextRequestID(), Arrived: s.desk.Now()}
		began := time.Now()
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, visit))
		defer func() {
			if trouble := recover(); trouble != nil {
				s.panicked(rec, r, trouble)
			}
			if s.access != nil {
				s.access(Line{At: visit.Arrived, Took: time.Since(began), Method: r.Method, Path: loggedPath(r.URL), Status: rec.status,
					Bytes: rec.bytes, Address: visit.Address, RequestID: visit.RequestID})
			}
		}()
		secureHeaders(rec.Header(), s.secure)
		next.ServeHTTP(rec, r)
	})
}

// patient gives a request more time to arrive and to be answered than the server's own
// limits, for files over slow lines. Where those cannot be moved, the server's own hold.
func patient(w http.ResponseWriter, d time.Duration) {
	control, now := http.NewResponseController(w), time.Now()
	_ = control.SetReadDeadline(now.Add(d))
	_ = control.SetWriteDeadline(now.Add(d + time.Minute)) // counted from the request's beginning, not from its last byte
}

// loggedPath is the path of a request fit for a log: in its escaped form, which has
// no line breaks, and without the secret of a single-use link.
func loggedPath(u *url.URL) string {
	path := u.EscapedPath()
	for _, prefix := range []string{resetLink.path, inviteLink.path, confirmPath, desk.CalendarPath, desk.QuestionPath} {
		if strings.HasPrefix(path, prefix) {
			return prefix + "…"
		}
	}
	return path
}

func (s *Server) panicked(rec *recorder, r *http.Request, trouble any) {
	if trouble == http.ErrAbortHandler {
		panic(trouble) // net/http's own way to cut a connection
	}
	s.log.Error("panic", "request", visitOf(r).RequestID, "trouble", fmt.Sprint(trouble), "stack", string(debug.Stack()))
	if !rec.wrote {
		s.fail(rec, r, fmt.Errorf("panic: %v", trouble))
	}
}

// The headers of every answer: nothing is loaded from elsewhere, nothing inline
// runs, nobody frames us, and no address of a page leaks to other sites.
var (
	csp = []string{"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"}
	noSniff      = []string{"nosniff"}
	denyFrames   = []string{"DENY"}
	sameOrigin   = []string{"same-origin"}
	hsts         = []string{"max-age=31536000"}
	noPermission = []string{"camera=(), microphone=(), geolocation=(), payment=()"}
)

func secureHeaders(h http.Header, secure bool) {
	h["Content-Security-Policy"] = csp
	h["X-Content-Type-Options"] = noSniff
	h["X-Frame-Options"] = denyFrames
	h["Referrer-Policy"] = sameOrigin
	h["Cross-Origin-Opener-Policy"] = sameOrigin
	h["Permissions-Policy"] = noPermission
	if secure {
		h["Strict-Transport-Security"] = hsts
	}
}

// recorder remembers what became of the answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
	wrote  bool
}

func (w *recorder) WriteHeader(status int) {
	if !w.wrote {
		w.status, w.wrote = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	w.wrote = true
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
