// Package applicant holds the pages of somebody who writes an application: the
// list, the task list of one, its sections, the check before the submission, and
// the receipt.
package applicant

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
)

// Problem is something to be mended before the submission, with the address of
// its field on its section's page.
type Problem = component.Problem

// Answer is one field as it will be read.
type Answer = component.Answer

func home(ref string) string { return "/applications/" + ref }

func sectionURL(ref, name string) string {
	if name == portal.InFiles {
		return filesURL(ref)
	}
	return home(ref) + "/sections/" + name
}
func submissionURL(ref string) string  { return home(ref) + "/submission" }
func receiptURL(ref string) string     { return home(ref) + "/receipt" }
func removalURL(ref string) string     { return home(ref) + "/removal" }
func guidelineURL(ref string) string   { return home(ref) + "/guideline" }
func changeTopicURL(ref string) string { return home(ref) + "/topic" }

func topicURL(a portal.Application) string {
	return "/batches/" + a.BatchSlug + "/topics/" + strconv.Itoa(a.Ordinal)
}

// title is what an application is called: its own title, else its topic's.
func title(a portal.Application) string {
	if a.Title != "" {
		return a.Title
	}
	return a.TopicTitle
}

// due is the time in which the applicant still has something to do. A return has
// its own, and once somebody else has the application there is none.
func due(a portal.Application) (w portal.Window, ok bool) {
	w = a.Window
	switch a.Status {
	case portal.Draft, portal.Submitted:
		return w, true
	case portal.Returned:
		w.Closes = w.ReturnUntil
		return w, true
	}
	return w, a.Editing
}

// open reports whether the applicant can still write and submit: only then is it of
// use how far each section is.
func (p TasksProps) open() bool { return slices.Contains(p.Acts, portal.Submit) }

// decision is the event that brought the application to where somebody decided about
// it; ok is false while nobody has.
func (p TasksProps) decision() (e portal.Event, ok bool) {
	switch p.Application.Status {
	case portal.Declined, portal.Proposed, portal.Funded, portal.NotFunded:
	default:
		return e, false
	}
	for _, e := range p.History { // newest first
		if e.To == p.Application.Status && e.From != e.To {
			return e, true
		}
	}
	return e, false
}

// offered reports whether the page of an application can offer the act.
func offered(a portal.Act) bool {
	switch a {
	case portal.Submit, portal.Discard, portal.Reopen, portal.Withdraw:
		return true
	}
	return false
}

// tag is the state of a section.
func tag(s SectionState) component.TagProps {
	switch {
	case s.Wrong > 0:
		return component.TagProps{Label: "有 " + strconv.Itoa(s.Wrong) + " 处错误", Shape: component.ShapeBack}
	case s.Done:
		return component.TagProps{Label: "已完成", Shape: component.ShapeDone}
	case s.Started:
		return component.TagProps{Label: "填写中", Shape: component.ShapePart}
	}
	return component.TagProps{Label: "未开始", Shape: component.ShapeNone}
}

func guideline(t portal.Topic, a portal.Application) component.GuidelineProps {
	return component.GuidelineProps{Ordinal: t.Ordinal, Title: t.Title, Content: t.Content, Deliverables: t.Deliverables, URL: topicURL(a)}
}

// mine is the field with what the writer has typed, to be edited.
func (r ConflictField) mine() *form.Field {
	f := *r.Field
	f.Value, f.Error = r.Mine, ""
	return &f
}

// story says how the row came to stand in one save only.
func (r LoneRow) story(savedBy string) string {
	switch {
	case r.Mine && r.Added:
		return "您添加的，" + savedBy + "保存的一份里没有。"
	case r.Mine:
		return savedBy + "删去了，您的一份里还有。勾选下面的“保留”，它才会留下。"
	case r.Added:
		return savedBy + "添加的，您的一份里没有。"
	}
	return "您删去了，" + savedBy + "保存的一份里还有。勾选下面的“保留”，它才会留下。"
}

// repeated are hidden fields of one name.
func repeated(name string, values []string) []component.Hidden {
	fields := make([]component.Hidden, len(values))
	for i, value := range values {
		fields[i] = component.Hidden{Name: name, Value: value}
	}
	return fields
}

// differing are the fields in which the two saves are not the same.
func differing(fields []ConflictField) (differ, same []ConflictField) {
	for _, r := range fields {
		if r.Same {
			same = append(same, r)
		} else {
			differ = append(differ, r)
		}
	}
	return differ, same
}

// savedText says when something was kept, to the second.
func savedText(at time.Time) string { return "保存于 " + portal.DateTimeText(at) }

// saved says when the section was saved and how complete it is; a script keeps it up.
func (p SectionProps) saved() string {
	switch {
	case p.SavedAt.IsZero():
		return ""
	case p.State == "":
		return savedText(p.SavedAt)
	}
	return savedText(p.SavedAt) + "，" + p.State
}

func filesURL(ref string) string { return home(ref) + "/files" }

// kindHints say what is meant by a kind of file.
var kindHints = map[string]string{
	"pledge":      "负责人签字、单位盖章后的扫描件，要看得清。",
	"prior":       "与本题有关的论文、报告、批示或者证书。",
	"cooperation": "与合作单位签订的协议。没有合作单位的不用交。",
	"other":       "指南要求的其他材料。",
}

// need says whether a file of the kind has to be there.
func (g FileGroup) need() string {
	switch {
	case g.Required:
		return "必交"
	case len(g.Types) == 0:
		return "本批次不收，请删去"
	}
	return "选交"
}

// none is what stands where there is no file of the kind.
func (g FileGroup) none(readOnly bool) string {
	switch {
	case readOnly:
		return "没有上传。"
	case g.Required:
		return "还没有上传，提交前要有。"
	}
	return "还没有上传；没有就不用传。"
}

// described ties the input to what is said about it.
func (g FileGroup) described() templ.Attributes {
	if g.Problem == "" {
		return templ.Attributes{"aria-describedby": g.Kind + "-hint"}
	}
	return templ.Attributes{"aria-describedby": g.Kind + "-error " + g.Kind + "-hint", "aria-invalid": "true"}
}

// fileProps is an attachment of a draft; one that a scanner has not passed is not
// handed out.
func fileProps(ref string, f portal.File) component.FileProps {
	line := component.FileProps{Name: f.Name, Size: f.Size, State: component.FileTag(f.State), SHA256: component.Digits(f.SHA256)}
	switch f.State {
	case portal.FileKept:
		line.URL = filesURL(ref) + "/" + f.Ref
	case portal.FileRefused:
		line.Note = "里面查出“" + f.Verdict + "”。请删去，换一个文件再传。"
	}
	return line
}

// problems are what was wrong with the last upload.
func (p FilesProps) problems() []form.Problem {
	var list []form.Problem
	if p.Problem != "" {
		list = append(list, form.Problem{Message: p.Problem})
	}
	for _, g := range p.Groups {
		if g.Problem != "" {
			list = append(list, form.Problem{ID: g.Kind + "-file", Label: g.Label, Message: g.Problem})
		}
	}
	return list
}

// formats are the types of a kind in words.
func (g FileGroup) formats() string { return strings.ToUpper(strings.Join(g.Types, "、")) }

// accept are the same for the browser.
func (g FileGroup) accept() string { return "." + strings.Join(g.Types, ",.") }
