package postgres

import "time"

// Message is a mail as it is kept: written in the transaction that promises it.
type Message struct {
	ID        int64
	Account   int64 // 0: to an address without an account
	Address   string
	Kind      string
	Subject   string
	Body      string
	Sent      bool
	Failure   string // why it was not handed over, "" otherwise
	CreatedAt time.Time
}

// Keep is the statement that keeps a mail; it returns the key, which is all that a job needs.
func (t *Tx) Keep(id *int64, m Message) Query {
	return value(id, `INSERT INTO message (account, address, kind, subject, body, created_at)
		VALUES (NULLIF($1::bigint, 0), $2, $3, $4, $5, $6) RETURNING id`, m.Account, m.Address, m.Kind, m.Subject, m.Body, t.at)
}

// MessageOf is one mail, for the job that sends it.
func MessageOf(dst *Message, id int64) Query {
	return one(dst, `SELECT id, COALESCE(account, 0) AS account, address, kind, subject, body, sent_at IS NOT NULL AS sent, failure, created_at FROM message WHERE id = $1`, id)
}

// MarkSent notes that a mail was handed over.
func (t *Tx) MarkSent(id int64) error {
	return t.change(`UPDATE message SET sent_at = $2, failure = '' WHERE id = $1`, id, t.at)
}

// MarkFailed notes why a mail was not handed over.
func (t *Tx) MarkFailed(id int64, why string) error {
	return t.change(`UPDATE message SET failure = left($2, 500) WHERE id = $1`, id, why)
}
