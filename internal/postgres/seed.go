package postgres

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"softsci/internal/portal"
)

// SeedTopic is a topic that seeded applications are to.
type SeedTopic struct {
	ID, Batch, Version int64
	Ordinal, Year      int
	NumberCode, Title  string
	Slug, BatchTitle   string
}

// Seeded is a made-up application that was submitted. Body is its frozen version, nil for a
// row that only lists and searches see.
type Seeded struct {
	Topic            SeedTopic
	Count            int // within the topic, from 1
	Status, Previous portal.Status
	Title, Leader    string
	Unit, UnitCode   string
	Amount           portal.Fen
	At               time.Time // of the submission
	Told             portal.Told
	Body             []byte
	SHA256           [32]byte
	Account          int64
	ID               int64
	Ref, Number      string
	ReturnUntil      *time.Time
}

// perAccount is how many seeded applications one made-up applicant leads, seedChunk how many
// rows travel at a time.
const (
	perAccount = 50
	seedChunk  = 2_000
)

// Seed fills the topics of a batch with n applications that invent makes up; it is called
// from several goroutines. It works as the owner, past the triggers of single rows but not
// past the constraints, in one transaction. It refuses a database in which anybody is real,
// that is, has an address outside of .invalid, and one that was seeded before.
func Seed(ctx context.Context, ownerURL, slug string, n int, invent func(i int, topics []SeedTopic) (Seeded, error)) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("reach the database as its owner: %w", err)
	}
	defer conn.Close(ctx)
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		s := seeder{tx: tx, invent: invent}
		return s.seed(ctx, slug, n)
	})
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `VACUUM ANALYZE application, application_text, application_access, version`)
	return err
}

type seeder struct {
	tx      pgx.Tx
	invent  func(int, []SeedTopic) (Seeded, error)
	topics  []SeedTopic
	first   int64 // key of the first application
	account int64 // key of the first applicant
}

// seededTables have triggers for single rows that seeding passes by.
var seededTables = []string{"application", "application_access", "version"}

func (s *seeder) seed(ctx context.Context, slug string, n int) error {
	if err := s.refuse(ctx); err != nil {
		return err
	}
	if err := s.prepare(ctx, slug, n); err != nil {
		return err
	}
	index, err := s.dropIndex(ctx, "application_text_by_tokens")
	if err != nil {
		return err
	}
	if err := s.triggers(ctx, "DISABLE"); err != nil {
		return err
	}
	if err := s.write(ctx, n); err != nil {
		return err
	}
	for _, sql := range []string{
		fmt.Sprintf(`INSERT INTO application_access (application, account, kind, since) SELECT id, accounts[1], 'leader', created_at FROM application WHERE id >= %d`, s.first),
		fmt.Sprintf(`INSERT INTO number_counter (batch, ordinal, last) SELECT a.batch, t.ordinal, count(*) FROM application a JOIN topic t ON t.id = a.topic WHERE a.id >= %d GROUP BY 1, 2`, s.first),
		`SELECT setval(pg_get_serial_sequence('application', 'id'), (SELECT max(id) FROM application))`,
		`SET CONSTRAINTS ALL IMMEDIATE`,
		`SET LOCAL maintenance_work_mem = '512MB'`,
		index,
	} {
		if _, err := s.tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%.50s: %w", sql, err)
		}
	}
	return s.triggers(ctx, "ENABLE")
}

func (s *seeder) refuse(ctx context.Context) error {
	var real, applications int
	if err := s.tx.QueryRow(ctx, `SELECT (SELECT count(*) FROM account WHERE email NOT LIKE '%.invalid'), (SELECT count(*) FROM application)`).Scan(&real, &applications); err != nil {
		return err
	}
	if real > 0 || applications > 0 {
		return errors.New("this database holds real accounts or applications; seed only a fresh one or one with demonstration data alone")
	}
	return nil
}

// prepare reads the topics and makes the applicants.
func (s *seeder) prepare(ctx context.Context, slug string, n int) error {
	rows, err := s.tx.Query(ctx, `SELECT t.id, b.id AS batch, tv.batch_version AS version, t.ordinal, b.year, b.number_code, tv.title, b.slug, v.title AS batch_title
		FROM batch b JOIN batch_version v ON v.batch = b.id AND v.n = 1 JOIN topic_version tv ON tv.batch_version = v.id JOIN topic t ON t.id = tv.topic
		WHERE b.slug = $1 ORDER BY t.ordinal`, slug)
	if err != nil {
		return err
	}
	if s.topics, err = pgx.CollectRows(rows, pgx.RowToStructByName[SeedTopic]); err != nil {
		return err
	}
	if len(s.topics) == 0 {
		return fmt.Errorf("there is no batch %s with topics", slug)
	}
	err = s.tx.QueryRow(ctx, `WITH made AS (INSERT INTO account (ref, email, name, created_at)
			SELECT 'seed' || lpad(i::text, 8, '0'), 'seed-' || i || '@seed.invalid', '申报人' || i, opens_at FROM batch_version, generate_series(1, $2::integer) i
			WHERE id = $1 ORDER BY i RETURNING id, created_at), member AS (INSERT INTO membership (account, since) SELECT id, created_at FROM made)
		SELECT min(id), COALESCE((SELECT max(id) FROM application), 0) + 1 FROM made`, s.topics[0].Version, (n+perAccount-1)/perAccount).Scan(&s.account, &s.first)
	return err
}

// dropIndex drops an index that is quicker made at the end and returns how it is made.
func (s *seeder) dropIndex(ctx context.Context, name string) (definition string, err error) {
	if err := s.tx.QueryRow(ctx, `SELECT pg_get_indexdef($1::text::regclass)`, name).Scan(&definition); err != nil {
		return "", err
	}
	_, err = s.tx.Exec(ctx, "DROP INDEX "+name)
	return definition, err
}

func (s *seeder) triggers(ctx context.Context, how string) error {
	for _, table := range seededTables {
		if _, err := s.tx.Exec(ctx, "ALTER TABLE "+table+" "+how+" TRIGGER USER"); err != nil {
			return err
		}
	}
	return nil
}

// write makes and copies all applications: while the database takes some, the next are made.
func (s *seeder) write(ctx context.Context, n int) error {
	type chunk struct {
		made []Seeded
		err  error
	}
	chunks := make(chan chunk)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(chunks)
		for from := 0; from < n; from += seedChunk {
			made, err := s.making(from, min(from+seedChunk, n))
			select {
			case chunks <- chunk{made, err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	for c := range chunks {
		if c.err != nil {
			return c.err
		}
		if err := s.copy(ctx, c.made); err != nil {
			return err
		}
	}
	return nil
}

// copy fills the tables.
func (s *seeder) copy(ctx context.Context, made []Seeded) error {
	for _, table := range []struct {
		name    string
		columns []string
		row     func(Seeded) []any
	}{
		{"application", []string{"id", "ref", "batch", "topic", "begun_under", "submitted_under", "previous_status", "status", "number", "return_until", "title", "leader_name",
			"unit_name", "unit_code", "amount", "versions", "created_at", "submitted_at", "moved_at", "accounts"}, func(a Seeded) []any {
			t := a.Topic
			return []any{a.ID, a.Ref, t.Batch, t.ID, t.Version, t.Version, string(a.Previous), string(a.Status), a.Number, a.ReturnUntil, a.Title, a.Leader, a.Unit, a.UnitCode, int64(a.Amount), 1, a.At, a.At, a.At, []int64{a.Account}}
		}},
		{"application_text", []string{"application", "topic", "accounts", "leader", "unit", "text", "tokens", "tokenizer"}, func(a Seeded) []any {
			return []any{a.ID, a.Topic.ID, []int64{a.Account}, a.Told.Leader, a.Told.Unit, a.Told.Text, a.Told.Tokens, portal.TellerVersion}
		}},
		{"version", []string{"application", "topic", "accounts", "n", "schema", "body", "sha256", "content", "batch_version", "submitted_by", "arrived_at", "recorded_at"}, func(a Seeded) []any {
			if a.Body == nil {
				return nil
			}
			return []any{a.ID, a.Topic.ID, []int64{a.Account}, 1, portal.FrozenSchema, a.Body, a.SHA256[:], a.Body, a.Topic.Version, a.Account, a.At, a.At}
		}},
	} {
		var rows [][]any
		for _, a := range made {
			if row := table.row(a); row != nil {
				rows = append(rows, row)
			}
		}
		if _, err := s.tx.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(rows)); err != nil {
			return fmt.Errorf("fill %s: %w", table.name, err)
		}
	}
	return nil
}

// making makes the applications on all processors.
func (s *seeder) making(from, to int) ([]Seeded, error) {
	made, errs := make([]Seeded, to-from), make([]error, to-from)
	var all sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		all.Go(func() {
			for i := from + w; i < to; i += workers {
				a, err := s.invent(i, s.topics)
				a.ID, a.Account, a.Ref = s.first+int64(i), s.account+int64(i/perAccount), fmt.Sprintf("seed%08d", i)
				a.Number = portal.Number(a.Topic.Year, a.Topic.NumberCode, a.Topic.Ordinal, a.Count)
				made[i-from], errs[i-from] = a, err
			}
		})
	}
	all.Wait()
	return made, errors.Join(errs...)
}
