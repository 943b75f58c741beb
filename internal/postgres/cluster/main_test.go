package cluster

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// dataVariable makes the test binary another portal process: one that starts a cluster, says so, and closes it when
// its input ends.
const dataVariable = "CLUSTER_TEST_DATA"

func TestMain(m *testing.M) {
	data := os.Getenv(dataVariable)
	if data == "" {
		code := m.Run()
		if template, err := template(); err == nil {
			os.RemoveAll(template)
		}
		os.Exit(code)
	}
	c, err := Start(context.Background(), Options{Data: data, Volatile: true})
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Println("ready")
	io.Copy(io.Discard, os.Stdin)
	if err := c.Close(); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// app is another portal process.
type app struct {
	cmd  *exec.Cmd
	in   io.Closer
	said *bufio.Reader
}

// mustRun starts a portal process; change may alter the command before.
func mustRun(t *testing.T, data string, change ...func(*exec.Cmd)) *app {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), dataVariable+"="+data)
	cmd.Stderr = os.Stderr
	for _, f := range change {
		f(cmd)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	a := &app{cmd, in, bufio.NewReader(out)}
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	return a
}

// hear returns the next line that the process says.
func (a *app) hear() string {
	line, _ := a.said.ReadString('\n')
	return strings.TrimSpace(line)
}

// kill ends the process as kill -9 does.
func (a *app) kill() {
	a.cmd.Process.Kill()
	a.cmd.Wait()
}

// close lets the process end in good order.
func (a *app) close() error {
	a.in.Close()
	return a.cmd.Wait()
}

// template is a data folder whose cluster has been started and closed once.
var template = sync.OnceValues(func() (string, error) {
	dir, err := openFolder()
	if err != nil {
		return "", err
	}
	c, err := Start(context.Background(), Options{Data: dir, Volatile: true})
	if err != nil {
		return dir, err
	}
	return dir, c.Close()
})

// mustCopy puts a copy of the template's cluster into a data folder, which is faster than initdb.
func mustCopy(t *testing.T, data string) string {
	t.Helper()
	dir, err := template()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(data, 0o755); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cp", "-a", filepath.Join(dir, "postgres"), data).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return data
}

func openFolder() (string, error) {
	dir, err := os.MkdirTemp("", "cluster")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755)
}

// mustFolder returns a new folder which, unlike t.TempDir, everybody may enter.
func mustFolder(t *testing.T) string {
	t.Helper()
	dir, err := openFolder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func mustStart(t *testing.T, data string) *Cluster {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c, err := Start(ctx, Options{Data: data, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func mustClose(t *testing.T, c *Cluster) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// mustFail starts a cluster that must not start and returns the error's text, one line.
func mustFail(t *testing.T, data string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	c, err := Start(ctx, Options{Data: data, Volatile: true})
	if err == nil {
		c.Close()
		t.Fatal("the cluster started")
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("the error has several lines: %v", err)
	}
	t.Log(err)
	return err.Error()
}

func mustConnect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func mustExec(t *testing.T, url, sql string) {
	t.Helper()
	conn := mustConnect(t, url)
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// mustQuery returns the only value of the only row, as text.
func mustQuery(t *testing.T, url, sql string) string {
	t.Helper()
	conn := mustConnect(t, url)
	defer conn.Close(t.Context())
	var value string
	if err := conn.QueryRow(t.Context(), "SELECT ("+sql+")::text").Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// mustPID returns the process id of the server.
func mustPID(t *testing.T, home string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(home, "data/postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.SplitN(string(text), "\n", 2)[0])
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// mustBeRoot skips what cannot happen, or cannot be arranged, without root.
func mustBeRoot(t *testing.T, because string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("needs root:", because)
	}
}

func mustWrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// as runs a process under a user and from a copy of the test binary that this user can reach.
func as(t *testing.T, a account) func(*exec.Cmd) {
	t.Helper()
	binary, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(mustFolder(t), "portal")
	if err := os.WriteFile(program, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	return func(cmd *exec.Cmd) {
		cmd.Path, cmd.Dir = program, "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}}
	}
}
