package postgres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"

	"softsci/internal/portal"
)

// ChunkSize is how much of a file one row holds, in bytes.
const ChunkSize = 256 << 10

// InsertDocument keeps the file that a guideline was read from and fills in its key.
func (t *Tx) InsertDocument(d *portal.Document, raw []byte) error {
	sum := sha256.Sum256(raw)
	d.Size = int64(len(raw))
	if err := t.Do(value(&d.ID, `INSERT INTO document (name, format, size, sha256, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, NULLIF($6::bigint, 0)) RETURNING id`, d.Name, d.Format, d.Size, sum[:], t.at, t.actor.Account())); err != nil {
		return err
	}
	var chunks []Query
	for n := 0; n*ChunkSize < len(raw); n++ {
		chunks = append(chunks, changing(`INSERT INTO document_chunk (document, n, data) VALUES ($1, $2, $3)`,
			d.ID, n, raw[n*ChunkSize:min(len(raw), (n+1)*ChunkSize)]))
	}
	return t.Do(chunks...)
}

// DocumentOf is the file that a batch's public guideline was read from, at the moment.
func DocumentOf(dst *portal.Document, slug string) Query {
	return one(dst, `SELECT d.id, d.name, d.format, d.size FROM batch b
		JOIN LATERAL (SELECT document FROM batch_version WHERE batch = b.id AND published_at IS NOT NULL ORDER BY n LIMIT 1) v ON true
		JOIN document d ON d.id = v.document WHERE b.slug = $1`, slug)
}

// SendDocument writes a document row by row.
func (s *Store) SendDocument(ctx context.Context, actor portal.Actor, document int64, to io.Writer) error {
	rows, err := s.pool(actor).Query(ctx, `SELECT data FROM document_chunk WHERE document = $1 ORDER BY n`, document)
	if err != nil {
		return fmt.Errorf("read document %d: %w", document, err)
	}
	var data []byte
	_, err = pgx.ForEachRow(rows, []any{&data}, func() error {
		_, err := io.Copy(to, bytes.NewReader(data))
		return err
	})
	return err
}
