package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// TestLimit: a program that has been started gets its limits from outside.
func TestLimit(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("/bin/sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Skipf("no program to try it on: %v", err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	}()
	limit(cmd.Process.Pid)
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", cmd.Process.Pid))
	if err != nil {
		t.Skipf("no /proc: %v", err)
	}
	for _, want := range []string{fmt.Sprintf(`Max address space +%d`, maxMemory), fmt.Sprintf(`Max cpu time +%d`, int(deadline.Seconds()))} {
		if !regexp.MustCompile(want).Match(raw) {
			t.Errorf("no %q in:\n%s", want, raw)
		}
	}
}
