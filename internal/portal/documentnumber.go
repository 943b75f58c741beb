package portal

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// DocumentNumber is a 发文字号 such as 鄂科技规〔2021〕2号.
type DocumentNumber struct {
	Organ  string // 机关代字: 鄂科技规
	Year   int
	Number int
}

// String writes the number as GB/T 9704-2012, 7.2.5 asks: the year in full within
// 〔〕, no 第, no leading zeros, 号 at the end.
func (n DocumentNumber) String() string {
	return fmt.Sprintf("%s〔%d〕%d号", n.Organ, n.Year, n.Number)
}

// MendError is the error for a number that is understood but not written
// as the standard asks. It offers the mended form.
type MendError struct{ Mended DocumentNumber }

func (e *MendError) Error() string {
	return "发文字号请写作“" + e.Mended.String() + "”"
}

// documentNumberPattern takes the brackets people type after NFKC has made the
// full-width ones plain, a superfluous 第, leading zeros and a missing 号.
var documentNumberPattern = regexp.MustCompile(
	`^(\p{Han}{1,20})[〔\[(【〖{<〈《「]((?:19|20)\d\d)年?[〕\])】〗}>〉》」]第?0*([1-9]\d{0,4})号?$`)

// ParseDocumentNumber reads a 发文字号. White space, full-width digits and the small
// tortoise-shell brackets are forgiven; other brackets and leading zeros are a
// *MendError. Every error is a sentence for the person who typed it.
func ParseDocumentNumber(s string) (DocumentNumber, error) {
	typed := squeezed(s)
	m := documentNumberPattern.FindStringSubmatch(typed)
	if m == nil {
		return DocumentNumber{}, errors.New("发文字号应由机关代字、年份和序号组成，例如 鄂科技规〔2021〕2号，请核对")
	}
	year, _ := strconv.Atoi(m[2]) // digits only, by the pattern
	number, _ := strconv.Atoi(m[3])
	n := DocumentNumber{Organ: m[1], Year: year, Number: number}
	if typed != n.String() {
		return DocumentNumber{}, &MendError{Mended: n}
	}
	return n, nil
}
