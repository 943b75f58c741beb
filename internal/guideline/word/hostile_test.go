package word

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"softsci/internal/guideline/plain"
)

// checkRead reads whatever a fuzzer invents: a refusal, or text within the limits.
func checkRead(t *testing.T, read func(context.Context, []byte) (plain.Text, error), raw []byte) {
	t.Helper()
	got, err := read(t.Context(), raw)
	runes := utf8.RuneCountInString(got.String)
	switch {
	case err != nil && got.String != "":
		t.Error("a refusal with text")
	case runes > plain.MaxRunes, !utf8.ValidString(got.String), strings.ContainsRune(got.String, 0):
		t.Errorf("%d runes, valid: %t", runes, utf8.ValidString(got.String))
	}
	for _, n := range got.Notes {
		if n.Start < 0 || n.Start > n.End || n.End > runes {
			t.Errorf("a note at %d-%d in %d runes: %s", n.Start, n.End, runes, n.Text)
		}
	}
}

func FuzzDocx(f *testing.F) {
	f.Add(mustFile(f, "../testdata/shipped.docx"))
	f.Add(mustFile(f, "../testdata/shipped-auto.docx"))
	f.Add(docx(table(tableRow(cell(line("甲")), cell(line("乙"))))+p(box("框")), "footnotes", `<w:footnote w:id="2">`+line("注")+`</w:footnote>`))
	f.Fuzz(func(t *testing.T, raw []byte) { checkRead(t, ReadDocx, raw) })
}

// FuzzBody puts bodies together from elements, one a byte; bytes changed at random rarely make any.
func FuzzBody(f *testing.F) {
	pieces := []string{"<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>甲</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", `<w:tcPr><w:vMerge/></w:tcPr>`, `<w:trPr><w:del/></w:trPr>`,
		"<w:rPr><w:vanish/></w:rPr>", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", `<w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>`, "<w:txbxContent>", "</w:txbxContent>", "<w:del>", "</w:del>",
		fieldBegin, fieldSeparate, fieldEnd, picture, "<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", `<w:footnoteReference w:id="2"/>`, "<w:br/>", "<w:tab/>", `<w:pict><v:textpath string="艺"/></w:pict>`}
	f.Add([]byte{0, 2, 4, 3, 1, 5, 7, 9, 0, 2, 4, 3, 1, 10, 8, 6})
	f.Add([]byte{0, 14, 2, 4, 3, 1, 5, 7, 9, 0, 14, 2, 13, 4, 3, 1, 5, 7, 9, 16, 0, 2, 4, 3, 1, 17, 10, 8, 6, 10, 8, 6})
	f.Fuzz(func(t *testing.T, choices []byte) {
		var body strings.Builder
		for _, c := range choices {
			body.WriteString(pieces[int(c)%len(pieces)])
		}
		checkRead(t, ReadDocx, docx(body.String(), "numbering", abstract("0", lvl(1, "decimal", "%1.%2", ""))+num(1, "0", ""),
			"styles", `<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, "footnotes", `<w:footnote w:id="2">`+line("注")+`</w:footnote>`))
	})
}

// repeated is an endless document: a beginning, then the same over and over up to a size.
type repeated struct {
	begin, again string
	size         int64
}

func (r repeated) writeTo(w io.Writer) {
	mustWrite(w, r.begin)
	block := strings.Repeat(r.again, 1+(64<<10)/len(r.again))
	for written := int64(0); written < r.size; written += int64(len(block)) {
		mustWrite(w, block)
	}
}

func mustWrite(w io.Writer, text string) {
	if _, err := io.WriteString(w, text); err != nil {
		panic(err) // a buffer takes anything
	}
}

// bomb is a .docx whose named part is inflated to a size that its packed bytes do not show. A size that the directory
// claims may be another.
func bomb(part string, content repeated, claimed uint64) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	if part != "word/document.xml" {
		body, err := w.Create("word/document.xml")
		if err != nil {
			panic(err)
		}
		mustWrite(body, `<w:document `+namespaces+`><w:body>`+p(`<w:pPr><w:pStyle w:val="a"/></w:pPr>`+r(words("甲")))+`</w:body></w:document>`)
	}
	inflated, err := w.Create(part)
	if err != nil {
		panic(err)
	}
	content.writeTo(inflated)
	if err := w.Close(); err != nil {
		panic(err)
	}
	raw := out.Bytes()
	if claimed > 0 {
		entry := bytes.LastIndex(raw, directoryEntry)
		binary.LittleEndian.PutUint32(raw[entry+24:], uint32(claimed))
	}
	return raw
}

// manyParts is a .docx of very many parts.
func manyParts(n int) []byte {
	parts := []string{"word/document.xml", `<w:document ` + namespaces + `><w:body>` + line("甲") + `</w:body></w:document>`}
	for i := range n {
		parts = append(parts, fmt.Sprintf("word/media/%d.xml", i), "")
	}
	return zipped(parts...)
}

func TestHostileDocx(t *testing.T) {
	t.Parallel()
	whole := docx(line("甲"))
	root := `<w:document ` + namespaces + `><w:body>`
	of := func(content string) []byte { return zipped("word/document.xml", content) }
	encrypted := bytes.Clone(whole)
	encrypted[6] |= 1                                            // in the entry itself
	encrypted[bytes.LastIndex(encrypted, directoryEntry)+8] |= 1 // and in the directory
	spoilt := bytes.Clone(mustFile(t, "../testdata/shipped.docx"))
	for i := len(spoilt) / 2; i < len(spoilt)/2+100; i++ {
		spoilt[i] ^= 0xFF
	}
	for _, c := range []struct {
		name string
		raw  []byte
		want error
	}{
		{"a part of 300 MB", bomb("word/document.xml", repeated{root, line("甲"), 300 << 20}, 0), plain.ErrTooComplex},
		{"a part of 21 MB that claims 1 KB", bomb("word/document.xml", repeated{root, line("甲"), 21 << 20}, 1<<10), plain.ErrDamaged},
		{"styles of 21 MB", bomb("word/styles.xml", repeated{`<w:styles ` + namespaces + `>`, `<w:style/>`, 21 << 20}, 0), plain.ErrTooComplex},
		{"numbering of 21 MB", bomb("word/numbering.xml", repeated{`<w:numbering ` + namespaces + `>`, `<w:num/>`, 21 << 20}, 0), plain.ErrTooComplex},
		{"very many elements", bomb("word/document.xml", repeated{root, `<w:r/>`, 19 << 20}, 0), plain.ErrTooComplex},
		{"very many attributes", bomb("word/document.xml", repeated{root + `<w:p `, `a="" `, 19 << 20}, 0), plain.ErrTooComplex},
		{"one word without end", bomb("word/document.xml", repeated{root + `<w:p><w:r><w:t>`, `甲`, 19 << 20}, 0), plain.ErrTooComplex},
		{"one comment without end", bomb("word/document.xml", repeated{root + `<!--`, `甲`, 19 << 20}, 0), plain.ErrTooComplex},
		{"too much text", bomb("word/document.xml", repeated{root, p(r(words(strings.Repeat("甲", 1000)))), 19 << 20}, 0), plain.ErrTooLong},
		{"too much hidden in CDATA", bomb("word/document.xml", repeated{root + `<w:p><w:r><w:t><![CDATA[`, `<<<<<<<<`, 19 << 20}, 0), plain.ErrDamaged},
		{"2,001 parts", manyParts(maxParts), plain.ErrTooComplex},
		{"100,000 parts", manyParts(100_000), plain.ErrTooComplex},
		{"200,000 elements in each other", of(root + strings.Repeat("<w:p>", 200_000)), plain.ErrTooComplex},
		{"tables in tables", of(root + strings.Repeat("<w:tbl><w:tr><w:tc>", 100)), plain.ErrTooComplex},
		{"fields in fields", docx(p(strings.Repeat(fieldBegin, 1000))), plain.ErrTooComplex},
		{"DOCTYPE", of(`<!DOCTYPE w:document [<!ENTITY a "甲">]>` + root + `</w:body></w:document>`), plain.ErrDoctype},
		{"DOCTYPE in another part", zipped("word/document.xml", root+line("甲")+`</w:body></w:document>`, "word/styles.xml", `<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>`), plain.ErrDoctype},
		{"an entity", docx(p(r(words("&a;")))), plain.ErrDamaged},
		{"another encoding", of(`<?xml version="1.0" encoding="EBCDIC"?>` + root + `</w:body></w:document>`), plain.ErrDamaged},
		{"another root", of(`<w:styles ` + namespaces + `/>`), plain.ErrDamaged},
		{"no XML", of("甲"), plain.ErrDamaged},
		{"nothing", of(""), plain.ErrDamaged},
		{"XML that ends early", of(root + "<w:p>"), plain.ErrDamaged},
		{"half a file", whole[:len(whole)/2], plain.ErrDamaged},
		{"a mark only", whole[:4], plain.ErrDamaged},
		{"spoilt bytes", spoilt, plain.ErrDamaged},
		{"a password of the zip file", encrypted, plain.ErrPassword},
		{"a scan", docx(line("扫描件") + p(r(picture))), plain.ErrScan},
		{"no document", zipped("word/other.xml", "x"), plain.ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := ReadDocx(t.Context(), c.raw)
			if !errors.Is(err, c.want) || got.String != "" {
				t.Errorf("got %q, %v; want %v", plain.Quote(got.String), err, c.want)
			}
		})
	}
}

// TestInflated: what a bomb makes us inflate stays below the limits.
func TestInflated(t *testing.T) {
	t.Parallel()
	for _, claimed := range []uint64{0, 1 << 10, maxPart} {
		a, err := openArchive(bomb("word/document.xml", repeated{`<w:document ` + namespaces + `><w:body>`, `<w:p></w:p>` + strings.Repeat(" ", 1000), 30 << 20}, claimed))
		if err != nil {
			t.Fatal(err)
		}
		d, err := openDocument(a, &limits{ctx: t.Context()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.read(); err == nil || a.inflated > maxPart+(64<<10) {
			t.Errorf("claiming %d: inflated %d bytes, %v", claimed, a.inflated, err)
		}
	}
}

// TestManyBigParts: parts that each keep to the limit do not add up beyond that of the whole.
func TestManyBigParts(t *testing.T) {
	t.Parallel()
	parts := []string{"header", `<w:p></w:p>` + strings.Repeat(" ", 15<<20)}
	for i := range 9 {
		parts = append(parts, fmt.Sprintf("header%d", i), strings.Repeat("<w:p></w:p>"+strings.Repeat(" ", 1<<19), 30))
	}
	a, err := openArchive(docx(line("甲"), parts...))
	if err != nil {
		t.Fatal(err)
	}
	d, err := openDocument(a, &limits{ctx: t.Context()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.read(); !errors.Is(err, plain.ErrTooComplex) || a.inflated > maxInflated+(64<<10) {
		t.Errorf("inflated %d bytes, %v", a.inflated, err)
	}
}

// TestCancelled: a reader that nobody waits for any more stops.
func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadDocx(ctx, docx(strings.Repeat(line("甲"), checkEvery))); !errors.Is(err, context.Canceled) {
		t.Errorf(".docx: %v", err)
	}
	if _, err := ReadDoc(ctx, doc(nil, "甲\r")); !errors.Is(err, context.Canceled) {
		t.Errorf(".doc: %v", err)
	}
}
