package guideline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A table comes as lines whose cells are parted by TAB; paragraphs within a cell are parted by U+000B. It is read as the
// lines it stands for: each cell becomes a segment labelled by its column's heading, in the order number, title, content,
// contacts, whatever the order of the columns. Three kinds are known:
//
//	序号 | 选题名称 | 研究内容 | 联系人 | 联系电话     a heading, then one topic or one contact a row
//	研究内容 | …                                 keys with their values behind them, as labels in lines
//	1 | 湖北省…研究 | … | 规划处 李杰 027-…          no heading: rows that begin with a number

// table is one table of the document.
type table struct {
	topics   bool // has a column of titles or numbers
	content  bool
	contacts bool
	headless bool
	attached bool // its rows speak of topics that stand in lines elsewhere
}

// column is what a column's heading, or a key, announces. The order is that in which the cells of a row are read.
type column int

const (
	columnUnknown column = iota
	columnGroup
	columnNumber
	columnTitle
	columnContent
	columnBody
	columnDepartment
	columnName
	columnPhone
	columnEmail
	columnContact // several of these together
	columnOther   // no field
	columnEnd
)

// columnWords are tried in order on a heading without its blanks and brackets.
var columnWords = []struct {
	column  column
	pattern *regexp.Regexp
}{
	{columnContact, regexp.MustCompile(`^.{0,4}(?:联系人|联系|咨询)(?:[及和与、/]?(?:联系)?(?:电话|方式))$|^(?:指南|业务)?联系方式$|^(?:联系|咨询)(?:单位|部门|处室)及.*$`)},
	{columnName, regexp.MustCompile(`^.{0,4}(?:联系人|联络人|联络员|姓名)$`)},
	{columnPhone, regexp.MustCompile(`^.{0,4}(?:电话|手机|座机|电话号码|手机号码?|热线)$`)},
	{columnEmail, regexp.MustCompile(`^(?:电子)?(?:邮箱|邮件|信箱)$|^(?i:e-?mail)$`)},
	{columnDepartment, regexp.MustCompile(`^(?:联系|责任|业务|主管|归口|对口|受理|牵头|指导|咨询|所在|负责)?(?:处室|部门|单位|科室|机构)$`)},
	{columnNumber, regexp.MustCompile(`^(?:序号|编号|.{2}(?:编号|代码|序号)|(?i:no\.?))$`)},
	{columnGroup, regexp.MustCompile(`^(?:所属|技术|研究|支持|重点|项目|课题|选题)?(?:领域|类别|类型|专题|学科|板块|分类)$`)},
	{columnContent, regexp.MustCompile(`^.{0,4}(?:内容|要点|重点)(?:[及和与、].{2,6})?$|^(?:需求|内容)(?:描述|说明|简介)$|^研究任务$`)},
	{columnBody, regexp.MustCompile(`^.{0,4}(?:目标|目的|指标|成果|成果形式|背景|说明|要求)$`)},
	{columnTitle, regexp.MustCompile(`^.{0,4}(?:名称|题目|选题|课题)$|^(?:研究|选题|指南|支持|申报|重点)?方向$|^技术需求$`)},
	{columnOther, regexp.MustCompile(`^.{0,6}(?:备注|注|经费|额度|金额|期限|时间|时限|周期|方式|级别|强度|传真|地址|职务|职称|数量)$`)},
}

// readColumn reads a heading or a key.
func readColumn(text string) column {
	text = strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, text)
	if at := strings.IndexAny(text, "（("); at > 0 {
		text = text[:at]
	}
	if utf8.RuneCountInString(text) > 10 {
		return columnUnknown
	}
	for _, w := range columnWords {
		if w.pattern.MatchString(text) {
			return w.column
		}
	}
	return columnUnknown
}

// tableReader makes segments of the lines of one table.
type tableReader struct {
	*source
	table    *table
	columns  []column
	segments []segment
}

// readTable reads the table that begins at the first of the lines and says how many of them it is.
func (s *source) readTable(lines []line) ([]segment, int) {
	r := &tableReader{source: s, table: &table{}}
	first := s.cells(lines[0])
	switch {
	case len(first) < 2:
		return nil, 0
	case r.heading(first):
		return r.rows(lines)
	case r.keys(first):
		return r.pairs(lines)
	case r.guess(lines):
		return r.rows(lines)
	}
	return nil, 0
}

// cells cuts a line at its TABs. Cells are trimmed and may be empty.
func (s *source) cells(l line) []span {
	var cells []span
	from := l.whole.start
	for i := l.whole.start; i <= l.whole.end; i++ {
		if i == l.whole.end || s.work[i] == '\t' {
			cells = append(cells, s.trim(span{from, i}, s.work))
			from = i + 1
		}
	}
	return cells
}

func (r *tableReader) text(at span) string { return r.work[at.start:at.end] }

// heading reads a row of column headings. One of them may be unknown when three are not.
func (r *tableReader) heading(cells []span) bool {
	columns := make([]column, len(cells))
	known, unknown := 0, 0
	var has [columnEnd]bool
	for i, c := range cells {
		if c.empty() {
			continue
		}
		if columns[i] = readColumn(r.text(c)); columns[i] == columnUnknown {
			unknown++
			columns[i] = columnOther
		} else {
			known++
		}
		if columns[i] == columnTitle && has[columnTitle] {
			columns[lastOf(columns[:i], columnTitle)] = columnGroup // 研究方向 beside 选题名称
		}
		has[columns[i]] = true
	}
	if known < 2 || unknown > 0 && known < 3 || unknown > 1 {
		return false
	}
	if !has[columnDepartment] && (has[columnName] || has[columnPhone] || has[columnContact]) {
		for i, c := range cells {
			if columns[i] == columnOther && askedBy.MatchString(r.text(c)) {
				columns[i] = columnDepartment
				break
			}
		}
	}
	person := has[columnName] || has[columnPhone] || has[columnContact] || has[columnDepartment]
	if !has[columnTitle] && !has[columnContent] && !person {
		return false
	}
	r.columns = columns
	r.table.topics = has[columnTitle] || has[columnNumber] && !person
	r.table.content, r.table.contacts = has[columnContent] || has[columnBody], person
	return true
}

// askedBy matches the heading of who wants a topic studied: whom to ask, when the contacts have no department of their own.
var askedBy = regexp.MustCompile(`^(?:需求|出题|提出|发榜|选题提出|委托|责任|牵头)` + blank + `*(?:单位|部门|处室)$`)

func lastOf(columns []column, c column) int {
	for i := len(columns) - 1; i >= 0; i-- {
		if columns[i] == c {
			return i
		}
	}
	return 0
}

// keys reports whether every other cell is a key.
func (r *tableReader) keys(cells []span) bool {
	if len(cells)%2 > 0 {
		return false
	}
	for i := 0; i < len(cells); i += 2 {
		if key := r.text(cells[i]); key == "" || strings.HasSuffix(key, ":") || strings.HasSuffix(key, "：") || readColumn(r.text(cells[i])) == columnUnknown && r.keyField(cells[i]) == noField {
			return false
		}
	}
	return true
}

func (r *tableReader) keyField(key span) field {
	f, size := readLabel(r.text(key))
	if size < key.end-key.start {
		return noField
	}
	return f
}

// numberCell matches a cell that is a number, perhaps with the mark of a topic.
var numberCell = regexp.MustCompile(`^[（(]?(?:` + digit + `{1,3}|` + han + `)[）)、.．]?$`)

// guessed is the number of rows by which columns without a heading are judged.
const guessed = 20

// guess reads columns from the rows when no heading says what they are: first a number, then a title, then contents and
// contacts, told apart by what most rows have.
func (r *tableReader) guess(lines []line) bool {
	var rows [][]span
	for _, l := range lines {
		cells := r.cells(l)
		if len(rows) == guessed || len(rows) > 0 && len(cells) != len(rows[0]) || !numberCell.MatchString(r.text(cells[0])) {
			break
		}
		rows = append(rows, cells)
	}
	if len(rows) < 2 || !r.most(rows, 1, titleLike) && !r.most(rows, 1, func(t string) bool { return utf8.RuneCountInString(t) >= 4 && !reachable.MatchString(t) }) {
		return false
	}
	r.columns = []column{columnNumber, columnTitle}
	r.table.topics, r.table.headless = true, true
	for i := 2; i < len(rows[0]); i++ {
		switch {
		case r.most(rows, i, reachable.MatchString), r.most(rows, i, func(t string) bool { return isName(t) || isDepartment(t) && utf8.RuneCountInString(t) <= 12 }):
			r.columns = append(r.columns, columnContact)
			r.table.contacts = true
		case r.most(rows, i, func(t string) bool { return utf8.RuneCountInString(t) >= 6 }):
			r.columns = append(r.columns, columnContent)
			r.table.content = true
		default:
			r.columns = append(r.columns, columnOther)
		}
	}
	return true
}

// most reports whether more than half of a column's cells are as asked.
func (r *tableReader) most(rows [][]span, column int, is func(string) bool) bool {
	n := 0
	for _, cells := range rows {
		if column < len(cells) && is(r.text(cells[column])) {
			n++
		}
	}
	return 2*n > len(rows)
}

// rows reads the rows below a heading, which may be repeated on every page. A line of one cell between rows is the
// heading of a group.
func (r *tableReader) rows(lines []line) ([]segment, int) {
	r.add(segment{kind: kindEnd, span: span{lines[0].start, lines[0].start}})
	n := 0
	for ; n < len(lines); n++ {
		cells := r.cells(lines[n])
		switch {
		case len(cells) == 1 && (n+1 == len(lines) || len(r.cells(lines[n+1])) != len(r.columns)):
			r.end(lines[n-1])
			return r.segments, n
		case len(cells) == 1:
			r.group(cells[0])
		case !r.table.headless && (n == 0 || r.repeats(cells)):
			for _, c := range cells {
				if readColumn(r.text(c)) != columnUnknown {
					r.mark(c)
				}
			}
		default:
			r.row(cells)
		}
	}
	r.end(lines[n-1])
	return r.segments, n
}

func (r *tableReader) end(l line) { r.add(segment{kind: kindEnd, span: span{l.end, l.end}}) }

// repeats reports whether cells are the column headings.
func (r *tableReader) repeats(cells []span) bool {
	if len(cells) != len(r.columns) {
		return false
	}
	for _, c := range cells {
		if !c.empty() && readColumn(r.text(c)) == columnUnknown {
			return false
		}
	}
	return true
}

// sums matches the first cell of a row that is no topic.
var sums = regexp.MustCompile(`^(?:合` + blank + `*计|小` + blank + `*计|总` + blank + `*计|备` + blank + `*注|注[:：]?|说明)`)

// row reads the cells in the order of the columns' kinds.
func (r *tableReader) row(cells []span) {
	if sums.MatchString(r.text(cells[0])) {
		return
	}
	by := make([][]span, columnEnd)
	for i, c := range cells {
		if i < len(r.columns) && !c.empty() {
			by[r.columns[i]] = append(by[r.columns[i]], c)
		}
	}
	for _, c := range by[columnGroup] {
		r.group(c)
	}
	if r.table.topics {
		r.topic(by[columnNumber], by[columnTitle])
	} else {
		for _, c := range by[columnNumber] {
			if numberCell.MatchString(r.text(c)) {
				r.mark(c)
			}
		}
	}
	for i, c := range cells { // contents stay in the order printed
		if i < len(r.columns) && (r.columns[i] == columnContent || r.columns[i] == columnBody) {
			r.cell(c, segment{kind: kindLabel, field: fieldContent})
		}
	}
	r.people(by)
}

// topic begins a topic: with its number, or with its title when it has none.
func (r *tableReader) topic(numbers, titles []span) {
	if len(numbers)+len(titles) == 0 {
		return // a row that goes on with the one above
	}
	begin := segment{kind: kindMarker, marker: marker{style: styleRow}}
	for _, c := range numbers {
		text := r.text(c)
		begin.marker.label = r.value(c)
		begin.marker.number = readNumber(strings.TrimFunc(text, func(x rune) bool {
			return !unicode.IsDigit(x) && !strings.ContainsRune("一二三四五六七八九十", x)
		}))
		begin.span, begin.body = c, c.end
		r.add(begin)
		begin = segment{kind: kindText}
	}
	for _, c := range titles {
		if m, ok := readMarker(r.text(c)); ok && len(numbers) == 0 && m.size < c.end-c.start && begin.kind == kindMarker {
			begin.marker.number, begin.marker.label = m.number, m.label // 1.某某研究 in one cell
			begin.span, begin.body = span{c.start, c.start + m.size}, c.start+m.size
			r.add(begin)
			begin, c.start = segment{kind: kindText}, c.start+m.size
		}
		r.cell(c, begin)
		begin = segment{kind: kindText}
	}
}

// people reads the contacts of a row. Names and numbers that stand one below the other in their cells belong together.
func (r *tableReader) people(by [][]span) {
	names, phones := r.paragraphs(by[columnName]), r.paragraphs(by[columnPhone])
	begins := true
	contact := func(cells []span, as contactLabel) {
		for _, c := range cells {
			r.add(segment{span: c, body: c.start, kind: kindLabel, field: fieldContact, as: as, begins: begins})
			begins = false
		}
	}
	if len(names) > 1 && len(names) == len(phones) {
		departments := r.paragraphs(by[columnDepartment])
		for i := range names {
			begins = true
			if len(departments) == len(names) {
				contact(departments[i:i+1], labelDepartment)
			} else if i == 0 {
				contact(departments, labelDepartment)
			}
			contact(names[i:i+1], r.nameLabel(by))
			contact(phones[i:i+1], labelNumber)
		}
	} else {
		contact(r.paragraphs(by[columnDepartment]), labelDepartment)
		contact(names, r.nameLabel(by))
		contact(phones, labelNumber)
	}
	contact(r.paragraphs(by[columnContact]), labelNumber)
	contact(r.paragraphs(by[columnEmail]), labelNumber)
}

// nameLabel says how the cells below 联系人 are read: they are names when departments have a column of their own.
func (r *tableReader) nameLabel(by [][]span) contactLabel {
	if len(by[columnDepartment]) > 0 {
		return labelName
	}
	return labelNumber
}

// pairs reads lines of keys and values.
func (r *tableReader) pairs(lines []line) ([]segment, int) {
	n, numbered := 0, false
	for ; n < len(lines); n++ {
		cells := r.cells(lines[n])
		if len(cells) < 2 || !r.keys(cells) {
			break
		}
		for i := 0; i < len(cells); i += 2 {
			numbered = r.pair(cells[i], cells[i+1], numbered)
		}
	}
	r.end(lines[n-1])
	return r.segments, n
}

// pair reads one key with its value. numbered says whether the topic's number was read before its title.
func (r *tableReader) pair(key, value span, numbered bool) bool {
	c, f := readColumn(r.text(key)), r.keyField(key)
	if (f == fieldBody || f == fieldTail) && c != columnBody {
		c = columnBody // 经费额度 is left out of a table of many topics, but stays with the one it is about
	}
	as := map[column]contactLabel{columnDepartment: labelDepartment, columnName: labelName}[c]
	switch {
	case c == columnNumber:
		r.mark(key)
		r.topic([]span{value}, nil)
		return true
	case c == columnTitle:
		r.mark(key)
		if numbered {
			r.cell(value, segment{kind: kindText})
		} else {
			r.topic(nil, []span{value})
		}
	case c == columnGroup:
		r.mark(key)
		r.group(value)
	case c == columnContent, c == columnBody:
		if f = fieldBody; c == columnContent {
			f = fieldContent
		}
		paragraphs := r.paragraphs([]span{value})
		first := segment{span: key, body: key.end, kind: kindLabel, field: f}
		if len(paragraphs) > 0 {
			first.end, first.body = paragraphs[0].end, paragraphs[0].start
			r.add(first)
			r.texts(paragraphs[1:])
		} else {
			r.add(first)
		}
	case c >= columnDepartment && c <= columnContact:
		r.add(segment{span: key, body: key.end, kind: kindLabel, field: fieldContact})
		for _, p := range r.paragraphs([]span{value}) {
			r.add(segment{span: p, body: p.start, kind: kindLabel, field: fieldContact, as: as})
		}
	default:
		r.add(segment{span: span{key.start, max(key.end, value.end)}, body: key.start, kind: kindAside})
	}
	return false
}

// paragraphs cuts cells at their U+000B.
func (r *tableReader) paragraphs(cells []span) []span {
	var all []span
	for _, c := range cells {
		from := c.start
		for i := c.start; i <= c.end; i++ {
			if i == c.end || r.work[i] == '\v' {
				if p := r.trim(span{from, i}, r.work); !p.empty() {
					all = append(all, p)
				}
				from = i + 1
			}
		}
	}
	return all
}

// cell adds a cell's paragraphs, the first of them as the segment given.
func (r *tableReader) cell(c span, first segment) {
	paragraphs := r.paragraphs([]span{c})
	if len(paragraphs) == 0 {
		return
	}
	first.span, first.body = paragraphs[0], paragraphs[0].start
	r.add(first)
	r.texts(paragraphs[1:])
}

func (r *tableReader) texts(paragraphs []span) {
	for _, p := range paragraphs {
		r.add(segment{span: p, body: p.start, kind: kindText, fresh: true})
	}
}

func (r *tableReader) mark(c span) {
	if !c.empty() {
		r.add(segment{span: c, body: c.end, kind: kindMark})
	}
}

func (r *tableReader) group(c span) {
	if !c.empty() {
		r.add(segment{span: c, body: c.start, kind: kindMarker, marker: marker{style: styleGroup}})
	}
}

func (r *tableReader) add(seg segment) {
	seg.line, seg.table = -seg.body-1, r.table // a cell is a line of its own
	r.segments = append(r.segments, seg)
}
