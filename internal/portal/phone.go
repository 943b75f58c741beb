package portal

import (
	"errors"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Phone is a telephone number of China's telephone numbering plan in its
// normalised form. It is comparable: two spellings of one number are equal.
//
// Three kinds exist: a mobile number (11 digits beginning 13–19), a landline
// with its area code (010 and 02x have three digits, all others four; the
// subscriber number has 7–8 digits beginning 2–8), and a landline without
// area code, which is kept because guidelines print such numbers but cannot
// be dialled from elsewhere; see [Phone.IsLocal].
type Phone struct {
	area      string // with its leading 0; empty for mobile and local numbers
	number    string // digits only
	extension string // digits after 转, ext or a second dash
}

// phoneMax bounds what is looked at, in bytes as typed: the longest spelling of a
// number, all in full-width characters with blanks between, is well below it.
const phoneMax = 200

var (
	mobileNumber   = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	landlineNumber = regexp.MustCompile(`^(010|02[0-9]|0[3-9][0-9]{2})([2-8][0-9]{6,7})$`)
	localNumber    = regexp.MustCompile(`^[2-8][0-9]{6,7}$`)
	areaCode       = regexp.MustCompile(`^(010|02[0-9]|0[3-9][0-9]{2})$`)
	countryPrefix  = regexp.MustCompile(`^-*(?:\+86|0086)-*`)
	bareCountry    = regexp.MustCompile(`^86-*`)
	namedExtension = regexp.MustCompile(`^(.*?)(?:转|分机|ext\.?)[-:]*([0-9]{1,6})$`)
	dashExtension  = regexp.MustCompile(`^(.*[0-9])-([0-9]{1,6})$`)
	phoneCharacter = regexp.MustCompile(`^[-+0-9]*$`)
)

var errPhoneShape = errors.New("电话号码应为 11 位手机号，或区号加 7 至 8 位固定电话，例如 027-87135799，请核对")

// ParsePhone reads a telephone number as people type it: full-width digits,
// any dash, brackets round the area code, blanks, +86 or 0086 in front, an
// extension after 转, 分机, ext or a second dash. A landline without area code
// is accepted, since only the caller knows whether that will do: see
// [Phone.IsLocal] and [Phone.WithArea]. The error is a sentence for the person
// who typed it.
func ParsePhone(typed string) (Phone, error) {
	if len(typed) > phoneMax {
		return Phone{}, errPhoneShape
	}
	text := foldPhone(typed)
	if text == "" {
		return Phone{}, errors.New("请填写电话号码")
	}
	whole, extension := cutExtension(text)
	if !phoneCharacter.MatchString(whole) {
		return Phone{}, errors.New("电话号码只能由数字、“-”、括号和“转”组成，请核对")
	}
	phone, ok := readPhone(whole)
	if !ok || extension != "" && phone.IsMobile() {
		return Phone{}, errPhoneShape
	}
	phone.extension = extension
	return phone, nil
}

// cutExtension parts a folded number from its extension. What follows a dash is
// an extension only when the whole does not read as one number, so that
// 027-8713-5799 stays one subscriber number.
func cutExtension(text string) (whole, extension string) {
	if m := namedExtension.FindStringSubmatch(text); m != nil {
		return m[1], m[2]
	}
	if _, ok := readPhone(text); ok {
		return text, ""
	}
	if m := dashExtension.FindStringSubmatch(text); m != nil {
		return m[1], m[2]
	}
	return text, ""
}

// foldPhone brings width, dashes, brackets and blanks into one spelling.
// Brackets become dashes because they part the area code from the number.
func foldPhone(typed string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(typed)) {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
		case unicode.Is(unicode.Pd, r) || r == '−' || r == '(' || r == ')':
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	return strings.Trim(b.String(), "-")
}

// readPhone reads a folded number without extension. When an area code, a
// whole subscriber number and something more are parted by dashes, the last
// part is not digits of the number and the reading is refused.
func readPhone(text string) (Phone, bool) {
	digits := text[len(countryPrefix.FindString(text)):]
	if bare := bareCountry.FindString(text); bare != "" && countDigits(text) > len("87135799") {
		digits = text[len(bare):]
	}
	abroad := len(digits) < len(text)
	parts := strings.FieldsFunc(digits, func(r rune) bool { return r == '-' })
	if endsEarly(parts) {
		return Phone{}, false
	}
	digits = strings.Join(parts, "")
	switch {
	case mobileNumber.MatchString(digits):
		return Phone{number: digits}, true
	case mobileNumber.MatchString(strings.TrimPrefix(digits, "0")):
		// 0 before a mobile number was once the long-distance prefix.
		return Phone{number: digits[1:]}, true
	case abroad && !strings.HasPrefix(digits, "0"):
		digits = "0" + digits // +86 27 … leaves out the trunk prefix
	}
	if m := landlineNumber.FindStringSubmatch(digits); m != nil {
		return Phone{area: m[1], number: m[2]}, true
	}
	if !abroad && localNumber.MatchString(digits) {
		return Phone{number: digits}, true
	}
	return Phone{}, false
}

// endsEarly reports whether the dashes say that a number is complete before
// its last part: 0710-3612345-8 is an extension, not the number 36123458.
func endsEarly(parts []string) bool {
	switch len(parts) {
	case 2:
		return localNumber.MatchString(parts[0])
	case 3:
		return areaCode.MatchString(parts[0]) && localNumber.MatchString(parts[1])
	}
	return false
}

func countDigits(s string) int {
	n := 0
	for _, r := range s {
		if '0' <= r && r <= '9' {
			n++
		}
	}
	return n
}

// IsZero reports whether p holds no number.
func (p Phone) IsZero() bool { return p.number == "" }

// IsMobile reports whether p is a mobile number.
func (p Phone) IsMobile() bool { return p.area == "" && len(p.number) == 11 }

// IsLocal reports whether p is a landline number without its area code. An
// import keeps and flags such a number; a form asks for the area code.
func (p Phone) IsLocal() bool { return p.area == "" && p.number != "" && !p.IsMobile() }

// Area returns the area code with its leading 0, or "" when there is none.
func (p Phone) Area() string { return p.area }

// Extension returns the digits after 转, or "".
func (p Phone) Extension() string { return p.extension }

// WithArea returns the local number p completed by an area code such as
// "027". A number that is not local is returned unchanged.
func (p Phone) WithArea(area string) (Phone, error) {
	if !p.IsLocal() {
		return p, nil
	}
	if !areaCode.MatchString(area) {
		return Phone{}, errors.New("区号应为 010、02x 三位，或以 03 至 09 开头的四位数字，例如 027")
	}
	p.area = area
	return p, nil
}

// String returns the number as the portal shows it: 027-87135799,
// 027-87135799转12, 13812345678, or 87135799 for a local number.
// [ParsePhone] reads it back to an equal Phone.
func (p Phone) String() string {
	s := p.number
	if p.area != "" {
		s = p.area + "-" + s
	}
	if p.extension != "" {
		s += "转" + p.extension
	}
	return s
}

// E164 returns the number for machines (ITU-T E.164), without extension:
// +862787135799. It is "" for a local number, which nobody elsewhere can dial.
func (p Phone) E164() string {
	if p.IsZero() || p.IsLocal() {
		return ""
	}
	return "+86" + strings.TrimPrefix(p.area, "0") + p.number
}

// URI returns a tel: URI (RFC 3966) for a link, with the extension as its
// ext parameter: tel:+862787135799;ext=12. It is "" where E164 is.
func (p Phone) URI() string {
	number := p.E164()
	if number == "" {
		return ""
	}
	if p.extension != "" {
		number += ";ext=" + p.extension
	}
	return "tel:" + number
}
