package portal

import (
	"slices"
	"strings"
	"testing"
)

// TestTell: any two neighbouring characters of any text find it, in either width; a text
// that lacks a token of a word does not hold the word.
func TestTell(t *testing.T) {
	t.Parallel()
	told := Tell("曾小贤", "华中科技大学（武汉）", []string{"王𬭎喆", "John Smith"}, "2023-RKX1-05-0007", "湖北高质量技术要素\n市场　ＡＩ大模型")
	for _, word := range []string{"要素", "ａｉ", "AI大", "05-0007", "rkx1", "曾小", "zxx", "cxx", "技大", "武汉", "𬭎喆", "smith", "素"} {
		f, _ := ParseFilter(word)
		if len(f.Words) != 1 || !strings.Contains(told.Text, f.Words[0]) {
			t.Errorf("%q is not found in %q", word, told.Text)
		}
		for _, token := range f.Pairs() {
			if !slices.Contains(told.Tokens, token) {
				t.Errorf("a token of %q is missing", word)
			}
		}
	}
	if !slices.IsSorted(told.Tokens) || len(slices.Compact(slices.Clone(told.Tokens))) != len(told.Tokens) {
		t.Error("the tokens are not sorted, each once")
	}
	if told.Leader != "曾小贤 cxx zxx" || told.Unit != "华中科技大学 武汉" {
		t.Errorf("%q, %q", told.Leader, told.Unit)
	}
	for _, f := range []Filter{{Words: []string{"素场"}}, {Leader: "yz"}, {Unit: "大武"}} {
		if missing := slices.ContainsFunc(f.Pairs(), func(token int32) bool { return !slices.Contains(told.Tokens, token) }); !missing {
			t.Errorf("%+v has no token that the text lacks", f)
		}
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"张三": "zs", "曾单": "cc cd cs zc zd zs", "李 小龙": "lxl", "Smith": "", "": ""} {
		if got := strings.Join(Initials(name), " "); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if n := len(Initials(strings.Repeat("单", 30))); n > readings {
		t.Errorf("%d readings of one name", n)
	}
}
