package pdf

import (
	"syscall"
	"unsafe"
)

// limit bounds the memory and the processor time of a process that has just been started. The standard library can
// set limits only on the portal itself. A failure is no reason to refuse the file: the deadline and the limit on output
// hold all the same.
func limit(pid int) {
	seconds := uint64(deadline.Seconds())
	for resource, most := range map[uintptr]uint64{syscall.RLIMIT_AS: maxMemory, syscall.RLIMIT_CPU: seconds} {
		value := syscall.Rlimit{Cur: most, Max: most}
		_, _, _ = syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(pid), resource, uintptr(unsafe.Pointer(&value)), 0, 0, 0)
	}
}
