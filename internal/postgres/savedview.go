package postgres

import "softsci/internal/portal"

// savedViews are the views that account $1 keeps, its own first, and those that the contacts
// of topics $2 share.
const savedViews = `SELECT v.id, v.name, v.query, v.sort, v.account = $1 AS own, COALESCE(t.ordinal, 0) AS ordinal, a.name AS by
	FROM saved_view v JOIN account a ON a.id = v.account LEFT JOIN topic t ON t.id = v.topic
	WHERE v.account = $1 OR v.topic = ANY ($2::bigint[]) ORDER BY own DESC, v.name, v.id LIMIT 50`

// SavedViews are the views that the account keeps, and those that the contacts of the topics share.
func SavedViews(dst *[]portal.SavedView, account int64, topics []int64) Query {
	return many(dst, savedViews, account, topics)
}

// AddView keeps a view; topic is 0 for the account alone.
func (t *Tx) AddView(v portal.SavedView, topic int64) error {
	return t.change(`INSERT INTO saved_view (account, topic, name, query, sort, created_at) VALUES ($1, NULLIF($2::bigint, 0), $3, $4, $5, $6)`,
		t.actor.Account(), topic, v.Name, v.Query, v.Sort, t.at)
}

// RenameView gives a view of the actor's own another name.
func (t *Tx) RenameView(id int64, name string) error {
	return t.change(`UPDATE saved_view SET name = $3 WHERE id = $1 AND account = $2`, id, t.actor.Account(), name)
}

// RemoveView removes a view of the actor's own.
func (t *Tx) RemoveView(id int64) error {
	return t.change(`DELETE FROM saved_view WHERE id = $1 AND account = $2`, id, t.actor.Account())
}
