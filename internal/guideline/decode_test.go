package guideline

import (
	"bytes"
	"errors"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// encoded encodes a text in a test; the texts below can be encoded.
func encoded(text string, encode func(string) (string, error)) []byte {
	s, err := encode(text)
	if err != nil {
		panic(err)
	}
	return []byte(s)
}

var (
	gb18030 = simplifiedchinese.GB18030.NewEncoder().String
	utf16LE = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String
	utf16BE = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String
)

const sample = "湖北省软科学计划 王𬭎喆 〔2021〕2号\n"

var encodings = []struct {
	name     string
	document []byte
	want     string
}{
	{"UTF-8", []byte(sample), sample},
	{"UTF-8 with BOM", []byte("\uFEFF" + sample), sample},
	{"UTF-16LE", encoded(sample, utf16LE), sample},
	{"UTF-16BE", encoded(sample, utf16BE), sample},
	{"GB18030", encoded(sample, gb18030), sample},
	{"联通 in GBK looks like UTF-8 at a glance", encoded("联通", gb18030), "联通"},
	{"ASCII", []byte("a\tb"), "a\tb"},
	{"CRLF and CR", []byte("甲\r\n乙\r丙\n"), "甲\n乙\n丙\n"},
	{"CRLF in GB18030", encoded("甲\r\n乙", gb18030), "甲\n乙"},
	{"CRLF in UTF-16", encoded("甲\r\n乙", utf16LE), "甲\n乙"},
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for _, c := range encodings {
		got, err := Decode(c.document)
		if err != nil || got != c.want {
			t.Errorf("%s: got %q, %v", c.name, got, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		document []byte
		want     error
	}{
		{"nothing", nil, ErrEmpty},
		{"white space", []byte(" \r\n\t　"), ErrEmpty},
		{"a lone BOM", []byte("\uFEFF"), ErrEmpty},
		{"too much", bytes.Repeat([]byte("a"), MaxSize+1), ErrTooLarge},
		{"NUL", []byte("甲\x00乙"), ErrBinary},
		{"escape in UTF-8", []byte("甲\n\x1b乙"), ErrBinary},
		{"NUL in UTF-16", encoded("甲\x00乙", utf16LE), ErrBinary},
		{"a PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ErrBinary},
		{"a .docx", []byte("PK\x03\x04\x14\x00\x06\x00\x08\x00"), ErrBinary},
		{"Latin-1 beyond GB18030", []byte("caf\xe9"), ErrEncoding},
		{"bad UTF-8 behind a BOM", []byte("\xEF\xBB\xBF\xff"), ErrEncoding},
		{"half a UTF-16 unit", []byte("\xFF\xFE\x32"), ErrEncoding},
		{"a lone surrogate", []byte("\xFF\xFE\x00\xD8\x41\x00"), ErrEncoding},
	} {
		got, err := Decode(c.document)
		if !errors.Is(err, c.want) || got != "" {
			t.Errorf("%s: got %q, %v; want %v", c.name, got, err, c.want)
		}
	}
}
