package word

import (
	"fmt"
	"slices"
	"strings"

	"softsci/internal/guideline/plain"
)

// story is a flow of blocks, paragraphs and rows of tables, each a line: the document's body, a text box, a footnote.
// The values of the innermost paragraph, row and cell change as elements open and close.
type story struct {
	document *document
	part     *part
	out      *plain.Builder
	boxes    []*plain.Builder // text boxes that wait for the end of the block that anchors them
	held     *plain.Builder   // of a paragraph that runs on into the next, its end being deleted

	paragraph   *paragraph
	row         *row
	cell        *plain.Builder
	nested      bool   // in a table within a table
	inParagraph string // what a line break becomes
	hidden      bool
	fields      []field
}

// paragraph is one being read.
type paragraph struct {
	text   plain.Builder
	style  string
	list   listRef
	joined bool // its end was deleted: it runs on into the next
	hidden strings.Builder
	hid    int // where the hidden text stands, in runes
}

// row is one row of a table.
type row struct {
	cells   []*plain.Builder
	deleted bool
	merged  bool // of the cell at hand: it goes on with the one above
}

// field is how far a complex field has been read: between begin and separate stands its code, which nobody sees.
type field int

const (
	fieldCode field = iota
	fieldResult
)

// maxFields bounds fields within fields; Word allows twenty.
const maxFields = 50

// element reads one element. What is not named here is a mere wrapper, such as w:ins, w:hyperlink, w:sdt or the many
// layers of a drawing: what is in it counts.
func (s *story) element(e element) error {
	switch e.name {
	case "w:p":
		return s.readParagraph()
	case "w:tbl":
		return s.readTable()
	case "w:tr":
		return s.readRow()
	case "w:trPr":
		return s.readRowProperties()
	case "w:tc":
		return s.readCell()
	case "w:tcPr":
		return s.readCellProperties()
	case "w:txbxContent":
		return s.readBox()
	case "mc:AlternateContent":
		return choice(s.part, s.element)
	case "w:del", "w:moveFrom":
		s.document.tracked = true
		return nil // what is left unread is skipped
	case "w:sectPr", "w:tblPr", "w:tblGrid", "w:tblPrEx", "w:sdtPr", "w:sdtEndPr", "w:rt", "w:instrText", "w:delText", "w:delInstrText":
		return nil
	case "w:ins", "w:moveTo":
		s.document.tracked = true
	}
	return s.inline(e)
}

// inline reads an element of a paragraph.
func (s *story) inline(e element) error {
	d := s.document
	switch e.name {
	case "w:pPr":
		return s.readProperties()
	case "w:r":
		return s.readRun()
	case "w:rPr":
		return s.readRunProperties()
	case "w:t", "m:t":
		return s.readText(e)
	case "w:tab", "w:ptab":
		return s.tab()
	case "w:br", "w:cr":
		return s.write(s.inParagraph)
	case "w:noBreakHyphen":
		return s.write("-")
	case "w:sym":
		return s.write(symbol(e.attr("font"), e.attr("char")))
	case "w:fldChar":
		return s.field(e.attr("fldCharType"))
	case "w:footnoteReference":
		d.refer("footnotes", e.attr("id"))
	case "w:endnoteReference":
		d.refer("endnotes", e.attr("id"))
	case "w:commentReference":
		d.comments++
	case "pic:pic", "v:imagedata":
		d.images++
	case "c:chart", "dgm:relIds", "a:txBody", "w:altChunk", "w:subDoc":
		d.objects++
	case "v:textpath": // WordArt
		s.box(passage(e.attr("string")))
	case "w:object":
		d.objects++
		return nil // its picture is a preview
	}
	return s.children()
}

func (s *story) children() error { return s.part.children(s.element) }

func (d *document) refer(kind, id string) { d.footnotes[kind] = append(d.footnotes[kind], id) }

func (s *story) readParagraph() error {
	outer, hidden := s.paragraph, s.hidden
	p := &paragraph{}
	s.paragraph, s.hidden = p, false
	if err := s.children(); err != nil {
		return err
	}
	s.paragraph, s.hidden = outer, hidden
	s.fields = slices.DeleteFunc(s.fields, func(f field) bool { return f == fieldCode }) // an unclosed one must not swallow the rest
	return s.endParagraph(p)
}

// readProperties reads a paragraph's w:pPr. Of w:pPrChange, what it was before a tracked change, nothing is wanted.
func (s *story) readProperties() error {
	p := s.paragraph
	if p == nil {
		return nil
	}
	err := s.part.children(func(e element) (err error) {
		switch e.name {
		case "w:pStyle":
			p.style = e.attr("val")
		case "w:numPr":
			p.list, err = readListRef(s.part)
		case "w:rPr": // of the paragraph's end
			return s.part.children(func(e element) error {
				p.joined = p.joined || e.name == "w:del" || e.name == "w:moveFrom"
				return nil
			})
		}
		return err
	})
	s.hidden = s.document.styles.hidden(p.style)
	return err
}

// endParagraph puts the number in front and hands the paragraph on.
func (s *story) endParagraph(p *paragraph) error {
	if p.hidden.Len() > 0 {
		p.text.Note(plain.Hidden, p.hid, p.hid, fmt.Sprintf("文中有隐藏文字“%s”，没有读入。", plain.Quote(p.hidden.String())), "如属指南内容，请补入。")
	}
	if p.joined {
		s.document.tracked = true
		return s.hold(&p.text)
	}
	whole := &plain.Builder{}
	if err := whole.Write(s.document.numbering.marker(p.style, p.list)); err != nil {
		return err
	}
	if s.held != nil {
		if err := whole.Append(s.held); err != nil {
			return err
		}
		s.held = nil
	}
	if err := whole.Append(&p.text); err != nil {
		return err
	}
	return s.block(whole)
}

func (s *story) hold(text *plain.Builder) error {
	if s.held == nil {
		s.held = &plain.Builder{}
	}
	return s.held.Append(text)
}

// block takes a finished paragraph or row: as a line of the story, or as a part of the cell that it stands in.
func (s *story) block(text *plain.Builder) error {
	if s.cell == nil {
		return s.line(text)
	}
	if text.Empty() {
		return nil
	}
	if s.cell.Len() > 0 {
		if err := s.cell.Write(s.inParagraph); err != nil {
			return err
		}
	}
	return s.cell.Append(text)
}

func (s *story) line(text *plain.Builder) error {
	if err := s.out.Append(text); err != nil {
		return err
	}
	if err := s.out.Write("\n"); err != nil {
		return err
	}
	return s.placeBoxes()
}

// placeBoxes puts text boxes below the line that anchors them.
func (s *story) placeBoxes() error {
	boxes := s.boxes
	s.boxes = nil
	for _, box := range boxes {
		start := s.out.Len()
		if err := s.out.Append(box); err != nil {
			return err
		}
		if !strings.HasSuffix(box.String(), "\n") {
			if err := s.out.Write("\n"); err != nil {
				return err
			}
		}
		s.out.Note(plain.TextBox, start, s.out.Len(), fmt.Sprintf("文本框中的文字“%s”移到了所在段落之后。", plain.Quote(box.String())), "请核对这段文字的位置。")
	}
	return nil
}

// flush ends the story: nothing may be left waiting.
func (s *story) flush() error {
	if err := s.release(); err != nil {
		return err
	}
	return s.placeBoxes()
}

// release makes a paragraph of what no paragraph followed.
func (s *story) release() error {
	held := s.held
	if held == nil {
		return nil
	}
	s.held = nil
	return s.block(held)
}

// readBox reads a text box as a story of its own.
func (s *story) readBox() error {
	box := &plain.Builder{}
	err := s.document.readStory(s.part, box)
	s.box(box)
	return err
}

func (s *story) box(text *plain.Builder) {
	if strings.TrimSpace(text.String()) != "" {
		s.boxes = append(s.boxes, text)
	}
}

// passage is a text that is known to be short: one stretch of a part.
func passage(text string) *plain.Builder {
	b := &plain.Builder{}
	_ = b.Write(text) // shorter than maxGap, and so than the limit
	return b
}

func (s *story) readRun() error {
	hidden := s.hidden
	err := s.children()
	s.hidden = hidden
	return err
}

func (s *story) readRunProperties() error {
	return s.part.children(func(e element) error {
		switch e.name {
		case "w:rStyle":
			s.hidden = s.hidden || s.document.styles.hidden(e.attr("val"))
		case "w:vanish":
			s.hidden = e.on()
		}
		return nil
	})
}

// readText reads a w:t. Line ends in it are no more than how the file is laid out.
func (s *story) readText(e element) error {
	text, err := s.part.text()
	if err != nil {
		return err
	}
	text = layout.Replace(text)
	if e.name == "w:t" && e.attr("space") != "preserve" {
		text = strings.Trim(text, " ")
	}
	return s.write(text)
}

var layout = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ")

// tab writes a tab; in a table it would look like the end of a cell.
func (s *story) tab() error {
	if s.cell != nil {
		return s.write(" ")
	}
	return s.write("\t")
}

// write adds text to the paragraph at hand, unless nobody sees it.
func (s *story) write(text string) error {
	p := s.paragraph
	switch {
	case slices.Contains(s.fields, fieldCode):
		return nil
	case p == nil: // no program writes text outside paragraphs; if one did, here it is
		return s.block(passage(text))
	case s.hidden:
		if p.hidden.Len() == 0 {
			p.hid = p.text.Len()
		}
		p.hidden.WriteString(text)
		return nil
	}
	return p.text.Write(text)
}

// field follows the marks of complex fields.
func (s *story) field(mark string) error {
	last := len(s.fields) - 1
	switch {
	case mark == "begin" && len(s.fields) >= maxFields:
		return plain.ErrTooComplex
	case mark == "begin":
		s.fields = append(s.fields, fieldCode)
	case mark == "separate" && last >= 0:
		s.fields[last] = fieldResult
	case mark == "end" && last >= 0:
		s.fields = s.fields[:last]
	}
	return nil
}
