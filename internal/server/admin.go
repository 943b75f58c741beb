package server

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
	"softsci/web/page/admin"
)

func (s *Server) overview(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	o, err := s.desk.Overview(r.Context(), a)
	if err != nil {
		return err
	}
	counts := []admin.Count{{Label: "超期未答复的咨询", Count: o.Asked.Overdue, URL: officeRoom.root},
		{Label: "待答复的咨询", Count: o.Asked.Waiting, URL: officeRoom.root + "?view=" + string(portal.InquiriesWaiting)}}
	if o.Waiting > 0 {
		counts = append(counts, admin.Count{Label: "回避，待另行指定办理人", Count: o.Waiting, URL: "/admin/recusals"})
	}
	return render(w, r, http.StatusOK, admin.Home(admin.HomeProps{Layout: s.personal(r, a, "管理", "admin"), Now: a.Arrived(),
		Batches: o.Batches, Counts: counts, Recent: o.Recent}))
}

func (s *Server) managedBatches(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	batches, err := s.desk.Batches(r.Context(), a)
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, admin.Batches(admin.BatchesProps{Layout: s.personal(r, a, "指南批次", "admin"), Now: a.Arrived(), Batches: batches}))
}

func (s *Server) managedBatch(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showManagedBatch(w, r, a, nil, nil)
}

// showManagedBatch shows a batch's page with the forms that have to be mended, nil for new ones.
func (s *Server) showManagedBatch(w http.ResponseWriter, r *http.Request, a portal.Admin, extend, grant *form.Form) error {
	m, err := s.desk.ManagedBatch(r.Context(), a, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	granted, err := s.desk.Extensions(r.Context(), a, m.Batch.Slug)
	if err != nil {
		return err
	}
	props := admin.BatchProps{Layout: s.personal(r, a, m.Batch.Version.Title, "admin"), Now: a.Arrived(), Batch: m.Batch, Versions: m.Versions}
	status := http.StatusOK
	if extend != nil || grant != nil {
		status, props.Layout.Error = http.StatusUnprocessableEntity, true
	}
	v := m.Batch.Version
	if props.Draft = v.PublishedAt.IsZero(); v.Published(a.Arrived()) {
		props.Extend = cmp.Or(extend, extendFields())
		props.Grant, props.Granting = cmp.Or(grant, grantExtensionFields()), grant != nil
	}
	props.CanUnpublish = !props.Draft && v.Kind == portal.Publication && (len(m.Counts) == 0 || !v.Published(a.Arrived()))
	for _, t := range m.Topics {
		own := ofTopic(m.Counts, t.Ordinal)
		row := admin.TopicRow{Topic: t, Submitted: submitted(own), Counts: counts(own)}
		for _, account := range m.Accounts {
			if account.Topic == t.ID {
				row.Accounts = append(row.Accounts, admin.TopicAccount{Name: account.Name, Email: account.Email})
			}
		}
		props.Topics = append(props.Topics, row)
	}
	props.Counts = counts(m.Counts)
	props.Extensions = extensionRows(granted, a.Arrived())
	return render(w, r, status, admin.Batch(props))
}

// counts adds the numbers of all topics up by status, in the order of a life.
func counts(cells []desk.TopicCount) []admin.StatusCount {
	var list []admin.StatusCount
	for _, status := range portal.Statuses {
		n := 0
		for _, c := range cells {
			if c.Status == status {
				n += c.Count
			}
		}
		if n > 0 {
			list = append(list, admin.StatusCount{Status: status, Count: n})
		}
	}
	return list
}

// ofTopic are the numbers of one topic.
func ofTopic(cells []desk.TopicCount, ordinal int) []desk.TopicCount {
	var own []desk.TopicCount
	for _, c := range cells {
		if c.Ordinal == ordinal {
			own = append(own, c)
		}
	}
	return own
}

// submitted is how many applications were submitted.
func submitted(cells []desk.TopicCount) int {
	n := 0
	for _, c := range cells {
		if c.Status != portal.Draft {
			n += c.Count
		}
	}
	return n
}

func (s *Server) extend(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := extendFields()
	slug := chi.URLParam(r, "slug")
	if f.Fill(values); !f.Check() {
		return s.showManagedBatch(w, r, a, f, nil)
	}
	closes, err := portal.ParseMoment(f.Value("closes"))
	if err != nil {
		return err
	}
	if err := s.desk.Extend(r.Context(), a, slug, closes, f.Value("note")); err != nil {
		if !f.FailWith(err) {
			return err
		}
		return s.showManagedBatch(w, r, a, f, nil)
	}
	s.cache.clear()
	return s.done(w, r, "/admin/batches/"+slug, "已延期并公布，正在填报的申报人会收到邮件。")
}

func (s *Server) accounts(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showAccounts(w, r, a, nil, "")
}

func (s *Server) showAccounts(w http.ResponseWriter, r *http.Request, a portal.Admin, invite *form.Form, topicsError string) error {
	words := r.URL.Query().Get("q")
	list, topics, next, err := s.desk.Accounts(r.Context(), a, words, before(r))
	if err != nil {
		return err
	}
	props := admin.AccountsProps{Layout: s.personal(r, a, "账号与权限", "admin"), Now: a.Arrived(), Query: words, Next: older(r, next), Invite: cmp.Or(invite, inviteFields()), Topics: picks(topics, r.PostForm["topics"], topicsError)}
	status := http.StatusOK
	if invite != nil {
		status, props.Layout.Error, props.Layout.Path = http.StatusUnprocessableEntity, true, "/admin/accounts"
	}
	for _, row := range list {
		props.Accounts = append(props.Accounts, accountRow(row))
	}
	return render(w, r, status, admin.Accounts(props))
}

func accountRow(a desk.AccountRow) admin.AccountRow {
	row := admin.AccountRow{Ref: a.Ref, Name: a.Name, Email: a.Email, CreatedAt: a.CreatedAt, LastSeenAt: a.LastSeenAt, Invited: a.Invited}
	for _, role := range a.Roles {
		row.Roles = append(row.Roles, portal.Role(role).Label())
	}
	return row
}

// picks are the topics that a contact can be tied to, by batch, with what was ticked.
func picks(topics []desk.FoundTopic, chosen []string, problem string) component.PicksProps {
	p := component.PicksProps{Name: "topics", Label: "负责的选题", Hint: "只对指南联系人有效，可以多选", Error: problem}
	for _, t := range topics {
		batch := t.BatchTitle + "（" + t.BatchSlug + "）" // two batches may have one title
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Label != batch {
			p.Groups = append(p.Groups, component.PickGroup{Label: batch})
		}
		group := &p.Groups[len(p.Groups)-1]
		key := strconv.FormatInt(t.ID, 10)
		group.Picks = append(group.Picks, component.Pick{Value: key, Label: t.Label + t.Title, Chosen: slices.Contains(chosen, key)})
	}
	return p
}

// pickedTopics reads the ticked topics; a contact without any is a problem in words.
func pickedTopics(values url.Values, role portal.Role) (keys []int64, problem string) {
	for _, word := range values["topics"] {
		if key, err := strconv.ParseInt(word, 10, 64); err == nil && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if role == portal.RoleContact && len(keys) == 0 {
		problem = "请至少选择一个选题"
	}
	return keys, problem
}

func (s *Server) invite(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := inviteFields()
	f.Fill(values)
	topics, problem := pickedTopics(values, portal.Role(f.Value("role")))
	if right := f.Check(); !right || problem != "" {
		f.Fail("", problem)
		return s.showAccounts(w, r, a, f, problem)
	}
	link, err := s.desk.Invite(r.Context(), a, desk.Invitation{Email: email(f), Name: f.Value("name"), Role: portal.Role(f.Value("role")), Topics: topics})
	if err != nil {
		return err
	}
	notice := "邀请已发出，链接 24 小时内有效。"
	if link == "" {
		notice = "这个邮箱已有账号，权限已经授予，不需要再次邀请。"
	}
	return s.done(w, r, "/admin/accounts", notice)
}

func (s *Server) managedAccount(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showManagedAccount(w, r, a, nil, "")
}

func (s *Server) showManagedAccount(w http.ResponseWriter, r *http.Request, a portal.Admin, grant *form.Form, topicsError string) error {
	m, err := s.desk.ManagedAccount(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	props := admin.AccountProps{Layout: s.personal(r, a, m.Account.Name, "admin"), Now: a.Arrived(), Account: accountRow(m.Account), Grant: cmp.Or(grant, grantFields()), Deputies: m.IsContact(),
		Topics: picks(m.Topics, r.PostForm["topics"], topicsError)}
	status := http.StatusOK
	if grant != nil {
		status, props.Layout.Error = http.StatusUnprocessableEntity, true
	}
	for _, one := range m.Memberships {
		props.Memberships = append(props.Memberships, admin.MembershipRow{ID: one.ID, Role: one.Role.Label(), Scope: one.Scope, For: one.For, Since: one.Since, Until: one.Until})
	}
	return render(w, r, status, admin.Account(props))
}

func (s *Server) grant(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	values, err := posted(r)
	if err != nil {
		return err
	}
	f := grantFields()
	f.Fill(values)
	topics, problem := pickedTopics(values, portal.Role(f.Value("role")))
	if right := f.Check(); !right || problem != "" {
		f.Fail("", problem)
		return s.showManagedAccount(w, r, a, f, problem)
	}
	ref := chi.URLParam(r, "ref")
	if err := s.desk.Grant(r.Context(), a, ref, portal.Role(f.Value("role")), topics); err != nil {
		return err
	}
	return s.done(w, r, "/admin/accounts/"+ref, "权限已授予，对方下一次点击就生效。")
}

func (s *Server) endRight(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return portal.ErrNotFound
	}
	ref := chi.URLParam(r, "ref")
	if err := s.desk.EndRight(r.Context(), a, ref, id); err != nil {
		return err
	}
	return s.done(w, r, "/admin/accounts/"+ref, "权限已终止，立即生效。")
}

func (s *Server) events(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	f := eventFields()
	f.Fill(r.URL.Query())
	f.Check()
	list, next, err := s.desk.Events(r.Context(), a, desk.EventFilter{Verb: f.Value("verb"), Subject: f.Value("subject"), Words: f.Value("words"),
		From: dayOf(f, "from", 0), To: dayOf(f, "to", 1), Before: before(r)})
	if err != nil {
		return err
	}
	return render(w, r, http.StatusOK, admin.Events(admin.EventsProps{Layout: s.personal(r, a, "操作日志", "admin"), Now: a.Arrived(), Events: list, Filter: f, Next: older(r, next)}))
}

// dayOf is the first moment of the day in a field, plus days; zero when there is none.
func dayOf(f *form.Form, name string, plus int) time.Time {
	day, err := portal.ParseDate(f.Value(name))
	if err != nil {
		return time.Time{}
	}
	return day.AddDate(0, 0, plus)
}
