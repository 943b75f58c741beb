package server

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/component"
	"softsci/web/page/account"
)

// keepable are the parts of the portal in which people type much; what is typed on
// the account's own pages holds passwords and is never kept.
var keepable = []string{"/applications/", "/desk/applications/", "/desk/questions", "/admin/"}

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
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return path.Dir(r.URL.Path), nil // a file is not kept; it is sent again from its page
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

// errKeptGone is what both the page and its button say of a post that is not there any
// more, and of one that is another account's.
var errKeptGone = portal.Refuse(portal.Expired, "这里保留的内容已经取回过，或者已经超过 24 小时。取回过的内容已按您当时的操作提交，可以在“我的申报”或“工作台”中核对。")

// stillKept makes every way in which a kept post can be missing the same refusal.
func stillKept(err error) error {
	if kind := portal.KindOf(err); kind == portal.NotFound || kind == portal.Expired {
		return errKeptGone
	}
	return err
}

// kept shows somebody who has signed in again what was typed before.
func (s *Server) kept(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	key := chi.URLParam(r, "key")
	post, err := s.desk.Kept(r.Context(), h, key)
	if err != nil {
		return stillKept(err)
	}
	values, err := url.ParseQuery(post.Body)
	if err != nil {
		return err
	}
	props := account.KeptProps{Layout: s.personal(r, h, "找回刚才的内容", ""), Action: "/kept/" + key}
	props.Place, props.Typed = s.typed(post.Path, values)
	return render(w, r, http.StatusOK, account.Kept(props))
}

// keptForms are the forms that can be kept besides the sections of an application, by
// the pattern of their route: what each is called, and its fields, nil for a button
// that stands alone.
var keptForms = map[string]struct {
	label  string
	fields func() *form.Form
}{
	"/applications/{ref}/sections/{name}/revisions/{n}": {"恢复以前的版本", nil},

	"/applications/{ref}/submission":                   {"检查并提交", nil},
	"/applications/{ref}/withdrawal":                   {"撤回申报书", withdrawFields},
	"/applications/{ref}/edit":                         {"撤回修改", nil},
	"/applications/{ref}/removal":                      {"删除草稿", nil},
	"/applications/{ref}/files/{kind}":                 {"上传附件", nil},
	"/applications/{ref}/files/{file}/removal":         {"删去附件", nil},
	"/applications/{ref}/guideline":                    {"确认指南更正", nil},
	"/applications/{ref}/copy":                         {"从以前的申报书复制", nil},
	"/applications/{ref}/renewal":                      {"复制到其他批次", nil},
	"/applications/{ref}/profile":                      {"存入我的资料", nil},
	"/applications/{ref}/people":                       {"邀请一起填写", writerFields},
	"/applications/{ref}/people/{account}/removal":     {"移出参与填写的人", nil},
	"/applications/{ref}/people/{account}/leadership":  {"移交负责人", passOnFields},
	"/applications/{ref}/departure":                    {"退出填写", nil},
	"/applications/{ref}/topic":                        {"改报选题", nil},
	"/desk/applications/{ref}/acceptance":              {"受理", nil},
	"/desk/applications/{ref}/return":                  {"退回修改", func() *form.Form { return returnFields("") }},
	"/desk/applications/{ref}/refusal":                 {"不予受理", declineFields},
	"/desk/applications/{ref}/recommendation":          {"评审意见", recommendFields},
	"/applications/{ref}/messages":                     {"与联系人沟通", messageFields},
	"/desk/applications/{ref}/messages":                {"与申报人沟通", messageFields},
	"/desk/questions":                                  {"电话答复", func() *form.Form { return callFields(nil) }},
	"/desk/questions/{ref}/answer":                     {"答复咨询", func() *form.Form { return answerFields(portal.Inquiry{}) }},
	"/desk/questions/{ref}/publication":                {"公开答复", func() *form.Form { return publishFields(portal.Inquiry{}) }},
	"/desk/questions/{ref}/publication/end":            {"撤回公开", nil},
	"/admin/questions/{ref}/answer":                    {"答复咨询", func() *form.Form { return answerFields(portal.Inquiry{}) }},
	"/admin/questions/{ref}/publication":               {"公开答复", func() *form.Form { return publishFields(portal.Inquiry{}) }},
	"/admin/questions/{ref}/publication/end":           {"撤回公开", nil},
	"/admin/workdays":                                  {"工作日历", workdayFields},
	"/admin/workdays/removal":                          {"删去工作日历中的几天", nil},
	"/desk/applications/{ref}/handler":                 {"转给同事", func() *form.Form { return passFields(nil) }},
	"/desk/applications/{ref}/handler/end":             {"收回", nil},
	"/desk/applications/{ref}/recusal":                 {"申请回避", recuseFields},
	"/desk/applications/{ref}/denial":                  {"说明不是同一人", denyFields},
	"/admin/batches/{slug}/publication":                {"发布指南", func() *form.Form { return publicationFields(false) }},
	"/admin/batches/{slug}/extension":                  {"延长截止时间", extendFields},
	"/admin/batches/{slug}/extensions":                 {"个别延期", grantExtensionFields},
	"/admin/batches/{slug}/extensions/{id}/end":        {"取消个别延期", nil},
	"/admin/batches/{slug}/topics/{ordinal}/contact":   {"移交选题", func() *form.Form { return handOverFields(nil) }},
	"/admin/applications/{ref}/handler":                {"另行指定办理人", func() *form.Form { return nameFields(nil) }},
	"/admin/recusals/{id}/lifting":                     {"解除回避", liftFields},
	"/admin/accounts/{ref}/deputies":                   {"安排代办人", func() *form.Form { return deputyFields(nil) }},
	"/admin/accounts/{ref}/deputies/{id}/end":          {"终止代办", nil},
	"/admin/applications/{ref}/decisions/{act}":        {"决定", func() *form.Form { return decideFields(true) }},
	"/admin/batches/{slug}/settings":                   {"批次设置", func() *form.Form { return settingsForm(settingsGroups(portal.Batch{})) }},
	"/admin/batches/{slug}/draft/topics/{key}":         {"选题", func() *form.Form { return topicFields(portal.Topic{}) }},
	"/admin/imports":                                   {"从文件新建批次", nil},
	"/admin/batches/{slug}/draft/topics":               {"添加选题", nil},
	"/admin/batches/{slug}/draft/topics/{key}/move":    {"移动选题", nil},
	"/admin/batches/{slug}/draft/topics/{key}/merge":   {"合并选题", nil},
	"/admin/batches/{slug}/draft/topics/{key}/removal": {"去掉选题", nil},
	"/admin/batches/{slug}/draft/topics/{key}/split":   {"拆分选题", nil},
	"/admin/batches/{slug}/draft/confirmations":        {"核对存疑之处", nil},
	"/admin/batches/{slug}/draft/removal":              {"删除底稿", nil},
	"/admin/batches/{slug}/unpublication":              {"撤下指南", nil},
	"/admin/batches/{slug}/correction":                 {"更正指南", nil},
	"/admin/batches/{slug}/copy":                       {"复制批次", nil},
	"/admin/batches/{slug}/archive":                    {"归档批次", nil},
	"/admin/people/{id}/invitation":                    {"邀请通讯录中的人", func() *form.Form { return invitePersonFields("") }},
	"/admin/people":                                    {"通讯录", personFields},
	"/admin/people/{id}":                               {"通讯录", personFields},
	"/admin/invitations":                               {"邀请账号", inviteFields},
	"/admin/accounts/{ref}/memberships":                {"授予角色", grantFields},
	"/admin/accounts/{ref}/memberships/{id}/end":       {"收回角色", nil},
}

// sectionPattern is the route of the sections, whose forms are those of the proposal.
const sectionPattern = "/applications/{ref}/sections/{name}"

// typed is a kept post in words: where it was written, and what stood in which field.
// What a page carries along unseen is left out, and so is what was left empty.
func (s *Server) typed(path string, values url.Values) (place string, answers []component.Answer) {
	route := chi.NewRouteContext()
	s.mux.Match(route, http.MethodPost, path)
	pattern := route.RoutePattern()
	if pattern == sectionPattern {
		return sectionTyped(route.URLParam("name"), component.Chosen(values))
	}
	known := keptForms[pattern]
	if known.fields == nil {
		return known.label, nil
	}
	f := known.fields()
	f.Fill(values)
	return known.label, filledIn(proposal.Answers(f))
}

// sectionTyped is what was written in a section. A field is known whatever the batch
// and the topic, whose rules do not matter here.
func sectionTyped(name string, values url.Values) (label string, answers []component.Answer) {
	written := form.Written(values)
	written["rows"] += "" // the first part is there, also when nothing stands in it
	read := proposal.ReadFrozen(portal.Frozen{Sections: []portal.FrozenSection{{Name: name, Answers: written}}})[0]
	return read.Label, filledIn(slices.DeleteFunc(read.Answers, func(a proposal.Answer) bool { return a.Label == a.Field }))
}

// filledIn leaves out what was left empty, except in a row, whose columns stay.
func filledIn(answers []proposal.Answer) []component.Answer {
	return shown(slices.DeleteFunc(answers, func(a proposal.Answer) bool { return a.Row == "" && strings.TrimSpace(a.Value) == "" }))
}

// repeat takes the kept post and does what it asked for, once, as if it came now.
func (s *Server) repeat(w http.ResponseWriter, r *http.Request, h portal.Holder) error {
	post, err := s.desk.TakeKept(r.Context(), h, chi.URLParam(r, "key"))
	if err != nil {
		return stillKept(err)
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
