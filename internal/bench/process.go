package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that this program started.
type process struct {
	*exec.Cmd
	address string
	exited  chan error
}

const (
	startTimeout = 30 * time.Second
	stopTimeout  = 30 * time.Second
	askAgain     = 500 * time.Microsecond
)

// start runs a command in a process group of its own: ^C reaches this program alone, which then ends the others in order.
func start(cmd *exec.Cmd, address string) (*process, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd, address, make(chan error, 1)}
	go func() { p.exited <- cmd.Wait() }()
	return p, nil
}

// answers waits until the process answers at all.
func (p *process) answers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		if a, err := fetch(ctx, p.address, get("/healthz")); err == nil && a.Status == 200 {
			return nil
		}
		select {
		case err := <-p.exited:
			p.exited <- err
			return fmt.Errorf("%s ended before it answered: %v", p.Path, err)
		case <-ctx.Done():
			return fmt.Errorf("%s did not answer: %w", p.Path, ctx.Err())
		case <-time.After(askAgain):
		}
	}
}

// end asks the process to stop and waits for it.
func (p *process) end() error {
	_ = p.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	select {
	case err := <-p.exited:
		p.exited <- err
		return err
	case <-time.After(stopTimeout):
		return errors.Join(fmt.Errorf("%s did not stop", p.Path), p.Process.Kill())
	}
}

// kill ends a floor, which has nothing to put in order.
func (p *process) kill() {
	_ = p.Process.Kill() // it may have ended by itself
	<-p.exited
}

// resident is the process's memory in bytes, or 0 where the system does not tell.
func (p *process) resident() int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kilobytes, _ := strconv.ParseInt(fields[0], 10, 64) // the kernel writes a number
	return kilobytes << 10
}

// startFloor runs this program again as a floor.
func startFloor(s floorSettings) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, floorWord)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p, err := startPiped(cmd, in, s)
	if err != nil {
		return nil, err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		p.kill()
		return nil, fmt.Errorf("the floor did not start: %w", err)
	}
	p.address = strings.TrimSpace(address)
	return p, nil
}

func startPiped(cmd *exec.Cmd, in io.Writer, s floorSettings) (*process, error) {
	p, err := start(cmd, "")
	if err != nil {
		return nil, err
	}
	if err := json.NewEncoder(in).Encode(s); err != nil {
		p.kill()
		return nil, err
	}
	return p, nil
}

// freeAddress is a port that was free a moment ago.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
