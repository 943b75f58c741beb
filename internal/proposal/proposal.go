// Package proposal is the 申报书: its sections and fields, under a batch's rules and
// for a topic. The same declaration draws a section's page, checks the draft before
// it is submitted, and gives the frozen version back its words.
//
// It stands between desk and server, which both need it: desk to refuse an
// incomplete submission, server to draw the form.
package proposal

import (
	"errors"
	"maps"
	"slices"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// section is one section of the form: a name for URLs and storage, for ever, a
// label, and its fields.
type section struct {
	name, label string
	fields      func(portal.Rules, portal.Topic) []*form.Field
}

// The names of the sections and their fields, for ever: stored drafts and frozen
// versions use them.
const (
	Summary       = "summary"
	FieldTitle    = "title"
	FieldAbstract = "abstract"
)

// sections are the sections of the 申报书 in the order of its pages.
var sections = []section{
	{Summary, "项目名称与摘要", summaryFields},
}

func summaryFields(rules portal.Rules, topic portal.Topic) []*form.Field {
	title := &form.Field{Name: FieldTitle, Label: "项目名称", Value: topic.Title, Rules: []form.Rule{form.Max(rules.TitleMax)}}
	if rules.FixedTitle {
		title.Clause = "项目名称与申报指南的选题名称一致。"
		title.Rules = []form.Rule{form.Satisfies("", func(value string) error {
			if value != topic.Title {
				return errors.New("项目名称须与选题名称完全一致：" + topic.Title)
			}
			return nil
		})}
	}
	return []*form.Field{title, {Name: FieldAbstract, Label: "摘要", Kind: form.Prose, Rows: 10,
		Hint: "概括研究背景、主要内容、方法和预期成果", Rules: []form.Rule{form.Max(rules.AbstractMax)}}}
}

// Filled is a section with what was saved in it.
type Filled struct {
	Name, Label string
	Saved       portal.Section // zero before the first save
	Form        *form.Form
}

// Fill puts saved answers into the sections they belong to, in the order of the form.
func Fill(rules portal.Rules, topic portal.Topic, saved []portal.Section) []Filled {
	filled := make([]Filled, len(sections))
	for i, s := range sections {
		filled[i] = Filled{Name: s.name, Label: s.label, Form: form.New(s.fields(rules, topic)...)}
		for _, one := range saved {
			if one.Name == s.name {
				filled[i].Saved = one
				filled[i].Form.Load(one.Answers)
			}
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
			problems = append(problems, Problem{Section: f.Name, Field: f.Form.Fields[0].ID(), Label: f.Label, Message: f.Label + "：尚未填写"})
			continue
		}
		f.Form.Check()
		for _, p := range f.Form.Problems() {
			problems = append(problems, Problem{Section: f.Name, Field: p.ID, Label: p.Label, Message: p.Message})
		}
	}
	return problems
}

// Summarise is what lists show of a draft after the section is saved.
func Summarise(app portal.Application, saved portal.Section) string {
	if saved.Name == Summary && saved.Answers[FieldTitle] != "" {
		return saved.Answers[FieldTitle]
	}
	return app.Title
}

// Read is a section of a frozen version in words.
type Read struct {
	Label   string
	Answers []Answer
}

// Answer is one field of a frozen version in words.
type Answer struct{ Label, Value string }

// ReadFrozen gives a frozen version back its labels. Answers are shown as they were
// frozen; fields that no longer exist keep their names as labels.
func ReadFrozen(frozen portal.Frozen) []Read {
	topic := portal.Topic{Title: frozen.Guideline.Title}
	var read []Read
	for _, s := range frozen.Sections {
		one := Read{Label: s.Name}
		left := maps.Clone(s.Answers)
		for _, known := range sections {
			if known.name != s.Name {
				continue
			}
			one.Label = known.label
			for _, field := range known.fields(portal.Rules{}, topic) {
				one.Answers = append(one.Answers, Answer{field.Label, field.Says(left[field.Name])})
				delete(left, field.Name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(left)) {
			one.Answers = append(one.Answers, Answer{name, left[name]})
		}
		read = append(read, one)
	}
	return read
}

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
	Label   string
	Changes []Change
}

// Change is one answer that differs.
type Change struct{ Label, Before, After string }

// Compare sets two frozen versions side by side, by section and by answer.
func Compare(before, after portal.Frozen) []Compared {
	old := map[string]string{}
	for _, s := range ReadFrozen(before) {
		for _, a := range s.Answers {
			old[s.Label+"\x00"+a.Label] = a.Value
		}
	}
	var compared []Compared
	for _, s := range ReadFrozen(after) {
		one := Compared{Label: s.Label}
		for _, a := range s.Answers {
			key := s.Label + "\x00" + a.Label
			if was := old[key]; was != a.Value {
				one.Changes = append(one.Changes, Change{a.Label, was, a.Value})
			}
			delete(old, key)
		}
		compared = append(compared, one)
	}
	return compared
}
