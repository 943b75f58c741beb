package form

import (
	"errors"
	"strings"
	"testing"

	"softsci/internal/portal"
)

func TestMistake(t *testing.T) {
	t.Parallel()
	kinds := []Option{{Value: "university", Label: "高校"}, {Value: "company", Label: "企业"}}
	for _, c := range []struct {
		field Field
		value string
		want  string
	}{
		{Field{Label: "项目名称"}, "", "请填写项目名称"},
		{Field{Label: "项目名称"}, " \u3000\n", "请填写项目名称"},
		{Field{Label: "项目名称"}, "融媒体", ""},
		{Field{Label: "承诺", Kind: Tick}, "", "请阅读并勾选“承诺”"},
		{Field{Label: "单位性质", Kind: Choice, Options: kinds}, "", "请选择单位性质"},
		{Field{Label: "单位性质", Kind: Choice, Options: kinds}, "company", ""},
		{Field{Label: "单位性质", Kind: Choice, Options: kinds}, "club", "请从列出的选项中选择单位性质"},
		{Field{Label: "摘要", Rules: []Rule{Max(4)}}, "一二\r\n三", ""},
		{Field{Label: "摘要", Rules: []Rule{Max(4)}}, "一二三四五六", "摘要不能超过 4 字，现有 6 字，请删减 2 字"},
		{Field{Label: "摘要", Rules: []Rule{Max(9), Max(4)}}, "一二三四五", "摘要不能超过 4 字，现有 5 字，请删减 1 字"},
		{Field{Label: "工作月数", Rules: []Rule{Between(1, 12)}}, "１２", ""},
		{Field{Label: "工作月数", Rules: []Rule{Between(1, 12)}}, "13", "工作月数应为 1 到 12 的整数，请核对"},
		{Field{Label: "工作月数", Rules: []Rule{Between(1, 12)}}, "半年", "工作月数应为 1 到 12 的整数，请核对"},
		{Field{Label: "出生年月", Kind: Month, Rules: []Rule{AMonth("1980-05")}}, "2023-04", ""},
		{Field{Label: "出生年月", Kind: Month, Rules: []Rule{AMonth("1980-05")}}, "2023.4", ""},
		{Field{Label: "出生年月", Kind: Month, Rules: []Rule{AMonth("1980-05")}}, "2023年4月", ""},
		{Field{Label: "出生年月", Kind: Month, Rules: []Rule{AMonth("1980-05")}}, " ２０２３／０４", ""},
		{Field{Label: "出生年月", Kind: Month, Rules: []Rule{AMonth("1980-05")}}, "2023.13", "出生年月：请填写年份和月份，例如 1980-05"},
		{Field{Label: "出生年月", Kind: Month, Rules: []Rule{AMonth("1980-05")}}, "去年四月", "出生年月：请填写年份和月份，例如 1980-05"},
		{Field{Label: "申请专项", Rules: []Rule{Parses("", portal.ParseWan)}}, "4.80", ""},
		{Field{Label: "申请专项", Rules: []Rule{Parses("", portal.ParseWan)}}, "-1", "申请专项：金额不能是负数，没有时填 0"},
		{Field{Label: "电子邮箱", Rules: []Rule{Parses("", portal.ParseEmail)}}, "zhang", "电子邮箱缺少 @，应形如 name@example.cn"},
		{Field{Label: "密码", Kind: Password, Rules: []Rule{Satisfies("", func(string) error { return errors.New("太短") })}}, "x", "密码：太短"},
	} {
		c.field.Value = c.value
		if got := c.field.mistake(); got != c.want {
			t.Errorf("%s = %q: %q, want %q", c.field.Label, c.value, got, c.want)
		}
	}
}

func TestOneRuleGivesHintAndCounter(t *testing.T) {
	t.Parallel()
	field := Field{Name: "abstract", Hint: "写给不熟悉本领域的人", Rules: []Rule{Satisfies("不少于 2 字", func(string) error { return nil }), Max(4)}}
	if got, want := field.Hints(), "写给不熟悉本领域的人；不少于 2 字；不超过 4 字"; got != want {
		t.Errorf("Hints = %q, want %q", got, want)
	}
	for value, want := range map[string]string{
		"":      "已写 0 字，还可写 4 字",
		"一二三":   "已写 3 字，还可写 1 字",
		"一二三四五": "已写 5 字，超出 1 字",
	} {
		field.Value = value
		if got := field.Counter(); got != want {
			t.Errorf("Counter of %q = %q, want %q", value, got, want)
		}
	}
	if unlimited := (&Field{}); unlimited.Counter() != "" || unlimited.Limit() != 0 {
		t.Error("a field without a limit has a counter")
	}
	if nested := (&Field{Rules: []Rule{Max(8), Max(3), Max(5)}}); nested.Limit() != 3 {
		t.Errorf("Limit = %d, want the smallest", nested.Limit())
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	field := Field{Name: "title"}
	got := [...]string{field.ID(), field.HintID(), field.ErrorID(), field.CounterID()}
	want := [...]string{"field-title", "field-title-hint", "field-title-error", "field-title-counter"}
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEchoKeepsPasswords(t *testing.T) {
	t.Parallel()
	if got := (&Field{Kind: Password, Value: "secret"}).Echo(); got != "" {
		t.Errorf("a password is echoed: %q", got)
	}
	if got := (&Field{Kind: Prose, Value: strings.Repeat("字", 3)}).Echo(); got != "字字字" {
		t.Errorf("Echo = %q", got)
	}
}

func TestSays(t *testing.T) {
	t.Parallel()
	unit := Field{Kind: Choice, Options: []Option{{Value: "unit", Label: "申报单位不符合条件"}}}
	for _, c := range []struct {
		field       Field
		value, want string
	}{
		{unit, "unit", "申报单位不符合条件"}, {unit, "", ""}, {unit, "other", "other"}, {Field{Kind: Tick}, Ticked, "是"}, {Field{Kind: Tick}, "", "否"},
		{Field{Kind: Moment}, "2023-04-28T17:00", "2023-04-28 17:00"}, {Field{Kind: Moment}, "四月底", "四月底"}, {Field{}, "Topic", "Topic"},
	} {
		if got := c.field.Says(c.value); got != c.want {
			t.Errorf("%s %q says %q, want %q", c.field.Kind, c.value, got, c.want)
		}
	}
}
