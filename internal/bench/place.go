package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"softsci/internal/postgres/cluster"
)

const (
	program   = "bin/portal"
	topicPage = "/batches/2023-softsci-1/topics/1" // of the demonstration
)

// place is everything that a measurement needs and leaves nothing of.
type place struct {
	program string
	dir     string // temporary
	cluster *cluster.Cluster
	owner   *pgxpool.Pool
	portal  *process // under test, once it serves
	floor   *process // beside it, the latest
	asked   int      // requests that the portal under test has answered
}

// open makes a temporary folder with a private cluster. Settings of the portal in the environment do not count: what is
// measured here never touches anybody's database.
func open(ctx context.Context) (_ *place, err error) {
	p := &place{}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	if p.program, err = filepath.Abs(program); err != nil {
		return nil, err
	}
	if _, err := os.Stat(p.program); err != nil {
		return nil, fmt.Errorf("%w; build it with make, from the top of the checkout", err)
	}
	if p.dir, err = os.MkdirTemp("", "softsci-bench-"); err != nil {
		return nil, err
	}
	if err := os.Chmod(p.dir, 0o711); err != nil { // where root measures, another user runs the database
		return nil, err
	}
	if p.cluster, err = cluster.Start(ctx, cluster.Options{Data: p.dir}); err != nil {
		return nil, err
	}
	return p, p.openOwner(ctx)
}

// close ends all processes and removes the folder.
func (p *place) close() error {
	var errs []error
	if p.floor != nil {
		p.floor.kill()
	}
	if p.portal != nil {
		errs = append(errs, p.portal.end())
	}
	if p.owner != nil {
		p.owner.Close()
	}
	if p.cluster != nil {
		errs = append(errs, p.cluster.Close(), p.removeMoved())
	}
	if p.dir != "" {
		errs = append(errs, os.RemoveAll(p.dir))
	}
	return errors.Join(errs...)
}

// removeMoved removes what of the cluster had to be elsewhere: all of it where the database's user could not reach the
// temporary folder, its socket's folder where the path was too long.
func (p *place) removeMoved() error {
	var errs []error
	if home, moved := p.cluster.Moved(); moved {
		errs = append(errs, os.RemoveAll(home))
	}
	if u, err := url.Parse(p.cluster.URL()); err == nil {
		if socket := u.Query().Get("host"); strings.HasPrefix(socket, "/tmp/portal-pg-") {
			errs = append(errs, os.RemoveAll(socket))
		}
	}
	return errors.Join(errs...)
}

// command runs the portal on the private cluster, told as an operator would tell it.
func (p *place) command(address, demo string, args ...string) *exec.Cmd {
	cmd := exec.Command(p.program, args...)
	cmd.Env = append(withoutSettings(os.Environ()), "PORTAL_DATABASE_URL="+p.cluster.URL(), "PORTAL_DATABASE_OWNER_URL="+p.cluster.OwnerURL(),
		"PORTAL_DATA="+p.data(), "PORTAL_ADDR="+address, "PORTAL_DEMO="+demo)
	return cmd
}

func (p *place) data() string { return filepath.Join(p.dir, "portal") }

func withoutSettings(environ []string) []string {
	var kept []string
	for _, line := range environ {
		if !strings.HasPrefix(line, "PORTAL_") {
			kept = append(kept, line)
		}
	}
	return kept
}

// furnish migrates the database and makes the demonstration's batch and accounts, in a process that then ends: hashing
// their passwords takes memory, which the one under test is not to start with.
func (p *place) furnish(ctx context.Context) error {
	once, err := p.startPortal(ctx, "1", nil)
	if err != nil {
		return err
	}
	return once.end()
}

// startPortal runs the portal until it answers. Its standard output, the access log, goes to the file. Without one the
// portal is soon ended again, and what it says is told only when it does not come up.
func (p *place) startPortal(ctx context.Context, demo string, log *os.File) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	return startServing(ctx, p.command(address, demo, "serve"), address, log)
}

func startServing(ctx context.Context, cmd *exec.Cmd, address string, log *os.File) (*process, error) {
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	if log != nil {
		cmd.Stdout, cmd.Stderr = log, os.Stderr
	}
	started, err := start(cmd, address)
	if err != nil {
		return nil, err
	}
	if err := started.answers(ctx); err != nil {
		err = errors.Join(err, started.end()) // after which nothing writes complaints any more
		return nil, fmt.Errorf("%w\n%s", err, complaints.Bytes())
	}
	return started, nil
}

// person is a line of demo-accounts.json.
type person struct{ Role, Email, Password string }

func (p *place) applicant() (person, error) { return personOf(p.data(), "applicant") }

// personOf is the first person of a role whom a portal with this data folder has printed.
func personOf(data, role string) (person, error) {
	raw, err := os.ReadFile(filepath.Join(data, "demo-accounts.json"))
	if err != nil {
		return person{}, err
	}
	var people []person
	if err := json.Unmarshal(raw, &people); err != nil {
		return person{}, err
	}
	for _, one := range people {
		if one.Role == role {
			return one, nil
		}
	}
	return person{}, fmt.Errorf("the demonstration has no %s", role)
}

// signIn returns the cookie of a new session at the portal under test.
func (p *place) signIn(ctx context.Context, who person) (string, error) {
	p.asked++
	return signInAt(ctx, p.portal.address, who)
}

func signInAt(ctx context.Context, address string, who person) (string, error) {
	form := url.Values{"email": {who.Email}, "password": {who.Password}}.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/sign-in", strings.NewReader(form))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("User-Agent", "bench")
	response, err := new(http.Transport).RoundTrip(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	for _, c := range response.Cookies() {
		if response.StatusCode == http.StatusSeeOther && c.Value != "" {
			return c.Name + "=" + c.Value, nil
		}
	}
	return "", fmt.Errorf("signing in as %s answered %s", who.Email, response.Status)
}
