package proposal

import (
	"errors"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// section is one section of the 申报书: a name for URLs and storage, for ever, a
// label, and its form under the batch's rules.
type section struct {
	name, label string
	form        func(scope) *form.Form
	note        func(*form.Form, portal.Rules) string // what the task list says of it; nil for nothing
}

// scope is what the form of a section depends on.
type scope struct {
	app   portal.Application
	topic portal.Topic
	saved map[string]string // the section's answers, nil before the first save
}

// The names of the sections, of their parts that repeat beside the first, and of the
// fields that lists and rules look at.
const (
	Cover    = "cover"
	Leader   = "leader"
	Team     = "team"
	Text     = "text"
	Outcomes = "outcomes"
	Budget   = "budget"

	Partners = "partner"
	Prior    = "prior"

	FieldTitle    = "title"
	FieldAbstract = "abstract"
	FieldGrant    = "grant"
	FieldIDNumber = "id_number"
)

// sections are the sections of the 申报书 in the order of its pages.
var sections = []section{
	{Cover, "封面与单位信息", coverForm, nil},
	{Leader, "项目负责人与经办人", leaderForm, nil},
	{Team, "项目组成员与合作单位", teamForm, teamNote},
	{Text, "摘要与正文", textForm, textNote},
	{Outcomes, "预期成果与前期成果", outcomesForm, outcomesNote},
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

func mailField(name, label string) *form.Field {
	return &form.Field{Name: name, Label: label, Kind: form.Email, Rules: []form.Rule{form.Parses("", portal.ParseEmail)}}
}

func month(name, label, example string) *form.Field {
	return &form.Field{Name: name, Label: label, Kind: form.Month, Rules: []form.Rule{form.AMonth(example)}}
}

func line(name, label string, most int) *form.Field {
	return &form.Field{Name: name, Label: label, Rules: []form.Rule{form.Max(most)}}
}

func prose(name, label string, rows, most int) *form.Field {
	return &form.Field{Name: name, Label: label, Kind: form.Prose, Rows: rows, Rules: []form.Rule{form.Max(most)}}
}

func gender() *form.Field {
	return &form.Field{Name: "gender", Label: "性别", Kind: form.Choice, Options: options("男", "女")}
}

// born is the example of a month of birth.
const born = "1980-05"

// The 职称 levels, of which the first two are 高级职称.
var titles = options("正高", "副高", "中级", "初级", "无")

func senior(title string) bool { return title == "正高" || title == "副高" }
