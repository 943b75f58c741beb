// Package migrations holds the database's schema as numbered steps, and schema.sql,
// a dump of their result for readers (kept fresh by a test).
package migrations

import "embed"

// Files are the numbered steps, each with its way back.
//
//go:embed *.up.sql *.down.sql
var Files embed.FS
