package guideline

import (
	"regexp"
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
)

// field is what a label announces.
type field int

const (
	noField      field = iota
	fieldTitle         // 课题名称
	fieldContent       // 研究内容
	fieldBody          // 研究目标, 考核指标 …: kept in the content together with its label
	fieldContact       // 指南联系人
)

// segment is a line, or the part of a line that a label or number begins. Its kind is found by looking at it alone.
type segment struct {
	span
	kind   kind
	marker marker // style unnumbered when there is none
	field  field  // of a label
	body   int    // where the text behind marker and label begins
	line   int    // index of the physical line
	inside bool   // begins in mid-line
	topics bool   // of a heading: it announces topics, rather than conditions
}

func (s segment) numbered() bool { return s.marker.style != unnumbered }

// labelKinds are the labels known; the longer of two that begin alike comes first.
var labelKinds = []struct {
	field field
	words []string
}{
	{fieldTitle, []string{"选题名称", "课题名称", "项目名称", "指南名称", "题目名称", "选题题目", "课题题目"}},
	{fieldContent, []string{"主要研究内容", "研究内容及要求", "研究内容和要求", "研究内容与要求", "研究内容", "主要内容", "研究要点", "研究重点", "研究任务", "内容要求", "内容"}},
	{fieldBody, []string{"研究目标", "研究目的", "研究背景", "研究要求", "选题说明", "考核指标", "预期成果", "预期目标", "成果形式", "成果要求", "提交成果", "研究成果", "研究期限", "完成时限", "经费额度"}},
	{fieldContact, []string{"指南联系人及电话", "指南联系人及联系方式", "指南联系人和电话", "指南联系人", "指南联系方式", "项目联系人", "课题联系人", "业务联系人", "联系人及电话", "联系人及联系方式", "联系人和电话", "联系人", "联系单位", "联系部门", "联系处室", "联系方式", "联系电话", "咨询联系人", "咨询电话", "咨询方式", "业务咨询", "政策咨询", "技术咨询", "技术支持", "系统咨询", "咨询单位"}},
}

// labels has one pattern a field for labels at the beginning of a segment: with a colon, in 【】, or alone on the
// line. A contact label may also be followed by a blank only.
var labels = func() map[field]*regexp.Regexp {
	patterns := map[field]*regexp.Regexp{}
	for _, k := range labelKinds {
		words := padded(k.words)
		end := `(?:` + blank + `*[:：]|` + blank + `*$`
		if k.field == fieldContact {
			end += `|` + blank
		}
		patterns[k.field] = regexp.MustCompile(`^(?:[【\[]` + words + `[】\]]` + blank + `*[:：]?|` + words + end + `))` + blank + `*`)
	}
	return patterns
}()

// padded makes one pattern of words in which blanks may stand between the characters: 联 系 人.
func padded(words []string) string {
	patterns := make([]string, len(words))
	for i, word := range words {
		patterns[i] = strings.Join(strings.Split(word, ""), blank+`*`)
	}
	return `(?:` + strings.Join(patterns, "|") + `)`
}

// cut finds where a line may have to be cut. A strong label counts wherever it stands, since documents come with their
// line ends lost; a weak one and a number only behind white space, the end of a sentence or, where all blanks were lost,
// the title's last word or a telephone number of known length. The number itself is judged by readMarker.
var cut = regexp.MustCompile(
	`((?:主要)?研究内容[:：]|指南联系人[:：])` +
		`|(?:` + blank + `|[。；;》！）])((?:主要内容|研究目标|研究要求|考核指标|预期成果|成果形式|选题名称|课题名称|项目名称|项目联系人|课题联系人|联系人)[:：])` +
		`|(?:` + blank + `|[。；;：:》！]|指南|目录|通知|公告|` + wholePhone + `)((?:方向|选题|课题|专题)?[（(]?(?:` + han + `|[1-9１-９]` + digit + `{0,2})[.．、)）：:]|[①-⑳])`)

// wholePhone matches a number that cannot go on: cities with a three-digit area code have eight digits, a mobile number
// has eleven.
const wholePhone = `(?:010|02[0-9])[-—－–)）]?[2-8][0-9]{7}|1[3-9][0-9]{9}`

// citing matches text behind which a strong label is part of a sentence: 围绕以下研究内容：.
var citing = regexp.MustCompile(`(?:以下|下列|上述|如下|有关|的|等|和|及|与|、)$`)

func (s *source) segments() []segment {
	var segments []segment
	for i, line := range s.lines() {
		from := line.start
		for _, at := range append(s.cuts(line), line.end) {
			if part := s.trim(span{from, at}, s.work); !part.empty() {
				segments = append(segments, s.segment(part, i, from != line.start))
				from = at
			}
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
		case m[2] > 0 && !citing.MatchString(tail(text[:m[2]])):
			cuts = append(cuts, line.start+m[2])
		case m[4] > 0:
			cuts = append(cuts, line.start+m[4])
		case m[6] > 0:
			if _, ok := readMarker(head(text[m[6]:])); ok {
				cuts = append(cuts, line.start+m[6])
			}
		}
	}
	return s.withoutMarkersOfLabels(cuts)
}

// withoutMarkersOfLabels drops a cut when only a number stands between it and the one before, as in 。2.研究内容：.
func (s *source) withoutMarkersOfLabels(cuts []int) []int {
	kept := cuts[:0]
	for _, at := range cuts {
		if n := len(kept); n > 0 {
			before := s.work[kept[n-1]:at]
			if m, ok := readMarker(head(before)); ok && m.size == len(before) {
				continue
			}
		}
		kept = append(kept, at)
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
	if m, ok := readMarker(text); ok {
		seg.kind, seg.marker, seg.body = kindMarker, m, at.start+m.size
	}
	rest := text[seg.body-at.start:]
	if f, size := readLabel(rest); f != noField {
		seg.kind, seg.field, seg.body = kindLabel, f, seg.body+size
		return seg
	}
	if heading, topics := readHeading(rest); heading {
		seg.kind, seg.topics = kindHeading, topics
	}
	return seg
}

func readLabel(text string) (field, int) {
	for _, k := range labelKinds {
		if m := labels[k.field].FindString(text); m != "" {
			return k.field, len(m)
		}
	}
	return noField, 0
}

// A heading consists of nothing but these words. Those of the first pattern announce topics, the others do not;
// a heading with both, such as 申报方向, announces topics.
const topicWords = `选题|方向|指南|领域|重点|题目|目录|清单|研究|任务`

var (
	headingWords = regexp.MustCompile(`^(?:` + topicWords + `|本批|年度|主要|拟|支持的?|申报|项目|课题|有关|相关|其他|其它|工作|基本|具体|组织|实施|材料|报送|受理|时间|条件|要求|程序|方式|资格|对象|范围|说明|须知|流程|安排|事项|注意|经费|资助|期限|评审|限项|附件|联系|咨询|及其|及|和|与|、|的|单位|负责人|总体|指导思想|承担|提交|立项|验收|成果|管理|办法)+[:：]?$`)
	topicWord    = regexp.MustCompile(topicWords)
)

// headingLength is the length in runes beyond which nothing is a heading.
const headingLength = 16

func readHeading(text string) (heading, topics bool) {
	if utf8.RuneCountInString(head(text)) > headingLength || !headingWords.MatchString(text) {
		return false, false
	}
	return true, topicWord.MatchString(text)
}

// sentenceEnds are the marks with which a sentence or a listed condition ends.
const sentenceEnds = "。；;！!？?"

// titleWord matches how topics of soft science end: with what kind of study they are.
var titleWord = regexp.MustCompile(`(?:研究|对策|路径|机制|体系|评价|建议|分析|模式|战略|策略|评估|调研|构建|建设|探索|思考|方法|规划|政策)$`)

// titleLike reports whether a text reads like a topic's title. A final mark is ignored: titles in a list carry one.
func titleLike(text string) bool {
	text = strings.TrimRightFunc(text, func(r rune) bool { return isSpace(r) || unicode.IsPunct(r) })
	return utf8.RuneCountInString(text) <= maxTitle && titleWord.MatchString(text)
}

// maxTitle is the length in runes beyond which a line is more likely prose than a title.
const maxTitle = 60

// sentenceLike reports whether a text reads like prose or a listed condition.
func sentenceLike(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(sentenceEnds, last) || utf8.RuneCountInString(text) > maxTitle
}
