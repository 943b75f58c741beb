package server

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/layout"
	"softsci/web/page/public"
	"softsci/web/text"
)

// publicLayout is the frame of a page that is the same for everybody: nothing of
// the request but its path may stand in it.
func (s *Server) publicLayout(r *http.Request, title, nav, description string) layout.Props {
	l := s.layout(r, title, nav)
	l.Path, l.Canonical, l.Description = r.URL.Path, s.site.URL+r.URL.Path, description
	return l
}

func (s *Server) home(r *http.Request, v portal.Visitor) (templ.Component, time.Time, error) {
	p, err := s.desk.Home(r.Context(), v)
	if err != nil {
		return nil, p.Until, err
	}
	props := public.HomeProps{Layout: s.publicLayout(r, "", "guidelines", "软科学研究项目申报指南、在线申报与办理进度。"), Now: v.Arrived(), Topics: p.Topics}
	if p.Batch.ID != 0 && p.Batch.ArchivedAt.IsZero() {
		props.Batch = &p.Batch
	}
	for _, b := range p.Batches {
		if b.ID != p.Batch.ID && b.ArchivedAt.IsZero() {
			props.Others = append(props.Others, b)
		}
	}
	return public.Home(props), p.Until, nil
}

func (s *Server) batch(r *http.Request, v portal.Visitor) (templ.Component, time.Time, error) {
	p, err := s.desk.Batch(r.Context(), v, chi.URLParam(r, "slug"))
	if err != nil {
		return nil, p.Until, err
	}
	l := s.publicLayout(r, p.Batch.Version.Title, "guidelines", p.Batch.Version.Title+"全文。")
	return public.Batch(public.BatchProps{Layout: l, Now: v.Arrived(), Batch: p.Batch,
		Scrutiny: scrutiny(p.Batch), Topics: p.Topics, Changes: p.Changes}), p.Until, nil
}

// scrutiny is what the batch holds applications against.
func scrutiny(b portal.Batch) public.Scrutiny {
	return public.Scrutiny{Conditions: conditions(b.Version.Rules), Questions: proposal.Questions(b.Version.Rules)}
}

func (s *Server) topic(r *http.Request, v portal.Visitor) (templ.Component, time.Time, error) {
	p, err := s.desk.Batch(r.Context(), v, chi.URLParam(r, "slug"))
	if err != nil {
		return nil, p.Until, err
	}
	ordinal, ok := canonicalNumber(chi.URLParam(r, "ordinal"))
	i := slices.IndexFunc(p.Topics, func(t portal.Topic) bool { return t.Ordinal == ordinal })
	if !ok {
		return nil, p.Until, portal.ErrNotFound
	}
	if i < 0 {
		return s.retiredTopic(r, v, p, ordinal)
	}
	topic := p.Topics[i]
	answers, err := s.desk.Answers(r.Context(), v, p.Batch.Slug, ordinal, 0)
	if err != nil {
		return nil, p.Until, err
	}
	props := public.TopicProps{Layout: s.publicLayout(r, topic.Title, "guidelines", shorten(topic.Content, 80)), Now: v.Arrived(), Batch: p.Batch,
		Scrutiny: scrutiny(p.Batch), Topic: topic, Answers: answers.Answers, MoreAnswers: answers.Next != 0}
	if i > 0 {
		props.Previous = &p.Topics[i-1]
	}
	if i+1 < len(p.Topics) {
		props.Next = &p.Topics[i+1]
	}
	return public.Topic(props), p.Until, nil
}

// retiredTopic is the page of a topic that a correction retired: its address stays.
func (s *Server) retiredTopic(r *http.Request, v portal.Visitor, p desk.Public, ordinal int) (templ.Component, time.Time, error) {
	topic, err := s.desk.RetiredTopic(r.Context(), v, p.Batch.Slug, ordinal)
	if err != nil {
		return nil, p.Until, err
	}
	answers, err := s.desk.Answers(r.Context(), v, p.Batch.Slug, ordinal, 0)
	if err != nil {
		return nil, p.Until, err
	}
	l := s.publicLayout(r, topic.Title+"（已停用）", "guidelines", shorten(topic.Content, 80))
	l.NoIndex = true
	return public.Topic(public.TopicProps{Layout: l, Now: v.Arrived(), Batch: p.Batch, Topic: topic, Answers: answers.Answers,
		MoreAnswers: answers.Next != 0}), p.Until, nil
}

// canonicalNumber reads a number of a URL in its one spelling: 007 is not 7, so
// that a page has one address and the cache one entry for it.
func canonicalNumber(word string) (int, bool) {
	n, err := strconv.Atoi(word)
	return n, err == nil && strconv.Itoa(n) == word
}

// forever is the moment at which the words of a page without time change.
var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

func (s *Server) help(r *http.Request, _ portal.Visitor) (templ.Component, time.Time, error) {
	return public.Help(public.HelpProps{Layout: s.publicLayout(r, "使用说明", "", "申报人、指南联系人和管理员的使用说明。")}), forever, nil
}

func (s *Server) accessibility(r *http.Request, _ portal.Visitor) (templ.Component, time.Time, error) {
	return public.Accessibility(public.AccessibilityProps{Layout: s.publicLayout(r, "无障碍说明", "", "本站的无障碍与适老化措施。")}), forever, nil
}

func (s *Server) privacy(r *http.Request, _ portal.Visitor) (templ.Component, time.Time, error) {
	return public.Privacy(public.PrivacyProps{Layout: s.publicLayout(r, "隐私说明", "", "本站收集哪些个人信息、用来做什么、保存多久。"),
		Version: text.PrivacyVersion, Organiser: s.site.Organiser, Contact: s.site.Contact}), forever, nil
}

func (s *Server) siteMap(r *http.Request, v portal.Visitor) (templ.Component, time.Time, error) {
	p, topics, err := s.desk.SiteMap(r.Context(), v)
	if err != nil {
		return nil, p.Until, err
	}
	return public.SiteMap(public.SiteMapProps{Layout: s.publicLayout(r, "站点地图", "", "本站全部页面。"), Batches: p.Batches, Topics: topics}), p.Until, nil
}

const excerptWidth = 120 // characters around the first hit

func (s *Server) search(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	w.Header()["Cache-Control"] = noStore
	query := r.URL.Query().Get("q")
	search := portal.Query(query)
	found, more, err := s.desk.Search(r.Context(), v, search)
	if err != nil {
		return err
	}
	l := s.layout(r, "搜索", "search")
	l.NoIndex = true
	props := public.SearchProps{Layout: l, Query: query, TooShort: query != "" && len(search.Terms) == 0, More: more}
	for _, t := range found {
		hit := public.SearchHit{Topic: t.Topic, BatchSlug: t.BatchSlug, BatchTitle: t.BatchTitle,
			Title: portal.Mark(t.Title, search), Excerpt: portal.Excerpt(t.Content, search, excerptWidth),
			Who: portal.Mark(cards(t.Contacts), search)}
		if t.Answered != "" {
			hit.Answered = portal.Excerpt(t.Answered, search, excerptWidth)
		}
		props.Hits = append(props.Hits, hit)
	}
	return render(w, r, http.StatusOK, public.Search(props))
}

func cards(contacts []portal.Person) string {
	lines := make([]string, len(contacts))
	for i, c := range contacts {
		lines[i] = strings.Join(append([]string{c.Department, c.Name}, c.Phones...), " ")
	}
	return strings.Join(lines, "；")
}

// display keeps the one preference that public pages depend on, and goes back.
func (s *Server) display(w http.ResponseWriter, r *http.Request, _ portal.Visitor) error {
	form, err := posted(r)
	if err != nil {
		return err
	}
	d := displayOf(r)
	switch form.Get("size") {
	case "large":
		d.Large = true
	case "normal":
		d.Large = false
	}
	switch form.Get("contrast") {
	case "high":
		d.Contrast = true
	case "normal":
		d.Contrast = false
	}
	var words []string
	if d.Large {
		words = append(words, "large")
	}
	if d.Contrast {
		words = append(words, "contrast")
	}
	cookie := http.Cookie{Name: displayCookie, Value: strings.Join(words, "-"), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: s.secure}
	if len(words) == 0 {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, &cookie)
	http.Redirect(w, r, local(form.Get("back")), http.StatusSeeOther)
	return nil
}

var immutable = []string{"public, max-age=31536000, immutable"}

func (s *Server) asset(w http.ResponseWriter, r *http.Request, _ portal.Visitor) error {
	f, ok := s.assets[r.URL.Path]
	if !ok {
		return portal.ErrNotFound
	}
	h := w.Header()
	h["Cache-Control"] = immutable // the name carries the content's hash
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Type", f.Type)
	body := f.Body
	switch encodingFor(r) {
	case brotlied:
		body = f.Brotli
		h.Set("Content-Encoding", "br")
	case zipped:
		body = f.Gzip
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader has gone away: nobody is left to tell
	}
	return nil
}

// favicon is what browsers ask for without being told to.
func (s *Server) favicon(w http.ResponseWriter, r *http.Request, _ portal.Visitor) error {
	http.Redirect(w, r, s.site.Icon, http.StatusFound)
	return nil
}

// healthz says that the process answers.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request, _ portal.Visitor) error {
	return plainText(w, http.StatusOK, "ok\n")
}

// readyz says that requests should be sent here: the database answers and the
// process is not about to stop.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request, _ portal.Visitor) error {
	switch {
	case s.closing.Load():
		return plainText(w, http.StatusServiceUnavailable, "closing\n")
	case s.desk.Ready(r.Context()) != nil:
		return plainText(w, http.StatusServiceUnavailable, "no database\n")
	}
	return plainText(w, http.StatusOK, "ready\n")
}

func plainText(w http.ResponseWriter, status int, body string) error {
	w.Header()["Cache-Control"] = noStore
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // the reader has gone away: nobody is left to tell
	return nil
}

func (s *Server) robots(w http.ResponseWriter, _ *http.Request, _ portal.Visitor) error {
	return plainText(w, http.StatusOK, "User-agent: *\nDisallow: /account\nDisallow: /admin\nDisallow: /applications\nDisallow: /desk\nDisallow: /search\n\nSitemap: "+s.site.URL+"/sitemap.xml\n")
}

type jsonBatch struct {
	Slug       string          `json:"slug"`
	Title      string          `json:"title"`
	Issue      string          `json:"document_number"`
	Year       int             `json:"year"`
	Plan       string          `json:"plan"`
	Category   string          `json:"category"`
	Label      string          `json:"label"`
	Version    int             `json:"version"`
	Published  string          `json:"published_at"`
	Opens      string          `json:"opens_at"`
	Closes     string          `json:"closes_at"`
	Advice     string          `json:"advice"`
	Conditions []jsonCondition `json:"conditions"`
	URL        string          `json:"url"`
	Topics     []jsonTopic     `json:"topics"`
}

type jsonCondition struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

type jsonTopic struct {
	Ordinal      int           `json:"ordinal"`
	Label        string        `json:"label"`
	Group        string        `json:"group"`
	Title        string        `json:"title"`
	Content      string        `json:"content"`
	Deliverables []string      `json:"deliverables"`
	Contacts     []jsonContact `json:"contacts"`
	URL          string        `json:"url"`
}

type jsonContact struct {
	Department string   `json:"department"`
	Name       string   `json:"name"`
	Phones     []string `json:"phones"`
	Email      string   `json:"email"`
}

func (s *Server) batchJSON(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	p, err := s.desk.Batch(r.Context(), v, chi.URLParam(r, "slug"))
	if err != nil {
		return err
	}
	b := p.Batch.Version
	out := jsonBatch{Slug: p.Batch.Slug, Title: b.Title, Issue: b.Issue, Year: b.Year, Plan: b.Plan, Category: b.Category, Label: b.Label, Version: b.N,
		Published: portal.ISO(b.PublishedAt), Opens: portal.ISO(b.OpensAt), Closes: portal.ISO(b.ClosesAt), Advice: b.Advice,
		Conditions: []jsonCondition{}, URL: s.batchURL(p.Batch), Topics: []jsonTopic{}}
	for _, c := range proposal.Eligibility(b.Rules) {
		out.Conditions = append(out.Conditions, jsonCondition{c.Name(), c.Text})
	}
	for _, t := range p.Topics {
		out.Topics = append(out.Topics, s.jsonTopic(p.Batch, t))
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func (s *Server) jsonTopic(b portal.Batch, t portal.Topic) jsonTopic {
	out := jsonTopic{Ordinal: t.Ordinal, Label: t.Label, Group: t.Group, Title: t.Title, Content: t.Content,
		Deliverables: append([]string{}, t.Deliverables...), Contacts: []jsonContact{}, URL: s.topicURL(b, t)}
	for _, c := range t.Contacts {
		out.Contacts = append(out.Contacts, jsonContact{c.Department, c.Name, append([]string{}, c.Phones...), c.Email})
	}
	return out
}

func (s *Server) batchURL(b portal.Batch) string { return s.site.URL + "/batches/" + b.Slug }

func (s *Server) topicURL(b portal.Batch, t portal.Topic) string {
	return fmt.Sprintf("%s/topics/%d", s.batchURL(b), t.Ordinal)
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

const atomType = "application/atom+xml; charset=utf-8"

// newFeed is a feed without entries: of the page, at its own address.
func (s *Server) newFeed(page, self, title string) *atomFeed {
	return &atomFeed{Lang: "zh-CN", ID: page, Title: title, Author: cmp.Or(s.site.Organiser, s.site.Name),
		Links: []atomLink{{"alternate", page}, {"self", self}}, Updated: portal.ISO(time.Unix(0, 0))} // Atom wants a date even of an empty feed
}

// add appends an entry as it stands since the moment.
func (f *atomFeed) add(at time.Time, e atomEntry) {
	e.Updated = portal.ISO(at)
	f.Entries = append(f.Entries, e)
	f.Updated = max(f.Updated, e.Updated) // all are times of Shanghai, so that the later word is the later time
}

// feed is every publication, correction and extension, the newest first.
func (s *Server) feed(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	news, err := s.desk.News(r.Context(), v)
	if err != nil {
		return err
	}
	feed := s.newFeed(s.site.URL+"/", s.site.URL+"/feed.atom", s.site.Name)
	for _, b := range news {
		ver := b.Version
		link := s.batchURL(b)
		if ver.N > 1 {
			link = fmt.Sprintf("%s/changes/%d", link, ver.N)
		}
		summary := ver.Kind.Label() + "：" + portal.DateTimeText(ver.OpensAt) + " 开始，" + portal.DateTimeText(ver.ClosesAt) + " 截止。" + ver.Note
		feed.add(ver.PublishedAt, atomEntry{ID: fmt.Sprintf("%s#v%d", s.batchURL(b), ver.N), Title: ver.Title,
			Link: atomLink{"alternate", link}, Summary: summary})
	}
	return writeXML(w, atomType, feed)
}

type xmlURLSet struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []xmlURL `xml:"url"`
}

type xmlURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func (s *Server) sitemapXML(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
	p, topics, err := s.desk.SiteMap(r.Context(), v)
	if err != nil {
		return err
	}
	var set xmlURLSet
	for _, path := range []string{"/", "/batches", "/help", "/accessibility", "/privacy", "/site-map"} {
		set.URLs = append(set.URLs, xmlURL{Loc: s.site.URL + path})
	}
	for _, b := range p.Batches {
		changed := portal.ISO(b.Version.PublishedAt)
		set.URLs = append(set.URLs, xmlURL{s.batchURL(b), changed})
		for _, t := range topics[b.Slug] {
			set.URLs = append(set.URLs, xmlURL{s.topicURL(b, t), changed})
		}
	}
	return writeXML(w, "application/xml; charset=utf-8", set)
}

func writeXML(w http.ResponseWriter, kind string, v any) error {
	out, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(append([]byte(xml.Header), out...)) // the reader has gone away: nobody is left to tell
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }
