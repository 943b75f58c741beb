// Package word reads what Microsoft Word and WPS Writer save: .docx, and .doc since Word 97. Bytes go in, plain text
// with notes comes out.
//
// It reads what a reader of the printed page would see, in reading order: numbers that Word counts itself are
// written out, tracked changes count as accepted, fields show their results. What the page shows outside the flow of
// the text (text boxes, footnotes) is put where it disturbs least, and a note says so; what is not read (pictures,
// hidden text, comments, headers) is named in a note. Nothing is left out silently.
//
// A file from a stranger costs bounded time and memory: every part is inflated and read as a stream, once, under the
// limits in archive.go and xml.go.
package word
