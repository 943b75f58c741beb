package postgres

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"softsci/internal/portal"
)

const (
	portalRole = "softsci_portal"
	officeRole = "softsci_office"
)

// Store is the portal's database.
type Store struct {
	portal, office *pgxpool.Pool
	*Clock
}

// Options tune a Store; the zero value is what the portal uses.
type Options struct {
	Tracer   pgx.QueryTracer
	MaxConns int32 // for each of the two pools; 0 means 16
}

// Open connects to the database at the URL, as the two roles of the portal. The
// user of the URL must be a member of both (bin/portal migrate grants them).
//
// It returns an error in one line when the server cannot be reached, when a role
// is missing, or when the database compares characters by byte (lc_ctype C).
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	s := &Store{Clock: &Clock{}}
	for role, pool := range map[string]**pgxpool.Pool{portalRole: &s.portal, officeRole: &s.office} {
		p, err := openPool(ctx, url, role, o)
		if err != nil {
			s.Close()
			return nil, err
		}
		*pool = p
	}
	if err := s.Sync(ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	if err := checkLocale(ctx, s.office); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func openPool(ctx context.Context, url, role string, o Options) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("PORTAL_DATABASE_URL is not a PostgreSQL URL") // the parser's words may hold the password
	}
	cfg.MaxConns = 16
	if o.MaxConns > 0 {
		cfg.MaxConns = o.MaxConns
	}
	cfg.ConnConfig.Tracer = o.Tracer
	cfg.ConnConfig.RuntimeParams["timezone"] = "Asia/Shanghai"
	cfg.ConnConfig.RuntimeParams["application_name"] = role
	cfg.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "SET ROLE "+role)
		return err
	}
	return pgxpool.NewWithConfig(ctx, cfg)
}

// Close ends all connections.
func (s *Store) Close() {
	for _, p := range []*pgxpool.Pool{s.portal, s.office} {
		if p != nil {
			p.Close()
		}
	}
}

// Office is the pool of the office role, for River's client alone.
func (s *Store) Office() *pgxpool.Pool { return s.office }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.portal.Ping(ctx) }

func (s *Store) pool(actor portal.Actor) *pgxpool.Pool {
	switch actor.(type) {
	case portal.Admin, portal.System:
		return s.office
	}
	return s.portal
}

const setScope = `SELECT set_config('portal.account', $1, true), set_config('portal.topics', $2, true), set_config('portal.handlers', $3, true)`

// beginScoped begins a transaction and sets its scope in one round trip; such a text takes no parameters, and the three
// that it is made with are digits, commas and braces.
const beginScoped = `BEGIN; SELECT set_config('portal.account', '%s', true), set_config('portal.topics', '%s', true), set_config('portal.handlers', '%s', true)`

// scope is what the policies compare a row's columns with. ok is false where the
// policies need nothing: the office sees all, a visitor sees none of those rows.
func scope(actor portal.Actor) (args []any, ok bool) {
	switch a := actor.(type) {
	case portal.Admin, portal.System, portal.Visitor:
		return nil, false
	case portal.Contact:
		// Acting as a contact, an account sees what it handles and not its own applications.
		return []any{"", arrayText(a.Topics()), arrayText(a.Handlers())}, true
	}
	return []any{fmt.Sprint(actor.Account()), "{}", "{}"}, true
}

// Query is one statement of a read, bound to the place its rows go to.
type Query struct {
	sql  string
	args []any
	into func(pgx.Rows) error
}

// Read runs the queries as the actor, in one round trip and one snapshot each.
// Where a query wants exactly one row and the actor has none, it returns
// [portal.ErrNotFound].
func (s *Store) Read(ctx context.Context, actor portal.Actor, queries ...Query) error {
	batch := &pgx.Batch{}
	args, scoped := scope(actor)
	if scoped {
		batch.Queue(setScope, args...)
	}
	for _, q := range queries {
		batch.Queue(q.sql, q.args...)
	}
	results := s.pool(actor).SendBatch(ctx, batch)
	if scoped {
		if _, err := results.Exec(); err != nil {
			return errors.Join(translate(err), results.Close())
		}
	}
	for _, q := range queries {
		if err := collect(results, q); err != nil {
			_ = results.Close() // the first failure is the one to tell
			return translate(err)
		}
	}
	return translate(results.Close())
}

func collect(results pgx.BatchResults, q Query) error {
	rows, err := results.Query()
	if err != nil {
		return err
	}
	return q.into(rows)
}

// below is the key that a page of a list begins below: lists are walked by key and
// never by offset. 0 begins at the newest.
func below(key int64) int64 {
	if key <= 0 {
		return math.MaxInt64
	}
	return key
}

// one wants exactly one row.
func one[T any](dst *T, sql string, args ...any) Query {
	return Query{sql, args, func(rows pgx.Rows) (err error) {
		*dst, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByNameLax[T])
		return err
	}}
}

// perhaps takes one row, or leaves the destination as it is where there is none.
func perhaps[T any](dst *T, sql string, args ...any) Query {
	return Query{sql, args, func(rows pgx.Rows) error {
		row, err := pgx.CollectOneRow(rows, pgx.RowToStructByNameLax[T])
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		*dst = row
		return err
	}}
}

// many takes all rows; limits stand in the SQL.
func many[T any](dst *[]T, sql string, args ...any) Query {
	return Query{sql, args, func(rows pgx.Rows) (err error) {
		*dst, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[T])
		return err
	}}
}

// mapped takes all rows and turns each into the domain's value.
func mapped[R, T any](dst *[]T, convert func(R) T, sql string, args ...any) Query {
	return Query{sql, args, func(rows pgx.Rows) error {
		raw, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[R])
		if err != nil {
			return err
		}
		*dst = make([]T, len(raw))
		for i, r := range raw {
			(*dst)[i] = convert(r)
		}
		return nil
	}}
}

// mappedOne wants exactly one row and turns it into the domain's value.
func mappedOne[R, T any](dst *T, convert func(R) T, sql string, args ...any) Query {
	return Query{sql, args, func(rows pgx.Rows) error {
		raw, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByNameLax[R])
		if err != nil {
			return err
		}
		*dst = convert(raw)
		return nil
	}}
}

// changing is a statement that must change a row; none is not found.
func changing(sql string, args ...any) Query { return changingOr(portal.ErrNotFound, sql, args...) }

// changingOr is a statement that must change a row, or else is refused as given.
func changingOr(refusal error, sql string, args ...any) Query {
	return Query{sql, args, func(rows pgx.Rows) error {
		rows.Close()
		if err := rows.Err(); err != nil {
			return err
		}
		if rows.CommandTag().RowsAffected() == 0 {
			return refusal
		}
		return nil
	}}
}

// running is a statement that may change any number of rows.
func running(sql string, args ...any) Query {
	return Query{sql, args, func(rows pgx.Rows) error {
		rows.Close()
		return rows.Err()
	}}
}

// value wants exactly one row of one column.
func value[T any](dst *T, sql string, args ...any) Query {
	return Query{sql, args, func(rows pgx.Rows) (err error) {
		*dst, err = pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
		return err
	}}
}
