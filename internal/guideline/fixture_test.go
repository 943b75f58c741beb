package guideline

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/shipped-auto.docx anew")

// The files below testdata are the shipped document as people send it in:
//
//	shipped.docx, .doc       LibreOffice 7.4, of the text; numbers typed
//	shipped-auto.docx        as Word writes it, by autoDocx below; numbers counted by Word, the bookmark a bookmark
//	shipped-auto.doc         LibreOffice 7.4, of shipped-auto.docx; the numbers still counted
//	shipped.pdf              the same, its font (WenQuanYi Micro Hei) cut down to what the text needs
//	shipped-gb18030.txt      re-encoded
//	shipped-utf16.txt        re-encoded, little-endian with a byte order mark
const fixtureDir = "testdata/"

func mustFixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(fixtureDir + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// zipped makes a zip file of names and contents in turn.
func zipped(parts ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i+1 < len(parts); i += 2 {
		part, err := w.Create(parts[i])
		if err == nil {
			_, err = part.Write([]byte(parts[i+1]))
		}
		if err != nil {
			panic(err) // a buffer takes anything
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes anything
	return b.String()
}

const (
	declaration   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n"
	wordNamespace = `xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"`
	officeType = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	mainType   = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
)

// autoDocx writes a document as Word does whose typist let Word count: the paragraphs that begin with 1. 2. 3. in the
// text stand in a list instead.
func autoDocx(text string) []byte {
	var body strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		body.WriteString(autoParagraph(strings.TrimSpace(line)))
	}
	return autoDocxOf(body.String())
}

// autoDocxOf is such a document of a body's elements.
func autoDocxOf(body string) []byte {
	return zipped(
		"[Content_Types].xml", declaration+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`+
			`<Override PartName="/word/document.xml" ContentType="`+mainType+`document.main+xml"/><Override PartName="/word/styles.xml" ContentType="`+mainType+`styles+xml"/><Override PartName="/word/numbering.xml" ContentType="`+mainType+`numbering+xml"/></Types>`,
		"_rels/.rels", declaration+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+officeType+`officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", declaration+`<w:document `+wordNamespace+`><w:body>`+body+
			`<w:sectPr w:rsidR="00C53A2B"><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr></w:body></w:document>`,
		"word/_rels/document.xml.rels", declaration+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+officeType+`numbering" Target="numbering.xml"/><Relationship Id="rId2" Type="`+officeType+`styles" Target="styles.xml"/></Relationships>`,
		"word/styles.xml", declaration+`<w:styles `+wordNamespace+`><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="WenQuanYi Micro Hei" w:eastAsia="WenQuanYi Micro Hei" w:hAnsi="WenQuanYi Micro Hei"/><w:kern w:val="2"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>`+
			`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>`+
			`<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="List Paragraph"/><w:basedOn w:val="a"/><w:uiPriority w:val="34"/><w:qFormat/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="420"/></w:pPr></w:style></w:styles>`,
		"word/numbering.xml", declaration+`<w:numbering `+wordNamespace+`><w:abstractNum w:abstractNumId="0" w15:restartNumberingAfterBreak="0" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w:nsid w:val="2A8B3C41"/><w:multiLevelType w:val="hybridMultilevel"/><w:tmpl w:val="6F0C9E1A"/>`+autoLevels()+`</w:abstractNum>`+
			`<w:num w:numId="1" w16cid:durableId="1283728194" xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
	)
}

var typedNumber = regexp.MustCompile(`^[0-9]+\.`)

func autoParagraph(line string) string {
	properties, bookmark := `<w:pPr><w:ind w:firstLineChars="200" w:firstLine="420"/><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:pPr>`, ""
	if number := typedNumber.FindString(line); number != "" {
		line = line[len(number):]
		properties = `<w:pPr><w:pStyle w:val="a3"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:firstLineChars="0"/></w:pPr>`
	}
	if rest, found := strings.CutPrefix(line, "[bookmark: _GoBack]"); found {
		line, bookmark = rest, `<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>`
	}
	return `<w:p w14:paraId="1F2E3D4C" w14:textId="77777777" w:rsidR="00C53A2B" w:rsidRDefault="00C53A2B">` + properties + bookmark +
		`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">` + escaped(line) + `</w:t></w:r></w:p>`
}

// autoLevels are the nine levels that Word gives a list begun by typing "1.".
func autoLevels() string {
	var b strings.Builder
	for i, format := range []string{"decimal", "lowerLetter", "lowerRoman", "decimal", "lowerLetter", "lowerRoman", "decimal", "lowerLetter", "lowerRoman"} {
		mark := "."
		if format == "lowerLetter" {
			mark = ")"
		}
		fmt.Fprintf(&b, `<w:lvl w:ilvl="%d" w:tplc="0409000F"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%%d%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="440"/></w:pPr></w:lvl>`,
			i, format, i+1, mark, 440*(i+2))
	}
	return b.String()
}

func TestAutoDocx(t *testing.T) {
	t.Parallel()
	want := autoDocx(string(Shipped))
	if *update {
		if err := os.WriteFile(fixtureDir+"shipped-auto.docx", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(mustFixture(t, "shipped-auto.docx"), want) {
		t.Error("testdata/shipped-auto.docx is not up to date; run: go test ./internal/guideline -run TestAutoDocx -update")
	}
}
