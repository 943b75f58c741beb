package document

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/signintech/gopdf"
)

// mm is a millimetre in points; every measure below is in points.
const mm = 72 / 25.4

// The page of an official document (GB/T 9704-2012, 5.2): A4, 37 mm above and 28 mm
// left of a type area of 156 by 225 mm, which holds 22 lines of 28 characters of 16 pt.
const (
	left   = 28 * mm
	top    = 37 * mm
	wide   = 156 * mm
	bottom = top + 225*mm
	pageW  = 210 * mm
	pageH  = 297 * mm
)

// style is a face with its size and the distance of its lines.
type style struct {
	face        face
	size, pitch float64
}

// The sizes of official documents: 二号 22, 三号 16, 四号 14, 小四 12, 五号 10.5.
var (
	titleStyle   = style{song, 22, 36}
	headStyle    = style{bold, 16, 29}
	labelStyle   = style{bold, 14, 29}
	bodyStyle    = style{song, 16, 29}
	annexStyle   = style{song, 12, 21}
	cellStyle    = style{song, 12, 18}
	cellLabel    = style{bold, 12, 18}
	smallStyle   = style{song, 10.5, 15}
	smallLabel   = style{bold, 10.5, 15}
	footStyle    = style{song, 9, 13}
	markStyle    = style{bold, 150, 150}
	receiptStyle = style{song, 14, 24}
)

// paper is a document on its way: pages are filled from above, and numbered at the
// end, when it is known how many there are.
type paper struct {
	pdf      *gopdf.GoPdf
	ruler    *ruler
	y        float64 // where the free part of the page begins
	pages    int
	mark     string // across every page, "" for none
	foot     string // at the foot of every page
	held     []held // headings that wait for what they stand above
	numbered bool   // labels of blocks get numbers: （一）
	labels   int
}

// newPaper begins a document without a page.
func newPaper() (*paper, error) {
	container, err := fonts()
	if err != nil {
		return nil, fmt.Errorf("read the fonts: %w", err)
	}
	pdf := new(gopdf.GoPdf)
	pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: pageW, H: pageH}})
	p := &paper{pdf: pdf, ruler: newRuler(pdf)}
	for _, name := range []face{song, bold} {
		p.keep(pdf.AddTTFFontFromFontContainer(string(name), container))
	}
	return p, p.ruler.err
}

func (p *paper) keep(err error) { p.ruler.keep(err) }

// page begins a new page.
func (p *paper) page() {
	p.pdf.AddPage()
	p.pages++
	p.y = top
	p.pdf.SetLineWidth(0.5)
	if p.mark != "" {
		p.watermark()
	}
}

// watermark is pale enough to read the text above it, and still shows in a copy.
func (p *paper) watermark() {
	width := p.ruler.measure(markStyle.face, markStyle.size, p.mark)
	p.pdf.Rotate(45, pageW/2, pageH/2)
	p.pdf.SetTextColor(228, 228, 228)
	p.ink((pageW-width)/2, pageH/2+0.38*markStyle.size, markStyle, p.mark, 0)
	p.pdf.RotateReset()
}

// held is a heading that is set with what follows it, so that it never stands alone at
// the foot of a page.
type held struct {
	style   style
	lines   []line
	gap     float64 // above it, where it does not begin a page
	outline string  // entry of the outline, "" for none
}

func (h held) height() float64 { return h.gap + float64(len(h.lines))*h.style.pitch }

// need sets the headings that wait, on a new page when the rest of this one is lower
// than they and what is asked for. A page that is still empty is not left, so that
// nothing too high can turn pages for ever.
func (p *paper) need(height float64) {
	for _, h := range p.held {
		height += h.height()
	}
	if p.y+height > bottom+0.01 && p.y > top {
		p.page()
	}
	waiting := p.held
	p.held = nil
	for _, h := range waiting {
		p.head(h)
	}
}

// head sets a heading that has waited.
func (p *paper) head(h held) {
	if p.y > top {
		p.y += h.gap
	}
	if h.outline != "" {
		p.pdf.SetXY(left, p.y)
		p.pdf.AddOutlineWithPosition(h.outline)
	}
	for _, l := range h.lines {
		p.need(h.style.pitch)
		p.write(left, p.y, h.style, l.text, 0)
		p.y += h.style.pitch
	}
}

// free is how high the rest of the page is.
func (p *paper) free() float64 { return bottom - p.y }

// write sets black text in a line whose upper edge is y.
func (p *paper) write(x, y float64, s style, text string, spacing float64) {
	p.pdf.SetTextColor(0, 0, 0)
	p.ink(x, y+(s.pitch-s.size)/2+0.88*s.size, s, text, spacing)
}

// ink sets text on a base line in the present colour.
func (p *paper) ink(x, base float64, s style, text string, spacing float64) {
	for _, run := range p.ruler.runs(s.face, text) {
		p.keep(p.pdf.SetFont(string(run.face), "", s.size))
		p.keep(p.pdf.SetCharSpacing(spacing))
		p.pdf.SetXY(x, base)
		p.keep(p.pdf.Text(run.text))
		x += p.ruler.measure(run.face, s.size, run.text) + spacing*float64(len([]rune(run.text)))
	}
	p.keep(p.pdf.SetCharSpacing(0))
}

func (p *paper) measure(s style, text string) float64 {
	return p.ruler.measure(s.face, s.size, text)
}

// lines breaks a text for a width.
func (p *paper) lines(s style, text string, room, indent float64) []line {
	return breakLines(text, room, indent, p.ruler.width(s.face, s.size))
}

// fit is a text on one line no wider than that, cut with … where it is.
func (p *paper) fit(s style, text string, room float64) string {
	text = flat(text)
	if p.measure(s, text) <= room {
		return text
	}
	all := []rune(text)
	for len(all) > 0 && p.measure(s, string(all)+"…") > room {
		all = all[:len(all)-1]
	}
	return string(all) + "…"
}

// centred sets a text in the middle, on as many lines as it needs.
func (p *paper) centred(s style, text string) {
	for _, l := range p.lines(s, text, wide, 0) {
		p.need(s.pitch)
		p.write(left+(wide-l.width)/2, p.y, s, l.text, 0)
		p.y += s.pitch
	}
}

// loosest is how much a justified line may be spread, in parts of the size per
// character; a line that would need more stays ragged.
const loosest = 0.15

// prose sets paragraphs with both edges even, each indented by two characters. A
// paragraph does not leave one line alone at the foot of a page.
func (p *paper) prose(s style, text string) {
	indent := 2 * s.size
	for _, paragraph := range paragraphs(text) {
		lines := p.lines(s, paragraph, wide, indent)
		if len(lines) > 1 {
			p.need(2 * s.pitch)
		}
		x := left + indent
		for _, l := range lines {
			p.need(s.pitch)
			p.write(x, p.y, s, l.text, spread(l, left+wide-x, s.size))
			p.y += s.pitch
			x = left
		}
	}
}

// spread is the space between the characters of a line that fills its room.
func spread(l line, room, size float64) float64 {
	gaps := float64(len([]rune(l.text)) - 1)
	if spacing := (room - l.width) / gaps; !l.ends && gaps > 0 && spacing > 0 && spacing <= loosest*size {
		return spacing
	}
	return 0
}

// heading begins a section, and an entry of the outline.
func (p *paper) heading(text string) {
	p.held = append(p.held, held{headStyle, p.lines(headStyle, flat(text), wide, 0), headStyle.pitch / 2, outlineText(text)})
}

// outlineText is a title in the outline: the library writes one UTF-16 unit for each
// character there.
func outlineText(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return missing
		}
		return r
	}, flat(text))
}

// label is the small heading of a block.
func (p *paper) label(text string) {
	if text = flat(text); text == "" {
		return
	}
	if p.numbered {
		p.labels++
		text = "（" + numeral(p.labels) + "）" + text
	}
	p.held = append(p.held, held{style: labelStyle, lines: p.lines(labelStyle, text, wide, 0), gap: 4})
}

// numeral writes 1 to 99 in Chinese, and other numbers in digits.
func numeral(n int) string {
	const digits = "一二三四五六七八九"
	digit := func(n int) string { return digits[3*(n-1) : 3*n] }
	switch {
	case n < 1 || n > 99:
		return fmt.Sprint(n)
	case n < 10:
		return digit(n)
	}
	text := "十"
	if n >= 20 {
		text = digit(n/10) + text
	}
	if n%10 > 0 {
		text += digit(n % 10)
	}
	return text
}

// bytes numbers the pages and closes the document.
func (p *paper) bytes(about info) ([]byte, error) {
	foot := p.fit(footStyle, p.foot, wide-90)
	for n := 1; n <= p.pages; n++ {
		p.keep(p.pdf.SetPage(n))
		count := fmt.Sprintf("第 %d 页 共 %d 页", n, p.pages)
		y := bottom + 7*mm
		p.write(left, y, footStyle, foot, 0)
		p.write(left+wide-p.measure(footStyle, count), y, footStyle, count, 0)
		p.pdf.Line(left, y-3, left+wide, y-3)
	}
	var raw bytes.Buffer
	_, err := p.pdf.WriteTo(&raw)
	p.keep(err)
	if p.ruler.err != nil {
		return nil, fmt.Errorf("set the document: %w", p.ruler.err)
	}
	return finish(raw.Bytes(), about)
}
