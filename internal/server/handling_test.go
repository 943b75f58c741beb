package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/server"
)

const handlingFile = "testdata/handling.golden"

// handlers are the people who meet the owner's application to topic 5 in an unusual way: who
// they sign in as, and how it came to be. All but contact5 have topic 7 of their own.
var handlers = []struct {
	name, account string
	story         func(s *site, ref string)
}{
	{"deputy", "colleague", func(s *site, _ string) { s.deputise(0, 1) }},
	{"early", "colleague", func(s *site, _ string) { s.deputise(1, 2) }},
	{"late", "colleague", func(s *site, _ string) { s.deputise(0, 0); s.clock.set(s.clock.Now().AddDate(0, 0, 1)) }},
	{"passed", "colleague", func(s *site, ref string) { s.pass(ref) }},
	{"former", "contact5", func(s *site, ref string) { s.pass(ref) }},
	{"recused", "contact5", func(s *site, ref string) { s.recuse(ref) }},
	{"unit", "contact5", func(s *site, _ string) { s.employ("contact5@x.invalid", "示范大学") }},
	{"named", "colleague", func(s *site, ref string) { s.recuse(ref); s.name(ref) }},
}

// TestHandlingMatrix asks every route of the desk as everybody who has an application in
// another's place, alone, no more, or not yet.
func TestHandlingMatrix(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	fmt.Fprintf(&b, "%-5s %-52s", "", "")
	sites, refs := map[string]*site{}, map[string]string{}
	tell := func(name string, story func(*site, string)) {
		s := newSite(t)
		s.welcome("colleague@x.invalid", "同事", 7)
		owner := s.as("owner@x.invalid")
		ref := owner.submit("5")
		owner.post("/applications/" + ref + "/edit") // a second version, to compare the first with
		owner.send(ref)
		sites[name], refs[name] = s, ref
		story(s, ref)
	}
	for _, h := range handlers {
		fmt.Fprintf(&b, " %-8s", h.name)
		tell(h.name, h.story)
	}
	b.WriteString("\n")
	for _, route := range server.Routes() {
		if !strings.HasPrefix(route.Pattern, "/desk") {
			continue
		}
		fmt.Fprintf(&b, "%-5s %-52s", route.Method, route.Pattern)
		for _, h := range handlers {
			word := sites[h.name].askAbout(route, h.account, refs[h.name])
			if fmt.Fprintf(&b, " %-8s", word); word == "303" {
				tell(h.name, h.story) // what one row does must not colour the next
			}
		}
		b.WriteString("\n")
	}
	matches(t, handlingFile, strings.ReplaceAll(b.String(), " \n", "\n"))
}

// askAbout is ask about one application.
func (s *site) askAbout(route server.Route, account, ref string) string {
	s.t.Helper()
	path := strings.NewReplacer("{ref}", ref, "{n}", "1", "{id}", "1", "{file}", s.fileRef(route.Pattern, ref)).Replace(route.Pattern)
	got := s.as(account+"@x.invalid").do(route.Method, path, strings.NewReader(""), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
	return fmt.Sprint(got.status)
}

// welcome opens the account of a contact of one topic.
func (s *site) welcome(email, name string, ordinal int) {
	s.t.Helper()
	batch, err := s.desk.Batch(s.t.Context(), portal.MintVisitor(s.visit()), slug)
	s.must(err)
	s.must(s.desk.Welcome(s.t.Context(), portal.MintSystem(s.visit()), desk.Newcomer{Email: email, Name: name, Password: password, Role: portal.RoleContact, Topics: []int64{batch.Topics[ordinal-1].ID}}))
}

func (s *site) visit() portal.Visit { return portal.Visit{RequestID: "test", Arrived: s.store.Now()} }

// today is the day n days after the clock's, as a form takes it.
func (s *site) today(n int) string {
	return s.clock.Now().In(portal.Shanghai).AddDate(0, 0, n).Format(time.DateOnly)
}

// deputise lets the colleague stand in for the contact of topic 5, from one day from today to another.
func (s *site) deputise(first, last int) {
	s.t.Helper()
	s.mustPost("contact5", "/desk/deputy", "to", s.accountRef("colleague@x.invalid"), "first", s.today(first), "last", s.today(last))
}

func (s *site) pass(ref string) {
	s.t.Helper()
	s.mustPost("contact5", "/desk/applications/"+ref+"/handler", "to", s.accountRef("colleague@x.invalid"), "note", "请办理")
}

func (s *site) recuse(ref string) {
	s.t.Helper()
	s.mustPost("contact5", "/desk/applications/"+ref+"/recusal", "text", "曾共同承担项目")
}

func (s *site) name(ref string) {
	s.t.Helper()
	s.mustPost("admin", "/admin/applications/"+ref+"/handler", "to", s.accountRef("colleague@x.invalid"), "note", "")
}

// employ makes an account's person one of a unit.
func (s *site) employ(email, unit string) {
	s.t.Helper()
	got := s.as("admin@x.invalid").post("/admin/people", "department", unit, "name", "某人", "phones", "", "email", "", "hours", "")
	s.mustPost("admin", got.location()+"/invitation", "email", email)
}

// mustPost posts a form as an account, and means it.
func (s *site) mustPost(account, path string, pairs ...string) {
	s.t.Helper()
	if got := s.as(account+"@x.invalid").post(path, pairs...); got.status != http.StatusSeeOther {
		s.t.Fatalf("%s: %d %s", path, got.status, got.text())
	}
}

// TestDeputyInTheList: what somebody else has is marked in the lists; what one has as a
// deputy has a view of its own, and the card of the topic names the deputy.
func TestDeputyInTheList(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.welcome("colleague@x.invalid", "同事", 7)
	ref := s.as("owner@x.invalid").submit("5")
	s.deputise(0, 0)
	colleague := s.as("colleague@x.invalid")
	if got := colleague.get("/desk?q=状态:代管"); !strings.Contains(got.doc().Find("tbody .below").Text(), "代 刘然") {
		t.Errorf("the row is not marked: %s", got.text())
	}
	if text := colleague.get("/desk/applications/" + ref).text(); !strings.Contains(text, "代 刘然 办理") {
		t.Errorf("the file does not say in whose place: %s", text)
	}
	if got := s.as("contact6@x.invalid").get("/desk"); strings.Contains(got.text(), "代管") {
		t.Error("who stands in for nobody has a view for it")
	}
	s.pass(ref)
	if text := s.as("contact5@x.invalid").get("/desk?q=").text(); !strings.Contains(text, "已转给 同事") {
		t.Errorf("the row of what was passed on: %s", text)
	}
	if got := s.as("contact5@x.invalid").get("/desk/applications/" + ref); got.doc().Find(`form[action$="/handler/end"]`).Length() != 1 || got.doc().Find(`form[action$="/acceptance"]`).Length() != 0 {
		t.Errorf("the file of what was passed on: %s", got.text())
	}
}

// TestRecusalsOfTheOffice: the administrators see what waits, with its ground and text, and
// name another or lift what rests on an error.
func TestRecusalsOfTheOffice(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.as("owner@x.invalid").submit("5")
	s.recuse(ref)
	admin := s.as("admin@x.invalid")
	if got := admin.get("/admin"); got.doc().Find(`.counts a[href="/admin/recusals"]`).Length() != 1 {
		t.Errorf("the overview does not count it: %s", got.text())
	}
	list := admin.get("/admin/recusals")
	for _, word := range []string{"待另行指定", "刘然", "本人申请", "曾共同承担项目"} {
		if !strings.Contains(list.text(), word) {
			t.Errorf("the list does not say %s: %s", word, list.text())
		}
	}
	if text := s.as("owner@x.invalid").get("/applications/" + ref).text(); strings.Contains(text, "曾共同承担项目") {
		t.Error("the applicant reads why")
	}
	lifting, _ := list.doc().Find(`a[href$="/lifting"]`).Attr("href")
	if got := admin.post(lifting, "why", ""); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", got.status)
	}
	s.mustPost("admin", lifting, "why", "认定有误")
	if got := s.as("contact5@x.invalid").get("/desk/applications/" + ref); got.status != http.StatusOK {
		t.Errorf("after it was lifted: %d", got.status)
	}
	if text := admin.get("/admin/recusals").text(); !strings.Contains(text, "已解除") || !strings.Contains(text, "认定有误") {
		t.Errorf("the record: %s", text)
	}
}
