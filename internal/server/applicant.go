package server

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/component"
	"softsci/web/page/applicant"
)

// before reads the keyset of a list: the key of the last row of the page before.
func before(r *http.Request) int64 {
	n, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // anything else begins at the newest
	return max(n, 0)
}

// older is the address of the page after, "" at the end.
func older(r *http.Request, next int64) string {
	if next == 0 {
		return ""
	}
	q := r.URL.Query()
	q.Set("before", strconv.FormatInt(next, 10))
	return r.URL.Path + "?" + q.Encode()
}

func (s *Server) applications(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	list, next, err := s.desk.Applications(r.Context(), a, before(r))
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, applicant.List(applicant.ListProps{Layout: s.personal(r, a, "我的申报", "applications"), Now: a.Arrived(),
		Applications: list, Next: older(r, next)}))
}

func (s *Server) begin(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ordinal, ok := canonicalNumber(values.Get("topic"))
	if !ok {
		return portal.ErrNotFound
	}
	return s.beginAt(w, r, a, values.Get("batch"), ordinal)
}

func (s *Server) beginAt(w http.ResponseWriter, r *http.Request, a portal.Applicant, slug string, ordinal int) error {
	ref, err := s.desk.Begin(r.Context(), a, slug, ordinal)
	if err != nil {
		return err
	}
	http.Redirect(w, r, applicationPath(ref), http.StatusSeeOther)
	return nil
}

func applicationPath(ref string) string { return "/applications/" + ref }

func sectionPath(ref, name string) string { return applicationPath(ref) + "/sections/" + name }

// problems are what is missing or wrong, each with the address of its field.
func problems(f desk.File) []applicant.Problem { return listed(f.Application.Ref, f.Problems()) }

func listed(ref string, found []proposal.Problem) []applicant.Problem {
	var list []applicant.Problem
	for _, p := range found {
		anchor := ""
		if p.Field != "" {
			anchor = "#" + p.Field
		}
		page := applicationPath(ref) // where the guideline's changes are confirmed
		switch p.Section {
		case "":
		case portal.InFiles:
			page = filesPath(ref)
		default:
			page = sectionPath(ref, p.Section)
		}
		list = append(list, applicant.Problem{URL: page + anchor, Label: p.Label, Message: p.Message})
	}
	return list
}

func (s *Server) application(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	f, err := s.desk.Application(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	app := f.Application
	props := applicant.TasksProps{Layout: s.personal(r, a, app.Title, "applications"), Now: a.Arrived(), Application: app, History: f.History,
		Problems: problems(f), Acts: f.Acts(a)}
	if len(f.Topic.Contacts) > 0 {
		props.Contact = f.Topic.Contacts[0]
	}
	props.Retired = f.Topic.Retired
	if c := f.Topic.Amendment; c != nil {
		props.Correction = &applicant.Correction{Version: c.N, Note: c.Note, At: c.At, URL: fmt.Sprintf("/batches/%s/changes/%d", app.BatchSlug, c.N)}
	}
	for _, remark := range f.Remarks() {
		p := applicant.Problem{Label: remark.Label, Message: remark.Text}
		if remark.Section != "" {
			p.URL = sectionPath(app.Ref, remark.Section)
		}
		props.Remarks = append(props.Remarks, p)
	}
	props.Edits, props.MoreEdits = edits(f)
	props.Copyable, props.Renewable = f.Copyable(a), f.Renewable(a)
	props.Opinions = desk.SaidOf(f.History)
	props.Offers = f.OffersProfile()
	props.Thread = thread(withContact, app, f.Thread, applicationPath(app.Ref))
	props.Holder, props.NextStep = whoHasIt(app.Shown(a.Arrived()), app.Editing, props.Contact)
	if slices.Contains(props.Acts, portal.Submit) {
		props.Conditions = conditions(app.Rules)
	}
	for _, section := range f.Sections {
		state := applicant.SectionState{Name: section.Name, Label: section.Label, Started: section.Saved.Revision > 0, Note: section.Note}
		if state.Started {
			state.Done, state.Missing = section.Form.Check(), section.Form.Missing()
			state.Wrong = max(0, len(section.Form.Problems())-state.Missing)
		}
		props.Sections = append(props.Sections, state)
	}
	if len(app.Rules.Attachments) > 0 {
		missing := len(app.Rules.Wanted(f.Files))
		props.Sections = append(props.Sections, applicant.SectionState{Name: portal.InFiles, Label: "附件", Started: len(f.Files) > 0 || missing == 0, Done: missing == 0, Missing: missing,
			Note: fileNote(f.Files)})
	}
	return render(w, r, http.StatusOK, applicant.Tasks(props))
}

// fileNote is what the list of tasks says of the attachments.
func fileNote(files []portal.File) string {
	if len(files) == 0 {
		return ""
	}
	return itoa(len(files)) + " 个文件"
}

// whoHasIt says in words who acts next on an application and what that will be.
func whoHasIt(shown portal.Status, editing bool, contact portal.Person) (holder, next string) {
	office := strings.TrimSpace(contact.Department + " " + contact.Name)
	switch shown {
	case portal.Draft:
		return "您（填报中）", "填写完整并提交后，由" + office + "形式审查"
	case portal.Submitted:
		if editing {
			return "您（修改中；上一次提交仍然有效）", "修改后重新提交；在此之前" + office + "仍可办理上一次提交的内容"
		}
		return office, "形式审查：受理、退回修改或不予受理"
	case portal.Returned:
		return "您（修改中）", "修改后重新提交"
	case portal.Accepted:
		return office, "评审"
	case portal.UnderReview:
		return "主管部门", "根据评审意见作出决定"
	case portal.Proposed:
		return "主管部门", "公示期满后下达立项"
	case portal.Lapsed:
		return "无", "已过截止时间，没有提交的草稿不再办理"
	}
	return "无", "办理已经结束"
}

// read is a form as its reader sees it.
func read(f *form.Form) []component.Answer { return shown(proposal.Answers(f)) }

// shown are answers as every page shows them.
func shown(answers []proposal.Answer) []component.Answer {
	list := make([]component.Answer, len(answers))
	for i, a := range answers {
		list[i] = component.Answer{Row: a.Row, Label: a.Label, Value: a.Value}
	}
	return list
}

// conditions are those of a batch as every page shows them.
func conditions(rules portal.Rules) []component.Condition {
	var list []component.Condition
	for _, c := range proposal.Eligibility(rules) {
		list = append(list, component.Condition{Name: c.Name(), Text: c.Text})
	}
	return list
}

// checklist are the lines of the 形式审查 as every page shows them; mend is the address at
// which a section is mended, nil where nothing is.
func checklist(lines []proposal.Line, mend func(section string) string) []component.ChecklistLine {
	list := make([]component.ChecklistLine, len(lines))
	for i, l := range lines {
		list[i] = component.ChecklistLine{Question: l.Question, Answer: string(l.Answer), Evidence: l.Evidence}
		if mend != nil && l.Section != "" {
			list[i].URL = mend(l.Section)
		}
	}
	return list
}

func (s *Server) sectionForm(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	f, err := s.desk.Application(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	section, ok := f.Section(chi.URLParam(r, "name"))
	if !ok {
		return portal.ErrNotFound
	}
	// What is missing is said on the page of the check; here a field shows its error
	// once something was saved, so that nobody is scolded for an empty form.
	if section.Saved.Revision > 0 {
		section.Form.Check()
	}
	return s.showSection(w, r, http.StatusOK, a, f, section, seen{section.Saved.Revision, rowIDs(section.Form)})
}

// seen is what the page was made from on which somebody writes: a revision, and the IDs
// of the rows that it showed.
type seen struct {
	revision int
	rows     []string
}

func seenBy(values url.Values) seen { return seen{revisionOf(values.Get("revision")), values["base"]} }

// rowIDs are the IDs of a form's rows, in whatever part they stand.
func rowIDs(f *form.Form) (ids []string) {
	for _, part := range f.Parts() {
		ids = append(ids, part.IDs...)
	}
	return ids
}

func (s *Server) showSection(w http.ResponseWriter, r *http.Request, status int, a portal.Applicant, f desk.File, section proposal.Filled, from seen) error {
	props := applicant.SectionProps{Layout: s.personal(r, a, section.Label, "applications"), Now: a.Arrived(), Application: f.Application,
		Section: section.Name, Label: section.Label, Form: section.Form, Revision: from.revision, Base: from.rows, SavedAt: section.Saved.SavedAt, SavedBy: section.Saved.SavedBy, Guideline: f.Topic,
		ReadOnly: !f.Editable(a), Answers: read(section.Form)}
	if section.Name == proposal.Cover {
		props.Given = shown(proposal.Given(f.Application))
	}
	if status == http.StatusOK && section.Saved.Revision > 0 {
		props.State = completeness(section.Form)
	}
	props.Offers = (section.Name == proposal.Leader || section.Name == proposal.Team) && f.OffersProfile() // they follow what was saved
	for _, remark := range f.Remarks() {
		if remark.Section == section.Name {
			props.Remark = remark.Text
		}
	}
	for i, other := range f.Sections {
		if other.Name != section.Name {
			continue
		}
		if i > 0 {
			props.Previous = f.Sections[i-1].Name
		}
		if i+1 < len(f.Sections) {
			props.NextLabel = f.Sections[i+1].Label
		} else if len(f.Application.Rules.Attachments) > 0 {
			props.NextLabel = "附件"
		}
	}
	return render(w, r, status, applicant.Section(props))
}

// saveSection keeps what was typed. It is not refused for what is missing or
// wrong; it leads on to the next section, or to the list of tasks after the last.
func (s *Server) saveSection(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	if wantsJSON(r) {
		return s.autosaveSection(w, r, a, values)
	}
	place := ""
	f, section, err := s.desk.Save(r.Context(), a, chi.URLParam(r, "ref"), chi.URLParam(r, "name"), desk.Typing{Revision: revisionOf(values.Get("revision")),
		Fill: func(f *form.Form) (err error) {
			if err = typed(f, values); err == nil {
				place, err = changeRows(f, values)
			}
			return err
		}})
	if kind := portal.KindOf(err); kind == portal.Conflict || kind == portal.Invalid {
		return s.unsaved(w, r, a, values, kind)
	}
	if err != nil {
		return err
	}
	return s.afterSave(w, r, f, section, place)
}

// typed fills a form with what was posted, or says that it cannot be stored.
func typed(f *form.Form, values url.Values) error {
	if !f.Fill(component.Chosen(values)) {
		return portal.Refuse(portal.Invalid, f.Problems()[0].Message)
	}
	return nil
}

// unsaved shows what was typed and could not be saved, beside what stands now.
func (s *Server) unsaved(w http.ResponseWriter, r *http.Request, a portal.Applicant, values url.Values, kind portal.Kind) error {
	f, err := s.desk.Application(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	section, ok := f.Section(chi.URLParam(r, "name"))
	if !ok {
		return portal.ErrNotFound
	}
	_ = typed(section.Form, values) // its problems stand beside the fields
	if kind == portal.Invalid {
		return s.showSection(w, r, http.StatusUnprocessableEntity, a, f, section, seenBy(values))
	}
	if _, err := changeRows(section.Form, values); err != nil {
		return err
	}
	return s.showConflict(w, r, a, f, section, seenBy(values).rows)
}

// afterSave leads on: to the row that a button was about, the next section, the
// attachments, or the list of tasks.
func (s *Server) afterSave(w http.ResponseWriter, r *http.Request, f desk.File, section proposal.Filled, place string) error {
	ref := f.Application.Ref
	if place != "" {
		return s.done(w, r, sectionPath(ref, section.Name)+"#"+place, "已保存。")
	}
	to := applicationPath(ref)
	if after := f.After(section.Name); after != "" {
		to = sectionPath(ref, after)
	} else if len(f.Application.Rules.Attachments) > 0 {
		to = filesPath(ref)
	}
	return s.done(w, r, to, savedNotice(section.Form))
}

// changeRows does what the buttons of a part that repeats ask for. The place is where the
// page is then shown again, "" where none was pressed.
func changeRows(f *form.Form, values url.Values) (place string, err error) {
	if f.Rows == nil {
		return "", nil
	}
	if added := values.Get("add"); added != "" {
		part := cmp.Or(f.Part(added), f.Rows) // the first has no name
		id, err := portal.NewRef(rand.Reader)
		if err != nil {
			return "", err
		}
		f.Add(part, id)
		return f.RowID(id), nil
	}
	if id := values.Get("remove"); id != "" {
		part := cmp.Or(f.Holder(id), f.Rows) // where it was, if it was
		f.RemoveRow(id)
		return f.PartID(part), nil
	}
	for button, by := range map[string]int{"up": -1, "down": 1} {
		if id := values.Get(button); id != "" {
			f.MoveRow(id, by)
			return f.RowID(id), nil
		}
	}
	return "", nil
}

// savedNotice says how complete the section that was just saved is.
func savedNotice(f *form.Form) string {
	if f.Check() {
		return "已保存，这一部分完整。"
	}
	return "已保存，这一部分还有 " + strconv.Itoa(len(f.Problems())) + " 处需要处理。"
}

func revisionOf(word string) int {
	n, err := strconv.ParseInt(word, 10, 32)
	if err != nil {
		return -1 // seen by nobody: a conflict
	}
	return int(n)
}

// showConflict shows, field by field and row by row, what was just typed on a page with
// the rows of base beside what another window or person saved in between; nothing is
// lost, and nothing that was taken away comes back by itself.
func (s *Server) showConflict(w http.ResponseWriter, r *http.Request, a portal.Applicant, f desk.File, mine proposal.Filled, base []string) error {
	props := applicant.ConflictProps{Layout: s.personal(r, a, mine.Label, "applications"), Application: f.Application, Label: mine.Label, Section: mine.Name,
		Revision: mine.Saved.Revision, SavedBy: mine.Saved.SavedBy, SavedAt: mine.Saved.SavedAt, Base: form.RowsOf(mine.Saved.Answers)}
	props.Layout.Error = true
	clashes, lone := proposal.Clashes(base, mine.Form, mine.Saved.Answers)
	for _, c := range clashes {
		props.Fields = append(props.Fields, applicant.ConflictField{Field: c.Field, Mine: c.Field.Echo(), Theirs: c.Field.Covered(c.Theirs), Same: c.Same()})
	}
	for _, part := range mine.Form.Parts() {
		for _, id := range part.IDs {
			if slices.Contains(part.Of(mine.Saved.Answers), id) {
				props.Shared = append(props.Shared, component.Hidden{Name: part.Key(), Value: id})
			}
		}
	}
	for _, row := range lone {
		one := applicant.LoneRow{ID: row.ID, Part: row.Part, Label: row.Label, Mine: row.Mine, Added: row.Added}
		for _, field := range row.Fields {
			if !field.Empty() {
				one.Answers = append(one.Answers, component.Answer{Row: row.Label, Label: field.Label, Value: field.Says(field.Value)})
			}
			one.Carried = append(one.Carried, component.Hidden{Name: field.Name, Value: field.Value})
		}
		props.Lone = append(props.Lone, one)
	}
	return render(w, r, http.StatusConflict, applicant.Conflict(props))
}

func (s *Server) checkForm(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	f, err := s.desk.Application(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	return s.showCheck(w, r, http.StatusOK, a, f, "", nil)
}

// refusedFields are those for which a submission was refused although the form finds them
// right.
func refusedFields(f desk.File, err error) []applicant.Problem {
	var refusal *portal.Error
	if !errors.As(err, &refusal) {
		return nil
	}
	var found []proposal.Problem
	for _, section := range f.Sections {
		for _, field := range section.Form.Fields {
			if sentence := refusal.Fields[field.Name]; sentence != "" {
				found = append(found, proposal.Problem{Section: section.Name, Field: field.ID(), Label: field.Label, Message: sentence})
			}
		}
	}
	return listed(f.Application.Ref, found)
}

func (s *Server) showCheck(w http.ResponseWriter, r *http.Request, status int, a portal.Applicant, f desk.File, pledgeError string, refused []applicant.Problem) error {
	props := applicant.CheckProps{Layout: s.personal(r, a, "检查并提交", "applications"), Now: a.Arrived(), Application: f.Application, Problems: append(problems(f), refused...),
		Revisions: map[string]int{}, Pledge: proposal.Pledge, PledgeVersion: proposal.PledgeVersion, PledgeError: pledgeError}
	props.Layout.Error = pledgeError != "" || len(refused) > 0
	if props.Closed = f.Closed(a); props.Closed != "" {
		props.Problems = nil
	} else {
		mend := func(section string) string { return sectionPath(f.Application.Ref, section) }
		for _, n := range proposal.Notices(f.Sections) {
			props.Notices = append(props.Notices, applicant.Problem{URL: mend(n.Section) + "#" + n.Field, Label: n.Label, Message: n.Message})
		}
		props.Checklist = checklist(proposal.Checklist(f.Sections), mend)
	}
	for _, section := range f.Sections {
		props.Revisions[section.Name] = section.Saved.Revision
		checked := applicant.CheckedSection{Name: section.Name, Label: section.Label}
		checked.Answers = read(section.Form)
		if section.Name == proposal.Cover {
			checked.Answers = append(shown(proposal.Given(f.Application)), checked.Answers...)
		}
		props.Sections = append(props.Sections, checked)
	}
	if len(f.Application.Rules.Attachments) > 0 {
		props.Revisions[portal.InFiles] = desk.Stamp(f.Files)
		checked := applicant.CheckedSection{Name: portal.InFiles, Label: "附件"}
		for _, file := range f.Files {
			checked.Answers = append(checked.Answers, component.Answer{Label: portal.AttachmentLabel(file.Kind), Value: fileWords(file.Name, file.Size, file.SHA256)})
		}
		props.Sections = append(props.Sections, checked)
	}
	return render(w, r, status, applicant.Check(props))
}

// fileWords are an attachment's name, size and hash.
func fileWords(name string, size int64, sum []byte) string {
	return name + "（" + portal.SizeText(size) + "，SHA-256 " + component.Digits(sum) + "…）"
}

// submit carries no answers, only the revisions that were checked and the pledge.
func (s *Server) submit(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	ref, pledgeError := chi.URLParam(r, "ref"), ""
	if values.Get("pledge") != proposal.PledgeVersion {
		pledgeError = "请阅读承诺并勾选，然后提交"
	}
	if pledgeError == "" {
		revisions := map[string]int{}
		for _, part := range proposal.Parts() {
			revisions[part.Name] = revisionOf(values.Get("revision." + part.Name))
		}
		if stamp := values.Get("revision." + portal.InFiles); stamp != "" {
			revisions[portal.InFiles] = revisionOf(stamp)
		}
		err = s.desk.Submit(r.Context(), a, ref, revisions)
	}
	if pledgeError != "" || portal.KindOf(err) == portal.Invalid {
		f, missing := s.desk.Application(r.Context(), a, ref)
		if missing != nil {
			return missing
		}
		return s.showCheck(w, r, http.StatusUnprocessableEntity, a, f, pledgeError, refusedFields(f, err))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, applicationPath(ref)+"/receipt", http.StatusSeeOther)
	return nil
}

func (s *Server) receipt(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	receipt, err := s.desk.Receipt(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	props := applicant.ReceiptProps{Layout: s.personal(r, a, "提交成功", "applications"), Application: receipt.Application,
		By: "一般在 " + portal.DateText(receipt.ReviewBy) + " 前给出结果", ArrivedAt: receipt.Version.ArrivedAt, SHA256: hex.EncodeToString(receipt.Version.SHA256[:]), Email: a.Standing().Email,
		Files: frozenFiles(receipt.Frozen, applicationPath(receipt.Application.Ref), allDigits)}
	if len(receipt.Topic.Contacts) > 0 {
		props.Contact = receipt.Topic.Contacts[0]
	}
	return render(w, r, http.StatusOK, applicant.Receipt(props))
}

func (s *Server) discardForm(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	f, err := s.desk.Application(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	if _, err := portal.Move(f.Application.Status, portal.Discard, a.Role(), f.Application.Window, a.Arrived()); err != nil {
		return err
	}
	if err := f.Application.Access.Permit(portal.Discard); err != nil {
		return err
	}
	return render(w, r, http.StatusOK, applicant.Discard(applicant.DiscardProps{Layout: s.personal(r, a, "删除草稿", "applications"), Application: f.Application}))
}

func (s *Server) discard(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	if err := s.desk.Discard(r.Context(), a, chi.URLParam(r, "ref")); err != nil {
		return err
	}
	return s.done(w, r, "/applications", "草稿已删除。")
}
