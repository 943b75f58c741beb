package postgres

import "softsci/internal/portal"

// AddReview keeps a contact's recommendation; the newest one counts.
func (t *Tx) AddReview(application int64, r portal.Review) Query {
	return changing(`INSERT INTO review (application, topic, handler, outcome, comment, note, account, at)
		SELECT id, topic, handler, $2, $3, $4, $5, $6 FROM application WHERE id = $1`,
		application, r.Outcome, r.Comment, r.Note, t.actor.Account(), t.at)
}

// ReviewsOf are the recommendations on an application, newest first. An applicant
// has none to see.
func ReviewsOf(dst *[]portal.Review, ref string) Query {
	return many(dst, `SELECT r.outcome, r.comment, r.note, c.name AS by, r.at FROM application a JOIN review r ON r.application = a.id
		JOIN account c ON c.id = r.account WHERE a.ref = $1 ORDER BY r.id DESC LIMIT 20`, ref)
}
