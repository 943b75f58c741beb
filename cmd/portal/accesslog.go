package main

import (
	"bufio"
	"io"
	"strconv"
	"sync"
	"time"

	"softsci/internal/portal"
	"softsci/internal/server"
)

// accessLog writes one line a request: time, method, path, status, bytes,
// milliseconds, address, request ID. It is flushed every second and at the end.
type accessLog struct {
	mu   sync.Mutex
	out  *bufio.Writer
	line []byte
	stop chan struct{}

	second int64  // of the stamp
	stamp  []byte // a line's time without the milliseconds and the zone
}

const flushInterval = time.Second

func newAccessLog(out io.Writer) *accessLog {
	l := &accessLog{out: bufio.NewWriterSize(out, 32<<10), stop: make(chan struct{})}
	go l.flushEvery(flushInterval)
	return l
}

// Write adds a line.
func (l *accessLog) Write(e server.Line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if second := e.At.Unix(); second != l.second {
		l.second, l.stamp = second, e.At.In(portal.Shanghai).AppendFormat(l.stamp[:0], "2006-01-02T15:04:05.")
	}
	b := append(l.line[:0], l.stamp...)
	milli := e.At.Nanosecond() / 1e6
	b = append(b, byte('0'+milli/100), byte('0'+milli/10%10), byte('0'+milli%10))
	b = append(b, "+08:00 "...)
	b = append(append(b, e.Method...), ' ')
	b = append(append(b, e.Path...), ' ')
	b = append(strconv.AppendInt(b, int64(e.Status), 10), ' ')
	b = strconv.AppendInt(b, e.Bytes, 10)
	b = strconv.AppendFloat(append(b, ' '), float64(e.Took.Microseconds())/1000, 'f', 3, 64)
	b = append(b, "ms "...)
	b = e.Address.AppendTo(b)
	b = append(append(b, ' '), e.RequestID...)
	l.line = append(b, '\n')
	_, _ = l.out.Write(l.line) // a log that cannot be written stops nothing
}

func (l *accessLog) flushEvery(d time.Duration) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
			l.mu.Lock()
			_ = l.out.Flush()
			l.mu.Unlock()
		}
	}
}

// Close writes what is left.
func (l *accessLog) Close() {
	close(l.stop)
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.out.Flush()
}
