package cluster

import (
	"context"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func TestRowsOutliveTheServer(t *testing.T) {
	t.Parallel()
	// The path is one that a shell or a URL could stumble over.
	data := filepath.Join(mustFolder(t), "a b+c%d \"$HOME\" `exit` 数据")
	began := time.Now()
	c, err := Start(t.Context(), Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	mustExec(t, c.OwnerURL(), "CREATE TABLE topic (title text); INSERT INTO topic VALUES ('科技融媒体平台建设')")
	t.Log("from nothing to the first rows:", time.Since(began))
	for question, want := range map[string]string{
		"SHOW fsync":           "on",
		"SHOW timezone":        "Asia/Shanghai",
		"SHOW server_encoding": "UTF8",
		"SHOW lc_ctype":        "C.UTF-8",
		"SHOW data_checksums":  "on",
	} {
		if got := mustShow(t, c.URL(), question); got != want {
			t.Errorf("%s: %s, want %s", question, got, want)
		}
	}
	mustClose(t, c)
	if exists(filepath.Join(data, "postgres/data/postmaster.pid")) {
		t.Error("the last one out did not stop the server")
	}

	began = time.Now()
	c = mustStart(t, data)
	if got := mustQuery(t, c.OwnerURL(), "SELECT title FROM topic"); got != "科技融媒体平台建设" {
		t.Errorf("after a restart: %q", got)
	}
	t.Log("second start to the first row:", time.Since(began))

	began = time.Now()
	mustStart(t, data)
	t.Log("joining:", time.Since(began))
	if home, moved := c.Moved(); moved || home != filepath.Join(data, "postgres") {
		t.Errorf("Moved() = %s, %v", home, moved)
	}
	checkRoles(t, c)
}

func checkRoles(t *testing.T, c *Cluster) {
	t.Helper()
	const self = "SELECT concat_ws(' ', rolname, rolsuper, rolinherit, rolcreatedb, rolcreaterole, rolbypassrls) " +
		"FROM pg_roles WHERE rolname = current_user"
	if got := mustQuery(t, c.URL(), self); got != "softsci f f f f f" {
		t.Errorf("login role: %s", got)
	}
	if got := mustQuery(t, c.OwnerURL(), self); got != "postgres t t t t t" {
		t.Errorf("owner: %s", got)
	}
	const owner = "SELECT datdba::regrole FROM pg_database WHERE datname = 'softsci'"
	if got := mustQuery(t, c.OwnerURL(), owner); got != Owner {
		t.Errorf("the database belongs to %s", got)
	}
	// A second handle may ask for another database and role on the same server.
	other, err := Start(t.Context(), Options{Data: c.options.Data, User: "评审", Database: "test 1"})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if got := mustQuery(t, other.URL(), "SELECT current_user || '@' || current_database()"); got != "评审@test 1" {
		t.Error(got)
	}
}

func mustShow(t *testing.T, url, show string) string {
	t.Helper()
	var value string
	if err := mustConnect(t, url).QueryRow(t.Context(), show).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestLongPath(t *testing.T) {
	t.Parallel()
	data := mustCopy(t, filepath.Join(mustFolder(t), strings.Repeat("long", 30)))
	c := mustStart(t, data)
	t.Cleanup(func() { os.RemoveAll(c.socket) })
	if !strings.HasPrefix(c.socket, "/tmp/portal-pg-") {
		t.Errorf("socket in %s", c.socket)
	}
	if info, err := os.Stat(c.socket); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	mustQuery(t, c.URL(), "SELECT 1")
	mustClose(t, c)

	if err := os.Remove(c.socket); err != nil { // empty, as nothing was left
		t.Fatal(err)
	}
	if err := os.Symlink(data, c.socket); err != nil {
		t.Fatal(err)
	}
	if got := mustFail(t, data); !strings.Contains(got, "no symbolic link") {
		t.Error("a link in place of the socket's folder was followed")
	}
	if os.Geteuid() != 0 {
		return // only root can give the folder to somebody else
	}
	os.Remove(c.socket)
	os.Mkdir(c.socket, 0o700)
	os.Chown(c.socket, 4711, 4711)
	if got := mustFail(t, data); !strings.Contains(got, "belongs to uid 4711") {
		t.Error("somebody else's folder was taken for the socket")
	}
}

func TestKilledServer(t *testing.T) {
	t.Parallel()
	data := mustCopy(t, mustFolder(t))
	c, err := Start(t.Context(), Options{Data: data}) // not Volatile, which may lose the last rows
	if err != nil {
		t.Fatal(err)
	}
	mustExec(t, c.OwnerURL(), "CREATE TABLE seen (n int); INSERT INTO seen VALUES (1)")
	// A backend in the middle of a computation outlives its server for a while.
	busy, err := pgx.Connect(t.Context(), c.OwnerURL())
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		busy.Exec(context.Background(), "SELECT count(*) FROM generate_series(1, 5000000)")
		busy.Close(context.Background())
	}()
	time.Sleep(100 * time.Millisecond)
	if err := syscall.Kill(mustPID(t, c.place.home), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	again := mustStart(t, data)
	t.Log("recovered after", time.Since(began))
	// The first handle stays good: the new server has the old socket.
	if got := mustQuery(t, c.OwnerURL(), "SELECT count(*) FROM seen"); got != "1" {
		t.Errorf("%s rows after the crash", got)
	}
	mustClose(t, again)
	mustQuery(t, c.URL(), "SELECT 1")
	syscall.Kill(mustPID(t, c.place.home), syscall.SIGKILL)
	mustClose(t, c) // nothing left to stop
}

func TestLockFiles(t *testing.T) {
	t.Parallel()
	data := mustCopy(t, mustFolder(t))
	c := mustStart(t, data)
	mustExec(t, c.OwnerURL(), "CREATE TABLE seen (n int)")
	mustClose(t, c)

	// What is dead and not yet buried keeps its name.
	zombie := exec.Command(filepath.Join(c.programs, "postgres"), "--version")
	if err := zombie.Start(); err != nil {
		t.Fatal(err)
	}
	defer zombie.Wait()
	shell := exec.Command("sleep", "60")
	shell.Dir = c.path("data")
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	defer shell.Wait()
	defer shell.Process.Kill()
	dead := exec.Command("/bin/true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	other := mustStart(t, mustCopy(t, mustFolder(t)))
	for name, pid := range map[string]string{
		"dead":                    strconv.Itoa(dead.Process.Pid),
		"zombie":                  strconv.Itoa(zombie.Process.Pid),
		"other program":           strconv.Itoa(shell.Process.Pid),
		"other cluster":           strconv.Itoa(mustPID(t, other.place.home)),
		"single-user mode":        strconv.Itoa(-os.Getpid()),
		"torn by a loss of power": "",
	} {
		files := []string{c.path("data/postmaster.pid"), filepath.Join(c.socket, ".s.PGSQL.5432.lock")}
		for _, file := range files {
			mustWrite(t, file, pid+"\n"+c.path("data")+"\n1700000000\n5432\n"+c.socket+"\n\n  5432001 1\nready\n")
			os.Chown(file, c.place.account.uid, c.place.account.gid)
		}
		again, err := Start(t.Context(), Options{Data: data, Volatile: true})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			for _, file := range files {
				os.Remove(file)
			}
			continue
		}
		mustQuery(t, again.OwnerURL(), "SELECT count(*) FROM seen")
		mustClose(t, again)
	}
	checkUnreachable(t, other)
}

// checkUnreachable: a server that lives is never robbed of its lock files, even when it does not answer.
func checkUnreachable(t *testing.T, c *Cluster) {
	t.Helper()
	socket := filepath.Join(c.socket, ".s.PGSQL.5432")
	if err := os.Rename(socket, socket+".away"); err != nil {
		t.Fatal(err)
	}
	pid := mustPID(t, c.place.home)
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if again, err := Start(ctx, c.options); err == nil {
		again.Close()
		t.Error("a second server started on the same data")
	}
	if got := mustPID(t, c.place.home); got != pid {
		t.Errorf("postmaster.pid names %d, not %d", got, pid)
	}
	os.Rename(socket+".away", socket)
	mustQuery(t, c.URL(), "SELECT 1")
}

func TestFiveProcesses(t *testing.T) {
	t.Parallel()
	data := mustFolder(t)
	var apps []*app
	for range 5 {
		apps = append(apps, mustRun(t, data))
	}
	for i, a := range apps {
		if got := a.hear(); got != "ready" {
			t.Fatalf("process %d: %s", i, got)
		}
	}
	home := filepath.Join(data, "postgres")
	pid := mustPID(t, home)
	if group, err := syscall.Getpgid(pid); err != nil || group != pid {
		t.Errorf("^C would reach the server: group %d, process %d (%v)", group, pid, err)
	}

	// Whether the one that started the server is killed, closed or stays, the server goes on for the fifth.
	apps[0].kill()
	apps[1].kill()
	for _, a := range apps[2:4] {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	}
	if got := mustPID(t, home); got != pid || !serves(pid, filepath.Join(home, "data")) {
		t.Errorf("server %d has gone, there is %d", pid, got)
	}

	// Now nobody can stop it; the next process joins it and does so at its end.
	apps[4].kill()
	c := mustStart(t, data)
	mustQuery(t, c.URL(), "SELECT 1")
	if got := mustPID(t, home); got != pid {
		t.Errorf("server %d was not joined, but %d started", pid, got)
	}
	mustClose(t, c)
	if exists(c.path("data/postmaster.pid")) {
		t.Error("the server still runs")
	}
}

func TestInterruptedInitdb(t *testing.T) {
	t.Parallel()
	data := mustFolder(t)
	unfinished := filepath.Join(data, "postgres/data.new")
	a := mustRun(t, data)
	for deadline := time.Now().Add(10 * time.Second); !exists(filepath.Join(unfinished, "PG_VERSION")); {
		if time.Now().After(deadline) {
			t.Fatal("initdb never began")
		}
		time.Sleep(time.Millisecond)
	}
	a.kill()
	if exists(filepath.Join(data, "postgres/data")) {
		t.Error("initdb was over too soon to be interrupted")
	}
	c := mustStart(t, data)
	mustQuery(t, c.URL(), "SELECT 1")
	if exists(unfinished) {
		t.Error("data.new is still there")
	}
}

func TestCancelledStart(t *testing.T) {
	t.Parallel()
	data := mustFolder(t)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	began := time.Now()
	if c, err := Start(ctx, Options{Data: data}); err == nil {
		c.Close()
		t.Skip("the start was faster than the cancelling")
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("cancelled after 0.2 s, returned after %s", took)
	}
	c := mustStart(t, data)
	mustQuery(t, c.URL(), "SELECT 1")
	mustClose(t, c)

	for _, after := range []time.Duration{15, 25, 40, 60} { // milliseconds, around the server's first breath
		ctx, cancel := context.WithTimeout(t.Context(), after*time.Millisecond)
		if c, err := Start(ctx, Options{Data: data, Volatile: true}); err == nil {
			mustClose(t, c)
		}
		cancel()
		time.Sleep(50 * time.Millisecond)
		if exists(filepath.Join(data, "postgres/data/postmaster.pid")) {
			t.Errorf("cancelled after %d ms, a server stayed", after)
		}
	}
}

// Root cannot run PostgreSQL, and postgres cannot enter a home of mode 0700.
func TestClosedHome(t *testing.T) {
	mustBeRoot(t, "only root drops to another user, who then cannot reach the folder")
	old := elsewhere
	elsewhere = filepath.Join(mustFolder(t), "softsci")
	t.Cleanup(func() { elsewhere = old })
	home := filepath.Join(mustFolder(t), "home")
	data := filepath.Join(home, "portal/var")
	os.Mkdir(home, 0o700)

	c := mustStart(t, data)
	folder, moved := c.Moved()
	if !moved || filepath.Dir(folder) != elsewhere {
		t.Errorf("Moved() = %s, %v", folder, moved)
	}
	if exists(filepath.Join(data, "postgres")) {
		t.Error("an empty folder stayed behind")
	}
	mustExec(t, c.OwnerURL(), "CREATE TABLE seen (n int)")
	mustClose(t, c)

	os.Chmod(home, 0o755)
	c = mustStart(t, data)
	mustQuery(t, c.OwnerURL(), "SELECT count(*) FROM seen") // not a new, empty cluster in the old place
	mustClose(t, c)

	// The other way round: a cluster in the data folder is not left for a new one.
	if err := os.Rename(folder, filepath.Join(data, "postgres")); err != nil {
		t.Fatal(err)
	}
	os.Chmod(home, 0o700)
	if got := mustFail(t, data); !strings.Contains(got, "chmod o+x, or move it to "+folder) {
		t.Error("no advice on what to do")
	}
	if err := os.Rename(filepath.Join(data, "postgres"), folder); err != nil {
		t.Fatal(err)
	}
	mustQuery(t, mustStart(t, data).OwnerURL(), "SELECT count(*) FROM seen")
}

func TestOrdinaryUser(t *testing.T) {
	mustBeRoot(t, "only root can be two users")
	t.Parallel()
	u, err := user.Lookup("nobody")
	if err != nil {
		t.Skip("no user nobody")
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	nobody := as(t, account{uid, gid})
	data := mustFolder(t)
	os.Chown(data, uid, gid)
	a := mustRun(t, data, nobody)
	if got := a.hear(); got != "ready" {
		t.Fatal(got)
	}
	// Root joins, as the folder's owner and not as postgres; and stops the server as the last one.
	c := mustStart(t, data)
	if c.place.account.uid != uid {
		t.Errorf("root serves itself as %s", c.place.account)
	}
	if err := a.close(); err != nil {
		t.Error(err)
	}
	mustClose(t, c)
	// And the other way round, with files that root was the first to open.
	os.Remove(c.path("start.lock"))
	os.Remove(c.path("users.lock"))
	c = mustStart(t, data)
	a = mustRun(t, data, nobody)
	if got := a.hear(); got != "ready" {
		t.Error(got)
	}
	mustClose(t, c)
	if err := a.close(); err != nil {
		t.Error(err)
	}

	// A cluster of root's, that is of postgres's, is not for nobody.
	data = mustFolder(t)
	p, err := settle(data)
	if err != nil {
		t.Fatal(err)
	}
	if p.account.uid == uid {
		t.Skip("no user postgres")
	}
	if got := mustRun(t, data, nobody).hear(); !strings.Contains(got, "belongs to postgres, not to nobody") {
		t.Error(got)
	}
}

func TestMissingPrograms(t *testing.T) {
	t.Setenv("PORTAL_PG_BIN", mustFolder(t))
	if got := mustFail(t, mustFolder(t)); !strings.Contains(got, "PORTAL_PG_BIN") {
		t.Error("the variable is not named")
	}
	t.Setenv("PORTAL_PG_BIN", "")
	t.Setenv("PATH", "")
	old := packaged
	packaged = nil
	t.Cleanup(func() { packaged = old })
	if got := mustFail(t, mustFolder(t)); !strings.Contains(got, "apt-get install postgresql") {
		t.Error("no advice on what to install")
	}
}

func TestOtherVersion(t *testing.T) {
	t.Parallel()
	data := mustFolder(t)
	if _, err := settle(data); err != nil {
		t.Fatal(err)
	}
	os.Mkdir(filepath.Join(data, "postgres/data"), 0o700)
	if got := mustFail(t, data); !strings.Contains(got, "holds no PostgreSQL cluster") {
		t.Error("an alien folder was taken for a cluster")
	}
	mustWrite(t, filepath.Join(data, "postgres/data/PG_VERSION"), "11\n")
	if got := mustFail(t, data); !strings.Contains(got, "made by PostgreSQL 11") {
		t.Error("the versions are not named")
	}
}

func TestComplaint(t *testing.T) {
	t.Parallel()
	for output, want := range map[string]string{
		"running bootstrap script ... FATAL:  could not write: No space left on device\nchild process exited\n": "could not write: No space left on device",
		"initdb: error: could not access directory\ninitdb: hint: look":                                         "could not access directory",
		"waiting for server\nstopped waiting\n":                                                                 "stopped waiting",
		"":                                                                                                      "",
	} {
		if got := complaint(output); got != want {
			t.Errorf("complaint(%q) = %q", output, got)
		}
	}
}

func TestFullDisk(t *testing.T) {
	mustBeRoot(t, "only root can mount a small disk")
	t.Parallel()
	small := mustFolder(t)
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=16m,mode=0755"); err != nil {
		t.Skip("no small file system can be mounted here:", err)
	}
	defer syscall.Unmount(small, syscall.MNT_DETACH)
	if got := mustFail(t, small); !strings.Contains(got, "No space left on device") {
		t.Error("the full disk is not named")
	}
}
