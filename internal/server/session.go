package server

import (
	"net/http"
	"time"

	"softsci/internal/portal"
	"softsci/web/page/account"
)

// lasting is what a page is told of its session.
type lasting struct {
	Left    int    `json:"left"` // seconds
	Account string `json:"account"`
}

// left is how long the request's session lasts if nobody does anything more, in
// seconds; 0 for one that has just begun.
func (s *Server) left(r *http.Request) int {
	return int(max(0, s.auth.Ends(r.Context()).Sub(visitOf(r).Arrived)) / time.Second)
}

// session tells a page how long its session lasts. A person comes here after signing in
// once more beside a page that waits for it.
func (s *Server) session(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	if wantsJSON(r) {
		return answerJSON(w, http.StatusOK, lasting{s.left(r), h.Standing().Ref})
	}
	return render(w, r, http.StatusOK, account.Message(account.MessageProps{Layout: s.personal(r, h, "已经登录", "account"), Heading: "已经登录",
		Paragraphs: []string{"请关闭这一页，回到刚才填写的页面，那里的内容会接着保存。"}, Link: "/account", LinkText: "我的账号"}))
}

// prolong is a sign of life that somebody gives by pressing a button.
func (s *Server) prolong(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	if wantsJSON(r) {
		return answerJSON(w, http.StatusOK, lasting{s.left(r), h.Standing().Ref})
	}
	return s.done(w, r, "/account", "登录已经延长。")
}
