package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/golang-migrate/migrate/v4"
	migratepgx "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"softsci/migrations"
)

// oldest is the first server version whose NULLS NOT DISTINCT the schema uses.
const oldest = 15

// checkLocale refuses a database in which Chinese characters are not letters:
// there the search would silently find nothing.
func checkLocale(ctx context.Context, pool *pgxpool.Pool) error {
	var ctype string
	var version int
	err := pool.QueryRow(ctx, `SELECT datctype, current_setting('server_version_num')::integer / 10000
		FROM pg_database WHERE datname = current_database()`).Scan(&ctype, &version)
	switch {
	case err != nil:
		return fmt.Errorf("read the database's locale: %w", err)
	case version < oldest:
		return fmt.Errorf("the database server is PostgreSQL %d; the portal needs %d or newer", version, oldest)
	case ctype == "C" || ctype == "POSIX":
		return fmt.Errorf("the database's lc_ctype is %s, in which Chinese text cannot be searched; create it with LC_CTYPE 'C.UTF-8' or 'zh_CN.UTF-8'", ctype)
	}
	return nil
}

// Migrate brings the database to the newest schema as its owner and lets the
// user of the portal's URL act as the two roles. A second process that migrates
// at the same time waits for the first.
//
// A database left half migrated (dirty) is reported with the command that mends it.
func Migrate(ctx context.Context, ownerURL, portalURL string) error {
	m, err := openMigrations(ownerURL)
	if err != nil {
		return err
	}
	defer m.Close()
	if err := m.Up(); err != nil && !errors.Is(err, migrate.ErrNoChange) {
		return migrationError(err)
	}
	return grantRoles(ctx, ownerURL, portalURL)
}

// MigrateDown takes all steps back. It exists for the test of the ways back.
func MigrateDown(ownerURL string) error {
	m, err := openMigrations(ownerURL)
	if err != nil {
		return err
	}
	defer m.Close()
	return m.Down()
}

// ForceVersion declares the schema to be at the version and not dirty, after a
// migration was killed. Safe, because each step is one transaction.
func ForceVersion(ownerURL string, version int) error {
	m, err := openMigrations(ownerURL)
	if err != nil {
		return err
	}
	defer m.Close()
	return m.Force(version)
}

func openMigrations(ownerURL string) (*migrate.Migrate, error) {
	cfg, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return nil, errors.New("PORTAL_DATABASE_OWNER_URL is not a PostgreSQL URL")
	}
	driver, err := migratepgx.WithInstance(stdlib.OpenDB(*cfg), &migratepgx.Config{})
	if err != nil {
		return nil, fmt.Errorf("reach the database as its owner: %w", err)
	}
	source, err := iofs.New(migrations.Files, ".")
	if err != nil {
		return nil, err
	}
	return migrate.NewWithInstance("iofs", source, "pgx5", driver)
}

func migrationError(err error) error {
	var dirty migrate.ErrDirty
	if errors.As(err, &dirty) {
		return fmt.Errorf("migration %d was cut off; run: portal migrate force %d, then portal migrate", dirty.Version, max(dirty.Version-1, 0))
	}
	return fmt.Errorf("migrate the database: %w", err)
}

func grantRoles(ctx context.Context, ownerURL, portalURL string) error {
	user, err := userOf(portalURL)
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("reach the database as its owner: %w", err)
	}
	defer conn.Close(ctx)
	for _, role := range []string{portalRole, officeRole} {
		var member bool
		// Since PostgreSQL 16 a member need not be allowed to act as the role.
		if err := conn.QueryRow(ctx, `SELECT pg_has_role($1::text, $2::text,
			CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END)`, user, role).Scan(&member); err != nil {
			return fmt.Errorf("look up the database user %q: %w", user, err)
		}
		if member {
			continue
		}
		if _, err := conn.Exec(ctx, "GRANT "+role+" TO "+pgx.Identifier{user}.Sanitize()); err != nil {
			return fmt.Errorf("let %q act as %s: %w", user, role, err)
		}
	}
	return nil
}

func userOf(databaseURL string) (string, error) {
	cfg, err := pgx.ParseConfig(databaseURL)
	if err != nil {
		return "", errors.New("PORTAL_DATABASE_URL is not a PostgreSQL URL")
	}
	return cfg.User, nil
}
