package word

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"softsci/internal/guideline/plain"
)

// Places in the file information block at the beginning of the WordDocument stream ([MS-DOC] 2.5).
const (
	fibSize      = 0x1AA // up to the last field that is read here
	fibVersion   = 0x02
	fibFlags     = 0x0A
	fibCounts    = 0x4C // eight lengths of stories, in characters
	fibChpx      = 0xFA // of the table of character properties: place and length in the table stream
	fibPapx      = 0x102
	fibPieces    = 0x1A2
	fibBoxes     = 0x25A // text boxes, 26 bytes each and 4 more, the last an empty one
	wordMark     = 0xA5EC
	oldWordMark  = 0xA5DC
	firstVersion = 0xC1 // Word 97

	flagEncrypted = 0x0100
	flagTable1    = 0x0200
)

// stories are the parts of a document's text, one after the other ([MS-DOC] 2.3). What has no word is left out.
var stories = []struct{ word, code string }{
	{"正文", ""},
	{"脚注", plain.Footnote},
	{"", plain.Header},
	{"", ""}, // macros; always empty
	{"", plain.Comment},
	{"尾注", plain.Footnote},
	{"文本框", plain.TextBox},
	{"", plain.Header},
}

// ReadDoc reads a .doc of Word 97 or later, or a .wps of WPS Writer, which is the same. Numbers that Word counts itself
// are not read; a note says so. Its errors are the refusals of package plain and what ctx says.
func ReadDoc(ctx context.Context, raw []byte) (plain.Text, error) {
	c, err := openCompound(raw)
	if err != nil {
		return plain.Text{}, err
	}
	if !c.has("WordDocument") {
		return plain.Text{}, c.refusal()
	}
	b, err := openBinary(c)
	if err != nil {
		return plain.Text{}, err
	}
	b.ctx = ctx
	return b.read()
}

// legacy is a .doc being read.
type legacy struct {
	ctx        context.Context
	main       []byte // the stream WordDocument
	table      []byte // the stream 0Table or 1Table
	counts     [8]int // characters of each story
	pieces     []piece
	characters properties
	paragraphs properties
	text       plain.Builder
	pictures   int
	numbered   bool // a paragraph has a number that Word counts
	tracked    bool
}

// piece is a stretch of text as it lies in the stream WordDocument.
type piece struct {
	start, end int // in characters
	offset     int // in bytes
	compressed bool
}

func openBinary(c *compound) (*legacy, error) {
	main, err := c.stream("WordDocument")
	if err != nil {
		return nil, err
	}
	if err := checkBlock(main); err != nil {
		return nil, err
	}
	name := "0Table"
	if word(main, fibFlags)&flagTable1 != 0 {
		name = "1Table"
	}
	b := &legacy{main: main}
	if b.table, err = c.stream(name); err != nil {
		return nil, err
	}
	total := 0
	for i := range b.counts {
		b.counts[i] = int(long(main, fibCounts+4*i))
		if total += b.counts[i]; total > 2*plain.MaxRunes { // units, of which a character has one or two
			return nil, plain.ErrTooLong
		}
	}
	if err := b.readPieces(); err != nil {
		return nil, err
	}
	b.characters = b.readProperties(fibChpx, readCharacterRun)
	b.paragraphs = b.readProperties(fibPapx, readParagraphRun)
	return b, nil
}

func checkBlock(main []byte) error {
	mark, version := word(main, 0), word(main, fibVersion)
	switch {
	case mark == oldWordMark, mark == wordMark && version < firstVersion:
		return plain.ErrOldWord
	case mark != wordMark, len(main) < fibSize:
		return plain.ErrDamaged
	case word(main, fibFlags)&flagEncrypted != 0:
		return plain.ErrPassword
	}
	return nil
}

// word and long read a little-endian number; beyond the end there are zeros.
func word(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func long(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}

// tablePart is a stretch of the table stream to which the block points.
func (b *legacy) tablePart(at int) []byte {
	start, size := int64(long(b.main, at)), int64(long(b.main, at+4))
	if start+size > int64(len(b.table)) {
		return nil
	}
	return b.table[start : start+size]
}

// readPieces reads the piece table ([MS-DOC] 2.9.38). Before it may stand properties that it refers to.
func (b *legacy) readPieces() error {
	clx := b.tablePart(fibPieces)
	for len(clx) > 3 && clx[0] == 1 {
		clx = clx[min(3+word(clx, 1), len(clx)):]
	}
	if len(clx) < 5 || clx[0] != 2 || int64(long(clx, 1)) > int64(len(clx)-5) {
		return plain.ErrDamaged
	}
	plc := clx[5 : 5+int(long(clx, 1))]
	count := (len(plc) - 4) / 12
	for i := range max(count, 0) {
		p := piece{start: int(long(plc, 4*i)), end: int(long(plc, 4*i+4))}
		place := long(plc, 4*(count+1)+8*i+2)
		p.offset, p.compressed = int(place&0x3FFFFFFF), place&0x40000000 != 0
		width := 2
		if p.compressed {
			p.offset, width = p.offset/2, 1
		}
		if p.end < p.start || p.offset+width*(p.end-p.start) > len(b.main) {
			return plain.ErrDamaged
		}
		b.pieces = append(b.pieces, p)
	}
	return nil
}

// read puts the stories together that a reader of the page sees, the text first.
func (b *legacy) read() (plain.Text, error) {
	start := 0
	for i, count := range b.counts {
		if err := b.ctx.Err(); err != nil {
			return plain.Text{}, err
		}
		if err := b.readStory(i, start, start+count); err != nil {
			return plain.Text{}, err
		}
		start += count
	}
	if b.pictures > 0 && len([]rune(strings.Join(strings.Fields(b.text.String()), ""))) < scanRunes {
		return plain.Text{}, plain.ErrScan
	}
	b.tell()
	return b.text.Text(), nil
}

func (b *legacy) readStory(i, start, end int) error {
	if start == end {
		return nil
	}
	r := &legacyStory{legacy: b}
	if err := r.read(start, end); err != nil {
		return err
	}
	kind := stories[i]
	text := strings.Trim(r.text.String(), "\n ")
	switch {
	case kind.code == "":
		boxes := (len(b.tablePart(fibBoxes))-4)/26 - 1
		b.pictures = max(0, r.pictures-max(0, boxes)) // a text box is drawn, too
		return b.text.Append(&r.text)
	case text == "", kind.code == plain.Header && pageNumber(plain.Quote(text)):
		return nil
	case kind.code == plain.Header:
		b.text.Whole(kind.code, fmt.Sprintf("页眉或页脚中的文字“%s”没有读入。", plain.Quote(text)), "如属指南内容，请补入。")
		return nil
	case kind.code == plain.Comment:
		b.text.Whole(kind.code, "文中有批注，没有读入。", "无需处理；如属指南内容，请补入。")
		return nil
	}
	from := b.text.Len()
	if err := b.text.Write(kind.word + "：" + text + "\n"); err != nil {
		return err
	}
	b.text.Note(kind.code, from, b.text.Len(), fmt.Sprintf("%s中的文字“%s”已附在全文末尾。", kind.word, plain.Quote(text)), "如属某个栏目，请移过去。")
	return nil
}

func (b *legacy) tell() {
	if b.pictures > 0 {
		b.text.Whole(plain.Image, fmt.Sprintf("文中有 %d 个图片或图形，其中的文字读不出来。", b.pictures), "请对照原文，把图片中的文字补入。")
	}
	if b.numbered {
		b.text.Whole(plain.Numbers, "文中有 Word 自动编号，.doc 文件中的自动编号读不出来。", "请在 Word 或 WPS 中另存为 .docx 后再导入，或核对编号。")
	}
	if b.tracked {
		b.text.Whole(plain.Tracked, "文中有未接受的修订，已按全部接受读入。", "请核对修订之处。")
	}
}

// each hands each character of a stretch to f, with its place in the stream.
func (b *legacy) each(start, end int, f func(unit uint16, offset int) error) error {
	for _, p := range b.pieces {
		for at := max(p.start, start); at < min(p.end, end); at++ {
			offset := p.offset + 2*(at-p.start)
			unit := uint16(word(b.main, offset))
			if p.compressed {
				offset = p.offset + at - p.start
				unit = uint16(charmap.Windows1252.DecodeByte(b.main[offset]))
			}
			if err := f(unit, offset); err != nil {
				return err
			}
		}
	}
	return nil
}

// surrogate reports whether a unit is half of a character.
func surrogate(unit uint16) bool { return utf16.IsSurrogate(rune(unit)) }
