package portal

import (
	"strings"
	"testing"
)

func TestParseUnitCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want, reason string }{
		{in: "91350100M000100Y43", want: "91350100M000100Y43"},
		{in: "91512081MA62K0260E", want: "91512081MA62K0260E"},
		{in: " ９１３５０１００ m000100y43", want: "91350100M000100Y43"},
		{in: "91350100M000100Y4Z", reason: "第 18 位是 Z"},
		{in: "91310115MA1G4L1WXK", reason: "校验位不符"},
		{in: "91350100M000100Y4", reason: "长度不是 18 位（现为 17 位）"},
		{in: "", reason: "长度不是 18 位（现为 0 位）"},
		{in: "湖北省武汉市洪山区珞喻路一零三七号啊", reason: "第 1 位是“湖”"},
		{in: "9135O100M000100Y43", reason: "第 5 位是 O"},
		{in: "91350A00M000100Y43", reason: "第 3–8 位须为数字（行政区划），第 6 位是 A"},
		{in: "91350100M000100Y4-", reason: "第 18 位是“-”"},
	} {
		got, err := ParseUnitCode(c.in)
		if string(got) != c.want || (c.reason == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("ParseUnitCode(%q) = %q, %v; want %q, …%s…", c.in, got, err, c.want, c.reason)
		}
	}
}

func TestUnitCodeCheck(t *testing.T) {
	t.Parallel()
	for first17, want := range map[string]byte{"91350100M000100Y4": '3', "91512081MA62K0260": 'E', "00000000000000000": '0'} {
		if got, err := UnitCodeCheck(first17); got != want || err != nil {
			t.Errorf("UnitCodeCheck(%q) = %c, %v; want %c", first17, got, err, want)
		}
	}
	for _, wrong := range []string{"", "91350100M000100Y43", "91350100I000100Y4"} {
		if _, err := UnitCodeCheck(wrong); err == nil {
			t.Errorf("UnitCodeCheck(%q) does not fail", wrong)
		}
	}
}

// A code made for demonstration is one that ParseUnitCode takes.
func TestUnitCodeOfNobody(t *testing.T) {
	t.Parallel()
	const first17 = "12000000MB0000001"
	check, err := UnitCodeCheck(first17)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseUnitCode(first17 + string(check)); err != nil {
		t.Error(err)
	}
}
