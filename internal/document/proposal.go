package document

import (
	"fmt"
	"strings"
)

// ProposalProps is all that a 申报书 says. Every text may be empty and may hold
// anything a person can type; what no font can show becomes □.
type ProposalProps struct {
	Call    string // title of the call; a closing 申报指南 is dropped on the cover
	Number  string // 受理编号, "" for a draft
	Version int    // n of the submission; not shown for a draft
	SHA256  string // of the frozen version, 64 hex digits; not shown for a draft
	Arrived string // when it arrived, in words to the second; not shown for a draft
	Draft   bool   // marked 草稿 across every page and at its foot

	Cover    Cover
	Sections []Section // in the order of the form, each with its heading
	Opinions []Opinion // the page for signatures and stamps; none leaves it out
}

// Cover is the first page.
type Cover struct {
	Title  string // 项目名称
	Topic  string // 指南方向/编号
	Batch  string // 计划年度/批次
	Unit   string // 申报单位, as on its seal
	Leader string // 项目负责人
	Term   string // 起止年月
	Date   string // 申报日期
}

// Section is a part under a heading of its own: 一、单位信息. The ordinal is given here.
type Section struct {
	Label  string
	Blocks []Block
}

// Block is a piece of a section: Fields, Prose, Table, Budget, Attachments or
// GuidelineText.
type Block interface{ lay(*paper) }

// Fields are labelled values in a frame, two abreast where they are short.
type Fields []Field

// Field is one labelled value.
type Field struct{ Label, Value string }

// Prose is running text under a small heading; a line break begins a paragraph.
type Prose struct {
	Label string // "" for none
	Text  string
}

// Table has a header, which is repeated on every page it reaches, and rows of as
// many cells; missing cells are empty, surplus ones are not shown.
type Table struct {
	Label   string // "" for none
	Columns []string
	Rows    [][]string
}

// Budget is the two sides of the money, in 万元 as texts.
type Budget struct {
	Sources, Uses       []Field
	SourcesSum, UsesSum string
}

// Attachments are the files handed in with the form.
type Attachments []Attachment

// Attachment is one file: kind is what the batch asked for (诚信承诺书), Size is in bytes.
type Attachment struct {
	Name   string `json:"name"`
	Kind   string `json:"-"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // 64 hex digits
}

// GuidelineText is the topic as the guideline worded it when the form was submitted.
type GuidelineText struct {
	Title   string
	Content string
	Version int // of the guideline
}

// Opinion is one box to be signed or stamped by hand.
type Opinion struct {
	Label string   // 负责人承诺
	Text  string   // what is declared, "" to be written by hand
	Lines []string // what is filled in by hand at the foot: 负责人（签字）：
}

// StandardOpinions are the boxes of the usual way: the leader's promise in the given
// words, the unit's opinion, the recommending body's.
func StandardOpinions(pledge string) []Opinion {
	return []Opinion{
		{"项目负责人承诺", pledge, []string{"项目负责人（签字）："}},
		{"申报单位审核意见", "", []string{"法定代表人（签字）：", "申报单位（公章）："}},
		{"推荐单位意见", "", []string{"负责人（签字）：", "推荐单位（公章）："}},
	}
}

// Proposal is the 申报书 as a PDF file, the same bytes for the same values. It can
// be read and searched as text. The error is the font library's and is not expected:
// no text of a person's makes it fail.
func Proposal(props ProposalProps) ([]byte, error) {
	p, err := newPaper()
	if err != nil {
		return nil, err
	}
	p.foot = props.foot()
	if props.Draft {
		p.mark = "草稿"
	}
	p.page()
	p.cover(props)
	for i, section := range props.Sections {
		if i == 0 {
			p.page()
		}
		p.section(i+1, section)
	}
	p.opinions(props.Opinions)
	return p.bytes(info{
		title:   strings.TrimSpace(flat(props.Cover.Title) + " 申报书"),
		author:  flat(strings.TrimSpace(props.Cover.Unit + " " + props.Cover.Leader)),
		subject: flat(props.Call + " " + props.foot()),
	})
}

// hashShown is how many digits of a hash identify a version for people.
const hashShown = 16

// foot says on every page which version it belongs to. A draft has none, even where
// it is the edit of a submitted one.
func (props ProposalProps) foot() string {
	var parts []string
	if props.Draft {
		parts = append(parts, "草稿，未提交，不作为申报材料")
	}
	if props.Number != "" {
		parts = append(parts, "受理编号 "+props.Number)
	}
	if !props.Draft {
		parts = append(parts, fmt.Sprintf("第 %d 版", props.Version), "SHA-256 "+props.SHA256[:min(hashShown, len(props.SHA256))])
	}
	return strings.Join(parts, "　")
}

// coverStyle is of the values on the cover, wordStyle of the one great word on it.
var (
	coverStyle = style{song, 16, 27}
	wordStyle  = style{song, 42, 60}
)

func (p *paper) cover(props ProposalProps) {
	number := flat(props.Number)
	if number == "" {
		number = "（提交后由系统生成）"
	}
	p.write(left, p.y, receiptStyle, p.fit(receiptStyle, "受理编号："+number, wide), 0)
	p.y += 90
	p.centred(titleStyle, strings.TrimSuffix(flat(props.Call), "申报指南"))
	p.y += 24
	p.need(wordStyle.pitch)
	word := p.measure(wordStyle, "申报书") + 2*wordStyle.size/2
	p.write(left+(wide-word)/2, p.y, wordStyle, "申报书", wordStyle.size/2)
	p.y += wordStyle.pitch + 56
	c := props.Cover
	for _, f := range []Field{{"项目名称", c.Title}, {"指南方向", c.Topic}, {"计划批次", c.Batch}, {"申报单位", c.Unit}, {"项目负责人", c.Leader}, {"起止年月", c.Term}, {"申报日期", c.Date}} {
		p.coverField(f)
	}
	if props.Draft {
		p.atFoot("本件为草稿，未提交，不作为申报材料。")
		return
	}
	p.atFoot(fmt.Sprintf("第 %d 版，%s 送达", props.Version, flat(props.Arrived)), "SHA-256："+flat(props.SHA256))
}

// coverField sets one value above a line, as on a printed form. The labels are not
// spaced out to the same width: the text of a spaced word is read as single characters.
func (p *paper) coverField(f Field) {
	s := coverStyle
	const inset, gap = 12.0, 12.0
	full := 5 * s.size // 项目负责人, the widest label
	x := left + inset + full + gap
	room := left + wide - inset - x
	lines := p.lines(s, flat(f.Value), room, 0)
	p.need(float64(min(len(lines), 4)) * (s.pitch + 7))
	p.write(left+inset, p.y, s, f.Label, 0)
	for _, l := range lines {
		p.need(s.pitch + 7)
		p.write(x, p.y, s, l.text, 0)
		p.y += s.pitch + 2
		p.pdf.Line(x, p.y, x+room, p.y)
		p.y += 5
	}
}

// atFoot sets small lines at the foot of a page, if they have room there.
func (p *paper) atFoot(texts ...string) {
	s := smallStyle
	height := float64(len(texts)) * s.pitch
	p.need(height)
	p.y = bottom - height
	for _, text := range texts {
		text = p.fit(s, text, wide)
		p.write(left+(wide-p.measure(s, text))/2, p.y, s, text, 0)
		p.y += s.pitch
	}
}

// section sets a part; the labels of its blocks are numbered when there are several.
func (p *paper) section(n int, s Section) {
	p.heading(numeral(n) + "、" + s.Label)
	labelled := 0
	for _, block := range s.Blocks {
		switch block := block.(type) {
		case Prose:
			labelled += min(1, len(block.Label))
		case Table:
			labelled += min(1, len(block.Label))
		}
	}
	p.numbered, p.labels = labelled > 1, 0
	for _, block := range s.Blocks {
		if block != nil {
			block.lay(p)
		}
	}
	p.need(0) // a heading without content
}

// opinions sets the boxes for signatures and stamps on a page of their own, which
// they fill.
func (p *paper) opinions(list []Opinion) {
	if len(list) == 0 {
		return
	}
	p.page()
	p.heading("承诺与审核意见")
	p.need(0)
	p.y += 4
	height := p.free() / float64(len(list))
	for _, o := range list {
		o.lay(p, height)
	}
}
