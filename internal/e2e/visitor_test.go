package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"softsci/internal/portal"
)

// visitor reads, without an account.
func visitor(t *testing.T, s *stage) {
	p := s.mustPage(t)
	p.mustGoto("/", 200)
	p.mustCount(".rows .topic", len(s.topics))
	p.mustFollow("阅读或打印全文")
	p.mustBeAt("/batches/" + slug)
	for _, topic := range s.topics {
		p.mustSee("article", topic.Title, topic.Contacts[0].Name)
	}
	p.mustCheck("batch")
	p.mustClick(".toc a", s.topic(7).Title)
	if got := mustEval[float64](p, `document.querySelector('#topic-7').getBoundingClientRect().top`); got < -2 || got > 400 {
		t.Errorf("the table of contents leads to topic 7, whose top is at %v px", got)
	}
	p.mustGoto("/batches/"+slug+"/topics/1", 200)
	p.mustCount("a[rel=prev]", 0)
	p.mustSee(".deadline .date", "北京时间")
	if p.mode.script {
		p.mustSee(".clock", "现在 ")
	} else {
		p.mustNotSee(".deadline", "现在") // a clock that stands still is none
	}
	p.mustCheck("topic-first")
	p.mustClick("summary", "形式审查清单")
	p.mustSee("main", "申报条件一", "没有与其他申报书雷同的迹象")
	p.mustCheck("topic-checklist")
	p.mustFollow(s.topic(2).Title)
	p.mustBeAt("/batches/" + slug + "/topics/2")
	p.mustSee("main a[href='tel:+862787135881']", "027-87135881")
	p.mustGoto(fmt.Sprintf("/batches/%s/topics/%d", slug, len(s.topics)), 200)
	p.mustCount("a[rel=next]", 0)
	p.mustCheck("topic-last")
	for _, path := range []string{"/help", "/accessibility", "/privacy", "/site-map"} {
		p.mustGoto(path, 200)
		p.mustNotSee("main", "确认之后才能提交") // it is asked, and nothing waits for it
		p.mustCheck(strings.TrimPrefix(path, "/"))
	}
	p.mustFollow(s.topic(10).Title)
	p.mustBeAt("/batches/" + slug + "/topics/10")
	for _, path := range []string{"/nowhere", "/batches/none", "/batches/" + slug + "/topics/99"} {
		p.mustGoto(path, 404)
		p.mustSee("h1", "没有找到这个页面")
	}
	p.mustCheck("not-found")
}

// searching finds topics by any words, and shows why.
func searching(t *testing.T, s *stage) {
	p := s.mustPage(t)
	p.mustGoto("/", 200)
	p.mustFollow("搜索")
	p.mustCheck("empty-box")
	person := s.topic(8).Contacts[0]
	for _, search := range []struct {
		name, query string
		topic       int // one that must be found
	}{
		{"one", "媒", 1}, {"two", "金融", 8}, {"three", "融媒体", 1}, {"long", "科技型中小企业", 9}, {"department", person.Department, 8}, {"contact", person.Name, 8},
	} {
		p.mustSearchFor(search.query)
		p.mustPress("搜索")
		p.mustSee(".rows .topic h2", s.topic(search.topic).Title)
		for mark := range strings.SplitSeq(p.words("mark"), "\n") {
			if mark == "" || !strings.Contains(search.query, mark) {
				t.Errorf("search for %q marks %q", search.query, mark)
			}
		}
		p.mustCheck(search.name)
	}
	p.mustSearchFor("量子<b>")
	p.mustPress("搜索")
	p.mustSee("main", "没有找到“量子<b>”")
	p.mustCheck("nothing")
	p.mustSearchFor("，。")
	p.mustPress("搜索")
	p.mustSee("main", "请再写具体一点")
	p.mustCheck("marks-only")
}

// displaySwitch changes how pages look, without an account, for all pages after it.
func displaySwitch(t *testing.T, s *stage) {
	p := s.mustPage(t)
	p.mustGoto("/batches/"+slug+"/topics/5", 200)
	normal := mustEval[float64](p, `parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)`)
	p.mustPress("大字版")
	p.mustBeAt("/batches/" + slug + "/topics/5")
	p.mustCount("html.large", 1)
	if large := mustEval[float64](p, `parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)`); large < normal*1.15 {
		t.Errorf("large text is %v px, normal %v px", large, normal)
	}
	p.mustCheck("large")
	p.mustPress("高对比度")
	p.mustCount("html.large.contrast", 1)
	p.mustCheck("large-contrast")
	p.mustFollow("站点地图")
	p.mustCount("html.large.contrast", 1)
	p.mustPress("标准字号")
	p.mustPress("标准对比度")
	p.mustBeAt("/site-map")
	p.mustCount("html.large, html.contrast", 0)
	p.mustGoto("/search?q="+"科技", 200)
	p.mustPress("大字版")
	p.mustSee("h2 mark, .found mark", "科技")
}

// printed is what comes out of the printer: the document and nothing around it.
func printed(t *testing.T, s *stage) {
	s.mode.width, s.mode.height = 718, 1047 // A4 between margins of 1 cm, at 96 dots an inch
	const email = "zhang@test.invalid"
	s.mustPerson(email, "张研究", portal.RoleApplicant)
	ref := s.mustSubmit(email, 5)
	p := s.mustPage(t)
	p.mustOpenWith("/applications/"+ref+"/receipt", email, password)
	for _, doc := range []struct{ name, path, words string }{
		{"batch", "/batches/" + slug, s.topic(10).Title},
		{"topic", "/batches/" + slug + "/topics/5", s.topic(5).Content},
		{"receipt", "/applications/" + ref + "/receipt", "2023-RKX1-05-0001"},
		{"application", "/applications/" + ref, s.topic(5).Title},
	} {
		p.mustGoto(doc.path, 200)
		p.mustMedia("print", "light")
		p.mustCount("nav, form, button, .skip", 0) // the masthead's name stays as the letterhead
		p.mustSee("main", doc.words)
		p.mustShot("print-" + doc.name)
		p.mustMedia("", "light")
	}
}

// mustSearchFor types into the search box, which has no visible label.
func (p *page) mustSearchFor(query string) {
	p.t.Helper()
	mustEval[bool](p, `(e => { e.focus(); e.select(); return true; })(document.querySelector('main input[name=q]'))`)
	p.mustType(query)
}
