// Package plain is the plain text of a document, whatever its format: a line a paragraph, with notes about what the
// text leaves out or has moved, the limits that keep a hostile file from taking the machine, and the sentences with
// which a file is refused.
//
// In the text a paragraph ends with LF. A row of a table is one line: TAB parts its cells and U+000B the paragraphs
// within a cell.
package plain

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// The limits of every reader.
const (
	MaxRunes    = 2_000_000 // of text; a guideline of 200 pages has about 200,000
	maxNotes    = 20        // of one code; more of them only bury the others
	quoteLength = 20        // in runes
)

// Text is what a document says.
type Text struct {
	String string
	Notes  []Note
}

// Note is one thing that whoever confirms the text should know about it: what could not be read, was left out or has
// been moved.
type Note struct {
	Code       string // for programs; one of the constants below
	Text       string // a Chinese sentence
	Suggestion string // what to do, in Chinese
	Start, End int    // place in the text in runes, End excluded; 0, 0 for the whole document
}

// The codes of notes.
const (
	TextBox  = "text-box"
	Footnote = "footnote"
	Hidden   = "hidden-text"
	Image    = "image"
	Object   = "object"
	Numbers  = "numbers-lost"
	Cut      = "document-cut"
	Header   = "header"
	Comment  = "comment"
	Tracked  = "tracked-changes"
)

// Builder puts a text together from passages; the notes of a passage move with it. The zero Builder is empty.
type Builder struct {
	text  strings.Builder
	runes int
	notes []Note
}

// Len is the length of the text in runes.
func (b *Builder) Len() int { return b.runes }

// Empty reports whether there is neither text nor a note.
func (b *Builder) Empty() bool { return b.runes == 0 && len(b.notes) == 0 }

// String is the text so far.
func (b *Builder) String() string { return b.text.String() }

// Write adds text, or fails with ErrTooLong. What is not UTF-8 becomes U+FFFD.
func (b *Builder) Write(s string) error {
	s = strings.ToValidUTF8(s, "\uFFFD")
	b.runes += utf8.RuneCountInString(s)
	if b.runes > MaxRunes {
		return ErrTooLong
	}
	b.text.WriteString(s)
	return nil
}

// Append adds a passage with its notes.
func (b *Builder) Append(passage *Builder) error {
	for _, n := range passage.notes {
		n.Start += b.runes
		n.End += b.runes
		b.notes = append(b.notes, n)
	}
	return b.Write(passage.String())
}

// Note adds a note about a place in the text so far.
func (b *Builder) Note(code string, start, end int, text, suggestion string) {
	b.notes = append(b.notes, Note{code, text, suggestion, start, end})
}

// Whole adds a note about the whole document; only after the last Append of this Builder to another may it be used.
func (b *Builder) Whole(code, text, suggestion string) { b.Note(code, 0, 0, text, suggestion) }

// Text is the finished text. Of many notes of one code the first are kept and the others counted.
func (b *Builder) Text() Text {
	notes := make([]Note, 0, len(b.notes))
	seen := map[string]int{}
	for _, n := range b.notes {
		if seen[n.Code]++; seen[n.Code] <= maxNotes {
			notes = append(notes, n)
		}
	}
	for _, n := range b.notes {
		if more := seen[n.Code] - maxNotes; more > 0 {
			notes = append(notes, Note{Code: n.Code, Text: fmt.Sprintf("另有 %d 处与“%s”相同的情况。", more, strings.TrimSuffix(n.Text, "。")), Suggestion: n.Suggestion})
			seen[n.Code] = 0
		}
	}
	return Text{b.String(), notes}
}

// Quote shortens a text for a sentence.
func Quote(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > quoteLength {
		return string([]rune(text)[:quoteLength]) + "…"
	}
	return text
}
