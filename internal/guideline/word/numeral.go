package word

import (
	"strconv"
	"strings"
)

// maxNumber bounds what a list may count to: roman and letter numerals grow with the number.
const maxNumber = 9999

// numeral writes a number in a format of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59). A format that is not known here, or
// that has no sign for the number, is written in arabic digits, which is what Word does.
func numeral(format string, n int) string {
	n = min(max(n, 0), maxNumber)
	if write, ok := numerals[format]; ok {
		if s := write(n); s != "" || format == "none" {
			return s
		}
	}
	return strconv.Itoa(n)
}

var numerals = map[string]func(int) string{
	"none":                         func(int) string { return "" },
	"decimal":                      strconv.Itoa,
	"decimalZero":                  func(n int) string { return pad(n, 2) },
	"decimalFullWidth":             fullWidth,
	"decimalFullWidth2":            fullWidth,
	"decimalHalfWidth":             strconv.Itoa,
	"upperLetter":                  func(n int) string { return letter('A', n) },
	"lowerLetter":                  func(n int) string { return letter('a', n) },
	"upperRoman":                   roman,
	"lowerRoman":                   func(n int) string { return strings.ToLower(roman(n)) },
	"chineseCounting":              counting,
	"taiwaneseCounting":            counting,
	"chineseCountingThousand":      thousands,
	"taiwaneseCountingThousand":    thousands,
	"japaneseCounting":             japanese,
	"japaneseDigitalTenThousand":   digits,
	"taiwaneseDigital":             digits,
	"ideographDigital":             digits,
	"chineseLegalSimplified":       func(n int) string { return myriad(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", false) },
	"ideographLegalTraditional":    func(n int) string { return myriad(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", false) },
	"japaneseLegal":                func(n int) string { return myriad(n, "零壱弐参四伍六七八九", "拾百阡", false) },
	"ideographTraditional":         func(n int) string { return sign(n, "甲乙丙丁戊己庚辛壬癸") },
	"ideographZodiac":              func(n int) string { return sign(n, "子丑寅卯辰巳午未申酉戌亥") },
	"ideographEnclosedCircle":      func(n int) string { return sign(n, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉") },
	"decimalEnclosedCircle":        circled,
	"decimalEnclosedCircleChinese": circled,
	"decimalEnclosedParen":         func(n int) string { return sign(n, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇") },
	"decimalEnclosedFullstop":      func(n int) string { return sign(n, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛") },
	"numberInDash":                 func(n int) string { return "- " + strconv.Itoa(n) + " -" },
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

func fullWidth(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(n))
}

// letter repeats a letter after the end of the alphabet: Z, AA, BB.
func letter(first rune, n int) string {
	if n == 0 {
		return ""
	}
	return strings.Repeat(string(first+rune((n-1)%26)), 1+(n-1)/26)
}

var romans = []struct {
	value int
	sign  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

func roman(n int) string {
	var b strings.Builder
	for _, r := range romans {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}

const hanDigits = "〇一二三四五六七八九"

// digits writes each digit by itself: 一〇.
func digits(n int) string {
	han := []rune(hanDigits)
	return strings.Map(func(r rune) rune { return han[r-'0'] }, strconv.Itoa(n))
}

// counting is 十, 十一, 二十 up to 九十九 and goes on digit by digit: 一〇〇.
func counting(n int) string {
	if n >= 100 {
		return digits(n)
	}
	return thousands(n)
}

// thousands is 十, 十一, 一百零一, 一千一百一十.
func thousands(n int) string {
	return myriad(n, "零一二三四五六七八九", "十百千", 10 <= n && n < 20)
}

// japanese leaves out 一 before a unit, and 零: 百一.
func japanese(n int) string {
	s := myriad(n, hanDigits, "十百千", false)
	return strings.NewReplacer("一十", "十", "一百", "百", "一千", "千", "〇", "").Replace(s)
}

// myriad writes a number below 10,000 with units; bare leaves out the digit before the first unit.
func myriad(n int, digits, units string, bare bool) string {
	figures, names := []rune(digits), append([]rune{0}, []rune(units)...)
	if n == 0 {
		return string(figures[0])
	}
	var b strings.Builder
	zero := false
	for place, power := 3, 1000; place >= 0; place, power = place-1, power/10 {
		figure := n / power % 10
		if figure == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteRune(figures[0])
			zero = false
		}
		if !bare || place == 0 {
			b.WriteRune(figures[figure])
		}
		if place > 0 {
			b.WriteRune(names[place])
		}
	}
	return b.String()
}

// sign is the nth of some signs, "" beyond them.
func sign(n int, signs string) string {
	all := []rune(signs)
	if n < 1 || n > len(all) {
		return ""
	}
	return string(all[n-1])
}

// circled goes up to ㊿, in three stretches of Unicode.
func circled(n int) string {
	switch {
	case 1 <= n && n <= 20:
		return string(rune('①' + n - 1))
	case 21 <= n && n <= 35:
		return string(rune('㉑' + n - 21))
	case 36 <= n && n <= 50:
		return string(rune('㊱' + n - 36))
	}
	return ""
}
