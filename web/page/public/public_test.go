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
	"softsci/web/component"
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
		"changes": public.Changes(public.ChangesProps{}), "past": public.Past(public.PastProps{}),
		"site map": public.SiteMap(public.SiteMapProps{}), "error": public.Error(public.ErrorProps{Status: 404}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pagetest.MustPage(t, c)
		})
	}
}

// mustCorrected is the shipped batch with all that a second version may carry.
func mustCorrected(t *testing.T) (portal.Batch, []portal.Topic) {
	t.Helper()
	batch, topics, _ := mustShipped(t)
	v := &batch.Version
	v.N, v.Kind, v.Note, v.Issue = 2, portal.Correction, "更正指南 3。", "鄂科技规〔2023〕2号"
	v.Advice = "模板见 https://example.org/a.docx。\n\n只收电子版。"
	v.Document = portal.Document{ID: 7, Name: "指南.docx", Format: "docx", Size: 88_000}
	return batch, topics
}

// What the portal adds to a guideline stands beside the document, never in it.
func TestBatchShowsWhatItAsksBesideTheDocument(t *testing.T) {
	t.Parallel()
	batch, topics := mustCorrected(t)
	first := batch.Version
	first.N, first.Kind, first.Note = 1, portal.Publication, ""
	page := pagetest.MustPage(t, public.Batch(public.BatchProps{Now: batch.Version.OpensAt, Batch: batch, Topics: topics, Changes: []portal.BatchVersion{batch.Version, first}}))
	added := []string{"鄂科技规〔2023〕2号", "经费上限", "5 万元", "2023年3月至2023年9月", "不超过 8 人，不含负责人", "不低于 40%，含副高", "每位负责人每年限报 1 项", "必交：诚信承诺书；选交：前期成果、合作协议、其他",
		`<a rel="noopener" href="https://example.org/a.docx">`, "只收电子版。", `href="/batches/2023-softsci-1/document">原始文件（DOCX，86 KB）`, `href="/batches/2023-softsci-1.ics">把截止时间加入日历`,
		`href="/batches/2023-softsci-1.json"`, `href="/batches/2023-softsci-1/changes/2"`}
	pagetest.MustHold(t, page, added...)
	pagetest.MustLack(t, page, "changes/1", "包干制", "身份证号")
	pagetest.MustLack(t, article.FindString(page), added...)
}

// Rules that a batch does not set are not spoken of; others that it sets are.
func TestConditionsAreTheBatchsOwn(t *testing.T) {
	t.Parallel()
	batch, topics := mustCorrected(t)
	batch.Version.Rules = portal.Rules{LumpSum: true, IDNumber: true}
	batch.Version.Document, batch.Version.Advice = portal.Document{}, ""
	now := batch.Version.ClosesAt
	for name, page := range map[string]string{
		"batch": pagetest.MustPage(t, public.Batch(public.BatchProps{Now: now, Batch: batch, Topics: topics})),
		"topic": pagetest.MustPage(t, public.Topic(public.TopicProps{Now: now, Batch: batch, Topic: topics[0]})),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pagetest.MustHold(t, page, "包干制", "身份证号")
			pagetest.MustLack(t, page, "经费上限", "<dt>期限", "项目组人数", "高级职称比例", "限项", "附件", "申报须知", "原始文件", ".ics")
		})
	}
}

// What an application is held against is read before anything is begun: the conditions
// under their names, the contact's checklist folded below them.
func TestWhatIsCheckedIsTold(t *testing.T) {
	t.Parallel()
	batch, topics := mustCorrected(t)
	s := public.Scrutiny{Conditions: []component.Condition{{Name: "申报条件一", Text: "申报单位为独立法人。"}}, Questions: []string{"材料齐全", "没有雷同的迹象"}}
	for name, c := range map[string]templ.Component{
		"batch": public.Batch(public.BatchProps{Now: batch.Version.OpensAt, Batch: batch, Topics: topics, Scrutiny: s}),
		"topic": public.Topic(public.TopicProps{Now: batch.Version.OpensAt, Batch: batch, Topic: topics[1], Scrutiny: s}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := pagetest.MustPage(t, c)
			pagetest.MustHold(t, page, `<h2 id="conditions">申报条件</h2>`, "申报条件一", "申报单位为独立法人。", "<details><summary>形式审查清单：提交后联系人逐项核对的 2 项</summary>",
				"<li>材料齐全</li><li>没有雷同的迹象</li>", `<h2 id="advice">申报须知</h2>`)
			pagetest.MustLack(t, article.FindString(page), "申报条件一", "材料齐全")
		})
	}
}

// A preview leads nowhere but to itself: what only a published guideline has is absent,
// and nothing can be applied for.
func TestAPreviewStaysWithinItself(t *testing.T) {
	t.Parallel()
	const root = "/admin/batches/2023-softsci-1/preview"
	batch, topics := mustCorrected(t)
	outside := regexp.MustCompile(`href="/batches/[^"]*"|action="/applications"`)
	for name, c := range map[string]templ.Component{
		"batch": public.Batch(public.BatchProps{Root: root, Now: batch.Version.OpensAt, Batch: batch, Topics: topics, Changes: []portal.BatchVersion{batch.Version}}),
		"topic": public.Topic(public.TopicProps{Root: root, Now: batch.Version.OpensAt, Batch: batch, Topic: topics[1], Previous: &topics[0], Next: &topics[2]}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := pagetest.MustPage(t, c)
			pagetest.MustHold(t, page, `href="`+root+`/topics/3"`)
			if found := outside.FindString(page); found != "" {
				t.Errorf("leads out of the preview: %s", found)
			}
		})
	}
}

// A retired topic can be read and not applied for.
func TestARetiredTopicSaysSo(t *testing.T) {
	t.Parallel()
	batch, topics := mustCorrected(t)
	topics[2].Retired = true
	page := pagetest.MustPage(t, public.Topic(public.TopicProps{Now: batch.Version.OpensAt, Batch: batch, Topic: topics[2]}))
	pagetest.MustHold(t, page, `本选题已停用（<a href="/batches/2023-softsci-1">见更正</a>）`, html.EscapeString(topics[2].Content), "只收电子版。")
	pagetest.MustLack(t, page, `action="/applications"`, "data-closes")
	if strings.Index(page, "已停用") > strings.Index(page, "<h1") {
		t.Error("it is said below the title")
	}
}

// A correction says what it changed; a version that others followed leads to the current one.
func TestChangesExplainAVersion(t *testing.T) {
	t.Parallel()
	batch, _ := mustCorrected(t)
	props := public.ChangesProps{Now: batch.Version.OpensAt, Batch: batch, Version: batch.Version, Rows: []component.ChangeRow{{Label: "指南 3 · 题目", Kind: "修改",
		Old: []portal.Span{{Text: "旧题", Hit: true}}, New: []portal.Span{{Text: "新题", Hit: true}}}}}
	page := pagetest.MustPage(t, public.Changes(props))
	pagetest.MustHold(t, page, "更正说明", "第 2 版", "2023年2月17日 00:00:00", "更正指南 3。", "指南 3 · 题目", "旧题</del>", "新题</ins>", `href="/batches/2023-softsci-1"`)
	pagetest.MustLack(t, page, "现行的是")
	props.Batch.Version.N, props.Version.Kind, props.Rows = 3, portal.Extension, nil
	page = pagetest.MustPage(t, public.Changes(props))
	pagetest.MustHold(t, page, "延期说明", "现行的是<a href=\"/batches/2023-softsci-1\">第 3 版</a>", "没有改动")
}

func TestPastListsEveryBatch(t *testing.T) {
	t.Parallel()
	batch, _, _ := mustShipped(t)
	old := batch
	old.Slug, old.ArchivedAt = "2021-softsci-1", batch.Version.ClosesAt
	page := pagetest.MustPage(t, public.Past(public.PastProps{Now: batch.Version.ClosesAt, Batches: []portal.Batch{batch, old}}))
	pagetest.MustHold(t, page, `href="/batches/2023-softsci-1"`, `href="/batches/2021-softsci-1"`, "已截止", "2023年2月17日")
	if n := strings.Count(page, "已归档"); n != 1 {
		t.Errorf("%d batches are marked as archived", n)
	}
	pagetest.MustHold(t, pagetest.MustPage(t, public.Past(public.PastProps{})), "还没有发布过指南")
	for name, c := range map[string]templ.Component{"home": public.Home(public.HomeProps{Batch: &batch}), "empty home": public.Home(public.HomeProps{}), "site map": public.SiteMap(public.SiteMapProps{})} {
		if !strings.Contains(pagetest.MustRender(t, c), `<a href="/batches">全部批次</a>`) {
			t.Errorf("%s does not lead to all batches", name)
		}
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
