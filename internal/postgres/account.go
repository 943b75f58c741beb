package postgres

import (
	"context"
	"strconv"
	"strings"
	"time"

	"softsci/internal/portal"
)

// Account is a sign-in as administrators see it.
type Account struct {
	ID         int64
	Ref        string
	Email      string
	Name       string
	Invited    bool // an invitation that was not accepted yet
	Confirmed  bool
	CreatedAt  time.Time
	LastSeenAt time.Time
	Roles      []string
}

const accountColumns = `a.id, a.ref, a.email, a.name, a.password_hash IS NULL AS invited, a.confirmed_at IS NOT NULL AS confirmed, a.created_at,
	COALESCE((SELECT max(s.last_seen_at) FROM session s WHERE s.account = a.id), ` + never + `) AS last_seen_at,
	COALESCE((SELECT array_agg(DISTINCT m.role) FROM membership m WHERE m.account = a.id AND m.until IS NULL), '{}') AS roles`

// Accounts are the newest accounts whose name or address holds the words, below the key before (0: from the newest).
func Accounts(dst *[]Account, words string, before int64, limit int) Query {
	return many(dst, `SELECT `+accountColumns+` FROM account a
		WHERE ($1 = '' OR strpos(lower(a.email), lower($1)) > 0 OR strpos(a.name, $1) > 0) AND a.id < $2
		ORDER BY a.id DESC LIMIT $3`, words, below(before), limit)
}

// AccountOf is one account by its reference.
func AccountOf(dst *Account, ref string) Query {
	return one(dst, `SELECT `+accountColumns+` FROM account a WHERE a.ref = $1`, ref)
}

// Credential is what signing in compares.
type Credential struct {
	ID           int64
	Name         string
	Email        string
	PasswordHash string // "" until an invitation is accepted
	Person       int64  // its entry in the directory, 0 for none
}

// CredentialOf is the credential behind an address, whatever its case.
func CredentialOf(dst *Credential, email string) Query {
	return one(dst, `SELECT id, name, email, COALESCE(password_hash, '') AS password_hash, COALESCE(person, 0) AS person FROM account WHERE lower(email) = lower($1)`, email)
}

// CredentialByID is the credential of an account.
func CredentialByID(dst *Credential, account int64) Query {
	return one(dst, `SELECT id, name, email, COALESCE(password_hash, '') AS password_hash FROM account WHERE id = $1`, account)
}

type standingRow struct {
	Account     int64
	Ref         string
	Name        string
	Email       string
	Confirmed   bool
	Memberships []string
}

func (r standingRow) standing() portal.Standing {
	s := portal.Standing{Account: r.Account, Ref: r.Ref, Name: r.Name, Email: r.Email, Confirmed: r.Confirmed}
	for _, m := range r.Memberships {
		words := strings.SplitN(m, ":", 4)
		topic, _ := strconv.ParseInt(words[1], 10, 64) // made by the statement below, so neither can be malformed
		principal, _ := strconv.ParseInt(words[2], 10, 64)
		s.Memberships = append(s.Memberships, portal.Membership{Role: portal.Role(words[0]), Topic: topic, For: portal.Principal{Account: principal, Name: words[3]}})
	}
	return s
}

// memberships are the rights that the account a has at the moment of a parameter, each as
// role:topic:account stood in for:its name. Who has single applications is a contact without a topic.
func memberships(at string) string {
	return `ARRAY(SELECT concat(m.role, ':', COALESCE(m.topic, 0), ':', COALESCE(m.for_account, 0), ':', (SELECT p.name FROM account p WHERE p.id = m.for_account))
		FROM membership m WHERE m.account = a.id AND ` + held(at) + ` ORDER BY m.id) || CASE WHEN entrusted(a.id) THEN ARRAY['contact:0:0:'] END`
}

func standingOf(dst *portal.Standing, account int64, at time.Time) Query {
	return mappedOne(dst, standingRow.standing, `SELECT a.id AS account, a.ref, a.name, a.email, a.confirmed_at IS NOT NULL AS confirmed,
			`+memberships("$2")+` AS memberships
		FROM account a WHERE a.id = $1`, account, at)
}

// Standing is an account with the rights it has now. It is what every signed-in
// request is judged by, so a right that ended is gone with the next click.
func (s *Store) Standing(ctx context.Context, account int64) (portal.Standing, error) {
	var standing portal.Standing
	err := s.Read(ctx, portal.Visitor{}, standingOf(&standing, account, s.Now()))
	return standing, err
}

// ContactAccount is who gets a mail.
type ContactAccount struct {
	ID    int64
	Name  string
	Email string
}

// ContactsOf are the accounts that have an application at the moment, those of its topic or
// the one it was given to, with their deputies; the administrators while it has none.
func ContactsOf(dst *[]ContactAccount, ref string, at time.Time) Query {
	return many(dst, `WITH office AS (
			SELECT m.id, m.account FROM application p JOIN membership m ON CASE WHEN p.handler = 0 THEN m.topic = p.topic ELSE m.for_account = p.handler END
				WHERE p.ref = $1 AND `+held("$2")+`
			UNION ALL SELECT 0, p.handler FROM application p WHERE p.ref = $1 AND p.handler <> 0
		), asked AS (
			SELECT min(id) AS id, account FROM office GROUP BY account UNION ALL
			SELECT id, account FROM membership WHERE role = 'admin' AND until IS NULL AND NOT EXISTS (SELECT FROM office)
		)
		SELECT a.id, a.name, a.email FROM asked JOIN account a ON a.id = asked.account ORDER BY asked.id`, ref, at)
}

// LeadersOf are the accounts that get the applicant's mails of an application.
func LeadersOf(dst *[]ContactAccount, ref string) Query {
	return many(dst, `SELECT a.id, a.name, a.email FROM application p JOIN application_access x ON x.application = p.id
		JOIN account a ON a.id = x.account WHERE p.ref = $1 ORDER BY x.since, a.id`, ref)
}

// Drafting are the accounts that have begun an application in the batch and not submitted it.
func Drafting(dst *[]ContactAccount, batch int64) Query {
	return many(dst, `SELECT DISTINCT a.id, a.name, a.email FROM application p JOIN application_access x ON x.application = p.id
		JOIN account a ON a.id = x.account WHERE p.batch = $1 AND p.status = 'draft' ORDER BY a.id`, batch)
}

// Concerned is who has an application in a batch that goes on.
type Concerned struct {
	ContactAccount
	Ref     string // of the application
	Retired bool   // its topic is no more
}

// ConcernedBy are the people of a batch's drafts and of what waits for its contact or
// was returned, beside the topics of the newest public version.
func ConcernedBy(dst *[]Concerned, batch int64) Query {
	return many(dst, `SELECT a.id, a.name, a.email, p.ref, NOT EXISTS (SELECT FROM topic_version WHERE topic = p.topic AND batch_version = v.id) AS retired
		FROM (SELECT id FROM batch_version WHERE batch = $1 AND published_at IS NOT NULL ORDER BY n DESC LIMIT 1) v, application p
		JOIN application_access x ON x.application = p.id JOIN account a ON a.id = x.account
		WHERE p.batch = $1 AND p.status IN ('draft', 'submitted', 'returned') ORDER BY p.id, a.id`, batch)
}

// NewAccount is an account about to be.
type NewAccount struct {
	Ref, Email, Name string
	PasswordHash     *string // nil: invited
	PrivacyVersion   *string // nil: not asked yet
}

// InsertAccount adds an account. An address that is taken is an Invalid error on field email.
func (t *Tx) InsertAccount(a NewAccount) (id int64, err error) {
	var agreed *time.Time
	if a.PrivacyVersion != nil {
		agreed = &t.at
	}
	err = t.Do(value(&id, `INSERT INTO account (ref, email, name, password_hash, privacy_version, privacy_at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`, a.Ref, a.Email, a.Name, a.PasswordHash, a.PrivacyVersion, agreed, t.at))
	return id, err
}

// SetPassword replaces the password's hash.
func (t *Tx) SetPassword(account int64, hash string) error {
	return t.change(`UPDATE account SET password_hash = $2 WHERE id = $1`, account, hash)
}

// ConfirmAddress notes that the account's address receives mail.
func (t *Tx) ConfirmAddress(account int64) error {
	return t.change(`UPDATE account SET confirmed_at = COALESCE(confirmed_at, $2) WHERE id = $1`, account, t.at)
}

// Rename changes the name an account shows.
func (t *Tx) Rename(account int64, name string) error {
	return t.change(`UPDATE account SET name = $2 WHERE id = $1`, account, name)
}

// Profile is an applicant's own copy of its unit's data.
type Profile struct {
	UnitName string
	UnitCode string // as typed

	// Details are its other fields by their names, as typed; nil leaves those that are kept.
	Details map[string]string
}

// ProfileOf is the account's profile; no row for those who never gave one.
func ProfileOf(dst *[]Profile, account int64) Query {
	return many(dst, `SELECT unit_name, unit_code, details FROM profile WHERE account = $1`, account)
}

// SaveProfile keeps the account's copy and makes the unit known by its normalised code.
func (t *Tx) SaveProfile(account int64, p Profile, code portal.UnitCode) error {
	_, err := t.exec(`WITH known AS (
			INSERT INTO unit (code) VALUES ($2) ON CONFLICT ON CONSTRAINT unit_code_is_unique DO UPDATE SET code = EXCLUDED.code RETURNING id
		)
		INSERT INTO profile (account, unit, unit_name, unit_code, details) SELECT $1, id, $3, $4, COALESCE($5::jsonb, '{}') FROM known
		ON CONFLICT (account) DO UPDATE SET unit = EXCLUDED.unit, unit_name = EXCLUDED.unit_name, unit_code = EXCLUDED.unit_code,
			details = COALESCE($5::jsonb, profile.details)`,
		account, string(code), p.UnitName, p.UnitCode, p.Details)
	return err
}
