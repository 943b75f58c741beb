package server

import (
	"cmp"
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
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/admin"
)

func batchPath(slug string) string { return "/admin/batches/" + slug }

// topicScope tells the fields of one topic's form apart from the others of the page.
func topicScope(wording int64) string { return fmt.Sprintf("t%d-", wording) }

// topicFields is the form of a draft's topic.
func topicFields(t portal.Topic) *form.Form {
	f := form.New(
		&form.Field{Name: "label", Label: "编号", Value: t.Label, Optional: true, Rules: fits(20)},
		&form.Field{Name: "group", Label: "专题", Value: t.Group, Optional: true, Rules: fits(100)},
		&form.Field{Name: "title", Label: "题目", Value: t.Title, Optional: true, Rules: fits(200)},
		&form.Field{Name: "content", Label: "研究内容", Kind: form.Prose, Rows: 8, Value: t.Content, Optional: true, Rules: fits(20000)},
		&form.Field{Name: "deliverables", Label: "成果名称", Kind: form.Prose, Rows: 2, Value: strings.Join(t.Deliverables, "\n"), Optional: true,
			Hint: "每行一个，不写书名号", Rules: fits(2000)},
	)
	f.Rows = &form.Rows{Label: "指南联系人", One: "联系人", Max: 20, Fields: contactFields}
	f.In(topicScope(t.VersionID))
	answers := f.Answers()
	var ids []string
	for i, p := range t.Contacts {
		id := strconv.Itoa(i + 1)
		ids = append(ids, id)
		answers[form.RowField("department", id)], answers[form.RowField("name", id)] = p.Department, p.Name
		answers[form.RowField("phones", id)], answers[form.RowField("email", id)] = strings.Join(p.Phones, "、"), p.Email
	}
	answers["rows"] = strings.Join(ids, " ")
	f.Load(answers)
	return f
}

// fits bounds what can be kept. Nobody writes that much into a guideline: no counter
// and no hint speak of it.
func fits(most int) []form.Rule {
	rule := form.Max(most)
	return []form.Rule{{Check: rule.Check}}
}

func contactFields(string) []*form.Field {
	return []*form.Field{
		{Name: "department", Label: "部门", Optional: true, Rules: fits(100)},
		{Name: "name", Label: "姓名", Optional: true, Rules: fits(60)},
		{Name: "phones", Label: "电话", Kind: form.Tel, Optional: true, Rules: fits(200)},
		{Name: "email", Label: "邮箱", Kind: form.Email, Optional: true, Rules: fits(254)},
	}
}

// topicFrom is what a topic's form says.
func topicFrom(f *form.Form, wording int64, revision int) portal.Topic {
	t := portal.Topic{VersionID: wording, Revision: revision, Label: strings.TrimSpace(f.Value("label")), Group: strings.TrimSpace(f.Value("group")),
		Title: strings.TrimSpace(f.Value("title")), Content: strings.TrimSpace(f.Value("content")), Deliverables: []string{}}
	for line := range strings.Lines(f.Value("deliverables")) {
		if name := strings.Trim(strings.TrimSpace(line), "《》"); name != "" {
			t.Deliverables = append(t.Deliverables, name)
		}
	}
	for _, id := range f.Rows.IDs {
		value := func(column string) string { return strings.TrimSpace(f.Value(form.RowField(column, id))) }
		p := portal.Person{Department: value("department"), Name: value("name"), Phones: phonesFrom(value("phones")), Email: value("email")}
		if p.Department != "" || p.Name != "" {
			t.Contacts = append(t.Contacts, p)
		}
	}
	return t
}

// phonesFrom reads several telephone numbers; what cannot be read stays as typed.
func phonesFrom(typed string) []string {
	phones := []string{}
	for _, word := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune("、；;，,/／\n", r) }) {
		word = strings.TrimSpace(word)
		if phone, err := portal.ParsePhone(word); err == nil {
			word = phone.String()
		}
		if word != "" {
			phones = append(phones, word)
		}
	}
	return phones
}

func (s *Server) draft(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showDraft(w, r, a, nil)
}

// showDraft shows the draft beside its source; where a topic's form was refused, that
// form as it was typed.
func (s *Server) showDraft(w http.ResponseWriter, r *http.Request, a portal.Admin, refused map[int64]*form.Form) error {
	d, err := s.desk.Draft(r.Context(), a, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	props := admin.DraftProps{Layout: s.personal(r, a, "整理选题", layout.NavAdmin), Now: a.Arrived(), Batch: d.Batch, Correction: d.Correction(),
		Source: stretches(d), Open: d.Open(), Retired: d.Retired()}
	props.Layout.Path = batchPath(d.Batch.Slug) + "/draft"
	status := http.StatusOK
	if len(refused) > 0 {
		status, props.Layout.Error = http.StatusUnprocessableEntity, true
	}
	all := doubtRows(0, d.Batch.Version.Reading)
	for i, t := range d.Topics {
		row := admin.DraftTopic{Key: t.VersionID, Position: i + 1, Form: cmp.Or(refused[t.VersionID], topicFields(t)), Revision: t.Revision,
			Doubts: doubtRows(t.VersionID, t.Reading), Places: map[string]string{}, Cards: map[string]string{}, First: i == 0, Last: i == len(d.Topics)-1}
		if t.ID != 0 {
			row.Ordinal = t.Ordinal
		}
		for field := range t.Reading.Places {
			row.Places[fieldOf(field)] = "#" + markID(t.VersionID, field)
		}
		for n, p := range t.Contacts {
			row.Cards[strconv.Itoa(n+1)] = cardState(d, p)
		}
		props.Topics = append(props.Topics, row)
		all = append(all, row.Doubts...)
	}
	slices.SortStableFunc(all, func(x, y admin.DoubtRow) int { return rank(x) - rank(y) })
	props.Doubts = all
	return render(w, r, status, admin.Draft(props))
}

func rank(d admin.DoubtRow) int {
	if d.Asks && !d.Confirmed {
		return 0
	}
	return 1
}

// cardState says what the directory knows of a printed person.
func cardState(d desk.Draft, p portal.Person) string {
	known := d.InDirectory(p)
	switch {
	case known == nil:
		return "通讯录中还没有，发布时新增"
	case len(p.Phones) > 0 && !slices.Equal(known.Phones, p.Phones):
		return "通讯录中的电话是 " + strings.Join(known.Phones, "、") + "，发布时以这里为准"
	case known.Account == "":
		return "通讯录中已有，还没有账号"
	}
	return "通讯录中已有"
}

// fieldOf is the field of a topic's form that a reading's field is: 编号 is the label,
// and each contact is a row.
func fieldOf(field string) string {
	if field == "number" {
		return "label"
	}
	return strings.TrimPrefix(field, "contact-")
}

func markID(wording int64, field string) string { return fmt.Sprintf("m-%d-%s", wording, field) }

// fieldHref leads to a field of a topic's form.
func fieldHref(wording int64, field string) string {
	switch name := fieldOf(field); {
	case wording == 0:
		return ""
	case field == "contacts":
		return "#rows" + topicScope(wording)
	case name != field && field != "number":
		return "#field-" + topicScope(wording) + form.RowField("name", name)
	case slices.Contains([]string{"label", "group", "title", "content", "deliverables"}, name):
		return "#field-" + topicScope(wording) + name
	}
	return fmt.Sprintf("#topic-%d", wording)
}

func doubtRows(wording int64, reading portal.Reading) []admin.DoubtRow {
	var rows []admin.DoubtRow
	for i, doubt := range reading.Doubts {
		field := cmp.Or(placed(reading, doubt), doubt.Field)
		row := admin.DoubtRow{ID: desk.DoubtID(wording, i), Text: doubt.Text, Suggestion: doubt.Suggestion, Href: fieldHref(wording, field), Asks: doubt.Asks, Confirmed: doubt.Confirmed}
		if wording == 0 && slices.Contains([]string{"title", "year", "plan", "category"}, doubt.Field) {
			row.Href = "settings#field-" + doubt.Field
		}
		if _, marked := reading.Places[field]; marked {
			row.SourceHref = "#" + markID(wording, field)
		}
		rows = append(rows, row)
	}
	return rows
}

// placed is the field in whose place a doubt stands, the narrowest of several, "" for
// none.
func placed(reading portal.Reading, doubt portal.Doubt) string {
	found, narrowest := "", 0
	for field, at := range reading.Places {
		within := at.Start <= doubt.Place.Start && doubt.Place.End <= at.End && doubt.Place.Start < doubt.Place.End
		if width := at.End - at.Start; within && (found == "" || width < narrowest) {
			found, narrowest = field, width
		}
	}
	return found
}

// stretch is a field's place in the source.
type stretch struct {
	at   portal.Place
	mark admin.Stretch
}

// stretches cuts the source where fields were found; of two that overlap the first
// stands.
func stretches(d desk.Draft) []admin.Stretch {
	var marks []stretch
	for i, t := range d.Topics {
		for field, at := range t.Reading.Places {
			doubt := slices.ContainsFunc(t.Reading.Doubts, func(o portal.Doubt) bool { return o.Open() && cmp.Or(placed(t.Reading, o), o.Field) == field })
			marks = append(marks, stretch{at: at, mark: admin.Stretch{ID: markID(t.VersionID, field), Href: fieldHref(t.VersionID, field),
				Label: fmt.Sprintf("选题 %d · %s", i+1, fieldLabel(field)), Doubt: doubt}})
		}
	}
	slices.SortFunc(marks, func(x, y stretch) int { return cmp.Or(x.at.Start-y.at.Start, y.at.End-x.at.End) })
	source, at := []rune(d.Batch.Version.Source), 0
	var cut []admin.Stretch
	for _, m := range marks {
		if m.at.Start < at || m.at.End > len(source) || m.at.End <= m.at.Start {
			continue
		}
		if m.at.Start > at {
			cut = append(cut, admin.Stretch{Text: string(source[at:m.at.Start])})
		}
		m.mark.Text = string(source[m.at.Start:m.at.End])
		cut, at = append(cut, m.mark), m.at.End
	}
	if at < len(source) {
		cut = append(cut, admin.Stretch{Text: string(source[at:])})
	}
	return cut
}

var fieldLabels = map[string]string{"number": "编号", "group": "专题", "title": "题目", "content": "研究内容", "deliverables": "成果名称", "contacts": "联系人"}

func fieldLabel(field string) string { return cmp.Or(fieldLabels[field], "联系人") }

// wordingOf is the key of a topic's wording in the address.
func wordingOf(r *http.Request) (int64, error) {
	key, err := strconv.ParseInt(chi.URLParam(r, "key"), 10, 64)
	if err != nil {
		return 0, portal.ErrNotFound
	}
	return key, nil
}

// saveTopic keeps what was typed into a topic's form. A script that saves while
// somebody types is answered in JSON.
func (s *Server) saveTopic(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	wording, err := wordingOf(r)
	if err != nil {
		return err
	}
	f := topicFields(portal.Topic{VersionID: wording})
	right := f.Fill(component.Chosen(values)) // of a conflict what was chosen
	place, err := changeRows(f, values)
	if err != nil {
		return err
	}
	revision := revisionOf(values.Get("revision"))
	if !f.Check() || !right { // what is missing is for the publication to ask about
		return s.topicRefused(w, r, a, wording, f)
	}
	slug := chi.URLParam(r, "slug")
	err = s.desk.SaveTopic(r.Context(), a, slug, withEmptyRows(topicFrom(f, wording, revision), f, place != ""))
	if portal.KindOf(err) == portal.Conflict {
		return s.topicConflict(w, r, a, slug, wording, f)
	}
	if err != nil {
		return err
	}
	if wantsJSON(r) {
		return answerJSON(w, http.StatusOK, saved{Revision: revision + 1, At: a.Arrived().In(portal.Shanghai).Format("15:04:05")})
	}
	return s.done(w, r, fmt.Sprintf("%s/draft#topic-%d", batchPath(slug), wording), "已保存。")
}

// withEmptyRows keeps rows without any words where a row was just added, so that the
// page shows it.
func withEmptyRows(t portal.Topic, f *form.Form, added bool) portal.Topic {
	if added && len(f.Rows.IDs) > len(t.Contacts) {
		t.Contacts = append(t.Contacts, portal.Person{Phones: []string{}})
	}
	return t
}

func (s *Server) topicRefused(w http.ResponseWriter, r *http.Request, a portal.Admin, wording int64, f *form.Form) error {
	if wantsJSON(r) {
		return answerJSON(w, http.StatusUnprocessableEntity, saved{Message: f.Problems()[0].Message})
	}
	return s.showDraft(w, r, a, map[int64]*form.Form{wording: f})
}

// topicConflict shows what was typed beside what somebody else saved meanwhile.
func (s *Server) topicConflict(w http.ResponseWriter, r *http.Request, a portal.Admin, slug string, wording int64, mine *form.Form) error {
	if wantsJSON(r) {
		return answerJSON(w, http.StatusConflict, saved{Message: "另一位管理员或另一个窗口刚改过这个选题。按“保存”可以逐项比较。"})
	}
	d, err := s.desk.Draft(r.Context(), a, slug)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(d.Topics, func(t portal.Topic) bool { return t.VersionID == wording })
	if i < 0 {
		return portal.ErrNotFound
	}
	editor, err := s.desk.TopicEditor(r.Context(), a, wording)
	if err != nil {
		return err
	}
	theirs := topicFields(d.Topics[i])
	for _, id := range theirs.Rows.IDs { // what the other added stands beside nothing, and is not lost
		if !slices.Contains(mine.Rows.IDs, id) {
			mine.AddRow(id)
		}
	}
	props := admin.TopicConflictProps{Layout: s.personal(r, a, "内容有冲突", layout.NavAdmin), Batch: d.Batch, Key: wording, Revision: d.Topics[i].Revision,
		By: editor.Name, At: editor.At, Form: mine}
	props.Layout.Error = true
	for _, field := range mine.Fields {
		other := theirs.Value(field.Name)
		props.Rows = append(props.Rows, admin.ConflictSide{Name: field.Name, Label: field.Label, Mine: field.Value, Theirs: other, Same: field.Value == other})
	}
	return render(w, r, http.StatusConflict, admin.TopicConflict(props))
}

// topicAct does one thing to a topic of a draft and goes back to it.
func (s *Server) topicAct(notice string, act func(r *http.Request, a portal.Admin, slug string, wording int64, values url.Values) error) func(http.ResponseWriter, *http.Request, portal.Admin) error {
	return func(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
		values, err := posted(r)
		if err != nil {
			return err
		}
		wording, err := wordingOf(r)
		if err != nil {
			return err
		}
		slug := chi.URLParam(r, "slug")
		if err := act(r, a, slug, wording, values); err != nil {
			return err
		}
		return s.done(w, r, fmt.Sprintf("%s/draft#topic-%d", batchPath(slug), wording), notice)
	}
}

func (s *Server) moveTopic(r *http.Request, a portal.Admin, slug string, wording int64, values url.Values) error {
	return s.desk.MoveTopic(r.Context(), a, slug, wording, values.Get("to") == "up")
}

func (s *Server) mergeTopic(r *http.Request, a portal.Admin, slug string, wording int64, _ url.Values) error {
	return s.desk.MergeTopic(r.Context(), a, slug, wording)
}

func (s *Server) removeTopic(r *http.Request, a portal.Admin, slug string, wording int64, _ url.Values) error {
	return s.desk.RemoveTopic(r.Context(), a, slug, wording)
}

func (s *Server) splitForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showSplit(w, r, a, "")
}

func (s *Server) showSplit(w http.ResponseWriter, r *http.Request, a portal.Admin, problem string) error {
	wording, err := wordingOf(r)
	if err != nil {
		return err
	}
	d, err := s.desk.Draft(r.Context(), a, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	for _, t := range d.Topics {
		if t.VersionID != wording {
			continue
		}
		props := admin.SplitProps{Layout: s.personal(r, a, "拆分选题", layout.NavAdmin), Batch: d.Batch, Topic: t, Pieces: desk.Sentences(t), Revision: t.Revision, Problem: problem}
		status := http.StatusOK
		if problem != "" {
			status, props.Layout.Error = http.StatusUnprocessableEntity, true
		}
		return render(w, r, status, admin.Split(props))
	}
	return portal.ErrNotFound
}

func (s *Server) splitTopic(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	wording, err := wordingOf(r)
	if err != nil {
		return err
	}
	slug := chi.URLParam(r, "slug")
	var refusal *form.Form = form.New(&form.Field{Name: "at", Label: "拆分处"})
	err = s.desk.SplitTopic(r.Context(), a, slug, wording, revisionOf(values.Get("revision")), revisionOf(values.Get("at")))
	if refusal.FailWith(err) {
		return s.showSplit(w, r, a, refusal.Problems()[0].Message)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, fmt.Sprintf("%s/draft#topic-%d", batchPath(slug), wording), "已拆成两个选题。请为新的选题补上编号。")
}

// addTopic adds an empty topic, or takes a retired one back.
func (s *Server) addTopic(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	slug := chi.URLParam(r, "slug")
	notice := "已在最后添加一个选题。"
	if word := values.Get("restore"); word != "" {
		notice = "已恢复。"
		err = s.desk.RestoreTopic(r.Context(), a, slug, revisionOf(word))
	} else {
		err = s.desk.AddTopic(r.Context(), a, slug)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, batchPath(slug)+"/draft", notice)
}

func (s *Server) confirmDoubt(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	id, slug := values.Get("doubt"), chi.URLParam(r, "slug")
	if id == "" && values.Get("all") == "" {
		return portal.ErrNotFound
	}
	if err := s.desk.ConfirmDoubt(r.Context(), a, slug, id); err != nil {
		return err
	}
	return s.done(w, r, batchPath(slug)+"/draft", "已记下。")
}
