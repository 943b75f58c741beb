// Package proposal is the 申报书: its sections and fields, under a batch's rules and
// for a topic. The same declaration draws a section's page, checks the draft before
// it is submitted, and gives the frozen version back its words.
//
// The conditions of a call, and what else looks at more than one field, are one table:
// Rules. It is asked four times: before the first word (Eligibility), at the field and
// before the submission (Problems, Notices), and in the 形式审查 (Checklist for the
// applicant, Review for the contact), so that nobody is told two things.
//
// Answers are kept as typed, by the names of their fields, for ever: a version is read
// by its own answers (see thaw), and what was not asked for at its time is not shown.
//
// It stands between desk and server, which both need it: desk to refuse an
// incomplete submission, server to draw the form.
package proposal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// Filled is a section with what was saved in it.
type Filled struct {
	Name, Label string
	Saved       portal.Section // zero before the first save
	Form        *form.Form
	Note        string // what can be said of the content: 6 人，高级职称 2 人

	sheet sheet // with all its sections
}

// Fill puts saved answers into the sections they belong to, in the order of the form.
func Fill(app portal.Application, topic portal.Topic, saved []portal.Section) []Filled {
	all := newSheet(app.Rules, topic)
	all.others = app.Others
	filled := make([]Filled, len(sections))
	for i, s := range sections {
		filled[i] = Filled{Name: s.name, Label: s.label, sheet: all}
		for _, one := range saved {
			if one.Name == s.name {
				filled[i].Saved = one
			}
		}
		f := s.form(scope{app: app, topic: topic, saved: filled[i].Saved.Answers})
		prefill(s.name, f, app.Profile)
		if filled[i].Saved.Answers != nil {
			f.Load(filled[i].Saved.Answers)
		}
		all.bind(s.name, f)
		all.saved[s.name] = filled[i].Saved.Revision > 0
		filled[i].Form = f
		if s.note != nil && all.saved[s.name] {
			filled[i].Note = s.note(f, app.Rules)
		}
	}
	return filled
}

// Problem is something missing or wrong in a draft.
type Problem struct {
	Section string // name of the section
	Field   string // HTML id of the field on the section's page
	Label   string
	Message string
}

// Problems are all that is missing or wrong, in the order of the form. A section
// that was never saved is a problem even where its prefilled answers would do:
// nobody has looked at them.
func Problems(filled []Filled) []Problem {
	var problems []Problem
	for _, f := range filled {
		if f.Saved.Revision == 0 {
			problems = append(problems, Problem{Section: f.Name, Label: f.Label, Message: "尚未填写"})
			continue
		}
		f.Form.Check()
		for _, p := range f.Form.Problems() {
			problems = append(problems, Problem{Section: f.Name, Field: p.ID, Label: p.Label, Message: whose(f.Form, p.ID) + p.Message})
		}
	}
	return problems
}

// whose names the row that a problem's field stands in: 成员 2：.
func whose(f *form.Form, id string) string {
	for _, field := range f.Fields {
		if field.Row != "" && field.ID() == id {
			return inRow(f, field.Row)
		}
	}
	return ""
}

// inRow names a row before what is said of it, "" for no row.
func inRow(f *form.Form, id string) string {
	if name := f.RowName(id); name != "" {
		return name + "："
	}
	return ""
}

// Summarise is what lists and rules need of a draft after the section is saved.
func Summarise(app portal.Application, saved portal.Section) portal.Summary {
	sum := portal.Summary{Title: app.Title, LeaderName: app.LeaderName, UnitName: app.UnitName, UnitCode: app.UnitCode, Amount: app.Amount}
	return summed(sum, saved.Name, saved.Answers)
}

// Summed is the same of a version, whatever has been saved in its draft since.
func Summed(frozen portal.Frozen) portal.Summary {
	sum := portal.Summary{Title: frozen.Guideline.Title}
	for _, s := range frozen.Sections {
		sum = summed(sum, s.Name, s.Answers)
	}
	return sum
}

// summed is a summary after the section of that name was answered so.
func summed(sum portal.Summary, section string, answers map[string]string) portal.Summary {
	set := func(to *string, field string) {
		if value := strings.TrimSpace(answers[field]); value != "" {
			*to = value
		}
	}
	switch section {
	case Cover:
		set(&sum.Title, FieldTitle)
		set(&sum.UnitName, "unit_name")
		if code, err := portal.ParseUnitCode(answers["unit_code"]); err == nil {
			sum.UnitCode = string(code)
		}
	case Leader:
		set(&sum.LeaderName, "name")
	case Budget:
		if amount, err := portal.ParseWan(answers[FieldGrant]); err == nil {
			sum.Amount = amount
		}
	}
	return sum
}

// Read is a section of a frozen version in words.
type Read struct {
	Name, Label string
	Answers     []Answer
}

// Answer is one field in words; Row names the row it stands in, "" for none, and
// Field is its name in the form, "" for what the system filled in.
type Answer struct {
	Field, Row, Label, Value string

	Part  string // label of the part that the row stands in
	Prose bool   // running text, however short

	row string // the row's ID
}

// ReadFrozen gives a frozen version back its words. Answers are shown as they were
// frozen, but for what is never shown in full; a section or a field that no longer exists
// keeps its name as its label.
func ReadFrozen(frozen portal.Frozen) []Read {
	forms := thaw(frozen, portal.DefaultRules()).forms
	read := make([]Read, 0, len(frozen.Sections))
	for _, s := range frozen.Sections {
		one := Read{Name: s.Name, Label: Label(s.Name)}
		if s.Name == Cover {
			one.Answers = given(frozen)
		}
		left := maps.Clone(s.Answers)
		if f := forms[s.Name]; f != nil {
			one.Answers = append(one.Answers, Answers(f)...)
			for name := range f.Answers() {
				delete(left, name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(left)) {
			one.Answers = append(one.Answers, Answer{Field: name, Label: name, Value: left[name]})
		}
		read = append(read, one)
	}
	return read
}

// given is what the system wrote on the cover of a version.
func given(frozen portal.Frozen) []Answer {
	var list []Answer
	add := func(label, value string) {
		if value != "" {
			list = append(list, Answer{Label: label, Value: value})
		}
	}
	add("计划批次", frozen.Guideline.BatchTitle)
	if frozen.Guideline.Ordinal > 0 {
		add("指南方向", direction(frozen.Guideline.Ordinal))
	}
	add("受理编号", frozen.Number)
	if at, err := time.Parse(time.RFC3339, frozen.ArrivedAt); err == nil {
		add("申报日期", portal.DateText(at))
	}
	return list
}

// Given is what the system writes on the cover of a draft, as far as it is known.
func Given(app portal.Application) []Answer {
	return []Answer{{Label: "计划批次", Value: app.BatchTitle}, {Label: "指南方向", Value: direction(app.Ordinal)},
		{Label: "受理编号", Value: cmp.Or(app.Number, "提交后由系统编号")}, {Label: "申报日期", Value: "提交时由系统填写"}}
}

func direction(ordinal int) string { return fmt.Sprintf("指南 %d", ordinal) }

// Answers are a form's fields in words, in the order of the page. What a tick stands for
// is left out, and a part that may have no rows says when it has none.
func Answers(f *form.Form) []Answer {
	answers := make([]Answer, 0, len(f.Fields))
	say := func(part string, fields []*form.Field) {
		for _, field := range fields {
			answers = append(answers, Answer{Field: field.Name, Row: f.RowName(field.Row), Label: field.Label, Value: field.Says(field.Value),
				Part: part, Prose: field.Kind == form.Prose, row: field.Row})
		}
	}
	say("", slices.DeleteFunc(slices.Clone(f.Fields), func(field *form.Field) bool { return field.Row != "" || f.Moot(field) }))
	for _, part := range f.Parts() {
		for _, id := range part.IDs {
			say(part.Label, f.Row(id))
		}
		if part.Min == 0 && len(part.IDs) == 0 {
			answers = append(answers, Answer{Field: part.Key(), Label: part.Label, Value: none})
		}
	}
	return answers
}

// none is what a part without rows says.
const none = "无"

// Pledge is what an applicant promises with the submission; the version is kept
// with it.
const (
	PledgeVersion = "2026-11"
	Pledge        = "本人承诺：申报书内容真实、完整，不含涉密信息；无科研失信记录；符合申报指南规定的申报条件；团队成员均知情并同意参加。如有不实，愿承担相应责任。"
)

// Part names a section of the form.
type Part struct{ Name, Label string }

// Parts are the sections of the form, in the order of its pages.
func Parts() []Part {
	parts := make([]Part, len(sections))
	for i, s := range sections {
		parts[i] = Part{s.name, s.label}
	}
	return parts
}

// Label is the label of a section, its name when there is none of that name.
func Label(name string) string {
	for _, s := range sections {
		if s.name == name {
			return s.label
		}
	}
	return name
}

// Compared is a section of two versions with the answers that differ.
type Compared struct {
	Name, Label string
	Changes     []Change
}

// Change is one answer that differs.
type Change struct{ Label, Before, After string }

// Compare sets two frozen versions side by side, by section and by answer. Rows are
// matched by their IDs; what only the earlier version has is listed as gone, and rows
// that changed places are listed in both orders.
func Compare(before, after portal.Frozen) []Compared {
	type key struct{ section, field string }
	was := map[key]Answer{}
	earlier := map[string][]Answer{}
	for _, s := range ReadFrozen(before) {
		earlier[s.Name] = s.Answers
		for _, a := range s.Answers {
			was[key{s.Name, a.Field}] = a
		}
	}
	var compared []Compared
	for _, s := range ReadFrozen(after) {
		one := Compared{Name: s.Name, Label: s.Label}
		stays := map[string]bool{}
		for _, a := range s.Answers {
			stays[a.Field] = true
			if old := was[key{s.Name, a.Field}]; a.Field != "" && old.Value != a.Value {
				one.Changes = append(one.Changes, Change{a.words(), old.Value, a.Value})
			}
		}
		for _, a := range earlier[s.Name] {
			if a.Field != "" && !stays[a.Field] && a.Value != "" {
				one.Changes = append(one.Changes, Change{a.words(), a.Value, ""})
			}
		}
		one.Changes = append(one.Changes, moved(earlier[s.Name], s.Answers)...)
		compared = append(compared, one)
	}
	return compared
}

// words name an answer with its row: 成员 2 分工.
func (a Answer) words() string { return strings.TrimSpace(a.Row + " " + a.Label) }

// moved are the parts whose rows, as far as both versions have them, stand in another
// order.
func moved(before, after []Answer) []Change {
	var changes []Change
	old := heads(before)
	for kind, is := range heads(after) {
		was := slices.DeleteFunc(old[kind], func(a Answer) bool { return !hasRow(is, a.row) })
		is = slices.DeleteFunc(is, func(a Answer) bool { return !hasRow(was, a.row) })
		if !slices.EqualFunc(was, is, func(a, b Answer) bool { return a.row == b.row }) {
			changes = append(changes, Change{kind + "的顺序", listed(was), listed(is)})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Label, b.Label) })
	return changes
}

// heads are the first answers of all rows, by what a row is called, in order.
func heads(answers []Answer) map[string][]Answer {
	rows := map[string][]Answer{}
	last := ""
	for _, a := range answers {
		if a.row != "" && a.row != last {
			kind, _, _ := strings.Cut(a.Row, " ")
			rows[kind] = append(rows[kind], a)
		}
		last = a.row
	}
	return rows
}

func hasRow(list []Answer, row string) bool {
	return slices.ContainsFunc(list, func(a Answer) bool { return a.row == row })
}

// listed names rows one after the other, each by its number and its first answer.
func listed(heads []Answer) string {
	names := make([]string, len(heads))
	for i, a := range heads {
		names[i] = strings.TrimSpace(cmp.Or(a.Value, a.Row))
	}
	return strings.Join(names, "、")
}
