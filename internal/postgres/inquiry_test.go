package postgres_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"softsci/internal/pgtest"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// TestForeignQuestions: who asked, and in which words, is for the contacts of the topic
// alone; everybody reads what was made public, and nobody but those contacts makes it so.
func TestForeignQuestions(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	setUp := mustConnect(t, owner)
	for i, topic := range w.topics {
		for j, state := range []string{`NULL, now(), now(), 'a', now()`, `'hash' || $2, NULL, NULL, '', NULL`} {
			mustExec(t, setUp, `INSERT INTO inquiry (topic, ref, kind, name, email, question, asked_at, token, confirmed_at, due_at, answer, answered_at)
				VALUES ($1, $2, 'question', 'n', 'e@x.invalid', 'q', now(), `+state+`)`, topic, fmt.Sprintf("inquiry%d%04d", i, j))
		}
	}
	mustExec(t, setUp, `INSERT INTO public_answer (inquiry, topic, ref, question, answer, published_at, changed_at, tokens, tokenizer)
		SELECT id, topic, ref, 'q', 'a', now(), now(), '', 1 FROM inquiry WHERE answered_at IS NOT NULL`)
	conn := mustConnect(t, url)
	for _, tc := range []struct {
		name, account, topics string
		own                   int
	}{
		{"a visitor", "", "{}", 0},
		{"an applicant", fmt.Sprint(w.accounts[0]), "{}", 0},
		{"a contact", "", fmt.Sprintf("{%d}", w.topics[0]), 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			as(t, conn, tc.account, tc.topics, func(tx pgx.Tx) {
				var asked, public int
				if err := tx.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM inquiry), (SELECT count(*) FROM public_answer)`).Scan(&asked,
					&public); err != nil || asked != tc.own || public != 2 {
					t.Errorf("sees %d questions and %d public answers, %v; want %d and 2", asked, public, err, tc.own)
				}
			})
			for sql, want := range map[string]string{
				`UPDATE inquiry SET answer = 'x' WHERE topic = $1`:                       "0",
				`UPDATE inquiry SET email = 'x@x.invalid' WHERE topic = $1`:              "42501",
				`UPDATE public_answer SET answer = 'x' WHERE topic = $1`:                 "0",
				`DELETE FROM public_answer WHERE topic = $1`:                             "0",
				`DELETE FROM inquiry WHERE topic = $1`:                                   "42501",
				`UPDATE inquiry SET confirmed_at = now(), token = NULL WHERE topic = $1`: "42501",
				`INSERT INTO inquiry (topic, ref, kind, name, email, question, asked_at, confirmed_at, answer, answered_at) VALUES ($1, 'call00000000', 'call', '', '', 'q', now(), now(), 'a', now())`:                         "42501",
				`INSERT INTO public_answer (inquiry, topic, ref, question, answer, published_at, changed_at, tokens, tokenizer) SELECT inquiry + 1, $1, 'r', 'q', 'a', now(), now(), '', 1 FROM public_answer WHERE topic = $1`: "refused",
			} {
				as(t, conn, tc.account, tc.topics, func(tx pgx.Tx) {
					tag, err := tx.Exec(t.Context(), sql, w.topics[1])
					if got := fmt.Sprint(tag.RowsAffected()); err == nil && got != want || err != nil && want != "refused" && code(err) != want {
						t.Errorf("%s: %s rows, %v, want %s", sql, got, err, want)
					}
				})
			}
		})
	}
	t.Run("only answers are published", func(t *testing.T) {
		as(t, conn, "", fmt.Sprintf("{%d}", w.topics[0]), func(tx pgx.Tx) {
			_, err := tx.Exec(t.Context(), `WITH asked AS (INSERT INTO inquiry (topic, ref, kind, name, email, question, asked_at, token) VALUES ($1, 'asked0000000', 'question', 'n', 'e@x.invalid', 'q', now(), 't'))
				INSERT INTO public_answer (inquiry, topic, ref, question, answer, published_at, changed_at, tokens, tokenizer)
				SELECT max(inquiry) + 1000, $1, 'r', 'q', 'a', now(), now(), '', 1 FROM public_answer`, w.topics[0])
			var pg *pgconn.PgError
			if !errors.As(err, &pg) || pg.ConstraintName != "only_answers_are_published" {
				t.Errorf("publishing what has no answer: %v", err)
			}
		})
	})
}

// TestSweepQuestions: what nobody confirmed is gone after two days, and who asked is
// forgotten a year after the answer.
func TestSweepQuestions(t *testing.T) {
	t.Parallel()
	url, owner := pgtest.URLs(t)
	w := mustWorld(t, owner)
	setUp := mustConnect(t, owner)
	for i, row := range []string{
		`now() - interval '47 hours', 't', NULL, NULL, '', NULL`,
		`now() - interval '49 hours', 'u', NULL, NULL, '', NULL`,
		`now() - interval '400 days', NULL, now(), now(), 'a', now() - interval '364 days'`,
		`now() - interval '400 days', NULL, now(), now(), 'a', now() - interval '367 days'`,
	} {
		mustExec(t, setUp, `INSERT INTO inquiry (topic, ref, kind, name, email, question, asked_at, token, confirmed_at, due_at, answer, answered_at)
			VALUES ($1, $2, 'question', 'n', 'e@x.invalid', 'q', `+row+`)`, w.topics[0], fmt.Sprintf("inquiry%05d", i))
	}
	store := pgtest.Open(t, url, postgres.Options{})
	if err := store.Save(t.Context(), portal.MintSystem(portal.Visit{}), (*postgres.Tx).Sweep); err != nil {
		t.Fatal(err)
	}
	var left string
	if mustRow(t, setUp, &left, `SELECT string_agg(right(ref, 1) || email, ' ' ORDER BY ref) FROM inquiry`); left != "0e@x.invalid 2e@x.invalid 3" {
		t.Errorf("left are %s", left)
	}
}
