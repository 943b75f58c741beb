package document

import (
	"strings"
	"unicode"
)

// What may not begin or end a line, after GB/T 15834-2011, 5.1: closing marks and
// the short dash stay with what stands before them, opening marks with what follows.
const (
	closers = "。，、；：？！．）》〉」』】〕〗］｝”’…—～·％‰℃,.;:?!)]}%"
	openers = "（《〈「『【〔〖［｛“‘￥＄·([{"
)

// unit is the least piece a line is made of, with the spaces that follow it: they
// vanish where the line ends.
type unit struct {
	text         string
	width, space float64
}

// line is one line of a text. Width is its own, without spaces at its end.
type line struct {
	text  string
	width float64
	ends  bool // it is the last of its paragraph
}

// glued reports whether no line may end between two characters.
func glued(before, after rune) bool {
	switch {
	case after == ' ', strings.ContainsRune(closers, after), strings.ContainsRune(openers, before):
		return true
	case before == ' ':
		return false
	case before == '/', after == '/', before == '’' && western(after):
		return true
	}
	return western(before) && western(after)
}

// western reports whether a character belongs to a word that is not Chinese.
func western(r rune) bool {
	return r > ' ' && r < 0x2E80 && !strings.ContainsRune("“”‘’…—·", r) && !unicode.IsSpace(r)
}

// units cuts a paragraph into what must stay together.
func units(text string, width func(rune) float64) []unit {
	var list []unit
	var now unit
	var before rune
	from := 0
	for i, r := range text {
		if i > 0 && !glued(before, r) {
			now.text = text[from:i]
			list, now, from = append(list, now), unit{}, i
		}
		if r == ' ' {
			now.space += width(r)
		} else {
			now.width, now.space = now.width+now.space+width(r), 0
		}
		if r != ' ' || !strings.ContainsRune(openers, before) { // an opening mark holds on over a space
			before = r
		}
	}
	if from < len(text) {
		now.text = text[from:]
		list = append(list, now)
	}
	return list
}

// breakLines breaks a text into lines no wider than room, whose first line of each
// paragraph is shorter by indent. A unit longer than a line is cut, each character
// being at least one line's content, so that any text fits any width.
func breakLines(text string, room, indent float64, width func(rune) float64) []line {
	var lines []line
	for paragraph := range strings.SplitSeq(text, "\n") {
		paragraph = strings.Trim(paragraph, " ")
		var now strings.Builder
		used, space, left := 0.0, 0.0, room-indent
		end := func() {
			lines = append(lines, line{text: strings.TrimRight(now.String(), " "), width: used})
			now.Reset()
			used, space, left = 0, 0, room
		}
		put := func(u unit) {
			now.WriteString(u.text)
			used, space = used+space+u.width, u.space
		}
		for _, u := range units(paragraph, width) {
			if now.Len() > 0 && used+space+u.width > left {
				end()
			}
			if u.width <= left {
				put(u)
				continue
			}
			for _, r := range u.text {
				if now.Len() > 0 && used+space+width(r) > left {
					end()
				}
				put(unit{text: string(r), width: width(r)})
			}
		}
		end()
		lines[len(lines)-1].ends = true
	}
	return lines
}
