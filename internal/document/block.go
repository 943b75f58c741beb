package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"softsci/internal/portal"
)

// lay sets labelled values, two abreast where both are short.
func (f Fields) lay(p *paper) {
	if len(f) == 0 {
		return
	}
	label := 4 * cellLabel.size
	for _, one := range f {
		label = max(label, min(p.measure(cellLabel, flat(one.Label)), 8*cellLabel.size))
	}
	label += 2*padX + 1 // 1 pt against rounding
	short := func(one Field) bool {
		return p.measure(cellStyle, flat(one.Value)) <= wide/2-label-2*padX
	}
	var rows [][]cell
	for i := 0; i < len(f); i++ {
		row := []cell{labelCell(f[i].Label, label), {text: f[i].Value, width: wide - label, style: cellStyle}}
		if i+1 < len(f) && short(f[i]) && short(f[i+1]) {
			row[1].width = wide/2 - label
			i++
			row = append(row, labelCell(f[i].Label, label), cell{text: f[i].Value, width: wide/2 - label, style: cellStyle})
		}
		rows = append(rows, row)
	}
	p.grid(nil, rows)
}

func labelCell(text string, width float64) cell {
	return cell{text: text, width: width, style: cellLabel, align: toCentre, shaded: true}
}

// lay sets the text; an empty one says so, because a missing page would not.
func (t Prose) lay(p *paper) {
	p.label(t.Label)
	if len(paragraphs(t.Text)) == 0 {
		p.prose(bodyStyle, unfilled)
		return
	}
	p.prose(bodyStyle, t.Text)
}

// unfilled stands for what was left empty.
const unfilled = "（未填写）"

// many is from how many columns on a table is set in small letters.
const many = 6

func (t Table) lay(p *paper) {
	p.label(t.Label)
	s, label := cellStyle, cellLabel
	if len(t.Columns) >= many {
		s, label = smallStyle, smallLabel
	}
	widths := p.columns(t.Columns, t.Rows, label, s)
	header := make([]cell, len(t.Columns))
	for i, text := range t.Columns {
		if p.measure(label, flat(text)) > widths[i]-2*padX {
			text = strings.Replace(text, "（", "\n（", 1) // 字数（千字） is not to break within its unit
		}
		header[i] = cell{text: text, width: widths[i], style: label, align: toCentre, shaded: true}
	}
	rows := make([][]cell, len(t.Rows))
	for n, row := range t.Rows {
		rows[n] = make([]cell, len(t.Columns))
		for i := range rows[n] {
			c := cell{width: widths[i], style: s}
			if i < len(row) {
				c.text = row[i]
			}
			if p.measure(s, flat(c.text)) <= c.width-2*padX {
				c.align = toCentre
			}
			rows[n][i] = c
		}
	}
	if len(rows) == 0 {
		rows = [][]cell{{{text: unfilled, width: wide, style: s, align: toCentre}}}
	}
	p.grid(header, rows)
}

// lay sets the sides beside each other, with their sums below.
func (b Budget) lay(p *paper) {
	const money = 90.0
	row := func(source, use Field, s style, shaded bool) []cell {
		return []cell{
			{text: source.Label, width: wide/2 - money, style: s, shaded: shaded}, {text: source.Value, width: money, style: s, align: toRight, shaded: shaded},
			{text: use.Label, width: wide/2 - money, style: s, shaded: shaded}, {text: use.Value, width: money, style: s, align: toRight, shaded: shaded}}
	}
	header := row(Field{"经费来源", "金额（万元）"}, Field{"经费支出", "金额（万元）"}, cellLabel, true)
	for i := range header {
		header[i].align = toCentre
	}
	var rows [][]cell
	for i := range max(len(b.Sources), len(b.Uses)) {
		rows = append(rows, row(nth(b.Sources, i), nth(b.Uses, i), cellStyle, false))
	}
	rows = append(rows, row(Field{"来源合计", b.SourcesSum}, Field{"支出合计", b.UsesSum}, cellLabel, true))
	p.grid(header, rows)
}

// nth is an empty field past the end of a list.
func nth(list []Field, i int) Field {
	if i < len(list) {
		return list[i]
	}
	return Field{}
}

// lay sets each file on two rows, so that its hash stays one piece to copy. Where no
// file says its kind, there is no column for it.
func (a Attachments) lay(p *paper) {
	const number, size = 36.0, 76.0
	kind := 0.0
	if slices.ContainsFunc(a, func(file Attachment) bool { return file.Kind != "" }) {
		kind = 110
	}
	row := func(n, name, sort, bytes string, shape func(string, float64) cell) []cell {
		cells := []cell{shape(n, number), shape(name, wide-number-kind-size), shape(sort, kind), shape(bytes, size)}
		if kind == 0 {
			cells = slices.Delete(cells, 2, 3)
		}
		return cells
	}
	value := func(text string, width float64) cell {
		return cell{text: text, width: width, style: cellStyle, align: toCentre}
	}
	var rows [][]cell
	for i, file := range a {
		cells := row(strconv.Itoa(i+1), file.Name, file.Kind, portal.SizeText(file.Size), value)
		cells[1].align = toLeft
		rows = append(rows, cells, []cell{{text: "SHA-256：" + file.SHA256, width: wide, style: footStyle, align: toCentre}})
	}
	if len(rows) == 0 {
		rows = [][]cell{{value("无", wide)}}
	}
	p.grid(row("序号", "文件名", "材料类别", "大小", labelCell), rows)
}

func (g GuidelineText) lay(p *paper) {
	p.prose(cellStyle, fmt.Sprintf("以下为提交时的申报指南（第 %d 版）原文。", g.Version))
	p.label(g.Title)
	p.prose(annexStyle, g.Content)
}

// lay sets the box with room for a hand and a stamp, no lower than that.
func (o Opinion) lay(p *paper, height float64) {
	const pad = 10.0
	label := p.lines(headStyle, flat(o.Label), wide-2*pad, 0)
	text := p.opinionLines(o.Text, wide-2*pad)
	needs := float64(len(label))*headStyle.pitch + float64(len(text))*receiptStyle.pitch +
		float64(len(o.Lines)+1)*headStyle.pitch + 2*pad
	if needs > bottom-top { // set before its box, over as many pages as it takes
		p.prose(bodyStyle, o.Label+"\n"+o.Text)
		needs -= float64(len(label))*headStyle.pitch + float64(len(text))*receiptStyle.pitch
		label, text = nil, nil
	}
	height = max(height, min(needs, bottom-top))
	p.need(height)
	p.pdf.RectFromUpperLeftWithStyle(left, p.y, wide, height, "D")
	y := p.y + pad
	for _, l := range label {
		p.write(left+pad, y, headStyle, l.text, 0)
		y += headStyle.pitch
	}
	for _, l := range text {
		p.write(left+pad, y, receiptStyle, l.text, 0)
		y += receiptStyle.pitch
	}
	y = p.y + height - pad - float64(len(o.Lines)+1)*headStyle.pitch
	for _, text := range o.Lines {
		p.write(left+wide/2-40, y, receiptStyle, p.fit(receiptStyle, text, wide/2), 0)
		y += headStyle.pitch
	}
	p.write(left+wide-160, y, receiptStyle, "年　　　月　　　日", 0)
	p.y += height
}

// opinionLines are the lines of what an opinion declares, each paragraph indented by
// two characters.
func (p *paper) opinionLines(text string, room float64) []line {
	var lines []line
	for _, paragraph := range paragraphs(text) {
		lines = append(lines, p.lines(receiptStyle, "　　"+paragraph, room, 0)...)
	}
	return lines
}
