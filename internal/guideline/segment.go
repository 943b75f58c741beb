package guideline

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a segment is.
type kind int

const (
	kindText    kind = iota
	kindMarker       // begins with a number: a topic, a section or an item of a list
	kindLabel        // begins with a known label, perhaps numbered itself
	kindHeading      // consists of heading words only, perhaps numbered
	kindFrame        // of the official letter round the guideline
	kindEnd          // empty: a table begins or ends here
	kindMark         // a column's heading or a key in a table
	kindAside        // of a table, but no field
)

// segment is a line, the part of a line that a label or number begins, or a paragraph of a table's cell. Its kind is
// found by looking at it alone.
type segment struct {
	span
	kind   kind
	marker marker // style unnumbered when there is none
	field  field  // of a label
	body   int    // where the text behind marker and label begins
	line   int    // index of the physical line
	inside bool   // begins in mid-line
	frame  frame
	signer bool // a body that signed the letter

	table  *table
	fresh  bool         // begins a paragraph for certain
	as     contactLabel // how the words of a contact's cell are read
	begins bool         // a contact begins here for certain
}

func (s segment) numbered() bool { return s.marker.style != unnumbered }

// cut finds where a line may have to be cut. A strong label counts wherever it stands, since documents come with their
// line ends lost; a weak one and a number only behind white space, the end of a sentence or, where all blanks were lost,
// the title's last word or a telephone number of known length. The number itself is judged by readMarker.
var cut = regexp.MustCompile(`(` + strongLabels + `)` +
	`|(?:` + behind + `)((?:` + weakLabels + `)[:：]|` + weakHeadings + `)` +
	`|(?:` + behind + `|指南|目录|通知|公告|` + wholePhone + `)(` + midNumbers + `)`)

const (
	behind       = blank + `|[。；;：:》！]|[\p{Han}）)]\.`
	strongLabels = `【\p{Han}{2,12}】|(?:主要)?(?:研究内容|研` + blank + `+究` + blank + `+内` + blank + `+容` + blank + `*)[:：]|指南联系人[:：]|[（(]` + purpose + asks + `[:：]`
	weakHeadings = `特此(?:通知|公告)|申报(?:条件|要求|须知|程序|流程|材料)|注意事项|其他事项|联系方式|咨询方式|附件(?:` + digit + `{1,2}|` + han + `)`
	midNumbers   = `(?:` + worded + `|专题|领域)(?:` + han + `|[1-9１-９]` + digit + `?)(?:[.．、:：]|` + blank + `)|【` + worded + `(?:` + han + `|` + digit + `{1,2})】` +
		`|[（(]?(?:` + han + `|[1-9１-９]` + digit + `{0,2})[.．、)）：:]|[①-⑳◆●■▲★◇]|[A-Z]-?` + digit + `{1,2}[.．、]|` + digit + `{4}` + blank + `|第` + han + `(?:部分|章)`
)

// weakLabels are all labels known but the short ones, and those of contacts.
var weakLabels = func() string {
	words := purpose + `(?:` + asks + `|联` + blank + `*系` + blank + `*人)|` + purpose + asksAlone + `|选题`
	for _, k := range labelKinds {
		words += `|` + strings.Join(k.words, `|`)
	}
	return words
}()

// wholePhone matches a number that cannot go on: cities with a three-digit area code have eight digits, a mobile number
// has eleven.
const wholePhone = `(?:010|02[0-9])[-—－–)）]?[2-8][0-9]{7}|1[3-9][0-9]{9}`

// citing matches text behind which a strong label is part of a sentence: 围绕以下研究内容：.
var citing = regexp.MustCompile(`(?:以下|下列|上述|如下|有关|的|等|和|及|与|、)$`)

// annexCut matches 附件1 in front of other text. letterCut and titleCut match what stands in front of the text when all
// line ends were lost.
var (
	annexCut  = regexp.MustCompile(`^附` + blank + `*件` + blank + `*(?:` + digit + `{1,2}|` + han + `)` + blank + `*(?:[:：]` + blank + `*|` + blank + `+)`)
	letterCut = regexp.MustCompile(`^[^。；;：:关]{4,60}?(?:文件|号)` + blank + `+(?:[─—_=*-]{4,}` + blank + `+)?`)
	titleCut  = regexp.MustCompile(`^[^。；;：:]{6,100}?(?:指南|的通知|公告|目录|榜单|通告|选题表|课题表|清单|一览表)(?:[（(][^（()）]{0,30}[)）])?` + blank + `+`)
)

// frontCuts returns where the lines in front of a document would have ended.
func (s *source) frontCuts(at span) []int {
	var cuts []int
	from := at.start
	for _, pattern := range []*regexp.Regexp{annexCut, letterCut, letterCut, titleCut} {
		if m := pattern.FindString(s.work[from:at.end]); m != "" && from+len(m) < at.end {
			from += len(m)
			cuts = append(cuts, from)
		}
	}
	return cuts
}

func (s *source) segments() []segment {
	var segments []segment
	lines := s.lines()
	number := 0
	for i := 0; i < len(lines); {
		if table, n := s.readTable(lines[i:]); n > 0 {
			segments = append(segments, table...)
			i += n
			continue
		}
		for _, part := range s.manual(lines[i].span) {
			segments = s.cutLine(segments, part, number)
			number++
		}
		i++
	}
	s.frameSigners(segments)
	s.frameForms(segments)
	return segments
}

func (s *source) cutLine(segments []segment, at span, number int) []segment {
	from := at.start
	cuts := s.cuts(at)
	if len(segments) == 0 {
		cuts = append(cuts, s.frontCuts(at)...)
		slices.Sort(cuts)
		cuts = slices.Compact(cuts)
	}
	for _, to := range append(cuts, at.end) {
		part := s.trim(span{from, to}, s.work)
		if m := annexCut.FindString(s.work[part.start:part.end]); len(m) > 0 && len(m) < part.end-part.start {
			segments = append(segments, s.segment(s.trim(span{part.start, part.start + len(m)}, s.work), number, from != at.start))
			part.start += len(m)
		}
		if !part.empty() {
			segments = append(segments, s.segment(part, number, part.start != at.start))
			from = to
		}
	}
	return segments
}

// cuts returns where segments begin within a line, apart from its beginning.
func (s *source) cuts(line span) []int {
	var cuts []int
	text := s.work[line.start:line.end]
	for _, m := range cut.FindAllStringSubmatchIndex(text, -1) {
		switch {
		case m[2] > 0 && text[m[2]] == "【"[0] && !isBracketLabel(text[m[2]:]), m[2] > 0 && citing.MatchString(tail(text[:m[2]])):
		case m[2] > 0:
			cuts = append(cuts, line.start+m[2])
		case m[4] > 0 && endsWord(text[m[5]:], text[m[4]:m[5]]):
			cuts = append(cuts, line.start+m[4])
		case m[6] > 0:
			if _, ok := readMarker(head(text[m[6]:])); ok {
				cuts = append(cuts, line.start+m[6])
			}
		}
	}
	return s.withoutMarkersOfLabels(line.start, s.afterBrackets(line, cuts))
}

// afterBrackets adds the ends of contacts in brackets: what stands behind is something else.
func (s *source) afterBrackets(line span, cuts []int) []int {
	all := cuts[:len(cuts):len(cuts)]
	for _, at := range cuts {
		if !strings.ContainsRune("（(", firstRune(s.work[at:])) {
			continue
		}
		if f, _ := readLabel(head(s.work[at:line.end])); f != fieldContact {
			continue
		}
		end := strings.IndexAny(s.work[at:min(line.end, at+4*window)], "）)")
		if to := at + end + len("）"); end > 0 && s.work[at+end] != ')' && to < line.end {
			all = append(all, to)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isBracketLabel reports whether text begins with a label in 【】, and not with any other word in them.
func isBracketLabel(text string) bool {
	f, _ := readLabel(text)
	return f != noField
}

// endsWord reports whether a label or heading found in mid-line is a whole one: it has its colon, or a blank behind it.
func endsWord(rest, word string) bool {
	next := firstRune(rest)
	return strings.HasSuffix(word, ":") || strings.HasSuffix(word, "：") || strings.HasPrefix(word, "特此") || strings.HasPrefix(word, "附件") || isSpace(next) || next == ':' || next == '：'
}

// withoutMarkersOfLabels drops a cut when only a number stands between it and the one before, or the line's beginning, as
// in 。2.研究内容：.
func (s *source) withoutMarkersOfLabels(from int, cuts []int) []int {
	kept := cuts[:0]
	for _, at := range cuts {
		before := s.work[from:at]
		if m, ok := readMarker(before); ok && m.size == len(before) && len(before) < window {
			continue
		}
		kept = append(kept, at)
		from = at
	}
	return kept
}

// window is how many bytes before or behind a place are looked at; it keeps long lines linear.
const window = 64

func head(text string) string {
	end := min(len(text), window)
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return text[:end]
}

func tail(text string) string {
	start := max(0, len(text)-window)
	for start < len(text) && !utf8.RuneStart(text[start]) {
		start++
	}
	return text[start:]
}

func (s *source) segment(at span, line int, inside bool) segment {
	text := s.work[at.start:at.end]
	seg := segment{span: at, body: at.start, line: line, inside: inside}
	if seg.frame = readFrame(text); seg.frame != noFrame {
		seg.kind = kindFrame
		return seg
	}
	if m := forTopics.FindString(text); m != "" && reachable.MatchString(text) {
		seg.kind, seg.field, seg.body = kindLabel, fieldFor, at.start+skipBlank(text, len(m))
		return seg
	}
	m, ok := readMarker(text)
	if !ok {
		m, ok = readLoose(text)
	}
	if ok {
		seg.kind, seg.marker, seg.body = kindMarker, m, at.start+m.size
	}
	rest := text[seg.body-at.start:]
	f, size := readLabel(rest)
	if f == noField && seg.numbered() {
		f, size = readNumberedLabel(rest)
	}
	if f != noField {
		seg.kind, seg.field, seg.body = kindLabel, f, seg.body+size
		return seg
	}
	if isHeading(rest) {
		seg.kind = kindHeading
	}
	return seg
}

// headingWords are what a heading consists of and nothing else: those of topics, then those of everything round them.
var headingWords = regexp.MustCompile(`^(?:选题|方向|指南|领域|重点|题目|名称|目录|清单|榜单|研究|任务` +
	`|本批|年度|主要|拟|支持的?|申报|项目|课题|有关|相关|其他|其它|工作|基本|具体|组织|实施|材料|报送|受理|时间|截止|地点|条件|要求|程序|方式|资格|对象|范围|说明|须知|流程|步骤|安排|事项|注意|经费|额度|资助|强度|期限|评审|限项|附件|联系|联系人|联系表|电话|咨询|招标|投标|征集|组织管理|推荐|公示|监督|保密|纪律|责任|服务|一览表|及其|内容|建议|及|和|与|、|的|单位|负责人|总体|指导思想|承担|提交|立项|验收|成果|管理|办法)+[:：]?$`)

// Lengths in runes between which a heading is: 研究 alone is what was left of a title when its line was wrapped.
const (
	shortHeading  = 3
	headingLength = 16
)

func isHeading(text string) bool {
	length := utf8.RuneCountInString(head(text))
	return shortHeading <= length && length <= headingLength && headingWords.MatchString(text)
}

// sentenceEnds are the marks with which a sentence or a listed condition ends.
const sentenceEnds = "。；;！!？?"

// titleWords match how topics of soft science end: with what kind of study they are. The words of the second kind end
// other things as well, and count only behind some length.
var (
	titleWords     = regexp.MustCompile(`(?:研究|对策|路径|机制|体系|评价|建议|分析|模式|战略|策略|评估|调研|构建|建设|探索|思考|方法|规划|政策)$`)
	longTitleWords = regexp.MustCompile(`(?:选择|问题|发展|创新|前瞻|展望|机理|应用|示范|转型|治理|影响|效应|改革|保护|利用|培育|实践|比较|融合|趋势|格局|关系|作用|思路|举措|布局|提升|优化|现代化|监测|监管|技术)$`)
	titleBracket   = regexp.MustCompile(`[（(][^（()）]{1,20}[)）]$`)
)

// longTitle is the length in runes from which words of the second kind count.
const longTitle = 10

// titleLike reports whether a text reads like a topic's title, with a final mark or bracket. Of text that runs on, the
// title's sentence is what counts: 1.某某研究。梳理现状….
func titleLike(text string) bool {
	text = firstSentence(text)
	text = strings.TrimRightFunc(text, func(r rune) bool { return isSpace(r) || strings.ContainsRune("；;。．.，,、：:", r) })
	text = strings.TrimRightFunc(text[:len(text)-len(titleBracket.FindString(text))], func(r rune) bool { return isSpace(r) || unicode.IsPunct(r) })
	length := utf8.RuneCountInString(text)
	return length <= maxTitle && (titleWords.MatchString(text) || length >= longTitle && longTitleWords.MatchString(text))
}

// firstStop matches the end of the first sentence. A half-width stop is one only behind a Chinese character.
var firstStop = regexp.MustCompile(`。|[\p{Han}）)”"]\.(?:` + blank + `|\p{Han}|$)`)

// firstSentence is text up to its first full stop, which it includes; all of it when there is none.
func firstSentence(text string) string {
	m := firstStop.FindString(text)
	if m == "" {
		return text
	}
	at := strings.Index(text, m)
	if m == "。" {
		return text[:at+len(m)]
	}
	return text[:at+strings.Index(m, ".")+1]
}

// maxTitle is the length in runes beyond which a line is more likely prose than a title.
const maxTitle = 60

// sentenceLike reports whether a text reads like prose or a listed condition.
func sentenceLike(text string) bool {
	return sentenceEnd.MatchString(tail(text)) || utf8.RuneCountInString(text) > maxTitle
}

var sentenceEnd = regexp.MustCompile(`[` + sentenceEnds + `]$|[\p{Han}）)》”"]\.$`)
