package word

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
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

// repeated is an endless part: a beginning, then the same over and over up to a size in bytes.
type repeated struct {
	begin, again string
	size         int
}

// packed deflates a part without ever having it whole: what flate makes of a stretch up to a flush depends on that
// stretch alone, and so may be copied.
func (r repeated) packed() []byte {
	again := strings.Repeat(r.again, 1+(64<<10)/len(r.again))
	out := deflated(r.begin)
	out = append(out, bytes.Repeat(deflated(again), 1+r.size/len(again))...)
	return append(out, 3, 0) // an empty last block
}

func deflated(text string) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		panic(err) // a buffer takes anything
	}
	return out.Bytes()
}

// bomb is a .docx whose named part is inflated to a size that its packed bytes do not show, and its directory claims
// to be another.
func bomb(part string, content repeated, claimed int) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	if part != "word/document.xml" {
		body, err := w.Create("word/document.xml")
		if err == nil {
			_, err = io.WriteString(body, `<w:document `+namespaces+`><w:body>`+p(`<w:pPr><w:pStyle w:val="a"/></w:pPr>`+r(words("甲")))+`</w:body></w:document>`)
		}
		if err != nil {
			panic(err)
		}
	}
	packed := content.packed()
	raw, err := w.CreateRaw(&zip.FileHeader{Name: part, Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(claimed)})
	if err == nil {
		_, err = raw.Write(packed)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err)
	}
	return out.Bytes()
}

// manyParts is a .docx of very many parts, all but one of them empty.
func manyParts(n int) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	body, err := w.Create("word/document.xml")
	if err == nil {
		_, err = io.WriteString(body, `<w:document `+namespaces+`><w:body>`+line("甲")+`</w:body></w:document>`)
	}
	for i := 0; i < n && err == nil; i++ {
		_, err = w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("word/media/%d.xml", i)})
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err)
	}
	return out.Bytes()
}

// The sizes that a bomb may have and claim.
const (
	huge   = 300 << 20
	modest = 19 << 20 // below the limit of a part
)

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
		{"a part of 300 MB", bomb("word/document.xml", repeated{root, line("甲"), huge}, huge), plain.ErrTooComplex},
		{"a part of 300 MB that claims 1 KB", bomb("word/document.xml", repeated{root, line("甲"), huge}, 1<<10), plain.ErrDamaged},
		{"a part of 300 MB that claims 19", bomb("word/document.xml", repeated{root, p(r(words(strings.Repeat("甲", 1000)))), huge}, modest), plain.ErrTooLong},
		{"styles of 300 MB", bomb("word/styles.xml", repeated{`<w:styles ` + namespaces + `>`, `<w:style/>`, huge}, huge), plain.ErrTooComplex},
		{"numbering of 300 MB", bomb("word/numbering.xml", repeated{`<w:numbering ` + namespaces + `>`, `<w:num/>`, huge}, huge), plain.ErrTooComplex},
		{"very many elements", bomb("word/document.xml", repeated{root, `<w:r/>`, modest}, modest), plain.ErrTooComplex},
		{"very many attributes", bomb("word/document.xml", repeated{root + `<w:p `, `a="" `, modest}, modest), plain.ErrTooComplex},
		{"one word without end", bomb("word/document.xml", repeated{root + `<w:p><w:r><w:t>`, `甲`, modest}, modest), plain.ErrTooComplex},
		{"one comment without end", bomb("word/document.xml", repeated{root + `<!--`, `甲`, modest}, modest), plain.ErrTooComplex},
		{"one word of 2 MB without markup", docx(p(r(`<w:t><![CDATA[` + strings.Repeat("<", 2<<20) + `]]></w:t>`))), plain.ErrTooComplex},
		{"2,001 parts", manyParts(maxParts), plain.ErrTooComplex},
		{"20,000 parts", manyParts(20_000), plain.ErrTooComplex},
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

// TestInflated: whatever a bomb claims, what it makes us inflate stays below the limits.
func TestInflated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		claimed       int
		already, most int64 // bytes inflated before, and at the end
	}{
		{"by its own account", huge, 0, 0},
		{"claiming too little", 1 << 10, 0, 64 << 10},
		{"keeping to the limit of a part", modest, 0, maxPart},
		{"adding up beyond the limit of all", modest, maxInflated - 1<<20, maxInflated + 64<<10},
	} {
		a, err := openArchive(bomb("word/document.xml", repeated{`<w:document ` + namespaces + `><w:body>`, `<!--` + strings.Repeat(" ", 1000) + `-->`, huge}, c.claimed))
		if err != nil {
			t.Fatal(err)
		}
		a.inflated = c.already
		d, err := openDocument(a, &limits{ctx: t.Context()})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.read(); err == nil || a.inflated > c.most {
			t.Errorf("%s: inflated %d bytes, %v; want at most %d", c.name, a.inflated, err, c.most)
		}
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
