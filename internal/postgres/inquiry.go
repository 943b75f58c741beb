package postgres

import (
	"time"

	"softsci/internal/portal"
)

// TopicAt is a public topic by its address with its batch, in its last wording where it
// was retired.
func TopicAt(dst *SlugTopic, slug string, ordinal int, at time.Time) Query {
	return one(dst, `SELECT b.slug AS batch_slug, v.title AS batch_title, t.id, t.ordinal, tv.label, tv.title, tv.batch_version <> v.id AS retired
		FROM batch b `+currentVersion+` JOIN topic t ON t.batch = b.id `+lastWording+` WHERE b.slug = $2 AND t.ordinal = $3`, at, slug, ordinal)
}

// TopicsByKey are the topics of the keys, the newest batch first, at most 500.
func TopicsByKey(dst *[]SlugTopic, keys []int64, at time.Time) Query {
	return many(dst, `SELECT b.slug AS batch_slug, v.title AS batch_title, t.id, t.ordinal, tv.label, tv.title
		FROM topic t JOIN batch b ON b.id = t.batch `+currentVersion+` `+lastWording+`
		WHERE t.id = ANY ($2::bigint[]) ORDER BY b.id DESC, t.ordinal LIMIT 500`, at, keys)
}

// Asking is a question on its way, until its address is confirmed.
type Asking struct {
	Ref, Token            string // the token hashed
	Topic                 int64
	Name, Email, Question string
}

// Ask keeps a question until its address is confirmed.
func (t *Tx) Ask(a Asking) Query {
	return changing(`INSERT INTO inquiry (ref, token, topic, kind, name, email, question, asked_at) VALUES ($1, $2, $3, 'question', $4, $5, $6, $7)`,
		a.Ref, a.Token, a.Topic, a.Name, a.Email, a.Question, t.at)
}

// WaitingInquiry is a question whose address is not confirmed, for who holds its link;
// not found after two days.
func WaitingInquiry(dst *portal.Inquiry, hash string, at time.Time) Query {
	return one(dst, `SELECT w.question, w.email, b.slug AS batch_slug, t.ordinal, tv.title AS topic_title
		FROM waiting_inquiry($2, $1) w JOIN topic t ON t.id = w.topic JOIN batch b ON b.id = t.batch `+lastWording, at, hash)
}

// ConfirmInquiry delivers a question, once; not found when it was delivered before or is
// too old.
func (t *Tx) ConfirmInquiry(dst *portal.Inquiry, hash string, due time.Time) Query {
	return one(dst, `SELECT c.id, c.ref, c.topic, c.question, b.slug AS batch_slug, t.ordinal, tv.title AS topic_title
		FROM confirm_inquiry($2, $1, $3) c JOIN topic t ON t.id = c.topic JOIN batch b ON b.id = t.batch `+lastWording, t.at, hash, due)
}

// inquiryColumns and inquiryTables need $1, the moment, for the topic's wording.
const inquiryColumns = `i.id, i.ref, i.kind, i.topic, b.slug AS batch_slug, t.ordinal, tv.title AS topic_title, i.name, i.email, i.question, i.asked_at,
	COALESCE(i.due_at, ` + never + `) AS due_at, i.answer, COALESCE(i.answered_at, ` + never + `) AS answered_at,
	(SELECT json_build_object('ref', p.ref, 'question', p.question, 'answer', p.answer, 'publishedAt', p.published_at, 'changedAt', p.changed_at)
		FROM public_answer p WHERE p.inquiry = i.id) AS public`

const inquiryTables = ` JOIN topic t ON t.id = i.topic JOIN batch b ON b.id = t.batch ` + lastWording + ` `

// InquiryOf is one delivered question that the actor may see.
func InquiryOf(dst *portal.Inquiry, ref string, at time.Time) Query {
	return one(dst, `SELECT `+inquiryColumns+` FROM inquiry i `+inquiryTables+` WHERE i.ref = $2 AND i.confirmed_at IS NOT NULL`, at, ref)
}

// AnsweredBeside are what was answered on the topic of a question besides it, the newest
// first, at most 200.
func AnsweredBeside(dst *[]portal.Inquiry, ref string, at time.Time) Query {
	return many(dst, `SELECT `+inquiryColumns+` FROM inquiry i `+inquiryTables+`
		WHERE i.topic = (SELECT topic FROM inquiry WHERE ref = $2) AND i.ref <> $2 AND i.answered_at IS NOT NULL ORDER BY i.id DESC LIMIT 200`, at, ref)
}

// Inquiries is a page of the delivered questions on topics (nil: on all) from the key of
// the page before on: the oldest first where somebody waits, else the newest.
func Inquiries(dst *[]portal.Inquiry, topics []int64, view portal.InquiryView, from int64, limit int, at time.Time) Query {
	page := ` AND i.id < $4 ORDER BY i.id DESC LIMIT $5`
	if view.Waits() {
		page = ` AND i.id > $4 ORDER BY i.id LIMIT $5`
	} else {
		from = below(from)
	}
	return many(dst, `SELECT `+inquiryColumns+` FROM inquiry i `+inquiryTables+`
		WHERE i.confirmed_at IS NOT NULL AND ($2::bigint[] IS NULL OR i.topic = ANY ($2::bigint[])) AND CASE $3 WHEN 'waiting' THEN i.answered_at IS NULL
			WHEN 'overdue' THEN i.answered_at IS NULL AND i.due_at < $1 WHEN 'answered' THEN i.answered_at IS NOT NULL ELSE true END`+page,
		at, topics, view, from, limit)
}

// InquiryCount is how many questions there are, as its views count them.
type InquiryCount struct{ Waiting, Overdue, Answered, All int }

// InquiryCounts counts the delivered questions on topics (nil: on all).
func InquiryCounts(dst *InquiryCount, topics []int64, at time.Time) Query {
	return one(dst, `SELECT count(*) FILTER (WHERE answered_at IS NULL) AS waiting, count(*) FILTER (WHERE answered_at IS NULL AND due_at < $2) AS overdue,
			count(answered_at) AS answered, count(*) AS all
		FROM inquiry WHERE confirmed_at IS NOT NULL AND ($1::bigint[] IS NULL OR topic = ANY ($1::bigint[]))`, topics, at)
}

// InquiryHistoryOf is what happened with a question that the actor may see, newest first.
func InquiryHistoryOf(dst *[]portal.Event, ref string) Query {
	return many(dst, `SELECT `+eventColumns+` FROM inquiry i JOIN event e ON e.subject = 'inquiry' AND e.subject_id = i.id
		WHERE i.ref = $1 ORDER BY e.id DESC LIMIT 100`, ref)
}

// PublishedBefore is whether an answer was public before, and its readers were told.
func PublishedBefore(dst *bool, inquiry int64) Query {
	return value(dst, `SELECT EXISTS (SELECT FROM event WHERE subject = 'inquiry' AND subject_id = $1 AND verb = $2)`,
		inquiry, portal.AnswerPublished)
}

// Answer keeps what the asker gets, once; not found when somebody was faster.
func (t *Tx) Answer(inquiry int64, answer string) Query {
	return changing(`UPDATE inquiry SET answer = $2, answered_at = $3 WHERE id = $1 AND answered_at IS NULL`, inquiry, answer, t.at)
}

// NoteCall keeps a question that was answered on the telephone.
func (t *Tx) NoteCall(ref string, topic int64, question, answer string) Query {
	return changing(`INSERT INTO inquiry (ref, topic, kind, name, email, question, asked_at, confirmed_at, answer, answered_at)
		VALUES ($1, $2, 'call', '', '', $3, $4, $4, $5, $4)`, ref, topic, question, t.at, answer)
}

// PublishAnswer lets everybody read a question and its answer in these words.
func (t *Tx) PublishAnswer(inquiry int64, question, answer string) Query {
	return changing(`INSERT INTO public_answer (inquiry, topic, ref, question, answer, published_at, changed_at, tokens, tokenizer)
		SELECT id, topic, ref, $2, $3, $4, $4, array_to_tsvector($5::text[]), $6 FROM inquiry WHERE id = $1
		ON CONFLICT (inquiry) DO UPDATE SET question = EXCLUDED.question, answer = EXCLUDED.answer, changed_at = EXCLUDED.changed_at,
			tokens = EXCLUDED.tokens, tokenizer = EXCLUDED.tokenizer`,
		inquiry, question, answer, t.at, portal.Tokens(question, answer), portal.TokenizerVersion)
}

// TakeBackAnswer ends what PublishAnswer began.
func (t *Tx) TakeBackAnswer(inquiry int64) Query {
	return changing(`DELETE FROM public_answer WHERE inquiry = $1`, inquiry)
}

const publicAnswerColumns = `p.inquiry AS id, p.ref, p.question, p.answer, p.published_at, p.changed_at`

// PublicAnswersOn are the public answers on a topic of a public batch, the newest question
// first, below the key before (0: from the newest).
func PublicAnswersOn(dst *[]portal.PublicAnswer, slug string, ordinal int, before int64, limit int, at time.Time) Query {
	return many(dst, `SELECT `+publicAnswerColumns+` FROM batch b `+currentVersion+` JOIN topic t ON t.batch = b.id AND t.ordinal = $3
		JOIN public_answer p ON p.topic = t.id AND p.inquiry < $4 WHERE b.slug = $2 ORDER BY p.inquiry DESC LIMIT $5`, at, slug, ordinal, below(before), limit)
}

// WriteToApplicants keeps a letter to everybody who has an application to the topic that
// goes on, but to the address of who asked, and returns the letters' keys.
func (t *Tx) WriteToApplicants(dst *[]int64, topic int64, but string, m Message) Query {
	return mapped(dst, func(r struct{ ID int64 }) int64 { return r.ID },
		`SELECT id FROM write_to_applicants($1, $2, $3, $4, $5, $6) AS id`, topic, but, m.Kind, m.Subject, m.Body, t.at)
}

// ContactsOfTopic are the accounts that are contact of a topic now, or the administrators
// while it has none.
func ContactsOfTopic(dst *[]ContactAccount, topic int64) Query {
	return many(dst, `SELECT a.id, a.name, a.email FROM membership m JOIN account a ON a.id = m.account
		WHERE m.until IS NULL AND (m.topic = $1
			OR m.role = 'admin' AND NOT EXISTS (SELECT FROM membership WHERE topic = $1 AND until IS NULL)) ORDER BY m.id`, topic)
}

// DeputiesOfTopic are the accounts of those who stand in on a topic's cards on the day and
// are not its contacts themselves.
func DeputiesOfTopic(dst *[]ContactAccount, topic int64, at time.Time) Query {
	return many(dst, `SELECT DISTINCT a.id, a.name, a.email FROM topic_card c JOIN person p ON p.id = c.person JOIN account a ON a.person = p.deputy
		WHERE c.topic = $1 AND $2::timestamptz::date BETWEEN p.deputy_from AND p.deputy_until
			AND NOT EXISTS (SELECT FROM membership m WHERE m.account = a.id AND m.topic = $1 AND m.until IS NULL) ORDER BY a.id`, topic, at)
}
