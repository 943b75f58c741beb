package word

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	levels       = 9  // of a list
	maxLevelText = 64 // runes of a number's pattern; Word's dialogue takes fewer
)

// level says how the numbers of one level of a list look and count.
type level struct {
	start   int
	format  string
	text    string // "%1.%2" with the numbers of the levels in place of %1, %2
	glued   bool   // nothing between number and text
	legal   bool   // w:isLgl: all numbers in arabic digits
	restart *int   // w:lvlRestart: begin again only after this level (from 1) or one above; 0 never
	style   string // the paragraph style that stands for this level
}

// abstractList is a list's definition; lists that share one share its counters.
type abstractList struct {
	levels    [levels]level
	styleLink string // look it up in the list of this style
}

// list is one list of the document.
type list struct {
	abstract string
	levels   [levels]*level // replaced for this list alone
	starts   [levels]*int   // begin anew at this number when the list is first used
	begun    [levels]bool   // whether it has
}

// counter is how far an abstract list has counted.
type counter struct {
	value [levels]int
	used  [levels]bool
}

// numbering counts the numbers that Word does not store with the text.
type numbering struct {
	abstracts map[string]*abstractList
	lists     map[int]*list
	counters  map[string]*counter
	styles    styles
}

func readNumbering(a *archive, limits *limits, name string, styles styles) (*numbering, error) {
	n := &numbering{map[string]*abstractList{}, map[int]*list{}, map[string]*counter{}, styles}
	err := a.read(limits, name, func(p *part) error {
		return p.children(func(e element) (err error) {
			switch e.name {
			case "w:abstractNum":
				id := e.attr("abstractNumId")
				n.abstracts[id], err = readAbstract(p)
			case "w:num":
				if id := number(e, "numId"); id != nil {
					n.lists[*id], err = readList(p)
				}
			}
			return err
		})
	})
	return n, err
}

func readAbstract(p *part) (*abstractList, error) {
	a := &abstractList{}
	for i := range a.levels {
		a.levels[i] = level{start: 1, format: "decimal"}
	}
	err := p.children(func(e element) (err error) {
		switch e.name {
		case "w:numStyleLink":
			a.styleLink = e.attr("val")
		case "w:lvl":
			i := clampLevel(number(e, "ilvl"))
			a.levels[i], err = readLevel(p)
		}
		return err
	})
	return a, err
}

func readList(p *part) (*list, error) {
	l := &list{}
	err := p.children(func(e element) error {
		switch e.name {
		case "w:abstractNumId":
			l.abstract = e.attr("val")
		case "w:lvlOverride":
			return readOverride(p, l, clampLevel(number(e, "ilvl")))
		}
		return nil
	})
	return l, err
}

func readOverride(p *part, l *list, i int) error {
	return p.children(func(e element) error {
		switch e.name {
		case "w:startOverride":
			l.starts[i] = number(e, "val")
		case "w:lvl":
			own, err := readLevel(p)
			l.levels[i] = &own
			return err
		}
		return nil
	})
}

func readLevel(p *part) (level, error) {
	l := level{format: "decimal"} // without w:start a level counts from 0 (17.9.25)
	var read func(e element) error
	read = func(e element) error {
		switch e.name {
		case "mc:AlternateContent":
			return choice(p, read)
		case "w:start":
			l.start = value(number(e, "val"), 0)
		case "w:numFmt":
			l.format = e.attr("val")
		case "w:lvlText":
			l.text = firstRunes(e.attr("val"), maxLevelText)
		case "w:suff":
			l.glued = e.attr("val") == "nothing"
		case "w:isLgl":
			l.legal = e.on()
		case "w:lvlRestart":
			l.restart = number(e, "val")
		case "w:pStyle":
			l.style = e.attr("val")
		}
		return nil
	}
	err := p.children(read)
	return l, err
}

// choice reads the first of alternatives, which is the one with the most to it; Fallback is for programs that do not
// know it and says the same again.
func choice(p *part, f func(element) error) error {
	taken := false
	return p.children(func(e element) error {
		if e.name != "mc:Choice" || taken {
			return nil
		}
		taken = true
		return p.children(f)
	})
}

func clampLevel(n *int) int { return min(max(value(n, 0), 0), levels-1) }

func value(n *int, otherwise int) int {
	if n == nil {
		return otherwise
	}
	return *n
}

func firstRunes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}

// marker counts a paragraph and returns what Word shows in front of it, "" when it stands in no list. own is what the
// paragraph itself says.
func (n *numbering) marker(styleID string, own listRef) string {
	ref, from := n.styles.list(styleID)
	switch {
	case own.number != nil:
		ref, from = own, ""
	case own.level != nil:
		ref.level = own.level
	}
	l := n.lists[value(ref.number, 0)]
	if l == nil || value(ref.number, 0) == 0 {
		return ""
	}
	definition, id := n.definition(l)
	if definition == nil {
		return ""
	}
	at := clampLevel(ref.level)
	if ref.level == nil {
		at = definition.levelOf(from)
	}
	return l.show(definition, n.count(l, definition, id, at), at)
}

// definition follows a list to its abstract list; a list of a numbering style leads there through the style.
func (n *numbering) definition(l *list) (*abstractList, string) {
	for range maxBased {
		a := n.abstracts[l.abstract]
		if a == nil || a.styleLink == "" {
			return a, l.abstract
		}
		ref := n.styles[a.styleLink].list
		linked := n.lists[value(ref.number, 0)]
		if linked == nil {
			return a, l.abstract
		}
		l = linked
	}
	return nil, ""
}

// levelOf is the level that a paragraph style stands for.
func (a *abstractList) levelOf(style string) int {
	for i, l := range a.levels {
		if style != "" && l.style == style {
			return i
		}
	}
	return 0
}

func (l *list) level(a *abstractList, i int) level {
	if l.levels[i] != nil {
		return *l.levels[i]
	}
	return a.levels[i]
}

func (l *list) start(a *abstractList, i int) int { return value(l.starts[i], l.level(a, i).start) }

// count moves the counter of a level on, and sets back those below.
func (n *numbering) count(l *list, a *abstractList, id string, at int) *counter {
	c := n.counters[id]
	if c == nil {
		c = &counter{}
		n.counters[id] = c
	}
	switch {
	case !c.used[at], l.starts[at] != nil && !l.begun[at]:
		c.value[at] = l.start(a, at)
	default:
		c.value[at]++
	}
	c.value[at] = min(max(c.value[at], 0), maxNumber)
	c.used[at], l.begun[at] = true, true
	for below := at + 1; below < levels; below++ {
		if at < value(l.level(a, below).restart, below) {
			c.used[below] = false
		}
	}
	return c
}

// show writes the number of a level as Word prints it.
func (l *list) show(a *abstractList, c *counter, at int) string {
	own := l.level(a, at)
	if own.format == "bullet" {
		return bullet
	}
	marker := percent(own.text, func(i int) string {
		n, format := c.value[i], l.level(a, i).format
		if !c.used[i] {
			n = l.start(a, i)
		}
		if own.legal {
			format = "decimal"
		}
		return numeral(format, n)
	})
	if marker == "" || own.glued || closes(marker) {
		return marker
	}
	return marker + " "
}

// bullet stands for all bullets. Word takes them from fonts of symbols, where they have no meaning as characters.
const bullet = "• "

// percent replaces %1 to %9 in a level's pattern.
func percent(pattern string, number func(level int) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "%")
		b.WriteString(before)
		switch {
		case !found:
			return b.String()
		case rest != "" && '1' <= rest[0] && rest[0] <= '9':
			b.WriteString(number(int(rest[0] - '1')))
			rest = rest[1:]
		default:
			b.WriteByte('%')
		}
		pattern = rest
	}
}

// closes reports whether a marker ends in a mark that parts it from the text by itself: 1. 一、（1）.
func closes(marker string) bool {
	last, _ := utf8.DecodeLastRuneInString(marker)
	return unicode.IsPunct(last) || unicode.IsSpace(last)
}
