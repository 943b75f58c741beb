package portal

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Fen is an amount of money in 分 (0.01 元). Amounts are never floating point.
type Fen int64

// Forms speak in 万元 with two decimals, so the smallest amount typed is 100 元.
const (
	fenPerWan       = 1_000_000
	fenPerHundredth = fenPerWan / 100
	wanDigits       = 8 // below 一亿万元, so that no sum of a table can overflow
)

var (
	wanPattern     = regexp.MustCompile(`^(\d+)(?:\.(\d+))?$`)
	groupedPattern = regexp.MustCompile(`^\d{1,3}(,\d{3})+(\.\d+)?$`)
)

// ParseWan reads an amount in 万元 as typed: "5", "4.80", "1,234.56", also with
// full-width digits, a Chinese full stop as the point, or 万元 behind it. The error
// is a sentence for the person who typed it.
func ParseWan(s string) (Fen, error) {
	typed := strings.ReplaceAll(squeezed(s), "。", ".")
	typed = strings.TrimSuffix(strings.TrimSuffix(typed, "万元"), "万")
	if strings.ContainsRune(typed, ',') {
		if !groupedPattern.MatchString(typed) {
			return 0, errors.New("金额中逗号的位置不对：小数点请用“.”，千位逗号可以不写，例如 1234.56")
		}
		typed = strings.ReplaceAll(typed, ",", "")
	}
	m := wanPattern.FindStringSubmatch(typed)
	if m == nil {
		return 0, wanMistake(typed)
	}
	return wanAmount(strings.TrimLeft(m[1], "0"), m[2])
}

// wanMistake says why a text is no amount in 万元.
func wanMistake(typed string) error {
	switch {
	case typed == "":
		return errors.New("请填写金额（万元），没有时填 0")
	case strings.ContainsRune("-−–—", []rune(typed)[0]):
		return errors.New("金额不能是负数，没有时填 0")
	case strings.HasSuffix(typed, "元"):
		return errors.New("金额以万元为单位，请换算后只填写数字，例如 5 万元填 5")
	}
	return errors.New("金额应为以万元为单位的数字，例如 4.80")
}

// wanAmount makes the amount of the digits before and after the point.
func wanAmount(whole, decimals string) (Fen, error) {
	if len(decimals) > 2 {
		return 0, errors.New("金额最多保留两位小数（0.01 万元，即 100 元），请四舍五入后填写")
	}
	if len(whole) > wanDigits {
		return 0, errors.New("金额过大：须小于 1 亿万元，请核对单位是否为万元")
	}
	hundredths, _ := strconv.ParseInt(whole+(decimals + "00")[:2], 10, 64) // 2 to 10 digits, by the checks above
	return Fen(hundredths) * fenPerHundredth, nil
}

// Wan writes the amount in 万元 with two decimals: "4.80". An amount that is no whole
// 100 元 shows as many more decimals as it needs, because a rounded sum would not
// add up on the page.
func (f Fen) Wan() string {
	sign, n := "", uint64(f)
	if f < 0 {
		sign, n = "-", -n
	}
	text := fmt.Sprintf("%s%d.%06d", sign, n/fenPerWan, n%fenPerWan)
	kept := len(text) - 4
	return text[:kept] + strings.TrimRight(text[kept:], "0")
}
