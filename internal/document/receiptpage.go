package document

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/skip2/go-qrcode"

	"softsci/internal/portal"
)

// ReceiptProps is what the page of a receipt shows.
type ReceiptProps struct {
	Call   string // title of the call
	Signed Signed
	URL    string // where the receipt is verified; the QR code leads there
}

// ReceiptPDF is the receipt for people, with a code to be scanned. The paper proves
// nothing by itself; it says where the signed file is verified. The error is of a URL
// too long for a code, or the font library's.
func ReceiptPDF(props ReceiptProps) ([]byte, error) {
	code, err := qrcode.New(props.URL, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("code of the address %.80q: %w", props.URL, err)
	}
	code.DisableBorder = true
	p, err := newPaper()
	if err != nil {
		return nil, err
	}
	r := props.Signed.Receipt
	p.foot = ProposalProps{Number: r.Number, Version: r.Version, SHA256: r.SHA256}.foot()
	p.page()
	p.centred(titleStyle, "申报回执")
	p.centred(receiptStyle, flat(props.Call))
	p.y += 12
	Fields{
		{"受理编号", r.Number}, {"项目名称", r.Title}, {"选题", r.Topic}, {"申报单位", r.Unit}, {"项目负责人", r.Leader},
		{"送达时间", momentText(r.ArrivedAt)}, {"登记时间", momentText(r.RecordedAt)},
		{"版本", "第 " + strconv.Itoa(r.Version) + " 版"}, {"申报指南", "第 " + strconv.Itoa(r.Guideline) + " 版"},
	}.lay(p)
	p.centred(footStyle, "SHA-256："+flat(r.SHA256))
	p.label("附件")
	Attachments(r.Attachments).lay(p)
	p.prose(annexStyle, "上列申报书已送达并登记。截止时间以送达时间为准。本回执另有一份经数字签名的文件，任何人可用它在下列网址核验；内容有任何改动，核验即不能通过。")
	p.y += 8
	p.seal(props, code.Bitmap())
	return p.bytes(info{
		title:   "申报回执 " + flat(r.Number),
		author:  flat(r.Unit + " " + r.Leader),
		subject: flat(props.Call + " " + p.foot),
	})
}

// seal sets what the receipt is verified with: the code and, in words, where it leads
// and which key signed.
func (p *paper) seal(props ReceiptProps, modules [][]bool) {
	const side, gap = 34 * mm, 6 * mm
	x, room := left+side+gap, wide-side-gap
	var lines []line
	for _, text := range []string{"核验网址：" + props.URL, "签名密钥：" + props.Signed.KeyID, "数字签名（Ed25519）：" + props.Signed.Signature} {
		lines = append(lines, p.lines(smallStyle, flat(text), room, 0)...)
	}
	p.need(max(side, min(float64(len(lines))*smallStyle.pitch, bottom-top)))
	p.code(left, p.y, side, modules)
	if target, err := url.Parse(props.URL); err == nil && (target.Scheme == "https" || target.Scheme == "http") {
		p.pdf.AddExternalLink(target.String(), left, p.y, side, side)
	}
	for _, l := range lines {
		p.need(smallStyle.pitch)
		p.write(x, p.y, smallStyle, l.text, 0)
		p.y += smallStyle.pitch
	}
}

// code draws a QR code as squares, joined along a row so that no printer leaves
// hairs between them.
func (p *paper) code(x, y, side float64, modules [][]bool) {
	size := side / float64(len(modules))
	p.pdf.SetFillColor(0, 0, 0)
	for i, row := range modules {
		for from := 0; from < len(row); from++ {
			to := from
			for to < len(row) && row[to] {
				to++
			}
			if to > from {
				p.pdf.RectFromUpperLeftWithStyle(x+float64(from)*size, y+float64(i)*size, float64(to-from)*size, size, "F")
				from = to
			}
		}
	}
}

// momentText writes a moment of a receipt for people; what is no moment stays.
func momentText(iso string) string {
	t, err := time.Parse(time.RFC3339, iso)
	if err != nil {
		return iso
	}
	return portal.DateTimeText(t)
}
