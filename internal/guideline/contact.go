package guideline

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"softsci/internal/portal"
)

// tokenKind is what a piece of a contact line is.
type tokenKind int

const (
	tokenWord  tokenKind = iota // a department, a name or neither: see roster
	tokenPhone                  // anything with the shape of a telephone number
	tokenEmail
	tokenLabel // 电话：, 邮箱：
	tokenMark  // punctuation
	tokenOther // numbers, and what stands behind 传真：, 地址：
)

// token is a piece of a contact line. A padded name, or a word that was wrapped, is one token of several spans.
type token struct {
	kind   tokenKind
	spans  []span
	text   string
	label  contactLabel
	line   int // of the block
	as     contactLabel
	begins bool // another contact begins here for certain
}

func (t token) span() span { return span{t.spans[0].start, t.spans[len(t.spans)-1].end} }

// contactLabel is what a label within a contact line announces.
type contactLabel int

const (
	labelNumber     contactLabel = iota // 电话, 邮箱, 业务咨询: what follows shows by itself what it is
	labelName                           // 联系人
	labelDepartment                     // 部门
	labelFax                            // one number that is no field
	labelAddress                        // words that are no field
	labelPurpose                        // 业务咨询: somebody else is asked about this
)

// contactLabels are tried in order. Those for words need their colon, since 部门 may be part of a name.
var contactLabels = []struct {
	label   contactLabel
	pattern *regexp.Regexp
}{
	{labelNumber, regexp.MustCompile(`^(?:电话[/／、（(]传真[)）]?|` + padded([]string{"联系电话", "办公电话", "咨询电话", "固定电话", "移动电话", "电话号码", "电话", "座机", "手机号码", "手机号", "手机", "热线", "服务热线", "电子邮箱", "电子邮件", "电子信箱", "邮箱", "邮件"}) + `|(?i:e-?mail|tel))` + blank + `*[.:：]?`)},
	{labelPurpose, regexp.MustCompile(`^` + purpose + asksAlone + `(?:[:：]|[)）])`)},
	{labelNumber, regexp.MustCompile(`^(?:兼传真|工作时间|办公时间)(?:[:：]|[)）])`)},
	{labelName, regexp.MustCompile(`^` + padded([]string{"指南联系人", "联系人", "联络人", "姓名"}) + blank + `*[:：]`)},
	{labelDepartment, regexp.MustCompile(`^` + padded([]string{"联系单位", "联系部门", "联系处室", "单位", "部门", "处室"}) + blank + `*[:：]`)},
	{labelFax, regexp.MustCompile(`^(?:` + padded([]string{"传真号码", "传真", "邮政编码", "邮编"}) + `|(?i:fax|qq群?))` + blank + `*[.:：]?`)},
	{labelAddress, regexp.MustCompile(`^` + padded([]string{"联系地址", "通讯地址", "通信地址", "办公地址", "地址", "微信号", "微信", "网址"}) + blank + `*[:：]?`)},
}

var (
	emailShape = regexp.MustCompile(`^[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+`)
	phoneShape = func() *regexp.Regexp {
		const (
			d         = digit
			dash      = `[-—－–‐‑‒―−]`
			gap       = `(?:` + dash + `|` + blank + `)?`
			gaps      = `(?:` + dash + `|` + blank + `|[)）])*`
			local     = d + `{3,4}` + gap + d + `{4}` + d + `*`
			extension = `(?:` + blank + `*(?:转|分机|[eE][xX][tT]\.?)[:：]?` + blank + `*` + d + `{1,6}|` + dash + `+` + d + `{1,6})?`
			country   = `[(（]?(?:[+＋]|[0０][0０])[8８][6６]` + gaps
			mobile    = `[1１][3-9３-９]` + d + gap + d + `{4}` + gap + d + `{4}` + d + `*`
			landline  = `[(（]?` + blank + `?[0０]` + d + `{2,3}` + blank + `?` + gaps + local + extension
			abroad    = country + `[(（]?` + d + `{2,3}` + gaps + local + extension
			any       = d + `(?:` + dash + `?` + d + `){4,}` + extension
		)
		return regexp.MustCompile(`^(?:(?:` + country + `)?` + mobile + `|(?:` + country + `)?` + landline + `|` + abroad + `|` + local + extension + `|` + any + `)`)
	}()
)

// ribbon is lines of contacts put end to end. Where a word or a number was wrapped nothing stands between them, else LF.
type ribbon struct {
	text  string
	lines []ribbonLine
}

type ribbonLine struct {
	contactLine
	at int // where the line begins in the ribbon
}

func (s *source) ribbon(lines []contactLine) ribbon {
	var b strings.Builder
	var r ribbon
	for _, l := range lines {
		if l.span = s.trim(l.span, s.work); l.empty() {
			continue
		}
		next := s.work[l.start:l.end]
		if b.Len() > 0 && (l.as != labelNumber || !wraps(tail(b.String()), head(next))) {
			b.WriteByte('\n')
		}
		r.lines = append(r.lines, ribbonLine{l, b.Len()})
		b.WriteString(next)
	}
	r.text = b.String()
	return r
}

// line is the index of the line that holds a place of the ribbon.
func (r ribbon) line(at int) int {
	return sort.Search(len(r.lines), func(i int) bool { return r.lines[i].at > at }) - 1
}

// spans are the stretches of the source that a stretch of the ribbon is made of.
func (r ribbon) spans(from, to int) []span {
	var spans []span
	for i := r.line(from); i < len(r.lines) && r.lines[i].at < to; i++ {
		l := r.lines[i]
		begin, end := max(from, l.at), min(to, l.at+l.end-l.start)
		spans = append(spans, span{l.start + begin - l.at, l.start + end - l.at})
	}
	return spans
}

var (
	digitsAtEnd   = regexp.MustCompile(`[0-9０-９（(+＋][0-9０-９\-—－–（()） ]*$`)
	digitsAtStart = regexp.MustCompile(`^[0-9０-９]{1,8}`)
	wordAtEnd     = regexp.MustCompile(`\p{Han}+$`)
	wordAtStart   = regexp.MustCompile(`^\p{Han}+`)
)

// wraps reports whether a line goes on in the middle of a telephone number or of a department's name.
func wraps(before, next string) bool {
	if a, b := digitsAtEnd.FindString(before), digitsAtStart.FindString(next); a != "" && b != "" {
		_, errWhole := portal.ParsePhone(a + b)
		_, err := portal.ParsePhone(a)
		return err != nil && errWhole == nil
	}
	a, b := wordAtEnd.FindString(before), wordAtStart.FindString(next)
	return a != "" && b != "" && !departmentEnd.MatchString(a) && !(isName(a) && hasSurname(a)) && departmentEnd.MatchString(a+b) && utf8.RuneCountInString(b) <= 3 && !(isName(b) && hasSurname(b))
}

// tokenize cuts the lines of a contact block into tokens. Nothing but white space is left out.
func tokenize(s *source, lines []contactLine) []token {
	var tokens []token
	r := s.ribbon(lines)
	skipping, last, behind := false, -1, false
	for at := skipBlank(r.text, 0); at < len(r.text); at = skipBlank(r.text, at) {
		t := nextToken(r.text[at:])
		t.spans = r.spans(at, at+len(t.text))
		if t.line = r.line(at); t.line != last {
			last, skipping = t.line, false
			t.begins = r.lines[t.line].begins
		}
		t.as = r.lines[t.line].as
		behind = behind || annexWord.MatchString(r.text[at:])
		switch {
		case behind:
			t.kind = tokenOther
		case t.kind == tokenLabel:
			skipping = t.label == labelAddress
		case strings.ContainsAny(t.text, "；;"):
			skipping = false
		case skipping, t.kind == tokenPhone && afterFax(tokens):
			t.kind = tokenOther
		}
		at += len(t.text)
		t.text = strings.ReplaceAll(t.text, "\n", "")
		tokens = append(tokens, t)
	}
	return joinBrackets(joinPadded(withoutSigners(tokens)))
}

func afterFax(tokens []token) bool {
	n := len(tokens)
	return n > 0 && tokens[n-1].kind == tokenLabel && tokens[n-1].label == labelFax
}

// nextToken reads the token at the beginning of text, which is not white space.
func nextToken(text string) token {
	if m := emailShape.FindString(text); m != "" {
		return token{kind: tokenEmail, text: m}
	}
	for _, k := range contactLabels {
		if m := k.pattern.FindString(text); m != "" {
			return token{kind: tokenLabel, text: strings.TrimRightFunc(m, isSpace), label: k.label}
		}
	}
	if m := dateShape.FindString(text); m != "" {
		return token{kind: tokenOther, text: m}
	}
	if m := phoneShape.FindString(text); m != "" {
		return token{kind: tokenPhone, text: m}
	}
	first, size := utf8.DecodeRuneInString(text)
	if !partOfWord(first) {
		return token{kind: tokenMark, text: text[:size]}
	}
	word := wordShape.FindString(text)
	if word == "" {
		return token{kind: tokenMark, text: text[:size]}
	}
	if onlyDigits.MatchString(word) {
		return token{kind: tokenOther, text: word}
	}
	return token{kind: tokenWord, text: word}
}

// A word may hold numbers of one or two digits in front of a character, as in 21世纪中心 and 高新一处2科, but it ends where
// a telephone number begins.
var (
	wordShape  = regexp.MustCompile(`^(?:[0-9０-９]{0,2}[·•‧・\p{L}\p{M}])+|^[0-9０-９]+|^[^\s\p{Z}\p{P}\p{S}]`)
	dateShape  = regexp.MustCompile(`^(?:[0-9０-９]{4}|[一二〇○零0]{2}[〇○零0一二三四五六七八九]{2})` + blank + `*年(?:[0-9０-９一二三四五六七八九十]{1,3}月)?(?:[0-9０-９一二三四五六七八九十]{1,3}日)?`)
	annexWord  = regexp.MustCompile(`^附` + blank + `*件` + blank + `*(?:[:：]|[0-9０-９一二三四五六七八九十])`)
	onlyDigits = regexp.MustCompile(`^[0-9０-９]+$`)
)

// partOfWord reports whether r may stand in a department or a name; the dot is that of 阿不都·买买提.
func partOfWord(r rune) bool {
	return r == '·' || !isSpace(r) && !unicode.IsPunct(r) && !unicode.IsSymbol(r)
}

// withoutSigners takes the body that signed the letter, in front of a date, for no contact.
func withoutSigners(tokens []token) []token {
	for i := 1; i < len(tokens); i++ {
		if before := &tokens[i-1]; tokens[i].kind == tokenOther && dateShape.MatchString(tokens[i].text) && before.kind == tokenWord && departmentEnd.MatchString(before.text) {
			before.kind = tokenOther
		}
	}
	return tokens
}

// joinPadded joins the pieces of names padded to the width of three: 李 杰 is one person. Two single characters side
// by side belong together; one that is left belongs to the name beside it.
func joinPadded(tokens []token) []token {
	var out []token
	for i, t := range tokens {
		if n := len(out); n > 0 && t.kind == tokenWord && out[n-1].kind == tokenWord && out[n-1].line == t.line {
			a, b := utf8.RuneCountInString(out[n-1].text), utf8.RuneCountInString(t.text)
			nextSingle := i+1 < len(tokens) && tokens[i+1].kind == tokenWord && utf8.RuneCountInString(tokens[i+1].text) == 1
			if isSingle(out[n-1]) && (b == 1 || b == 2 && !isDepartment(t.text)) ||
				b == 1 && a == 2 && !nextSingle && !isDepartment(out[n-1].text) {
				out[n-1].text += t.text
				out[n-1].spans = append(out[n-1].spans, t.spans...)
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

func isSingle(t token) bool { return len(t.spans) == 1 && utf8.RuneCountInString(t.text) == 1 }

// joinBrackets makes one word of a department and the other name it has in brackets: 战略规划处（创新体系建设办公室）.
func joinBrackets(tokens []token) []token {
	var out []token
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if i+3 < len(tokens) && t.kind == tokenWord && isDepartment(t.text) && strings.ContainsAny(tokens[i+1].text, "（(") && tokens[i+2].kind == tokenWord && isDepartment(tokens[i+2].text) &&
			strings.ContainsAny(tokens[i+3].text, "）)") && t.span().end == tokens[i+1].span().start && tokens[i+2].span().end == tokens[i+3].span().start {
			for _, more := range tokens[i+1 : i+4] {
				t.text += more.text
				t.spans = append(t.spans, more.spans...)
			}
			i += 3
		}
		out = append(out, t)
	}
	return out
}

// lineWords is what a line holds that could be a contact's.
type lineWords struct {
	reachable bool // a number, an address
	labelled  bool // 电话：
	names     int
	others    int // what is no part of a contact
}

func countWords(s *source, line span) lineWords {
	var w lineWords
	for _, t := range tokenize(s, []contactLine{{span: line}}) {
		_, glued := splitGlued(t)
		switch {
		case t.kind == tokenPhone || t.kind == tokenEmail:
			w.reachable = true
		case t.kind == tokenLabel:
			w.labelled = true
		case t.kind == tokenWord && (isName(t.text) && hasSurname(t.text) || len(glued) > 0):
			w.names++
		case t.kind == tokenOther || t.kind == tokenWord && !isDepartment(t.text) || strings.Contains(sentenceEnds, t.text):
			w.others++
		}
	}
	return w
}

// goesOn reports whether a line without label goes on with a contact block: it has a number, an address or a label of
// its own, or it is nothing but departments and a name. Until the block has a number, departments alone will do, since
// what the block must hold then stands below its label.
func goesOn(s *source, line span, b block) bool {
	if utf8.RuneCountInString(s.work[line.start:line.end]) > maxContactLine {
		return false
	}
	if n := len(b.lines); n > 0 && wraps(tail(s.work[b.lines[n-1].start:b.lines[n-1].end]), head(s.work[line.start:line.end])) {
		return true
	}
	w := countWords(s, line)
	return w.reachable || w.labelled || w.others == 0 && (w.names > 0 || !b.complete)
}

// isContact reports whether a line is a contact although no label says so.
func isContact(s *source, line span) bool {
	if utf8.RuneCountInString(s.work[line.start:line.end]) > maxContactLine || !reachable.MatchString(s.work[line.start:line.end]) {
		return false
	}
	w := countWords(s, line)
	return w.reachable && w.names > 0 && w.others == 0
}

// maxContactLine is the length in runes beyond which a line is prose.
const maxContactLine = 120
