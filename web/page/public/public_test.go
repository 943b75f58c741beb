package public_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/a-h/templ"

	"softsci/internal/guideline"
	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/page/public"
)

// mustShipped is the batch that comes with the portal, as its document is read, and
// the document's own text.
func mustShipped(t *testing.T) (portal.Batch, []portal.Topic, string) {
	t.Helper()
	source, err := guideline.Decode(guideline.Shipped)
	if err != nil {
		t.Fatal(err)
	}
	proposal := guideline.Parse(source)
	var topics []portal.Topic
	for _, p := range proposal.Topics {
		topic := portal.Topic{Ordinal: p.Ordinal, Label: p.Label, Group: p.Group, Title: p.Title, Content: p.Content, Deliverables: p.Deliverables}
		for _, c := range p.Contacts {
			topic.Contacts = append(topic.Contacts, portal.Person{Department: c.Department, Name: c.Name, Phones: c.Phones, Email: c.Email, Hours: "工作日"})
		}
		topics = append(topics, topic)
	}
	if len(topics) != 10 {
		t.Fatalf("%d topics", len(topics))
	}
	opens := time.Date(2023, 2, 17, 0, 0, 0, 0, portal.Shanghai)
	return portal.Batch{Slug: "2023-softsci-1", Version: portal.BatchVersion{
		N: 1, Kind: portal.Publication, Title: proposal.Title, Year: proposal.Year, Category: proposal.Category, Label: proposal.Label,
		Rules: portal.DefaultRules(), OpensAt: opens, ClosesAt: opens.AddDate(0, 1, 3), PublishedAt: opens,
	}}, topics, source
}

// bare is a text without white space.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

var (
	article = regexp.MustCompile(`(?s)<article [^>]*data-document[^>]*>(.*?)</article>`)
	tag     = regexp.MustCompile(`<[^>]*>`)
)

// The public document says what the source says, in its order, and nothing else.
func TestTheDocumentIsTheSource(t *testing.T) {
	t.Parallel()
	batch, topics, source := mustShipped(t)
	page := pagetest.MustRender(t, public.Batch(public.BatchProps{Now: batch.Version.OpensAt, Batch: batch, Topics: topics, Changes: []portal.BatchVersion{batch.Version}}))
	m := article.FindStringSubmatch(page)
	if m == nil {
		t.Fatal("no article[data-document]")
	}
	got := bare(html.UnescapeString(tag.ReplaceAllString(m[1], "")))
	want := bare(strings.ReplaceAll(source, "[bookmark: _GoBack]", "")) // left behind by the word processor
	for i := range got {
		if i >= len(want) || got[i] != want[i] {
			t.Fatalf("differs after %q:\ngot  %.60q\nwant %.60q", got[max(0, i-60):i], got[i:], want[min(i, len(want)):])
		}
	}
	if len(got) != len(want) {
		t.Errorf("ends too early: %q is missing", want[len(got):])
	}
}

// Every real topic's page shows its content and calls its contact.
func TestTopicShowsWhatWasPrinted(t *testing.T) {
	t.Parallel()
	batch, topics, _ := mustShipped(t)
	for i, topic := range topics {
		page := pagetest.MustRender(t, public.Topic(public.TopicProps{Now: batch.Version.OpensAt, Batch: batch, Topic: topic}))
		pagetest.MustHold(t, page, html.EscapeString(topic.Content), topic.Contacts[0].Name, `href="tel:+86`, `action="/applications"`, "data-closes=")
		if none := strings.Contains(page, "本题未指定报告名称"); none != (len(topic.Deliverables) == 0) {
			t.Errorf("topic %d: asks for %v, page says none: %v", i+1, topic.Deliverables, none)
		}
	}
}

// A kept page must not carry the moment it was rendered at.
func TestPublicPagesCarryNoClock(t *testing.T) {
	t.Parallel()
	batch, topics, _ := mustShipped(t)
	now := batch.Version.OpensAt
	for name, c := range map[string]templ.Component{
		"home":  public.Home(public.HomeProps{Now: now, Batch: &batch, Topics: topics}),
		"batch": public.Batch(public.BatchProps{Now: now, Batch: batch, Topics: topics}),
		"topic": public.Topic(public.TopicProps{Now: now, Batch: batch, Topic: topics[0]}),
	} {
		if strings.Contains(pagetest.MustRender(t, c), "data-now") {
			t.Errorf("%s carries data-now", name)
		}
	}
}

// A closed and an announced batch offer no form, and say so.
func TestTopicOffersTheFormOnlyWhileOpen(t *testing.T) {
	t.Parallel()
	batch, topics, _ := mustShipped(t)
	for now, want := range map[time.Time]string{batch.Version.ClosesAt: "已经截止", batch.Version.OpensAt.Add(-1): "尚未开始"} {
		page := pagetest.MustRender(t, public.Topic(public.TopicProps{Now: now, Batch: batch, Topic: topics[0]}))
		if strings.Contains(page, `action="/applications"`) || !strings.Contains(page, want) {
			t.Errorf("at %s: a form, or not %q", portal.ISO(now), want)
		}
	}
}

func TestPagesRenderWithNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]templ.Component{
		"home": public.Home(public.HomeProps{}), "batch": public.Batch(public.BatchProps{}), "topic": public.Topic(public.TopicProps{}),
		"search": public.Search(public.SearchProps{}), "nothing found": public.Search(public.SearchProps{Query: "无"}),
		"too short": public.Search(public.SearchProps{Query: "，", TooShort: true}), "help": public.Help(public.HelpProps{}),
		"accessibility": public.Accessibility(public.AccessibilityProps{}), "privacy": public.Privacy(public.PrivacyProps{}),
		"site map": public.SiteMap(public.SiteMapProps{}), "error": public.Error(public.ErrorProps{Status: 404}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pagetest.MustPage(t, c)
		})
	}
}

// Marked text stays the same text.
func TestSearchKeepsTheText(t *testing.T) {
	t.Parallel()
	page := pagetest.MustRender(t, public.Search(public.SearchProps{Query: "科技", Hits: []public.SearchHit{{
		Topic: portal.Topic{Ordinal: 1}, BatchSlug: "b", Title: []portal.Span{{Text: "湖北省"}, {Text: "科技", Hit: true}, {Text: "融媒体"}},
		Who: []portal.Span{{Text: "办公室 朱勇"}, {Text: "进", Hit: true}, {Text: " 027-87135799"}},
	}}}))
	pagetest.MustHold(t, page, `湖北省<mark>科技</mark>融媒体</a>`, `朱勇<mark>进</mark>`, `>027-87135799<`)
}
