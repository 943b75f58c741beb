package word

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"softsci/internal/guideline/plain"
)

// The characters with a meaning of their own ([MS-DOC] 2.4.1).
const (
	charPicture     = 0x01
	charCell        = 0x07
	charObject      = 0x08
	charTab         = 0x09
	charLine        = 0x0B
	charPage        = 0x0C
	charParagraph   = 0x0D
	charColumn      = 0x0E
	charFieldBegin  = 0x13
	charFieldResult = 0x14
	charFieldEnd    = 0x15
	charHyphen      = 0x1E
)

// marks are the characters that stand for others; in a table some would look like the end of a cell.
var marks = map[uint16]struct{ text, inTable string }{
	charTab:    {"\t", " "},
	charLine:   {"\n", "\v"},
	charPage:   {"\n", " "},
	charColumn: {"\n", " "},
	charHyphen: {"-", "-"},
}

// legacyStory is one story of a .doc being read. It holds a paragraph back until its end, since only that says whether
// it stands in a table.
type legacyStory struct {
	legacy   *legacy
	text     plain.Builder
	line     []uint16 // the paragraph at hand
	row      []byte   // the row at hand; nil outside a table
	cell     int      // where its open cell begins
	fields   []field
	pictures int
	hidden   strings.Builder
	hid      int
}

func (s *legacyStory) read(start, end int) error {
	if err := s.legacy.each(start, end, s.take); err != nil {
		return err
	}
	if err := s.endRow(); err != nil {
		return err
	}
	if len(s.line) > 0 {
		return s.endLine()
	}
	return s.tellHidden()
}

// take deals with one character.
func (s *legacyStory) take(unit uint16, offset int) error {
	traits := s.legacy.characters.at(offset)
	s.legacy.tracked = s.legacy.tracked || traits&(deleted|inserted) != 0
	switch {
	case traits&deleted != 0:
		return nil
	case unit == charParagraph, unit == charCell:
		return s.end(unit, s.legacy.paragraphs.at(offset))
	case unit >= charFieldBegin && unit <= charFieldEnd:
		return s.field(unit)
	case slices.Contains(s.fields, fieldCode):
		return nil
	case traits&concealed != 0:
		s.conceal(unit)
		return nil
	}
	s.write(unit, traits)
	return nil
}

func (s *legacyStory) write(unit uint16, traits trait) {
	_, mark := marks[unit]
	switch {
	case unit == charPicture, unit == charObject:
		s.pictures++
	case traits&special != 0 && unit == '(':
		s.line = append(s.line, utf16.Encode([]rune(unknownSymbol))...)
	case traits&special != 0 && !mark, unit < ' ' && !mark: // a reference to a note, an optional hyphen …
	default:
		s.line = append(s.line, unit)
	}
}

func (s *legacyStory) conceal(unit uint16) {
	if s.hidden.Len() == 0 {
		s.hid = s.text.Len()
	}
	if unit >= ' ' && !surrogate(unit) {
		s.hidden.WriteRune(rune(unit))
	}
}

func (s *legacyStory) field(unit uint16) error {
	last := len(s.fields) - 1
	switch {
	case unit == charFieldBegin && len(s.fields) >= maxFields:
		return plain.ErrTooComplex
	case unit == charFieldBegin:
		s.fields = append(s.fields, fieldCode)
	case unit == charFieldResult && last >= 0:
		s.fields[last] = fieldResult
	case unit == charFieldEnd && last >= 0:
		s.fields = s.fields[:last]
	}
	return nil
}

// end ends a paragraph, a cell or a row.
func (s *legacyStory) end(unit uint16, traits trait) error {
	s.fields = slices.DeleteFunc(s.fields, func(f field) bool { return f == fieldCode }) // an unclosed one must not swallow the rest
	s.legacy.numbered = s.legacy.numbered || traits&numbered != 0
	switch {
	case unit == charCell && traits&rowEnd != 0:
		return s.endRow()
	case unit == charCell:
		s.addToCell("")
		s.trimCell()
		s.row = append(s.row, '\t')
		s.cell = len(s.row)
		return nil
	case traits&innerEnd != 0:
		s.addToCell(" ")
		return nil
	case traits&inTable != 0:
		s.addToCell("\v")
		return nil
	}
	if err := s.endRow(); err != nil { // a table without row ends is damaged; its text is kept
		return err
	}
	return s.endLine()
}

// addToCell adds the paragraph at hand to the open cell, with a mark behind it if more may follow.
func (s *legacyStory) addToCell(mark string) {
	if s.row == nil {
		s.row = []byte{}
	}
	if text := s.paragraph(true); text != "" {
		s.row = append(append(s.row, text...), mark...)
	}
}

func (s *legacyStory) trimCell() {
	s.row = s.row[:s.cell+len(bytes.TrimRight(s.row[s.cell:], "\v "))]
}

func (s *legacyStory) endRow() error {
	if s.row == nil {
		return nil
	}
	s.trimCell()
	row := string(bytes.TrimSuffix(s.row, []byte("\t")))
	s.row, s.cell = nil, 0
	return s.writeLine(row)
}

func (s *legacyStory) endLine() error { return s.writeLine(s.paragraph(false)) }

func (s *legacyStory) writeLine(line string) error {
	if err := s.text.Write(line + "\n"); err != nil {
		return err
	}
	return s.tellHidden()
}

func (s *legacyStory) tellHidden() error {
	if s.hidden.Len() > 0 {
		s.text.Note(plain.Hidden, s.hid, s.hid, fmt.Sprintf("文中有隐藏文字“%s”，没有读入。", plain.Quote(s.hidden.String())), "如属指南内容，请补入。")
		s.hidden.Reset()
	}
	return nil
}

// paragraph is the text of the paragraph at hand, which ends.
func (s *legacyStory) paragraph(table bool) string {
	var b strings.Builder
	for _, r := range utf16.Decode(s.line) {
		mark, ok := marks[uint16(min(r, 0xFFFF))]
		switch {
		case !ok:
			b.WriteRune(r)
		case table:
			b.WriteString(mark.inTable)
		default:
			b.WriteString(mark.text)
		}
	}
	s.line = s.line[:0]
	return b.String()
}
