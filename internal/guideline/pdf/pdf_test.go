package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"softsci/internal/guideline/plain"
)

// needProgram skips where pdftotext is not installed. CI has it, by .ci/need.
func needProgram(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skip("pdftotext, of Debian's poppler-utils, is not installed")
	}
}

// page is a page with a line of Latin text a string, in a font that every reader has.
func page(lines ...string) string {
	var b strings.Builder
	b.WriteString("BT /F 12 Tf 14 TL 72 720 Td ")
	for _, line := range lines {
		fmt.Fprintf(&b, "(%s) Tj T* ", line)
	}
	return b.String() + "ET"
}

// document makes a PDF of pages; a page is its content stream. more goes into the trailer.
func document(more string, pages ...string) []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(content string) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), content)
	}
	out.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	for i, content := range pages {
		filter := ""
		if strings.HasPrefix(content, "\x78") {
			filter = "/Filter/FlateDecode"
		}
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", 5+2*i))
		object(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", filter, len(content), content))
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, more, table)
	return out.Bytes()
}

// packed is a content stream that repeats something up to a size.
func packed(again string, size int) string {
	var out bytes.Buffer
	w, err := zlib.NewWriterLevel(&out, zlib.BestSpeed)
	if err != nil {
		panic(err)
	}
	block := []byte(strings.Repeat(again, 1+(64<<10)/len(again)))
	for range size / len(block) {
		_, _ = w.Write(block) // a buffer takes anything
	}
	_ = w.Close()
	return out.String()
}

const sentence = "A sentence that is long enough."

func TestRead(t *testing.T) {
	t.Parallel()
	needProgram(t)
	for _, c := range []struct {
		name  string
		pages []string
		want  string
		notes string
	}{
		{"pages", []string{page(sentence, "second line"), page("third line")}, sentence + "\nsecond line\nthird line\n", ""},
		{"numbers of pages", []string{page(sentence, "1"), page("third line", "2")}, sentence + "\nthird line\n", ""},
		{"a page without text", []string{page(sentence), "", page("third line")}, sentence + "\nthird line\n", "image 32-32 第 2 页没有文字，可能是图片，图片里的文字读不出来。"},
		{"a broken telephone number", []string{page(sentence, "027-", "87135799")}, sentence + "\n027-87135799\n", ""},
	} {
		got, err := Read(t.Context(), document("", c.pages...))
		if err != nil || got.String != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.name, got.String, err, c.want)
		}
		told := ""
		for _, n := range got.Notes {
			told += fmt.Sprintf("%s %d-%d %s", n.Code, n.Start, n.End, n.Text)
		}
		if told != c.notes {
			t.Errorf("%s: notes %s, want %s", c.name, told, c.notes)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	needProgram(t)
	const encrypt = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)>>/ID[(a)(a)]"
	whole := document("", page(sentence))
	for _, c := range []struct {
		name string
		raw  []byte
		want []error // any of them, since how the program ends is its own affair
	}{
		{"a scan", document("", ""), []error{plain.ErrScan}},
		{"a scan with a stamp", document("", page("12")), []error{plain.ErrScan}},
		{"a password", document(encrypt, page(sentence)), []error{plain.ErrPassword}},
		{"a mark only", []byte("%PDF-1.4\n"), []error{plain.ErrDamaged}},
		{"no pages", document(""), []error{plain.ErrScan, plain.ErrDamaged}},
		{"half a file", whole[:len(whole)/3], []error{plain.ErrDamaged, plain.ErrScan}},
	} {
		got, err := Read(t.Context(), c.raw)
		found := false
		for _, want := range c.want {
			found = found || errors.Is(err, want)
		}
		if !found || got.String != "" {
			t.Errorf("%s: got %q, %v; want one of %v", c.name, plain.Quote(got.String), err, c.want)
		}
	}
}

// TestBomb: a small file that would keep the program busy for very long.
func TestBomb(t *testing.T) {
	t.Parallel()
	needProgram(t)
	if got, err := read(t.Context(), document("", packed("q Q ", 30<<20)), 100*time.Millisecond); !errors.Is(err, plain.ErrSlow) || got.String != "" {
		t.Errorf("got %q, %v", plain.Quote(got.String), err)
	}
}

// TestManyPages: pages beyond the limit are not read, and a note says so.
func TestManyPages(t *testing.T) {
	t.Parallel()
	needProgram(t)
	pages := make([]string, maxPages+5)
	for i := range pages {
		pages[i] = page(sentence)
	}
	got, err := Read(t.Context(), document("", pages...))
	if err != nil || strings.Count(got.String, sentence) != maxPages || len(got.Notes) != 1 || got.Notes[0].Code != plain.Cut {
		t.Errorf("%d pages, notes %v, %v", strings.Count(got.String, sentence), got.Notes, err)
	}
}

// stub puts a program of the name of pdftotext in front of all others.
func stub(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, program), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

// TestProgram: what the program gets, and what becomes of its ways to end.
func TestProgram(t *testing.T) {
	t.Run("not installed", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		if _, err := Read(t.Context(), document("", page(sentence))); !errors.Is(err, plain.ErrNoReader) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a private copy, which is gone afterwards", func(t *testing.T) {
		t.Setenv("TMPDIR", t.TempDir())
		t.Setenv("PORTAL_SECRET", "x")
		stub(t, `for last; do file=$out; out=$last; done; /bin/ls -ld "$file" "${file%/*}"; echo "secret: $PORTAL_SECRET"; /bin/cat "$file"; printf '\f'`)
		got, err := Read(t.Context(), []byte("the file's own bytes"))
		for _, want := range []string{"-rw-------", "drwx------", "secret: \n", "the file's own bytes"} {
			if err != nil || !strings.Contains(got.String, want) {
				t.Errorf("got %q, %v; want %q in it", got.String, err, want)
			}
		}
		if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
	for name, c := range map[string]struct {
		script string
		want   error
	}{
		"endless output":         {`exec /bin/cat /dev/zero`, plain.ErrTooLong},
		"endless complaints":     {`i=0; while [ $i -lt 2000 ]; do echo complaint >&2; i=$((i+1)); done; exit 1`, plain.ErrDamaged},
		"a wrong password":       {`echo 'Command Line Error: Incorrect password' >&2; exit 1`, plain.ErrPassword},
		"a forbidden file":       {`echo 'Permission Error: Copying of text from this document is not allowed.' >&2; exit 3`, plain.ErrForbidden},
		"a program that crashes": {`kill -ABRT $$`, plain.ErrTooComplex},
	} {
		t.Run(name, func(t *testing.T) {
			stub(t, c.script)
			if _, err := Read(t.Context(), nil); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	t.Run("nobody waits any more", func(t *testing.T) {
		stub(t, `exec /bin/sleep 60`)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Read(ctx, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAssemble(t *testing.T) {
	t.Parallel()
	const body = "这一页有足够多的文字，不是扫描件，也不是图片。"
	for _, c := range []struct{ name, out, want string }{
		{"gaps around digits", body + "2023 年度 4 月 28 日 第 3 批 共 10 个项目\n\f", body + "2023年度 4月28日 第3批 共10个项目\n"},
		{"blanks that are meant", body + "李杰 027-87135825\n孙刚 13812345678 5G 技术\n\f", body + "李杰 027-87135825\n孙刚 13812345678 5G 技术\n"},
		{"page numbers behind a cover", body + "\n\f" + body + "甲\n1\n\f" + body + "乙\n2\n\f" + body + "丙\n3\n\f", body + "\n" + body + "甲\n" + body + "乙\n" + body + "丙\n"},
		{"page numbers at the top", "1\n" + body + "\n\f2\n" + body + "\n\f", body + "\n" + body + "\n"},
		{"a number that is none of a page", body + "\n7\n\f" + body + "\n12\n\f", body + "\n7\n" + body + "\n12\n"},
		{"control characters", body + "\x00\x01\x1b\x7f甲\n\f", body + "甲\n"},
	} {
		got, err := assemble(c.out)
		if err != nil || got.String != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.name, got.String, err, c.want)
		}
	}
}
