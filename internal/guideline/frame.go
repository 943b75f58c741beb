package guideline

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// frames are the lines of the official letter round a guideline (GB/T 9704-2012, 7.2–7.4) and of a table of contents.
// They hold no topic and end the one above them.
var frames = []struct {
	kind    frame
	pattern *regexp.Regexp
}{
	{frameAnnex, regexp.MustCompile(`^附` + blank + `*件?` + blank + `*(?:` + digit + `{1,2}|` + han + `)?` + blank + `*(?:[:：.．、]|$)`)},
	{frameDate, regexp.MustCompile(`^(?:` + digit + `{4}|[一二〇○零0]{2}[〇○零0一二三四五六七八九]{2})` + blank + `*年` + blank + `*[0-9０-９一二三四五六七八九十]{1,3}` + blank + `*月` + blank + `*[0-9０-９一二三四五六七八九十]{1,3}` + blank + `*日(?:印发)?$`)},
	{frameOther, regexp.MustCompile(`^[\p{Han}（）()]{1,16}[〔\[［【(（]` + digit + `{4}[〕\]］】)）]第?` + digit + `{1,4}号$`)},
	{frameOther, regexp.MustCompile(`^\p{Han}{4,40}文件$`)},
	{frameOther, regexp.MustCompile(`^特此(?:通知|公告|通告|函告|函复|公布)`)},
	{frameOther, regexp.MustCompile(`^(?:抄送|抄报|主送|印发)[:：]`)},
	{frameOther, regexp.MustCompile(`^[（(](?:此件|此文)?(?:主动|依申请|不予)?公开(?:发布)?[)）]$`)},
	{frameOther, regexp.MustCompile(`日` + blank + `*印发$`)},
	{frameOther, regexp.MustCompile(`^(?:各|省|市|校|有关|相关|全)[^。：:]{0,60}(?:单位|部门|局|厅|院|系|所|校|处|委|会|办|部|企业|个人|同志|老师)(?:等)?[:：]$`)},
	{frameOther, regexp.MustCompile(`(?:[.．·]{4,}|…{2,})` + blank + `*` + digit + `{1,3}$`)},
}

// frame is which line of a letter a segment is.
type frame int

const (
	noFrame    frame = iota
	frameAnnex       // 附件1
	frameDate
	frameOther
)

func readFrame(text string) frame {
	if len(text) > 4*window {
		return noFrame
	}
	for _, f := range frames {
		if f.pattern.MatchString(text) {
			return f.kind
		}
	}
	return noFrame
}

// formWords match what a form is called that applicants fill in. It has headings and labels of its own.
var formWords = regexp.MustCompile(`申报书|申请书|建议书|任务书|合同书|汇总表|推荐表|申报表|申请表|登记表|信息表|统计表|承诺书|活页|模板|样表|格式|回执`)

// frameSigners makes frames of the bodies that signed: organisations above a date.
func (s *source) frameSigners(segments []segment) {
	for i := len(segments) - 1; i > 0; i-- {
		if segments[i].frame != frameDate && !segments[i].signer {
			continue
		}
		before := &segments[i-1]
		text := s.work[before.start:before.end]
		if before.kind == kindText && utf8.RuneCountInString(text) <= maxTitle/2 && departmentEnd.MatchString(text) && !strings.ContainsAny(text, sentenceEnds) {
			before.kind, before.signer = kindFrame, true
		}
	}
}

// frameForms makes frames of the annexes that are forms, each up to the next annex.
func (s *source) frameForms(segments []segment) {
	for i := 0; i < len(segments); i++ {
		if segments[i].frame != frameAnnex || !s.isForm(segments[i:]) {
			continue
		}
		for i++; i < len(segments) && segments[i].frame != frameAnnex; i++ {
			segments[i] = segment{span: segments[i].span, body: segments[i].start, line: segments[i].line, kind: kindFrame}
		}
		i--
	}
}

// isForm reports whether an annex is a form by its heading: what stands behind 附件2, or else the line below.
func (s *source) isForm(annex []segment) bool {
	heading := s.work[annex[0].start:annex[0].end]
	if annexList.MatchString(heading) {
		return false
	}
	if annexBare.MatchString(heading) && len(annex) > 1 && annex[1].frame == noFrame && !annex[1].numbered() {
		heading += s.work[annex[1].start:annex[1].end]
	}
	return utf8.RuneCountInString(heading) <= 2*maxTitle && formWords.MatchString(heading)
}

var (
	annexList = regexp.MustCompile(`^附` + blank + `*件?` + blank + `*[:：]`) // 附件：1.…
	annexBare = regexp.MustCompile(`^附` + blank + `*件?` + blank + `*[0-9０-９一二三四五六七八九十]{0,3}` + blank + `*[:：]?$`)
)
