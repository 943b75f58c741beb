//go:build !linux

package pdf

// limit does nothing where a process's limits cannot be set from outside; the deadline and the limit on output hold.
func limit(int) {}
