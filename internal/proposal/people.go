package proposal

import (
	"fmt"

	"softsci/internal/form"
	"softsci/internal/portal"
)

func leaderForm(s scope) *form.Form {
	name := line("name", "姓名", 60)
	name.Value = s.app.LeaderName
	fields := []*form.Field{name, gender(), month("birth", "出生年月", born)}
	if s.app.Rules.IDNumber {
		fields = append(fields, idNumber(s.app))
	}
	fields = append(fields,
		&form.Field{Name: "education", Label: "学历", Kind: form.Choice, Options: options("研究生", "本科", "专科", "其他")},
		&form.Field{Name: "degree", Label: "学位", Kind: form.Choice, Options: options("博士", "硕士", "学士", "无")},
		&form.Field{Name: "title", Label: "职称", Kind: form.Choice, Options: titles},
		line("post", "职务", 60), line("field", "从事专业", 60), line("department", "所在部门", 60),
		mobile("mobile", "手机"), landline("phone"), mailField("email", "邮箱"))
	return form.New(append(fields, agent()...)...)
}

// idNumber asks for the leader's 居民身份证号. Nobody is born after the application was
// begun.
func idNumber(app portal.Application) *form.Field {
	return &form.Field{Name: FieldIDNumber, Label: "居民身份证号", Mask: portal.MaskIDNumber, Autocomplete: "off",
		Hint: "加密保存，以后只显示前 6 位和后 4 位；要改请重新填写全部 18 位", Rules: []form.Rule{form.Satisfies("", func(value string) error {
			_, err := portal.ParseIDNumber(value, app.CreatedAt)
			return err
		})}}
}

// agent is the 经办人, who fills the form in: the leader unless somebody says otherwise.
func agent() []*form.Field {
	const same = "agent_same"
	email := mailField("agent_email", "经办人邮箱")
	email.Optional = true
	fields := []*form.Field{line("agent_name", "经办人姓名", 60), mobile("agent_mobile", "经办人手机"), email}
	for _, field := range fields {
		field.Unless = same
	}
	fields = append([]*form.Field{{Name: same, Label: "经办人与项目负责人相同", Kind: form.Tick, Optional: true, Value: form.Ticked}}, fields...)
	for _, field := range fields {
		field.Group = "经办人"
	}
	return fields
}

func teamForm(s scope) *form.Form {
	f := form.New()
	f.Rows = &form.Rows{Label: "项目组成员", One: "成员", Min: 1, Fields: func(string) []*form.Field {
		return []*form.Field{line("name", "姓名", 60), gender(), month("birth", "出生年月", born),
			{Name: "title", Label: "职称", Kind: form.Choice, Options: titles},
			line("field", "专业", 60), line("unit", "单位", 100), line("task", "分工", 200),
			{Name: "months", Label: "每年工作月数", Kind: form.Number, Rules: []form.Rule{form.Between(1, 12)}}}
	}}
	f.More = []*form.Rows{{Name: Partners, Label: "合作单位", One: "合作单位", Hint: "没有合作单位就不用添加。", Fields: func(string) []*form.Field {
		return []*form.Field{line("partner_name", "单位名称", 100), line("partner_task", "分工", 200)}
	}}}
	if s.saved == nil {
		f.SetRows([]string{"a"})
	}
	return f
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
	note := fmt.Sprintf("%d 人，高级职称 %d 人", len(f.Rows.IDs), n)
	if partners := len(f.Part(Partners).IDs); partners > 0 {
		note += fmt.Sprintf("；合作单位 %d 个", partners)
	}
	return note
}
