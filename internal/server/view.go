package server

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/component"
	"softsci/web/page/act"
	"softsci/web/page/contact"
)

// fillViews puts the to-do lists and the saved views into the margin; the one that is shown
// gives the page its heading.
func fillViews(p *contact.DeskProps, l desk.Listing, box desk.Inbox) {
	here := foundURL(deskPath, l.Filter.String(), l.Order)
	add := func(list *[]contact.View, v contact.View) {
		if v.Here = v.URL == here; v.Here {
			p.Heading = v.Label
		}
		*list = append(*list, v)
	}
	for _, v := range views {
		if count := v.count(box); count > 0 || !v.rare || v.url == here {
			add(&p.Views, contact.View{Label: v.label, URL: v.url, Count: count})
		}
	}
	for _, v := range box.Views {
		one := contact.View{Label: v.Name, URL: foundURL(deskPath, v.Query, portal.ParseOrder(v.Sort))}
		if v.Own {
			one.Edit = viewPath(v.ID)
		} else {
			one.Note = v.By
		}
		add(&p.Saved, one)
	}
}

func viewPath(id int64) string { return "/desk/views/" + strconv.FormatInt(id, 10) }

// rows are the applications of a page with what was looked for marked.
func rows(r *http.Request, c portal.Contact, l desk.Listing, f desk.Found) []contact.Row {
	search := l.Filter.Search()
	list := make([]contact.Row, len(f.Applications))
	for i, a := range f.Applications {
		list[i] = contact.Row{Application: a, Title: portal.Mark(a.Called(), search), Mark: a.Mark(c), Look: lookURL(r, a.Ref) + "#beside", Looked: a.Ref == l.Row}
	}
	return list
}

// lookURL is the address of the same page with another row, or none, beside it.
func lookURL(r *http.Request, ref string) string {
	q := r.URL.Query()
	if q.Set("row", ref); ref == "" {
		q.Del("row")
	}
	return deskPath + "?" + q.Encode()
}

// beside is the row that is looked at.
func beside(r *http.Request, b *desk.Beside) *contact.Beside {
	if b == nil {
		return nil
	}
	p := &contact.Beside{Application: b.Application, Close: lookURL(r, ""), Findings: checklist(proposal.Review(b.Frozen, b.Application), nil)}
	for _, section := range proposal.ReadFrozen(b.Frozen) {
		switch section.Name {
		case proposal.Text:
			p.Abstract = section.Value(proposal.FieldAbstract)
		case proposal.Budget:
			p.Budget = shown(section.Answers)
		}
	}
	for _, m := range proposal.Members(b.Frozen) {
		p.Team = append(p.Team, contact.Member{Name: m.Name, Title: m.Title, Unit: m.Unit})
	}
	return p
}

// paceActs is how many acts a mean needs to say something.
const paceActs = 3

// paceOf is how much of the view's work is done in its batch, the newest unless the filter
// names another; nil where the view is no work.
func paceOf(f portal.Filter, box desk.Inbox) *contact.Pace {
	batch := f.Batch
	if batch == "" && len(box.Counts) > 0 {
		batch = box.Counts[0].Batch
	}
	for _, phase := range phases {
		if !slices.Contains(phase.views, f.Standing) {
			continue
		}
		p := &contact.Pace{Label: phase.label, Mean: meanText(box.Pace)}
		for _, c := range box.Counts {
			switch {
			case c.Batch != batch:
			case slices.Contains(phase.afterwards, c.Status):
				p.Done, p.All = p.Done+c.Count, p.All+c.Count
			case c.Status == phase.waiting:
				p.All += c.Count
			}
		}
		if p.All > 0 {
			return p
		}
	}
	return nil
}

// meanText is a contact's mean time for one application, "" while there is too little to say.
func meanText(p desk.Pace) string {
	minutes := int((time.Duration(p.Seconds*float64(time.Second)) + time.Minute/2) / time.Minute)
	switch {
	case p.Acts < paceActs || p.Seconds == 0:
		return ""
	case minutes == 0:
		return "平均不到 1 分钟"
	}
	return fmt.Sprintf("平均 %d 分钟", minutes)
}

// saving is the view that an address is about to keep: its filter as it is written, and its order.
func saving(r *http.Request) portal.SavedView {
	l, _ := listing(r, r.URL.Query().Get("q"))
	return portal.SavedView{Query: l.Filter.String(), Sort: l.Order.String()}
}

func (s *Server) newView(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	_, topics, err := s.desk.SavedViews(r.Context(), c)
	if err != nil {
		return err
	}
	return s.showNewView(w, r, c, viewFields("", topics))
}

func (s *Server) showNewView(w http.ResponseWriter, r *http.Request, c portal.Contact, f *form.Form) error {
	v := saving(r)
	lead := "查找条件：" + v.Query
	if v.Query == "" {
		lead = "列出全部申报书。"
	}
	order := portal.ParseOrder(v.Sort)
	return showAct(w, r, act.Props{Layout: s.personal(r, c, "保存视图", "desk"), About: "工作台", Heading: "保存视图", Lead: []string{lead + " 保存后列在工作台左侧，里面的份数随时更新。"},
		URL: foundURL("/desk/views", v.Query, order), Form: f, Button: "保存", Back: foundURL(deskPath, v.Query, order)})
}

func (s *Server) saveView(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	_, topics, err := s.desk.SavedViews(r.Context(), c)
	if err != nil {
		return err
	}
	f, v := viewFields("", topics), saving(r)
	if f.Fill(values); !f.Check() {
		return s.showNewView(w, r, c, f)
	}
	topic, _ := strconv.ParseInt(f.Value("topic"), 10, 64) // one of the choices, or the word for none
	v.Name = f.Value("name")
	if err := s.desk.SaveView(r.Context(), c, v, topic); f.FailWith(err) {
		return s.showNewView(w, r, c, f)
	} else if err != nil {
		return err
	}
	return s.done(w, r, foundURL(deskPath, v.Query, portal.ParseOrder(v.Sort)), "视图“"+v.Name+"”已保存。")
}

// ownView is the contact's own view that an address names.
func (s *Server) ownView(r *http.Request, c portal.Contact) (portal.SavedView, error) {
	list, _, err := s.desk.SavedViews(r.Context(), c)
	if err != nil {
		return portal.SavedView{}, err
	}
	i := slices.IndexFunc(list, func(v portal.SavedView) bool { return v.Own && strconv.FormatInt(v.ID, 10) == chi.URLParam(r, "id") })
	if i < 0 {
		return portal.SavedView{}, portal.ErrNotFound
	}
	return list[i], nil
}

func (s *Server) viewForm(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	v, err := s.ownView(r, c)
	if err != nil {
		return err
	}
	return s.showView(w, r, c, v, viewFields(v.Name, nil))
}

func (s *Server) showView(w http.ResponseWriter, r *http.Request, c portal.Contact, v portal.SavedView, f *form.Form) error {
	props := contact.ViewProps{Layout: s.personal(r, c, v.Name, "desk"), View: v, Form: f}
	status := http.StatusOK
	if len(f.Problems()) > 0 {
		status, props.Layout.Error = http.StatusUnprocessableEntity, true
	}
	return render(w, r, status, contact.EditView(props))
}

func (s *Server) renameView(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	v, err := s.ownView(r, c)
	if err != nil {
		return err
	}
	f := viewFields(v.Name, nil)
	if f.Fill(values); !f.Check() {
		return s.showView(w, r, c, v, f)
	}
	if err := s.desk.RenameView(r.Context(), c, v.ID, f.Value("name")); f.FailWith(err) {
		return s.showView(w, r, c, v, f)
	} else if err != nil {
		return err
	}
	return s.done(w, r, deskPath, "视图已改名。")
}

func (s *Server) removeView(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	v, err := s.ownView(r, c)
	if err != nil {
		return err
	}
	if err := s.desk.RemoveView(r.Context(), c, v.ID); err != nil {
		return err
	}
	return s.done(w, r, deskPath, "视图“"+v.Name+"”已删除。")
}

// deskHints are the values that a contact's own applications have: nobody learns another's.
func deskHints(l desk.Listing, box desk.Inbox) []component.Hint {
	var words, ordinals, batches []string
	for _, word := range portal.Standpoints() {
		f := portal.Filter{}.With("状态", word)
		if slices.ContainsFunc(box.Counts, func(c desk.DeskCount) bool { return c.Stands(f.Standing) }) {
			words = append(words, word)
		}
	}
	for _, c := range box.Counts {
		ordinals, batches = append(ordinals, itoa(c.Ordinal)), append(batches, c.Batch)
	}
	return []component.Hint{hint(deskPath, l, "状态", words), hint(deskPath, l, "指南", once(ordinals)), hint(deskPath, l, "批次", once(batches)), hint(deskPath, l, "标记", box.Flags)}
}

// once are the words in their order, each where it stands first.
func once(words []string) []string {
	var list []string
	for _, word := range words {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}
