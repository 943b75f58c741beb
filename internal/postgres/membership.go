package postgres

import (
	"time"

	"softsci/internal/portal"
)

// Membership is a right as administrators see it.
type Membership struct {
	ID    int64
	Role  portal.Role
	Scope string // the topic in words, "" for roles without one
	For   string // name of whom a deputy stands in for, "" for a right of one's own
	Since time.Time
	Until time.Time // the end of a deputy's last day, zero without
}

// MembershipsOf are the rights an account holds at the moment, and those of a deputy to come.
func MembershipsOf(dst *[]Membership, ref string, at time.Time) Query {
	return many(dst, `SELECT m.id, m.role, m.since, COALESCE(m.until, `+never+`) AS until, COALESCE((SELECT p.name FROM account p WHERE p.id = m.for_account), '') AS for,
			COALESCE((SELECT b.slug || '/' || t.ordinal || ' ' || tv.title FROM topic t JOIN batch b ON b.id = t.batch
				JOIN topic_version tv ON tv.topic = t.id WHERE t.id = m.topic ORDER BY tv.id DESC LIMIT 1), '') AS scope
		FROM account a JOIN membership m ON m.account = a.id WHERE a.ref = $1 AND (m.until IS NULL OR m.until > GREATEST($2, m.since)) ORDER BY m.id`, ref, at)
}

// TopicAccount names an account that is contact of a topic.
type TopicAccount struct {
	Topic int64
	Name  string
	Email string
}

// TopicAccounts are the contacts' accounts of a batch's topics now.
func TopicAccounts(dst *[]TopicAccount, slug string) Query {
	return many(dst, `SELECT m.topic, a.name, a.email FROM batch b JOIN topic t ON t.batch = b.id JOIN membership m ON m.topic = t.id AND m.until IS NULL
		JOIN account a ON a.id = m.account WHERE b.slug = $1 ORDER BY t.ordinal, m.id`, slug)
}

// BecomeApplicant gives an account the right to apply, if it has it not. The portal's role can
// write no other membership (column grants of migration 1).
func (t *Tx) BecomeApplicant(account int64) error {
	_, err := t.exec(`INSERT INTO membership (account, since) VALUES ($1, $2)
		ON CONFLICT (account, role, topic) WHERE until IS NULL DO NOTHING`, account, t.at)
	return err
}

// Grant gives an account a role; topic is 0 for roles without a scope.
func (t *Tx) Grant(account int64, role portal.Role, topic int64) error {
	_, err := t.exec(`INSERT INTO membership (account, role, topic, since) VALUES ($1, $2, NULLIF($3::bigint, 0), $4)`, account, role, topic, t.at)
	return err
}

// EndMembership ends a right of the account; its deputies' end with it. A deputy's that has
// not begun never does.
func (t *Tx) EndMembership(account, membership int64) error {
	return t.change(`UPDATE membership SET until = GREATEST(since, $3) WHERE id = $2 AND account = $1 AND (until IS NULL OR until > GREATEST(since, $3))`, account, membership, t.at)
}

// AdminCount is how many accounts are administrators now.
func AdminCount(dst *int) Query {
	return value(dst, `SELECT count(DISTINCT account) FROM membership WHERE role = 'admin' AND until IS NULL`)
}

// HandedTopic is a topic about to be handed over.
type HandedTopic struct {
	Batch, Topic int64
	Label, Title string
	From         string // the names of those who have it now
}

// TopicToHandOver is a topic by its address, in its newest wording.
func TopicToHandOver(dst *HandedTopic, slug string, ordinal int) Query {
	return one(dst, `SELECT b.id AS batch, t.id AS topic, tv.label, tv.title, COALESCE((SELECT string_agg(a.name, '、' ORDER BY m.id)
			FROM membership m JOIN account a ON a.id = m.account WHERE m.topic = t.id AND m.until IS NULL), '无') AS from
		FROM batch b `+newestVersion+` JOIN topic t ON t.batch = b.id JOIN topic_version tv ON tv.batch_version = v.id AND tv.topic = t.id
		WHERE b.slug = $1 AND t.ordinal = $2`, slug, ordinal)
}

// EndTopicMemberships ends the rights of all who have the topic but one account's own.
func (t *Tx) EndTopicMemberships(topic, but int64) error {
	_, err := t.exec(`UPDATE membership SET until = GREATEST(since, $3)
		WHERE topic = $1 AND (account <> $2 OR for_account IS NOT NULL) AND (until IS NULL OR until > $3)`, topic, but, t.at)
	return err
}

// GrantTopic makes the account contact of the topic unless it is already.
func (t *Tx) GrantTopic(account, topic int64) error {
	_, err := t.exec(`INSERT INTO membership (account, role, topic, since) VALUES ($1, 'contact', $2, $3)
		ON CONFLICT (account, role, topic) WHERE until IS NULL DO NOTHING`, account, topic, t.at)
	return err
}
