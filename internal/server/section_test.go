package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"softsci/internal/proposal"
)

// rowsOf are the IDs of the rows of a key that a section's page carries.
func (b *browser) rowsOf(section, key string) (ids []string) {
	b.s.t.Helper()
	b.get(section).doc().Find(fmt.Sprintf("[name=%q]", key)).Each(func(_ int, e *goquery.Selection) { ids = append(ids, e.AttrOr("value", "")) })
	return ids
}

// TestRowsMove: a row moves up or down with what was typed beside it, each part of a
// section has its own rows, and every button leads back to where it was pressed.
func TestRowsMove(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	section := "/applications/" + b.begin("5") + "/sections/team"
	team := []string{"rows", "a", "rows", "b", "rows", "c", "name-a", "赵一", "name-b", "钱二", "name-c", "孙三"}
	press := func(revision string, more ...string) page {
		return b.post(section, slices.Concat([]string{"revision", revision}, team, more)...)
	}
	for i, c := range []struct {
		button, id string
		want       []string
	}{{"up", "c", []string{"a", "c", "b"}}, {"down", "a", []string{"b", "a", "c"}}, {"up", "a", []string{"a", "b", "c"}}, {"down", "none", []string{"a", "b", "c"}}} {
		got := press(fmt.Sprint(i), c.button, c.id)
		if got.status != http.StatusSeeOther || got.location() != section+"#row-"+c.id {
			t.Fatalf("%s %s: %d to %s", c.button, c.id, got.status, got.location())
		}
		if ids := b.rowsOf(section, "rows"); !slices.Equal(ids, c.want) {
			t.Errorf("%s %s: %v, want %v", c.button, c.id, ids, c.want)
		}
	}
	if name := b.get(section).doc().Find("[name=name-c]").AttrOr("value", ""); name != "孙三" {
		t.Errorf("the last member reads %q", name)
	}
	got := press("4", "add", "partner")
	partners := b.rowsOf(section, "rows.partner")
	if len(partners) != 1 || got.location() != section+"#row-"+partners[0] || len(b.rowsOf(section, "rows")) != 3 {
		t.Fatalf("partners %v, led to %s", partners, got.location())
	}
	if got := press("5", "rows.partner", partners[0], "partner_name-"+partners[0], "某大学", "remove", "b"); got.location() != section+"#rows" {
		t.Errorf("removing leads to %s", got.location())
	}
	if name := b.get(section).doc().Find("[name=partner_name-"+partners[0]+"]").AttrOr("value", ""); name != "某大学" || len(b.rowsOf(section, "rows")) != 2 {
		t.Errorf("the partner reads %q", name)
	}
	// On a stale page the partner is told as what it is, and stays where its rows are posted.
	lone := b.post(section, slices.Concat([]string{"revision", "0", "base", "a", "base", "b", "base", "c"}, team)...).doc().Find(".lone")
	if key := lone.Last().Find("[type=checkbox]").AttrOr("name", ""); key != "rows.partner" || !strings.Contains(lone.Last().Text(), "合作单位 1") {
		t.Errorf("%q posts to %q", lone.Last().Text(), key)
	}
}

// TestIDNumberStaysCovered: no page of anybody shows an identity number in full once it
// is saved, and saving what a page shows keeps it.
func TestIDNumberStaysCovered(t *testing.T) {
	t.Parallel()
	const number, covered = "11010519491231002X", "110105********002X"
	s := newSite(t)
	s.asksNumbers()
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	b.fill(ref)
	leader := "/applications/" + ref + "/sections/leader"
	save := func(revision, typed string) page { return b.save(ref, proposal.Leader, revision, leaderOf(typed)) }
	save("1", number)
	save("2", covered)
	stale := save("1", "440524188001010014")
	if !strings.Contains(stale.body, covered) || strings.Contains(stale.body, number) {
		t.Error("the conflict shows what the other saved in full")
	}
	if got := b.send(ref, "leader", "3"); got.location() != "/applications/"+ref+"/receipt" {
		t.Fatalf("what was covered was not kept: %d %s", got.status, got.text())
	}
	for path, who := range map[string]*browser{leader: b, "/applications/" + ref + "/submission": b, "/desk/applications/" + ref: s.as("contact5@x.invalid"),
		"/desk/applications/" + ref + "/return": s.as("contact5@x.invalid"), "/admin/applications/" + ref: s.as("admin@x.invalid")} {
		if got := who.get(path); got.status != http.StatusOK || !strings.Contains(got.body, covered) || strings.Contains(got.body, number) {
			t.Errorf("%s: %d, covered %v, in full %v", path, got.status, strings.Contains(got.body, covered), strings.Contains(got.body, number))
		}
	}
}

// TestChecklist: the applicant reads before the submission what the contact reads after
// it, and everybody before the first word; the conditions stand on the page of the
// application while it is written.
func TestChecklist(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	begun := b.get("/applications/" + ref).doc()
	if n := begun.Find(".conditions li").Length(); n != 11 || begun.Find("details.before[open]").Length() != 1 {
		t.Errorf("%d conditions before the first word", n)
	}
	b.fill(ref)
	check := b.get("/applications/" + ref + "/submission").doc()
	if !strings.Contains(check.Find("#notices").Parent().Text(), "请核对注册地（申报条件一）") {
		t.Errorf("notices: %s", check.Find("#notices").Parent().Text())
	}
	if got := b.get("/applications/" + ref + "/sections/cover").doc().Find(".notice").Text(); !strings.Contains(got, "不在湖北省") {
		t.Errorf("at the field: %q", got)
	}
	if got := b.send(ref); got.status != http.StatusSeeOther {
		t.Fatalf("a notice keeps from submitting: %d", got.status)
	}
	if n := b.get("/applications/" + ref).doc().Find(".conditions").Length(); n != 0 {
		t.Error("the conditions stay when nothing can be written")
	}
	contact := s.as("contact5@x.invalid").get("/desk/applications/" + ref).doc()
	questions := func(doc *goquery.Document) (list []string) {
		doc.Find(".checklist li").Each(func(_ int, e *goquery.Selection) {
			list = append(list, e.Find(".tag").Text()+e.Find("p").First().Text())
		})
		return list
	}
	if mine, theirs := questions(check), questions(contact); len(mine) != 15 || !slices.Equal(mine, theirs) {
		t.Errorf("the applicant reads %q, the contact %q", mine, theirs)
	}
	for _, address := range []string{"/batches/" + slug, "/batches/" + slug + "/topics/5"} {
		public := s.visitor().get(address).doc()
		if told, asked := public.Find(".conditions").Text(), begun.Find(".conditions").Text(); told != asked {
			t.Errorf("%s tells the conditions %q, the applicant reads %q", address, told, asked)
		}
		if told, asked := public.Find(".scrutiny").Text(), contact.Find(".checklist li p:first-child").Text(); told != asked {
			t.Errorf("%s tells that %q is asked, the contact reads %q", address, told, asked)
		}
	}
}
