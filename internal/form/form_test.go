package form

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"testing"

	"softsci/internal/portal"
)

func sample() *Form {
	return New(
		&Field{Name: "title", Label: "项目名称", Rules: []Rule{Max(6)}},
		&Field{Name: "abstract", Label: "摘要", Kind: Prose},
		&Field{Name: "kind", Label: "单位性质", Kind: Choice, Options: []Option{{Value: "a", Label: "高校"}}},
		&Field{Name: "promise", Label: "承诺", Kind: Tick},
		&Field{Name: "password", Label: "密码", Kind: Password},
		&Field{Name: "note", Label: "备注", Optional: true},
	)
}

func values(f *Form) map[string]string {
	all := map[string]string{}
	for _, field := range f.Fields {
		if field.Value != "" {
			all[field.Name] = field.Value
		}
	}
	return all
}

func TestFill(t *testing.T) {
	t.Parallel()
	stored := map[string]string{"title": "旧题", "kind": "a", "promise": Ticked}
	for _, c := range []struct {
		name   string
		posted url.Values
		want   map[string]string
		errors map[string]string // empty: all can be stored
	}{
		{"nothing is posted", nil, map[string]string{"title": "旧题"}, nil},
		{"everything is posted",
			url.Values{"title": {"新题"}, "abstract": {"一\r\n二"}, "kind": {"a"}, "promise": {"on"}, "password": {" p "}},
			map[string]string{"title": "新题", "abstract": "一\n二", "kind": "a", "promise": Ticked, "password": " p "}, nil},
		{"wrong is not unstorable",
			url.Values{"title": {"这个题目实在是太长了"}, "kind": {"x"}, "promise": {""}},
			map[string]string{"title": "这个题目实在是太长了", "kind": "x"}, nil},
		{"undeclared names", url.Values{"title": {""}, "role": {"admin"}}, map[string]string{}, nil},
		{"unstorable characters",
			url.Values{"title": {"a\x00b"}, "abstract": {"\xff一\r\n"}, "note": {"留"}},
			map[string]string{"title": "ab", "abstract": "一\n", "note": "留"},
			map[string]string{
				"title":    "项目名称中有不能保存的字符，已替您去掉，请核对后再保存一次",
				"abstract": "摘要中有不能保存的字符，已替您去掉，请核对后再保存一次",
			}},
		{"two values", url.Values{"title": {"甲", "乙"}}, map[string]string{"title": "甲"},
			map[string]string{"title": "项目名称收到了不止一个值，请重新填写后再保存"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := sample()
			f.Load(stored)
			if got := f.Fill(c.posted); got != (len(c.errors) == 0) {
				t.Errorf("Fill = %v", got)
			}
			if got := values(f); !maps.Equal(got, c.want) {
				t.Errorf("values %q, want %q", got, c.want)
			}
			for _, field := range f.Fields {
				if field.Error != c.errors[field.Name] {
					t.Errorf("%s: %q, want %q", field.Name, field.Error, c.errors[field.Name])
				}
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	f := sample()
	f.Fill(url.Values{"title": {"这个题目太长了"}, "abstract": {"a\x00"}, "kind": {"a"}})
	if f.Check() {
		t.Error("Check accepts the form")
	}
	want := []Problem{
		{"field-title", "项目名称", "项目名称不能超过 6 字，现有 7 字，请删减 1 字"},
		{"field-abstract", "摘要", "摘要中有不能保存的字符，已替您去掉，请核对后再保存一次"},
		{"field-promise", "承诺", "请阅读并勾选“承诺”"},
		{"field-password", "密码", "请填写密码"},
	}
	if got := f.Problems(); !slices.Equal(got, want) || f.Summary() != "有 4 处需要处理" {
		t.Errorf("%s: %q", f.Summary(), got)
	}

	f.Fill(url.Values{"title": {"短题"}, "abstract": {"a"}, "kind": {"a"}, "promise": {"on"}, "password": {"p"}})
	if !f.Check() || f.Problems() != nil || f.Summary() != "" {
		t.Errorf("once mended: %q", f.Problems())
	}
}

func TestFail(t *testing.T) {
	t.Parallel()
	f := sample()
	f.Check()
	f.Fail("title", "另有错误")
	f.Fail("note", "备注不能与摘要相同")
	f.Fail("", "来源与支出不相等")
	problems := f.Problems()
	if got := problems[0]; got != (Problem{Message: "来源与支出不相等"}) {
		t.Errorf("first problem: %q", got)
	}
	if got := f.Get("title").Error; got != "请填写项目名称" {
		t.Errorf("the first error does not stand: %q", got)
	}
	if got := problems[len(problems)-1].Message; got != "备注不能与摘要相同" {
		t.Errorf("last problem: %q", got)
	}
	if f.Check() {
		t.Error("a problem of the whole form is forgotten")
	}
	f.Fill(nil)
	if f.Problems() != nil {
		t.Errorf("after a new Fill: %q", f.Problems())
	}
}

func TestFailWith(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err   error
		taken bool
		want  []Problem
	}{
		{errors.New("broken"), false, nil},
		{portal.Refuse(portal.NotNow, "已截止"), false, nil},
		{portal.Refuse(portal.Invalid, "来源与支出不相等"), true, []Problem{{Message: "来源与支出不相等"}}},
		{fmt.Errorf("register: %w", portal.RefuseField("title", "这个名称已被使用")), true, []Problem{{"field-title", "项目名称", "这个名称已被使用"}}},
		{portal.RefuseField("elsewhere", "别处有误"), true, []Problem{{Message: "别处有误"}}},
	} {
		f := sample()
		if got := f.FailWith(c.err); got != c.taken || !slices.Equal(f.Problems(), c.want) {
			t.Errorf("FailWith(%v) = %v, %q", c.err, got, f.Problems())
		}
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	right := map[string]string{"title": "题", "abstract": "要", "kind": "a", "promise": Ticked, "password": "p"}
	with := func(changes map[string]string) map[string]string {
		changed := maps.Clone(right)
		maps.Copy(changed, changes)
		return changed
	}
	for want, answers := range map[string]map[string]string{
		"未开始":                nil,
		"填写中，还缺 4 项":         {"title": "题"},
		"填写中，还缺 5 项":         {"note": "留"},
		"填写中，2 项需要修改":        with(map[string]string{"title": "这个题目太长了", "kind": "x"}),
		"填写中，还缺 1 项，1 项需要修改": with(map[string]string{"title": "这个题目太长了", "abstract": " "}),
		"已完成":                right,
	} {
		f := sample()
		f.Load(answers)
		if got := f.Progress(); got != want || f.Problems() != nil {
			t.Errorf("Progress = %q, want %q; problems %q", got, want, f.Problems())
		}
	}
	if got := New(&Field{Name: "partner", Optional: true}).Progress(); got != "选填，未填写" {
		t.Errorf("nothing required, nothing filled in: %q", got)
	}
}

func TestAnswersLeavePasswordsOut(t *testing.T) {
	t.Parallel()
	f := sample()
	f.Fill(url.Values{"title": {"题"}, "password": {"secret"}})
	want := map[string]string{"title": "题", "abstract": "", "kind": "", "promise": "", "note": ""}
	if got := f.Answers(); !maps.Equal(got, want) {
		t.Errorf("Answers = %q, want %q", got, want)
	}
	if f.Value("password") != "secret" || f.Value("absent") != "" || f.Get("absent") != nil {
		t.Error("Value or Get")
	}
}

func TestNewRefusesTwoOfOneName(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("New takes two fields of one name")
		}
	}()
	New(&Field{Name: "title"}, &Field{Name: "title"})
}

// TestJoint: two sums that differ are no single field's fault; the summary leads to where
// mending begins, after what is wrong with the fields themselves, and only the first
// sentence stands.
func TestJoint(t *testing.T) {
	t.Parallel()
	f := New(&Field{Name: "from", Label: "来源"}, &Field{Name: "to", Label: "支出"})
	f.Cross = func(f *Form) {
		if f.Value("from") != f.Value("to") {
			f.FailJointly("to", "两边须相等")
			f.FailJointly("from", "还是不等")
		}
	}
	f.Load(map[string]string{"from": "", "to": "2"})
	if f.Check() || f.Joint() != "两边须相等" || f.Get("to").Error != "" {
		t.Errorf("joint %q, field %q", f.Joint(), f.Get("to").Error)
	}
	want := []Problem{{ID: "field-from", Label: "来源", Message: "请填写来源"}, {ID: "field-to", Message: "两边须相等"}}
	if got := f.Problems(); !slices.Equal(got, want) {
		t.Errorf("problems %v, want %v", got, want)
	}
	f.Fill(url.Values{"from": {"2"}})
	if f.Joint() != "" || !f.Check() {
		t.Errorf("mended, still %v", f.Problems())
	}
}

// TestUnless: a tick stands for the answers that name it; unticked, they are asked for.
func TestUnless(t *testing.T) {
	t.Parallel()
	f := New(&Field{Name: "same", Label: "与负责人相同", Kind: Tick, Optional: true, Value: Ticked}, &Field{Name: "agent", Label: "经办人姓名", Unless: "same", Rules: []Rule{Max(3)}})
	if f.Missing() != 0 || !f.Check() {
		t.Errorf("ticked, it asks for %v", f.Problems())
	}
	if !f.Moot(f.Get("agent")) || f.Moot(f.Get("same")) {
		t.Error("the tick does not stand for it")
	}
	f.Fill(url.Values{"agent": {""}})
	if want := "请填写经办人姓名，或勾选“与负责人相同”"; f.Missing() != 1 || f.Check() || f.Get("agent").Error != want {
		t.Errorf("unticked: %v", f.Problems())
	}
	f.Fill(url.Values{"same": {"on"}, "agent": {"一个长名字"}})
	if f.Check() {
		t.Error("what is filled in all the same is not looked at")
	}
}

// TestMask: a masked value is written back and read with its middle covered, except on
// the page where it was just typed; the covered value posted again changes nothing.
func TestMask(t *testing.T) {
	t.Parallel()
	cover := func(value string) string {
		if value == "" {
			return ""
		}
		return value[:1] + "**"
	}
	f := New(&Field{Name: "id", Label: "号码", Mask: cover})
	f.Load(map[string]string{"id": "123"})
	field := f.Get("id")
	if field.Echo() != "1**" || field.Says(field.Value) != "1**" {
		t.Errorf("shown as %q and %q", field.Echo(), field.Says(field.Value))
	}
	f.Fill(url.Values{"id": {"1**"}})
	if field.Value != "123" || field.Echo() != "1**" {
		t.Errorf("posted as shown, it becomes %q", field.Value)
	}
	f.Fill(url.Values{"id": {"456"}})
	if field.Value != "456" || field.Echo() != "456" || field.Says("456") != "4**" {
		t.Errorf("typed anew: %q, shown as %q", field.Value, field.Echo())
	}
	f.Fill(url.Values{"id": {""}})
	if field.Value != "" || f.Answers()["id"] != "" {
		t.Errorf("emptied: %q", field.Value)
	}
}

// TestWarn: a notice stands at its field until the next check, and is no problem.
func TestWarn(t *testing.T) {
	t.Parallel()
	f := sample()
	f.Check()
	problems := len(f.Problems())
	f.Warn("note", "请核对")
	f.Warn("note", "再核对")
	f.Warn("none", "没有")
	if f.Get("note").Notice != "请核对" || len(f.Problems()) != problems {
		t.Errorf("notice %q, %v", f.Get("note").Notice, f.Problems())
	}
	if f.Check(); f.Get("note").Notice != "" {
		t.Error("it stays when it is asked anew")
	}
}
