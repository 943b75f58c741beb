package postgres

import (
	"time"

	"softsci/internal/portal"
)

// extendedClose is when application a closes: the batch's time, or the later one that was
// granted to one of its people or to its unit.
const extendedClose = `extended_close(a.batch, v.closes_at, a.accounts, a.unit_code)`

// Extension is a later close for one applicant or one unit.
type Extension struct {
	ID          int64
	Name, Email string // of the applicant, "" for a unit's
	UnitCode    string // "" for an applicant's
	ClosesAt    time.Time
	Reason      string
	By          string
	GrantedAt   time.Time
	EndedAt     time.Time // zero while it holds
}

// Who is whom the extension is for, in words.
func (e Extension) Who() string {
	if e.UnitCode != "" {
		return "单位 " + e.UnitCode
	}
	return e.Name + "（" + e.Email + "）"
}

const extensionColumns = `e.id, COALESCE(c.name, '') AS name, COALESCE(c.email, '') AS email, COALESCE(e.unit_code, '') AS unit_code, e.closes_at, e.reason,
	g.name AS by, e.granted_at, COALESCE(e.ended_at, ` + never + `) AS ended_at`

// ExtensionsOf are the extensions of a batch, the newest first, at most 200.
func ExtensionsOf(dst *[]Extension, slug string) Query {
	return many(dst, `SELECT `+extensionColumns+` FROM batch b JOIN extension e ON e.batch = b.id JOIN account g ON g.id = e.granted_by
		LEFT JOIN account c ON c.id = e.account WHERE b.slug = $1 ORDER BY e.id DESC LIMIT 200`, slug)
}

// GrantExtension keeps an extension for an account or, with 0, for a unit, in the place
// of the one that held until now.
func (t *Tx) GrantExtension(batch, account int64, code portal.UnitCode, closes time.Time, reason string) error {
	return t.Do(running(`UPDATE extension SET ended_at = $4 WHERE batch = $1 AND account IS NOT DISTINCT FROM NULLIF($2::bigint, 0)
			AND unit_code IS NOT DISTINCT FROM NULLIF($3, '') AND ended_at IS NULL`, batch, account, string(code), t.at),
		changing(`INSERT INTO extension (batch, account, unit_code, closes_at, reason, granted_by, granted_at)
			VALUES ($1, NULLIF($2::bigint, 0), NULLIF($3, ''), $4, $5, $6, $7)`, batch, account, string(code), closes, reason, t.actor.Account(), t.at))
}

// EndExtension ends an extension of a batch that still holds and says for whom it was.
func (t *Tx) EndExtension(ended *EndedExtension, batch, id int64) Query {
	return one(ended, `UPDATE extension SET ended_at = $3 WHERE id = $2 AND batch = $1 AND ended_at IS NULL
		RETURNING COALESCE(account, 0) AS account, COALESCE(unit_code, '') AS code, closes_at`, batch, id, t.at)
}

// EndedExtension is whom an extension was for that has just ended.
type EndedExtension struct {
	Account  int64
	Code     portal.UnitCode
	ClosesAt time.Time
}

// Extended is an application that an extension is about.
type Extended struct {
	ID    int64
	Label string
}

// ExtendedBy are the applications of an account or of a unit to a batch that are still the
// applicant's to change, and all whom an extension for it concerns.
func ExtendedBy(applications *[]Extended, readers *[]ContactAccount, batch, account int64, code portal.UnitCode) []Query {
	const theirs = `FROM application a WHERE a.batch = $1 AND a.status IN ('draft', 'submitted')
		AND ($2::bigint = ANY (a.accounts) OR $3 <> '' AND normal_code(a.unit_code) = $3)`
	return []Query{many(applications, `SELECT a.id, COALESCE(a.number, a.title) AS label `+theirs+` ORDER BY a.id`, batch, account, string(code)),
		many(readers, `SELECT c.id, c.name, c.email FROM account c WHERE c.id = $2
			OR c.id IN (SELECT unnest(a.accounts) `+theirs+`)
			OR c.id IN (SELECT p.account FROM profile p JOIN unit u ON u.id = p.unit WHERE u.code = $3) ORDER BY c.id`, batch, account, string(code))}
}
