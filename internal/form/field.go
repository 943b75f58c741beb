package form

import (
	"fmt"
	"slices"
	"strings"

	"softsci/internal/portal"
)

// Kind is how a field is drawn and typed. What is right is for its rules to say, with
// one exception: a Choice takes only one of its choices.
type Kind string

// The kinds of fields.
const (
	Line     Kind = "" // one line of text
	Prose    Kind = "prose"
	Password Kind = "password"
	Email    Kind = "email"
	Tel      Kind = "tel"
	Number   Kind = "number"
	Month    Kind = "month"  // 2023-04, 2023.4, 2023年4月: see AMonth
	Date     Kind = "date"   // 2023-04-28
	Moment   Kind = "moment" // 2023-04-28T17:00, Asia/Shanghai
	Choice   Kind = "choice"
	Tick     Kind = "tick"
)

// Ticked is the value of a Tick that is ticked; otherwise it is empty.
const Ticked = "yes"

// Option is one of the values a Choice takes.
type Option struct{ Value, Label, Hint string }

// Field is one field of a form.
type Field struct {
	Name         string // in the form's data; once per form
	Label        string
	Kind         Kind
	Hint         string // what the rules do not say by themselves
	Clause       string // the sentence of the guideline that the field answers
	Optional     bool   // may be left empty
	Unless       string // name of a tick of the form that stands for the answer; unticked, the field is asked for
	Group        string // heading of the fields that belong together, "" for none
	Options      []Option
	Rules        []Rule
	Row          string // ID of the row it belongs to, "" for none
	Scope        string // tells apart the fields of several forms on one page, "" for the only form
	Autocomplete string // the HTML token: email, new-password, off …
	Rows         int    // the height of prose, in lines; 0 for the page's own

	// Mask is what may be shown of a value that is never shown in full, nil for all of it.
	Mask func(value string) string

	Value  string // as typed; for pages see Echo
	Error  string // a sentence for the person who typed, or ""
	Notice string // what should be looked at again, though it is not wrong, or ""

	typed      bool // the value is what was just posted, and known to nobody else yet
	unstorable bool
}

// ID is the HTML id of the input.
func (f *Field) ID() string { return "field-" + f.Scope + f.Name }

// HintID is the HTML id of the hint.
func (f *Field) HintID() string { return f.ID() + "-hint" }

// ErrorID is the HTML id of the error.
func (f *Field) ErrorID() string { return f.ID() + "-error" }

// NoticeID is the HTML id of the notice.
func (f *Field) NoticeID() string { return f.ID() + "-notice" }

// CounterID is the HTML id of the counter.
func (f *Field) CounterID() string { return f.ID() + "-counter" }

// Echo is the value to write back into the page: what was typed, never a password. What
// is masked comes back in full only to the page on which it was just typed; posted again
// as masked, it keeps its value.
func (f *Field) Echo() string {
	switch {
	case f.Kind == Password:
		return ""
	case !f.typed:
		return f.Covered(f.Value)
	}
	return f.Value
}

// Covered is what may be shown of a value of the field.
func (f *Field) Covered(value string) string {
	if f.Mask == nil {
		return value
	}
	return f.Mask(value)
}

// Says is what a value of the field says to a reader: the label of a choice, 是 or 否
// for a tick, a moment without the T that browsers put before its time, what may be shown
// of one that is masked, else the value itself.
func (f *Field) Says(value string) string {
	switch {
	case f.Mask != nil:
		return f.Mask(value)
	case f.Kind == Tick && value == "":
		return "否"
	case f.Kind == Tick:
		return "是"
	case f.Kind == Moment:
		return strings.Replace(value, "T", " ", 1)
	}
	for _, option := range f.Options {
		if option.Value == value && value != "" {
			return option.Label
		}
	}
	return value
}

// Empty reports whether the field was left empty; white space is nothing.
func (f *Field) Empty() bool { return strings.TrimSpace(f.Value) == "" }

// Hints is what the page says before anything is typed: the field's own hint and
// those of its rules.
func (f *Field) Hints() string {
	var hints []string
	if f.Hint != "" {
		hints = append(hints, f.Hint)
	}
	for _, rule := range f.Rules {
		if rule.Hint != "" {
			hints = append(hints, rule.Hint)
		}
	}
	return strings.Join(hints, "；")
}

// Limit is the number of characters the counter counts to, 0 when there is none.
func (f *Field) Limit() int {
	limit := 0
	for _, rule := range f.Rules {
		if rule.Limit > 0 && (limit == 0 || rule.Limit < limit) {
			limit = rule.Limit
		}
	}
	return limit
}

// Counter says how much room is left, or how much is too much, where there is a limit.
func (f *Field) Counter() string {
	limit, count := f.Limit(), portal.Count(f.Value)
	switch {
	case limit == 0:
		return ""
	case count > limit:
		return fmt.Sprintf("已写 %d 字，超出 %d 字", count, count-limit)
	}
	return fmt.Sprintf("已写 %d 字，还可写 %d 字", count, limit-count)
}

// mistake is what is wrong with the value, or "".
func (f *Field) mistake() string {
	if f.Empty() {
		return f.omission()
	}
	if f.Kind == Choice && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == f.Value }) {
		return "请从列出的选项中选择" + f.Label
	}
	for _, rule := range f.Rules {
		if rule.Check == nil {
			continue
		}
		if err := rule.Check(f.Label, f.Value); err != nil {
			return err.Error()
		}
	}
	return ""
}

// omission is what is wrong with leaving the field empty, or "".
func (f *Field) omission() string {
	if f.Optional {
		return ""
	}
	switch f.Kind {
	case Choice:
		return "请选择" + f.Label
	case Tick:
		return "请阅读并勾选“" + f.Label + "”"
	}
	return "请填写" + f.Label
}
