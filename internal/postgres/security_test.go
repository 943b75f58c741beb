package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"softsci/internal/pgtest"
)

// The tests of this file speak SQL as the portal's role, past all of our code: what
// is refused here is refused whatever a handler forgets.

// world is two applicants with an application each, to two topics of two contacts.
type world struct {
	topics, accounts, applications, contacts [2]int64
}

func mustWorld(t *testing.T, owner string) world {
	t.Helper()
	conn := mustConnect(t, owner)
	var w world
	var batch, version int64
	mustRow(t, conn, &batch, `INSERT INTO batch (slug, year, number_code, created_at) VALUES ('b', 2026, 'RKX1', now()) RETURNING id`)
	mustRow(t, conn, &version, `INSERT INTO batch_version (batch, n, kind, title, plan, category, label, source, rules, opens_at, closes_at, created_at)
		VALUES ($1, 1, 'publication', 'x', '', '', '', '', '{}', now(), now() + interval '1 day', now()) RETURNING id`, batch)
	for i := range 2 {
		mustRow(t, conn, &w.topics[i], `INSERT INTO topic (batch, ordinal) VALUES ($1, $2) RETURNING id`, batch, i+1)
		mustExec(t, conn, `INSERT INTO topic_version (batch_version, position, topic, label, title, content, deliverables, tokens, tokenizer)
			VALUES ($1, $2, $3, '', 't', '', '{}', '', 1)`, version, i+1, w.topics[i])
		mustRow(t, conn, &w.accounts[i], `INSERT INTO account (ref, email, name, created_at) VALUES ($1, $2, 'n', now()) RETURNING id`,
			fmt.Sprintf("account%05d", i), fmt.Sprintf("a%d@x.invalid", i))
		mustRow(t, conn, &w.contacts[i], `INSERT INTO account (ref, email, name, created_at) VALUES ($1, $2, 'c', now()) RETURNING id`,
			fmt.Sprintf("contact%05d", i), fmt.Sprintf("c%d@x.invalid", i))
		mustExec(t, conn, `INSERT INTO membership (account, role, topic, since) VALUES ($1, 'contact', $2, now())`, w.contacts[i], w.topics[i])
		mustRow(t, conn, &w.applications[i], `INSERT INTO application (ref, batch, topic, begun_under, created_at, moved_at, accounts)
			VALUES ($1, $2, $3, $4, now(), now(), ARRAY[$5::bigint]) RETURNING id`, fmt.Sprintf("applic%06d", i), batch, w.topics[i], version, w.accounts[i])
		for _, sql := range []string{
			`INSERT INTO application_access (application, account, kind, since) VALUES ($1, $2, 'leader', now())`,
			`INSERT INTO section (application, topic, accounts, name, revision, answers, saved_at, saved_by)
				SELECT id, topic, accounts, 'summary', 1, '{}', now(), $2 FROM application WHERE id = $1`,
			`INSERT INTO version (application, topic, accounts, n, schema, body, sha256, content, batch_version, submitted_by, arrived_at, recorded_at)
				SELECT id, topic, accounts, 1, 1, '{}', sha256('{}'), '{}', begun_under, $2, now(), now() FROM application WHERE id = $1`,
			`INSERT INTO file (ref, application, topic, accounts, kind, name, size, sha256, state, created_at, submitted)
				SELECT ref || $2::bigint, id, topic, accounts, 'other', 'n', 0, sha256(''), 'kept', now(), true FROM application WHERE id = $1`,
			`INSERT INTO review (application, topic, outcome, comment, note, account, at) SELECT id, topic, 'recommended', 'c', 'n', $2::bigint, now() FROM application WHERE id = $1`,
			`INSERT INTO paper (application, topic, accounts, n, pdf, made_at) SELECT id, topic, accounts, 1, '%PDF-1.7', now() FROM application WHERE id = $1 AND $2 > 0`,
			`INSERT INTO thread_message (application, topic, accounts, side, account, words, at) SELECT id, topic, accounts, 'applicant', $2::bigint, 'w', now() FROM application WHERE id = $1`,
			`INSERT INTO application_text (application, topic, accounts, leader, unit, text, tokens, tokenizer) SELECT id, topic, accounts, '', '', 'secret', '{1}', $2 FROM application WHERE id = $1`,
			`INSERT INTO application_flag (application, topic, label, account, at) SELECT id, topic, 'l', $2::bigint, now() FROM application WHERE id = $1`,
		} {
			mustExec(t, conn, sql, w.applications[i], w.accounts[i])
		}
	}
	return w
}

func (w world) submit(t *testing.T, owner string) {
	t.Helper()
	conn := mustConnect(t, owner)
	mustExec(t, conn, `UPDATE application SET status = 'submitted', number = ref, submitted_at = now(), submitted_under = begun_under`)
}

func mustRow(t *testing.T, conn *pgx.Conn, dst any, sql string, args ...any) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(dst); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func mustExec(t *testing.T, conn *pgx.Conn, sql string, args ...any) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// as runs fn in a transaction as the portal's role with an account and topics set,
// and takes everything back.
func as(t *testing.T, conn *pgx.Conn, account, topics string, fn func(pgx.Tx)) {
	t.Helper()
	asContact(t, conn, account, topics, "{}", fn)
}

// asContact is as with the handlers of an acting contact.
func asContact(t *testing.T, conn *pgx.Conn, account, topics, handlers string, fn func(pgx.Tx)) {
	t.Helper()
	ctx := context.Background()
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	for _, sql := range []string{"SET LOCAL ROLE softsci_portal"} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := tx.Exec(ctx, `SELECT set_config('portal.account', $1, true), set_config('portal.topics', $2, true), set_config('portal.handlers', $3, true)`, account, topics, handlers); err != nil {
		t.Fatal(err)
	}
	fn(tx)
}

// TestForeignRows: every actor, every guarded table: what is not one's own is
// neither read nor changed nor deleted nor added to.
func TestForeignRows(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	w.submit(t, owner)
	conn := mustConnect(t, url)
	// own is how many rows of each table the actor may see: its own, never the other's.
	for _, tc := range []struct {
		name, account, topics string
		own                   map[string]int
	}{
		{"a visitor", "", "{}", map[string]int{}},
		{"an applicant", fmt.Sprint(w.accounts[0]), "{}", map[string]int{"application": 1, "section": 1, "version": 1, "file": 1, "paper": 1, "thread_message": 1,
			"application_text": 1}},
		{"a stranger", "987654", "{}", map[string]int{}},
		{"a contact", "", fmt.Sprintf("{%d}", w.topics[0]), map[string]int{"application": 1, "version": 1, "file": 1, "paper": 1, "review": 1, "thread_message": 1,
			"application_text": 1, "application_flag": 1}},
		{"a contact of nothing", "", "{}", map[string]int{}},
	} {
		for table, id := range map[string]string{"application": "id", "section": "application", "version": "application", "file": "application", "paper": "application",
			"review": "application", "thread_message": "application", "application_text": "application", "application_flag": "application"} {
			t.Run(tc.name+" and "+table, func(t *testing.T) {
				as(t, conn, tc.account, tc.topics, func(tx pgx.Tx) {
					var all, foreign int
					if err := tx.QueryRow(t.Context(), `SELECT count(*), count(*) FILTER (WHERE `+id+` = $1) FROM `+table, w.applications[1]).Scan(&all, &foreign); err != nil {
						t.Fatal(err)
					}
					if all != tc.own[table] || foreign != 0 {
						t.Errorf("sees %d rows, %d of them another's; want %d and 0", all, foreign, tc.own[table])
					}
				})
				for _, sql := range []string{`UPDATE ` + table + ` SET topic = topic WHERE ` + id + ` = $1`, `DELETE FROM ` + table + ` WHERE ` + id + ` = $1`} {
					as(t, conn, tc.account, tc.topics, func(tx pgx.Tx) {
						tag, err := tx.Exec(t.Context(), sql, w.applications[1])
						if err == nil && tag.RowsAffected() != 0 {
							t.Errorf("%s touched %d foreign rows", sql, tag.RowsAffected())
						}
						if err != nil && code(err) != "42501" {
							t.Errorf("%s: %v", sql, err)
						}
					})
				}
			})
		}
		t.Run(tc.name+" adds nothing to another's", func(t *testing.T) {
			for _, sql := range []string{
				`INSERT INTO section (application, topic, accounts, name, revision, answers, saved_at, saved_by) VALUES ($1, $2, ARRAY[$3::bigint], 'summary', 2, '{}', now(), $3)`,
				`INSERT INTO version (application, topic, accounts, n, schema, body, sha256, content, batch_version, submitted_by, arrived_at, recorded_at)
					VALUES ($1, $2, ARRAY[$3::bigint], 2, 1, '{}', sha256('{}'), '{}', 1, $3, now(), now())`,
				`INSERT INTO paper (application, topic, accounts, n, pdf, made_at) VALUES ($1, $2, ARRAY[$3::bigint], 2, '%PDF-', now())`,
				`INSERT INTO review (application, topic, outcome, comment, account, at) VALUES ($1, $2, 'recommended', 'c', $3, now())`,
				`INSERT INTO thread_message (application, topic, accounts, side, account, words, at) VALUES ($1, $2, ARRAY[$3::bigint], 'contact', $3, 'w', now())`,
				`INSERT INTO application_text (application, topic, accounts, leader, unit, text, tokens, tokenizer) VALUES ($1, $2, ARRAY[$3::bigint], '', '', '', '{}', 1)
					ON CONFLICT (application) DO UPDATE SET text = ''`,
				`INSERT INTO application_flag (application, topic, label, account, at) VALUES ($1, $2, 'm', $3, now())`,
				`INSERT INTO file (ref, application, topic, accounts, kind, name, size, sha256, state, created_at) VALUES ('f', $1, $2, ARRAY[$3::bigint], 'k', 'n', 0, sha256(''), 'kept', now())`,
			} {
				as(t, conn, tc.account, tc.topics, func(tx pgx.Tx) {
					if _, err := tx.Exec(t.Context(), sql, w.applications[1], w.topics[1], w.accounts[1]); code(err) != "42501" {
						t.Errorf("%s: %v, want a refusal by policy (42501)", sql, err)
					}
				})
			}
			as(t, conn, tc.account, tc.topics, func(tx pgx.Tx) {
				_, err := tx.Exec(t.Context(), `INSERT INTO application_access (application, account, kind, since) VALUES ($1, $2, 'co-editor', now())`, w.applications[1], w.accounts[0])
				if code(err) != "42501" {
					t.Errorf("gives itself access to another's application: %v", err)
				}
			})
		})
	}
}

// TestContactsSeeNoDraft: what was never submitted is its applicant's alone.
func TestContactsSeeNoDraft(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	conn := mustConnect(t, url)
	as(t, conn, "", fmt.Sprintf("{%d,%d}", w.topics[0], w.topics[1]), func(tx pgx.Tx) {
		var n int
		if err := tx.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM application) + (SELECT count(*) FROM section)`).Scan(&n); err != nil || n != 0 {
			t.Errorf("a contact sees %d rows of drafts, %v", n, err)
		}
	})
}

// TestRefusals: what no role of the portal can do, by SQLSTATE and by the name of
// what refused it.
func TestRefusals(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	conn := mustConnect(t, url)
	me := fmt.Sprint(w.accounts[0])
	for _, tc := range []struct{ name, sql, code, constraint string }{
		{"a jump over a state", `UPDATE application SET status = 'funded', number = 'x', submitted_at = now(), submitted_under = begun_under`, "23503", "status_follows_a_step"},
		{"a forged previous state", `UPDATE application SET previous_status = 'proposed', status = 'funded', number = 'x', submitted_at = now(), submitted_under = begun_under`, "23503", "status_follows_a_step"},
		{"a submission without a number", `UPDATE application SET status = 'submitted'`, "23514", "submitted_has_a_number"},
		{"becoming an administrator", `INSERT INTO membership (account, role, since) VALUES (` + me + `, 'admin', now())`, "42501", ""},
		{"becoming a contact", `INSERT INTO membership (account, topic, since) VALUES (` + me + `, 1, now())`, "42501", ""},
		{"ending a right", `UPDATE membership SET until = now()`, "42501", ""},
		{"another address", `UPDATE account SET email = 'x@x.invalid'`, "42501", ""},
		{"rewriting history", `UPDATE event SET reason = ''`, "42501", ""},
		{"deleting history", `DELETE FROM event`, "42501", ""},
		{"changing a version", `UPDATE version SET body = ''`, "42501", ""},
		{"changing a paper", `UPDATE paper SET pdf = '%PDF-'`, "42501", ""},
		{"making a paper", `INSERT INTO paper (application, topic, accounts, n, pdf, made_at) SELECT application, topic, accounts, n, '%PDF-', now() FROM version`, "42501", ""},
		{"publishing", `UPDATE batch_version SET published_at = now()`, "42501", ""},
		{"reading mails", `SELECT body FROM message`, "42501", ""},
		{"changing the steps", `INSERT INTO status_step VALUES ('draft', 'funded')`, "42501", ""},
		{"owning a table", `CREATE TABLE mine ()`, "42501", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			as(t, conn, me, "{}", func(tx pgx.Tx) {
				_, err := tx.Exec(t.Context(), tc.sql)
				var pg *pgconn.PgError
				if !errors.As(err, &pg) || pg.Code != tc.code || pg.ConstraintName != tc.constraint {
					t.Errorf("%s: %v, want %s %s", tc.sql, err, tc.code, tc.constraint)
				}
			})
		})
	}
}

// TestPublishedNeverChanges: not even the office rewrites what the public has read.
func TestPublishedNeverChanges(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	mustWorld(t, owner)
	mustExec(t, mustConnect(t, owner), `UPDATE batch_version SET published_at = now()`)
	conn := mustConnect(t, url)
	mustExec(t, conn, "SET ROLE softsci_office")
	for _, sql := range []string{
		`UPDATE batch_version SET closes_at = closes_at + interval '1 day'`,
		`DELETE FROM batch_version`,
		`INSERT INTO topic_version (batch_version, position, label, title, content, deliverables, tokens, tokenizer) SELECT id, 9, '', 't', '', '{}', '', 1 FROM batch_version`,
	} {
		_, err := conn.Exec(t.Context(), sql)
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.ConstraintName != "published_version_never_changes" {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func code(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// TestAccessReachesAllParts: giving and taking access changes what the policies
// compare, in every table, frozen versions included.
func TestAccessReachesAllParts(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	conn := mustConnect(t, url)
	ctx := t.Context()
	visible := func(tx pgx.Tx) (n int) {
		if err := tx.QueryRow(ctx, `SELECT (SELECT count(*) FROM application) + (SELECT count(*) FROM section)
			+ (SELECT count(*) FROM version) + (SELECT count(*) FROM file) + (SELECT count(*) FROM paper)`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	as(t, conn, fmt.Sprint(w.accounts[0]), "{}", func(tx pgx.Tx) {
		for _, step := range []struct {
			sql  string
			want int
		}{
			{`INSERT INTO application_access (application, account, kind, since) VALUES ($1, $2, 'co-editor', now())`, 10},
			{`DELETE FROM application_access WHERE application = $1 AND account = $2`, 5},
		} {
			if _, err := tx.Exec(ctx, step.sql, w.applications[0], w.accounts[1]); err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(ctx, `SELECT set_config('portal.account', $1, true)`, fmt.Sprint(w.accounts[1])); err != nil {
				t.Fatal(err)
			}
			if got := visible(tx); got != step.want {
				t.Errorf("after %s the other account sees %d rows, want %d", step.sql, got, step.want)
			}
			if _, err := tx.Exec(ctx, `SELECT set_config('portal.account', $1, true)`, fmt.Sprint(w.accounts[0])); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestOnlyLeadersGiveAndTakeAccess: who helps with an application gives nobody access
// and takes nobody's but its own; and the last leader stays whoever asks.
func TestOnlyLeadersGiveAndTakeAccess(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	mustExec(t, mustConnect(t, owner), `INSERT INTO application_access (application, account, kind, since) VALUES ($1, $2, 'co-editor', now())`, w.applications[0], w.accounts[1])
	conn := mustConnect(t, url)
	leader, helper := fmt.Sprint(w.accounts[0]), fmt.Sprint(w.accounts[1])
	for _, tc := range []struct{ name, account, sql, code, constraint string }{
		{"a helper makes itself a leader", helper, `UPDATE application_access SET kind = 'leader' WHERE application = $1 AND account <> $2`, "42501", ""},
		{"a helper invites", helper, `INSERT INTO access_invitation (application, account, kind, invited_at) VALUES ($1, $2, 'agent', now())`, "42501", ""},
		{"a helper removes the leader", helper, `DELETE FROM application_access WHERE application = $1 AND account = $2`, "42501", ""},
		{"a stranger removes the leader", "987654", `DELETE FROM application_access WHERE application = $1 AND account = $2`, "42501", ""},
		{"nobody removes the leader", "", `DELETE FROM application_access WHERE application = $1 AND account = $2`, "42501", ""},
		{"the leader leaves", leader, `DELETE FROM application_access WHERE application = $1 AND account = $2`, "23001", "application_keeps_a_leader"},
		{"the leader gives it up to nobody", leader, `UPDATE application_access SET kind = 'agent' WHERE application = $1 AND account = $2`, "23001", "application_keeps_a_leader"},
		{"a helper makes itself an agent", helper, `UPDATE application_access SET kind = 'agent' WHERE application = $1 AND account <> $2`, "42501", ""},
		{"the leader moves it to another application", leader, `UPDATE application_access SET application = application WHERE application = $1 AND account = $2`, "42501", ""},
		{"the leader invites a leader", leader, `INSERT INTO access_invitation (application, account, kind, invited_at) VALUES ($1, $2, 'leader', now())`, "23514", "invitation_is_to_help"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			as(t, conn, tc.account, "{}", func(tx pgx.Tx) {
				_, err := tx.Exec(t.Context(), tc.sql, w.applications[0], w.accounts[0])
				var pg *pgconn.PgError
				if !errors.As(err, &pg) || pg.Code != tc.code || pg.ConstraintName != tc.constraint {
					t.Errorf("%v, want %s %s", err, tc.code, tc.constraint)
				}
			})
		})
	}
	as(t, conn, helper, "{}", func(tx pgx.Tx) {
		if tag, err := tx.Exec(t.Context(), `DELETE FROM application_access WHERE application = $1 AND account = $2`, w.applications[0], w.accounts[1]); err != nil || tag.RowsAffected() != 1 {
			t.Errorf("a helper leaves: %v, %s", err, tag)
		}
	})
	pass := func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE application_access SET kind = 'leader' WHERE application = $1 AND account = $2`, w.applications[0], w.accounts[1])
		return err
	}
	as(t, conn, leader, "{}", func(tx pgx.Tx) {
		if err := pass(tx); err != nil {
			t.Fatalf("passed on: %v", err)
		}
		if _, err := tx.Exec(t.Context(), `UPDATE application_access SET kind = 'agent' WHERE application = $1 AND account = $2`, w.applications[0], w.accounts[0]); err != nil {
			t.Errorf("the former leader helps: %v", err)
		}
		if err := pass(tx); code(err) != "42501" {
			t.Errorf("who does not lead any more passes it on: %v", err)
		}
	})
	mustExec(t, mustConnect(t, owner), `INSERT INTO membership (account, role, topic, since) SELECT $1, 'contact', topic, now() FROM application WHERE id = $2`, w.accounts[1], w.applications[0])
	as(t, conn, leader, "{}", func(tx pgx.Tx) {
		var pg *pgconn.PgError
		if err := pass(tx); !errors.As(err, &pg) || pg.ConstraintName != "contact_does_not_lead" {
			t.Errorf("passed on to the topic's contact: %v", err)
		}
	})
	as(t, conn, leader, "{}", func(tx pgx.Tx) {
		if _, err := tx.Exec(t.Context(), `DELETE FROM application WHERE id = $1 AND number IS NULL`, w.applications[0]); code(err) != "23503" { // the version that the world froze keeps it
			t.Errorf("deleting an application trips over its access: %v", err)
		}
	})
}

// TestOffice: administrators and jobs see every row, and yet own nothing and rewrite
// neither history nor what was submitted.
func TestOffice(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	mustWorld(t, owner)
	conn := mustConnect(t, url)
	mustExec(t, conn, "SET ROLE softsci_office")
	for _, table := range []string{"application", "section", "version", "file", "review", "thread_message"} {
		var n int
		if mustRow(t, conn, &n, `SELECT count(*) FROM `+table); n != 2 {
			t.Errorf("sees %d rows of %s", n, table)
		}
	}
	for _, sql := range []string{`UPDATE event SET reason = ''`, `DELETE FROM event`, `UPDATE version SET n = 9`, `DELETE FROM version`,
		`UPDATE status_step SET to_status = 'funded'`, `DROP TABLE application`, `ALTER TABLE application DISABLE ROW LEVEL SECURITY`} {
		if _, err := conn.Exec(t.Context(), sql); code(err) != "42501" {
			t.Errorf("%s: %v, want a refusal (42501)", sql, err)
		}
	}
}

// TestEntrustedRows: who was given one application sees it with all its parts and nothing
// else, and only acting as a contact; who has its topic sees it and changes it no more.
func TestEntrustedRows(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	w.submit(t, owner)
	mustExec(t, mustConnect(t, owner), `INSERT INTO assignment (application, account, kind, by, note, at) VALUES ($1, $2, 'passed', $3, 'n', now())`,
		w.applications[0], w.contacts[1], w.contacts[0])
	conn := mustConnect(t, url)
	colleague, former := fmt.Sprintf("{%d}", w.contacts[1]), fmt.Sprintf("{%d}", w.contacts[0])
	topic := fmt.Sprintf("{%d}", w.topics[0])
	for _, tc := range []struct {
		name, account, topics, handlers string
		seen, changed                   int
	}{
		{"the colleague", "", "{}", colleague, 1, 1},
		{"the colleague's deputy", "", "{}", fmt.Sprintf("{987654,%d}", w.contacts[1]), 1, 1},
		{"the colleague as an applicant", fmt.Sprint(w.contacts[1]), "{}", "{}", 0, 0},
		{"the topic's contact", "", topic, former, 1, 0},
		{"another contact", "", "{}", "{987654}", 0, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			asContact(t, conn, tc.account, tc.topics, tc.handlers, func(tx pgx.Tx) {
				for table, id := range map[string]string{"application": "id", "version": "application", "file": "application", "review": "application",
					"paper": "application", "thread_message": "application", "application_text": "application"} {
					var all, foreign int
					if err := tx.QueryRow(t.Context(), `SELECT count(*), count(*) FILTER (WHERE `+id+` <> $1) FROM `+table, w.applications[0]).Scan(&all, &foreign); err != nil || all != tc.seen || foreign != 0 {
						t.Errorf("sees %d rows of %s, %d of another's, %v; want %d and 0", all, table, foreign, err, tc.seen)
					}
				}
				tag, err := tx.Exec(t.Context(), `UPDATE application SET status = 'accepted'`)
				if err != nil || int(tag.RowsAffected()) != tc.changed {
					t.Errorf("accepts %d, %v; want %d", tag.RowsAffected(), err, tc.changed)
				}
			})
			asContact(t, conn, tc.account, tc.topics, tc.handlers, func(tx pgx.Tx) {
				_, err := tx.Exec(t.Context(), `INSERT INTO review (application, topic, handler, outcome, comment, account, at) VALUES ($1, $2, $3, 'recommended', 'c', $3, now())`,
					w.applications[0], w.topics[0], w.contacts[1])
				if want := map[int]string{0: "42501", 1: ""}[tc.changed]; code(err) != want {
					t.Errorf("reviews: %v, want %q", err, want)
				}
			})
		})
	}
}

// TestRecusedRows: who is kept away sees that the application is there, reads nothing that
// was submitted and changes nothing; it cannot undo that, nor keep somebody else away.
func TestRecusedRows(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	w.submit(t, owner)
	mustExec(t, mustConnect(t, owner), `INSERT INTO recusal (application, account, ground, text, at) VALUES ($1, $2, 'declared', 'w', now())`, w.applications[0], w.contacts[0])
	conn := mustConnect(t, url)
	topic, self := fmt.Sprintf("{%d}", w.topics[0]), fmt.Sprintf("{%d}", w.contacts[0])
	for _, tc := range []struct {
		name, topics, handlers string
		whole                  int
	}{
		{"the recused contact", topic, self, 0},
		{"another contact of the topic", topic, "{987654}", 1},
	} {
		asContact(t, conn, "", tc.topics, tc.handlers, func(tx pgx.Tx) {
			var rows, parts int
			err := tx.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM application), (SELECT count(*) FROM version) + (SELECT count(*) FROM file) + (SELECT count(*) FROM review)
				+ (SELECT count(*) FROM paper) + (SELECT count(*) FROM thread_message) + (SELECT count(*) FROM application_text)`).Scan(&rows, &parts)
			if err != nil || rows != 1 || parts != 6*tc.whole {
				t.Errorf("%s sees %d rows and %d parts, %v", tc.name, rows, parts, err)
			}
			tag, err := tx.Exec(t.Context(), `UPDATE application SET status = 'accepted'`)
			if err != nil || int(tag.RowsAffected()) != tc.whole {
				t.Errorf("%s accepts %d, %v", tc.name, tag.RowsAffected(), err)
			}
		})
	}
	for _, sql := range []string{
		`UPDATE recusal SET lifted_at = now(), lifted_by = $2, lifted_why = 'w' WHERE application = $1`,
		`DELETE FROM recusal WHERE application = $1 AND account = $2`,
		`INSERT INTO review (application, topic, outcome, comment, account, at) SELECT $1, topic, 'recommended', 'c', $2, now() FROM application`,
		`INSERT INTO thread_message (application, topic, accounts, side, account, words, at) SELECT id, topic, accounts, 'contact', $2, 'w', now() FROM application WHERE id = $1`,
		`INSERT INTO assignment (application, account, kind, by, note, at) VALUES ($1, $2, 'passed', $2, 'n', now())`,
		`INSERT INTO recusal (application, account, ground, text, at) VALUES ($1, $2 + 1000, 'declared', 'w', now())`,
		`INSERT INTO recusal (application, account, ground, text, at, lifted_at, lifted_by, lifted_why) VALUES ($1, $2, 'unit', 'w', now(), now(), $2, 'w')`,
	} {
		asContact(t, conn, "", topic, self, func(tx pgx.Tx) {
			if _, err := tx.Exec(t.Context(), sql, w.applications[0], w.contacts[0]); code(err) != "42501" {
				t.Errorf("%s: %v, want a refusal (42501)", sql, err)
			}
		})
	}
	as(t, conn, fmt.Sprint(w.accounts[0]), "{}", func(tx pgx.Tx) {
		var n int
		if err := tx.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM recusal) + (SELECT count(*) FROM assignment)`).Scan(&n); err != nil || n != 0 {
			t.Errorf("an applicant sees %d rows of the department's, %v", n, err)
		}
	})
}

// TestDeputiesAreNamedByWhoHasTheTopic: a contact gives its own topics to a deputy, and
// neither another's nor those that it has as a deputy itself; and it ends its own alone.
func TestDeputiesAreNamedByWhoHasTheTopic(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	conn := mustConnect(t, url)
	first, second := fmt.Sprintf("{%d}", w.contacts[0]), fmt.Sprintf("{%d}", w.contacts[1])
	const name = `INSERT INTO membership (account, role, topic, for_account, since, until) VALUES ($1, 'contact', $2, $3, now(), now() + interval '1 day')`
	for _, tc := range []struct {
		name, handlers string
		topic          int64
		code           string
	}{
		{"the contact of the topic", first, w.topics[0], ""},
		{"the contact of another topic", first, w.topics[1], "42501"},
		{"another contact in its name", second, w.topics[0], "42501"},
		{"nobody", "{}", w.topics[0], "42501"},
	} {
		asContact(t, conn, "", "{}", tc.handlers, func(tx pgx.Tx) {
			if _, err := tx.Exec(t.Context(), name, w.contacts[1], tc.topic, w.contacts[0]); code(err) != tc.code {
				t.Errorf("%s names a deputy: %v, want %q", tc.name, err, tc.code)
			}
		})
	}
	asContact(t, conn, "", "{}", first, func(tx pgx.Tx) {
		for i, want := range []string{"", "23P01"} {
			if _, err := tx.Exec(t.Context(), name, w.contacts[1], w.topics[0], w.contacts[0]); code(err) != want {
				t.Errorf("naming %d: %v, want %q", i+1, err, want)
			}
		}
	})
	mustExec(t, mustConnect(t, owner), name, w.accounts[0], w.topics[0], w.contacts[0])
	asContact(t, conn, "", "{}", second, func(tx pgx.Tx) {
		if _, err := tx.Exec(t.Context(), `UPDATE membership SET until = now() WHERE for_account IS NOT NULL`); code(err) != "42501" {
			t.Errorf("another ends the deputy: %v", err)
		}
	})
}
