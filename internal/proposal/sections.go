package proposal

import (
	"errors"
	"fmt"
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// section is one section of the 申报书: a name for URLs and storage, for ever, a
// label, and its form under the batch's rules.
type section struct {
	name, label string
	form        func(portal.Application, portal.Topic) *form.Form
	note        func(*form.Form, portal.Rules) string // what the task list says of it; nil for nothing
}

// The names of the sections, and of the fields that lists and rules look at.
const (
	Cover    = "cover"
	Leader   = "leader"
	Team     = "team"
	Text     = "text"
	Outcomes = "outcomes"
	Budget   = "budget"

	FieldTitle    = "title"
	FieldAbstract = "abstract"
	FieldGrant    = "grant"
)

// sections are the sections of the 申报书 in the order of its pages.
var sections = []section{
	{Cover, "封面与单位信息", coverForm, nil},
	{Leader, "项目负责人", leaderForm, nil},
	{Team, "项目组成员", teamForm, teamNote},
	{Text, "摘要与正文", textForm, textNote},
	{Outcomes, "预期成果", outcomesForm, nil},
	{Budget, "经费预算", budgetForm, budgetNote},
}

func options(labels ...string) []form.Option {
	list := make([]form.Option, len(labels))
	for i, label := range labels {
		list[i] = form.Option{Value: label, Label: label}
	}
	return list
}

func mobile(name, label string) *form.Field {
	return &form.Field{Name: name, Label: label, Kind: form.Tel, Rules: []form.Rule{form.Satisfies("", func(value string) error {
		p, err := portal.ParsePhone(value)
		if err == nil && !p.IsMobile() {
			err = errors.New("手机号码应为 11 位，以 1 开头，请核对")
		}
		return err
	})}}
}

func landline(name string) *form.Field {
	return &form.Field{Name: name, Label: "座机", Kind: form.Tel, Optional: true, Hint: "带区号，例如 027-87135799", Rules: []form.Rule{form.Satisfies("", func(value string) error {
		p, err := portal.ParsePhone(value)
		if err == nil && p.IsLocal() {
			err = errors.New("座机号码请带区号，例如 027-87135799")
		}
		return err
	})}}
}

func mailField(name string) *form.Field {
	return &form.Field{Name: name, Label: "邮箱", Kind: form.Email, Rules: []form.Rule{form.Parses("", portal.ParseEmail)}}
}

func month(name, label, example string) *form.Field {
	return &form.Field{Name: name, Label: label, Kind: form.Month, Rules: []form.Rule{form.AMonth(example)}}
}

func line(name, label string, most int) *form.Field {
	return &form.Field{Name: name, Label: label, Rules: []form.Rule{form.Max(most)}}
}

// born is the example of a month of birth.
const born = "1980-05"

// The 职称 levels, of which the first two are 高级职称.
var titles = options("正高", "副高", "中级", "初级", "无")

func senior(title string) bool { return title == "正高" || title == "副高" }

func coverForm(app portal.Application, topic portal.Topic) *form.Form {
	title := &form.Field{Name: FieldTitle, Label: "项目名称", Value: topic.Title, Rules: []form.Rule{form.Max(app.Rules.TitleMax)}}
	if app.Rules.FixedTitle {
		title.Clause = "项目名称与申报指南的选题名称一致。"
		title.Rules = []form.Rule{form.Satisfies("", func(value string) error {
			if value != topic.Title {
				return errors.New("项目名称须与选题名称完全一致：" + topic.Title)
			}
			return nil
		})}
	}
	from, to := month("term_from", "开始年月", app.Rules.TermFrom), month("term_to", "结束年月", app.Rules.TermTo)
	from.Value, to.Value = app.Rules.TermFrom, app.Rules.TermTo
	from.Clause = "研究期限：" + app.Rules.TermFrom + " 至 " + app.Rules.TermTo + "。"
	name, code := line("unit_name", "单位名称", 100), &form.Field{Name: "unit_code", Label: "统一社会信用代码", Rules: []form.Rule{form.Parses("18 位，见营业执照或法人证书", portal.ParseUnitCode)}}
	name.Value, code.Value = app.UnitName, app.UnitCode
	name.Clause = "申报单位为在湖北境内注册的独立法人企事业单位。"
	name.Hint = "与公章一致的全称"
	f := form.New(title, from, to, name, code,
		&form.Field{Name: "unit_kind", Label: "单位性质", Kind: form.Choice, Options: options("高校", "科研院所", "企业", "社会组织", "机关事业单位")},
		line("unit_head", "法定代表人", 60), line("unit_address", "通讯地址", 200),
		&form.Field{Name: "unit_postcode", Label: "邮编", Rules: []form.Rule{form.Satisfies("6 位数字", postcode)}},
		line("unit_contact", "单位联系人", 60), mobile("unit_mobile", "联系人手机"), landline("unit_phone"), mailField("unit_email"))
	f.Cross = func(f *form.Form) {
		begins, err := portal.ParseMonth(f.Value("term_from"))
		ends, err2 := portal.ParseMonth(f.Value("term_to"))
		if err != nil || err2 != nil {
			return // the fields say so themselves
		}
		if ends.Before(begins) {
			f.Fail("term_to", "结束年月不能早于开始年月")
		}
		first, err := portal.ParseMonth(app.Rules.TermFrom)
		last, err2 := portal.ParseMonth(app.Rules.TermTo)
		if err == nil && err2 == nil && (begins.Before(first) || ends.After(last)) {
			f.Fail("term_from", fmt.Sprintf("起止年月须在 %s 至 %s 之内", app.Rules.TermFrom, app.Rules.TermTo))
		}
	}
	return f
}

func postcode(value string) error {
	if code := portal.Normal(value); len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		return errors.New("邮编应为 6 位数字，请核对")
	}
	return nil
}

func leaderForm(app portal.Application, _ portal.Topic) *form.Form {
	name := line("name", "姓名", 60)
	name.Value = app.LeaderName
	title := &form.Field{Name: "title", Label: "职称", Kind: form.Choice, Options: titles}
	title.Clause = "项目负责人应在职，并具有高级职称（含副高）或同等职务。"
	return form.New(name, gender(), month("birth", "出生年月", born),
		&form.Field{Name: "education", Label: "学历", Kind: form.Choice, Options: options("研究生", "本科", "专科", "其他")},
		&form.Field{Name: "degree", Label: "学位", Kind: form.Choice, Options: options("博士", "硕士", "学士", "无")},
		title, line("post", "职务", 60), line("field", "从事专业", 60), line("department", "所在部门", 60),
		mobile("mobile", "手机"), landline("phone"), mailField("email"))
}

func gender() *form.Field {
	return &form.Field{Name: "gender", Label: "性别", Kind: form.Choice, Options: options("男", "女")}
}

func teamForm(app portal.Application, _ portal.Topic) *form.Form {
	f := form.New()
	f.Rows = &form.Rows{Label: "项目组成员", One: "成员", Min: 1, Max: app.Rules.TeamMax,
		Clause: teamClause(app.Rules), Fields: func(string) []*form.Field {
			return []*form.Field{line("name", "姓名", 60), gender(), month("birth", "出生年月", born),
				{Name: "title", Label: "职称", Kind: form.Choice, Options: titles},
				line("field", "专业", 60), line("unit", "单位", 100), line("task", "分工", 200),
				{Name: "months", Label: "每年工作月数", Kind: form.Number, Rules: []form.Rule{form.Between(1, 12)}}}
		}}
	f.Cross = func(f *form.Form) {
		if n, all := seniors(f); all > 0 && n*100 < app.Rules.SeniorPercent*all {
			f.FailRows(fmt.Sprintf("高级职称 %d/%d = %d%%，要求不低于 %d%%（%s）", n, all, n*100/all, app.Rules.SeniorPercent, "申报条件：项目组成员"))
		}
	}
	return f
}

func teamClause(r portal.Rules) string {
	return fmt.Sprintf("项目组成员（不含负责人）不超过 %d 人，其中高级职称（含副高）不低于 %d%%。", r.TeamMax, r.SeniorPercent)
}

// seniors counts the members with a senior title and those with any.
func seniors(f *form.Form) (n, all int) {
	for _, id := range f.Rows.IDs {
		switch title := f.Value(form.RowField("title", id)); {
		case senior(title):
			n, all = n+1, all+1
		case title != "":
			all++
		}
	}
	return n, all
}

func teamNote(f *form.Form, _ portal.Rules) string {
	n, _ := seniors(f)
	return fmt.Sprintf("%d 人，高级职称 %d 人", len(f.Rows.IDs), n)
}

// prose are the parts of the 正文, whose limit is common.
var prose = []struct{ name, label, hint string }{
	{"basis", "立项依据", "国内外研究现状和意义"},
	{"goals", "研究目标与主要内容", ""},
	{"method", "思路方法与技术路线", ""},
	{"novelty", "创新点", ""},
	{"schedule", "进度安排", "按月或按阶段写明工作和完成时间"},
	{"foundation", "研究基础与保障", ""},
}

// Prose are the parts of the text, for which a batch may set limits of their own.
func Prose() []Part {
	parts := make([]Part, len(prose))
	for i, p := range prose {
		parts[i] = Part{Name: p.name, Label: p.label}
	}
	return parts
}

const keywordsMost = 4

func textForm(app portal.Application, _ portal.Topic) *form.Form {
	fields := []*form.Field{
		{Name: FieldAbstract, Label: "摘要", Kind: form.Prose, Rows: 8, Hint: "概括研究背景、主要内容、方法和预期成果", Rules: []form.Rule{form.Max(app.Rules.AbstractMax)}},
		{Name: "keywords", Label: "关键词", Rules: []form.Rule{form.Satisfies(fmt.Sprintf("不超过 %d 个，用分号隔开", keywordsMost), keywords)}},
	}
	for i, p := range prose {
		field := &form.Field{Name: p.name, Label: p.label, Kind: form.Prose, Rows: 12, Hint: p.hint}
		if most := app.Rules.SectionMax[p.name]; most > 0 {
			field.Rules = []form.Rule{form.Max(most)}
		}
		if i == 0 {
			field.Clause = fmt.Sprintf("正文六个部分合计不超过 %d 字。", app.Rules.ProseMax)
		}
		fields = append(fields, field)
	}
	f := form.New(fields...)
	f.Cross = func(f *form.Form) {
		if n := written(f); n > app.Rules.ProseMax {
			f.Fail(prose[0].name, fmt.Sprintf("正文合计不能超过 %d 字，现有 %d 字，请删减 %d 字", app.Rules.ProseMax, n, n-app.Rules.ProseMax))
		}
	}
	return f
}

func keywords(value string) error {
	words := strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("；;，,、\n", r) })
	if len(words) > keywordsMost {
		return fmt.Errorf("关键词不超过 %d 个，现有 %d 个，请删去 %d 个", keywordsMost, len(words), len(words)-keywordsMost)
	}
	return nil
}

// written counts the characters of the 正文.
func written(f *form.Form) int {
	n := 0
	for _, p := range prose {
		n += portal.Count(f.Value(p.name))
	}
	return n
}

func textNote(f *form.Form, r portal.Rules) string {
	return fmt.Sprintf("正文已写 %d / %d 字", written(f), r.ProseMax)
}

func outcomesForm(app portal.Application, topic portal.Topic) *form.Form {
	f := form.New()
	f.Rows = &form.Rows{Label: "预期成果", One: "成果", Min: 1, Fields: func(string) []*form.Field {
		return []*form.Field{
			{Name: "kind", Label: "成果形式", Kind: form.Choice, Options: options("研究报告", "决策专报", "政策建议", "论文")},
			line("name", "名称", 100),
			{Name: "words", Label: "字数（千字）", Kind: form.Number, Rules: []form.Rule{form.Between(1, 9999)}},
			month("due", "完成时间", app.Rules.TermTo), {Name: "measure", Label: "考核指标", Kind: form.Prose, Rows: 3, Rules: []form.Rule{form.Max(300)}}}
	}}
	f.SetRows([]string{"a"})
	if len(topic.Deliverables) > 0 {
		f.Rows.Clause = "申报指南要求形成：《" + strings.Join(topic.Deliverables, "》《") + "》。"
		ids := make([]string, len(topic.Deliverables))
		for i := range ids {
			ids[i] = string(rune('a' + i))
		}
		f.SetRows(ids)
		for i, report := range topic.Deliverables {
			f.Get(form.RowField("kind", ids[i])).Value = "研究报告"
			f.Get(form.RowField("name", ids[i])).Value = report
		}
	}
	return f
}

// The two sides of the budget.
var (
	sources = []struct{ name, label string }{{FieldGrant, "申请专项经费"}, {"own", "自筹经费"}, {"other", "其他经费"}}
	uses    = []struct{ name, label string }{{"equipment", "设备费"}, {"operation", "业务费"}, {"labour", "劳务费"}, {"indirect", "间接费"}}
)

func budgetForm(app portal.Application, _ portal.Topic) *form.Form {
	if app.Rules.LumpSum {
		return lumpSumForm(app.Rules)
	}
	var fields []*form.Field
	for _, side := range []struct {
		title string
		rows  []struct{ name, label string }
	}{{"来源", sources}, {"支出", uses}} {
		for _, row := range side.rows {
			fields = append(fields, &form.Field{Name: row.name, Label: side.title + "：" + row.label + "（万元）", Kind: form.Number, Optional: row.name != FieldGrant,
				Rules: []form.Rule{form.Parses("", portal.ParseWan)}})
		}
	}
	fields[0].Clause = ceilingClause(app.Rules) + "来源合计与支出合计相等，精确到 0.01 万元。"
	f := form.New(fields...)
	f.Cross = func(f *form.Form) {
		checkCeiling(f, app.Rules)
		from, to, ok := sums(f)
		if ok && from != to {
			f.FailJointly(uses[0].name, fmt.Sprintf("经费来源合计 %s 万元，支出合计 %s 万元，两边须相等", from.Wan(), to.Wan()))
		}
	}
	return f
}

// lumpSumForm asks for the sum alone (包干制).
func lumpSumForm(rules portal.Rules) *form.Form {
	f := form.New(&form.Field{Name: FieldGrant, Label: "申请专项经费（万元）", Kind: form.Number, Clause: ceilingClause(rules) + "本批次实行经费包干制，不填预算表。",
		Rules: []form.Rule{form.Parses("", portal.ParseWan)}})
	f.Cross = func(f *form.Form) { checkCeiling(f, rules) }
	return f
}

func ceilingClause(rules portal.Rules) string {
	if rules.CeilingFen == 0 {
		return ""
	}
	return "申请专项经费不超过 " + rules.CeilingFen.Wan() + " 万元；"
}

func checkCeiling(f *form.Form, rules portal.Rules) {
	grant, err := portal.ParseWan(f.Value(FieldGrant))
	if err == nil && rules.CeilingFen > 0 && grant > rules.CeilingFen {
		f.Fail(FieldGrant, fmt.Sprintf("申请专项经费 %s 万元，超过上限 %s 万元", grant.Wan(), rules.CeilingFen.Wan()))
	}
}

// sums adds both sides up; ok is false while an amount cannot be read.
func sums(f *form.Form) (from, to portal.Fen, ok bool) {
	add := func(rows []struct{ name, label string }, sum *portal.Fen) bool {
		for _, row := range rows {
			if value := f.Value(row.name); strings.TrimSpace(value) != "" {
				amount, err := portal.ParseWan(value)
				if err != nil {
					return false
				}
				*sum += amount
			}
		}
		return true
	}
	ok = add(sources, &from) && add(uses, &to)
	return from, to, ok
}

func budgetNote(f *form.Form, rules portal.Rules) string {
	if rules.LumpSum {
		return ""
	}
	from, to, ok := sums(f)
	if !ok {
		return ""
	}
	return fmt.Sprintf("来源合计 %s 万元，支出合计 %s 万元", from.Wan(), to.Wan())
}
