package postgres

import (
	"fmt"
	"strings"
	"time"

	"softsci/internal/portal"
)

const topicColumns = `COALESCE(t.id, 0) AS id, tv.id AS version_id, COALESCE(t.ordinal, tv.position) AS ordinal, tv.label,
	tv.grouping AS "group", tv.title, tv.content, tv.deliverables, ` + contactCards + ` AS contacts`

// contactCards are the persons at topic_version tv, live from the directory.
const contactCards = `COALESCE((SELECT json_agg(json_build_object('id', p.id, 'department', p.department, 'name', p.name,
		'phones', p.phones, 'email', p.email, 'hours', p.hours) ORDER BY c.position)
	FROM topic_contact c JOIN person p ON p.id = c.person WHERE c.topic_version = tv.id), '[]')`

// PublishedTopics are the topics of a batch as the public sees them at the moment, in order.
func PublishedTopics(dst *[]portal.Topic, slug string, at time.Time) Query {
	return many(dst, `SELECT `+topicColumns+`
		FROM batch b `+currentVersion+` JOIN topic_version tv ON tv.batch_version = v.id LEFT JOIN topic t ON t.id = tv.topic
		WHERE b.slug = $2 ORDER BY tv.position`, at, slug)
}

// NewestTopics are the topics of a batch's newest version, published or not, in order.
func NewestTopics(dst *[]portal.Topic, slug string) Query {
	return many(dst, `SELECT `+topicColumns+`
		FROM batch b `+newestVersion+` JOIN topic_version tv ON tv.batch_version = v.id LEFT JOIN topic t ON t.id = tv.topic
		WHERE b.slug = $1 ORDER BY tv.position`, slug)
}

// TopicOf is the topic an application answers, in the wording that is public at the moment.
func TopicOf(dst *portal.Topic, ref string, at time.Time) Query {
	return one(dst, `SELECT `+topicColumns+`
		FROM application a JOIN batch b ON b.id = a.batch `+currentVersion+`
		JOIN topic_version tv ON tv.batch_version = v.id AND tv.topic = a.topic JOIN topic t ON t.id = tv.topic
		WHERE a.ref = $2`, at, ref)
}

// SlugTopic is a topic with the slug of its batch, for lists across batches.
type SlugTopic struct {
	BatchSlug  string
	BatchTitle string
	portal.Topic
}

// AllPublishedTopics are the topics of all public batches, for the site map and
// for choosing a contact's scope; at most 2,000.
func AllPublishedTopics(dst *[]SlugTopic, at time.Time) Query {
	return many(dst, `SELECT b.slug AS batch_slug, v.title AS batch_title, t.id, t.ordinal, tv.label, tv.title
		FROM batch b `+currentVersion+` JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		ORDER BY v.opens_at DESC, b.id DESC, tv.position LIMIT 2000`, at)
}

// FindTopics are the public topics in which every term of the search stands, in
// the topic's words or on a contact's card; newest batch first, at most limit.
func FindTopics(dst *[]SlugTopic, search portal.Search, at time.Time, limit int) Query {
	args := []any{at, limit}
	var where []string
	for _, term := range search.Terms {
		args = append(args, term.TSQuery(), term.Like())
		q, like := fmt.Sprintf("$%d::tsquery", len(args)-1), fmt.Sprintf("$%d", len(args))
		where = append(where, `(tv.tokens @@ `+q+` AND normalize(concat_ws(' ', tv.title, tv.content, tv.label, tv.grouping), NFKC) ILIKE `+like+`
			OR EXISTS (SELECT FROM topic_contact c JOIN person p ON p.id = c.person WHERE c.topic_version = tv.id
				AND p.tokens @@ `+q+` AND normalize(concat_ws(' ', p.department, p.name, array_to_string(p.phones, ' ')), NFKC) ILIKE `+like+`))`)
	}
	return many(dst, `SELECT b.slug AS batch_slug, v.title AS batch_title, `+topicColumns+`
		FROM batch b `+currentVersion+` JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		WHERE `+strings.Join(where, " AND ")+` ORDER BY v.opens_at DESC, b.id DESC, tv.position LIMIT $2`, args...)
}

// InsertTopics adds the topics of an unpublished version, in order, with their
// cards: a person of the same department and name is the same person.
func (t *Tx) InsertTopics(version int64, topics []portal.Topic) error {
	for i, topic := range topics {
		var id int64
		err := t.Do(value(&id, `INSERT INTO topic_version
			(batch_version, position, label, grouping, title, content, deliverables, tokens, tokenizer)
			VALUES ($1, $2, $3, $4, $5, $6, $7, array_to_tsvector($8::text[]), $9) RETURNING id`,
			version, i+1, topic.Label, topic.Group, topic.Title, topic.Content, topic.Deliverables,
			portal.Tokens(topic.Title, topic.Content, topic.Label, topic.Group), portal.TokenizerVersion))
		if err != nil {
			return err
		}
		for n, p := range topic.Contacts {
			if err := t.insertContact(id, n+1, p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *Tx) insertContact(topicVersion int64, position int, p portal.Person) error {
	_, err := t.exec(`WITH known AS (
			INSERT INTO person (department, name, phones, email, hours, tokens, tokenizer)
			VALUES ($3, $4, $5, $6, $7, array_to_tsvector($8::text[]), $9)
			ON CONFLICT ON CONSTRAINT person_is_unique_in_its_department DO UPDATE SET phones = EXCLUDED.phones, tokens = EXCLUDED.tokens
			RETURNING id
		)
		INSERT INTO topic_contact (topic_version, position, person) SELECT $1, $2, id FROM known`,
		topicVersion, position, p.Department, p.Name, p.Phones, p.Email, p.Hours,
		portal.Tokens(append([]string{p.Department, p.Name}, p.Phones...)...), portal.TokenizerVersion)
	return err
}
