package portal

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// IDNumber is a 居民身份证号 (GB 11643-1999): 18 characters, normalised. It is never
// shown in full: see MaskIDNumber.
type IDNumber string

// idNumberLength is the whole number: 6 the region, 8 the date of birth, 3 a sequence,
// 1 check character.
const idNumberLength = 18

// idNumberWeights are 2^(18-i) mod 11 for the places 1 to 17, idNumberChecks the check
// characters by the sum mod 11 (GB 11643-1999).
var idNumberWeights = [idNumberLength - 1]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const idNumberChecks = "10X98765432"

// ParseIDNumber reads a number as typed: full-width characters, spaces and a small x
// are forgiven. Nobody is born after the moment, which may be zero. The error is a
// sentence for the person who typed it, and does not repeat the number.
func ParseIDNumber(s string, at time.Time) (IDNumber, error) {
	number := Normal(s)
	if runes := []rune(number); len(runes) != idNumberLength {
		return "", fmt.Errorf("居民身份证号应为 18 位（现为 %d 位），请核对", len(runes))
	}
	if strings.Trim(number[:min(len(number), idNumberLength-1)], "0123456789") != "" || strings.Trim(number[len(number)-1:], "0123456789X") != "" {
		return "", errors.New("居民身份证号的前 17 位应为数字，末位为数字或 X，请核对")
	}
	sum := 0
	for i, weight := range idNumberWeights {
		sum += int(number[i]-'0') * weight
	}
	if number[idNumberLength-1] != idNumberChecks[sum%len(idNumberChecks)] {
		return "", errors.New("居民身份证号的校验位不符，请逐位核对")
	}
	born, err := time.ParseInLocation("20060102", number[6:14], Shanghai)
	if err != nil || !at.IsZero() && born.After(at) {
		return "", errors.New("居民身份证号中的出生日期不存在，请核对")
	}
	return IDNumber(number), nil
}

// Born is the month of birth that a number holds which ParseIDNumber gave, as its first
// moment in Shanghai.
func (n IDNumber) Born() time.Time {
	born, _ := time.ParseInLocation("200601", string(n[6:12]), Shanghai) // it was read before
	return born
}

// MaskIDNumber is what may be shown of a number, 110105********002X; of anything else
// that was typed into its place, nothing.
func MaskIDNumber(s string) string {
	number := []rune(Normal(s))
	if len(number) != idNumberLength {
		return strings.Repeat("*", len(number))
	}
	return string(number[:6]) + strings.Repeat("*", 8) + string(number[14:])
}
