package server_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"softsci/internal/portal"
)

const (
	questions = "/batches/" + slug + "/topics/5/questions"
	asker     = "asker@y.invalid"
	doubt     = "在读博士能否担任项目负责人？我的导师是王某某。"
	wording   = "在读博士能否担任项目负责人？"
	ruling    = "不能，项目负责人须为在职人员，见申报条件二。"
)

var confirmation = regexp.MustCompile(`/questions/confirm/[\w-]+`)

// letter is the newest letter of a kind to an address, subject and body.
func (s *site) letter(kind, to string) string {
	s.t.Helper()
	var text string
	s.row(&text, `SELECT COALESCE((SELECT subject || E'\n' || body FROM message WHERE kind = $1 AND address = $2 ORDER BY id DESC LIMIT 1), '')`, kind, to)
	return text
}

// letters is how many letters of a kind there are.
func (s *site) letters(kind string) (n int) {
	s.t.Helper()
	s.row(&n, `SELECT count(*) FROM message WHERE kind = $1`, kind)
	return n
}

// asks posts a question on topic 5, whatever was answered to the like.
func (s *site) asks(email, question string) page {
	s.t.Helper()
	return s.visitor().post(questions, "name", "钱问", "email", email, "question", question, "confirm", "yes")
}

// question is a question on topic 5 that has been delivered.
func (s *site) question() (ref string) {
	s.t.Helper()
	if got := s.asks(asker, doubt); got.location() != questions+"/new?sent=yes" {
		s.t.Fatalf("asked: %d %s", got.status, got.text())
	}
	path := confirmation.FindString(s.letter("question", asker))
	if got := s.visitor().post(path); got.status != http.StatusOK {
		s.t.Fatalf("confirmed: %d %s", got.status, got.text())
	}
	s.row(&ref, `SELECT ref FROM inquiry ORDER BY id DESC LIMIT 1`)
	return ref
}

// answers answers a question at the desk for everybody.
func (b *browser) answers(ref string) {
	b.s.t.Helper()
	if got := b.post("/desk/questions/"+ref+"/answer", "answer", ruling, "reach", "public", "public_question", wording, "confirm",
		"yes"); got.location() != "/desk/questions/"+ref {
		b.s.t.Fatalf("answered: %d %s", got.status, got.text())
	}
}

// TestQuestion: from asking to the answer that everybody reads. Nobody reads it before the
// address is confirmed, and nobody ever reads who asked.
func TestQuestion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	applicant, contact := s.as("owner@x.invalid"), s.as("contact5@x.invalid")
	applicant.begin("5")
	if got := s.asks(asker, doubt); got.status != http.StatusSeeOther || !strings.Contains(s.visitor().get(got.location()).text(), "请查收邮件") {
		t.Fatalf("asked: %d %s", got.status, got.text())
	}
	if got := contact.get("/desk/questions").text(); strings.Contains(got, "在读博士") {
		t.Errorf("before the address is confirmed the desk says %s", got)
	}
	letter := s.letter("question", asker)
	if strings.Contains(letter, "博士") || strings.Contains(letter, "钱问") {
		t.Errorf("a letter to an address that anybody can name holds what was typed: %s", letter)
	}
	path := confirmation.FindString(letter)
	if got := s.visitor().get(path); got.status != http.StatusOK || !strings.Contains(got.text(), "导师是王某某") || !strings.Contains(got.text(), asker) {
		t.Errorf("the link: %d %s", got.status, got.text())
	}
	if got := s.visitor().post(path); !strings.Contains(got.text(), "2026年3月5日 前答复") { // asked on Monday, 2 March
		t.Errorf("confirmed: %d %s", got.status, got.text())
	}
	for _, got := range []page{s.visitor().get(path), s.visitor().post(path), s.visitor().get("/questions/confirm/none")} {
		if got.status != http.StatusGone {
			t.Errorf("a link that confirms nothing: %d", got.status)
		}
	}
	if notice := s.letter("question", "contact5@x.invalid"); !strings.Contains(notice, "在读博士") || strings.Contains(notice, asker) {
		t.Errorf("the contact is told %s", notice)
	}
	list := contact.get("/desk/questions")
	href, _ := list.doc().Find("main a.title").Attr("href")
	if got := contact.get(href); !strings.Contains(got.text(), "钱问") || !strings.Contains(got.text(), asker) ||
		!strings.Contains(contact.get("/desk").text(), "待答复咨询 1") {
		t.Errorf("the desk says %s", got.text())
	}
	if got := contact.post(href+"/answer", "answer", "", "reach", "public", "public_question",
		""); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), "请填写公开的问题") || !strings.Contains(got.text(), "请填写答复") {
		t.Errorf("without words: %d %s", got.status, got.text())
	}
	preview := contact.post(href+"/answer", "answer", ruling, "reach", "public", "public_question", wording)
	if preview.status != http.StatusOK || !strings.Contains(preview.doc().Find(".letter").Text(), "申报条件二") ||
		preview.doc().Find(".questions h3").Text() != wording || s.letters("answer") != 0 {
		t.Errorf("the preview: %d %s", preview.status, preview.text())
	}
	contact.answers(strings.TrimPrefix(href, "/desk/questions/"))
	if got := contact.post(href+"/answer", "answer", "又一个答复", "reach", "private", "confirm", "yes"); got.status != http.StatusConflict {
		t.Errorf("answered twice: %d", got.status)
	}
	if answer := s.letter("answer", asker); !strings.Contains(answer, "申报条件二") || !strings.Contains(answer, questions+"/new") {
		t.Errorf("the asker reads %s", answer)
	}
	if told := s.letter("answer", "owner@x.invalid"); !strings.Contains(told, wording) || strings.Contains(told, "王某某") || s.letters("answer") != 2 {
		t.Errorf("the applicant reads %s", told)
	}
	for _, path := range []string{"/batches/" + slug + "/topics/5", questions, questions + ".atom", "/search?q=在读博士"} {
		got := s.visitor().get(path).body
		if !strings.Contains(got, "须为在职人员") && !strings.Contains(got, "<mark>在读博士</mark>") || strings.Contains(got, "钱问") ||
			strings.Contains(got, asker) || strings.Contains(got, "王某某") {
			t.Errorf("%s says %s", path, got)
		}
	}
	if got := s.visitor().post(questions, "name", "孙", "email", "sun@y.invalid", "question", "项目负责人可以是在读博士吗"); got.status != http.StatusOK ||
		!strings.Contains(got.text(), "这些答复有帮助吗？") || !strings.Contains(got.text(), "申报条件二") || s.letter("question", "sun@y.invalid") != "" {
		t.Errorf("before a like question is sent: %d %s", got.status, got.text())
	}
	if got := contact.post(href + "/publication/end"); got.status != http.StatusSeeOther ||
		strings.Contains(s.visitor().get("/batches/"+slug+"/topics/5").text(), "须为在职人员") {
		t.Errorf("taken back: %d", got.status)
	}
	if got := contact.post(href+"/publication", "public_question", "改过的问题", "answer", "改过的答复"); got.status != http.StatusSeeOther ||
		!strings.Contains(s.visitor().get(questions).text(), "改过的答复") || s.letters("answer") != 2 {
		t.Errorf("published again: %d, %d letters", got.status, s.letters("answer"))
	}
}

// TestQuestionsOfOthers: a contact of another topic and applicants find nothing of a
// question; the office finds it, answers, and hands it over.
func TestQuestionsOfOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.question()
	stranger := s.as("contact6@x.invalid")
	for _, got := range []page{stranger.get("/desk/questions/" + ref),
		stranger.post("/desk/questions/"+ref+"/answer", "answer", "x", "reach", "private", "confirm", "yes"),
		stranger.post("/desk/questions/"+ref+"/publication", "public_question", "x", "answer",
			"x"), stranger.post("/desk/questions/" + ref + "/publication/end"),
		s.as("owner@x.invalid").get("/desk/questions/" + ref), s.as("contact5@x.invalid").get("/admin/questions/" + ref)} {
		if got.status != http.StatusNotFound || strings.Contains(got.body, "在读博士") {
			t.Errorf("%d %s", got.status, got.text())
		}
	}
	if got := stranger.get("/desk/questions?view=all").text(); strings.Contains(got, "在读博士") {
		t.Errorf("another's desk says %s", got)
	}
	admin := s.as("admin@x.invalid")
	if got := admin.get("/admin/questions").text(); !strings.Contains(got, "没有超期的咨询") {
		t.Errorf("before it is due the queue says %s", got)
	}
	s.clock.set(opens.AddDate(0, 0, 7))
	admin = s.as("admin@x.invalid")
	if got := admin.get("/admin/questions").text(); !strings.Contains(got, "在读博士") || !strings.Contains(got, "超期未答复") ||
		!strings.Contains(admin.get("/admin").text(), "超期未答复的咨询1") {
		t.Errorf("when it is overdue the queue says %s", got)
	}
	if href, _ := admin.get("/admin/questions/" + ref).doc().Find(`main a[href$="/contact"]`).Attr("href"); href != "/admin/batches/"+slug+"/topics/5/contact" {
		t.Errorf("handed over at %q", href)
	}
	if got := admin.post("/admin/questions/"+ref+"/answer", "answer", ruling, "reach", "private", "public_question", "", "confirm",
		"yes"); got.location() != "/admin/questions/"+ref {
		t.Fatalf("the office answers: %d %s", got.status, got.text())
	}
	if got := s.as("contact5@x.invalid").get("/desk/questions/" + ref).text(); !strings.Contains(got, "丙（管理员）") {
		t.Errorf("the contact reads %s", got)
	}
	if got := s.visitor().get(questions).text(); strings.Contains(got, "须为在职人员") {
		t.Errorf("a private answer stands on %s", got)
	}
}

// TestQuestionLimits: one mailbox gets three letters an hour; what is wrong stays typed; a
// retired or unknown topic takes none.
func TestQuestionLimits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for i := range 4 {
		want := http.StatusSeeOther
		if i == 3 {
			want = http.StatusTooManyRequests
		}
		if got := s.asks(strings.ToUpper(asker[:1])+asker[1:], doubt); got.status != want || i == 3 && !strings.Contains(got.body, "导师是王某某") {
			t.Errorf("question %d: %d %s", i+1, got.status, got.text())
		}
	}
	if s.letters("question") != 3 {
		t.Errorf("%d letters", s.letters("question"))
	}
	got := s.visitor().post(questions, "name", "", "email", "no address", "question", strings.Repeat("问", portal.QuestionMax+1))
	if got.status != http.StatusUnprocessableEntity || got.doc().Find("main .field .error").Length() != 3 ||
		got.doc().Find("[name=question]").Text() == "" {
		t.Errorf("with mistakes: %d %s", got.status, got.text())
	}
	for _, path := range []string{"/batches/none/topics/5/questions", "/batches/" + slug + "/topics/99/questions",
		"/batches/" + slug + "/topics/05/questions"} {
		for _, got := range []page{s.visitor().get(path), s.visitor().get(path + "/new"), s.visitor().get(path + ".atom"),
			s.visitor().post(path, "name", "n", "email", asker, "question", "q")} {
			if got.status != http.StatusNotFound {
				t.Errorf("%s: %d", path, got.status)
			}
		}
	}
}

// TestCalls: what was answered on the telephone is kept or published, on one's own topic.
func TestCalls(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	contact := s.as("contact5@x.invalid")
	topic, _ := contact.get("/desk/questions/new").doc().Find("[name=topic]").First().Attr("value")
	if got := contact.post("/desk/questions", "topic", topic, "question", "可以两家单位联合申报吗", "answer", "可以，须附合作协议。", "reach",
		"public"); got.status != http.StatusSeeOther {
		t.Fatalf("noted: %d %s", got.status, got.text())
	}
	if got := s.visitor().get("/batches/" + slug + "/topics/5").text(); !strings.Contains(got, "须附合作协议") {
		t.Errorf("the topic's page says %s", got)
	}
	if got := s.as("contact6@x.invalid").post("/desk/questions", "topic", topic, "question", "q", "answer", "a", "reach",
		"public"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("on another's topic: %d", got.status)
	}
	got := contact.post("/desk/questions", "topic", topic, "question", "联合申报的单位有几家", "answer", "不超过三家。", "reach", "private")
	if kept := contact.get(got.location()); !strings.Contains(kept.text(), "公众看不到这条答复") ||
		strings.Contains(s.visitor().get(questions).text(), "不超过三家") {
		t.Errorf("kept: %s", kept.text())
	}
	ref := s.question()
	var n int
	s.row(&n, `WITH changed AS (UPDATE inquiry SET question = '两家单位能否联合申报' WHERE ref = $1 RETURNING 1) SELECT count(*) FROM changed`, ref)
	href, _ := contact.get("/desk/questions/" + ref).doc().Find(`main a[href*="?from="]`).First().Attr("href")
	if got := contact.get(href).doc().Find("[name=answer]").Text(); !strings.Contains(got, "须附合作协议") {
		t.Errorf("the answer is filled with %q", got)
	}
}

// TestManyAnswers: the topic's page shows the newest twenty, the others stand on pages of
// their own, and no page asks more for many than for one.
func TestManyAnswers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.question()
	contact, admin := s.as("contact5@x.invalid"), s.as("admin@x.invalid")
	waiting := s.question()
	contact.answers(ref)
	pages := []struct {
		b    *browser
		path string
	}{
		{s.visitor(), questions}, {s.visitor(), questions + "/new"}, {s.visitor(), questions + ".atom"}, {contact, "/desk/questions"}, {contact,
			"/desk/questions?view=all"},
		{contact, "/desk/questions/new"}, {contact, "/desk/questions/" + ref}, {contact, "/desk/questions/" + waiting}, {admin,
			"/admin/questions"}, {admin, "/admin/questions?view=answered"},
		{admin, "/admin/questions/" + ref}, {admin, "/admin/workdays"}, {s.visitor(), "/search?q=博士"},
	}
	count := func() (counts []int64) {
		for _, p := range pages {
			before := s.queries.n.Load()
			if got := p.b.get(p.path); got.status != http.StatusOK {
				t.Errorf("%s: %d", p.path, got.status)
			}
			counts = append(counts, s.queries.n.Load()-before)
		}
		return counts
	}
	count() // sentences kept for the next page are taken
	one := count()
	var n int
	s.row(&n, `WITH more AS (
			INSERT INTO inquiry (ref, topic, kind, name, email, question, asked_at, confirmed_at, answer, answered_at)
			SELECT lpad(i::text, 12, 'z'), topic, 'call', '', '', question || i, asked_at, confirmed_at, '答复', answered_at FROM inquiry, generate_series(1, 60) i WHERE ref = $1
			RETURNING id) SELECT count(*) FROM more`, ref)
	s.row(&n, `WITH more AS (
			INSERT INTO public_answer (inquiry, topic, ref, question, answer, published_at, changed_at, tokens, tokenizer)
			SELECT i.id, i.topic, i.ref, i.question, i.answer, i.answered_at, i.answered_at, p.tokens, 1 FROM inquiry i, public_answer p WHERE i.kind = 'call'
			RETURNING 1) SELECT count(*) FROM more`)
	for i, many := range count() {
		if one[i] > 6 || one[i] != many {
			t.Errorf("%s asks %d times for one and %d times for many; at most 6, and the same", pages[i].path, one[i], many)
		}
	}
	seen := map[string]bool{}
	for path := questions; path != ""; {
		doc := s.visitor().get(path).doc()
		doc.Find(".questions > li").Each(func(_ int, li *goquery.Selection) { seen[li.AttrOr("id", "")] = true })
		path = doc.Find("main .pager a[rel=next]").AttrOr("href", "")
	}
	if len(seen) != 61 {
		t.Errorf("the pages hold %d answers", len(seen))
	}
	topic := s.visitor().get("/batches/" + slug + "/topics/5").doc()
	if n := topic.Find(".questions > li").Length(); n != 20 || topic.Find(`a[href="`+questions+`"]`).Length() != 1 {
		t.Errorf("the topic's page holds %d answers", n)
	}
	rows := 0
	for path := "/desk/questions?view=all"; path != ""; {
		doc := contact.get(path).doc()
		rows += doc.Find("main a.title").Length()
		path = doc.Find("main .pager a[rel=next]").AttrOr("href", "")
	}
	if rows != 62 {
		t.Errorf("the desk lists %d questions", rows)
	}
}

// TestThread: both sides of an application write to each other, nobody else reads it, and
// before the submission there is nobody to write to.
func TestThread(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, contact := s.as("owner@x.invalid"), s.as("contact5@x.invalid")
	ref, draft := owner.submit("5"), owner.begin("6")
	if got := contact.post("/desk/applications/"+ref+"/messages", "words", "请补充合作协议的盖章页。"); got.location() != "/desk/applications/"+ref+"#thread" {
		t.Fatalf("the contact writes: %d %s", got.status, got.text())
	}
	if letter := s.letter("message", "owner@x.invalid"); !strings.Contains(letter, "盖章页") || !strings.Contains(letter, "/applications/"+ref) {
		t.Errorf("the applicant gets %s", letter)
	}
	if got := owner.post("/applications/"+ref+"/messages", "words", "  "); got.status != http.StatusUnprocessableEntity ||
		got.doc().Find("[name=words]").Length() != 1 {
		t.Errorf("without words: %d %s", got.status, got.text())
	}
	if got := owner.post("/applications/"+ref+"/messages", "words", "已于今天寄出。"); got.status != http.StatusSeeOther {
		t.Errorf("the applicant writes: %d %s", got.status, got.text())
	}
	if letter := s.letter("message", "contact5@x.invalid"); !strings.Contains(letter, "今天寄出") ||
		!strings.Contains(letter, "/desk/applications/"+ref) {
		t.Errorf("the contact gets %s", letter)
	}
	if data := owner.get("/account/data.json").body; !strings.Contains(data, "请补充合作协议的盖章页。") {
		t.Error("the account's own data lack the messages")
	}
	for b, path := range map[*browser]string{owner: "/applications/" + ref, contact: "/desk/applications/" + ref,
		s.as("admin@x.invalid"): "/admin/applications/" + ref} {
		if text := b.get(path).text(); !strings.Contains(text, "盖章页") || !strings.Contains(text, "今天寄出") ||
			strings.Index(text, "盖章页") > strings.Index(text, "今天寄出") || !strings.Contains(text, "发送消息") {
			t.Errorf("%s says %s", path, text)
		}
	}
	for _, got := range []page{s.as("other@x.invalid").post("/applications/"+ref+"/messages", "words", "x"),
		s.as("contact6@x.invalid").post("/desk/applications/"+ref+"/messages", "words", "x")} {
		if got.status != http.StatusNotFound {
			t.Errorf("a stranger writes: %d", got.status)
		}
	}
	if got := owner.post("/applications/"+draft+"/messages", "words", "x"); got.status != http.StatusConflict ||
		owner.get("/applications/"+draft).doc().Find("#thread").Length() != 0 {
		t.Errorf("on a draft: %d", got.status)
	}
}

// TestWorkdaysPage: a holiday that an administrator enters moves what is promised.
func TestWorkdaysPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.as("admin@x.invalid")
	if got := admin.get("/admin/workdays").text(); !strings.Contains(got, "5月1日至5月5日") || !strings.Contains(got, "2月28日（周六）上班") {
		t.Errorf("the calendar of 2026 says %s", got)
	}
	if got := admin.post("/admin/workdays", "name", "停电", "first", "2026-03-05", "last", "2026-03-04", "kind",
		"off"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), "不能早于第一天") {
		t.Errorf("an end before the beginning: %d", got.status)
	}
	if got := admin.post("/admin/workdays", "name", "停电", "first", "2026-03-04", "last", "2026-03-06", "kind",
		"off"); got.location() != "/admin/workdays?year=2026" {
		t.Fatalf("entered: %d %s", got.status, got.text())
	}
	owner := s.as("owner@x.invalid")
	ref := owner.submit("5") // on Monday, 2 March
	if got := owner.get("/applications/" + ref + "/receipt").text(); !strings.Contains(got, "2026年3月12日 前给出结果") || strings.Contains(got, "顺延") {
		t.Errorf("the receipt says %s", got)
	}
	s.question()
	if got := s.as("contact5@x.invalid").get("/desk/questions").text(); !strings.Contains(got, "请于 2026年3月10日 前答复") {
		t.Errorf("the desk says %s", got)
	}
	if got := admin.post("/admin/workdays/removal", "first", "2026-03-04", "last", "2026-03-06"); got.status != http.StatusSeeOther ||
		strings.Contains(admin.get("/admin/workdays").text(), "停电") {
		t.Errorf("removed: %d", got.status)
	}
	if got := admin.get("/admin/events?verb=workdays+changed").text(); !strings.Contains(got, "2026年3月4日至2026年3月6日") {
		t.Errorf("the log says %s", got)
	}
	if got := fmt.Sprint(admin.post("/admin/workdays/removal", "first", "x").status,
		admin.post("/admin/workdays/removal", "first", "2026-03-04", "last", "2026-03-06").status); got != "404 404" {
		t.Errorf("nothing to remove: %s", got)
	}
}
