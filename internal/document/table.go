package document

import (
	"cmp"
	"slices"
)

// Space between a cell's edge and its text.
const (
	padX = 4.0
	padY = 3.0
)

// cell is a field of a table's row.
type cell struct {
	text   string
	width  float64 // of the field, its edges included
	style  style
	align  align
	shaded bool // a label
}

type align int

const (
	toLeft align = iota
	toCentre
	toRight
)

// laid is a row whose cells are broken into lines.
type laid struct {
	cells []cell
	lines [][]line
	pitch float64
	part  bool // goes on from one page to the next
}

func (p *paper) layRow(cells []cell) laid {
	row := laid{cells: cells, lines: make([][]line, len(cells))}
	for i, c := range cells {
		row.lines[i] = p.lines(c.style, plain(c.text), c.width-2*padX, 0)
		row.pitch = max(row.pitch, c.style.pitch)
	}
	return row
}

// rows is how many lines the row's highest cell has.
func (r laid) rows() int {
	most := 0
	for _, lines := range r.lines {
		most = max(most, len(lines))
	}
	return most
}

func (r laid) height() float64 { return float64(r.rows())*r.pitch + 2*padY }

// cut parts a row after n lines.
func (r laid) cut(n int) (first, rest laid) {
	r.part = true
	first, rest = r, r
	first.lines, rest.lines = slices.Clone(r.lines), slices.Clone(r.lines)
	for i, lines := range r.lines {
		at := min(n, len(lines))
		first.lines[i], rest.lines[i] = lines[:at], lines[at:]
	}
	return first, rest
}

// mostOfPage is what a row may fill to be kept whole; a heading has room beside it.
const mostOfPage = 0.8 * (bottom - top)

// short is how high a table may be to stand on one page, its header aside: the sums of a
// budget are read below its amounts.
const short = (bottom - top) / 3

// grid sets rows, with the header, which may be nil, on every page it reaches. A row
// is kept whole where a page can hold it, and else goes on over pages.
func (p *paper) grid(header []cell, rows [][]cell) {
	head := p.layRow(header)
	over := 0.0
	if header != nil {
		over = head.height()
	}
	if over > mostOfPage/2 { // a header so high is not repeated
		header, over = nil, 0
		rows = append([][]cell{head.cells}, rows...)
	}
	all, height := make([]laid, len(rows)), 0.0
	for i, cells := range rows {
		all[i] = p.layRow(cells)
		height += all[i].height()
	}
	for i, row := range all {
		whole := row.height() <= mostOfPage-over
		if i == 0 {
			p.begin(over, row, whole, height)
			if header != nil {
				p.draw(head)
			}
		}
		fresh := p.y <= top+over
		for row.height() > p.free()+0.01 {
			n := int((p.free() - 2*padY) / row.pitch)
			if fresh || (!whole && n >= 2) {
				var first laid
				first, row = row.cut(max(n, 1))
				p.draw(first)
			}
			p.page()
			if header != nil {
				p.draw(head)
			}
			fresh = true
		}
		p.draw(row)
	}
	p.y += 8
}

// begin makes room for a table's header and all rows if they are short, else the first
// row, or two lines of one that will go over pages.
func (p *paper) begin(over float64, row laid, whole bool, all float64) {
	const gap = 4
	height := row.height()
	switch {
	case all <= short:
		height = all
	case !whole:
		height = 2*row.pitch + 2*padY
	}
	p.need(gap + over + height)
	if p.y > top {
		p.y += gap
	}
}

// draw sets a row at the present height.
func (p *paper) draw(row laid) {
	x, height := left, row.height()
	for i, c := range row.cells {
		if c.shaded {
			p.pdf.SetFillColor(242, 242, 242)
			p.pdf.RectFromUpperLeftWithStyle(x, p.y, c.width, height, "FD")
		} else {
			p.pdf.RectFromUpperLeftWithStyle(x, p.y, c.width, height, "D")
		}
		y := p.y + padY
		if !row.part {
			y = p.y + (height-float64(len(row.lines[i]))*row.pitch)/2
		}
		for _, l := range row.lines[i] {
			s := c.style
			s.pitch = row.pitch
			p.write(x+padX+c.align.offset(c.width-2*padX-l.width), y, s, l.text, 0)
			y += row.pitch
		}
		x += c.width
	}
	p.y += height
}

// offset is where a line begins that leaves so much of its room.
func (a align) offset(rest float64) float64 {
	switch a {
	case toCentre:
		return rest / 2
	case toRight:
		return rest
	}
	return 0
}

// columns shares the width out: each column gets what its longest word asks for, as
// far as all can have it, and the rest goes by how much more its longest text wants.
func (p *paper) columns(header []string, rows [][]string, label, s style) []float64 {
	least, most := make([]float64, len(header)), make([]float64, len(header))
	ask := func(i int, s style, text string) {
		width := p.ruler.width(s.face, s.size)
		for _, u := range units(flat(text), width) {
			least[i] = max(least[i], min(u.width, 5*s.size))
		}
		most[i] = max(most[i], min(p.measure(s, flat(text)), 14*s.size))
	}
	for i, text := range header {
		least[i] = min(p.measure(label, flat(text)), 4*label.size) // 出生年月 in one piece
		ask(i, label, text)
		for _, row := range rows {
			if i < len(row) {
				ask(i, s, row[i])
			}
		}
		least[i], most[i] = least[i]+2*padX, max(most[i], least[i])+2*padX
	}
	return share(wide, least, most)
}

// share gives every column its least, and deals out what is left: whoever wants little
// beyond it gets that, and the others the same each; when all have what they want, the
// rest goes by what they have. Too little is cut in proportion.
func share(width float64, least, most []float64) []float64 {
	sum := func(list []float64) (total float64) {
		for _, v := range list {
			total += v
		}
		return total
	}
	scaled := func(list []float64) []float64 {
		got, total := slices.Clone(list), sum(list)
		for i := range got {
			got[i] *= width / total
		}
		return got
	}
	switch left := width - sum(least); {
	case left <= 0:
		return scaled(least)
	case sum(most) <= width:
		return scaled(most)
	default:
		return dealt(left, least, most)
	}
}

// dealt adds what is left to the least, the smallest wishes first.
func dealt(left float64, least, most []float64) []float64 {
	got, order := slices.Clone(least), make([]int, len(least))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(most[a]-least[a], most[b]-least[b]) })
	for n, i := range order {
		more := min(most[i]-least[i], left/float64(len(order)-n))
		got[i] += more
		left -= more
	}
	return got
}
