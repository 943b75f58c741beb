package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"

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
	return value(id, `INSERT INTO file (ref, application, topic, accounts, kind, name, type, size, sha256, state, created_at, created_by)
		SELECT $2, a.id, a.topic, a.accounts, $3, $4, $5, 0, sha256(''), 'held', $6, $7 FROM application a WHERE a.ref = $1 RETURNING id`,
		application, f.Ref, f.Kind, f.Name, f.Type, t.at, t.actor.Account())
}

// AddChunk keeps the nth piece of a file, of at most ChunkSize bytes.
func (t *Tx) AddChunk(file int64, n int, data []byte) error {
	_, err := t.exec(`INSERT INTO file_chunk (file, n, data) VALUES ($1, $2, $3)`, file, n, data)
	return err
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
