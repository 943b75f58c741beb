package server

import (
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/admin"
	"softsci/web/page/contact"
	"softsci/web/page/public"
)

// The forms of a question and of its answer.

func askFields() *form.Form {
	name, email := nameField(), emailField("邮箱")
	name.Hint, email.Hint, email.Autocomplete = "怎样称呼您", "答复寄到这里", "email"
	return form.New(name, email, &form.Field{Name: "question", Label: "问题", Kind: form.Prose, Rows: 6,
		Rules: []form.Rule{form.Max(portal.QuestionMax)}})
}

// reach is whom an answer is for.
const (
	reachAsker  = "private"
	reachPublic = "public"
)

func answerField() *form.Field {
	return &form.Field{Name: "answer", Label: "答复内容", Kind: form.Prose, Rules: []form.Rule{form.Max(portal.AnswerMax)}}
}

func publicQuestionField(q portal.Inquiry) *form.Field {
	return &form.Field{Name: "public_question", Label: "公开的问题", Kind: form.Prose, Rows: 4, Value: q.Question,
		Hint: "公开时用；可以缩短，并去掉能认出提问人的内容", Rules: []form.Rule{form.Max(portal.QuestionMax)}}
}

// answerFields answer a question; the words that the public reads are asked for only where
// it reads them.
func answerFields(q portal.Inquiry) *form.Form {
	question := publicQuestionField(q)
	question.Optional = true
	f := form.New(answerField(), &form.Field{Name: "reach", Label: "答复方式", Kind: form.Choice, Options: []form.Option{
		{Value: reachAsker, Label: "仅答复提问人"}, {Value: reachPublic, Label: "答复并公开", Hint: "显示在选题页面，不含提问人的姓名和邮箱；申报本题的人会收到邮件"}}}, question)
	f.Cross = func(f *form.Form) {
		if f.Value("reach") == reachPublic && f.Get("public_question").Empty() {
			f.Fail("public_question", "公开答复时，请填写公开的问题")
		}
	}
	return f
}

// publishFields are the words in which everybody reads an answer.
func publishFields(q portal.Inquiry) *form.Form {
	f := form.New(publicQuestionField(q), answerField())
	f.Get("answer").Label, f.Get("answer").Value = "公开的答复", q.Answer
	if q.Public != nil {
		f.Load(map[string]string{"public_question": q.Public.Question, "answer": q.Public.Answer})
	}
	return f
}

// callFields note what was answered on the telephone about one of the topics.
func callFields(topics []desk.FoundTopic) *form.Form {
	topic := &form.Field{Name: "topic", Label: "选题", Kind: form.Choice}
	for _, t := range topics {
		topic.Options = append(topic.Options, form.Option{Value: strconv.FormatInt(t.ID, 10),
			Label: "指南 " + itoa(t.Ordinal) + "：" + t.Title + "（" + t.BatchSlug + "）"})
	}
	if len(topics) == 1 {
		topic.Value = topic.Options[0].Value
	}
	question := &form.Field{Name: "question", Label: "问题", Kind: form.Prose, Rows: 4, Rules: []form.Rule{form.Max(portal.QuestionMax)}}
	return form.New(topic, question, answerField(), &form.Field{Name: "reach", Label: "是否公开", Kind: form.Choice, Options: []form.Option{
		{Value: reachAsker, Label: "只留存"}, {Value: reachPublic, Label: "公开", Hint: "显示在选题页面；申报本题的人会收到邮件"}}})
}

// For everybody.

func questionsPath(slug string, ordinal int) string {
	return "/batches/" + slug + "/topics/" + itoa(ordinal) + "/questions"
}

// askedTopic is the topic of the address, which can be asked about.
func (s *Server) askedTopic(r *http.Request, v portal.Visitor) (desk.FoundTopic, error) {
	ordinal, ok := canonicalNumber(chi.URLParam(r, "ordinal"))
	if !ok {
		return desk.FoundTopic{}, portal.ErrNotFound
	}
	return s.desk.AskedTopic(r.Context(), v, chi.URLParam(r, "slug"), ordinal)
}

func asked(t desk.FoundTopic) public.AskedTopic {
	return public.AskedTopic{Slug: t.BatchSlug, Ordinal: t.Ordinal, Title: t.Title}
}

func (s *Server) askForm(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	topic, err := s.askedTopic(r, v)
	if err != nil {
		return err
	}
	return s.showAsk(w, r, http.StatusOK, public.AskProps{Topic: asked(topic), Form: askFields(), Sent: r.URL.Query().Get("sent") != ""})
}

func (s *Server) showAsk(w http.ResponseWriter, r *http.Request, status int, p public.AskProps) error {
	w.Header()["Cache-Control"] = noStore
	p.Layout = s.layout(r, "提问", layout.NavGuidelines)
	p.Layout.NoIndex, p.Layout.Error = true, status != http.StatusOK
	return render(w, r, status, public.Ask(p))
}

// ask shows what was answered to the like first; the button under it asks.
func (s *Server) ask(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	topic, err := s.askedTopic(r, v)
	if err != nil {
		return err
	}
	values, err := posted(r)
	if err != nil {
		return err
	}
	p := public.AskProps{Topic: asked(topic), Form: askFields()}
	p.Form.Fill(values)
	switch {
	case !p.Form.Check():
		return s.showAsk(w, r, http.StatusUnprocessableEntity, p)
	case values.Get("edit") != "":
		return s.showAsk(w, r, http.StatusOK, p)
	case values.Get("confirm") != "":
		return s.askNow(w, r, v, topic, p)
	}
	if p.Like, err = s.desk.LikeAnswers(r.Context(), v, topic.BatchSlug, topic.Ordinal, p.Form.Value("question")); err != nil {
		return err
	}
	if len(p.Like) > 0 {
		return s.showAsk(w, r, http.StatusOK, p)
	}
	return s.askNow(w, r, v, topic, p)
}

func (s *Server) askNow(w http.ResponseWriter, r *http.Request, v portal.Visitor, topic desk.FoundTopic, p public.AskProps) error {
	err := s.desk.Ask(r.Context(), v, topic, desk.Question{Name: p.Form.Value("name"), Email: email(p.Form), Text: p.Form.Value("question")})
	if status, ok := refused(p.Form, err); ok {
		return s.showAsk(w, r, status, p)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, questionsPath(topic.BatchSlug, topic.Ordinal)+"/new?sent=yes", http.StatusSeeOther)
	return nil
}

func (s *Server) showConfirmation(w http.ResponseWriter, r *http.Request, q portal.Inquiry) error {
	w.Header()["Cache-Control"] = noStore
	l := s.layout(r, "确认提问", layout.NavGuidelines)
	l.NoIndex = true
	topic := public.AskedTopic{Slug: q.BatchSlug, Ordinal: q.Ordinal, Title: q.TopicTitle}
	return render(w, r, http.StatusOK, public.ConfirmQuestion(public.ConfirmQuestionProps{Layout: l, Topic: topic, Action: r.URL.Path,
		Email: q.Email, Question: q.Question, DueAt: q.DueAt}))
}

func (s *Server) confirmQuestionForm(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	q, err := s.desk.WaitingQuestion(r.Context(), v, chi.URLParam(r, "token"))
	if err != nil {
		return err
	}
	return s.showConfirmation(w, r, q)
}

func (s *Server) confirmQuestion(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	q, err := s.desk.ConfirmQuestion(r.Context(), v, chi.URLParam(r, "token"))
	if err != nil {
		return err
	}
	return s.showConfirmation(w, r, q)
}

// answersOf are the public answers on the topic of the address.
func (s *Server) answersOf(r *http.Request, v portal.Visitor) (desk.Answers, error) {
	ordinal, ok := canonicalNumber(chi.URLParam(r, "ordinal"))
	if !ok {
		return desk.Answers{}, portal.ErrNotFound
	}
	return s.desk.Answers(r.Context(), v, chi.URLParam(r, "slug"), ordinal, before(r))
}

func (s *Server) publicAnswers(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	a, err := s.answersOf(r, v)
	if err != nil {
		return err
	}
	w.Header()["Cache-Control"] = noStore
	return render(w, r, http.StatusOK, public.Answers(public.AnswersProps{Layout: s.layout(r, "咨询与答复："+a.Topic.Title, layout.NavGuidelines),
		Topic: asked(a.Topic), Retired: a.Topic.Retired, Answers: a.Answers, Next: older(r, a.Next)}))
}

// answersFeed is the newest public answers on a topic.
func (s *Server) answersFeed(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	a, err := s.answersOf(r, v)
	if err != nil {
		return err
	}
	page := s.site.URL + questionsPath(a.Topic.BatchSlug, a.Topic.Ordinal)
	feed := s.newFeed(page, page+".atom", "咨询与答复："+a.Topic.Title)
	for _, one := range a.Answers {
		feed.add(one.ChangedAt, atomEntry{ID: page + "#q-" + one.Ref, Title: shorten(one.Question, 80),
			Link: atomLink{"alternate", page + "#q-" + one.Ref}, Summary: one.Answer})
	}
	return writeXML(w, atomType, feed)
}

// For those who answer.

// answerer is a contact or an administrator.
type answerer interface {
	portal.Actor
	Standing() portal.Standing
	Arrived() time.Time
}

// answerRoom is where questions are answered: the desk, for one's own topics, or the office.
type answerRoom struct {
	root, nav string
	views     []component.InquiryView // the first is what is to be done
	list      func(layout.Props, component.InquiriesProps) templ.Component
	file      func(layout.Props, component.InquiryProps) templ.Component
	handsOver bool
}

var (
	viewWaiting  = component.InquiryView{ID: portal.InquiriesWaiting, Label: "待答复"}
	viewOverdue  = component.InquiryView{ID: portal.InquiriesOverdue, Label: "超期未答复"}
	viewAnswered = component.InquiryView{ID: portal.InquiriesAnswered, Label: "已答复"}
	viewAll      = component.InquiryView{ID: portal.InquiriesAll, Label: "全部"}
)

var deskRoom = answerRoom{root: "/desk/questions", nav: layout.NavDesk, views: []component.InquiryView{viewWaiting, viewAnswered, viewAll},
	list: func(l layout.Props, p component.InquiriesProps) templ.Component {
		return contact.Questions(contact.QuestionsProps{Layout: l, List: p})
	},
	file: func(l layout.Props, p component.InquiryProps) templ.Component {
		return contact.Question(contact.QuestionProps{Layout: l, File: p})
	}}

var officeRoom = answerRoom{root: "/admin/questions", nav: layout.NavAdmin,
	views: []component.InquiryView{viewOverdue, viewWaiting, viewAnswered, viewAll}, handsOver: true,
	list: func(l layout.Props, p component.InquiriesProps) templ.Component {
		return admin.Questions(admin.QuestionsProps{Layout: l, List: p})
	},
	file: func(l layout.Props, p component.InquiryProps) templ.Component {
		return admin.Question(admin.QuestionProps{Layout: l, File: p})
	}}

// inRoom makes a handler of a room's: the room is bound to the kind of person that enters it.
func inRoom[A answerer](room answerRoom, h roomHandler) func(http.ResponseWriter, *http.Request, A) error {
	return func(w http.ResponseWriter, r *http.Request, a A) error { return h(w, r, a, room) }
}

type roomHandler func(http.ResponseWriter, *http.Request, answerer, answerRoom) error

func (s *Server) questions(w http.ResponseWriter, r *http.Request, a answerer, room answerRoom) error {
	p := component.InquiriesProps{Root: room.root, Now: a.Arrived(), View: room.views[0].ID}
	for _, v := range room.views {
		if string(v.ID) == r.URL.Query().Get("view") {
			p.View = v.ID
		}
	}
	q, err := s.desk.Inquiries(r.Context(), a, p.View, before(r))
	if err != nil {
		return err
	}
	counts := map[portal.InquiryView]int{portal.InquiriesWaiting: q.Count.Waiting, portal.InquiriesOverdue: q.Count.Overdue,
		portal.InquiriesAnswered: q.Count.Answered, portal.InquiriesAll: q.Count.All}
	for _, v := range room.views {
		v.Count = counts[v.ID]
		p.Views = append(p.Views, v)
	}
	p.Inquiries, p.Next = q.List, older(r, q.Next)
	return render(w, r, http.StatusOK, room.list(s.personal(r, a, "咨询："+p.Heading(), room.nav), p))
}

func (s *Server) question(w http.ResponseWriter, r *http.Request, a answerer, room answerRoom) error {
	f, err := s.desk.Inquiry(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	p := component.InquiryProps{Answer: answerFields(f.Inquiry), Publish: publishFields(f.Inquiry)}
	if earlier := f.Earlier(r.URL.Query().Get("from")); earlier != "" {
		p.Answer.Load(map[string]string{"answer": earlier})
	}
	return s.showQuestion(w, r, http.StatusOK, a, room, f, p)
}

// showQuestion draws a question with the one of its forms that it has a use for.
func (s *Server) showQuestion(w http.ResponseWriter, r *http.Request, status int, a answerer, room answerRoom,
	f desk.InquiryFile, p component.InquiryProps) error {
	q := f.Inquiry
	p.Root, p.Now, p.Inquiry, p.History, p.Like = room.root, a.Arrived(), q, f.History, f.Like
	if !q.Waits() {
		p.Answer = nil
	}
	if room.handsOver {
		p.HandOver = "/admin/batches/" + q.BatchSlug + "/topics/" + itoa(q.Ordinal) + "/contact"
	}
	l := s.personal(r, a, q.Kind.Label()+"："+q.TopicTitle, room.nav)
	l.Error = status != http.StatusOK
	return render(w, r, status, room.file(l, p))
}

// answer shows the answer first as it will be sent; the button under it sends it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, a answerer, room answerRoom) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, err := s.desk.Inquiry(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	p := component.InquiryProps{Answer: answerFields(f.Inquiry), Publish: publishFields(f.Inquiry)}
	if p.Answer.Fill(values); !p.Answer.Check() {
		return s.showQuestion(w, r, http.StatusUnprocessableEntity, a, room, f, p)
	}
	reply := desk.Reply{Answer: p.Answer.Value("answer"), Public: p.Answer.Value("reach") == reachPublic, Question: p.Answer.Value("public_question")}
	if values.Get("confirm") == "" {
		if values.Get("edit") == "" {
			p.Reply = s.reply(a, f.Inquiry, reply)
		}
		return s.showQuestion(w, r, http.StatusOK, a, room, f, p)
	}
	if err := s.desk.Answer(r.Context(), a, f.Inquiry.Ref, reply); err != nil {
		return err
	}
	return s.done(w, r, room.root+"/"+f.Inquiry.Ref, "答复已经发出。")
}

// reply is an answer as it will be sent and as everybody will read it.
func (s *Server) reply(a answerer, q portal.Inquiry, r desk.Reply) *component.InquiryReply {
	letter := s.desk.ReplyLetter(q, r)
	reply := &component.InquiryReply{Subject: letter.Subject, Paragraphs: letter.Paragraphs}
	if r.Public {
		reply.Public = &portal.PublicAnswer{Ref: q.Ref, Question: r.Question, Answer: r.Answer, PublishedAt: a.Arrived()}
	}
	return reply
}

func (s *Server) publishAnswer(w http.ResponseWriter, r *http.Request, a answerer, room answerRoom) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f, err := s.desk.Inquiry(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	p := component.InquiryProps{Answer: answerFields(f.Inquiry), Publish: publishFields(f.Inquiry), Mending: true}
	if p.Publish.Fill(values); !p.Publish.Check() && !f.Inquiry.Waits() {
		return s.showQuestion(w, r, http.StatusUnprocessableEntity, a, room, f, p)
	}
	if err := s.desk.PublishAnswer(r.Context(), a, f.Inquiry.Ref, p.Publish.Value("public_question"), p.Publish.Value("answer")); err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, room.root+"/"+f.Inquiry.Ref, "已公开。")
}

func (s *Server) takeBackAnswer(w http.ResponseWriter, r *http.Request, a answerer, room answerRoom) error {
	ref := chi.URLParam(r, "ref")
	if err := s.desk.TakeBackAnswer(r.Context(), a, ref); err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, room.root+"/"+ref, "公众不再看到这条答复。")
}

func (s *Server) callForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	topics, err := s.desk.OwnTopics(r.Context(), c)
	if err != nil {
		return err
	}
	return s.showCall(w, r, http.StatusOK, c, callFields(topics))
}

func (s *Server) showCall(w http.ResponseWriter, r *http.Request, status int, c portal.Contact, f *form.Form) error {
	l := s.personal(r, c, "电话答复", layout.NavDesk)
	l.Error = status != http.StatusOK
	return render(w, r, status, contact.Call(contact.CallProps{Layout: l, Form: f}))
}

func (s *Server) noteCall(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	topics, err := s.desk.OwnTopics(r.Context(), c)
	if err != nil {
		return err
	}
	f := callFields(topics)
	if f.Fill(values); !f.Check() {
		return s.showCall(w, r, http.StatusUnprocessableEntity, c, f)
	}
	topic, _ := strconv.ParseInt(f.Value("topic"), 10, 64) // one of the choices
	reply := desk.Reply{Answer: f.Value("answer"), Public: f.Value("reach") == reachPublic, Question: f.Value("question")}
	ref, err := s.desk.NoteCall(r.Context(), c, topic, reply)
	if err != nil {
		return err
	}
	s.cache.clear()
	return s.done(w, r, deskRoom.root+"/"+ref, "已记下。")
}
