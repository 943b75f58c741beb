package postgres

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"softsci/internal/portal"
)

// Page is the part of a list that is wanted.
type Page struct {
	Order portal.Order
	After portal.Cursor
	Limit int
}

// Listed is a page of what was found, and how much was found in all; an administrator's
// is counted only as far as portal.CountText writes it.
type Listed struct {
	Applications []portal.Application
	Total        int
}

// sortColumns are the expressions behind the orders; each list of the administrators has an
// index for them.
var sortColumns = map[string]string{
	"time": "a.submitted_at", "number": "a.number", "leader": `a.leader_name COLLATE "zh-x-icu"`, "unit": `a.unit_name COLLATE "zh-x-icu"`, "amount": "a.amount",
}

// conditions are what the rows of a list have to fulfil, with their arguments.
type conditions struct {
	sql  []string
	args []any
}

// add takes a condition in which every "?" stands for the next of the arguments.
func (c *conditions) add(sql string, args ...any) {
	for _, arg := range args {
		c.args = append(c.args, arg)
		sql = strings.Replace(sql, "?", fmt.Sprint("$", len(c.args)), 1)
	}
	c.sql = append(c.sql, sql)
}

func (c *conditions) String() string { return strings.Join(c.sql, " AND ") }

// overdueBefore needs $1, the moment.
var overdueBefore = fmt.Sprintf(`(SELECT overdue_before($1, %d))`, portal.ReviewDays)

// standpoints are the conditions behind 状态: that are more than a status; they need $1, the moment.
var standpoints = map[portal.Standpoint]string{
	portal.Deputed:                     `false`, // but for a contact, see DeskScope
	portal.Again:                       `a.status = 'submitted' AND a.previous_status = 'returned'`,
	portal.Overdue:                     `a.status = 'submitted' AND a.submitted_at < ` + overdueBefore,
	portal.Standpoint(portal.Returned): `a.status = 'returned' AND a.return_until > $1`,
	portal.Standpoint(portal.Lapsed):   `a.status = 'returned' AND a.return_until <= $1`,
}

// filtered are the conditions of a filter over application a, the cheap ones first; $1 is
// the moment.
func filtered(f portal.Filter, at time.Time) *conditions {
	c := &conditions{args: []any{at}}
	c.add(`a.status <> 'draft'`)
	if sql, ok := standpoints[f.Standing]; ok {
		c.add(sql)
	} else if f.Standing != "" {
		c.add(`a.status = ?`, string(f.Standing))
	}
	if f.Batch != "" {
		c.add(`a.batch = (SELECT id FROM batch WHERE slug = ?)`, f.Batch)
	}
	if f.Ordinal > 0 {
		c.add(`a.topic = ANY (ARRAY(SELECT id FROM topic WHERE ordinal = ?))`, f.Ordinal)
	}
	if !f.From.IsZero() {
		c.add(`a.submitted_at >= ?`, f.From)
	}
	if !f.To.IsZero() {
		c.add(`a.submitted_at < ?`, f.To)
	}
	if f.Least > 0 {
		c.add(`a.amount >= ?`, f.Least)
	}
	if f.Below > 0 {
		c.add(`a.amount < ?`, f.Below)
	}
	if f.Flag != "" {
		c.add(`EXISTS (SELECT FROM application_flag f WHERE f.application = a.id AND f.label = ?)`, f.Flag)
	}
	return c
}

// texts is what a filter looks for in the texts x, "" for nothing.
func (c *conditions) texts(f portal.Filter) string {
	texts := &conditions{args: c.args}
	if f.Unit != "" {
		texts.add(`x.unit LIKE ?`, containing(f.Unit))
	}
	if f.Leader != "" {
		texts.add(`x.leader LIKE ?`, containing(f.Leader))
	}
	for _, word := range f.Words {
		texts.add(`x.text LIKE ?`, containing(word))
	}
	c.args = texts.args
	return texts.String()
}

// containing is the pattern of LIKE for a plain word, which holds no sign of its language.
func containing(word string) string { return "%" + word + "%" }

// read adds a condition on the texts row by row: asked in a subquery of its own, the texts
// are never read before the other conditions have chosen.
func (c *conditions) read(texts string) {
	if texts != "" {
		c.add(`(SELECT ` + texts + ` FROM application_text x WHERE x.application = a.id)`)
	}
}

// DeskScope is what a list of the desk is about: topics, and the accounts to which single
// applications were given.
type DeskScope struct{ Topics, Handlers []int64 }

// inScope is whether application a was submitted to a scope, whose topics and handlers are
// these parameters.
func inScope(topics, handlers string) string {
	return `(a.topic = ANY (` + topics + `::bigint[]) OR a.handler = ANY (` + handlers + `::bigint[]) AND a.handler <> 0) AND a.status <> 'draft'`
}

// ofScope is what was submitted to a scope. It stands materialised before anything else is
// asked, lest an index of the whole portal is read for a condition that few rows have to fulfil.
var ofScope = `own AS MATERIALIZED (SELECT id, batch, topic, previous_status, status, return_until, amount, submitted_at
		FROM application a WHERE ` + inScope("?", "?") + `), `

// DeskApplications are the submitted applications of the scope that the filter finds. They
// are few, so all are looked at and counted whatever their number in the portal.
func DeskApplications(dst *Listed, s DeskScope, f portal.Filter, p Page, at time.Time) Query {
	c := filtered(f, at)
	c.read(c.texts(f))
	own := &conditions{args: c.args}
	own.add(ofScope, s.Topics, s.Handlers)
	c.args = own.args
	return found(dst, c, own.String(), "own", p)
}

// CandidatesMax is up to how many candidates are looked at by themselves. More are common
// enough to be met by walking the list.
const CandidatesMax = 10_000

// Candidates are the keys of the applications that hold the words of a filter, at most one
// more than are looked at.
func Candidates(dst *[]int64, f portal.Filter) Query {
	c := &conditions{}
	c.add(`x.tokens @> ?::integer[]`, f.Pairs())
	c.sql = append(c.sql, c.texts(f))
	return mapped(dst, func(r struct{ Application int64 }) int64 { return r.Application },
		fmt.Sprintf(`SELECT x.application FROM application_text x WHERE %s LIMIT %d`, c, CandidatesMax+1), c.args...)
}

// OfficeAmong are those of the candidates that the filter finds.
func OfficeAmong(dst *Listed, candidates []int64, f portal.Filter, p Page, at time.Time) Query {
	c := filtered(f, at)
	c.add(`a.id = ANY (?::bigint[])`, candidates)
	return found(dst, c, "", "application", p)
}

// OfficeApplications are all submitted applications that the filter finds, walked in their
// order: what is common soon fills a page. They are counted in no order, by the tokens.
func OfficeApplications(dst *Listed, f portal.Filter, p Page, at time.Time) Query {
	c := filtered(f, at)
	from, counted := `application a`, &conditions{sql: slices.Clone(c.sql)}
	if texts := c.texts(f); texts != "" {
		from = `application a JOIN application_text x ON x.application = a.id`
		counted.args = c.args
		counted.add(texts+` AND x.tokens @> ?::integer[]`, f.Pairs())
		c.args = counted.args
		c.read(texts)
	}
	total := fmt.Sprintf(`(SELECT count(*) FROM (SELECT FROM %s WHERE %s LIMIT %d) counted)`, from, counted, portal.CountMax+1)
	direction := c.after(p)
	return listed(dst, c, fmt.Sprintf(`WITH page AS MATERIALIZED (SELECT a.id, %[1]s AS key FROM application a WHERE %[2]s ORDER BY %[1]s %[3]s, a.id %[3]s LIMIT %[4]d)`,
		sortColumns[p.Order.Key], c, direction, p.Limit), total, direction)
}

// found looks at everything in a table that fulfils the conditions, counts it and takes a
// page of it. The table may be one that before makes.
func found(dst *Listed, c *conditions, before, table string, p Page) Query {
	all := c.String()
	rest := &conditions{args: c.args}
	direction := rest.after(p)
	c.args = rest.args
	key := sortColumns[p.Order.Key]
	where := ""
	if len(rest.sql) > 0 {
		where = " WHERE " + rest.String()
	}
	return listed(dst, c, fmt.Sprintf(`WITH %[6]sfound AS MATERIALIZED (SELECT a.id FROM %[7]s a WHERE %[1]s),
		page AS MATERIALIZED (SELECT a.id, %[2]s AS key FROM found JOIN application a USING (id)%[3]s ORDER BY %[2]s %[4]s, a.id %[4]s LIMIT %[5]d)`,
		all, key, where, direction, p.Limit, before, table), `(SELECT count(*) FROM found)`, direction)
}

// after adds where a page begins and returns the direction of its order.
func (c *conditions) after(p Page) (direction string) {
	direction, sign := "ASC", ">"
	if p.Order.Down {
		direction, sign = "DESC", "<"
	}
	if key, ok := p.Order.Value(p.After); ok {
		c.add(`(`+sortColumns[p.Order.Key]+`, a.id) `+sign+` (?, ?)`, key, p.After.ID)
	}
	return direction
}

// listed reads the applications of the table page.
func listed(dst *Listed, c *conditions, with, total, direction string) Query {
	type row struct {
		applicationRow
		Total int
	}
	return mapped(&dst.Applications, func(r row) portal.Application {
		dst.Total = r.Total
		return r.application()
	}, with+` SELECT `+applicationColumns+`, `+total+` AS total FROM page JOIN application a ON a.id = page.id `+applicationTables+`
		ORDER BY page.key `+direction+`, page.id `+direction, c.args...)
}

// NumberedRef finds the reference of an application by its 受理编号, none where the actor has
// no such.
func NumberedRef(dst *[]string, number string) Query {
	return mapped(dst, func(r struct{ Ref string }) string { return r.Ref }, `SELECT ref FROM application WHERE number = $1 AND status <> 'draft'`, number)
}

// DeskCount is how many of a topic's applications stand at the same point. Status is as the
// clock shows it.
type DeskCount struct {
	Topic          int64
	Batch          string // slug
	Ordinal        int
	Status         portal.Status
	Again, Overdue bool
	Count          int
}

// Stands reports whether the applications stand at the point; "" is every point.
func (n DeskCount) Stands(at portal.Standpoint) bool {
	switch at {
	case "":
		return true
	case portal.Again:
		return n.Again
	case portal.Overdue:
		return n.Overdue
	}
	return portal.Standpoint(n.Status) == at
}

// DeskCounts are the numbers of submitted applications of the scope, the newest topic first.
func DeskCounts(dst *[]DeskCount, s DeskScope, at time.Time) Query {
	return many(dst, `SELECT t.id AS topic, b.slug AS batch, t.ordinal, n.status, n.again, n.overdue, n.count FROM (
			SELECT a.topic, CASE WHEN `+standpoints[portal.Standpoint(portal.Lapsed)]+` THEN 'lapsed' ELSE a.status END AS status,
				`+standpoints[portal.Again]+` AS again, `+standpoints[portal.Overdue]+` AS overdue, count(*) AS count
			FROM application a WHERE `+inScope("$2", "$3")+` GROUP BY 1, 2, 3, 4) n
		JOIN topic t ON t.id = n.topic JOIN batch b ON b.id = t.batch ORDER BY b.id DESC, t.ordinal`, at, s.Topics, s.Handlers)
}

// DeskTopics are the topics, the newest first, without counts.
func DeskTopics(dst *[]DeskCount, topics []int64) Query {
	return many(dst, `SELECT t.id AS topic, b.slug AS batch, t.ordinal FROM topic t JOIN batch b ON b.id = t.batch
		WHERE t.id = ANY ($1::bigint[]) ORDER BY b.id DESC, t.ordinal`, topics)
}

// Pace is how fast a contact works: the latest acts, and the mean time from one to the next.
type Pace struct {
	Acts    int
	Seconds float64
}

// Margin is what stands beside a contact's list.
type Margin struct {
	Pace
	Flags   []string // the marks there are in its topics
	Asked   int      // questions that wait for an answer
	Deputed int      // what it has as a deputy alone
	Views   []portal.SavedView
}

// MarginOf is the margin of a contact's desk. Its pace is that over the latest 500 acts of
// these verbs, pauses of more than half an hour and acts in bulk left out.
func MarginOf(dst *Margin, account int64, verbs []portal.Act, topics []int64, deputed DeskScope) Query {
	return one(dst, `WITH act AS (SELECT at - lag(at) OVER (ORDER BY id) AS gap FROM (
			SELECT id, at FROM event WHERE account = $1 AND role = 'contact' AND subject = 'application' AND verb = ANY ($3) ORDER BY id DESC LIMIT 500) e)
		SELECT (SELECT count(*) FROM act) AS acts,
			COALESCE((SELECT extract(epoch FROM avg(gap)) FROM act WHERE gap > interval '0' AND gap <= interval '30 minutes'), 0)::float8 AS seconds,
			ARRAY(SELECT DISTINCT label FROM application_flag WHERE topic = ANY ($2::bigint[]) ORDER BY label LIMIT 20) AS flags,
			(SELECT count(*) FROM inquiry WHERE topic = ANY ($2::bigint[]) AND confirmed_at IS NOT NULL AND answered_at IS NULL) AS asked,
			(SELECT count(*) FROM application a WHERE `+inScope("$4", "$5")+`) AS deputed,
			COALESCE((SELECT json_agg(v) FROM (`+savedViews+`) v), '[]') AS views`, account, topics, verbs, deputed.Topics, deputed.Handlers)
}

// Tell keeps what an application is found by, in place of what it was found by before.
func (t *Tx) Tell(application int64, told portal.Told) Query {
	return changing(`INSERT INTO application_text (application, topic, accounts, leader, unit, text, tokens, tokenizer)
		SELECT a.id, a.topic, a.accounts, $2, $3, $4, $5, $6 FROM application a WHERE a.id = $1
		ON CONFLICT (application) DO UPDATE SET leader = EXCLUDED.leader, unit = EXCLUDED.unit, text = EXCLUDED.text, tokens = EXCLUDED.tokens, tokenizer = EXCLUDED.tokenizer`,
		application, told.Leader, told.Unit, told.Text, told.Tokens, portal.TellerVersion)
}

// Untold is a standing version whose text was told by an older teller.
type Untold struct {
	Application int64
	Body        []byte
}

// UntoldVersions are some of what has to be told anew.
func UntoldVersions(dst *[]Untold, limit int) Query {
	return many(dst, `SELECT x.application, v.body FROM application_text x
		JOIN LATERAL (SELECT body FROM version WHERE application = x.application ORDER BY n DESC LIMIT 1) v ON true
		WHERE x.tokenizer < $1 LIMIT $2`, portal.TellerVersion, limit)
}
