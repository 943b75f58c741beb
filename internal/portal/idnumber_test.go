package portal

import (
	"strings"
	"testing"
	"time"
)

func TestParseIDNumber(t *testing.T) {
	t.Parallel()
	at := time.Date(2023, 3, 1, 0, 0, 0, 0, Shanghai)
	for _, c := range []struct{ in, want, reason string }{
		{in: "11010519491231002X", want: "11010519491231002X"}, // the standard's examples
		{in: "440524188001010014", want: "440524188001010014"},
		{in: "１１０１０５ 19491231 002x", want: "11010519491231002X"},
		{in: "110105194912310021", reason: "校验位不符"},
		{in: "1101051949123100", reason: "应为 18 位（现为 16 位）"},
		{in: "", reason: "现为 0 位"},
		{in: "1101051949123100XX", reason: "前 17 位应为数字"},
		{in: "居民身份证号居民身份证号居民身份证号", reason: "前 17 位应为数字"},
		{in: "110105********002X", reason: "前 17 位应为数字"},
		{in: "110105199902300023", reason: "出生日期"}, // 30 February
		{in: "110105202304010020", reason: "出生日期"}, // not born yet
	} {
		got, err := ParseIDNumber(c.in, at)
		if string(got) != c.want || (c.reason == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("ParseIDNumber(%q) = %q, %v; want %q, …%s…", c.in, got, err, c.want, c.reason)
		}
		if err != nil && c.in != "" && strings.Contains(err.Error(), c.in) { // it may end in a log
			t.Errorf("the error repeats the number: %v", err)
		}
	}
	if _, err := ParseIDNumber("110105202304010020", time.Time{}); err != nil {
		t.Errorf("without a moment: %v", err)
	}
}

func TestIDNumberIsMasked(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"11010519491231002X": "110105********002X", " 11010519491231002x ": "110105********002X",
		"1101051949123100": "****************", "": "", "110105********002X": "110105********002X"} {
		if got := MaskIDNumber(in); got != want {
			t.Errorf("MaskIDNumber(%q) = %q, want %q", in, got, want)
		}
	}
	if got := IDNumber("11010519491231002X").Born(); got != time.Date(1949, 12, 1, 0, 0, 0, 0, Shanghai) {
		t.Errorf("born %v", got)
	}
}
