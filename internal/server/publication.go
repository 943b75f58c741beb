package server

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/admin"
	"softsci/web/page/public"
)

// Publishing at once, or at a moment.
const (
	atOnce = "now"
	later  = "later"
)

func publicationFields(correction bool) *form.Form {
	if correction {
		return form.New(&form.Field{Name: "note", Label: "更正说明", Kind: form.Prose, Rows: 3, Hint: "公众会看到：改了什么、为什么改", Rules: []form.Rule{form.Max(500)}})
	}
	return form.New(
		&form.Field{Name: "when", Label: "什么时候发布", Kind: form.Choice, Value: atOnce, Options: []form.Option{{Value: atOnce, Label: "立即"}, {Value: later, Label: "定时"}}},
		&form.Field{Name: "at", Label: "发布时间", Kind: form.Moment, Optional: true, Hint: "定时发布时填写，北京时间", Rules: []form.Rule{form.Parses("", portal.ParseMoment)}})
}

func (s *Server) publicationForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showPublication(w, r, a, nil)
}

// wherePages are the pages on which a check is seen to, with the words of the link.
var wherePages = map[desk.Where][2]string{desk.InSettings: {"/settings", "去设置"}, desk.InDraft: {"/draft", "去整理"}, desk.InPeople: {"", "去通讯录"}}

func (s *Server) showPublication(w http.ResponseWriter, r *http.Request, a portal.Admin, f *form.Form) error {
	slug := chi.URLParam(r, "slug")
	d, err := s.desk.Draft(r.Context(), a, slug)
	if portal.KindOf(err) == portal.NotNow {
		return s.showPlanned(w, r, a, d.Batch)
	}
	if err != nil {
		return err
	}
	props := admin.PublicationProps{Layout: s.personal(r, a, "发布", layout.NavAdmin), Now: a.Arrived(), Batch: d.Batch, Correction: d.Correction(),
		Form: cmp.Or(f, publicationFields(d.Correction())), Pledge: true}
	status := http.StatusOK
	if f != nil {
		status, props.Layout.Error = http.StatusUnprocessableEntity, true
	}
	for _, c := range d.Checks(a.Arrived()) {
		page := wherePages[c.Where]
		row := admin.CheckRow{Text: c.Text, Href: batchPath(slug) + page[0], Link: page[1]}
		if c.Where == desk.InPeople {
			row.Href = "/admin/people"
		}
		if c.Topic != 0 {
			row.Href += "#topic-" + strconv.FormatInt(c.Topic, 10)
		}
		switch {
		case c.Done:
			row.Href, row.Link = "", ""
			props.Done = append(props.Done, row)
		case c.Blocks:
			row.Text = c.Hint
			props.Blocks = append(props.Blocks, row)
		default:
			row.Hint = c.Hint
			props.Asks = append(props.Asks, row)
		}
	}
	if d.Correction() {
		changes, err := s.desk.DraftChanges(r.Context(), a, d)
		if err != nil {
			return err
		}
		props.Changes = changeRowsOf(changes)
	}
	return render(w, r, status, admin.Publication(props))
}

// showPlanned says when a batch is going to be published by itself.
func (s *Server) showPlanned(w http.ResponseWriter, r *http.Request, a portal.Admin, b portal.Batch) error {
	if b.Version.PublishedAt.IsZero() || b.Version.Published(a.Arrived()) {
		return s.done(w, r, batchPath(b.Slug), "这个批次已经发布。")
	}
	return render(w, r, http.StatusOK, admin.Publication(admin.PublicationProps{Layout: s.personal(r, a, "发布", layout.NavAdmin), Now: a.Arrived(), Batch: b, Planned: b.Version.PublishedAt}))
}

func changeRowsOf(changes []desk.Change) []component.ChangeRow {
	rows := make([]component.ChangeRow, len(changes))
	for i, c := range changes {
		rows[i] = component.ChangeRow{Label: c.Label, Old: c.Old, New: c.New, Kind: string(c.Kind)}
	}
	return rows
}

func (s *Server) publish(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	slug := chi.URLParam(r, "slug")
	d, err := s.desk.Draft(r.Context(), a, slug)
	if err != nil {
		return err
	}
	f := publicationFields(d.Correction())
	f.Fill(values)
	right := f.Check()
	if f.Value("when") == later && f.Value("at") == "" {
		f.Fail("at", "请填写发布时间")
		right = false
	}
	if !right {
		return s.showPublication(w, r, a, f)
	}
	var at time.Time
	if f.Value("when") == later {
		if at, err = portal.ParseMoment(f.Value("at")); err != nil {
			return err
		}
	}
	err = s.desk.PublishDraft(r.Context(), a, slug, at, f.Value("note"))
	if f.FailWith(err) {
		return s.showPublication(w, r, a, f)
	}
	if err != nil {
		return err
	}
	s.cache.clear() // the others hear of it from the database; here it shows at once
	notice := "已发布，公众现在就能看到。"
	if at.After(a.Arrived()) {
		notice = "已定时，到时自动发布。"
	}
	return s.done(w, r, batchPath(slug), notice)
}

// batchAct does one thing to a batch and leads to a page of it.
func (s *Server) batchAct(page, notice string, act func(r *http.Request, a portal.Admin, slug string) error) func(http.ResponseWriter, *http.Request, portal.Admin) error {
	return func(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
		if _, err := posted(r); err != nil {
			return err
		}
		slug := chi.URLParam(r, "slug")
		if err := act(r, a, slug); err != nil {
			return err
		}
		s.cache.clear()
		return s.done(w, r, batchPath(slug)+page, notice)
	}
}

func (s *Server) unpublish(r *http.Request, a portal.Admin, slug string) error {
	return s.desk.Unpublish(r.Context(), a, slug)
}

func (s *Server) correct(r *http.Request, a portal.Admin, slug string) error {
	return s.desk.Correct(r.Context(), a, slug)
}

func (s *Server) archive(r *http.Request, a portal.Admin, slug string) error {
	return s.desk.Archive(r.Context(), a, slug, r.PostForm.Get("state") == "archived")
}

func (s *Server) dropDraft(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	if _, err := posted(r); err != nil {
		return err
	}
	if err := s.desk.DropDraft(r.Context(), a, chi.URLParam(r, "slug")); err != nil {
		return err
	}
	return s.done(w, r, "/admin/batches", "底稿已删除。")
}

func (s *Server) copyBatch(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	if _, err := posted(r); err != nil {
		return err
	}
	fresh, err := s.desk.Copy(r.Context(), a, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	return s.done(w, r, batchPath(fresh)+"/settings", "已复制为新的批次。请填写时间，再核对选题。")
}

// previewNotice stands above every page of a preview.
const previewNotice = "预览：这个版本尚未发布，公众看不到这个页面。"

// preview is the whole guideline exactly as the public will see it.
func (s *Server) preview(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	d, l, err := s.previewed(r, a)
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, public.Batch(public.BatchProps{Layout: l, Now: a.Arrived(), Batch: d.Batch,
		Scrutiny: scrutiny(d.Batch), Topics: d.Topics, Root: batchPath(d.Batch.Slug) + "/preview"}))
}

// previewTopic is one topic as the public will see it, by its position.
func (s *Server) previewTopic(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	d, l, err := s.previewed(r, a)
	if err != nil {
		return err
	}
	ordinal, ok := canonicalNumber(chi.URLParam(r, "ordinal"))
	i := slices.IndexFunc(d.Topics, func(t portal.Topic) bool { return t.Ordinal == ordinal })
	if !ok || i < 0 {
		return portal.ErrNotFound
	}
	l.Title = d.Topics[i].Title
	props := public.TopicProps{Layout: l, Now: a.Arrived(), Batch: d.Batch,
		Scrutiny: scrutiny(d.Batch), Topic: d.Topics[i], Root: batchPath(d.Batch.Slug) + "/preview"}
	if i > 0 {
		props.Previous = &d.Topics[i-1]
	}
	if i+1 < len(d.Topics) {
		props.Next = &d.Topics[i+1]
	}
	return render(w, r, http.StatusOK, public.Topic(props))
}

func (s *Server) previewed(r *http.Request, a portal.Admin) (desk.Draft, layout.Props, error) {
	d, err := s.desk.Draft(r.Context(), a, chi.URLParam(r, "slug"))
	l := s.layout(r, "预览："+d.Batch.Version.Title, layout.NavGuidelines)
	l.NoIndex, l.Notice = true, previewNotice
	return d, l, err
}
