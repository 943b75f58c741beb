package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"softsci/internal/guideline"
	"softsci/internal/portal"
	"softsci/internal/proposal/sample"
)

// Applications and accounts that are made here have keys from here on, so that a script can count them without looking.
const (
	firstDraft   = 1_000_000
	firstListed  = 2_000_000
	firstAccount = 3_000_000

	listLength = 50 // a page of the list
	applicants = 64
	complete   = 4_000  // drafts with all sections, for the portal
	drafts     = 30_000 // in all: the floor needs no sections, since reading them is the portal's work
	prose      = 7_400  // characters of the five parts of prose, of 8,000 at most with the schedule: about 24 KB of a document in all
)

// spread is the ordinal of a draft's topic, for SQL and pgbench alike: as good as random, and the same for both sides.
const spread = "1 + (%[1]s * %[1]s * 7919 + %[1]s * 104729) %% 1000003 %% 10"

func refOf(id int) string { return fmt.Sprintf("bench%07d", id) }

func listRef(i int) string { return refOf(firstListed + i) }

// openOwner signs in as the owner, for whom neither triggers nor foreign keys are at work.
func (p *place) openOwner(ctx context.Context) error {
	cfg, err := pgxpool.ParseConfig(p.cluster.OwnerURL())
	if err != nil {
		return err
	}
	cfg.MaxConns = 2
	cfg.ConnConfig.RuntimeParams["session_replication_role"] = "replica"
	p.owner, err = pgxpool.NewWithConfig(ctx, cfg)
	return err
}

// do runs statements as the owner.
func (p *place) do(ctx context.Context, statements ...string) error {
	for _, sql := range statements {
		if _, err := p.owner.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%.60s: %w", sql, err)
		}
	}
	return nil
}

// fillList gives the account applications in several states to all topics.
func (p *place) fillList(ctx context.Context, email string) error {
	tag, err := p.owner.Exec(ctx, `WITH written AS (
			INSERT INTO application (id, ref, batch, topic, begun_under, submitted_under, previous_status, status, number, title, leader_name,
				unit_name, unit_code, amount, versions, created_at, submitted_at, moved_at, accounts) OVERRIDING SYSTEM VALUE
			SELECT $1 + i, 'bench' || ($1 + i), t.batch, t.id, v.id, v.id, s.previous, s.status,
				CASE WHEN s.status <> 'draft' THEN format('%s-%s-%s-%s', b.year, b.number_code, lpad(t.ordinal::text, 2, '0'), 9000 + i) END, tv.title, a.name,
				'示范大学', '91350100M000100Y43', 5000000, 1, v.opens_at, v.opens_at, v.opens_at, ARRAY[a.id]
			FROM account a CROSS JOIN generate_series(0, $2::integer - 1) i
			JOIN (VALUES (0, 'none', 'draft'), (1, 'draft', 'submitted'), (2, 'submitted', 'accepted')) s(n, previous, status) ON s.n = i % 3
			JOIN topic t ON t.ordinal = 1 + i % 10 JOIN topic_version tv ON tv.topic = t.id
			JOIN batch_version v ON v.id = tv.batch_version JOIN batch b ON b.id = t.batch
			WHERE a.email = $3 RETURNING id, accounts[1] AS account, created_at
		)
		INSERT INTO application_access (application, account, kind, since) SELECT id, account, 'leader', created_at FROM written`, firstListed, listLength, email)
	if err == nil && tag.RowsAffected() != listLength {
		err = fmt.Errorf("the applicant got %d applications, not %d", tag.RowsAffected(), listLength)
	}
	return errors.Join(err, p.do(ctx, `VACUUM ANALYZE`))
}

// makeDrafts makes applicants with sessions, all drafts, and the sections of the complete ones.
func (p *place) makeDrafts(ctx context.Context, _ io.Writer) error {
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO account (id, ref, email, name, confirmed_at, created_at) OVERRIDING SYSTEM VALUE
		SELECT $1 + i, 'bench' || ($1 + i), 'applicant-' || i || '@bench.invalid', '申报人' || i, opens_at, opens_at
		FROM batch_version, generate_series(0, $2::integer - 1) i`, firstAccount, applicants)
	batch.Queue(`INSERT INTO membership (account, since) SELECT id, created_at FROM account WHERE id >= $1`, firstAccount)
	for i := range applicants {
		data, err := json.Marshal(map[string]any{"deadline": time.Now().Add(time.Hour),
			"values": map[string]string{"account": fmt.Sprint(firstAccount + i), "id": fmt.Sprint("bench", i), "address": "127.0.0.1", "agent": "bench"}})
		if err != nil {
			return err
		}
		batch.Queue(`INSERT INTO session (token, data, address, agent, created_at, last_seen_at, expires_at)
			VALUES ($1, $2, '127.0.0.1', 'bench', now(), now(), now() + interval '1 hour')`, tokenOf(cookieValue(i)), data)
	}
	batch.Queue(`INSERT INTO application (id, ref, batch, topic, begun_under, title, leader_name, unit_name, unit_code, amount, created_at, moved_at, accounts)
			OVERRIDING SYSTEM VALUE
		SELECT $1 + k, 'bench' || ($1 + k), t.batch, t.id, tv.batch_version, tv.title, '张研究', '示范大学', '91350100M000100Y43', 5000000,
			v.opens_at, v.opens_at, ARRAY[$2 + k % $3]
		FROM generate_series(0, $4::bigint - 1) k JOIN topic t ON t.ordinal = `+fmt.Sprintf(spread, "k")+`
		JOIN topic_version tv ON tv.topic = t.id JOIN batch_version v ON v.id = tv.batch_version`,
		int64(firstDraft), int64(firstAccount), int64(applicants), drafts)
	batch.Queue(`INSERT INTO application_access (application, account, kind, since)
		SELECT id, accounts[1], 'leader', created_at FROM application WHERE id BETWEEN $1 AND $1 + $2 - 1`, firstDraft, drafts)
	batch.Queue(`INSERT INTO file (ref, application, topic, accounts, kind, name, type, size, sha256, state, created_at, created_by)
		SELECT 'file' || id, id, topic, accounts, 'pledge', '承诺书.pdf', 'pdf', 0, sha256(''), 'kept', created_at, accounts[1]
		FROM application WHERE id BETWEEN $1 AND $1 + $2 - 1`, firstDraft, drafts)
	ordinals, names, answers, err := p.sections(ctx)
	if err != nil {
		return err
	}
	batch.Queue(`INSERT INTO section (application, topic, accounts, name, revision, answers, saved_at, saved_by)
		SELECT a.id, a.topic, a.accounts, s.name, 1, s.answers, a.created_at, a.accounts[1]
		FROM application a JOIN topic t ON t.id = a.topic
		JOIN unnest($1::integer[], $2::text[], $3::jsonb[]) s(ordinal, name, answers) ON s.ordinal = t.ordinal
		WHERE a.id BETWEEN $4 AND $4 + $5 - 1`, ordinals, names, answers, firstDraft, complete)
	return errors.Join(p.owner.SendBatch(ctx, batch).Close(), p.do(ctx, `VACUUM ANALYZE`))
}

// sections are the complete answers to each topic.
func (p *place) sections(ctx context.Context) (ordinals []int32, names, answers []string, err error) {
	rows, err := p.owner.Query(ctx, `SELECT t.ordinal, tv.title FROM topic t JOIN topic_version tv ON tv.topic = t.id`)
	if err != nil {
		return nil, nil, nil, err
	}
	topics, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[portal.Topic])
	if err != nil {
		return nil, nil, nil, err
	}
	for _, topic := range topics {
		all, err := answersTo(topic)
		if err != nil {
			return nil, nil, nil, err
		}
		for name, one := range all {
			text, err := json.Marshal(one)
			if err != nil {
				return nil, nil, nil, err
			}
			ordinals, names, answers = append(ordinals, int32(topic.Ordinal)), append(names, name), append(answers, string(text))
		}
	}
	return ordinals, names, answers, nil
}

// answersTo are complete answers whose prose is long. It is made of the guideline's phrases in no order, so that it packs
// no better than a text that somebody wrote.
func answersTo(topic portal.Topic) (map[string]map[string]string, error) {
	source, err := guideline.Decode(guideline.Shipped)
	if err != nil {
		return nil, err
	}
	phrases := strings.FieldsFunc(source, func(r rune) bool { return strings.ContainsRune("，。、；：（）“”《》 \t\r\n", r) })
	random := rand.New(rand.NewPCG(2023, uint64(topic.Ordinal)))
	all := sample.Answers(topic)
	parts := []string{"basis", "goals", "method", "novelty", "foundation"}
	for _, part := range parts {
		var text []rune
		for len(text) < prose/len(parts) {
			text = append(text, []rune(phrases[random.IntN(len(phrases))]+"，")...)
		}
		all["text"][part] = string(text[:prose/len(parts)])
	}
	return all, nil
}

// reset makes all drafts new and forgets what was submitted. Nothing may be at work.
func (p *place) reset(ctx context.Context) error {
	return errors.Join(os.RemoveAll(filepath.Join(p.data(), "mail")), p.do(ctx,
		`TRUNCATE version, paper, application_text, event, message, number_counter, river.river_job`,
		fmt.Sprintf(`UPDATE application SET previous_status = 'none', status = 'draft', number = NULL, submitted_under = NULL, submitted_at = NULL, versions = 0
			WHERE id BETWEEN %d AND %d AND status <> 'draft'`, firstDraft, firstDraft+drafts-1),
		`UPDATE file SET submitted = false WHERE submitted`, `VACUUM application`, `VACUUM file`, `CHECKPOINT`))
}

// allQueues is River's name for every queue.
const allQueues = "*"

// deliver lets the portal hand over mails and print papers, or makes it stop and waits until it has.
func (p *place) deliver(ctx context.Context, on bool) error {
	queue, err := river.NewClient(riverpgxv5.New(p.owner), &river.Config{Schema: "river", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if on {
		return queue.QueueResume(ctx, allQueues, nil)
	}
	if err := queue.QueuePause(ctx, allQueues, nil); err != nil {
		return err
	}
	for calm := 0; calm < 5; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
		var running bool
		if err := p.owner.QueryRow(ctx, `SELECT EXISTS (SELECT FROM river.river_job WHERE state = 'running')`).Scan(&running); err != nil {
			return err
		}
		if calm++; running {
			calm = 0
		}
	}
	return nil
}

// written is what stands in the database after a round.
type written struct {
	Submitted, Versions, Told, Events, Messages, Sent, Jobs, Counted, Wrong int
	Bytes                                                                   float64 // of a document
}

func (p *place) written(ctx context.Context) (written, error) {
	rows, err := p.owner.Query(ctx, `WITH numbered AS (
			SELECT t.ordinal, count(*) AS all, count(DISTINCT a.number) AS different, max(right(a.number, 4)::integer) AS last,
				bool_and(split_part(a.number, '-', 3)::integer = t.ordinal) AS own
			FROM application a JOIN topic t ON t.id = a.topic WHERE a.id BETWEEN $1 AND $1 + $2 - 1 AND a.status = 'submitted' GROUP BY t.ordinal
		)
		SELECT (SELECT COALESCE(sum("all"), 0)::integer FROM numbered) AS submitted, (SELECT count(*) FROM version) AS versions, (SELECT count(*) FROM application_text) AS told, (SELECT count(*) FROM event) AS events,
			(SELECT count(*) FROM message) AS messages, (SELECT count(sent_at) FROM message) AS sent,
			(SELECT count(*) FROM river.river_job WHERE kind IN ('deliver', 'print')) AS jobs, (SELECT COALESCE(sum(last), 0)::integer FROM number_counter) AS counted,
			(SELECT count(*) FROM numbered n LEFT JOIN number_counter c USING (ordinal)
				WHERE NOT n.own OR n."all" <> n.different OR n."all" <> n.last OR n.last IS DISTINCT FROM c.last) AS wrong,
			(SELECT COALESCE(avg(length(body)), 0)::float8 FROM version) AS bytes`, firstDraft, drafts)
	if err != nil {
		return written{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[written])
}

// holds checks that so many submissions wrote what each has to, with numbers without a gap or a double.
func (w written) holds(submissions int) error {
	if w.Submitted != submissions || w.Versions != submissions || w.Told != submissions || w.Events != submissions || w.Counted != submissions ||
		w.Messages != 2*submissions || w.Jobs != 3*submissions || w.Wrong != 0 {
		return fmt.Errorf("%d submissions left %+v", submissions, w)
	}
	return nil
}
