package word

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"strings"

	"softsci/internal/guideline/plain"
)

// The limits of a document's XML. Word nests some twenty elements in each other, and some forty more for every table
// in a table.
const (
	maxDepth    = 200
	maxElements = 1_000_000 // of all parts; a page of Word's has about 500
	maxGap      = 1 << 20   // bytes between two "<", which bounds a tag with its attributes and a stretch of text
	checkEvery  = 4096      // elements between two looks at the context
)

// limits are what all parts of one document share.
type limits struct {
	ctx      context.Context
	elements int
}

// take counts an element.
func (l *limits) take() error {
	l.elements++
	if l.elements > maxElements {
		return plain.ErrTooComplex
	}
	if l.elements%checkEvery == 0 {
		return l.ctx.Err()
	}
	return nil
}

// part is a part of the document being read from front to back.
type part struct {
	decoder *xml.Decoder
	source  *gapReader
	limits  *limits
	depth   int
	root    element
}

func newPart(limits *limits, r io.Reader) *part {
	source := &gapReader{r: r}
	return &part{decoder: xml.NewDecoder(source), source: source, limits: limits}
}

// gapReader refuses what has no "<" for long: the decoder holds a tag and a stretch of text in memory as a whole.
type gapReader struct {
	r       io.Reader
	gap     int
	refusal error // which the decoder may take for bad XML, having been cut off in mid-word
}

func (g *gapReader) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if last := bytes.LastIndexByte(p[:n], '<'); last >= 0 {
		g.gap = n - last
	} else {
		g.gap += n
	}
	if g.gap > maxGap {
		n, err = 0, plain.ErrTooComplex
	}
	if err != nil && err != io.EOF {
		g.refusal = err
	}
	return n, err
}

// element is a tag that opens. Its name is written with the prefix that the standard uses, whatever the file uses.
type element struct {
	name  string
	attrs []xml.Attr
}

// prefixes are the namespaces in which names mean something here, each in its transitional and its strict form
// (ISO/IEC 29500-4 and -1).
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":       "w:",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                   "w:",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":         "m:",
	"http://purl.oclc.org/ooxml/officeDocument/math":                     "m:",
	"http://schemas.openxmlformats.org/drawingml/2006/main":              "a:",
	"http://purl.oclc.org/ooxml/drawingml/main":                          "a:",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":           "pic:",
	"http://purl.oclc.org/ooxml/drawingml/picture":                       "pic:",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":             "c:",
	"http://purl.oclc.org/ooxml/drawingml/chart":                         "c:",
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":           "dgm:",
	"http://purl.oclc.org/ooxml/drawingml/diagram":                       "dgm:",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":        "mc:",
	"http://schemas.openxmlformats.org/package/2006/relationships":       "",
	"urn:schemas-microsoft-com:vml":                                      "v:",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":  "wps:",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup":  "wpg:",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc:",
}

// attr is the value of an attribute by its local name, "" without it.
func (e element) attr(local string) string {
	for _, a := range e.attrs {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on is the value of a switch such as <w:vanish/>: it is on unless it says otherwise.
func (e element) on() bool {
	switch strings.ToLower(e.attr("val")) {
	case "0", "false", "off":
		return false
	}
	return true
}

// open reads up to the root element.
func (p *part) open() error {
	for {
		token, err := p.token()
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			p.root = named(start)
			return nil
		}
	}
}

func named(start xml.StartElement) element {
	prefix, known := prefixes[start.Name.Space]
	if !known {
		prefix = "?:"
	}
	return element{prefix + start.Name.Local, start.Attr}
}

// token is the next token, under all limits.
func (p *part) token() (xml.Token, error) {
	token, err := p.decoder.Token()
	if err != nil {
		return nil, p.refused()
	}
	switch token.(type) {
	case xml.StartElement:
		if p.depth++; p.depth > maxDepth {
			return nil, plain.ErrTooComplex
		}
		return token, p.limits.take()
	case xml.EndElement:
		p.depth--
	case xml.Directive: // DOCTYPE, and with it entities
		return nil, plain.ErrDoctype
	}
	return token, nil
}

// refused is why the decoder cannot go on: a refusal of the readers below, or else bad XML.
func (p *part) refused() error {
	if p.source.refusal != nil {
		return p.source.refusal
	}
	return plain.ErrDamaged
}

// children hands each child of the element just opened to f and returns when that element has closed. A child that f
// leaves unread is skipped.
func (p *part) children(f func(element) error) error {
	for level := p.depth; ; {
		token, err := p.token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.EndElement:
			if p.depth < level {
				return nil
			}
		case xml.StartElement:
			if err := f(named(token)); err != nil {
				return err
			}
			if err := p.skip(level); err != nil {
				return err
			}
		}
	}
}

// skip reads on until no more than level elements are open.
func (p *part) skip(level int) error {
	for p.depth > level {
		if _, err := p.token(); err != nil {
			return err
		}
	}
	return nil
}

// text is the text directly in the element just opened.
func (p *part) text() (string, error) {
	var b strings.Builder
	for level := p.depth; p.depth >= level; {
		token, err := p.token()
		if err != nil {
			return "", err
		}
		if data, ok := token.(xml.CharData); ok && p.depth == level {
			if b.Len()+len(data) > maxGap { // a comment or CDATA has "<" in it and so passes as many gaps
				return "", plain.ErrTooComplex
			}
			b.Write(data)
		}
	}
	return b.String(), nil
}
