package proposal

import (
	"errors"
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

func coverForm(s scope) *form.Form {
	rules := s.app.Rules
	title := &form.Field{Name: FieldTitle, Label: "项目名称", Value: s.topic.Title}
	if !rules.FixedTitle {
		title.Rules = []form.Rule{form.Max(rules.TitleMax)}
	}
	from, to := month("term_from", "开始年月", rules.TermFrom), month("term_to", "结束年月", rules.TermTo)
	from.Value, to.Value = rules.TermFrom, rules.TermTo
	name, code := line("unit_name", "单位名称", 100), &form.Field{Name: "unit_code", Label: "统一社会信用代码", Rules: []form.Rule{form.Parses("18 位，见营业执照或法人证书", portal.ParseUnitCode)}}
	name.Value, code.Value = s.app.UnitName, s.app.UnitCode
	name.Hint = "与公章一致的全称"
	unit := []*form.Field{name, code,
		{Name: "unit_kind", Label: "单位性质", Kind: form.Choice, Options: options("高校", "科研院所", "企业", "社会组织", "机关事业单位")},
		line("unit_head", "法定代表人", 60), line("unit_address", "通讯地址", 200),
		{Name: "unit_postcode", Label: "邮编", Rules: []form.Rule{form.Satisfies("6 位数字", postcode)}},
		line("unit_contact", "单位联系人", 60), mobile("unit_mobile", "联系人手机"), landline("unit_phone"), mailField("unit_email", "邮箱")}
	for _, field := range unit {
		field.Group = "申报单位"
	}
	return form.New(append([]*form.Field{title, from, to}, unit...)...)
}

// Term is the time that the answers on the cover name, 2023年3月至2023年9月, "" for none.
func Term(answers map[string]string) string {
	from, to := portal.MonthText(answers["term_from"]), portal.MonthText(answers["term_to"])
	if from == "" && to == "" {
		return ""
	}
	return from + "至" + to
}

func postcode(value string) error {
	if code := portal.Normal(value); len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		return errors.New("邮编应为 6 位数字，请核对")
	}
	return nil
}
