package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// How long the link lives that confirms a question, and how many questions an hour may
// come from one mail address and from one network address.
const (
	questionLife        = 48 * time.Hour
	questionsPerMailbox = 3
	questionsPerAddress = 20
)

// Question is what somebody asks about a topic.
type Question struct{ Name, Email, Text string }

// AskedTopic is the public topic that somebody asks about. One that was retired can be
// read and not be asked about any more: the error is NotNow.
func (d *Desk) AskedTopic(ctx context.Context, actor portal.Actor, slug string, ordinal int) (FoundTopic, error) {
	var topic FoundTopic
	err := d.store.Read(ctx, actor, postgres.TopicAt(&topic, slug, ordinal, actor.Visit().Arrived))
	if err == nil && topic.Retired {
		err = portal.Refuse(portal.NotNow, "这个选题已经停用，不再接受咨询。")
	}
	return topic, err
}

// answersRead is among how many of the newest answers those like a question are looked for.
const answersRead = 200

// LikeAnswers are the public answers on a topic to questions like this one, the most
// alike first.
func (d *Desk) LikeAnswers(ctx context.Context, v portal.Visitor, slug string, ordinal int, question string) ([]portal.PublicAnswer, error) {
	var public []portal.PublicAnswer
	err := d.store.Read(ctx, v, postgres.PublicAnswersOn(&public, slug, ordinal, 0, answersRead, v.Arrived()))
	return portal.Like(question, public, func(a portal.PublicAnswer) string { return a.Question }), err
}

// Ask keeps a question and mails a link to confirm its address; until that is done nobody
// reads it, and after 48 hours it is gone. Too many from one mailbox or one network
// address are TooMany.
func (d *Desk) Ask(ctx context.Context, v portal.Visitor, topic FoundTopic, q Question) error {
	words := func(resets time.Time) string {
		return "提问太频繁，请在 " + portal.ClockText(resets) + "（北京时间）之后再试，急需答复请致电指南联系人。"
	}
	if err := d.limit(ctx, "question:address", v.Visit().Address.String(), questionsPerAddress, time.Hour, words); err != nil {
		return err
	}
	if err := d.limit(ctx, "question:mailbox", strings.ToLower(q.Email), questionsPerMailbox, time.Hour, words); err != nil {
		return err
	}
	ref, err := portal.NewRef(d.random)
	if err != nil {
		return err
	}
	token, hash, err := d.token()
	if err != nil {
		return err
	}
	return d.store.Save(ctx, v, func(tx *postgres.Tx) error {
		text := d.letters.ConfirmQuestion(mail.ConfirmQuestionProps{Topic: topic.Title, Link: d.link(QuestionPath + token),
			Until: portal.DateTimeText(tx.At().Add(questionLife))})
		asking := tx.Ask(postgres.Asking{Ref: ref, Token: hash, Topic: topic.ID, Name: q.Name, Email: q.Email, Question: q.Text})
		return d.write(tx, []postgres.Query{asking}, []postgres.Message{letterTo(postgres.ContactAccount{Email: q.Email}, "question", text)})
	})
}

// QuestionPath is where the link that confirms a question leads, the token following.
const QuestionPath = "/questions/confirm/"

// errQuestionGone is what is said of a link that confirms no question any more.
var errQuestionGone = portal.Refuse(portal.Expired, "这个链接已经用过，或者已经超过 48 小时。没有确认的问题已经删除，可以在选题页面重新提问。")

func confirmable(err error) error {
	if portal.KindOf(err) == portal.NotFound {
		return errQuestionGone
	}
	return err
}

// WaitingQuestion is a question that waits for its address to be confirmed, for who holds
// the mailed token. One that was confirmed, or is too old, is Expired.
func (d *Desk) WaitingQuestion(ctx context.Context, v portal.Visitor, token string) (portal.Inquiry, error) {
	var q portal.Inquiry
	err := d.store.Read(ctx, v, postgres.WaitingInquiry(&q, hashToken(token), v.Arrived()))
	return q, confirmable(err)
}

// ConfirmQuestion delivers a question: its topic's contacts are told, and who stands in
// for them. It returns the question with the time by which it should be answered.
func (d *Desk) ConfirmQuestion(ctx context.Context, v portal.Visitor, token string) (q portal.Inquiry, err error) {
	err = d.store.Write(ctx, v, func(tx *postgres.Tx) error {
		q, err = d.deliver(tx, hashToken(token))
		return err
	})
	return q, err
}

// Receive keeps a question that needs no confirmation and returns its reference: for
// demonstrations.
func (d *Desk) Receive(ctx context.Context, s portal.System, topic FoundTopic, q Question) (ref string, err error) {
	if ref, err = portal.NewRef(d.random); err != nil {
		return "", err
	}
	_, hash, err := d.token()
	if err != nil {
		return "", err
	}
	err = d.store.Write(ctx, s, func(tx *postgres.Tx) error {
		if err := tx.Do(tx.Ask(postgres.Asking{Ref: ref, Token: hash, Topic: topic.ID, Name: q.Name, Email: q.Email, Question: q.Text})); err != nil {
			return err
		}
		_, err := d.deliver(tx, hash)
		return err
	})
	return ref, err
}

// deliver delivers the question of a link's hash and tells of it.
func (d *Desk) deliver(tx *postgres.Tx, hash string) (q portal.Inquiry, err error) {
	var days portal.Workdays
	if err := tx.Do(postgres.WorkdaysOf(&days)); err != nil {
		return q, err
	}
	due := portal.AnswerBy(tx.At(), days)
	if err := tx.Do(tx.ConfirmInquiry(&q, hash, due)); err != nil {
		return q, confirmable(err)
	}
	q.DueAt = due
	return q, d.tellQuestion(tx, q)
}

// tellQuestion tells the topic's contacts, and who stands in for them, of a question.
func (d *Desk) tellQuestion(tx *postgres.Tx, q portal.Inquiry) error {
	var contacts, deputies []postgres.ContactAccount
	if err := tx.Do(postgres.ContactsOfTopic(&contacts, q.Topic), postgres.DeputiesOfTopic(&deputies, q.Topic, tx.At())); err != nil {
		return err
	}
	p := mail.QuestionToContactProps{Topic: q.TopicTitle, Question: q.Question, DueBy: portal.DateTimeText(q.DueAt),
		Link: d.link("/desk/questions/" + q.Ref)}
	letters := lettersTo(contacts, "question", d.letters.QuestionToContact(p))
	p.Deputy = true
	letters = append(letters, lettersTo(deputies, "question", d.letters.QuestionToContact(p))...)
	return d.write(tx, []postgres.Query{tx.Trace(onInquiry(q, portal.Asked))}, letters)
}

func onInquiry(q portal.Inquiry, verb portal.Verb) portal.Event {
	return portal.Event{Subject: portal.OnInquiry, SubjectID: q.ID, SubjectLabel: q.TopicTitle, Verb: verb}
}

// Answers is a page of what was answered in public on a topic.
type Answers struct {
	Topic   FoundTopic
	Answers []portal.PublicAnswer
	Next    int64 // key of the page after, 0 at the end
}

// AnswersShown is how many answers stand on a topic's page, on each page of the others
// and in the feed.
const AnswersShown = 20

// Answers is what was answered in public on a topic, the newest question first, below the
// key before (0: from the newest).
func (d *Desk) Answers(ctx context.Context, v portal.Visitor, slug string, ordinal int, before int64) (Answers, error) {
	var a Answers
	err := d.store.Read(ctx, v, postgres.TopicAt(&a.Topic, slug, ordinal, v.Arrived()),
		postgres.PublicAnswersOn(&a.Answers, slug, ordinal, before, AnswersShown+1, v.Arrived()))
	if len(a.Answers) > AnswersShown {
		a.Answers = a.Answers[:AnswersShown]
		a.Next = a.Answers[AnswersShown-1].ID
	}
	return a, err
}

// Inquiries is a page of questions as those read it who answer them.
type Inquiries struct {
	List  []portal.Inquiry
	Count postgres.InquiryCount
	Next  int64 // key of the page after, 0 at the end
}

// ofTopics are the topics to which an actor's lists of questions are narrowed: a
// contact's own, nil for the office.
func ofTopics(actor portal.Actor) []int64 {
	if actor.Role() == portal.RoleContact {
		return append([]int64{}, actor.Topics()...)
	}
	return nil
}

// Inquiries is one view of the questions that a contact or an administrator answers, from
// the key of the page before on: the oldest first where they wait, else the newest.
func (d *Desk) Inquiries(ctx context.Context, actor portal.Actor, view portal.InquiryView, from int64) (Inquiries, error) {
	var q Inquiries
	topics, now := ofTopics(actor), actor.Visit().Arrived
	err := d.store.Read(ctx, actor, postgres.Inquiries(&q.List, topics, view, from, listSize+1, now), postgres.InquiryCounts(&q.Count, topics, now))
	if len(q.List) > listSize {
		q.List = q.List[:listSize]
		q.Next = q.List[listSize-1].ID
	}
	return q, err
}

// InquiryFile is one question with what is of use in answering it.
type InquiryFile struct {
	Inquiry portal.Inquiry
	History []portal.Event
	Like    []portal.Inquiry // answered before on its topic
	Beside  []portal.Inquiry // everything that was
}

// Inquiry is a question to one of a contact's topics, or any for an administrator.
func (d *Desk) Inquiry(ctx context.Context, actor portal.Actor, ref string) (InquiryFile, error) {
	var f InquiryFile
	now := actor.Visit().Arrived
	err := d.store.Read(ctx, actor, postgres.InquiryOf(&f.Inquiry, ref, now), postgres.InquiryHistoryOf(&f.History, ref),
		postgres.AnsweredBeside(&f.Beside, ref, now))
	f.Like = portal.Like(f.Inquiry.Question, f.Beside, func(q portal.Inquiry) string { return q.Question })
	return f, err
}

// Earlier is the answer to another question on the same topic, "" where there is none.
func (f InquiryFile) Earlier(ref string) string {
	for _, q := range f.Beside {
		if q.Ref == ref {
			return q.Answer
		}
	}
	return ""
}

// Reply answers a question.
type Reply struct {
	Answer   string
	Public   bool
	Question string // as the public reads it, where it is public
}

// errAnswered is what the slower of two who answer is told.
var errAnswered = portal.Refuse(portal.Conflict, "这个问题刚刚已经答复过。请返回查看。")

// ReplyLetter is the letter that Answer would send, to be read before it is sent.
func (d *Desk) ReplyLetter(q portal.Inquiry, r Reply) mail.Text {
	page := d.link(topicPath(q))
	p := mail.AnsweredProps{Topic: q.TopicTitle, Question: q.Question, Answer: r.Answer, Ask: page + "/questions/new"}
	if r.Public {
		p.Public = page
	}
	return d.letters.Answered(p)
}

func topicPath(q portal.Inquiry) string {
	return "/batches/" + q.BatchSlug + "/topics/" + strconv.Itoa(q.Ordinal)
}

// Answer sends the asker an answer, once, and lets everybody read it where it is public.
// If somebody was faster, the error is Conflict and nothing has changed.
func (d *Desk) Answer(ctx context.Context, actor portal.Actor, ref string, r Reply) error {
	return d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		var q portal.Inquiry
		if err := tx.Do(postgres.InquiryOf(&q, ref, tx.At())); err != nil {
			return err
		}
		if err := tx.Do(tx.Answer(q.ID, r.Answer)); portal.KindOf(err) == portal.NotFound {
			return errAnswered
		} else if err != nil {
			return err
		}
		letter := letterTo(postgres.ContactAccount{Email: q.Email}, "answer", d.ReplyLetter(q, r))
		if err := d.write(tx, []postgres.Query{tx.Trace(onInquiry(q, portal.Answered))}, []postgres.Message{letter}); err != nil {
			return err
		}
		if !r.Public {
			return nil
		}
		return d.publishAnswer(tx, q, r.Question, r.Answer)
	})
}

// PublishAnswer lets everybody read an answer in these words, or changes the words that
// everybody reads. Not before there is an answer: NotNow.
func (d *Desk) PublishAnswer(ctx context.Context, actor portal.Actor, ref, question, answer string) error {
	return d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		var q portal.Inquiry
		if err := tx.Do(postgres.InquiryOf(&q, ref, tx.At())); err != nil {
			return err
		}
		if q.Waits() {
			return portal.Refuse(portal.NotNow, "这个问题还没有答复，不能公开。")
		}
		return d.publishAnswer(tx, q, question, answer)
	})
}

// publishAnswer publishes, and tells the applicants of the topic when it is for the first
// time.
func (d *Desk) publishAnswer(tx *postgres.Tx, q portal.Inquiry, question, answer string) error {
	verb, before := portal.AnswerPublished, false
	if q.Public != nil {
		verb = portal.AnswerReworded
	}
	err := tx.Do(postgres.PublishedBefore(&before, q.ID), tx.PublishAnswer(q.ID, question, answer), tx.Trace(onInquiry(q, verb)))
	if err != nil || before {
		return err
	}
	text := d.letters.AnswerPublished(mail.AnswerPublishedProps{Topic: q.TopicTitle, Question: question, Answer: answer, Link: d.link(topicPath(q))})
	letter := postgres.Message{Kind: "answer", Subject: text.Subject, Body: text.Body}
	var keys []int64
	if err := tx.Do(tx.WriteToApplicants(&keys, q.Topic, q.Email, letter)); err != nil || len(keys) == 0 {
		return err
	}
	return d.queue.Promise(tx, deliveries(keys)...)
}

// TakeBackAnswer ends that everybody reads an answer; who asked keeps it.
func (d *Desk) TakeBackAnswer(ctx context.Context, actor portal.Actor, ref string) error {
	return d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		var q portal.Inquiry
		if err := tx.Do(postgres.InquiryOf(&q, ref, tx.At())); err != nil {
			return err
		}
		return tx.Do(tx.TakeBackAnswer(q.ID), tx.Trace(onInquiry(q, portal.AnswerTakenBack)))
	})
}

// OwnTopics are the topics of a contact, the newest batch first.
func (d *Desk) OwnTopics(ctx context.Context, c portal.Contact) (topics []FoundTopic, err error) {
	err = d.store.Read(ctx, c, postgres.TopicsByKey(&topics, c.Topics(), c.Arrived()))
	return topics, err
}

// NoteCall keeps what a contact answered on the telephone and returns its reference; it
// is public at once or kept for the desk.
func (d *Desk) NoteCall(ctx context.Context, c portal.Contact, topic int64, r Reply) (ref string, err error) {
	if ref, err = portal.NewRef(d.random); err != nil {
		return "", err
	}
	if !slices.Contains(c.Topics(), topic) {
		return "", portal.ErrNotFound
	}
	err = d.store.Write(ctx, c, func(tx *postgres.Tx) error {
		var q portal.Inquiry
		if err := tx.Do(tx.NoteCall(ref, topic, r.Question, r.Answer), postgres.InquiryOf(&q, ref, tx.At())); err != nil {
			return err
		}
		if err := tx.Record(onInquiry(q, portal.CallNoted)); err != nil || !r.Public {
			return err
		}
		return d.publishAnswer(tx, q, r.Question, r.Answer)
	})
	return ref, err
}
