package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/web/page/applicant"
)

// openTopics lists what can be applied to now, for this applicant.
func (s *Server) openTopics(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	topics, err := s.desk.OpenTopics(r.Context(), a)
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, applicant.Topics(applicant.TopicsProps{Layout: s.personal(r, a, "现在可以申报的题目", "applications"), Heading: "现在可以申报的题目",
		Lead: "按“申报此题”新建一份申报书；填写可以分多次完成，截止前都能修改。", Back: "/applications", Origin: "我的申报", Batches: byBatch(topics), URL: "/applications", Button: "申报此题"}))
}

// byBatch groups topics, which come batch by batch.
func byBatch(topics []desk.FoundTopic) []applicant.OpenBatch {
	var list []applicant.OpenBatch
	for _, t := range topics {
		if n := len(list); n == 0 || list[n-1].Slug != t.BatchSlug {
			list = append(list, applicant.OpenBatch{Slug: t.BatchSlug, Title: t.BatchTitle})
		}
		last := &list[len(list)-1]
		last.Topics = append(last.Topics, t.Topic)
	}
	return list
}

func (s *Server) earlier(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	app, list, err := s.desk.Earlier(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, applicant.Earlier(applicant.EarlierProps{Layout: s.personal(r, a, "从以前的申报书复制", "applications"), Now: a.Arrived(), Application: app, Earlier: list}))
}

func (s *Server) copyFrom(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ref := chi.URLParam(r, "ref")
	if err := s.desk.CopyFrom(r.Context(), a, ref, values.Get("from")); err != nil {
		return err
	}
	return s.done(w, r, applicationPath(ref), copiedNotice)
}

const copiedNotice = "内容已复制。请逐项核对，并重新上传附件。"

// renewForm asks to which topic the answers are to be taken.
func (s *Server) renewForm(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	app, topics, err := s.desk.Renewal(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	ref := app.Ref
	return render(w, r, http.StatusOK, applicant.Topics(applicant.TopicsProps{Layout: s.personal(r, a, "复制到其他批次", "applications"), Heading: "复制到其他批次",
		Lead: "选择一个正在受理的题目。系统新建一份申报书并复制填写的内容；由选题规定的项目名称、起止年月、成果名称和完成时间以新题目为准，附件请重新上传。",
		Back: applicationPath(ref), Origin: about(app), Batches: byBatch(topics), URL: applicationPath(ref) + "/renewal", Button: "复制到此题"}))
}

func (s *Server) renew(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ordinal, ok := canonicalNumber(values.Get("topic"))
	if !ok {
		return portal.ErrNotFound
	}
	ref, err := s.desk.Renew(r.Context(), a, chi.URLParam(r, "ref"), values.Get("batch"), ordinal)
	if err != nil {
		return err
	}
	return s.done(w, r, applicationPath(ref), copiedNotice)
}
