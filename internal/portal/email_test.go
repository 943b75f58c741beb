package portal

import (
	"strings"
	"testing"
)

func TestParseEmail(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want, reason string }{
		{in: "zhang@example.cn", want: "zhang@example.cn"},
		{in: "  Zhang.San@Example.EDU.CN ", want: "Zhang.San@example.edu.cn"},
		{in: "ｚｈａｎｇ＠example．cn", want: "zhang@example.cn"},
		{in: "zhang@example。cn", want: "zhang@example.cn"},
		{in: "a+b_c-d@x-y.xn--fiqs8s", want: "a+b_c-d@x-y.xn--fiqs8s"},
		{in: strings.Repeat("a", 64) + "@example.cn", want: strings.Repeat("a", 64) + "@example.cn"},
		{in: "", reason: "请填写电子邮箱"},
		{in: "a@b.cn\r\nBcc: c@d.cn", reason: "不能换行"},
		{in: "张三 <zhang@example.cn>", reason: "不要带姓名"},
		{in: "a@b.cn;c@d.cn", reason: "只填写一个"},
		{in: "a@b.cn，c@d.cn", reason: "只填写一个"},
		{in: "a@@b.cn", reason: "只填写一个"},
		{in: "zhang san@b.cn", reason: "不能有空格"},
		{in: "zhang.example.cn", reason: "缺少 @"},
		{in: "@example.cn", reason: "缺少用户名"},
		{in: "zhang@", reason: "缺少域名"},
		{in: "张三@example.cn", reason: "@ 前面的部分不正确"},
		{in: ".zhang@example.cn", reason: "@ 前面的部分不正确"},
		{in: "zh..ang@example.cn", reason: "@ 前面的部分不正确"},
		{in: `"zhang"@example.cn`, reason: "@ 前面的部分不正确"},
		{in: "zh\x00ang@example.cn", reason: "@ 前面的部分不正确"},
		{in: "zhang@localhost", reason: "域名不正确"},
		{in: "zhang@10.0.0.1", reason: "域名不正确"},
		{in: "zhang@-a.cn", reason: "域名不正确"},
		{in: "zhang@[10.0.0.1]", reason: "域名不正确"},
		{in: "zhang@例子.中国", reason: "域名不正确"},
		{in: strings.Repeat("a", 65) + "@example.cn", reason: "过长"},
		{in: "a@" + strings.Repeat("abcdefghi.", 25) + "cnn", reason: "过长"},
	} {
		got, err := ParseEmail(c.in)
		if got != c.want || (c.reason == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("ParseEmail(%q) = %q, %v; want %q, …%s…", c.in, got, err, c.want, c.reason)
		}
	}
}

func FuzzParseEmail(f *testing.F) {
	f.Add("zhang＠example。cn")
	f.Add("a@b.cn\r\nBcc: c@d.cn")
	f.Fuzz(func(t *testing.T, in string) {
		address, err := ParseEmail(in)
		if err != nil {
			return
		}
		if len(address) > emailMax || strings.ContainsAny(address, "\r\n <>,;") || strings.Count(address, "@") != 1 {
			t.Errorf("ParseEmail(%q) = %q", in, address)
		}
		if again, err := ParseEmail(address); again != address || err != nil {
			t.Errorf("ParseEmail(%q) = %q, %v", address, again, err)
		}
	})
}
