package word

import "strconv"

// style is what matters here of a paragraph or character style.
type style struct {
	basedOn string
	list    listRef
	vanish  *bool // hidden text; nil when the style does not say
}

// listRef is a paragraph's membership in a list. A paragraph without a number of its own may still name a level of
// its style's list.
type listRef struct {
	number *int // w:numId; 0 takes the paragraph out of any list
	level  *int // w:ilvl
}

// styles are a document's styles by their id.
type styles map[string]style

// maxBased bounds a chain of styles, which a hostile file may close to a ring. Word itself allows eleven.
const maxBased = 20

func readStyles(a *archive, limits *limits, name string) (styles, error) {
	all := styles{}
	err := a.read(limits, name, func(p *part) error {
		return p.children(func(e element) error {
			if e.name != "w:style" {
				return nil
			}
			id := e.attr("styleId")
			s, err := readStyle(p)
			all[id] = s
			return err
		})
	})
	return all, err
}

func readStyle(p *part) (style, error) {
	var s style
	err := p.children(func(e element) (err error) {
		switch e.name {
		case "w:basedOn":
			s.basedOn = e.attr("val")
		case "w:pPr":
			return p.children(func(e element) error {
				if e.name == "w:numPr" {
					s.list, err = readListRef(p)
				}
				return err
			})
		case "w:rPr":
			return p.children(func(e element) error {
				if e.name == "w:vanish" {
					on := e.on()
					s.vanish = &on
				}
				return nil
			})
		}
		return nil
	})
	return s, err
}

// readListRef reads a w:numPr.
func readListRef(p *part) (listRef, error) {
	var r listRef
	err := p.children(func(e element) error {
		switch e.name {
		case "w:numId":
			r.number = number(e, "val")
		case "w:ilvl":
			r.level = number(e, "val")
		}
		return nil
	})
	return r, err
}

// number is an attribute as an integer, nil when it is none.
func number(e element, attribute string) *int {
	n, err := strconv.Atoi(e.attr(attribute))
	if err != nil {
		return nil
	}
	return &n
}

// chain calls f with a style and those it is based on until f has seen enough.
func (all styles) chain(id string, f func(id string, s style) (enough bool)) {
	for range maxBased {
		s, ok := all[id]
		if !ok || f(id, s) {
			return
		}
		id = s.basedOn
	}
}

// hidden reports whether a style hides its text.
func (all styles) hidden(id string) bool {
	hidden := false
	all.chain(id, func(_ string, s style) bool {
		if s.vanish != nil {
			hidden = *s.vanish
		}
		return s.vanish != nil
	})
	return hidden
}

// list is the list that a paragraph style puts its paragraphs into, and the id of the style that says so.
func (all styles) list(id string) (list listRef, from string) {
	all.chain(id, func(id string, s style) bool {
		if list.level == nil {
			list.level = s.list.level
		}
		list.number, from = s.list.number, id
		return list.number != nil
	})
	return list, from
}
