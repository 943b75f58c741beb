package portal

import (
	"math"
	"strings"
	"testing"
)

func TestParseWan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in     string
		want   Fen
		reason string
	}{
		{in: "5", want: 5_000_000},
		{in: "4.80", want: 4_800_000},
		{in: "4.8", want: 4_800_000},
		{in: "0.01", want: 10_000},
		{in: "0", want: 0},
		{in: "005.00", want: 5_000_000},
		{in: "1,234.56", want: 1_234_560_000},
		{in: " ４．８０ ", want: 4_800_000},
		{in: "１，２３４", want: 1_234_000_000},
		{in: "4。8 万元", want: 4_800_000},
		{in: "5万", want: 5_000_000},
		{in: "99999999.99", want: 99_999_999_990_000},
		{in: "", reason: "请填写金额"},
		{in: "万元", reason: "请填写金额"},
		{in: "-1", reason: "不能是负数"},
		{in: "－1", reason: "不能是负数"},
		{in: "−1", reason: "不能是负数"},
		{in: "50000元", reason: "以万元为单位，请换算"},
		{in: "4.805", reason: "最多保留两位小数"},
		{in: "100000000", reason: "金额过大"},
		{in: strings.Repeat("9", 400), reason: "金额过大"},
		{in: "1,23", reason: "逗号的位置"},
		{in: "1234,567", reason: "逗号的位置"},
		{in: ",123", reason: "逗号的位置"},
		{in: ".5", reason: "应为以万元为单位的数字"},
		{in: "5.", reason: "应为以万元为单位的数字"},
		{in: "1e3", reason: "应为以万元为单位的数字"},
		{in: "五", reason: "应为以万元为单位的数字"},
		{in: "+5", reason: "应为以万元为单位的数字"},
	} {
		got, err := ParseWan(c.in)
		if got != c.want || (c.reason == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("ParseWan(%q) = %d, %v; want %d, …%s…", c.in, got, err, c.want, c.reason)
		}
	}
}

func TestWan(t *testing.T) {
	t.Parallel()
	for fen, want := range map[Fen]string{
		0: "0.00", 4_800_000: "4.80", 10_000: "0.01", 1_234_560_000: "1234.56", -4_800_000: "-4.80",
		1: "0.000001", 12_300: "0.0123", 5_000_100: "5.0001", math.MinInt64: "-9223372036854.775808",
	} {
		if got := fen.Wan(); got != want {
			t.Errorf("Fen(%d).Wan() = %q, want %q", fen, got, want)
		}
	}
}

// What is shown can be typed again.
func FuzzWan(f *testing.F) {
	f.Add(int64(480))
	f.Fuzz(func(t *testing.T, hundredths int64) {
		fen := Fen(uint64(hundredths)%9_999_999_999) * fenPerHundredth
		if got, err := ParseWan(fen.Wan()); got != fen || err != nil {
			t.Errorf("ParseWan(%q) = %d, %v; want %d", fen.Wan(), got, err, fen)
		}
	})
}
