package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// patience is how long a server may hold the data without answering at all, or the orphans of a killed one may
	// need to finish their last query.
	patience = 30 * time.Second

	// cannotConnectNow is the SQLSTATE of a server that is starting, recovering after a crash, or shutting down.
	cannotConnectNow = "57P03"
)

// up leaves a server running that has the login role and the database. It needs start.lock, held through starting.
func (c *Cluster) up(ctx context.Context, starting *os.File) error {
	if err := c.create(ctx, starting); err != nil {
		return err
	}
	conn, err := c.answer(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return c.furnish(ctx, conn)
}

// create runs initdb unless there is a cluster. The folder gets its name when it is complete, so whatever interrupts
// initdb leaves only data.new, which the next start throws away.
//
// Local connections are trusted: only the cluster's account and root can enter the socket's folder, and peer
// authentication would shut out root, which is not the account. There are no others, as no port is opened.
func (c *Cluster) create(ctx context.Context, starting *os.File) error {
	data, unfinished := c.path("data"), c.path("data.new")
	if exists(data) {
		return nil
	}
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	c.options.Log.Info("creating a private PostgreSQL cluster", "folder", c.place.home)
	args := []string{"-D", unfinished, "-U", Owner, "-E", "UTF8", "--locale=C.UTF-8", "--auth-local=trust",
		"--auth-host=reject", "--data-checksums", "--no-instructions"}
	if c.options.Volatile {
		args = append(args, "--no-sync")
	}
	initdb := c.command(ctx, filepath.Join(c.programs, "initdb"), args...)
	// Should this process be killed, initdb works on for a moment; with the file it keeps the lock just as long.
	initdb.ExtraFiles = []*os.File{starting}
	if out, err := initdb.CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("initdb: %w", ctx.Err())
		}
		return fmt.Errorf("initdb: %s (%w)", complaint(string(out)), err)
	}
	if err := os.Rename(unfinished, data); err != nil {
		return err
	}
	return syncFolder(c.place.home)
}

// syncFolder makes a renaming survive a loss of power.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// answer returns a superuser's connection, after starting the server if nobody has. A server that a killed process
// was just starting, or that recovers after a crash, is waited for.
func (c *Cluster) answer(ctx context.Context) (*pgx.Conn, error) {
	var started server
	began, told := time.Now(), false
	for {
		conn, err := c.connect(ctx)
		if err == nil {
			return conn, nil
		}
		var refusal *pgconn.PgError
		switch answered := errors.As(err, &refusal); {
		case answered && refusal.Code != cannotConnectNow:
			return nil, fmt.Errorf("the server refuses its owner: %w", refusal)
		case answered && !told:
			c.options.Log.Info("waiting for PostgreSQL", "reason", refusal.Message)
			told = true
		case !answered && started.exited == nil:
			pid := c.holder()
			if pid == 0 {
				if started, err = c.launch(); err != nil {
					return nil, err
				}
			} else if time.Since(began) > patience {
				return nil, fmt.Errorf("the server with process id %d holds %s and does not answer: stop it with "+
					"kill -INT %d", pid, c.path("data"), pid)
			}
		}
		select {
		case <-ctx.Done():
			started.stop()
			return nil, fmt.Errorf("waiting for the server: %w", ctx.Err())
		case err := <-started.exited:
			why := c.serverComplaint()
			// PostgreSQL will not share the data with the last children of a killed server; they end by themselves.
			if !strings.Contains(why, "shared memory block") || time.Since(began) > patience {
				return nil, fmt.Errorf("the server did not start: %s (%w)", why, err)
			}
			started = server{}
			time.Sleep(10 * pause)
		case <-time.After(pause):
		}
	}
}

func (c *Cluster) connect(ctx context.Context) (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return pgx.Connect(ctx, c.DatabaseURL(Owner, "postgres"))
}

// server is a server started by this process; the zero value is none.
type server struct {
	process *os.Process
	exited  <-chan error // tells its end, once
}

// stop ends a server that may not yet have written its lock file, so that pg_ctl would not find it.
func (s server) stop() {
	if s.exited != nil {
		s.process.Signal(syscall.SIGINT)
		<-s.exited
	}
}

// launch starts the server. The program is called directly and not by pg_ctl start, which hands the paths to a shell
// and looks only ten times a second whether the server is there.
func (c *Cluster) launch() (server, error) {
	path := c.path("start.log")
	os.Remove(path)
	early, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return server{}, err
	}
	defer early.Close()
	cmd := c.command(context.Background(), filepath.Join(c.programs, "postgres"), c.settings()...)
	cmd.Stdout, cmd.Stderr = early, early
	if err := cmd.Start(); err != nil {
		return server{}, err
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	return server{cmd.Process, exited}, nil
}

// settings go on the command line, so that they follow this code and not the day on which the cluster was made. The
// log takes one file for each day of the week and so at most a week.
func (c *Cluster) settings() []string {
	args := []string{"-D", c.path("data"), "-k", c.socket, "-p", port}
	for _, setting := range []string{
		"listen_addresses=",
		"max_connections=" + strconv.Itoa(c.options.MaxConnections),
		"shared_buffers=128MB",
		"timezone=Asia/Shanghai",
		"logging_collector=on",
		"log_directory=" + c.path("log"),
		"log_filename=postgresql-%a.log",
		"log_truncate_on_rotation=on",
		"log_rotation_age=1d",
		"log_rotation_size=0",
		"log_timezone=Asia/Shanghai",
	} {
		args = append(args, "-c", setting)
	}
	if c.options.Volatile {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	}
	return args
}

// furnish ensures the login role and the database. The role owns nothing and inherits nothing: what it may do, the
// migrations grant it.
func (c *Cluster) furnish(ctx context.Context, conn *pgx.Conn) error {
	const look = `
		SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1),
		       EXISTS (SELECT FROM pg_database WHERE datname = $2)`
	var role, database bool
	err := conn.QueryRow(ctx, look, c.options.User, c.options.Database).Scan(&role, &database)
	if err != nil {
		return fmt.Errorf("look for role and database: %w", err)
	}
	if !role {
		if _, err := conn.Exec(ctx, "CREATE ROLE "+pgx.Identifier{c.options.User}.Sanitize()+" LOGIN NOINHERIT"); err != nil {
			return fmt.Errorf("create role %s: %w", c.options.User, err)
		}
	}
	if !database {
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{c.options.Database}.Sanitize()+
			" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"); err != nil {
			return fmt.Errorf("create database %s: %w", c.options.Database, err)
		}
	}
	return nil
}

// stop ends a running server, breaking its connections off. One that dies on the way is stopped as well.
func (c *Cluster) stop() error {
	if c.holder() == 0 {
		return nil
	}
	seconds := strconv.Itoa(int(stopTimeout.Seconds()))
	out, err := c.command(context.Background(), filepath.Join(c.programs, "pg_ctl"), "stop",
		"-D", c.path("data"), "-m", "fast", "-w", "-t", seconds).CombinedOutput()
	if err != nil && c.holder() != 0 {
		return fmt.Errorf("stop PostgreSQL: %s (%w)", complaint(string(out)), err)
	}
	return nil
}

// serverComplaint says in one line why the server launched last has ended. It writes to start.log until its log
// collector runs, then to the newest file of the log, behind what earlier servers wrote.
func (c *Cluster) serverComplaint() string {
	early, _ := os.ReadFile(c.path("start.log"))
	if !strings.Contains(string(early), "redirecting log output") {
		return complaint(string(early))
	}
	var newest os.FileInfo
	files, _ := os.ReadDir(c.path("log"))
	for _, file := range files {
		if info, err := file.Info(); err == nil && (newest == nil || info.ModTime().After(newest.ModTime())) {
			newest = info
		}
	}
	if newest == nil {
		return complaint(string(early))
	}
	log, _ := os.ReadFile(c.path("log/" + newest.Name()))
	return complaint(string(log[max(0, strings.LastIndex(string(log), "starting PostgreSQL")):]))
}

// complaint takes from a program's output the line that names the trouble: the first error, else the last line.
func complaint(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	for _, line := range lines {
		for _, mark := range []string{"PANIC: ", "FATAL: ", "error: "} {
			if _, text, found := strings.Cut(line, mark); found {
				return strings.TrimSpace(text)
			}
		}
	}
	return lines[len(lines)-1]
}
