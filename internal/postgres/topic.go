package postgres

import (
	"fmt"
	"strings"
	"time"

	"softsci/internal/portal"
)

const topicColumns = `COALESCE(t.id, 0) AS id, tv.id AS version_id, COALESCE(t.ordinal, tv.position) AS ordinal, tv.label,
	tv.grouping AS "group", tv.title, tv.content, tv.deliverables`

// liveCards are the persons whom the public asks about topic t, from the directory as it
// stands, with who stands in for them on the day of $1: the deputy of the person's account,
// else whom the card itself names.
const liveCards = `COALESCE((SELECT json_agg(json_build_object('id', p.id, 'department', p.department, 'name', p.name,
		'phones', p.phones, 'email', p.email, 'hours', p.hours, 'deputy', COALESCE(
			(SELECT json_build_object('department', COALESCE(d.department, ''), 'name', COALESCE(d.name, s.name), 'phones', COALESCE(d.phones, '{}'), 'until', m.until)
				FROM account h JOIN membership m ON m.for_account = h.id AND m.topic = t.id AND m.since <= $1 AND $1 < m.until
					JOIN account s ON s.id = m.account LEFT JOIN person d ON d.id = s.person
				WHERE h.person = p.id ORDER BY m.id LIMIT 1),
			CASE WHEN $1::timestamptz::date BETWEEN p.deputy_from AND p.deputy_until THEN (
				SELECT json_build_object('department', d.department, 'name', d.name, 'phones', d.phones, 'until', (p.deputy_until + 1)::timestamptz)
				FROM person d WHERE d.id = p.deputy) END)) ORDER BY c.position)
	FROM topic_card c JOIN person p ON p.id = c.person WHERE c.topic = t.id), '[]') AS contacts`

// printedCards are the live cards of topic_version tv's topic as a new version prints them.
const printedCards = `COALESCE((SELECT jsonb_agg(jsonb_build_object('department', p.department, 'name', p.name, 'phones', p.phones, 'email', p.email) ORDER BY c.position)
	FROM topic_card c JOIN person p ON p.id = c.person WHERE c.topic = tv.topic), tv.cards)`

// PublishedTopics are the topics of a batch as the public sees them at the moment, in order.
func PublishedTopics(dst *[]portal.Topic, slug string, at time.Time) Query {
	return many(dst, `SELECT `+topicColumns+`, `+liveCards+`
		FROM batch b `+currentVersion+` JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		WHERE b.slug = $2 ORDER BY tv.position`, at, slug)
}

// NewestTopics are the topics of a batch's newest version, published or not, in
// order, with the persons as the document prints them.
func NewestTopics(dst *[]portal.Topic, slug string) Query {
	return many(dst, `SELECT `+topicColumns+`, tv.cards AS contacts, tv.revision, tv.reading
		FROM batch b `+newestVersion+` JOIN topic_version tv ON tv.batch_version = v.id LEFT JOIN topic t ON t.id = tv.topic
		WHERE b.slug = $1 ORDER BY tv.position`, slug)
}

// TopicOf is the topic an application answers, in the wording that is public at the
// moment; where the guideline has it no more, in its last one.
func TopicOf(dst *portal.Topic, ref string, at time.Time) Query {
	return one(dst, `SELECT `+topicColumns+`, `+liveCards+`, tv.batch_version <> v.id AS retired, `+amendment+` AS amendment
		FROM application a JOIN batch b ON b.id = a.batch `+currentVersion+` JOIN topic t ON t.id = a.topic `+lastWording+`
		WHERE a.ref = $2`, at, ref)
}

// amendment is the newest correction of the guideline of application a that was public
// by $1 and that its people have not confirmed yet, null when there is none.
const amendment = `(SELECT json_build_object('version', c.id, 'n', c.n, 'note', c.note, 'at', c.published_at)
	FROM batch_version seen JOIN batch_version c ON c.batch = a.batch AND c.kind = 'correction' AND c.n > seen.n AND c.published_at <= $1
	WHERE seen.id = COALESCE(a.seen_under, a.begun_under) ORDER BY c.n DESC LIMIT 1)`

// lastWording is the last wording of topic t that was public by $1.
const lastWording = `JOIN LATERAL (SELECT w.* FROM topic_version w JOIN batch_version wv ON wv.id = w.batch_version
		WHERE w.topic = t.id AND wv.published_at <= $1 ORDER BY wv.n DESC LIMIT 1) tv ON true`

// RetiredTopics are the topics that a batch's public versions had and the current one
// has no more, in their last wording.
func RetiredTopics(dst *[]portal.Topic, slug string, at time.Time) Query {
	return many(dst, `SELECT `+topicColumns+`, `+liveCards+`, true AS retired
		FROM batch b `+currentVersion+` JOIN topic t ON t.batch = b.id `+lastWording+`
		WHERE b.slug = $2 AND tv.batch_version <> v.id ORDER BY t.ordinal`, at, slug)
}

// TopicsOfVersion are the topics of a batch's version by its number, as published.
func TopicsOfVersion(dst *[]portal.Topic, slug string, n int) Query {
	return many(dst, `SELECT `+topicColumns+`, tv.cards AS contacts
		FROM batch b JOIN batch_version v ON v.batch = b.id AND v.n = $2 AND v.published_at IS NOT NULL
		JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		WHERE b.slug = $1 ORDER BY tv.position`, slug, n)
}

// SlugTopic is a topic with the slug of its batch, for lists across batches.
type SlugTopic struct {
	BatchSlug  string
	BatchTitle string
	portal.Topic
}

// TopicHit is a topic that was searched for.
type TopicHit struct {
	SlugTopic
	Answered string // the newest public question and answer on it that holds a word, "" for none
}

// AllPublishedTopics are the topics of all public batches, for the site map and
// for choosing a contact's scope; at most 2,000.
func AllPublishedTopics(dst *[]SlugTopic, at time.Time) Query {
	return many(dst, `SELECT b.slug AS batch_slug, v.title AS batch_title, t.id, t.ordinal, tv.label, tv.title
		FROM batch b `+currentVersion+` JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		ORDER BY v.opens_at DESC, b.id DESC, tv.position LIMIT 2000`, at)
}

// OpenTopics are the topics to which an account can begin an application at the moment,
// the newest batch first, at most 500.
func OpenTopics(dst *[]SlugTopic, account int64, at time.Time) Query {
	return many(dst, `SELECT b.slug AS batch_slug, v.title AS batch_title, t.id, t.ordinal, tv.label, tv.title
		FROM batch b `+currentVersion+` JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		WHERE v.opens_at <= $1 AND $1 < `+closeFor("$2")+` ORDER BY v.opens_at DESC, b.id DESC, tv.position LIMIT 500`, at, account)
}

// FindTopics are the public topics in which every term of the search stands, in
// the topic's words, on a contact's card or in what was answered on it; newest batch
// first, at most limit.
func FindTopics(dst *[]TopicHit, search portal.Search, at time.Time, limit int) Query {
	args := []any{at, limit}
	var where, answers []string
	for _, term := range search.Terms {
		args = append(args, term.TSQuery(), term.Like())
		q, like := fmt.Sprintf("$%d::tsquery", len(args)-1), fmt.Sprintf("$%d", len(args))
		where = append(where, `(tv.tokens @@ `+q+` AND normalize(concat_ws(' ', tv.title, tv.content, tv.label, tv.grouping), NFKC) ILIKE `+like+`
			OR EXISTS (SELECT FROM topic_card c JOIN person p ON p.id = c.person WHERE c.topic = t.id
				AND p.tokens @@ `+q+` AND normalize(concat_ws(' ', p.department, p.name, array_to_string(p.phones, ' ')), NFKC) ILIKE `+like+`)
			OR EXISTS (SELECT FROM public_answer pa WHERE pa.topic = t.id AND `+answerHolds(q, like)+`))`)
		answers = append(answers, answerHolds(q, like))
	}
	return many(dst, `SELECT b.slug AS batch_slug, v.title AS batch_title, `+topicColumns+`, `+liveCards+`,
			COALESCE((SELECT pa.question || ' ' || pa.answer FROM public_answer pa WHERE pa.topic = t.id AND (`+strings.Join(answers, " OR ")+`)
				ORDER BY pa.inquiry DESC LIMIT 1), '') AS answered
		FROM batch b `+currentVersion+` JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		WHERE `+strings.Join(where, " AND ")+` ORDER BY v.opens_at DESC, b.id DESC, tv.position LIMIT $2`, args...)
}

// answerHolds is whether the public answer pa holds a term.
func answerHolds(query, like string) string {
	return `(pa.tokens @@ ` + query + ` AND normalize(concat_ws(' ', pa.question, pa.answer), NFKC) ILIKE ` + like + `)`
}

// InsertTopics adds the topics of an unpublished version, in order, with the persons
// as they are printed, and fills in their keys.
func (t *Tx) InsertTopics(version int64, topics []portal.Topic) error {
	rows := make([]Query, len(topics))
	for i := range topics {
		rows[i] = t.insertTopic(&topics[i], version, i+1)
	}
	return t.Do(rows...)
}

func (t *Tx) insertTopic(topic *portal.Topic, version int64, position int) Query {
	return value(&topic.VersionID, `INSERT INTO topic_version
		(batch_version, position, topic, label, grouping, title, content, deliverables, cards, reading, tokens, tokenizer, edited_by, edited_at)
		VALUES ($1, $2, NULLIF($3::bigint, 0), $4, $5, $6, $7, $8, $9, $10, array_to_tsvector($11::text[]), $12, NULLIF($13::bigint, 0), $14) RETURNING id`,
		version, position, topic.ID, topic.Label, topic.Group, topic.Title, topic.Content, topic.Deliverables, printed(topic.Contacts), topic.Reading,
		tokensOf(*topic), portal.TokenizerVersion, t.actor.Account(), t.at)
}

func tokensOf(t portal.Topic) []string { return portal.Tokens(t.Title, t.Content, t.Label, t.Group) }

// card is a person as a document prints it.
type card struct {
	Department string   `json:"department"`
	Name       string   `json:"name"`
	Phones     []string `json:"phones"`
	Email      string   `json:"email"`
}

func printed(contacts []portal.Person) []card {
	cards := make([]card, len(contacts))
	for i, p := range contacts {
		cards[i] = card{p.Department, p.Name, append([]string{}, p.Phones...), p.Email}
	}
	return cards
}
