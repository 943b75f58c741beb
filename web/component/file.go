package component

import (
	"encoding/hex"

	"softsci/internal/portal"
)

// Digits are the first sixteen digits of a hash, enough to compare by eye.
func Digits(sum []byte) string { return hex.EncodeToString(sum[:min(8, len(sum))]) }

var fileShapes = map[portal.FileState]Shape{portal.FileHeld: ShapePart, portal.FileKept: ShapeDone, portal.FileRefused: ShapeBack}

// FileTag is the word and shape of where an attachment stands with the scanner.
func FileTag(s portal.FileState) TagProps { return TagProps{Label: s.Label(), Shape: fileShapes[s]} }

// FileProps is an attachment in one line.
type FileProps struct {
	Name   string
	Kind   string   // in words, where several kinds stand together; "" where one does
	Size   int64    // in bytes
	State  TagProps // none of what was submitted
	SHA256 string   // in hexadecimal, as much of it as is to be shown
	URL    string   // where it is fetched, "" when it cannot be
	Note   string   // what has to be done about it, "" for nothing
}
