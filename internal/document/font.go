package document

import (
	_ "embed" // the fonts
	"sync"

	"github.com/signintech/gopdf"
)

// The fonts, under the SIL Open Font License beside them. The Song face has every
// character of Noto Serif SC, because names use rare ones; the bold face has those of
// GB 2312, and what it lacks is set in the Song face.
var (
	//go:embed font/NotoSerifSC-Regular.ttf
	songData []byte
	//go:embed font/NotoSansSC-Bold.ttf
	boldData []byte
)

// face names a font.
type face string

const (
	song face = "NotoSerifSC-Regular"
	bold face = "NotoSansSC-Bold"
)

// fonts are read once: their tables are the same for every document.
var fonts = sync.OnceValues(func() (*gopdf.FontContainer, error) {
	container := new(gopdf.FontContainer)
	for name, data := range map[face][]byte{song: songData, bold: boldData} {
		if err := container.AddTTFFontData(string(name), data); err != nil {
			return nil, err
		}
	}
	return container, nil
})

// glyph is what a document knows of a character in a face.
type glyph struct {
	width float64 // in units of the size
	has   bool
}

// ruler measures text; it remembers what it has measured.
type ruler struct {
	pdf  *gopdf.GoPdf
	seen map[face]map[rune]glyph
	err  error // the first that the library gave
}

func newRuler(pdf *gopdf.GoPdf) *ruler {
	return &ruler{pdf: pdf, seen: map[face]map[rune]glyph{song: {}, bold: {}}}
}

// glyph looks a character up. Measuring puts it among those the file embeds, so only
// what a face has is measured.
func (m *ruler) glyph(f face, r rune) glyph {
	g, ok := m.seen[f][r]
	if ok {
		return g
	}
	m.keep(m.pdf.SetFont(string(f), "", 100))
	has, err := m.pdf.IsCurrFontContainGlyph(r)
	m.keep(err)
	if has {
		width, err := m.pdf.MeasureTextWidth(string(r))
		m.keep(err)
		g = glyph{width / 100, true}
	}
	m.seen[f][r] = g
	return g
}

func (m *ruler) keep(err error) {
	if m.err == nil {
		m.err = err
	}
}

// choose is the face that shows a character and the character it shows: bold, else
// Song, else □ in Song.
func (m *ruler) choose(f face, r rune) (face, rune) {
	switch {
	case m.glyph(f, r).has:
		return f, r
	case m.glyph(song, r).has:
		return song, r
	}
	return song, missing
}

// width is how a character in a face and size counts on a line.
func (m *ruler) width(f face, size float64) func(rune) float64 {
	return func(r rune) float64 {
		f, r := m.choose(f, r)
		return m.glyph(f, r).width * size
	}
}

// measure is the width of a text on one line.
func (m *ruler) measure(f face, size float64, text string) float64 {
	total, width := 0.0, m.width(f, size)
	for _, r := range text {
		total += width(r)
	}
	return total
}

// run is a piece of text in one face.
type run struct {
	face face
	text string
}

// runs cuts a text where its face changes.
func (m *ruler) runs(f face, text string) []run {
	var list []run
	for _, r := range text {
		use, show := m.choose(f, r)
		if n := len(list); n > 0 && list[n-1].face == use {
			list[n-1].text += string(show)
		} else {
			list = append(list, run{use, string(show)})
		}
	}
	return list
}
