package postgres

import "softsci/internal/portal"

// Scrutiny is what decides, beside an application and its content, who may act on it.
type Scrutiny struct {
	Given     []portal.Assignment // the one that holds, or none
	Answered  []portal.Recusal    // account and ground of those that were lifted
	Reviewers []portal.Reviewer   // the accounts that were asked about
}

// ScrutinyOf is the scrutiny of an application, about some accounts; empty where the actor
// does not see the application.
func ScrutinyOf(dst *Scrutiny, ref string, accounts []int64) Query {
	return perhaps(dst, `SELECT
			COALESCE((SELECT json_agg(json_build_object('account', s.account, 'name', c.name, 'kind', s.kind, 'by', b.name, 'note', s.note, 'at', s.at))
				FROM assignment s JOIN account c ON c.id = s.account JOIN account b ON b.id = s.by
				WHERE s.application = a.id AND s.ended_at IS NULL), '[]') AS given,
			COALESCE((SELECT json_agg(json_build_object('account', r.account, 'ground', r.ground))
				FROM recusal r WHERE r.application = a.id AND r.lifted_at IS NOT NULL), '[]') AS answered,
			COALESCE((SELECT json_agg(json_build_object('account', c.id, 'names', array_remove(ARRAY[c.name, p.name], NULL),
					'units', array_remove(ARRAY[p.department, f.unit_name], NULL), 'codes', array_remove(ARRAY[f.unit_code, u.code], NULL)))
				FROM account c LEFT JOIN person p ON p.id = c.person LEFT JOIN profile f ON f.account = c.id LEFT JOIN unit u ON u.id = f.unit
				WHERE c.id = ANY ($2)), '[]') AS reviewers
		FROM application a WHERE a.ref = $1`, ref, accounts)
}

const recusalColumns = `r.id, a.ref, COALESCE(a.number, '') AS number, a.title, r.account, c.name, r.ground, r.text, r.at,
	COALESCE((SELECT h.name FROM account h WHERE h.id = a.handler), '') AS handler, r.lifted_at IS NULL AND ` + waiting + ` AS waiting,
	COALESCE(r.lifted_at, ` + never + `) AS lifted_at, COALESCE(l.name, '') AS lifted_name, r.lifted_why`

const recusalTables = ` recusal r JOIN application a ON a.id = r.application JOIN account c ON c.id = r.account LEFT JOIN account l ON l.id = r.lifted_by `

// waiting is whether application a is open and everybody who has it is kept away.
const waiting = `(` + openCase + ` AND NOT EXISTS (
		SELECT FROM (SELECT a.handler AS account WHERE a.handler <> 0 UNION ALL
			SELECT m.account FROM membership m WHERE a.handler = 0 AND m.topic = a.topic AND m.for_account IS NULL AND m.until IS NULL) has
		WHERE NOT EXISTS (SELECT FROM recusal x WHERE x.application = a.id AND x.account = has.account AND x.lifted_at IS NULL)))`

// Recusals is a page of all recusals, the newest first, below the key before (0: from the newest).
func Recusals(dst *[]portal.Recusal, before int64, limit int) Query {
	return many(dst, `SELECT `+recusalColumns+` FROM`+recusalTables+`WHERE r.id < $1 ORDER BY r.id DESC LIMIT $2`, below(before), limit)
}

// RecusalByID is one recusal that still keeps away.
func RecusalByID(dst *portal.Recusal, id int64) Query {
	return one(dst, `SELECT `+recusalColumns+` FROM`+recusalTables+`WHERE r.id = $1 AND r.lifted_at IS NULL`, id)
}

// RecusalsWaiting is how many applications wait for an administrator to name another.
func RecusalsWaiting(dst *int) Query {
	return value(dst, `SELECT count(DISTINCT a.id) FROM recusal r JOIN application a ON a.id = r.application WHERE r.lifted_at IS NULL AND `+waiting)
}

// Recuse keeps an account away from an application; a second time changes nothing.
func (t *Tx) Recuse(application, account int64, i portal.Interest) Query {
	return running(`INSERT INTO recusal (application, account, ground, text, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (application, account) WHERE lifted_at IS NULL DO NOTHING`, application, account, i.Ground, i.Text, t.at)
}

// Deny records that what a name suggested is not so, in the words of who bears it.
func (t *Tx) Deny(application, account int64, i portal.Interest, why string) Query {
	return changing(`INSERT INTO recusal (application, account, ground, text, at, lifted_at, lifted_by, lifted_why) VALUES ($1, $2, $3, $4, $5, $5, $6, $7)`,
		application, account, i.Ground, i.Text, t.at, t.actor.Account(), why)
}

// LiftRecusal ends a recusal by its key and returns it as it was.
func (t *Tx) LiftRecusal(dst *portal.Recusal, id int64, why string) Query {
	return one(dst, `WITH lifted AS (
			UPDATE recusal SET lifted_at = $2, lifted_by = $3, lifted_why = $4 WHERE id = $1 AND lifted_at IS NULL RETURNING id
		)
		SELECT `+recusalColumns+` FROM`+recusalTables+`WHERE r.id IN (SELECT id FROM lifted)`, id, t.at, t.actor.Account(), why)
}

// Administrators are the accounts that are administrators now.
func Administrators(dst *[]ContactAccount) Query {
	return many(dst, `SELECT DISTINCT c.id, c.name, c.email FROM membership m JOIN account c ON c.id = m.account WHERE m.role = 'admin' AND m.until IS NULL ORDER BY c.id`)
}
