package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// packaged is where the packages of Debian and of postgresql.org put their programs; a variable only for the tests.
var packaged = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"}

// programFolders lists the folders that hold all of PostgreSQL's programs we call, the newest first. $PORTAL_PG_BIN,
// when set, is the only one looked at.
func programFolders() ([]string, error) {
	if dir := os.Getenv("PORTAL_PG_BIN"); dir != "" {
		if !complete(dir) {
			return nil, fmt.Errorf("PORTAL_PG_BIN=%s does not hold initdb, postgres and pg_ctl", dir)
		}
		return []string{dir}, nil
	}
	var found []string
	for _, pattern := range packaged {
		folders, _ := filepath.Glob(pattern)
		found = append(found, folders...)
	}
	slices.SortFunc(found, func(a, b string) int { return cmp.Compare(major(b), major(a)) })
	// On the PATH stands often a link into such a folder; the other programs are beside its target.
	if initdb, err := exec.LookPath("initdb"); err == nil {
		initdb, err = filepath.EvalSymlinks(initdb)
		if dir := filepath.Dir(initdb); err == nil && !slices.Contains(found, dir) {
			found = append(found, dir)
		}
	}
	found = slices.DeleteFunc(found, func(dir string) bool { return !complete(dir) })
	if len(found) == 0 {
		return nil, errors.New("PostgreSQL is not installed (initdb, postgres and pg_ctl were not found): " +
			"apt-get install postgresql, or name the folder of the programs in PORTAL_PG_BIN")
	}
	return found, nil
}

func complete(dir string) bool {
	return !slices.ContainsFunc([]string{"initdb", "postgres", "pg_ctl"}, func(name string) bool {
		_, err := exec.LookPath(filepath.Join(dir, name))
		return err != nil
	})
}

// major reads the version off a folder's name: /usr/lib/postgresql/15/bin, /usr/pgsql-15/bin.
func major(dir string) int {
	name := filepath.Base(filepath.Dir(dir))
	n, _ := strconv.Atoi(strings.TrimPrefix(name, "pgsql-"))
	return n
}

// choosePrograms takes the newest programs for a new cluster, and for an existing one those of the same major version:
// only these can read its files. It never converts and never starts afresh, since the data is real.
func (c *Cluster) choosePrograms(ctx context.Context, candidates []string) (string, error) {
	made, err := c.dataVersion()
	if err != nil {
		return "", err
	}
	var seen []string
	for _, dir := range candidates {
		version, err := c.version(ctx, dir)
		if err != nil {
			return "", err
		}
		if made == "" || made == version {
			return dir, nil
		}
		seen = append(seen, version)
	}
	return "", fmt.Errorf("%s was made by PostgreSQL %s, but version %s is installed: apt-get install postgresql-%s, "+
		"or carry the data over with pg_upgrade", c.path("data"), made, strings.Join(seen, ", "), made)
}

// dataVersion returns the major version that made the cluster, "" when there is none yet.
func (c *Cluster) dataVersion() (string, error) {
	text, err := os.ReadFile(c.path("data/PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) && !exists(c.path("data")) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("%s holds no PostgreSQL cluster that can be read; move it away or mend it: %w",
			c.path("data"), err)
	}
	return strings.TrimSpace(string(text)), nil
}

// version returns the major version of the programs in dir.
func (c *Cluster) version(ctx context.Context, dir string) (string, error) {
	// "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"; a test version reads 19beta1.
	out, err := c.command(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return "", fmt.Errorf("user %s cannot run %s: %w", c.place.account, filepath.Join(dir, "postgres"), err)
	}
	_, number, _ := strings.Cut(string(out), ") ")
	if end := strings.IndexFunc(number, func(r rune) bool { return r < '0' || r > '9' }); end > 0 {
		return number[:end], nil
	}
	return "", fmt.Errorf("%s does not tell its version: %q", filepath.Join(dir, "postgres"), out)
}

// command prepares a program to run as the cluster's account. It starts in / because that account may not be able to
// enter the present folder, and sees neither the portal's secrets nor the PG… variables, which would change what it
// does. Its messages are English, because some are read here.
func (c *Cluster) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LD_LIBRARY_PATH=" + os.Getenv("LD_LIBRARY_PATH"), "LC_ALL=C"}
	cmd.SysProcAttr = c.place.account.process()
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // with its children
	cmd.WaitDelay = time.Second
	return cmd
}
