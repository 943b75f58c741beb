package portal

import (
	"errors"
	"fmt"
	"strings"
)

// UnitCode is a 统一社会信用代码 (GB 32100-2015): 18 characters, normalised.
type UnitCode string

// unitCodeLength is the whole code: 1 registering authority, 1 kind of body, 6 the
// administrative region, 9 the body itself (GB 11714), 1 check character.
const unitCodeLength = 18

// unitCodeAlphabet is the standard's; a character's value is its index. I, O, S, V
// and Z are left out because they look like digits or like each other.
const unitCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// unitCodeWeights are 3^(i-1) mod 31 for the places 1 to 17 (GB 32100-2015).
var unitCodeWeights = [unitCodeLength - 1]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// ParseUnitCode reads a code as typed: full-width characters, spaces and lower case
// are forgiven. The error is a sentence for the person who typed it.
func ParseUnitCode(s string) (UnitCode, error) {
	code := Normal(s)
	runes := []rune(code)
	if len(runes) != unitCodeLength {
		return "", fmt.Errorf("统一社会信用代码的长度不是 18 位（现为 %d 位），请对照登记证书填写", len(runes))
	}
	for i, r := range runes {
		if err := unitCodeCharacter(i+1, r); err != nil {
			return "", err
		}
	}
	if check, _ := UnitCodeCheck(code[:unitCodeLength-1]); check != code[unitCodeLength-1] {
		return "", errors.New("统一社会信用代码的校验位不符，请对照登记证书逐位核对")
	}
	return UnitCode(code), nil
}

// unitCodeCharacter says what is wrong with the character at a place (from 1).
func unitCodeCharacter(place int, r rune) error {
	switch {
	case strings.ContainsRune("IOSVZ", r):
		return fmt.Errorf("统一社会信用代码含有不允许的字符：第 %d 位是 %c，代码中不使用 I、O、S、V、Z，请核对是否为数字", place, r)
	case !strings.ContainsRune(unitCodeAlphabet, r):
		return fmt.Errorf("统一社会信用代码含有不允许的字符：第 %d 位是“%c”，只能使用数字和大写字母", place, r)
	case place >= 3 && place <= 8 && (r < '0' || r > '9'):
		return fmt.Errorf("统一社会信用代码的第 3–8 位须为数字（行政区划），第 %d 位是 %c，请核对", place, r)
	}
	return nil
}

// UnitCodeCheck is the check character that belongs to the first 17: (31 − ΣC·W
// mod 31) mod 31. Data that can be nobody's uses the region 000000 with it.
func UnitCodeCheck(first17 string) (byte, error) {
	if len(first17) != len(unitCodeWeights) {
		return 0, fmt.Errorf("unit code: %d bytes before the check character, want %d", len(first17), len(unitCodeWeights))
	}
	sum := 0
	for i, weight := range unitCodeWeights {
		value := strings.IndexByte(unitCodeAlphabet, first17[i])
		if value < 0 {
			return 0, fmt.Errorf("unit code: %q at place %d is not in the alphabet", first17[i], i+1)
		}
		sum += value * weight
	}
	return unitCodeAlphabet[(31-sum%31)%31], nil
}
