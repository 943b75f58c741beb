package form

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"softsci/internal/portal"
)

// Form is the fields of one page, in its order. Where parts of it repeat, the fields of
// their rows stand at the end.
type Form struct {
	Fields []*Field
	Rows   *Rows   // the part that repeats, nil for none
	More   []*Rows // further parts that repeat, each with a name
	scope  string

	// Cross asks the rules over several fields, after each field's own; it calls Fail,
	// FailJointly and the Fail of the rows. Nil for none.
	Cross func(*Form)

	general []string // problems that belong to no field
	joint   *Problem // what is wrong with several fields together
}

// JointID is the HTML id of what is wrong with several fields together.
const JointID = "joint-error"

// New makes a form. Two fields of one name are a mistake in the program: it panics.
func New(fields ...*Field) *Form {
	names := map[string]bool{}
	for _, field := range fields {
		if names[field.Name] {
			panic("form: two fields named " + field.Name)
		}
		names[field.Name] = true
	}
	return &Form{Fields: fields}
}

// In tells the form's fields apart from those of other forms on the page.
func (f *Form) In(scope string) *Form {
	f.scope = scope
	for _, field := range f.Fields {
		field.Scope = scope
	}
	return f
}

// RowsID is the HTML id of the first part that repeats.
func (f *Form) RowsID() string { return f.PartID(f.Rows) }

// Get is the field of that name, nil when the form has none.
func (f *Form) Get(name string) *Field {
	for _, field := range f.Fields {
		if field.Name == name {
			return field
		}
	}
	return nil
}

// Value is what stands in the field of that name, "" when the form has none.
func (f *Form) Value(name string) string {
	if field := f.Get(name); field != nil {
		return field.Value
	}
	return ""
}

// Load puts stored answers into the fields of their names.
func (f *Form) Load(answers map[string]string) {
	for _, part := range f.Parts() {
		f.Set(part, part.Of(answers))
	}
	for _, field := range f.Fields {
		if answer, ok := answers[field.Name]; ok {
			field.Value = answer
		}
	}
}

// Answers are the values as typed, for storing; passwords are never among them.
func (f *Form) Answers() map[string]string {
	answers := map[string]string{}
	for _, field := range f.Fields {
		if field.Kind != Password {
			answers[field.Name] = field.Value
		}
	}
	for _, part := range f.Parts() {
		answers[part.Key()] = strings.Join(part.IDs, " ")
	}
	return answers
}

// Fill takes what was posted, for declared fields only, and reports whether all of
// it can be stored. A field that cannot has an error; the others keep what was typed.
// Line ends become LF. A field that was not posted keeps its value, except a Tick or
// a Choice, for which a browser posts nothing when nothing is chosen: post the whole
// form, also when a script saves it.
func (f *Form) Fill(posted url.Values) bool {
	f.general, f.joint = nil, nil
	for _, part := range f.Parts() {
		f.Set(part, posted[part.Key()])
	}
	storable := true
	for _, field := range f.Fields {
		field.fill(posted[field.Name])
		storable = storable && !field.unstorable
	}
	return storable
}

// fill takes the values posted under the field's name.
func (f *Field) fill(values []string) {
	f.Error, f.Notice, f.unstorable = "", "", false
	switch {
	case len(values) > 0:
		f.take(values[0])
	case f.Kind == Tick || f.Kind == Choice:
		f.Value = ""
	}
	if len(values) > 1 {
		f.refuse(f.Label + "收到了不止一个值，请重新填写后再保存")
	}
}

// take keeps what was typed, without what no database can keep. The page then shows
// the cleaned text beside the error, so that saving it once more is enough.
func (f *Field) take(typed string) {
	text, err := portal.Text(typed)
	if err != nil {
		cleaned := strings.ReplaceAll(strings.ToValidUTF8(typed, ""), "\x00", "")
		text, _ = portal.Text(cleaned) // storable now
		f.refuse(f.Label + "中有不能保存的字符，已替您去掉，请核对后再保存一次")
	}
	if f.Kind == Tick && text != "" {
		text = Ticked
	}
	if f.Mask != nil && text == f.Mask(f.Value) {
		return // what the page showed of it; nobody typed it anew
	}
	f.Value, f.typed = text, true
}

func (f *Field) refuse(sentence string) { f.Error, f.unstorable = sentence, true }

// Check asks every rule, gives each field its first error, and reports whether the
// form is complete and right. What Fill could not store stays an error.
func (f *Form) Check() bool {
	for _, field := range f.Fields {
		field.Notice = ""
		if !field.unstorable {
			field.Error = f.mistake(field)
		}
	}
	for _, part := range f.Parts() {
		part.Error, part.Notice = part.mistake(), ""
	}
	f.joint = nil
	if f.Cross != nil {
		f.Cross(f)
	}
	return len(f.Problems()) == 0
}

// mistake is what is wrong with a field in this form, or "".
func (f *Form) mistake(field *Field) string {
	if field.Empty() {
		return f.omission(field)
	}
	return field.mistake()
}

// Moot reports whether nothing stands in a field because a tick stands for it.
func (f *Form) Moot(field *Field) bool {
	return field.Unless != "" && field.Empty() && f.Value(field.Unless) == Ticked
}

// omission is what is wrong with leaving a field of this form empty, or "".
func (f *Form) omission(field *Field) string {
	sentence := field.omission()
	switch {
	case field.Unless == "" || sentence == "":
		return sentence
	case f.Moot(field):
		return ""
	}
	return sentence + "，或勾选“" + f.Get(field.Unless).Label + "”"
}

// Fail records what somebody else found wrong, after Check: a rule over several
// fields, a constraint of the database. The field's first error stands. A name that
// is no field's, such as "", makes it a problem of the whole form. No sentence is no
// problem.
func (f *Form) Fail(name, sentence string) {
	field := f.Get(name)
	if sentence == "" {
		return
	}
	if field == nil {
		f.general = append(f.general, sentence)
	} else if field.Error == "" {
		field.Error = sentence
	}
}

// Warn records what should be looked at again in the field of that name; it is not wrong,
// and nothing is refused for it. The first sentence stands.
func (f *Form) Warn(name, sentence string) {
	if field := f.Get(name); field != nil && field.Notice == "" {
		field.Notice = sentence
	}
}

// FailJointly records what is wrong with several fields together, such as two sums that
// differ: no single field is wrong, so the sentence stands where the fields end (see
// Joint), and the summary leads to the field of that name, where mending can begin. The
// first sentence stands.
func (f *Form) FailJointly(name, sentence string) {
	if f.joint == nil && sentence != "" {
		f.joint = &Problem{Message: sentence}
		if field := f.Get(name); field != nil {
			f.joint.ID = field.ID()
		}
	}
}

// Joint is what is wrong with several fields together, or "".
func (f *Form) Joint() string {
	if f.joint == nil {
		return ""
	}
	return f.joint.Message
}

// FailWith takes over a refusal of the domain (portal.Invalid) and reports whether
// err was one.
func (f *Form) FailWith(err error) bool {
	var refusal *portal.Error
	if !errors.As(err, &refusal) || refusal.Kind != portal.Invalid {
		return false
	}
	if len(refusal.Fields) == 0 {
		f.Fail("", refusal.Message)
	}
	for _, name := range slices.Sorted(maps.Keys(refusal.Fields)) {
		f.Fail(name, refusal.Fields[name])
	}
	return true
}

// Problem is one line of the error summary.
type Problem struct {
	ID      string // the HTML id of the input to go to, "" for the whole form
	Label   string // of the field, "" where there is not just one
	Message string
}

// Problems are the lines of the error summary: first those of the whole form, then
// those of the fields in the page's order, last that of several fields together.
func (f *Form) Problems() []Problem {
	var problems []Problem
	for _, sentence := range f.general {
		problems = append(problems, Problem{Message: sentence})
	}
	for _, part := range f.Parts() {
		if part.Error != "" {
			problems = append(problems, Problem{ID: f.PartID(part), Label: part.Label, Message: part.Error})
		}
	}
	for _, field := range f.Fields {
		if field.Error != "" {
			problems = append(problems, Problem{ID: field.ID(), Label: field.Label, Message: field.Error})
		}
	}
	if f.joint != nil {
		problems = append(problems, *f.joint)
	}
	return problems
}

// Summary is the heading of the error summary: 有 3 处需要处理. It is empty when there
// is nothing to do.
func (f *Form) Summary() string {
	if n := len(f.Problems()); n > 0 {
		return fmt.Sprintf("有 %d 处需要处理", n)
	}
	return ""
}

// Started reports whether anything is filled in.
func (f *Form) Started() bool {
	for _, field := range f.Fields {
		if !field.Empty() {
			return true
		}
	}
	return false
}

// Missing is the number of fields that are empty and may not be.
func (f *Form) Missing() int {
	n := 0
	for _, field := range f.Fields {
		if field.Empty() && f.omission(field) != "" {
			n++
		}
	}
	return n
}

// Wrong is the number of fields that hold something that is not right.
func (f *Form) Wrong() int {
	n := 0
	for _, field := range f.Fields {
		if !field.Empty() && field.mistake() != "" {
			n++
		}
	}
	return n
}

// Progress is the state of the form in the task list: 未开始, 填写中，还缺 2 项, 已完成;
// 选填，未填写 where nothing has to be filled in and nothing was.
func (f *Form) Progress() string {
	missing, wrong := f.Missing(), f.Wrong()
	switch {
	case !f.Started() && missing == 0:
		return "选填，未填写"
	case !f.Started():
		return "未开始"
	case missing > 0 && wrong > 0:
		return fmt.Sprintf("填写中，还缺 %d 项，%d 项需要修改", missing, wrong)
	case missing > 0:
		return fmt.Sprintf("填写中，还缺 %d 项", missing)
	case wrong > 0:
		return fmt.Sprintf("填写中，%d 项需要修改", wrong)
	}
	return "已完成"
}
