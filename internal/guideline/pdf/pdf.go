package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"softsci/internal/guideline/plain"
)

// The limits of a PDF.
const (
	program   = "pdftotext"
	deadline  = 10 * time.Second
	maxPages  = 200
	maxOutput = 4 * plain.MaxRunes // bytes
	maxTold   = 4 << 10            // bytes of what the program says on its standard error
	maxMemory = 1 << 30            // bytes of address space; an ordinary file takes a tenth
	scanRunes = 20                 // less text than this is a scan with a stamp
)

// Installed reports whether the program that reads PDF is there.
func Installed() bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// Read reads a PDF. Its errors are the refusals of package plain, what ctx says, and what the system says when the
// program cannot be run.
func Read(ctx context.Context, raw []byte) (plain.Text, error) { return read(ctx, raw, deadline) }

func read(ctx context.Context, raw []byte, deadline time.Duration) (plain.Text, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return plain.Text{}, plain.ErrNoReader
	}
	dir, err := os.MkdirTemp("", "portal-pdf-") // readable by the owner only
	if err != nil {
		return plain.Text{}, fmt.Errorf("make a folder for a PDF: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "guideline.pdf")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		return plain.Text{}, fmt.Errorf("keep a PDF for %s: %w", program, err)
	}
	out, err := run(ctx, path, file, deadline)
	if err != nil {
		return plain.Text{}, err
	}
	return assemble(string(out))
}

// run has the program write the file's text. Of the ways in which it can lay text out, -raw is the one that keeps a
// table's cells whole and in order, and the hyphens in telephone numbers. One page more than is wanted tells whether
// there are more.
func run(ctx context.Context, path, file string, deadline time.Duration) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	cmd := exec.CommandContext(limited, path, "-raw", "-enc", "UTF-8", "-eol", "unix", "-l", strconv.Itoa(maxPages+1), file, "-")
	cmd.Env = []string{"LC_ALL=C.UTF-8"}
	cmd.WaitDelay = time.Second
	out, told := &capped{left: maxOutput, full: cancel}, &capped{left: maxTold}
	cmd.Stdout, cmd.Stderr = out, told
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	limit(cmd.Process.Pid)
	err := cmd.Wait()
	switch {
	case out.left < 0:
		return nil, plain.ErrTooLong
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, plain.ErrSlow
	case err != nil:
		return nil, refusal(err, told.kept.String())
	}
	return out.kept.Bytes(), nil
}

// capped keeps what is written up to a length. When there is more, it drops it and calls full.
type capped struct {
	kept bytes.Buffer // not embedded: io.Copy would find its ReadFrom, which knows no limit
	left int
	full func()
}

func (c *capped) Write(p []byte) (int, error) {
	c.left -= len(p)
	if c.left >= 0 {
		return c.kept.Write(p)
	}
	if c.full != nil {
		c.full()
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// refusal says why the program failed. It was stopped by a signal when memory ran out; it also ends so over a file
// that it cannot digest.
func refusal(err error, told string) error {
	var exit *exec.ExitError
	switch {
	case strings.Contains(told, "Incorrect password"), strings.Contains(told, "Unsupported security handler"):
		return plain.ErrPassword
	case strings.Contains(told, "ermission"):
		return plain.ErrForbidden
	case errors.As(err, &exit) && !exit.Exited():
		return plain.ErrTooComplex
	case errors.As(err, &exit):
		return plain.ErrDamaged
	}
	return fmt.Errorf("run %s: %w", program, err)
}
