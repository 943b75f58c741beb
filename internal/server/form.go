package server

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"softsci/internal/auth"
	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// The forms of the pages, field by field. A rule gives the hint, the counter and the
// check, so a page never promises what the server does not keep.

func emailField(label string) *form.Field {
	return &form.Field{Name: "email", Label: label, Kind: form.Email, Autocomplete: "username", Rules: []form.Rule{form.Parses("", portal.ParseEmail)}}
}

func nameField() *form.Field {
	return &form.Field{Name: "name", Label: "姓名", Autocomplete: "name", Rules: []form.Rule{form.Max(60)}}
}

func newPasswordField(label string) *form.Field {
	return &form.Field{Name: "password", Label: label, Kind: form.Password, Autocomplete: "new-password",
		Rules: []form.Rule{form.Satisfies("至少 8 个字符，包含小写字母、大写字母、数字、其他字符中的三种", auth.CheckPassword)}}
}

func unitFields() []*form.Field {
	return []*form.Field{
		{Name: "unit_name", Label: "单位名称", Hint: "与公章一致的全称", Autocomplete: "organization", Rules: []form.Rule{form.Max(100)}},
		{Name: "unit_code", Label: "统一社会信用代码", Autocomplete: "off", Rules: []form.Rule{form.Parses("18 位，见营业执照或法人证书", portal.ParseUnitCode)}},
	}
}

func signInFields() *form.Form {
	return form.New(emailField("邮箱"), &form.Field{Name: "password", Label: "密码", Kind: form.Password, Autocomplete: "current-password"})
}

func registerFields() *form.Form {
	fields := append([]*form.Field{nameField(), emailField("邮箱"), newPasswordField("密码")}, unitFields()...)
	return form.New(append(fields, &form.Field{Name: "privacy", Label: "我已阅读并同意隐私说明", Kind: form.Tick})...)
}

func forgotFields() *form.Form { return form.New(emailField("注册时使用的邮箱")) }

func passwordFields() *form.Form { return form.New(newPasswordField("新密码")) }

func changePasswordFields() *form.Form {
	return form.New(&form.Field{Name: "current", Label: "当前密码", Kind: form.Password, Autocomplete: "current-password"}, newPasswordField("新密码"))
}

func profileFields(withUnit bool) *form.Form {
	fields := []*form.Field{nameField()}
	if withUnit {
		fields = append(fields, proposal.ProfileForm()...)
	}
	return form.New(fields...)
}

func extendFields() *form.Form {
	return form.New(
		&form.Field{Name: "closes", Label: "新的截止时间", Kind: form.Moment, Hint: "北京时间", Rules: []form.Rule{form.Parses("", portal.ParseMoment)}},
		&form.Field{Name: "note", Label: "延期说明", Kind: form.Prose, Rows: 3, Hint: "公众会看到这段说明", Rules: []form.Rule{form.Max(200)}})
}

func roleField() *form.Field {
	return &form.Field{Name: "role", Label: "角色", Kind: form.Choice, Options: []form.Option{
		{Value: string(portal.RoleContact), Label: portal.RoleContact.Label()}, {Value: string(portal.RoleAdmin), Label: portal.RoleAdmin.Label()}}}
}

func inviteFields() *form.Form {
	email := emailField("邮箱")
	email.Autocomplete = "off"
	name := nameField()
	name.Autocomplete = "off"
	return form.New(email, name, roleField())
}

func grantFields() *form.Form { return form.New(roleField()) }

func eventFields() *form.Form {
	verbs := []form.Option{{Value: "", Label: "全部"}}
	for _, v := range portal.Verbs() {
		verbs = append(verbs, form.Option{Value: string(v), Label: v.Label()})
	}
	subjects := []form.Option{{Value: "", Label: "全部"}}
	for _, s := range []portal.Subject{portal.OnApplication, portal.OnBatch, portal.OnAccount, portal.OnPerson, portal.OnFile,
		portal.OnInquiry, portal.OnWorkdays} {
		subjects = append(subjects, form.Option{Value: string(s), Label: s.Label()})
	}
	day := func(name, label string) *form.Field {
		return &form.Field{Name: name, Label: label, Kind: form.Date, Optional: true, Rules: []form.Rule{form.Parses("", portal.ParseDate)}}
	}
	return form.New(
		&form.Field{Name: "verb", Label: "操作", Kind: form.Choice, Optional: true, Options: verbs},
		&form.Field{Name: "subject", Label: "对象", Kind: form.Choice, Optional: true, Options: subjects},
		&form.Field{Name: "words", Label: "关键词", Optional: true, Hint: "编号、名称、姓名或网络地址"},
		day("from", "开始日期"), day("to", "结束日期"))
}

func withdrawFields() *form.Form {
	return form.New(&form.Field{Name: "reason", Label: "撤回的原因", Kind: form.Prose, Rows: 3, Optional: true, Hint: "指南联系人会看到", Rules: []form.Rule{form.Max(200)}})
}

// returnDays is how long an applicant has to answer a return unless the contact says
// otherwise.
const returnDays = 7

// remarkParts are what a contact can remark on: each section, and the form as a whole.
func remarkParts() []proposal.Part {
	return append(proposal.Parts(), proposal.Part{Name: "", Label: "整份申报书"})
}

func remarkField(section string) string { return "remark-" + section }

// askRemark is what a return asks for before and after somebody has left all remarks out.
const (
	askRemark = "至少写一条意见；没有意见的部分留空。"
	noRemark  = "请至少写明一处需要修改的地方"
)

func returnFields(until string) *form.Form {
	fields := []*form.Field{{Name: "until", Label: "重新提交的期限", Kind: form.Moment, Value: until, Hint: "北京时间，可以晚于批次截止时间", Rules: []form.Rule{form.Parses("", portal.ParseMoment)}}}
	for _, part := range remarkParts() {
		label := "对“" + part.Label + "”的意见"
		if part.Name == "" {
			label = "对" + part.Label + "的意见"
		}
		fields = append(fields, &form.Field{Name: remarkField(part.Name), Label: label, Kind: form.Prose, Rows: 4, Optional: true, Rules: []form.Rule{form.Max(1000)}})
	}
	f := form.New(fields...)
	f.Cross = func(f *form.Form) {
		if len(remarks(f)) == 0 {
			f.FailJointly(remarkField(remarkParts()[0].Name), noRemark)
		}
	}
	return f
}

func declineFields() *form.Form {
	code := &form.Field{Name: "code", Label: "原因", Kind: form.Choice}
	for _, reason := range portal.DeclineReasons {
		code.Options = append(code.Options, form.Option{Value: reason.Code, Label: reason.Label})
	}
	return form.New(code, &form.Field{Name: "text", Label: "说明", Kind: form.Prose, Rows: 5, Hint: "具体到哪一条不符合，申报人会看到", Rules: []form.Rule{form.Max(1000)}})
}

func recommendFields() *form.Form {
	outcome := &form.Field{Name: "outcome", Label: "评审意见", Kind: form.Choice}
	for _, o := range portal.Outcomes {
		outcome.Options = append(outcome.Options, form.Option{Value: string(o), Label: o.Label()})
	}
	return form.New(outcome,
		&form.Field{Name: "comment", Label: "给申报人的评语", Kind: form.Prose, Rows: 5, Rules: []form.Rule{form.Max(1000)}},
		&form.Field{Name: "note", Label: "给主管部门的说明", Kind: form.Prose, Rows: 4, Optional: true, Hint: "申报人看不到", Rules: []form.Rule{form.Max(1000)}})
}

func decideFields(needed bool) *form.Form {
	return form.New(&form.Field{Name: "reason", Label: "说明", Kind: form.Prose, Rows: 4, Optional: !needed, Hint: "写进给申报人的通知", Rules: []form.Rule{form.Max(1000)}})
}

// viewFields are the name of a saved view and, for a new one, who sees it.
func viewFields(name string, topics []desk.DeskCount) *form.Form {
	fields := []*form.Field{{Name: "name", Label: "名称", Value: name, Rules: []form.Rule{form.Max(portal.ViewNameMax)}}}
	if len(topics) > 0 {
		shared := &form.Field{Name: "topic", Label: "谁能看到", Kind: form.Choice, Value: "own", Options: []form.Option{{Value: "own", Label: "只有我"}}}
		for _, t := range topics {
			shared.Options = append(shared.Options, form.Option{Value: strconv.FormatInt(t.Topic, 10), Label: "指南 " + itoa(t.Ordinal) + " 的全部联系人", Hint: t.Batch})
		}
		fields = append(fields, shared)
	}
	return form.New(fields...)
}

// What becomes of a topic's open cases when it is handed over.
const (
	casesFollow = "follow"
	casesStay   = "stay"
)

func handOverFields(people []desk.Person) *form.Form {
	to := emailField("新联系人的邮箱")
	to.Autocomplete, to.Optional, to.Hint = "off", true, "账号的登录邮箱；名片上的人有账号时可以空着"
	card := &form.Field{Name: "card", Label: "新的名片", Kind: form.Choice, Optional: true, Hint: "公众看到的联系人；不选时用账号在通讯录中的名片"}
	for _, p := range people {
		card.Options = append(card.Options, form.Option{Value: strconv.FormatInt(p.ID, 10), Label: strings.TrimSpace(p.Department + " " + p.Name)})
	}
	open := &form.Field{Name: "open", Label: "未办结的申报书", Kind: form.Choice, Value: casesFollow, Options: []form.Option{
		{Value: casesFollow, Label: "一并移交"}, {Value: casesStay, Label: "仍由原联系人办理"}}}
	return form.New(to, card, open, &form.Field{Name: "reason", Label: "移交的原因", Optional: true, Hint: "写进每份未办结申报书的办理经过，申报人会看到", Rules: []form.Rule{form.Max(100)}})
}

// refused shows on the form what somebody behind it refused: what has to be mended,
// or that there were too many tries. It returns the status of the answer, and false
// for any other error, which is not the form's.
func refused(f *form.Form, err error) (status int, ok bool) {
	if f.FailWith(err) {
		return http.StatusUnprocessableEntity, true
	}
	var refusal *portal.Error
	if errors.As(err, &refusal) && refusal.Kind == portal.TooMany {
		f.Fail("", refusal.Message)
		return http.StatusTooManyRequests, true
	}
	return 0, false
}
