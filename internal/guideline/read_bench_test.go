package guideline

import (
	"fmt"
	"strings"
	"testing"
)

// The aim: the shipped document within 50 ms, 200 pages within a second and 100 MB.

func benchmarkRead(b *testing.B, name string, raw []byte) {
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		mustRead(b, name, raw)
	}
}

func BenchmarkReadDocx(b *testing.B) { benchmarkFixture(b, "shipped.docx") }
func BenchmarkReadAuto(b *testing.B) { benchmarkFixture(b, "shipped-auto.docx") }
func BenchmarkReadDoc(b *testing.B)  { benchmarkFixture(b, "shipped.doc") }
func BenchmarkReadText(b *testing.B) { benchmarkFixture(b, "shipped-gb18030.txt") }
func BenchmarkReadPDF(b *testing.B) {
	needPDFReader(b)
	benchmarkFixture(b, "shipped.pdf")
}

func benchmarkFixture(b *testing.B, name string) { benchmarkRead(b, name, mustFixture(b, name)) }

// BenchmarkReadLong reads 200 pages of 1,000 characters in short runs, as documents have them after much editing; every
// fourth paragraph is numbered by Word and every tenth is a row of a table.
func BenchmarkReadLong(b *testing.B) {
	const pages, paragraphs = 200, 20
	run := `<w:r w:rsidR="00C53A2B" w:rsidRPr="00A1B2C3"><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋" w:hint="eastAsia"/><w:color w:val="000000"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr><w:t>全面调研梳理现状</w:t></w:r>`
	var body strings.Builder
	for i := range pages * paragraphs {
		numbered := ""
		if i%4 == 0 {
			numbered = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
		}
		paragraph := fmt.Sprintf(`<w:p w:rsidR="00C53A2B" w:rsidRDefault="00C53A2B"><w:pPr><w:pStyle w:val="a3"/>%s<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr>%s</w:p>`, numbered, strings.Repeat(run, 6))
		if i%10 == 0 {
			paragraph = `<w:tbl><w:tr><w:tc>` + paragraph + `</w:tc><w:tc>` + paragraph + `</w:tc></w:tr></w:tbl>`
		}
		body.WriteString(paragraph)
	}
	raw := autoDocxOf(body.String())
	b.Logf("%d bytes packed, %d of XML", len(raw), body.Len())
	benchmarkRead(b, "long.docx", raw)
}
