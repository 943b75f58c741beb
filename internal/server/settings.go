package server

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/layout"
	"softsci/web/page/admin"
)

// settingsGroup is a part of the settings' page.
type settingsGroup struct {
	legend, hint string
	fields       []*form.Field
}

// What a batch says to a kind of file.
const (
	fileOptional = "optional"
	fileRequired = "required"
	fileUnwanted = "none"
)

// settingsGroups are the settings of a batch, prefilled with what it has.
func settingsGroups(b portal.Batch) []settingsGroup {
	v, rules := b.Version, b.Version.Rules
	line := func(name, label, value string, most int) *form.Field {
		return &form.Field{Name: name, Label: label, Value: value, Rules: []form.Rule{form.Max(most)}}
	}
	optional := func(f *form.Field, hint string) *form.Field { f.Optional, f.Hint = true, hint; return f }
	count := func(name, label string, value, low, high int) *form.Field {
		return &form.Field{Name: name, Label: label, Kind: form.Number, Value: itoa(value), Rules: []form.Rule{form.Between(low, high)}}
	}
	moment := func(name, label string, t string) *form.Field {
		return &form.Field{Name: name, Label: label, Kind: form.Moment, Value: t, Optional: true, Hint: "北京时间", Rules: []form.Rule{form.Parses("", portal.ParseMoment)}}
	}
	term := func(name, label, value string) *form.Field {
		return &form.Field{Name: name, Label: label, Kind: form.Month, Value: value, Optional: true, Rules: []form.Rule{form.Parses("", portal.ParseMonth)}}
	}
	tick := func(name, label string, on bool) *form.Field {
		f := &form.Field{Name: name, Label: label, Kind: form.Tick, Optional: true}
		if on {
			f.Value = form.Ticked
		}
		return f
	}
	issue := line("issue", "发文字号", v.Issue, 60)
	issue.Rules = append(issue.Rules, form.Parses("例如 鄂科技规〔2021〕2号；其他括号会改成〔〕", parseIssue))
	identity := []*form.Field{
		line("title", "批次标题", v.Title, 200),
		count("year", "计划年度", v.Year, 2000, 2999),
		optional(line("plan", "计划名称", v.Plan, 100), ""),
		optional(line("category", "项目类别", v.Category, 60), ""),
		optional(line("label", "批次", v.Label, 60), "例如 第一批竞争类"),
		optional(issue, ""),
		line("slug", "网址名", b.Slug, 60),
		line("code", "编号代码", b.NumberCode, 12),
	}
	identity[6].Hint = "小写字母、数字和连字符，发布后不能改"
	identity[7].Hint = "写进受理编号，大写字母开头，发布后不能改"
	files := make([]*form.Field, len(portal.AttachmentKinds))
	for i, kind := range portal.AttachmentKinds {
		files[i] = &form.Field{Name: "file-" + kind.Kind, Label: kind.Label, Kind: form.Choice, Value: wanted(rules, kind.Kind),
			Options: []form.Option{{Value: fileUnwanted, Label: "不收"}, {Value: fileOptional, Label: "选交"}, {Value: fileRequired, Label: "必交"}}}
	}
	texts := []*form.Field{
		count("title_max", "项目名称字数上限", rules.TitleMax, 10, 200),
		count("abstract_max", "摘要字数上限", rules.AbstractMax, 50, 5000),
		count("prose_max", "正文合计字数上限", rules.ProseMax, 500, 100000),
	}
	for _, part := range proposal.Prose() {
		f := count("max-"+part.Name, part.Label+"字数上限", rules.SectionMax[part.Name], 1, 100000)
		f.Optional, f.Hint = true, "空着就只受合计字数限制"
		if rules.SectionMax[part.Name] == 0 {
			f.Value = ""
		}
		texts = append(texts, f)
	}
	ceiling := &form.Field{Name: "ceiling", Label: "经费上限（万元）", Value: "", Optional: true, Hint: "空着就不设上限", Rules: []form.Rule{form.Parses("", portal.ParseWan)}}
	if rules.CeilingFen > 0 {
		ceiling.Value = rules.CeilingFen.Wan()
	}
	advice := &form.Field{Name: "advice", Label: "申报须知", Kind: form.Prose, Rows: 5, Value: v.Advice, Optional: true, Hint: "公众会看到。空行分段，网址自动成为链接", Rules: []form.Rule{form.Max(5000)}}
	return []settingsGroup{
		{"标识", "", identity},
		{"时间", "到截止时间的那一秒关闭。", []*form.Field{moment("opens", "开始时间", momentOr(v.OpensAt)), moment("closes", "截止时间", momentOr(v.ClosesAt))}},
		{"申报条件", "", append([]*form.Field{ceiling, term("term_from", "项目期限自", rules.TermFrom), term("term_to", "至", rules.TermTo),
			count("team_max", "项目组人数上限（不含负责人）", rules.TeamMax, 1, 50), count("senior_percent", "高级职称比例下限（%）", rules.SeniorPercent, 0, 100),
			tick("once", "限项：负责人同一年度只能申报一项", rules.OncePerYear)}, tick("id_number", "收集负责人居民身份证号", rules.IDNumber))},
		{"申报书", "", append([]*form.Field{tick("fixed_title", "项目名称固定为选题名称", rules.FixedTitle), tick("lump_sum", "经费包干制，不填预算表", rules.LumpSum)}, texts...)},
		{"附件", "", files},
		{"说明", "", []*form.Field{advice}},
	}
}

func parseIssue(typed string) (string, error) {
	n, err := portal.ParseDocumentNumber(typed)
	var mend *portal.MendError
	if errors.As(err, &mend) {
		return mend.Mended.String(), nil
	}
	return n.String(), err
}

func wanted(rules portal.Rules, kind string) string {
	i := slices.IndexFunc(rules.Attachments, func(a portal.Attachment) bool { return a.Kind == kind })
	switch {
	case i < 0:
		return fileUnwanted
	case rules.Attachments[i].Required:
		return fileRequired
	}
	return fileOptional
}

func settingsForm(groups []settingsGroup) *form.Form {
	var all []*form.Field
	for _, g := range groups {
		all = append(all, g.fields...)
	}
	return form.New(all...)
}

// settingsFrom is the batch as the form says; the form was checked.
func settingsFrom(f *form.Form, b portal.Batch) portal.Batch {
	v := &b.Version
	text := func(name string) string { return strings.TrimSpace(f.Value(name)) }
	number := func(name string) int { n, _ := strconv.Atoi(portal.Normal(text(name))); return n }
	ticked := func(name string) bool { return f.Value(name) == form.Ticked }
	b.Slug, b.NumberCode = text("slug"), text("code")
	v.Title, v.Year, v.Plan, v.Category, v.Label, v.Advice = text("title"), number("year"), text("plan"), text("category"), text("label"), text("advice")
	v.Issue, _ = parseIssue(text("issue"))
	v.OpensAt, _ = portal.ParseMoment(text("opens"))
	v.ClosesAt, _ = portal.ParseMoment(text("closes"))
	rules := portal.Rules{TeamMax: number("team_max"), SeniorPercent: number("senior_percent"), OncePerYear: ticked("once"), IDNumber: ticked("id_number"),
		FixedTitle: ticked("fixed_title"), LumpSum: ticked("lump_sum"), TitleMax: number("title_max"), AbstractMax: number("abstract_max"), ProseMax: number("prose_max"),
		TermFrom: monthValue(text("term_from")), TermTo: monthValue(text("term_to"))}
	rules.CeilingFen, _ = portal.ParseWan(text("ceiling"))
	for _, part := range proposal.Prose() {
		if n := number("max-" + part.Name); n > 0 {
			if rules.SectionMax == nil {
				rules.SectionMax = map[string]int{}
			}
			rules.SectionMax[part.Name] = n
		}
	}
	for _, kind := range portal.AttachmentKinds {
		if choice := f.Value("file-" + kind.Kind); choice == fileOptional || choice == fileRequired {
			rules.Attachments = append(rules.Attachments, portal.Attachment{Kind: kind.Kind, Required: choice == fileRequired})
		}
	}
	v.Rules = rules
	return b
}

func (s *Server) settingsForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	d, err := s.desk.Draft(r.Context(), a, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	groups := settingsGroups(d.Batch)
	return s.showSettings(w, r, http.StatusOK, a, d.Batch, groups, settingsForm(groups), nil)
}

func (s *Server) showSettings(w http.ResponseWriter, r *http.Request, status int, a portal.Admin, b portal.Batch, groups []settingsGroup, f *form.Form, theirs []admin.SettingsChange) error {
	props := admin.SettingsProps{Layout: s.personal(r, a, "批次设置", layout.NavAdmin), Now: a.Arrived(), Batch: b, Form: f, Revision: b.Version.Revision, Theirs: theirs, Fixed: b.Version.N > 1}
	props.Layout.Error = status != http.StatusOK
	for _, g := range groups {
		props.Groups = append(props.Groups, admin.SettingsGroup{Legend: g.legend, Hint: g.hint, Fields: g.fields})
	}
	return render(w, r, status, admin.Settings(props))
}

func (s *Server) saveSettings(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	d, err := s.desk.Draft(r.Context(), a, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	groups := settingsGroups(d.Batch)
	f := settingsForm(groups)
	f.Fill(values)
	b := d.Batch
	b.Version.Revision = revisionOf(values.Get("revision"))
	if d.Correction() { // published in addresses and receipt numbers
		f.Get("slug").Value, f.Get("code").Value, f.Get("year").Value = b.Slug, b.NumberCode, itoa(b.Version.Year)
	}
	if !f.Check() {
		return s.showSettings(w, r, http.StatusUnprocessableEntity, a, b, groups, f, nil)
	}
	mine := settingsFrom(f, b)
	err = s.desk.SaveSettings(r.Context(), a, d.Batch.Slug, mine)
	switch {
	case portal.KindOf(err) == portal.Conflict:
		return s.showSettings(w, r, http.StatusConflict, a, d.Batch, groups, f, changedBy(f, d.Batch))
	case f.FailWith(err):
		return s.showSettings(w, r, http.StatusUnprocessableEntity, a, b, groups, f, nil)
	case err != nil:
		return err
	}
	return s.done(w, r, batchPath(mine.Slug)+"/publication", "批次设置已保存。")
}

// changedBy are the settings that somebody else has saved otherwise than they were
// typed here.
func changedBy(mine *form.Form, theirs portal.Batch) []admin.SettingsChange {
	other := settingsForm(settingsGroups(theirs))
	var list []admin.SettingsChange
	for _, field := range mine.Fields {
		if saved := other.Value(field.Name); saved != field.Value {
			list = append(list, admin.SettingsChange{Label: field.Label, Mine: cmp.Or(field.Says(field.Value), "未填写"), Theirs: cmp.Or(field.Says(saved), "未填写")})
		}
	}
	return list
}

// momentOr is momentValue, "" for a moment that nobody has set.
func momentOr(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return momentValue(t)
}

// monthValue is a month as the rules keep it: 2023-04, "" for none.
func monthValue(typed string) string {
	t, err := portal.ParseMonth(typed)
	if err != nil {
		return ""
	}
	return t.Format("2006-01")
}

// dateValue is a day as a browser's field for one takes it, "" for none.
func dateValue(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(portal.Shanghai).Format("2006-01-02")
}
