package server

import (
	"context"
	"errors"
	"net/http"

	"softsci/internal/portal"
	"softsci/web/layout"
	"softsci/web/page/public"
)

// answer is how a kind of refusal looks from outside.
type answer struct {
	status  int
	heading string
}

var answers = map[portal.Kind]answer{
	portal.NotFound: {http.StatusNotFound, "没有找到这个页面"},
	portal.NotNow:   {http.StatusConflict, "现在不能这样做"},
	portal.Invalid:  {http.StatusUnprocessableEntity, "提交的内容有误"},
	portal.Conflict: {http.StatusConflict, "内容刚刚被改动过"},
	portal.TooLarge: {http.StatusRequestEntityTooLarge, "提交的内容太大"},
	portal.TooMany:  {http.StatusTooManyRequests, "操作太频繁"},
	portal.Withheld: {http.StatusForbidden, "须回避"},
	portal.Expired:  {http.StatusGone, "链接已失效"},
}

var internal = answer{http.StatusInternalServerError, "系统暂时出了问题"}

const internalMessage = "您的操作没有完成，已填写并保存过的内容不受影响。请稍后再试；如果仍然不行，请把下面的编号告诉主办单位。"

// fail answers with the one page for all refusals. What went wrong inside is
// logged under the request's ID and never shown.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.failIn(w, r, s.layout(r, "", ""), err)
}

// failIn is fail in a frame that may know who is signed in.
func (s *Server) failIn(w http.ResponseWriter, r *http.Request, frame layout.Props, err error) {
	var refusal *portal.Error
	shown, message := internal, internalMessage
	if errors.As(err, &refusal) {
		shown, message = answers[refusal.Kind], refusal.Message
	} else if !errors.Is(err, context.Canceled) {
		s.log.Error("request failed", "request", visitOf(r).RequestID, "method", r.Method, "path", loggedPath(r.URL), "error", err)
	}
	s.showError(w, r, frame, shown, message)
}

func (s *Server) showError(w http.ResponseWriter, r *http.Request, l layout.Props, shown answer, message string) {
	h := w.Header()
	h["Cache-Control"] = noStore
	h.Del("ETag")
	if wantsJSON(r) {
		if err := answerJSON(w, shown.status, saved{Message: message}); err != nil {
			s.log.Error("error in JSON", "request", visitOf(r).RequestID, "error", err)
		}
		return
	}
	id := ""
	if shown.status >= http.StatusInternalServerError {
		id = visitOf(r).RequestID
	}
	l.Title, l.Error, l.NoIndex = shown.heading, true, true
	page := public.Error(public.ErrorProps{Layout: l, Status: shown.status, Heading: shown.heading, Message: message, RequestID: id, Back: "/"})
	if err := render(w, r, shown.status, page); err != nil {
		s.log.Error("error page", "request", visitOf(r).RequestID, "error", err)
	}
}

func (s *Server) notFound(http.ResponseWriter, *http.Request, portal.Visitor) error {
	return portal.Refuse(portal.NotFound, "地址可能输错了，或者页面已经移走。可以搜索指南，或从首页重新开始。")
}

func (s *Server) wrongMethod(w http.ResponseWriter, r *http.Request, _ portal.Visitor) error {
	s.showError(w, r, s.layout(r, "", ""), answer{http.StatusMethodNotAllowed, "这个地址不能这样使用"}, "请从首页重新开始。")
	return nil
}

// denyForeign answers a post that another site sent in a visitor's name.
func (s *Server) denyForeign(w http.ResponseWriter, r *http.Request) {
	s.showError(w, r, s.layout(r, "", ""), answer{http.StatusForbidden, "请求被拒绝"}, "这个请求来自另一个网站。为保护您的账号，系统没有执行它。请在本站页面上重新操作。")
}
