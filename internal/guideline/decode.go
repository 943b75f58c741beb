package guideline

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// MaxSize is the largest document that Decode accepts, in bytes. A guideline of 200 pages has less than one megabyte.
const MaxSize = 20 << 20

// The reasons for which Decode refuses a document, to be told apart with errors.Is. Each is a sentence for the person
// who chose the file.
var (
	ErrTooLarge = errors.New("文件超过 20 MB，无法导入，请只保留指南正文后再试")
	ErrEmpty    = errors.New("文件中没有文字，请检查是否选错了文件")
	ErrBinary   = errors.New("文件中含有文本里不该有的控制字符，可能不是纯文本文件，请另存为 .txt 后再试")
	ErrEncoding = errors.New("无法识别文件的文字编码，请另存为 UTF-8 编码的 .txt 后再试")
)

var (
	utf8BOM    = []byte("\xEF\xBB\xBF")
	utf16LEBOM = []byte("\xFF\xFE")
	utf16BEBOM = []byte("\xFE\xFF")
)

// Decode turns the bytes of a text file into text. A byte order mark decides first; without one, bytes that are valid
// UTF-8 are UTF-8, and the rest is tried as GB18030, which contains GBK and GB 2312. Since nearly any bytes are
// readable as GB18030, control characters are refused before that guess.
//
// In the result CRLF and a lone CR have become LF and the byte order mark is gone; nothing else is changed. This
// text is what is stored as a batch's source, and all places in a [Proposal] are rune offsets in it.
func Decode(document []byte) (string, error) {
	if len(document) > MaxSize {
		return "", ErrTooLarge
	}
	text, err := decode(document)
	if err != nil {
		return "", err
	}
	if strings.TrimFunc(text, isSpace) == "" {
		return "", ErrEmpty
	}
	if at := strings.IndexFunc(text, isControl); at >= 0 {
		return "", fmt.Errorf("%w（第 %d 行）", ErrBinary, 1+strings.Count(text[:at], "\n"))
	}
	return newlines.Replace(text), nil
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func decode(document []byte) (string, error) {
	switch {
	case bytes.HasPrefix(document, utf8BOM):
		return decodeUTF8(document[len(utf8BOM):])
	case bytes.HasPrefix(document, utf16LEBOM), bytes.HasPrefix(document, utf16BEBOM):
		return decodeWith(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), document)
	case utf8.Valid(document):
		return string(document), nil
	case bytes.ContainsFunc(document, isControl):
		return "", ErrBinary
	}
	return decodeWith(simplifiedchinese.GB18030, document)
}

func decodeUTF8(document []byte) (string, error) {
	if !utf8.Valid(document) {
		return "", ErrEncoding
	}
	return string(document), nil
}

// decodeWith refuses a result with U+FFFD: the decoders put it where the bytes make no sense.
func decodeWith(e encoding.Encoding, document []byte) (string, error) {
	text, err := e.NewDecoder().Bytes(document)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", ErrEncoding
	}
	return string(text), nil
}

// isControl reports whether no text file holds r. NUL could not even be stored: PostgreSQL refuses it.
func isControl(r rune) bool { return r < ' ' && r != '\t' && r != '\r' && r != '\n' }
