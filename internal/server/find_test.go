package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5"

	"softsci/internal/portal"
	"softsci/internal/proposal/sample"
)

// submitWith submits to a topic with other answers than the sample's, by section and field.
func (b *browser) submitWith(ordinal string, change map[string]map[string]string) (ref string) {
	b.s.t.Helper()
	ref = b.begin(ordinal)
	title, _ := b.get("/applications/" + ref + "/sections/cover").doc().Find("[name=title]").Attr("value")
	answers := sample.Answers(portal.Topic{Title: title})
	for _, name := range sample.Sections {
		for field, value := range change[name] {
			answers[name][field] = value
		}
		b.save(ref, name, "0", answers[name])
	}
	b.attach(ref, "pledge", "承诺书.pdf", sample.Pledge)
	if got := b.send(ref); got.location() != "/applications/"+ref+"/receipt" {
		b.s.t.Fatalf("submit: %d %s", got.status, got.text())
	}
	return ref
}

// library is three applications: 5-1 and 5-2 to topic 5, 6-1 to topic 6.
func (s *site) library() (refs []string) {
	s.t.Helper()
	owner, other := s.as("owner@x.invalid"), s.as("other@x.invalid")
	return []string{
		owner.submitWith("5", map[string]map[string]string{"cover": {"unit_name": "华中科技大学（武汉）"}, "leader": {"name": "曾小贤"},
			"text": {"abstract": "论ＡＩ大模型与融媒体的关系。", "basis": "蒸汽机改变了运输。"}, "budget": {"grant": "3", "own": "3.50"}}),
		other.submitWith("5", map[string]map[string]string{"cover": {"unit_name": "示范学院"}, "leader": {"name": "李老师"},
			"team": {"name-a": "王𬭎喆"}, "text": {"abstract": "蒸汽与机器，各有其道。", "work-a": "走访水稻田。"}}),
		other.submitWith("6", map[string]map[string]string{"leader": {"name": "曾小贤"}, "text": {"abstract": "论融媒体的秘密武器。"}}),
	}
}

// found are the numbers that a list shows, without the batch.
func found(p page) string {
	var numbers []string
	p.doc().Find("tbody td.n:first-child").Each(func(_ int, td *goquery.Selection) {
		numbers = append(numbers, strings.TrimPrefix(td.Text(), "2023-RKX1-0"))
	})
	slices.Sort(numbers)
	return strings.ReplaceAll(strings.Join(numbers, " "), "-000", "-")
}

// TestWordsFindNumbers: what the contact of topic 5 and an administrator find by what they
// type. The contact never finds 6-1.
func TestWordsFindNumbers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.library()
	contact, admin := s.as("contact5@x.invalid"), s.as("admin@x.invalid")
	for _, tc := range []struct{ typed, contact, admin string }{
		{"", "5-1 5-2", "5-1 5-2 6-1"},
		{"融媒体", "5-1", "5-1 6-1"},
		{"融媒", "5-1", "5-1 6-1"},
		{"秘密武器", "", "6-1"},
		{"蒸汽机", "5-1", "5-1"}, // 5-2 has 蒸汽 and 机器, but not the word
		{"蒸汽", "5-1 5-2", "5-1 5-2"},
		{"蒸汽 机器", "5-2", "5-2"},
		{"水稻田", "5-2", "5-2"},
		{"ai大模", "5-1", "5-1"},
		{"ＡＩ", "5-1", "5-1"},
		{"𬭎喆", "5-2", "5-2"},
		{"王𬭎喆", "5-2", "5-2"},
		{"zxx", "5-1", "5-1 6-1"},
		{"cxx", "5-1", "5-1 6-1"},
		{"曾小贤", "5-1", "5-1 6-1"},
		{"负责人:zxx", "5-1", "5-1 6-1"},
		{"负责人：曾", "5-1", "5-1 6-1"},
		{"负责人:王", "", ""}, // a member leads nothing
		{"单位:科技大学", "5-1", "5-1"},
		{"单位:华中科技大学(武汉)", "5-1", "5-1"},
		{"单位:示范", "5-2", "5-2 6-1"},
		{"状态:待受理", "5-1 5-2", "5-1 5-2 6-1"},
		{"状态:已受理", "", ""},
		{"指南:5", "5-1 5-2", "5-1 5-2"},
		{"指南:6", "", "6-1"},
		{"批次:" + slug + " 融媒", "5-1", "5-1 6-1"},
		{"批次:else", "", ""},
		{"标记:重点", "5-2", "5-2"},
		{"提交:2026-03-02", "5-1 5-2", "5-1 5-2 6-1"},
		{"提交:>2026-03-02", "", ""},
		{"提交:<=2026-03", "5-1 5-2", "5-1 5-2 6-1"},
		{"金额:<5", "5-1", "5-1"},
		{"金额:>3", "5-2", "5-2 6-1"},
		{"05-0002", "5-2", "5-2"},
		{"0001", "5-1", "5-1 6-1"},
		{"没有这样的词", "", ""},
		{"13900000000", "", ""}, // no telephone numbers
	} {
		if tc.typed == "标记:重点" {
			s.exec(`INSERT INTO application_flag (application, topic, label, account, at) SELECT id, topic, '重点', accounts[1], submitted_at FROM application WHERE number = '2023-RKX1-05-0002'`)
		}
		q := "?q=" + url.QueryEscape(tc.typed)
		if got := found(contact.get("/desk" + q)); got != tc.contact {
			t.Errorf("the contact finds by %q: %q, want %q", tc.typed, got, tc.contact)
		}
		if got := found(admin.get("/admin/applications" + q)); got != tc.admin {
			t.Errorf("the administrator finds by %q: %q, want %q", tc.typed, got, tc.admin)
		}
	}
}

// exec runs SQL as the owner of the database.
func (s *site) exec(sql string, args ...any) {
	s.t.Helper()
	conn, err := pgx.Connect(s.t.Context(), s.owner)
	s.must(err)
	defer conn.Close(s.t.Context())
	_, err = conn.Exec(s.t.Context(), sql, args...)
	s.must(err)
}

// TestBoxKeepsAndTells: what cannot be read is told beside the box, which keeps it; a whole
// number leads to the file, and to nobody else's.
func TestBoxKeepsAndTells(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	refs := s.library()
	contact, admin := s.as("contact5@x.invalid"), s.as("admin@x.invalid")
	for path, b := range map[string]*browser{"/desk": contact, "/admin/applications": admin} {
		got := b.get(path + "?q=" + url.QueryEscape(`状态:不存在 "融媒`))
		if typed, _ := got.doc().Find("[name=q]").Attr("value"); got.status != http.StatusOK || typed != `状态:不存在 "融媒` {
			t.Errorf("%s: %d, the box holds %q", path, got.status, typed)
		}
		if told := got.doc().Find("#q-problems").Text(); !strings.Contains(told, "状态:不存在") || !strings.Contains(found(got), "5-1") {
			t.Errorf("%s tells %q and finds %q", path, told, found(got))
		}
	}
	if got := contact.get("/desk?q=2023-rkx1-05-0001"); got.status != http.StatusSeeOther || got.location() != "/desk/applications/"+refs[0] {
		t.Errorf("an own number: %d %s", got.status, got.location())
	}
	if got := admin.get("/admin/applications?q=2023-RKX1-06-0001"); got.location() != "/admin/applications/"+refs[2] {
		t.Errorf("an administrator's number: %d %s", got.status, got.location())
	}
	if got := contact.get("/desk?q=2023-RKX1-06-0001"); got.status != http.StatusOK || !strings.Contains(got.text(), "没有符合条件的申报书") {
		t.Errorf("another's number: %d %s", got.status, got.text())
	}
	for _, garbage := range []string{"?q=x&sort=amount&at=x&before=1", "?sort=-nothing", "?q=%00", "?q=" + strings.Repeat("%E5%AD%97", 900), "?at=2026-99-99&before=-1", "?q=%25%5F%5C%27", "?row=nothing"} {
		for path, b := range map[string]*browser{"/desk": contact, "/admin/applications": admin} {
			if got := b.get(path + garbage); got.status >= 500 {
				t.Errorf("%s%s: %d", path, garbage, got.status)
			}
		}
	}
}

// TestListsAreWalked: in every order both ways, page by page, each application stands once
// and in its place.
func TestListsAreWalked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.as("owner@x.invalid").submit("5")
	s.multiply(ref, 119)
	s.exec(`UPDATE application SET amount = (id % 7) * 10000, unit_name = (ARRAY['武汉大学','北京大学','宜昌学院'])[1 + id % 3], leader_name = (ARRAY['张三','李四'])[1 + id % 2],
		submitted_at = submitted_at + (id % 5) * interval '1.000001 second'`)
	for path, b := range map[string]*browser{"/desk": s.as("contact5@x.invalid"), "/admin/applications": s.as("admin@x.invalid")} {
		for _, sort := range []string{"time", "number", "leader", "unit", "amount"} {
			up, down := b.walk(path+"?q=&sort="+sort), b.walk(path+"?q=&sort=-"+sort)
			slices.Reverse(down)
			if once := slices.Compact(slices.Sorted(slices.Values(up))); len(up) != 120 || len(once) != 120 || !slices.Equal(up, down) {
				t.Errorf("%s by %s: %d up, %d of them different, %d down", path, sort, len(up), len(once), len(down))
			}
		}
		if text := b.get(path + "?q=").text(); !strings.Contains(text, "共 120 份") {
			t.Errorf("%s does not say how many: %s", path, text)
		}
	}
	first := s.as("contact5@x.invalid").get("/desk?q=&sort=unit").doc().Find("tbody .below").First().Text()
	if !strings.Contains(first, "北京大学") {
		t.Errorf("by unit, in the order of pinyin, the first is %s", first)
	}
}

// walk follows a list to its end and returns the numbers in their order.
func (b *browser) walk(path string) (numbers []string) {
	b.s.t.Helper()
	for range 10 {
		p := b.get(path)
		p.doc().Find("tbody td.n:first-child").Each(func(_ int, td *goquery.Selection) { numbers = append(numbers, td.Text()) })
		next, ok := p.doc().Find("a[rel=next]").Attr("href")
		if !ok {
			return numbers
		}
		path = next
	}
	b.s.t.Fatalf("%s does not end", path)
	return nil
}

// TestOverdueAndPace: five working days after the submission it is overdue; three acts say
// how fast the contact is.
func TestOverdueAndPace(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.library()
	contact := s.as("contact5@x.invalid")
	margin := func() string {
		return strings.Join(strings.Fields(contact.get("/desk").doc().Find(".margin").Text()), " ")
	}
	if got := margin(); !strings.Contains(got, "超期 0") || !strings.Contains(got, "已审 0 / 2") || strings.Contains(got, "平均") {
		t.Errorf("on the day: %s", got)
	}
	s.clock.set(opens.AddDate(0, 0, 8)) // the fifth working day, a Monday
	contact = s.as("contact5@x.invalid")
	if got := margin(); !strings.Contains(got, "超期 0") {
		t.Errorf("on the last day: %s", got)
	}
	s.clock.set(opens.AddDate(0, 0, 9))
	contact = s.as("contact5@x.invalid")
	if got := margin(); !strings.Contains(got, "超期 2") || found(contact.get("/desk?q=状态:超期")) != "5-1 5-2" {
		t.Errorf("after it: %s", got)
	}
	s.exec(`INSERT INTO event (at, subject, subject_id, subject_label, verb, account, account_name, role, address, request_id)
		SELECT $1::timestamptz + n * interval '4 minutes' + (n / 3) * interval '5 hours', 'application', 1, '', 'accept', a.id, a.name, 'contact', '', '' FROM generate_series(0, 4) n, account a
		WHERE a.email = 'contact5@x.invalid'`, s.clock.Now().Add(-24*time.Hour))
	if got := margin(); !strings.Contains(got, "，平均 4 分钟") {
		t.Errorf("after five acts: %s", got)
	}
}

// TestSavedViews: kept under a name, shared with the colleagues of the topic, renamed and
// removed by nobody else.
func TestSavedViews(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	refs := s.library()
	s.exec(`INSERT INTO membership (account, role, topic, since) SELECT a.id, 'contact', m.topic, m.since FROM account a, membership m JOIN account c ON c.id = m.account
		WHERE a.email = 'owner@x.invalid' AND c.email = 'contact5@x.invalid'`)
	var topic int64
	s.row(&topic, `SELECT topic FROM application WHERE ref = $1`, refs[0])
	contact, colleague, stranger := s.as("contact5@x.invalid"), s.as("owner@x.invalid"), s.as("contact6@x.invalid")
	query := "?q=" + url.QueryEscape("单位:大学 融媒") + "&sort=unit"
	link, _ := contact.get("/desk" + query).doc().Find(`.tools a[href^="/desk/views/new"]`).Attr("href")
	to, _ := contact.get(link).doc().Find("main form").Attr("action")
	if got := contact.post(to, "name", ""); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", got.status)
	}
	if got := contact.post(to, "name", "大学的", "topic", "987654"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("shared with a foreign topic: %d", got.status)
	}
	if got := contact.post(to, "name", "大学的", "topic", fmt.Sprint(topic)); got.status != http.StatusSeeOther || found(contact.get(got.location())) != "5-1" {
		t.Fatalf("save: %d %s", got.status, got.text())
	}
	if got := contact.post(to, "name", "大学的", "topic", "own"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), "同名") {
		t.Errorf("the same name again: %d %s", got.status, got.text())
	}
	edit, _ := contact.get("/desk").doc().Find(".saved a.edit").Attr("href")
	for name, tc := range map[string]struct {
		b    *browser
		sees bool
	}{"a colleague": {colleague, true}, "a stranger": {stranger, false}} {
		desk := tc.b.get("/desk")
		if sees := strings.Contains(desk.doc().Find(".saved").Text(), "大学的"); sees != tc.sees || desk.doc().Find(".saved a.edit").Length() != 0 {
			t.Errorf("%s sees it: %t", name, sees)
		}
		for _, got := range []page{tc.b.get(edit), tc.b.post(edit, "name", "x"), tc.b.post(edit + "/removal")} {
			if got.status != http.StatusNotFound {
				t.Errorf("%s opens, renames or removes it: %d", name, got.status)
			}
		}
	}
	if got := contact.post(edit, "name", "高校"); got.status != http.StatusSeeOther || !strings.Contains(colleague.get("/desk").text(), "高校") {
		t.Errorf("rename: %d", got.status)
	}
	if got := contact.post(edit + "/removal"); got.status != http.StatusSeeOther || contact.get("/desk").doc().Find(".saved").Length() != 0 {
		t.Errorf("remove: %d", got.status)
	}
}

// TestBesideTheList: abstract, team, budget and findings of a row, and of no other's.
func TestBesideTheList(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	refs := s.library()
	contact := s.as("contact5@x.invalid")
	look, _ := contact.get("/desk").doc().Find("a.look").Last().Attr("href")
	aside := contact.get(strings.TrimSuffix(look, "#beside")).doc().Find("#beside").Text()
	for _, want := range []string{"2023-RKX1-05-0001", "论ＡＩ大模型与融媒体的关系。", "曾小贤", "赵一", "自筹经费", "3.50", "形式审查"} {
		if !strings.Contains(aside, want) {
			t.Errorf("%q is missing in %s", want, aside)
		}
	}
	if got := contact.get("/desk?q=&row=" + refs[2]); got.status != http.StatusOK || strings.Contains(got.body, "秘密武器") || got.doc().Find("#beside").Length() != 0 {
		t.Errorf("another's row: %d", got.status)
	}
}

// TestListsAreLight: a page of fifty is at most 20 KB compressed.
func TestListsAreLight(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.multiply(s.as("owner@x.invalid").submit("5"), 99)
	for path, b := range map[string]*browser{"/desk?q=%E8%A6%81%E7%B4%A0": s.as("contact5@x.invalid"), "/desk?q=": s.as("contact5@x.invalid"), "/admin/applications": s.as("admin@x.invalid")} {
		got := b.do(http.MethodGet, path, nil, http.Header{"Accept-Encoding": {"gzip"}})
		if got.header.Get("Content-Encoding") != "gzip" || len(got.body) > 20_000 {
			t.Errorf("%s: %d bytes, %s", path, len(got.body), got.header.Get("Content-Encoding"))
		}
	}
}
