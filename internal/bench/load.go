package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	connections = 16
	warmUp      = 250 * time.Millisecond
	roundLength = 2 * time.Second
	patience    = 10 * time.Second // with one answer
)

// exchange is a request and how its answer must look.
type exchange struct {
	request     []byte
	status      int
	least, most int // bytes of the body
}

// get is the request of a browser that takes the encodings a browser takes; more are headers as name and value in turn.
func get(path string, more ...string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: portal.invalid\r\nUser-Agent: bench\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n", path)
	for pair := range slices.Chunk(more, 2) {
		fmt.Fprintf(&b, "%s: %s\r\n", pair[0], pair[1])
	}
	b.WriteString("\r\n")
	return []byte(b.String())
}

// answer is a response as it came over the wire.
type answer struct {
	Status int
	Header http.Header // without Date
	Body   []byte      // without the marks of chunks
	Size   int         // of everything, chunk marks aside
}

// wire is one keep-alive connection.
type wire struct {
	net.Conn
	in *bufio.Reader
}

func dial(ctx context.Context, address string) (*wire, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &wire{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

// send makes an exchange, tells the answer's header lines to note, if any, and returns the status and the length of the
// body, which is thrown away.
func (w *wire) send(request []byte, note func(line string)) (status, length int, err error) {
	if _, err := w.Write(request); err != nil {
		return 0, 0, err
	}
	return w.receive(note)
}

// receive takes the answer to what was sent.
func (w *wire) receive(note func(line string)) (status, length int, err error) {
	status, length, err = w.head(note)
	switch {
	case err != nil:
		return 0, 0, err
	case length >= 0:
		_, err = w.in.Discard(length)
	default:
		var n int64
		n, err = io.Copy(io.Discard, httputil.NewChunkedReader(w.in))
		length = int(n)
		if err == nil {
			_, err = w.in.ReadSlice('\n') // the empty trailer
		}
	}
	return status, length, err
}

var (
	lengthName  = []byte("Content-Length: ")
	chunkedLine = []byte("Transfer-Encoding: chunked")
)

// head reads a response's head and tells every header line to note, if any. The length is -1 when the body comes in
// chunks. It relies on net/http's spelling of headers, since both servers are net/http.
func (w *wire) head(note func(line string)) (status, length int, err error) {
	line, err := w.in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(line) < len("HTTP/1.1 200") || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return 0, 0, fmt.Errorf("no HTTP answer: %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, err
	}
	for {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return status, length, nil
		}
		if note != nil {
			note(string(line))
		}
		if digits, ok := bytes.CutPrefix(line, lengthName); ok {
			if length, err = strconv.Atoi(string(digits)); err != nil {
				return 0, 0, err
			}
		} else if bytes.Equal(line, chunkedLine) {
			length = -1
		}
	}
}

// fetch makes one exchange on a connection of its own and keeps the whole answer.
func fetch(ctx context.Context, address string, request []byte) (a answer, err error) {
	w, err := dial(ctx, address)
	if err != nil {
		return a, err
	}
	defer w.Close()
	if err := w.SetDeadline(time.Now().Add(patience)); err != nil {
		return a, err
	}
	if _, err := w.Write(request); err != nil {
		return a, err
	}
	a.Header, a.Size = http.Header{}, len("HTTP/1.1 200 OK\r\n\r\n")
	var length int
	a.Status, length, err = w.head(func(line string) {
		a.Size += len(line) + len("\r\n")
		if name, value, _ := strings.Cut(line, ": "); name != "Date" {
			a.Header.Add(name, value)
		}
	})
	if err != nil {
		return a, err
	}
	body := io.LimitReader(w.in, int64(length))
	if length < 0 {
		body = httputil.NewChunkedReader(w.in)
	}
	a.Body, err = io.ReadAll(body)
	a.Size += len(a.Body)
	return a, err
}

// tally is what a round came to.
type tally struct {
	requests int
	rate     float64 // answers in a second
	p50, p99 time.Duration
}

// load lets all connections ask the same again and again for a round. An answer that is not as expected fails it.
func load(ctx context.Context, address string, e exchange, round time.Duration) (tally, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	wires := make([]*wire, connections)
	for i := range wires {
		w, err := dial(ctx, address)
		if err != nil {
			return tally{}, err
		}
		defer w.Close()
		wires[i] = w
	}
	begin := time.Now().Add(warmUp)
	end := begin.Add(round)
	takes, errs, counts := make([][]time.Duration, connections), make([]error, connections), make([]int, connections)
	var all sync.WaitGroup
	for i, w := range wires {
		all.Go(func() {
			if takes[i], counts[i], errs[i] = w.repeat(ctx, e, begin, end); errs[i] != nil {
				cancel()
			}
		})
	}
	all.Wait()
	t := sum(slices.Concat(takes...), round)
	for _, n := range counts {
		t.requests += n
	}
	return t, firstCause(errs)
}

// firstCause is the error that ended the others, which only say that they were cancelled.
func firstCause(errs []error) error {
	var first error
	for _, err := range errs {
		if err != nil && (first == nil || errors.Is(first, context.Canceled)) {
			first = err
		}
	}
	return first
}

// repeat returns how long each answer took that came between begin and end, and how many came at all.
func (w *wire) repeat(ctx context.Context, e exchange, begin, end time.Time) (takes []time.Duration, count int, err error) {
	takes = make([]time.Duration, 0, 16<<10)
	if err := w.SetDeadline(end.Add(patience)); err != nil {
		return nil, 0, err
	}
	for asked := time.Now(); asked.Before(end) && ctx.Err() == nil; count++ {
		status, length, err := w.send(e.request, nil)
		if err != nil {
			return nil, count, err
		}
		if status != e.status || length < e.least || length > e.most {
			return nil, count, fmt.Errorf("answered %d with %d bytes, expected %d with %d to %d", status, length, e.status, e.least, e.most)
		}
		now := time.Now()
		if asked.After(begin) && now.Before(end) {
			takes = append(takes, now.Sub(asked))
		}
		asked = now
	}
	return takes, count, ctx.Err()
}

func sum(takes []time.Duration, round time.Duration) tally {
	if len(takes) == 0 {
		return tally{}
	}
	slices.Sort(takes)
	return tally{rate: float64(len(takes)) / round.Seconds(), p50: takes[len(takes)/2], p99: takes[len(takes)*99/100]}
}
