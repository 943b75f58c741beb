package postgres_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"softsci/internal/pgtest"
	"softsci/internal/portal"
)

// TestNamesAreComparedAlike: the database's way to compare what was typed as a name agrees
// with the domain's.
func TestNamesAreComparedAlike(t *testing.T) {
	t.Parallel()
	_, owner := pgtest.URLs(t)
	conn := mustConnect(t, owner)
	for _, typed := range []string{"张研究", " 张 研究 ", "张　研究", "张\u200b研究", "张\ufe00研究", "\ufeff张研究\u00a0", "葛\U000e0100研究", "阿卜杜拉·艾则孜", "ａnna Müller", "a\u202eb\u2066c\u00add\u180ee", "\t\r\n\v\f\u0085\u2003\u2028", ""} {
		var got string
		if mustRow(t, conn, &got, `SELECT normal_name($1)`, typed); got != portal.Normal(typed) {
			t.Errorf("%q is %q, want %q", typed, got, portal.Normal(typed))
		}
	}
}

// TestOthersAreCountedForWhoMayAsk: the one question past the policies. It counts what
// takes a place in the same year under the same name and unit, for who judges the
// application it is asked about, and for who entered its unit's code and saved its leader.
func TestOthersAreCountedForWhoMayAsk(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	w.submit(t, owner)
	su := mustConnect(t, owner)
	conn := mustConnect(t, url)
	mine, theirs := w.applications[0], w.applications[1]
	const unit = "91350100M000100Y43"
	mustExec(t, su, `UPDATE application SET leader_name = '张 研究', unit_code = $1`, unit)
	mustExec(t, su, `UPDATE application SET leader_name = ' 张研究 ' WHERE id = $1`, theirs)
	owns := fmt.Sprint(w.accounts[0])
	count := func(account, topics string, asked int64) (n *int) {
		as(t, conn, account, topics, func(tx pgx.Tx) {
			if err := tx.QueryRow(t.Context(), `SELECT max(count_others($1, now()))`, asked).Scan(&n); err != nil {
				t.Fatal(err)
			}
		})
		return n
	}
	check := func(when, account, topics string, asked int64, want int) {
		t.Helper()
		if n := count(account, topics, asked); want < 0 && n != nil || want >= 0 && (n == nil || *n != want) {
			t.Errorf("%s: %v, want %d", when, n, want)
		}
	}
	contact := fmt.Sprintf("{%d}", w.topics[0])
	check("a visitor", "", "{}", mine, -1)
	check("a contact", "", contact, mine, 1)
	check("a contact about another's topic", "", contact, theirs, -1)
	var all int
	office := mustConnect(t, url)
	mustExec(t, office, `SET ROLE softsci_office`)
	if mustRow(t, office, &all, `SELECT sum(count_others(id, now())) FROM application`); all != 2 {
		t.Errorf("the office counts %d", all)
	}
	check("before the leader is saved", owns, "{}", mine, -1)
	saved := `INSERT INTO section (application, topic, accounts, name, revision, answers, saved_at, saved_by)
		SELECT id, topic, accounts, $2, 1, $3::jsonb, now(), $4 FROM application WHERE id = $1`
	mustExec(t, su, saved, mine, "leader", `{}`, w.accounts[0])
	check("before the unit is entered", owns, "{}", mine, -1)
	mustExec(t, su, saved, mine, "cover", `{"unit_code": "9135 0100m000100y43"}`, w.accounts[1])
	check("where another entered the unit", owns, "{}", mine, -1)
	mustExec(t, su, `UPDATE section SET saved_by = $1 WHERE name = 'cover'`, w.accounts[0])
	check("where it entered the unit", owns, "{}", mine, 1)
	check("about what is another's", owns, "{}", theirs, -1)
	mustExec(t, su, `UPDATE section SET answers = '{"unit_code": "12420000000000000X"}' WHERE name = 'cover'`)
	check("where it entered another unit", owns, "{}", mine, -1)
	mustExec(t, su, `INSERT INTO unit (code) VALUES ($1)`, unit)
	mustExec(t, su, `INSERT INTO profile (account, unit, unit_name, unit_code) SELECT $1, id, 'n', code FROM unit`, w.accounts[0])
	check("where its profile has the unit", owns, "{}", mine, 1)

	mustExec(t, su, `SET session_replication_role = replica`) // any state, past the table of steps
	for status, want := range map[string]int{"draft": 0, "submitted": 1, "accepted": 1, "under_review": 1, "proposed": 1, "funded": 1, "declined": 0, "withdrawn": 0, "not_funded": 0} {
		mustExec(t, su, `UPDATE application SET status = $2 WHERE id = $1`, theirs, status)
		check(status, owns, "{}", mine, want)
	}
	mustExec(t, su, `UPDATE application SET status = 'returned', return_until = now() + interval '1 day' WHERE id = $1`, theirs)
	check("returned", owns, "{}", mine, 1)
	mustExec(t, su, `UPDATE application SET return_until = now() WHERE id = $1`, theirs)
	check("returned, and lapsed", owns, "{}", mine, 0)
	mustExec(t, su, `UPDATE application SET status = 'submitted' WHERE id = $1`, theirs)
	for when, change := range map[string]string{"of another name": `leader_name = '张研'`, "of another unit": `unit_code = '12420000000000000X'`,
		"of another number": `leader_mark = sha256('b')`} {
		mustExec(t, su, `UPDATE application SET leader_mark = sha256('a') WHERE id = $1`, mine)
		mustExec(t, su, `UPDATE application SET `+change+` WHERE id = $1`, theirs)
		check(when, "", contact, mine, 0)
		mustExec(t, su, `UPDATE application SET leader_name = '张研究', unit_code = $1, leader_mark = NULL`, unit)
	}
	mustExec(t, su, `WITH b AS (INSERT INTO batch (slug, year, number_code, created_at) VALUES ('c', 2027, 'RKX1', now()) RETURNING id)
		UPDATE application SET batch = b.id FROM b WHERE application.id = $1`, theirs)
	check("of another year", "", contact, mine, 0)
	var n int
	as(t, conn, owns, "{}", func(tx pgx.Tx) {
		if err := tx.QueryRow(t.Context(), `SELECT count(*) FROM application a, others_of(a, now()) WHERE a.id = $1`, mine).Scan(&n); err != nil || n != 0 {
			t.Errorf("the rows themselves: %d, %v", n, err)
		}
	})
}

// TestSecondApplicationWaitsForTheFirst: of two submissions under one mark the second
// waits until the first is there, and is then refused.
func TestSecondApplicationWaitsForTheFirst(t *testing.T) {
	t.Parallel()
	_, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	first, second := mustConnect(t, owner), mustConnect(t, owner)
	submit := `UPDATE application SET status = 'submitted', number = ref, submitted_at = now(), submitted_under = begun_under, leader_mark = sha256('a') WHERE id = $1`
	tx, err := first.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), submit, w.applications[0]); err != nil {
		t.Fatal(err)
	}
	mustExec(t, second, `SET lock_timeout = '100ms'`)
	if _, err := second.Exec(t.Context(), submit, w.applications[1]); code(err) != "55P03" {
		t.Errorf("while the first is on its way: %v, want to wait in vain (55P03)", err)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	var refusal *pgconn.PgError
	if _, err := second.Exec(t.Context(), submit, w.applications[1]); !errors.As(err, &refusal) || refusal.ConstraintName != "leader_applies_once_a_year" {
		t.Errorf("after the first: %v", err)
	}
	mustExec(t, second, `UPDATE application SET status = 'withdrawn' WHERE id = $1`, w.applications[0])
	mustExec(t, second, submit, w.applications[1])
}
