package guideline

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"softsci/internal/guideline/plain"
)

func mustRead(t testing.TB, name string, raw []byte) Document {
	t.Helper()
	d, err := Read(t.Context(), name, raw)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

// needPDFReader skips where pdftotext is not installed. CI has it, by .ci/need.
func needPDFReader(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext, of Debian's poppler-utils, is not installed")
	}
}

// TestReadShipped reads the shipped document in every format in which people send one: every field is the same.
func TestReadShipped(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"shipped.docx":        "docx artefact-removed",
		"shipped-auto.docx":   "docx",
		"shipped.doc":         "doc artefact-removed",
		"shipped.pdf":         "pdf",
		"shipped-gb18030.txt": "txt artefact-removed",
		"shipped-utf16.txt":   "txt artefact-removed",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if strings.HasSuffix(name, ".pdf") {
				needPDFReader(t)
			}
			d := mustRead(t, name, mustFixture(t, name))
			p := d.Propose()
			compare(t, p, mustExpected(t))
			checkConserved(t, d.Text)
			got := d.Format
			for _, f := range p.Findings {
				if f.Topic == 0 {
					got += " " + f.Code
				}
			}
			if got != want || len(p.Unassigned) != 0 {
				t.Errorf("read as %s, unassigned %v; want %s", got, p.Unassigned, want)
			}
		})
	}
}

// TestReadLostNumbers: a .doc that lets Word count comes without numbers, and says so. All else is read.
func TestReadLostNumbers(t *testing.T) {
	t.Parallel()
	want := mustExpected(t)
	for i := range want.Topics {
		want.Topics[i].Number = 0
	}
	p := mustRead(t, "shipped-auto.doc", mustFixture(t, "shipped-auto.doc")).Propose()
	compare(t, p, want)
	if !strings.Contains(codes(p), "numbers-lost@0") {
		t.Errorf("findings: %s", codes(p))
	}
}

// TestReadRefuses: a file that cannot be read is refused with its reason, whatever its name.
func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, name string
		raw        []byte
		want       error
	}{
		{"too large", "a.docx", make([]byte, MaxUpload+1), ErrTooLarge},
		{"nothing", "a.docx", nil, ErrEmpty},
		{"blanks", "a.txt", []byte(" \n\n"), ErrEmpty},
		{"a document without text", "a.docx", autoDocx(""), ErrEmpty},
		{"zeros", "a.txt", make([]byte, 1000), ErrBinary},
		{"zeros, meant to be a document", "a.DOCX", make([]byte, 1000), plain.ErrDamaged},
		{"RTF", "a.doc", []byte(`{\rtf1\ansi 1.\u-26472?}`), ErrRTF},
		{"HTML", "a.doc", []byte("\uFEFF\r\n<!DOCTYPE HTML PUBLIC><html><body>甲</body></html>"), ErrHTML},
		{"HTML without a declaration", "a.doc", []byte("<HTML>甲"), ErrHTML},
		{"a page in one file", "a.doc", []byte("MIME-Version: 1.0\r\n\r\n"), ErrHTML},
		{"XML of Word 2003", "a.doc", []byte(`<?xml version="1.0"?><w:wordDocument/>`), ErrXML},
		{"a picture", "a.pdf", []byte("\x89PNG\r\n\x1a\n\x00"), ErrImage},
		{"a photograph", "a.docx", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), ErrImage},
		{"a zip file", "a.docx", zipped("甲.txt", "甲"), plain.ErrArchive},
		{"an empty zip file", "a.zip", zipped(), plain.ErrArchive},
		{"another archive", "a.rar", []byte("Rar!\x1a\x07\x00"), plain.ErrArchive},
		{"a workbook", "a.docx", zipped("[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<workbook/>"), plain.ErrSpreadsheet},
		{"slides", "a.docx", zipped("[Content_Types].xml", "<Types/>", "ppt/presentation.xml", "<presentation/>"), plain.ErrSlides},
		{"OpenDocument", "a.docx", zipped("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>"), plain.ErrOpenDocument},
		{"too much text", "a.txt", bytes.Repeat([]byte("甲"), plain.MaxRunes+1), plain.ErrTooLong},
	} {
		d, err := Read(t.Context(), c.name, c.raw)
		if !errors.Is(err, c.want) || !Refused(err) || d.Text != "" || d.Notes != nil {
			t.Errorf("%s: got %q, %v; want %v", c.what, plain.Quote(d.Text), err, c.want)
		}
	}
}

// TestRefusals: each reason is one sentence without a full stop, as the pages show it.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, err := range refusals {
		if s := err.Error(); strings.ContainsAny(s, "。\n") || !strings.Contains(s, "请") {
			t.Errorf("%q", s)
		}
	}
	if Refused(errors.New("disk full")) || Refused(t.Context().Err()) {
		t.Error("a failure of ours passes for a refusal")
	}
}

// TestReadByContent: a wrong name does no harm.
func TestReadByContent(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"shipped.docx", "shipped.doc", "shipped-gb18030.txt"} {
		for _, claimed := range []string{"a.docx", "a.doc", "a.wps", "a.pdf", "a", ""} {
			if topics := len(mustRead(t, claimed, mustFixture(t, name)).Propose().Topics); topics != 10 {
				t.Errorf("%s named %q: %d topics", name, claimed, topics)
			}
		}
	}
}

// TestProposeNotes: what the reader says stands among the findings, in the order of the document; what may be missing
// asks to be looked at.
func TestProposeNotes(t *testing.T) {
	t.Parallel()
	text := mustDecode(t, Shipped)
	d := Document{Format: "docx", Text: text, Notes: []DocumentNote{
		{Code: plain.TextBox, Text: "丙。", Suggestion: "看。", Start: 1000, End: 1010},
		{Code: plain.Comment, Text: "乙。", Start: 0, End: 0},
		{Code: plain.Image, Text: "甲。", Start: 0, End: 0},
	}}
	got := d.Propose().Findings
	if len(got) != len(Parse(text).Findings)+3 {
		t.Fatalf("%d findings", len(got))
	}
	var said []string
	for i, f := range got {
		if i > 0 && f.Start < got[i-1].Start {
			t.Errorf("finding %d stands before %d", i, i-1)
		}
		if f.Field == "" && f.Code != findArtefact {
			said = append(said, fmt.Sprintf("%s %s %s%s %d-%d", f.Severity, f.Code, f.Text, f.Suggestion, f.Start, f.End))
		}
	}
	if got, want := strings.Join(said, "; "), "note comment 乙。 0-0; ask image 甲。 0-0; ask text-box 丙。看。 1000-1010"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}
