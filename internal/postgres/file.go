package postgres

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"softsci/internal/portal"
)

const fileColumns = `f.id, f.ref, f.kind, f.name, f.type, f.size, f.sha256 AS sha256, f.state, f.verdict, COALESCE(c.name, '') AS by, f.created_at`

// FilesOf are the attachments of a draft as they stand, in the order in which they came.
func FilesOf(dst *[]portal.File, ref string) Query {
	return many(dst, `SELECT `+fileColumns+` FROM application a JOIN file f ON f.application = a.id LEFT JOIN account c ON c.id = f.created_by
		WHERE a.ref = $1 AND f.removed_at IS NULL ORDER BY f.id LIMIT 100`, ref)
}

// FileOf is one attachment of an application, also one that a version names and the
// draft no longer has.
func FileOf(dst *portal.File, application, ref string) Query {
	return one(dst, `SELECT `+fileColumns+` FROM application a JOIN file f ON f.application = a.id LEFT JOIN account c ON c.id = f.created_by
		WHERE a.ref = $1 AND f.ref = $2`, application, ref)
}

// InsertFile begins an attachment; its chunks follow, and SealFile ends it.
func (t *Tx) InsertFile(id *int64, application string, f portal.File) Query {
	return value(id, `INSERT INTO file (ref, application, topic, accounts, handler, kind, name, type, size, sha256, state, created_at, created_by)
		SELECT $2, a.id, a.topic, a.accounts, a.handler, $3, $4, $5, 0, sha256(''), 'held', $6, $7 FROM application a WHERE a.ref = $1 RETURNING id`,
		application, f.Ref, f.Kind, f.Name, f.Type, t.at, t.actor.Account())
}

// AddChunks keeps the pieces of a file in their order, each of ChunkSize bytes but the last: the first one, then what
// next gives until that is empty. They stream to the database, which works on some while next waits for more; a piece
// may be overwritten once next is asked again. What next breaks off with is returned.
func (t *Tx) AddChunks(file int64, first []byte, next func() ([]byte, error)) error {
	rows := &chunkRows{file: file, next: next, data: first}
	rows.head = rows.begin([]byte(copyHeader))
	_, err := t.tx.Conn().PgConn().CopyFrom(t.ctx, rows, `COPY file_chunk (file, n, data) FROM STDIN BINARY`)
	return cmp.Or(rows.close(), translate(err))
}

// copyHeader is how COPY's binary format begins: a signature, no flags, no extension.
const copyHeader = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// chunkRows writes the rows of a file in COPY's binary format, every piece straight from where it was read to: pgx's own
// writer of rows would copy each twice more.
type chunkRows struct {
	mu         sync.Mutex
	file       int64
	next       func() ([]byte, error)
	n          uint32 // rows that began
	head, data []byte // of the row, what was not read yet
	broke      error  // what next broke off with
}

// Read asks for the next piece when the one before was read.
func (r *chunkRows) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.head)+len(r.data) == 0 {
		if r.data, r.broke = r.next(); r.broke != nil {
			return 0, r.broke
		}
		if len(r.data) == 0 {
			return 0, io.EOF
		}
		r.head = r.begin(r.head)
	}
	n := copy(p, r.head)
	m := copy(p[n:], r.data)
	r.head, r.data = r.head[n:], r.data[m:]
	return n + m, nil
}

// begin appends a row up to its data: three fields, each behind its length in bytes.
func (r *chunkRows) begin(b []byte) []byte {
	b = binary.BigEndian.AppendUint16(b, 3)
	b = binary.BigEndian.AppendUint32(b, 8)
	b = binary.BigEndian.AppendUint64(b, uint64(r.file))
	b = binary.BigEndian.AppendUint32(b, 4)
	b = binary.BigEndian.AppendUint32(b, r.n)
	r.n++
	return binary.BigEndian.AppendUint32(b, uint32(len(r.data)))
}

// close says what next broke off with, and ends all reading: where its connection broke, pgx may have left a read behind.
func (r *chunkRows) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.head, r.data, r.next = nil, nil, func() ([]byte, error) { return nil, io.ErrClosedPipe }
	return r.broke
}

// SealFile says how large a file is, what its hash is and where it stands.
func (t *Tx) SealFile(f portal.File) error {
	return t.change(`UPDATE file SET size = $2, sha256 = $3, state = $4 WHERE id = $1`, f.ID, f.Size, f.SHA256, f.State)
}

// RemoveFile takes an attachment out of a draft. What a version names stays readable.
func (t *Tx) RemoveFile(application int64, ref string) error {
	tag, err := t.exec(`DELETE FROM file WHERE application = $1 AND ref = $2 AND NOT submitted`, application, ref)
	if err != nil || tag.RowsAffected() > 0 {
		return err
	}
	return t.change(`UPDATE file SET removed_at = $3 WHERE application = $1 AND ref = $2 AND removed_at IS NULL`, application, ref, t.at)
}

// JudgeFile notes what a scanner said of a file.
func (t *Tx) JudgeFile(file int64, state portal.FileState, verdict string) error {
	return t.change(`UPDATE file SET state = $2, verdict = left($3, 200) WHERE id = $1`, file, state, verdict)
}

// FileContent reads an attachment from anywhere, one row at a time, so that a part of
// it can be sent without the rest. It is for one request and not for several at once.
type FileContent struct {
	store *Store
	ctx   context.Context //nolint:containedctx // an io.ReadSeeker has no other way to end with its request
	actor portal.Actor
	file  portal.File
	at    int64
	chunk []byte
	n     int64 // of the chunk
}

// Content is an attachment's content as the actor may read it.
func (s *Store) Content(ctx context.Context, actor portal.Actor, f portal.File) *FileContent {
	return &FileContent{store: s, ctx: ctx, actor: actor, file: f, n: -1}
}

// Read reads on from where the last read or seek ended.
func (c *FileContent) Read(p []byte) (int, error) {
	if c.at >= c.file.Size {
		return 0, io.EOF
	}
	if n := c.at / ChunkSize; n != c.n {
		if err := c.store.Read(c.ctx, c.actor, value(&c.chunk, `SELECT data FROM file_chunk WHERE file = $1 AND n = $2`, c.file.ID, n)); err != nil {
			return 0, fmt.Errorf("read chunk %d of file %d: %w", n, c.file.ID, err)
		}
		c.n = n
	}
	size := copy(p, c.chunk[c.at-c.n*ChunkSize:])
	c.at += int64(size)
	return size, nil
}

// Seek moves to where the next read begins.
func (c *FileContent) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.at
	case io.SeekEnd:
		offset += c.file.Size
	}
	if offset < 0 {
		return 0, errors.New("seek before the beginning of a file")
	}
	c.at = offset
	return offset, nil
}

// HeldFile is an attachment that waits for the scanner, by its key.
func HeldFile(dst *[]portal.File, id int64) Query {
	return many(dst, `SELECT `+fileColumns+` FROM file f LEFT JOIN account c ON c.id = f.created_by WHERE f.id = $1 AND f.state = 'held'`, id)
}
