package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"softsci/internal/postgres"
)

const (
	fileSize      = 20_000_000 // bytes, a little less than the largest that is taken
	filesARound   = 6
	uploadsAtOnce = 50
	limitMemory   = 64_000_000 // bytes more than before, while all of them arrive
	waitForAll    = 2 * time.Minute
	boundary      = "bench-boundary"
)

// uploads measures P6.
func (p *place) uploads(ctx context.Context, out io.Writer) error {
	if err := p.reset(ctx); err != nil { // what was submitted takes no more files
		return err
	}
	file := incompressible()
	next := 0
	both, err := alternate(ctx, p.chunks(file), func(ctx context.Context) (tally, error) {
		if err := p.clearFiles(ctx); err != nil {
			return tally{}, err
		}
		w, err := dial(ctx, p.portal.address)
		if err != nil {
			return tally{}, err
		}
		defer w.Close()
		return timed(filesARound, func() error {
			next++
			p.asked++
			return w.upload(next, file)
		})
	})
	if err != nil {
		return fmt.Errorf("P6: %w", err)
	}
	both[0].print(out, pair{name: "P6", what: "attachments of 20 MB, one by one", goal: goalUpload})
	return errors.Join(p.crowd(ctx, out, next, file), p.clearFiles(ctx))
}

// incompressible are the bytes of a file that reads as a PDF.
func incompressible() []byte {
	file := make([]byte, fileSize)
	random := rand.NewChaCha8([32]byte{6})
	_, _ = random.Read(file) // never fails
	copy(file, "%PDF-1.7\n")
	return file
}

// timed does something so many times and counts.
func timed(times int, do func() error) (tally, error) {
	takes := make([]time.Duration, times)
	begin := time.Now()
	for i := range takes {
		asked := time.Now()
		if err := do(); err != nil {
			return tally{}, err
		}
		takes[i] = time.Since(asked)
	}
	t := sum(takes, time.Since(begin))
	t.requests = times
	return t, nil
}

// clearFiles deletes what was uploaded; the attachments of the drafts stay.
func (p *place) clearFiles(ctx context.Context) error {
	return p.do(ctx, `DELETE FROM file WHERE kind = 'other'`, `VACUUM file_chunk`, `CHECKPOINT`)
}

// chunks is the floor: the same rows written by pgx alone, without a hash and without HTTP, each file in a transaction
// of the portal's role.
func (p *place) chunks(file []byte) run {
	return func(ctx context.Context) (tally, error) {
		if err := p.clearFiles(ctx); err != nil {
			return tally{}, err
		}
		n := 0
		return timed(filesARound, func() error {
			n++
			return pgx.BeginFunc(ctx, p.owner, func(tx pgx.Tx) error {
				if _, err := tx.Exec(ctx, `SELECT set_config('role', 'softsci_portal', true), set_config('portal.account', accounts[1]::text, true)
					FROM application WHERE id = $1`, firstDraft+n); err != nil {
					return err
				}
				var id int64
				if err := tx.QueryRow(ctx, `INSERT INTO file (ref, application, topic, accounts, kind, name, type, size, sha256, state, created_at)
					SELECT 'floor' || $2, id, topic, accounts, 'other', 'x.pdf', 'pdf', $3, sha256(''), 'kept', now() FROM application WHERE id = $1 RETURNING id`,
					firstDraft+n, fmt.Sprint(n), len(file)).Scan(&id); err != nil {
					return err
				}
				for i := 0; i*postgres.ChunkSize < len(file); i++ {
					if _, err := tx.Exec(ctx, `INSERT INTO file_chunk (file, n, data) VALUES ($1, $2, $3)`, id, i,
						file[i*postgres.ChunkSize:min(len(file), (i+1)*postgres.ChunkSize)]); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
}

// upload sends a file as another attachment of a draft; only the way back to its page is success.
func (w *wire) upload(draft int, file []byte) error {
	head := "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
	tail := "\r\n--" + boundary + "--\r\n"
	request := fmt.Sprintf("POST /applications/%s/files/other HTTP/1.1\r\nHost: portal.invalid\r\nUser-Agent: bench\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n"+
		"Cookie: session=%s\r\nContent-Type: multipart/form-data; boundary=%s\r\nContent-Length: %d\r\n\r\n%s",
		refOf(firstDraft+draft), cookieValue(draft%applicants), boundary, len(head)+len(file)+len(tail), head)
	if err := w.SetDeadline(time.Now().Add(waitForAll)); err != nil {
		return err
	}
	pieces := net.Buffers{[]byte(request), file, []byte(tail)}
	if _, err := pieces.WriteTo(w.Conn); err != nil {
		return err
	}
	status, _, err := w.receive(nil)
	if err == nil && status != http.StatusSeeOther {
		err = fmt.Errorf("the upload to draft %d answered %d", draft, status)
	}
	return err
}

// crowd lets many files arrive at once and looks at the portal's memory meanwhile.
func (p *place) crowd(ctx context.Context, out io.Writer, from int, file []byte) error {
	before := p.portal.resident()
	if before == 0 {
		line(out, "", "  memory of 50 at once", "not told by this system")
		return nil
	}
	var most atomic.Int64
	watching, stop := context.WithCancel(ctx)
	var watcher, all sync.WaitGroup
	watcher.Go(func() {
		for ; watching.Err() == nil; time.Sleep(5 * time.Millisecond) {
			most.Store(max(most.Load(), p.portal.resident()))
		}
	})
	errs := make([]error, uploadsAtOnce)
	begin := time.Now()
	for i := range errs {
		all.Go(func() {
			w, err := dial(ctx, p.portal.address)
			if err != nil {
				errs[i] = err
				return
			}
			defer w.Close()
			errs[i] = w.upload(from+1+i, file)
		})
	}
	all.Wait()
	took := time.Since(begin)
	stop()
	watcher.Wait()
	p.asked += uploadsAtOnce
	more := max(0, most.Load()-before)
	line(out, "", "  50 of them at once", "%.1f MB more memory   limit %d MB   %s   %.0f MB/s in all", megabytes(more), limitMemory/1_000_000, within(more <= limitMemory),
		uploadsAtOnce*fileSize/1e6/took.Seconds())
	return errors.Join(errs...)
}
