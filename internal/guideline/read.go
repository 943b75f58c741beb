package guideline

import (
	"bytes"
	"context"
	"errors"
	"path"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"softsci/internal/guideline/pdf"
	"softsci/internal/guideline/plain"
	"softsci/internal/guideline/word"
)

// MaxUpload is the largest file that Read accepts, in bytes.
const MaxUpload = 20 << 20

// The reasons for which Read refuses a file that no reader of ours is for. Those of the readers are in package plain,
// those of text files beside [Decode].
var (
	ErrRTF   = errors.New("这是 RTF 文件（扩展名可能是 .doc），请在 Word 或 WPS 中打开并另存为 .docx 后再试")
	ErrHTML  = errors.New("这是网页文件（扩展名可能是 .doc），请在 Word 或 WPS 中打开并另存为 .docx 后再试")
	ErrXML   = errors.New("这是 XML 文件（扩展名可能是 .doc），请在 Word 或 WPS 中打开并另存为 .docx 后再试")
	ErrImage = errors.New("这是图片，图片里的文字读不出来，请改为粘贴文字")
)

// refusals are all that Read may say about a file.
var refusals = []error{
	ErrTooLarge, ErrEmpty, ErrBinary, ErrEncoding, ErrRTF, ErrHTML, ErrXML, ErrImage,
	plain.ErrArchive, plain.ErrDamaged, plain.ErrDoctype, plain.ErrForbidden, plain.ErrNoReader, plain.ErrOldWord, plain.ErrOpenDocument,
	plain.ErrPassword, plain.ErrScan, plain.ErrSlides, plain.ErrSlow, plain.ErrSpreadsheet, plain.ErrTooComplex, plain.ErrTooLong,
}

// Refused reports whether an error of [Read] is a refusal: a sentence for the person who chose the file, rather than a
// failure of ours.
func Refused(err error) bool {
	return slices.ContainsFunc(refusals, func(refusal error) bool { return errors.Is(err, refusal) })
}

// Document is what Read made of a file.
type Document struct {
	Format string // docx, doc, pdf or txt
	Text   string // what is stored as a batch's source; all places are rune offsets in it
	Notes  []DocumentNote
}

// DocumentNote is what a reader says about a document: what it left out, has moved or could not read.
type DocumentNote = plain.Note

// reader makes text of a file.
type reader func(context.Context, []byte) (plain.Text, error)

// formats are told apart by how a file begins: its name may say anything.
var formats = []struct {
	begins string
	format string
	read   reader
}{
	{"PK\x03\x04", "docx", word.ReadDocx},
	{"PK\x05\x06", "", refuse(plain.ErrArchive)}, // without any entry
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "doc", word.ReadDoc},
	{"%PDF-", "pdf", pdf.Read},
	{`{\rtf`, "", refuse(ErrRTF)},
	{"<!doctype html", "", refuse(ErrHTML)},
	{"<html", "", refuse(ErrHTML)},
	{"mime-version:", "", refuse(ErrHTML)}, // a page with its pictures in one file
	{"<?xml", "", refuse(ErrXML)},
	{"\x89PNG", "", refuse(ErrImage)},
	{"\xFF\xD8\xFF", "", refuse(ErrImage)},
	{"GIF8", "", refuse(ErrImage)},
	{"II*\x00", "", refuse(ErrImage)},
	{"MM\x00*", "", refuse(ErrImage)},
	{"Rar!", "", refuse(plain.ErrArchive)},
	{"7z\xBC\xAF\x27\x1C", "", refuse(plain.ErrArchive)},
	{"\x1F\x8B\x08", "", refuse(plain.ErrArchive)},
	{"", "txt", readText},
}

func refuse(refusal error) reader {
	return func(context.Context, []byte) (plain.Text, error) { return plain.Text{}, refusal }
}

// Read makes text of a file of whatever format. The name matters only to say what is wrong with a file that cannot be
// read: a .docx of nothing but zeros is no odd text file, but a download that failed. An error is a refusal, which
// [Refused] tells, what ctx says, or what the system says.
func Read(ctx context.Context, name string, raw []byte) (Document, error) {
	if len(raw) > MaxUpload {
		return Document{}, ErrTooLarge
	}
	for _, f := range formats {
		if !beginsWith(raw, f.begins) {
			continue
		}
		text, err := f.read(ctx, raw)
		switch {
		case err != nil:
			return Document{}, putRight(err, name)
		case strings.TrimFunc(text.String, isSpace) == "":
			return Document{}, ErrEmpty
		case utf8.RuneCountInString(text.String) > plain.MaxRunes:
			return Document{}, plain.ErrTooLong
		}
		return Document{f.format, text.String, text.Notes}, nil
	}
	return Document{}, ErrBinary // not reached: the last row fits any file
}

// beginsWith looks past a byte order mark and blanks, with which programs let text begin, and past upper case.
func beginsWith(raw []byte, begin string) bool {
	if bytes.HasPrefix(raw, []byte(begin)) {
		return true
	}
	raw = bytes.TrimLeft(bytes.TrimPrefix(raw, utf8BOM), " \t\r\n")
	return len(raw) >= len(begin) && strings.EqualFold(string(raw[:len(begin)]), begin)
}

func readText(_ context.Context, raw []byte) (plain.Text, error) {
	text, err := Decode(raw)
	return plain.Text{String: text}, err
}

// putRight puts right what a reader of text said about a file that was meant to be another.
func putRight(err error, name string) error {
	meant := slices.Contains([]string{".docx", ".doc", ".wps", ".pdf"}, strings.ToLower(path.Ext(name)))
	if meant && (errors.Is(err, ErrBinary) || errors.Is(err, ErrEncoding)) {
		return plain.ErrDamaged
	}
	return err
}

// doubtful are the notes that may mean that a part of the guideline is missing or out of place.
var doubtful = []string{plain.TextBox, plain.Footnote, plain.Hidden, plain.Image, plain.Object, plain.Numbers, plain.Cut}

// Propose proposes a batch as [Parse] does; the reader's notes are among the findings.
func (d Document) Propose() Proposal {
	p := Parse(d.Text)
	for _, n := range d.Notes {
		severity := Note
		if slices.Contains(doubtful, n.Code) {
			severity = Ask
		}
		p.Findings = append(p.Findings, Finding{Severity: severity, Code: n.Code, Start: n.Start, End: n.End, Text: n.Text, Suggestion: n.Suggestion})
	}
	sort.SliceStable(p.Findings, func(i, j int) bool { return p.Findings[i].Start < p.Findings[j].Start })
	return p
}
