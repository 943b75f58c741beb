package guideline

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// style is a way of numbering. The order is that of nesting in Chinese official documents (GB/T 9704-2012, 7.3.3:
// 一、（一） 1. （1）), extended by the words calls use; a smaller style is the outer one.
type style int

const (
	unnumbered     style = iota
	stylePart            // 第一部分
	styleTheme           // 专题一、
	styleHan             // 一、
	styleHanParen        // （一）
	styleDirection       // 方向1、
	styleArabic          // 1. 1、 1)
	styleDecimal         // 1.1
	styleCode            // 0101: of the section and within it
	styleParen           // （1）
	styleCircled         // ①
	styleBullet          // ◆
	styleGroup           // a heading within a table
	styleRow             // a row of a table
	styleEnd
)

// marker is the number in front of a segment.
type marker struct {
	style  style
	number int
	label  string // as printed, without white space around
	size   int    // in bytes, with the white space behind
}

// Parts of the patterns below. Blanks of all widths may stand where a typist pads.
const (
	blank  = `[\s\p{Z}\x{FEFF}\x{200B}]`
	digit  = `[0-9０-９]`
	han    = `(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])`
	number = `(` + han + `|` + digit + `{1,3})`
	worded = `(?:研究|支持|重点|申报|选题|技术)?(?:方向|选题|课题|题目|任务|指南|需求|榜题|议题|榜单)`
	point  = `[、.．]`
	after  = `(?:[、.．：:]|` + blank + `|$)`
)

// markerKinds are tried in order. Group 1 is the number; a group 2 is what the number must be followed by, and is no
// part of the marker.
var markerKinds = []struct {
	style   style
	pattern *regexp.Regexp
}{
	{stylePart, regexp.MustCompile(`^第` + number + `(?:部分|章|节|编|类|板块)[、.．：:]?`)},
	{styleTheme, regexp.MustCompile(`^(?:专题|领域|板块|类别|专项|主题)` + blank + `?` + number + after)},
	{styleDirection, regexp.MustCompile(`^[【\[]?` + worded + blank + `?` + number + `(?:[】\]](?:[：:]|` + blank + `)?|` + after + `)`)},
	{styleDirection, regexp.MustCompile(`^` + worded + blank + `?[（(]` + number + `[）)][、.．：:]?`)},
	{styleHan, regexp.MustCompile(`^(` + han + `)` + point)},
	{styleHanParen, regexp.MustCompile(`^[（(]` + blank + `?(` + han + `)` + blank + `?[)）]` + point + `?`)},
	{styleDecimal, regexp.MustCompile(`^` + digit + `{1,2}[.．](` + digit + `{1,2})(?:` + point + `|` + blank + `)`)},
	{styleArabic, regexp.MustCompile(`^(` + digit + `{1,3})[、.．)）]`)},
	{styleArabic, regexp.MustCompile(`^(` + digit + `{1,2})` + blank + `+(\p{Han})`)}, // 1 湖北省…
	{styleParen, regexp.MustCompile(`^[（(]` + blank + `?(` + digit + `{1,3})` + blank + `?[)）]` + point + `?`)},
	{styleCode, regexp.MustCompile(`^(` + digit + `{2}0[1-9]|` + digit + `{2}[1-9]` + digit + `)` + blank + `+(\p{Han})`)},
	{styleCode, regexp.MustCompile(`^` + digit + `{1,2}[-—－](` + digit + `{1,2})` + blank + `+([\p{Han}“"《])`)},
	{styleCode, regexp.MustCompile(`^[A-Z][-—]?(` + digit + `{1,3})(?:[、.．：:]|` + blank + `)`)},
	{styleCircled, regexp.MustCompile(`^([①-⑳])`)},
	{styleBullet, regexp.MustCompile(`^([◆●■▲★◇○□•※►▪➢])`)},
	{styleBullet, regexp.MustCompile(`^(—{1,2}|－－|--)` + blank + `*([^\s—－\-0-9以基兼从])`)}, // not the subtitle ——以某地为例

}

// readMarker reads the marker at the beginning of text. A digit behind it makes it something else: 1.5 万元.
func readMarker(text string) (marker, bool) {
	for _, kind := range markerKinds {
		m := kind.pattern.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		end := m[1]
		if len(m) > 4 {
			end = m[4]
		}
		rest := text[end:]
		if next, _ := utf8.DecodeRuneInString(rest); unicode.IsDigit(next) || kind.style == styleCode && next == '年' {
			continue
		}
		return marker{
			style:  kind.style,
			number: readNumber(text[m[2]:m[3]]),
			label:  strings.TrimFunc(text[:end], isSpace),
			size:   len(text) - len(strings.TrimLeftFunc(rest, isSpace)),
		}, true
	}
	return marker{}, false
}

// codeStep is what codes of neighbouring sections differ by: 0101, 0201.
const codeStep = 100

// looseDecimal matches 1.1 in front of a label without any mark or blank between.
var looseDecimal = regexp.MustCompile(`^` + digit + `{1,2}[.．](` + digit + `{1,2})`)

// readLoose reads 1.1研究内容, which is a number only because a label follows.
func readLoose(text string) (marker, bool) {
	m := looseDecimal.FindStringSubmatch(text)
	if m == nil {
		return marker{}, false
	}
	if f, _ := readLabel(text[len(m[0]):]); f == noField {
		return marker{}, false
	}
	return marker{style: styleDecimal, number: readNumber(m[1]), label: m[0], size: len(m[0])}, true
}

// plain reports whether the marker is a number without a mark behind it, which a wrapped line may begin with as well.
func (m marker) plain() bool {
	last, _ := utf8.DecodeLastRuneInString(m.label)
	return m.style == styleArabic && unicode.IsDigit(last)
}

// readNumber reads 12, １２, ⑫ or 十二. The patterns admit nothing else, save such as 一二, which adds up to no number
// anybody printed and reads as its last digit.
func readNumber(text string) int {
	if strings.ContainsAny(text, "◆●■▲★◇○□•※►▪➢—－-") {
		return 0
	}
	if n, err := strconv.Atoi(norm.NFKC.String(text)); err == nil {
		return n
	}
	tens, units := 0, 0
	for _, r := range text {
		if r == '十' {
			tens, units = max(units, 1), 0
			continue
		}
		units = 1 + strings.Index("一二三四五六七八九", string(r))/len("一")
	}
	return 10*tens + units
}
