package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pause is the time between two looks at something that will change soon.
const pause = 10 * time.Millisecond

// lock opens a lock file of the cluster and waits until it has the lock, which the kernel gives back when the file is
// closed or the process dies.
//
// start.lock (exclusive) is held by whoever starts, joins or leaves; users.lock (shared) by everybody who uses the
// server, so that a leaving process that gets it exclusively knows itself to be the last.
func (c *Cluster) lock(ctx context.Context, name string, how int) (*os.File, error) {
	f, err := c.openLock(c.path(name))
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", f.Name(), err)
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, fmt.Errorf("waiting for %s, which another process holds: %w", f.Name(), ctx.Err())
		case <-time.After(pause):
		}
	}
}

// openLock gives a new file to the cluster's account, so that it can later run without root. Root follows no symbolic
// link here, because the folder is not its own.
func (c *Cluster) openLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return os.OpenFile(path, os.O_RDWR|syscall.O_NOFOLLOW, 0)
	}
	if err != nil {
		return nil, err
	}
	return f, f.Chown(c.place.account.uid, c.place.account.gid)
}

// holder returns the process id of the live server named in PostgreSQL's own two lock files, or 0. A file that a dead
// server left is removed: PostgreSQL itself does so only when no process of that number exists, and refuses to start
// when the number now belongs to somebody else or to a zombie that its parent has not yet buried.
func (c *Cluster) holder() int {
	for _, file := range []string{c.path("data/postmaster.pid"), filepath.Join(c.socket, ".s.PGSQL."+port+".lock")} {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		line, _, _ := strings.Cut(string(text), "\n")
		pid, _ := strconv.Atoi(strings.TrimSpace(line))
		pid = max(pid, -pid) // the single-user mode writes it negative
		if pid != 0 && serves(pid, c.path("data")) {
			return pid
		}
		c.options.Log.Info("removing the lock file of a dead PostgreSQL server", "file", file, "pid", pid)
		os.Remove(file) // if this fails, the server will refuse to start and name the file
	}
	return 0
}

// serves says whether the process is a live PostgreSQL server on the data folder. Where the system does not tell, it
// is taken for one.
func serves(pid int, data string) bool {
	if !exists("/proc/self/stat") {
		return true
	}
	proc := "/proc/" + strconv.Itoa(pid)
	stat, err := os.ReadFile(proc + "/stat")
	if err != nil {
		return false
	}
	// "4711 (postgres) S 1 …"; the name may hold brackets itself.
	text := string(stat)
	end := strings.LastIndex(text, ") ")
	if end < 0 || !strings.HasSuffix(text[:end], "(postgres") || strings.HasPrefix(text[end+2:], "Z") {
		return false
	}
	// A server works in its data folder. In a container root may not be allowed to look.
	there, err := os.Stat(proc + "/cwd")
	if err != nil {
		return true
	}
	here, err := os.Stat(data)
	return err != nil || os.SameFile(there, here)
}
