package postgres

import (
	"time"

	"softsci/internal/portal"
)

// Person is an entry of the directory as administrators see it.
type Person struct {
	portal.Person
	DeputyID                int64 // 0 without
	DeputyFrom, DeputyUntil time.Time
	AccountRef, Account     string // its sign-in, "" without
	Topics                  int    // on whose cards it stands
}

const personColumns = `p.id, p.department, p.name, p.phones, p.email, p.hours, COALESCE(p.deputy, 0) AS deputy_id,
	COALESCE(p.deputy_from::timestamptz, ` + never + `) AS deputy_from, COALESCE(p.deputy_until::timestamptz, ` + never + `) AS deputy_until,
	COALESCE((SELECT a.ref FROM account a WHERE a.person = p.id ORDER BY a.id LIMIT 1), '') AS account_ref,
	COALESCE((SELECT a.email FROM account a WHERE a.person = p.id ORDER BY a.id LIMIT 1), '') AS account,
	(SELECT count(*) FROM topic_card c WHERE c.person = p.id) AS topics`

// People are the persons of the directory that hold the words, by department and
// name, from the key of the page before on.
func People(dst *[]Person, words, afterDepartment, afterName string, limit int) Query {
	return many(dst, `SELECT `+personColumns+` FROM person p
		WHERE ($1 = '' OR strpos(concat_ws(' ', p.department, p.name, p.email, array_to_string(p.phones, ' ')), $1) > 0)
			AND (p.department, p.name) > ($2, $3) ORDER BY p.department, p.name LIMIT $4`, words, afterDepartment, afterName, limit)
}

// PersonOf is one person of the directory.
func PersonOf(dst *Person, id int64) Query {
	return one(dst, `SELECT `+personColumns+` FROM person p WHERE p.id = $1`, id)
}

// PersonTopics are the topics on whose cards a person stands, the newest batch first.
func PersonTopics(dst *[]SlugTopic, id int64, at time.Time) Query {
	return many(dst, `SELECT b.slug AS batch_slug, v.title AS batch_title, t.id, t.ordinal, tv.label, tv.title
		FROM topic_card c JOIN topic t ON t.id = c.topic JOIN batch b ON b.id = t.batch `+currentVersion+` `+lastWording+`
		WHERE c.person = $2 ORDER BY b.id DESC, t.ordinal LIMIT 200`, at, id)
}

// Known are the directory's persons with one of these departments and names, each
// pair at the same position of both lists.
func Known(dst *[]Person, departments, names []string) Query {
	return many(dst, `SELECT `+personColumns+` FROM person p WHERE (p.department, p.name) IN (SELECT * FROM unnest($1::text[], $2::text[]))`, departments, names)
}

func personTokens(p portal.Person) []string {
	return portal.Tokens(append([]string{p.Department, p.Name}, p.Phones...)...)
}

// SavePerson writes an entry of the directory; it shows at once everywhere.
func (t *Tx) SavePerson(p Person) error {
	return t.change(`UPDATE person SET department = $2, name = $3, phones = $4, email = $5, hours = $6,
			deputy = NULLIF($7::bigint, 0), deputy_from = NULLIF($8, `+never+`)::date, deputy_until = NULLIF($9, `+never+`)::date,
			tokens = array_to_tsvector($10::text[]), tokenizer = $11 WHERE id = $1`,
		p.ID, p.Department, p.Name, append([]string{}, p.Phones...), p.Email, p.Hours, p.DeputyID, p.DeputyFrom, p.DeputyUntil, personTokens(p.Person), portal.TokenizerVersion)
}

// InsertPerson adds an entry to the directory and returns its key.
func (t *Tx) InsertPerson(id *int64, p portal.Person) Query {
	return value(id, `INSERT INTO person (department, name, phones, email, hours, tokens, tokenizer)
		VALUES ($1, $2, $3, $4, $5, array_to_tsvector($6::text[]), $7) RETURNING id`,
		p.Department, p.Name, append([]string{}, p.Phones...), p.Email, p.Hours, personTokens(p), portal.TokenizerVersion)
}

// PublishCards takes the persons that a draft prints into the directory (a person of
// the same department and name is the same person, and what is printed is newest), puts
// them on the cards of the draft's topics where the draft changed them, and makes their
// accounts contacts of those topics. before is the key of the version before, 0 without.
func (t *Tx) PublishCards(version, before int64, topics []portal.Topic) error {
	var changes []Query
	seen := map[[2]string]bool{}
	for _, topic := range topics {
		for _, p := range topic.Contacts {
			if who := [2]string{p.Department, p.Name}; !seen[who] {
				seen[who] = true
				changes = append(changes, changing(`INSERT INTO person (department, name, phones, email, tokens, tokenizer)
					VALUES ($1, $2, $3, $4, array_to_tsvector($5::text[]), $6)
					ON CONFLICT ON CONSTRAINT person_is_unique_in_its_department DO UPDATE SET tokenizer = EXCLUDED.tokenizer,
						phones = CASE WHEN EXCLUDED.phones = '{}' THEN person.phones ELSE EXCLUDED.phones END,
						tokens = CASE WHEN EXCLUDED.phones = '{}' THEN person.tokens ELSE EXCLUDED.tokens END,
						email = CASE WHEN EXCLUDED.email = '' THEN person.email ELSE EXCLUDED.email END`,
					p.Department, p.Name, append([]string{}, p.Phones...), p.Email, personTokens(p), portal.TokenizerVersion))
			}
		}
	}
	const changed = `SELECT tv.topic, tv.cards FROM topic_version tv LEFT JOIN topic_version old ON old.batch_version = $2 AND old.topic = tv.topic
		WHERE tv.batch_version = $1 AND tv.cards IS DISTINCT FROM old.cards`
	changes = append(changes,
		running(`DELETE FROM topic_card WHERE topic IN (SELECT topic FROM (`+changed+`) c)`, version, before),
		running(`INSERT INTO topic_card (topic, position, person)
			SELECT c.topic, min(printed.position), p.id FROM (`+changed+`) c, jsonb_array_elements(c.cards) WITH ORDINALITY AS printed (card, position)
			JOIN person p ON p.department = card ->> 'department' AND p.name = card ->> 'name' GROUP BY c.topic, p.id`, version, before),
		running(`INSERT INTO membership (account, role, topic, since)
			SELECT DISTINCT a.id, 'contact', tv.topic, $2::timestamptz FROM topic_version tv JOIN topic_card c ON c.topic = tv.topic JOIN account a ON a.person = c.person
			WHERE tv.batch_version = $1 ON CONFLICT (account, role, topic) WHERE until IS NULL DO NOTHING`, version, t.at))
	return t.Do(changes...)
}

// ReplaceCards puts one person alone on a topic's card.
func (t *Tx) ReplaceCards(topic, person int64) error {
	return t.Do(running(`DELETE FROM topic_card WHERE topic = $1`, topic),
		changing(`INSERT INTO topic_card (topic, position, person) VALUES ($1, 1, $2)`, topic, person))
}

// LinkPerson says that an account is a person of the directory.
func (t *Tx) LinkPerson(account, person int64) error {
	return t.change(`UPDATE account SET person = $2 WHERE id = $1`, account, person)
}

// GrantCards makes an account contact of every topic on whose card the person stands.
func (t *Tx) GrantCards(account, person int64) error {
	_, err := t.exec(`INSERT INTO membership (account, role, topic, since) SELECT $1, 'contact', topic, $3 FROM topic_card WHERE person = $2
		ON CONFLICT (account, role, topic) WHERE until IS NULL DO NOTHING`, account, person, t.at)
	return err
}
