package postgres

import (
	"time"

	"softsci/internal/portal"
)

// applicationColumns need $1, the moment, for the batch's current version: its
// dates are the ones that count, so that an extension heals what had lapsed, be it for
// all or for the application's people or unit.
const applicationColumns = `a.id, a.ref, a.status, COALESCE(a.number, '') AS number, a.title, a.leader_name, a.unit_name, a.unit_code, a.amount,
	b.slug AS batch_slug, v.title AS batch_title, b.year, a.topic, t.ordinal, COALESCE(tv.title, a.title) AS topic_title,
	v.rules, v.opens_at AS opens, ` + extendedClose + ` AS closes, COALESCE(a.return_until, ` + never + `) AS return_until,
	a.created_at, COALESCE(a.submitted_at, ` + never + `) AS submitted_at, a.versions, a.editing,
	COALESCE((SELECT x.kind FROM application_access x WHERE x.application = a.id AND x.account = acting_account()), '') AS access,
	a.handler, COALESCE((SELECT h.name FROM account h WHERE h.id = a.handler), '') AS handler_name,
	ARRAY(SELECT r.account FROM recusal r WHERE r.application = a.id AND r.lifted_at IS NULL) AS recused`

const applicationTables = ` JOIN batch b ON b.id = a.batch ` + currentVersion + ` JOIN topic t ON t.id = a.topic
	LEFT JOIN topic_version tv ON tv.batch_version = v.id AND tv.topic = a.topic `

type applicationRow struct {
	portal.Application
	Opens, Closes, ReturnUntil time.Time
}

func (r applicationRow) application() portal.Application {
	a := r.Application
	a.Window = portal.Window{Opens: r.Opens, Closes: r.Closes, ReturnUntil: r.ReturnUntil}
	return a
}

// ApplicationOf is one application that the actor may see.
func ApplicationOf(dst *portal.Application, ref string, at time.Time) Query {
	return mappedOne(dst, applicationRow.application, `SELECT `+applicationColumns+` FROM application a `+applicationTables+`
		WHERE a.ref = $2`, at, ref)
}

// OwnApplications are an applicant's applications, the newest first, below the key before (0: from the newest).
func OwnApplications(dst *[]portal.Application, account int64, before int64, limit int, at time.Time) Query {
	return mapped(dst, applicationRow.application, `SELECT `+applicationColumns+`
		FROM application_access x JOIN application a ON a.id = x.application `+applicationTables+`
		WHERE x.account = $2 AND a.id < $3 ORDER BY a.id DESC LIMIT $4`, at, account, below(before), limit)
}

// EarlierApplications are what an account can copy from into the application: those that
// it leads and has written in, the newest first, at most 50.
func EarlierApplications(dst *[]portal.Application, account int64, but string, at time.Time) Query {
	return mapped(dst, applicationRow.application, `SELECT `+applicationColumns+`
		FROM application_access x JOIN application a ON a.id = x.application `+applicationTables+`
		WHERE x.account = $2 AND x.kind = 'leader' AND a.ref <> $3 AND EXISTS (SELECT FROM section s WHERE s.application = a.id)
		ORDER BY a.id DESC LIMIT 50`, at, account, but)
}

// wholeProfile is what profile p of account c says in the names of the form.
const wholeProfile = `jsonb_build_object('leader_email', c.email) || p.details || jsonb_build_object('unit_name', p.unit_name, 'unit_code', p.unit_code)`

// othersColumns are, at the moment $1, how many applications of the same leader in the
// same year stand beside a, null where the reader may not know, and the numbers of those
// that it may see.
const othersColumns = `count_others(a.id, $1) AS others_count, ARRAY(SELECT o.number FROM others_of(a, $1) o ORDER BY o.id LIMIT 20) AS others_numbers`

type othersRow struct {
	applicationRow
	OthersCount   *int
	OthersNumbers []string
}

func (r othersRow) application() portal.Application {
	a := r.applicationRow.application()
	if r.OthersCount != nil {
		a.Others = portal.Others{Known: true, Count: *r.OthersCount, Numbers: r.OthersNumbers}
	}
	return a
}

// JudgedApplicationOf is ApplicationOf for who judges it: with the leader's others, and with
// the thread.
func JudgedApplicationOf(dst *portal.Application, thread *[]portal.ThreadMessage, ref string, at time.Time) Query {
	type row struct {
		othersRow
		Thread []portal.ThreadMessage
	}
	return mappedOne(dst, func(r row) portal.Application {
		*thread = r.Thread
		return r.application()
	}, `SELECT `+applicationColumns+`, `+othersColumns+`, `+threadColumn+` FROM application a `+applicationTables+` WHERE a.ref = $2`, at, ref)
}

// Own is what the pages of an application's writer know of it besides the application.
type Own struct {
	Earlier bool // the actor leads others, from which something can be copied
	Asked   int  // about how many leaders the actor has asked of late; see Ask
	Thread  []portal.ThreadMessage
}

// OwnApplicationOf is ApplicationOf with what else its writer's pages need, and with the
// leader's profile, of which a co-editor gets the unit's part alone, and others. The key
// is that under which the actor's asking is counted.
func OwnApplicationOf(dst *portal.Application, own *Own, ref string, at time.Time, key string) Query {
	type row struct {
		othersRow
		Own
	}
	return mappedOne(dst, func(r row) portal.Application {
		*own = r.Own
		return r.application()
	}, `SELECT `+applicationColumns+`, `+othersColumns+`,
			EXISTS (SELECT FROM application_access x WHERE x.account = acting_account() AND x.kind = 'leader' AND x.application <> a.id
				AND EXISTS (SELECT FROM section s WHERE s.application = x.application)) AS earlier,
			COALESCE((SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each_text(`+wholeProfile+`) WHERE own.kind <> 'co-editor' OR starts_with(key, 'unit_'))
				FROM application_access own, application_access x JOIN account c ON c.id = x.account JOIN profile p ON p.account = x.account
				WHERE own.application = a.id AND own.account = acting_account() AND x.application = a.id AND x.kind = 'leader'
				ORDER BY x.since LIMIT 1), '{}') AS profile,
			COALESCE((SELECT t.count FROM attempt t WHERE t.key = $3 AND t.resets_at > $1), 0) AS asked, `+threadColumn+`
		FROM application a `+applicationTables+` WHERE a.ref = $2`, at, ref, key)
}

// TopicStatusCount is a cell of the administrators' table.
type TopicStatusCount struct {
	Ordinal int
	Status  portal.Status
	Count   int
}

// BatchCounts are the numbers of a batch's applications by topic and status.
func BatchCounts(dst *[]TopicStatusCount, slug string) Query {
	return many(dst, `SELECT t.ordinal, a.status, count(*) AS count FROM batch b JOIN application a ON a.batch = b.id JOIN topic t ON t.id = a.topic
		WHERE b.slug = $1 GROUP BY t.ordinal, a.status`, slug)
}

// Target is what an application is begun for.
type Target struct {
	Batch, Topic, Version int64
	Opens, Closes         time.Time
	Title                 string
	BatchTitle            string
}

// TargetOf is a public topic by its address, with the time that the account has for it.
func TargetOf(dst *Target, slug string, ordinal int, at time.Time, account int64) Query {
	return one(dst, `SELECT b.id AS batch, t.id AS topic, v.id AS version, v.opens_at AS opens, `+closeFor("$4")+` AS closes, tv.title, v.title AS batch_title
		FROM batch b `+currentVersion+` JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		WHERE b.slug = $2 AND t.ordinal = $3`, at, slug, ordinal, account)
}

// closeFor is when batch b closes for the account of a parameter, by itself and by the
// unit of its profile.
func closeFor(account string) string {
	return `extended_close(b.id, v.closes_at, ARRAY[` + account + `::bigint], (SELECT u.code FROM profile p JOIN unit u ON u.id = p.unit WHERE p.account = ` + account + `))`
}

// LiveOf finds the applications that the account leads to a topic and that are neither
// withdrawn nor decided.
func LiveOf(dst *[]string, account, topic int64) Query {
	return mapped(dst, func(r struct{ Ref string }) string { return r.Ref }, `SELECT a.ref
		FROM application_access x JOIN application a ON a.id = x.application
		WHERE x.account = $1 AND x.kind = 'leader' AND a.topic = $2 AND a.status NOT IN ('withdrawn', 'declined', 'not_funded') ORDER BY a.id DESC LIMIT 1`, account, topic)
}

// LockAccount makes this transaction the only one that begins applications for the account.
func (t *Tx) LockAccount(account int64) error {
	_, err := t.exec(`SELECT pg_advisory_xact_lock(hashtext('begin'), $1::integer)`, account%(1<<31))
	return err
}

// InsertApplication adds a draft that the account leads. The leader and
// the unit are, until they are written otherwise, those of the account.
func (t *Tx) InsertApplication(ref string, to Target, account int64) (id int64, err error) {
	err = t.Do(value(&id, `INSERT INTO application (ref, batch, topic, begun_under, title, leader_name, unit_name, unit_code, created_at, moved_at, accounts)
		SELECT $1, $2, $3, $4, $5, a.name, COALESCE(p.unit_name, ''), COALESCE(p.unit_code, ''), $6, $6, ARRAY[a.id]
		FROM account a LEFT JOIN profile p ON p.account = a.id WHERE a.id = $7 RETURNING id`, ref, to.Batch, to.Topic, to.Version, to.Title, t.at, account))
	if err != nil {
		return 0, err
	}
	_, err = t.exec(`INSERT INTO application_access (application, account, kind, since) VALUES ($1, $2, 'leader', $3)`, id, account, t.at)
	return id, err
}

// LockApplication locks an application (but not its key, so that an attachment may be
// arriving meanwhile) that the actor may see and returns it as
// it stands now; every move begins with it. What else the move has to know is read
// in the same round trip. What the actor sees and may not change is returned all the same,
// so that the refusal can say why.
func (t *Tx) LockApplication(ref string, also ...Query) (a portal.Application, err error) {
	var locked []struct{ ID int64 }
	err = t.Do(append([]Query{many(&locked, `SELECT id FROM application WHERE ref = $1 FOR NO KEY UPDATE`, ref), ApplicationOf(&a, ref, t.at)}, also...)...)
	return a, err
}

// LockOwnApplication is LockApplication for a save: in one statement, and with what else its
// writer's pages need.
func (t *Tx) LockOwnApplication(own *Own, ref, key string, also ...Query) (a portal.Application, err error) {
	q := OwnApplicationOf(&a, own, ref, t.at, key)
	q.sql += ` FOR NO KEY UPDATE OF a`
	err = t.Do(append([]Query{q}, also...)...)
	return a, err
}

// SeeGuideline notes that the applicant has confirmed a version.
func (t *Tx) SeeGuideline(application, version int64) error {
	return t.change(`UPDATE application SET seen_under = $2 WHERE id = $1`, application, version)
}

// ChangeTopic moves a draft to another topic of its batch, under its current version.
func (t *Tx) ChangeTopic(application int64, to Target) error {
	return t.change(`UPDATE application SET topic = $2, title = $3, seen_under = $4 WHERE id = $1 AND number IS NULL`, application, to.Topic, to.Title, to.Version)
}

// CopySections gives an application the newest revision of every section of another.
func (t *Tx) CopySections(from, to int64) error {
	_, err := t.exec(`INSERT INTO section (application, topic, accounts, name, revision, answers, saved_at, saved_by)
		SELECT a.id, a.topic, a.accounts, s.name, 1, s.answers, $3, s.saved_by FROM application a,
			(SELECT DISTINCT ON (name) name, answers, saved_by FROM section WHERE application = $1 ORDER BY name, revision DESC) s
		WHERE a.id = $2`, from, to, t.at)
	return err
}

// DeleteDraft deletes what was never submitted.
func (t *Tx) DeleteDraft(id int64) error {
	return t.change(`DELETE FROM application WHERE id = $1 AND number IS NULL`, id)
}

// SetStatus moves a locked application; the database checks the step by itself. An
// edit that was open beside the standing version is closed.
func (t *Tx) SetStatus(id int64, to portal.Status) Query {
	return changing(`UPDATE application SET status = $2, editing = false, moved_at = $3 WHERE id = $1`, id, to, t.at)
}

// OpenEdit opens an edit beside the standing version.
func (t *Tx) OpenEdit(id int64) Query {
	return changing(`UPDATE application SET editing = true WHERE id = $1`, id)
}

// ReturnUntil gives a returned application its own term.
func (t *Tx) ReturnUntil(id int64, until time.Time) Query {
	return changing(`UPDATE application SET return_until = $2 WHERE id = $1`, id, until)
}

// NextNumber takes the next count of a topic's receipt numbers. The counter's row
// stays locked until the transaction ends, so there is no gap and no double.
func (t *Tx) NextNumber(batch int64, ordinal int) (count int, err error) {
	err = t.Do(value(&count, `INSERT INTO number_counter (batch, ordinal, last) VALUES ($1, $2, 1)
		ON CONFLICT (batch, ordinal) DO UPDATE SET last = number_counter.last + 1 RETURNING last`, batch, ordinal))
	return count, err
}

// Submission is a frozen version about to be kept.
type Submission struct {
	Application  int64
	Number       string
	N            int
	BatchVersion int64
	LeaderMark   []byte // of the leader in the year, nil where no identity numbers are collected
	Attachments  []portal.FrozenFile
	Body         []byte // RFC 8785 canonical JSON
	SHA256       [32]byte
	ArrivedAt    time.Time
	Told         portal.Told
}

// Freeze keeps the version, with what it is found by, and moves its application to 待受理.
// It is Invalid where an application with the same mark has the leader's place of the year.
func (t *Tx) Freeze(s Submission) []Query {
	return []Query{changing(`UPDATE application SET status = 'submitted', number = $2, versions = $3, submitted_at = $4, submitted_under = $5,
			editing = false, return_until = NULL, moved_at = $6, leader_mark = $7 WHERE id = $1`,
		s.Application, s.Number, s.N, s.ArrivedAt, s.BatchVersion, t.at, s.LeaderMark),
		changing(`INSERT INTO version (application, topic, accounts, handler, n, schema, body, sha256, content, batch_version, submitted_by, arrived_at, recorded_at, attachments)
			SELECT a.id, a.topic, a.accounts, a.handler, $2, $3, $4::bytea, $5, convert_from($4::bytea, 'UTF8')::jsonb, $6, $7, $8, $9, COALESCE($10, '[]'::jsonb)
			FROM application a WHERE a.id = $1`,
			s.Application, s.N, portal.FrozenSchema, s.Body, s.SHA256[:], s.BatchVersion, t.actor.Account(), s.ArrivedAt, t.at, s.Attachments),
		t.Tell(s.Application, s.Told),
		running(`UPDATE file SET submitted = true WHERE application = $1 AND removed_at IS NULL AND NOT submitted`, s.Application)}
}

// OpenCases are the submitted applications of a topic that are not decided yet.
func OpenCases(dst *[]portal.Application, topic int64, at time.Time) Query {
	return mapped(dst, applicationRow.application, `SELECT `+applicationColumns+` FROM application a `+applicationTables+`
		WHERE a.topic = $2 AND `+openCase+` ORDER BY a.id`, at, topic)
}
