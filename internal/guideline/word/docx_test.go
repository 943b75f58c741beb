package word

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"softsci/internal/guideline/plain"
)

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
	`xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wp="urn:x"`

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

// docx makes a .docx of the body's elements and further parts: name and content of the root element in turn, the
// root's name being the part's.
func docx(body string, more ...string) []byte {
	parts := []string{"word/document.xml", `<w:document ` + namespaces + `><w:body>` + body + `</w:body></w:document>`}
	relations := ""
	for i := 0; i+1 < len(more); i += 2 {
		name, root := more[i], more[i]
		if strings.HasPrefix(name, "header") || strings.HasPrefix(name, "footer") {
			root = name[:len("header")]
			relations += fmt.Sprintf(`<Relationship Id="%s" Type="http://x/%s" Target="%s.xml"/>`, name, root, name)
		}
		parts = append(parts, "word/"+name+".xml", `<w:`+root+` `+namespaces+`>`+more[i+1]+`</w:`+root+`>`)
	}
	if relations != "" {
		parts = append(parts, "word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+relations+`</Relationships>`)
	}
	return zipped(parts...)
}

// p is a paragraph of one run, r a run, words a text.
func p(content string) string  { return `<w:p>` + content + `</w:p>` }
func r(content string) string  { return `<w:r>` + content + `</w:r>` }
func words(text string) string { return `<w:t xml:space="preserve">` + text + `</w:t>` }
func line(text string) string  { return p(r(words(text))) }

// cell is a table's cell of some paragraphs, tableRow a row of cells.
func cell(paragraphs ...string) string { return `<w:tc>` + strings.Join(paragraphs, "") + `</w:tc>` }
func tableRow(cells ...string) string  { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }
func table(rows ...string) string      { return `<w:tbl>` + strings.Join(rows, "") + `</w:tbl>` }

func mustReadDocx(t testing.TB, raw []byte) plain.Text {
	t.Helper()
	text, err := ReadDocx(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// notes writes down notes with their places, for comparison.
func notes(text plain.Text) string {
	var all []string
	for _, n := range text.Notes {
		all = append(all, fmt.Sprintf("%s %d-%d %s", n.Code, n.Start, n.End, n.Text))
	}
	return strings.Join(all, "\n")
}

const (
	fieldBegin    = `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`
	fieldSeparate = `<w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	fieldEnd      = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	picture       = `<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`
)

// box is a text box as Word writes it: the shape, and the same once more for old programs.
func box(text string) string {
	content := `<w:txbxContent>` + line(text) + `</w:txbxContent>`
	return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>` + content + `</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>` +
		`<mc:Fallback><w:pict><v:textbox>` + content + `</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
}

func TestReadDocx(t *testing.T) {
	t.Parallel()
	long := line(strings.Repeat("甲", 30))
	for _, c := range []struct {
		name, body string
		more       []string
		text       string // without the long line that some begin with
		notes      string
	}{
		{name: "paragraphs", body: line("甲") + p("") + line("乙"), text: "甲\n\n乙\n"},
		{name: "runs", body: p(r(words("甲 ")) + r(`<w:rPr><w:b/></w:rPr>`+words("乙"))), text: "甲 乙\n"},
		{name: "blanks that lay the file out", body: p(r("<w:t>\n 甲\n乙 </w:t>") + "\n  "), text: "甲 乙\n"},
		{name: "tab, breaks, hyphens", body: p(r(`<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type="page"/><w:t>027</w:t><w:noBreakHyphen/><w:t>8</w:t><w:softHyphen/><w:t>7</w:t><w:cr/>`)), text: "甲\t乙\n丙\n027-87\n\n"},
		{name: "tabs of a style are none", body: p(`<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>` + r(words("甲"))), text: "甲\n"},
		{name: "symbols", body: p(r(`<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F021"/><w:sym w:font="宋体" w:char="2460"/><w:sym w:font="x" w:char="D800"/><w:sym w:font="x" w:char="nonsense"/>`)), text: "☑〓①〓〓\n"},
		{name: "wrappers", body: p(`<w:hyperlink>`+r(words("甲"))+`</w:hyperlink><w:smartTag>`+r(words("乙"))+`</w:smartTag><w:sdt><w:sdtPr><w:placeholder/></w:sdtPr><w:sdtContent>`+r(words("丙"))+`</w:sdtContent></w:sdt>`) +
			`<w:sdt><w:sdtContent>` + line("丁") + `</w:sdtContent></w:sdt><w:customXml>` + line("戊") + `</w:customXml>`, text: "甲乙丙\n丁\n戊\n"},
		{name: "ruby", body: p(r(`<w:ruby><w:rt>` + r(words("jiǎ")) + `</w:rt><w:rubyBase>` + r(words("甲")) + `</w:rubyBase></w:ruby>`)), text: "甲\n"},
		{name: "formula", body: p(`<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>`), text: "a+b\n"},

		{name: "simple field", body: p(`<w:fldSimple w:instr="DATE">` + r(words("甲")) + `</w:fldSimple>`), text: "甲\n"},
		{name: "complex field", body: p(fieldBegin + r(`<w:instrText>HYPERLINK "x"</w:instrText>`) + fieldSeparate + r(words("甲")) + fieldEnd + r(words("乙"))), text: "甲乙\n"},
		{name: "field in a field's code", body: p(fieldBegin + r(words("IF ")) + fieldBegin + fieldSeparate + r(words("1")) + fieldEnd + r(words("=1")) + fieldSeparate + r(words("甲")) + fieldEnd), text: "甲\n"},
		{name: "field over paragraphs", body: p(fieldBegin+r(`<w:instrText>TOC</w:instrText>`)+fieldSeparate+r(words("甲"))) + line("乙") + p(r(words("丙"))+fieldEnd), text: "甲\n乙\n丙\n"},
		{name: "field without end", body: p(fieldBegin+r(words("甲"))) + line("乙"), text: "\n乙\n"},
		{name: "stray field marks", body: p(fieldEnd + fieldSeparate + r(words("甲"))), text: "甲\n"},

		{name: "insertions and deletions", body: p(r(words("甲")) + `<w:del>` + r(`<w:delText>旧</w:delText><w:t>旧</w:t>`) + `</w:del><w:ins>` + r(words("新")) + `</w:ins>`), text: "甲新\n", notes: "tracked-changes 0-0 文中有未接受的修订，已按全部接受读入。"},
		{name: "moved text", body: p(`<w:moveFrom>`+r(words("甲"))+`</w:moveFrom>`+r(words("乙"))) + p(`<w:moveTo>`+r(words("甲"))+`</w:moveTo>`), text: "乙\n甲\n", notes: "tracked-changes 0-0 文中有未接受的修订，已按全部接受读入。"},
		{name: "a deleted end of a paragraph", body: p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+r(words("甲"))) + line("乙"), text: "甲乙\n", notes: "tracked-changes 0-0 文中有未接受的修订，已按全部接受读入。"},
		{name: "a deleted end of the last paragraph", body: p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + r(words("甲"))), text: "甲\n", notes: "tracked-changes 0-0 文中有未接受的修订，已按全部接受读入。"},
		{name: "a deleted row", body: table(tableRow(cell(line("甲"))), `<w:tr><w:trPr><w:del/></w:trPr>`+cell(line("旧"))+`</w:tr>`), text: "甲\n", notes: "tracked-changes 0-0 文中有未接受的修订，已按全部接受读入。"},
		{name: "properties before a change", body: p(`<w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="x"/><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange></w:pPr>` + r(`<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>`+words("甲"))), text: "甲\n"},

		{name: "hidden text", body: line("一") + p(r(words("甲"))+r(`<w:rPr><w:vanish/></w:rPr>`+words("密"))+r(words("乙"))+r(`<w:rPr><w:vanish w:val="0"/></w:rPr>`+words("丙"))), text: "一\n甲乙丙\n", notes: "hidden-text 3-3 文中有隐藏文字“密”，没有读入。"},
		{name: "text hidden by a style", body: p(`<w:pPr><w:pStyle w:val="child"/></w:pPr>`+r(words("密"))) + p(r(`<w:rPr><w:rStyle w:val="base"/></w:rPr>`+words("密"))) + line("甲"),
			more: []string{"styles", `<w:style w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="child"><w:basedOn w:val="base"/></w:style>`},
			text: "\n\n甲\n", notes: "hidden-text 0-0 文中有隐藏文字“密”，没有读入。\nhidden-text 1-1 文中有隐藏文字“密”，没有读入。"},

		{name: "a table", body: line("前") + table(tableRow(cell(line("序号")), cell(line("选题"))), tableRow(cell(line("1")), cell(line("甲"), line(""), line("乙")))) + line("后"), text: "前\n序号\t选题\n1\t甲\v乙\n后\n"},
		{name: "merged cells", body: table(tableRow(`<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>`+line("甲")+`</w:tc>`, cell(line("1"))), tableRow(`<w:tc><w:tcPr><w:vMerge/></w:tcPr>`+p("")+`</w:tc>`, cell(line("2")))), text: "甲\t1\n\t2\n"},
		{name: "tabs and breaks in a cell", body: table(tableRow(cell(p(r(`<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t>`))), cell(line("丁")))), text: "甲 乙\v丙\t丁\n"},
		{name: "a table in a table", body: table(tableRow(cell(line("甲"), table(tableRow(cell(line("一"), line("二")), cell(line("三"))), tableRow(cell(p("")), cell(line("四")))), line("乙")), cell(line("丙")))), text: "甲\v一 二 三  四\v乙\t丙\n"},
		{name: "wrapped rows and cells", body: `<w:tbl><w:tblPr/><w:sdt><w:sdtContent>` + tableRow(`<w:sdt><w:sdtContent>`+cell(line("甲"))+`</w:sdtContent></w:sdt>`, cell(line("乙"))) + `</w:sdtContent></w:sdt></w:tbl>`, text: "甲\t乙\n"},

		{name: "a text box", body: line("一") + p(r(words("甲"))+box("框")+r(words("乙"))) + line("二"), text: "一\n甲乙\n框\n二\n", notes: "text-box 5-7 文本框中的文字“框”移到了所在段落之后。"},
		{name: "a text box in a table", body: table(tableRow(cell(p(r(words("甲"))+box("框"))), cell(line("乙")))), text: "甲\t乙\n框\n", notes: "text-box 4-6 文本框中的文字“框”移到了所在段落之后。"},
		{name: "a text box of old programs", body: p(r(`<w:pict><v:shape><v:textbox><w:txbxContent>` + line("框") + `</w:txbxContent></v:textbox></v:shape></w:pict>`)), text: "\n框\n", notes: "text-box 1-3 文本框中的文字“框”移到了所在段落之后。"},
		{name: "an empty text box", body: p(box(" ") + r(words("甲"))), text: "甲\n"},
		{name: "WordArt", body: p(r(`<w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict>`) + r(words("甲"))), text: "甲\n艺术字\n", notes: "text-box 2-6 文本框中的文字“艺术字”移到了所在段落之后。"},

		{name: "footnotes", body: p(r(words("甲"))+r(`<w:footnoteReference w:id="2"/>`)) + p(r(`<w:t>乙</w:t><w:footnoteReference w:id="3"/><w:endnoteReference w:id="2"/>`)),
			more: []string{"footnotes", `<w:footnote w:type="separator" w:id="0">` + p(r(`<w:separator/>`)) + `</w:footnote><w:footnote w:id="3">` + p(r(`<w:footnoteRef/>`)+r(words("注三"))) + `</w:footnote><w:footnote w:id="2">` + line("注二") + `</w:footnote><w:footnote w:id="9">` + line("无人提及") + `</w:footnote>`,
				"endnotes", `<w:endnote w:id="2">` + line("尾") + `</w:endnote>`},
			text: "甲\n乙\n脚注1：注二\n脚注2：注三\n尾注1：尾\n", notes: "footnote 4-18 文中有 2 条脚注，已附在全文末尾。\nfootnote 18-24 文中有 1 条尾注，已附在全文末尾。"},
		{name: "a footnote that is gone", body: p(r(words("甲") + `<w:footnoteReference w:id="2"/>`)), text: "甲\n"},
		{name: "comments", body: p(`<w:commentRangeStart w:id="0"/>` + r(words("甲")) + r(`<w:commentReference w:id="0"/>`)), more: []string{"comments", `<w:comment w:id="0">` + line("批") + `</w:comment>`}, text: "甲\n", notes: "comment 0-0 文中有 1 条批注，没有读入。"},
		{name: "headers", body: line("甲"), more: []string{"header1", line("湖北省科学技术厅"), "header2", line("湖北省科学技术厅"), "footer1", p(r(words("第 ")) + fieldBegin + r(`<w:instrText>PAGE</w:instrText>`) + fieldSeparate + r(words("3")) + fieldEnd + r(words(" 页"))), "footer2", p(r(picture))},
			text: "甲\n", notes: "header 0-0 页眉中的文字“湖北省科学技术厅”没有读入。"},

		{name: "pictures", body: long + p(r(picture)+r(`<w:pict><v:shape><v:imagedata/></v:shape></w:pict>`)), text: "\n", notes: "image 0-0 文中有 2 张图片，图片里的文字读不出来。"},
		{name: "objects", body: line("甲") + p(r(`<w:object><v:shape><v:imagedata/></v:shape></w:object>`)+r(`<w:drawing><c:chart/></w:drawing>`)), text: "甲\n\n", notes: "object 0-0 文中有 2 个嵌入的文件、图表或公式，其中的文字没有读入。"},
		{name: "alternatives", body: p(`<mc:AlternateContent><mc:Choice>` + r(words("甲")) + `</mc:Choice><mc:Choice>` + r(words("又")) + `</mc:Choice><mc:Fallback>` + r(words("又")) + `</mc:Fallback></mc:AlternateContent>`), text: "甲\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := mustReadDocx(t, docx(c.body, c.more...))
			if text := strings.TrimPrefix(got.String, strings.Repeat("甲", 30)+"\n"); text != c.text {
				t.Errorf("got %q, want %q", text, c.text)
			}
			if notes := notes(got); notes != c.notes {
				t.Errorf("notes:\n%s\nwant:\n%s", notes, c.notes)
			}
		})
	}
}

// TestStrict: the strict form of the format has other namespaces, and prefixes are a matter of taste.
func TestStrict(t *testing.T) {
	t.Parallel()
	body := `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>`
	if got := mustReadDocx(t, zipped("word/document.xml", body)); got.String != "甲\n" {
		t.Errorf("got %q", got.String)
	}
}

// TestParts: parts are found by their relations, whatever they are called.
func TestParts(t *testing.T) {
	t.Parallel()
	root := func(name, content string) string {
		return `<w:` + name + ` ` + namespaces + `>` + content + `</w:` + name + `>`
	}
	relations := func(kind, target string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Type="http://x/hyperlink" Target="http://x" TargetMode="External"/><Relationship Type="http://x/` + kind + `" Target="` + target + `"/></Relationships>`
	}
	got := mustReadDocx(t, zipped(
		`_rels/.rels`, relations("officeDocument", "/word/document2.xml"),
		`Word\Document2.xml`, root("document", `<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`+r(words("甲"))+`</w:p></w:body>`),
		`word/_rels/document2.xml.rels`, relations("numbering", "lists/numbering7.xml"),
		`word/lists/numbering7.xml`, root("numbering", abstract("0", lvl(0, "decimal", "%1.", ""))+num(1, "0", ""))))
	if got.String != "1.甲\n" {
		t.Errorf("got %q", got.String)
	}
}

// TestManyNotes: of a kind of note only the first few are told, and the rest counted.
func TestManyNotes(t *testing.T) {
	t.Parallel()
	got := mustReadDocx(t, docx(strings.Repeat(p(r(`<w:rPr><w:vanish/></w:rPr>`+words("密"))+r(words("甲"))), 50)))
	if len(got.Notes) != 21 || got.Notes[20].Text != "另有 30 处与“文中有隐藏文字“密”，没有读入”相同的情况。" {
		t.Errorf("%d notes, the last %v", len(got.Notes), got.Notes[len(got.Notes)-1])
	}
}
