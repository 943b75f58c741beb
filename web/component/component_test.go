package component_test

import (
	"strings"
	"testing"
	"time"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/component"
)

func TestFieldIsTiedToWhatIsSaidAboutIt(t *testing.T) {
	t.Parallel()
	f := &form.Field{Name: "summary", Label: "摘要", Kind: form.Prose, Clause: "摘要不超过 400 字", Rules: []form.Rule{form.Max(4)}, Value: "\n一二三四五"}
	fields := form.New(f)
	if fields.Check() {
		t.Fatal("five characters of four are right")
	}
	html := pagetest.MustRender(t, component.Fields(fields))
	pagetest.MustHold(t, html,
		`<a href="#field-summary">`, `id="field-summary"`, `aria-invalid="true"`, `data-max="4"`,
		`aria-describedby="field-summary-error field-summary-clause field-summary-hint field-summary-counter"`,
		`id="field-summary-error"`, `id="field-summary-clause"`, `id="field-summary-hint"`, `id="field-summary-counter"`,
		">\n\n一二三四五</textarea>", // the first newline is eaten by HTML
	)
}

func TestPasswordIsNeverWrittenBack(t *testing.T) {
	t.Parallel()
	html := pagetest.MustRender(t, component.Field(&form.Field{Name: "password", Label: "密码", Kind: form.Password, Value: "geheim", Rules: []form.Rule{form.Max(100)}}))
	if strings.Contains(html, "geheim") || strings.Contains(html, "counter") {
		t.Error(html)
	}
}

// A browser throws away the value of a date field that is no date.
func TestWhatIsNoDateComesBackAsText(t *testing.T) {
	t.Parallel()
	pagetest.MustHold(t, pagetest.MustRender(t, component.Field(&form.Field{Name: "d", Kind: form.Date, Value: "2023年4月28日"})), `type="text"`, "2023年4月28日")
	pagetest.MustHold(t, pagetest.MustRender(t, component.Field(&form.Field{Name: "d", Kind: form.Date, Value: "2023-04-28"})), `type="date"`)
	pagetest.MustHold(t, pagetest.MustRender(t, component.Field(&form.Field{Name: "d", Kind: form.Moment, Value: "2023-04-28T17:00"})), `type="datetime-local"`)
}

func TestChoiceIsRadiosOrASelect(t *testing.T) {
	t.Parallel()
	few := &form.Field{Name: "nature", Label: "单位性质", Kind: form.Choice, Value: "b", Options: []form.Option{{Value: "a", Label: "高校"}, {Value: "b", Label: "企业"}}}
	pagetest.MustHold(t, pagetest.MustRender(t, component.Field(few)), `<fieldset`, `id="field-nature" value="a"`, `id="field-nature-2" value="b" checked`)
	many := &form.Field{Name: "kind", Kind: form.Choice, Value: "7", Options: make([]form.Option, 9)}
	many.Options[7] = form.Option{Value: "7", Label: "七"}
	pagetest.MustHold(t, pagetest.MustRender(t, component.Field(many)), `<select`, `<option value="7" selected>`)
}

func TestEveryStatusHasItsWordAndShape(t *testing.T) {
	t.Parallel()
	for _, s := range portal.Statuses {
		pagetest.MustHold(t, pagetest.MustRender(t, component.Status(s)), s.Label(), `class="tag `+string(component.ShapeOf(s))+`"`)
	}
}

func TestDeadlineFollowsTheClock(t *testing.T) {
	t.Parallel()
	opens := time.Date(2023, 2, 17, 9, 0, 0, 0, portal.Shanghai)
	window := portal.Window{Opens: opens, Closes: opens.AddDate(0, 0, 10)}
	render := func(now time.Time, live bool) string {
		return pagetest.MustRender(t, component.Deadline(component.DeadlineProps{Now: now, Window: window, Live: live}))
	}
	pagetest.MustHold(t, render(opens.Add(-1), false), "开始")
	pagetest.MustHold(t, render(opens, false), `2月27日（周一）</span><span class="nowrap">09:00 截止 `, "还有 10 天", `data-closes="2023-02-27T09:00:00+08:00"`)
	pagetest.MustHold(t, render(opens, true), `data-now="2023-02-17T09:00:00+08:00"`)
	pagetest.MustHold(t, render(window.Closes, true), "已截止")
	for at, html := range map[string]string{"before": render(opens.Add(-1), true), "after": render(window.Closes, true)} {
		if strings.Contains(html, "data-closes") {
			t.Errorf("a countdown %s the time", at)
		}
	}
	for at, html := range map[string]string{"before": render(opens.Add(-1), true), "open": render(opens, true), "after": render(window.Closes, true)} {
		pagetest.MustHold(t, html, `<span class="zone">北京时间</span>`)
		if n := strings.Count(html, "北京时间"); n != 1 {
			t.Errorf("%s: the zone is said %d times", at, n)
		}
	}
	pagetest.MustHold(t, render(opens, true), `<p class="clock" data-clock></p>`) // the time of day is the script's to write
	if strings.Contains(render(opens, false), "data-now") {
		t.Error("a kept page carries its moment")
	}
}

func TestPhoneIsALinkOnlyWhenItCanBeDialled(t *testing.T) {
	t.Parallel()
	pagetest.MustHold(t, pagetest.MustRender(t, component.Phone(component.PhoneProps{Number: "027-87135799"})), `href="tel:+862787135799"`, ">027-87135799<")
	if html := pagetest.MustRender(t, component.Phone(component.PhoneProps{Number: "87135799"})); strings.Contains(html, "href") {
		t.Error(html)
	}
}

// The card names who stands in while one does, to the last day: the end of that day is the
// next day's midnight.
func TestContactShowsTheDeputy(t *testing.T) {
	t.Parallel()
	card := portal.Person{Department: "办公室", Name: "朱勇进", Phones: []string{"027-87135799"}}
	pagetest.MustLack(t, pagetest.MustRender(t, component.Contact(card)), "代办")
	card.Deputy = &portal.Deputy{Department: "规划处", Name: "李明华", Phones: []string{"027-87135666"}, Until: time.Date(2023, 12, 6, 0, 0, 0, 0, portal.Shanghai)}
	pagetest.MustHold(t, pagetest.MustRender(t, component.Contact(card)), "朱勇进", "tel:+862787135799", "代办：规划处 李明华", "tel:+862787135666", "，至12月5日")
}

func members() *form.Form {
	f := form.New()
	f.Rows = &form.Rows{Label: "项目组成员", One: "成员", Min: 1, Clause: "不超过 8 人", Fields: func(string) []*form.Field {
		return []*form.Field{
			{Name: "name", Label: "姓名", Rules: []form.Rule{form.Max(60)}}, {Name: "unit", Label: "单位", Rules: []form.Rule{form.Max(100)}},
			{Name: "gender", Label: "性别", Kind: form.Choice, Options: []form.Option{{Value: "男", Label: "男"}, {Value: "女", Label: "女"}}},
			{Name: "title", Label: "职称", Kind: form.Choice, Value: "副高", Options: []form.Option{{Value: "正高", Label: "正高"}, {Value: "副高", Label: "副高"}, {Value: "中级", Label: "中级"}, {Value: "无", Label: "无"}}},
		}
	}}
	f.SetRows([]string{"a", "b"})
	return f
}

func TestRowsAreBlocksThatCanBeTakenAway(t *testing.T) {
	t.Parallel()
	f := members()
	html := pagetest.MustRender(t, component.Fields(f))
	pagetest.MustHold(t, html, `id="rows" aria-labelledby="rows-heading"`, `<h2 id="rows-heading">项目组成员</h2>`, "<legend>成员 1</legend>", "<legend>成员 2</legend>", `type="hidden" name="rows" value="b"`, `name="remove" value="b"`, "删去", ">添加成员<", "不超过 8 人",
		`<div class="field half"><label for="field-name-a">`, `<div class="field long"><label for="field-unit-b">`, `<select class="input" name="title-a"`, `<option value="副高" selected>`, `type="radio" name="gender-b"`)
	if f.Check() {
		t.Fatal("empty rows are complete")
	}
	pagetest.MustHold(t, pagetest.MustRender(t, component.Fields(f)), `<a href="#field-name-b">成员 2：请填写姓名</a>`, `class="many"`)
}

// The first row cannot go up and the last not down; a row says so with its number, and
// another part has a key of its own.
func TestRowsMoveAndPartsAreTold(t *testing.T) {
	t.Parallel()
	f := members()
	f.More = []*form.Rows{{Name: "partner", Label: "合作单位", One: "合作单位", Hint: "没有就不用添加。", Fields: func(string) []*form.Field { return []*form.Field{{Name: "partner_name", Label: "名称"}} }}}
	f.Set(f.More[0], []string{"p"})
	f.Part("partner").Warn("请核对合作协议")
	f.Warn("name-b", "与负责人同名")
	html := pagetest.MustRender(t, component.Fields(f))
	pagetest.MustHold(t, html, `name="down" value="a">下移<span class="hidden">成员 1</span>`, `name="up" value="b">上移`, `id="rows-partner"`, `name="rows.partner" value="p"`, `name="add" value="partner">添加合作单位`,
		"没有就不用添加。", "请核对合作协议", `<span class="notice" id="field-name-b-notice">与负责人同名</span>`, `aria-describedby="field-name-b-notice"`)
	pagetest.MustLack(t, html, `name="up" value="a"`, `name="down" value="b"`, `name="up" value="p"`, `name="down" value="p"`)
	f.Fail("name-b", "请填写姓名")
	pagetest.MustLack(t, pagetest.MustRender(t, component.Fields(f)), "与负责人同名") // what is wrong comes first
}

func TestFieldsStandUnderTheirHeading(t *testing.T) {
	t.Parallel()
	html := pagetest.MustRender(t, component.Fields(form.New(&form.Field{Name: "name", Label: "姓名"}, &form.Field{Name: "same", Label: "相同", Kind: form.Tick, Group: "经办人"},
		&form.Field{Name: "agent", Label: "经办人姓名", Group: "经办人", Unless: "same"})))
	pagetest.MustHold(t, html, `<fieldset class="bundle"><legend>经办人</legend><div class="fields"><div class="field"><label class="choice" for="field-same">`)
	if strings.Count(html, "<legend>经办人") != 1 || strings.Count(html, "aria-required") != 2 {
		t.Error(html)
	}
}

func TestMaskedFieldIsCoveredInThePage(t *testing.T) {
	t.Parallel()
	html := pagetest.MustRender(t, component.Field(&form.Field{Name: "id", Label: "居民身份证号", Value: "11010519491231002X", Mask: portal.MaskIDNumber}))
	pagetest.MustHold(t, html, `value="110105********002X"`)
	pagetest.MustLack(t, html, "19491231")
}

func TestChecklistSaysWhatTheMachineKnows(t *testing.T) {
	t.Parallel()
	html := pagetest.MustRender(t, component.Checklist([]component.ChecklistLine{{Question: "经费相等", Answer: "yes", Evidence: "6.50 万元", URL: "/x"}, {Question: "比例达到", Answer: "no"}, {Question: "扫描清晰", Answer: "unknown"}}))
	pagetest.MustHold(t, html, `<a href="/x">经费相等</a>`, `class="tag done"`, "相符", "6.50 万元", `class="tag back"`, "不符", `class="tag none"`, "待核对")
	if strings.Count(html, `class="soft"`) != 1 {
		t.Error("a line without evidence says something")
	}
	pagetest.MustHold(t, pagetest.MustRender(t, component.Conditions([]component.Condition{{Name: "申报条件一", Text: "在湖北境内注册。"}})), "申报条件一", "在湖北境内注册。")
}

func TestAccountHasTwoSidesWithTheirSums(t *testing.T) {
	t.Parallel()
	amount := func(name, label, value string) *form.Field {
		return &form.Field{Name: name, Label: label, Kind: form.Number, Value: value, Optional: name != "grant", Rules: []form.Rule{form.Parses("", portal.ParseWan)}}
	}
	f := form.New(amount("grant", "来源：申请专项经费（万元）", "5"), amount("own", "来源：自筹经费（万元）", "1.50"), amount("labour", "支出：劳务费（万元）", "x"))
	f.Get("grant").Clause = "不超过 5 万元"
	f.Check()
	html := pagetest.MustRender(t, component.Fields(f))
	pagetest.MustHold(t, html, "<legend>来源（万元）</legend>", "<legend>支出（万元）</legend>", `<label for="field-own"><span class="unseen">来源：</span>自筹经费<span class="unseen">（万元）</span>`,
		`data-total>6.50<`, `data-total>—<`, `id="field-grant-clause">不超过 5 万元`, `aria-describedby="field-grant-clause"`, `id="field-labour-error"`, `inputmode="decimal"`)
	pagetest.MustLack(t, html, form.JointID, `class="sides wrong"`)
	read := pagetest.MustRender(t, component.Answers([]component.Answer{{Label: "来源：自筹经费（万元）", Value: "1.5"}, {Label: "支出：劳务费（万元）"}, {Label: "说明", Value: "一次付清"}}))
	pagetest.MustHold(t, read, `<dd class="sum">1.50</dd>`, "未填写", "说明", "一次付清", `class="heading">来源（万元）`)
}

// That two sums differ is said under them, tied to both groups, and at no single amount.
func TestSumsThatDifferAreSaidUnderThem(t *testing.T) {
	t.Parallel()
	f := form.New(&form.Field{Name: "grant", Label: "来源：申请专项经费（万元）", Value: "5"}, &form.Field{Name: "labour", Label: "支出：劳务费（万元）", Value: "4"})
	f.Cross = func(f *form.Form) { f.FailJointly("labour", "两边须相等") }
	f.Check()
	html := pagetest.MustRender(t, component.Fields(f))
	pagetest.MustHold(t, html, `<a href="#field-labour">两边须相等</a>`, `class="sides wrong"`, `<span class="error" id="joint-error">两边须相等</span>`)
	if n := strings.Count(html, `aria-describedby="joint-error"`); n != 2 {
		t.Errorf("%d groups are tied to it, want 2", n)
	}
	pagetest.MustLack(t, html, "aria-invalid", "field-labour-error")
}

// Rows are one table: a head that names the columns, a row header each, and every cell
// with its column's name for where there is no room for a table.
func TestRowsAreReadAsATable(t *testing.T) {
	t.Parallel()
	html := pagetest.MustRender(t, component.Answers([]component.Answer{
		{Label: "说明", Value: "无"},
		{Row: "成员 1", Label: "姓名", Value: "赵一"}, {Row: "成员 1", Label: "分工", Value: "调研、访谈和问卷的设计"},
		{Row: "成员 2", Label: "姓名", Value: "钱二"}, {Row: "成员 2", Label: "分工"},
		{Row: "合作单位 1", Label: "名称", Value: "某大学"}, {Label: "前期成果", Value: "无"},
	}))
	pagetest.MustHold(t, html, `<dt>说明</dt>`, `<table class="entries" role="table"><caption class="hidden">成员一览</caption>`, `role="columnheader">分工</th>`,
		`<th scope="row" role="rowheader">成员 2</th>`, `class="whole" data-label="姓名">钱二</td>`, `data-label="分工">调研、访谈和问卷的设计</td>`, `class="soft" data-label="分工">未填写</td>`)
	pagetest.MustLack(t, html, `class="whole" data-label="分工"`)
	if strings.Index(html, "<dt>说明</dt>") > strings.Index(html, "成员一览") || strings.Index(html, "<dt>前期成果</dt>") < strings.Index(html, "合作单位一览") {
		t.Error("answers are out of their order")
	}
	pagetest.MustHold(t, html, `合作单位一览</caption>`, `data-label="名称">某大学`)
	if n := strings.Count(html, "<tr"); n != 5 {
		t.Errorf("%d rows with the two heads, want 5", n)
	}
	pagetest.MustLack(t, pagetest.MustRender(t, component.Answers([]component.Answer{{Label: "姓名", Value: "张研究"}})), "<table")
}

func TestWidthFollowsTheRules(t *testing.T) {
	t.Parallel()
	for class, f := range map[string]*form.Field{
		`class="input short"`:  {Name: "postcode", Rules: []form.Rule{form.Between(100000, 999999)}},
		`class="input middle"`: {Name: "code", Rules: []form.Rule{form.Parses("", portal.ParseUnitCode)}},
		`class="input"`:        {Name: "name", Rules: []form.Rule{form.Max(60)}},
		`rows="2"`:             {Name: "title", Value: "新发展格局下湖北省推动海外研发和国际技术转移工作的分析与对策"},
		`class="inline"`:       {Name: "degree", Kind: form.Choice, Options: []form.Option{{Value: "a", Label: "博士"}, {Value: "b", Label: "硕士"}}},
	} {
		pagetest.MustHold(t, pagetest.MustRender(t, component.Field(f)), class)
	}
	explained := &form.Field{Name: "why", Kind: form.Choice, Options: []form.Option{{Value: "a", Label: "一", Hint: "说明"}, {Value: "b", Label: "二"}}}
	if html := pagetest.MustRender(t, component.Field(explained)); strings.Contains(html, "inline") {
		t.Error("choices with explanations stand on one line")
	}
}

// A month stays a text field, which gives back what was typed in whatever way.
func TestMonthIsTypedAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	html := pagetest.MustRender(t, component.Fields(form.New(&form.Field{Name: "birth", Label: "出生年月", Kind: form.Month, Value: "1980年5月", Rules: []form.Rule{form.AMonth("1980-05")}})))
	pagetest.MustHold(t, html, `class="field half"`, `class="input short" type="text" name="birth" value="1980年5月"`, `inputmode="decimal"`, "如 1980-05 或 1980.5")
}

// A counter, and how long it may be, are noise beside a name.
func TestOnlyProseIsCounted(t *testing.T) {
	t.Parallel()
	html := pagetest.MustRender(t, component.Field(&form.Field{Name: "unit", Label: "单位", Hint: "与公章一致", Rules: []form.Rule{form.Max(100)}}))
	pagetest.MustHold(t, html, ">与公章一致</span>")
	if strings.Contains(html, "counter") || strings.Contains(html, "不超过") || strings.Contains(html, "data-max") {
		t.Error(html)
	}
}

func TestMarkedTitleBreaksWhereTheSenseAllows(t *testing.T) {
	t.Parallel()
	spans := []portal.Span{{Text: "湖北省"}, {Text: "科技融", Hit: true}, {Text: "媒体平台建设与<管理>研究"}}
	plain := strings.NewReplacer("<wbr>", "", "<mark>", "", "</mark>", "")
	got := pagetest.MustRender(t, component.MarkedPhrase(spans))
	pagetest.MustHold(t, got, "<mark>科技</mark><wbr><mark>融</mark>媒体平台")
	if want := "湖北省科技融媒体平台建设与&lt;管理&gt;研究"; plain.Replace(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTimesDropSecondsThatAreNone(t *testing.T) {
	t.Parallel()
	opens := time.Date(2026, 12, 1, 20, 3, 31, 0, portal.Shanghai)
	window := portal.Window{Opens: opens, Closes: time.Date(2026, 12, 24, 17, 0, 0, 0, portal.Shanghai)}
	pagetest.MustHold(t, pagetest.MustRender(t, component.Deadline(component.DeadlineProps{Now: opens.Add(-time.Hour), Window: window})),
		`<span class="nowrap">20:03:31 开始</span>`, `<span class="nowrap">17:00 截止 <span class="zone">`)
}
