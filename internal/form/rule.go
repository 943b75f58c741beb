package form

import (
	"fmt"
	"strconv"
	"strings"

	"softsci/internal/portal"
)

// Rule is one demand on a field's value. Fields that are left empty are asked only
// whether they may be (see Field.Optional); every other rule is for what was typed.
type Rule struct {
	Hint  string                          // said before anything is typed: 不超过 400 字; may be empty
	Limit int                             // characters, for the counter; 0 when there is none
	Check func(label, value string) error // nil, or a sentence for the person who typed it
}

// Max refuses more than n characters, counted as portal.Count does.
func Max(n int) Rule {
	return Rule{Hint: fmt.Sprintf("不超过 %d 字", n), Limit: n, Check: func(label, value string) error {
		if count := portal.Count(value); count > n {
			return fmt.Errorf("%s不能超过 %d 字，现有 %d 字，请删减 %d 字", label, n, count, count-n)
		}
		return nil
	}}
}

// Between takes a whole number from low to high, also in full-width digits.
func Between(low, high int) Rule {
	return Rule{Hint: fmt.Sprintf("%d 到 %d 的整数", low, high), Check: func(label, value string) error {
		if n, err := strconv.Atoi(portal.Normal(value)); err != nil || n < low || n > high {
			return fmt.Errorf("%s应为 %d 到 %d 的整数，请核对", label, low, high)
		}
		return nil
	}}
}

// AMonth takes a month in any of the ways in which people write one: 2023-04, 2023.4,
// 2023/4, 2023年4月, full-width or with spaces. What was typed stays; two months are
// compared as portal.ParseMonth reads them. The example is a month of the field's time,
// such as 1980-05; the hint shows it, and the way to write it on a keypad of digits.
func AMonth(example string) Rule {
	hint := ""
	if t, err := portal.ParseMonth(example); err == nil {
		hint = t.Format("如 2006-01 或 2006.1")
	}
	return Parses(hint, portal.ParseMonth)
}

// Satisfies asks a function whose errors are sentences for the person who typed. A
// sentence that does not name the field gets its label in front.
func Satisfies(hint string, check func(value string) error) Rule {
	return Rule{Hint: hint, Check: func(label, value string) error {
		err := check(value)
		if err == nil || strings.Contains(err.Error(), label) {
			return err
		}
		return fmt.Errorf("%s：%w", label, err)
	}}
}

// Parses takes what a parser such as portal.ParseUnitCode can read. The value stays
// as typed: who needs what was read parses it again.
func Parses[T any](hint string, parse func(string) (T, error)) Rule {
	return Satisfies(hint, func(value string) error {
		_, err := parse(value)
		return err
	})
}
