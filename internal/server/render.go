package server

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"softsci/internal/portal"
	"softsci/web/layout"
)

const htmlType = "text/html; charset=utf-8"

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render makes the whole page before the first byte is sent, so that a failure
// still becomes an error page.
func render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer buffers.Put(buf)
	if err := page.Render(r.Context(), buf); err != nil {
		return err
	}
	w.Header().Set("Content-Type", htmlType)
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, _ = w.Write(buf.Bytes()) // the reader has gone away: nobody is left to tell
	return nil
}

// layout is the frame of a page that knows nobody.
func (s *Server) layout(r *http.Request, title, nav string) layout.Props {
	return layout.Props{Site: s.site, Display: displayOf(r), Title: title, Nav: nav, Path: r.URL.RequestURI()}
}

// personal is the frame of a signed-in person's page.
func (s *Server) personal(r *http.Request, a interface{ Standing() portal.Standing }, title, nav string) layout.Props {
	l := s.layout(r, title, nav)
	st := a.Standing()
	l.Who = &layout.Who{Ref: st.Ref, Left: s.left(r), Name: st.Name, Contact: st.Has(portal.RoleContact), Admin: st.Has(portal.RoleAdmin), Unconfirmed: !st.Confirmed}
	l.NoIndex = true
	l.Notice = s.auth.TakeNotice(r.Context())
	return l
}

// done keeps a sentence for the next page and leads there (303).
func (s *Server) done(w http.ResponseWriter, r *http.Request, to, notice string) error {
	if notice != "" {
		s.auth.Notice(r.Context(), notice)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// formLimit bounds a posted form: an application's prose is 8,000 characters, 24 KB.
const formLimit = 256 << 10

// readForm reads a posted form once. Too long a body is TooLarge, a broken one Invalid.
func readForm(r *http.Request) error {
	if r.PostForm != nil {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return portal.Refuse(portal.Invalid, "这个请求不是本站表单送出的，系统没有接收。请在本站页面上重新操作。")
	}
	r.Body = http.MaxBytesReader(nil, r.Body, formLimit)
	err := r.ParseForm()
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return portal.Refuse(portal.TooLarge, "提交的内容超过 256 KB，系统没有接收。请缩短后再提交；浏览器的“后退”可以回到刚才填写的内容。")
	case err != nil:
		return &portal.Error{Kind: portal.Invalid, Message: "浏览器送来的表单不完整或编码有误，系统没有接收。请用浏览器的“后退”回到刚才的页面再提交一次。", Reason: err}
	}
	return nil
}

// posted reads the form of a request and returns its values.
func posted(r *http.Request) (url.Values, error) {
	err := readForm(r)
	return r.PostForm, err
}

const displayCookie = "display"

// displayOf reads the one preference that public pages depend on.
func displayOf(r *http.Request) layout.Display {
	c, err := r.Cookie(displayCookie)
	if err != nil {
		return layout.Display{}
	}
	return layout.Display{Large: strings.Contains(c.Value, "large"), Contrast: strings.Contains(c.Value, "contrast")}
}

// shorten cuts a text to n characters for a description.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
