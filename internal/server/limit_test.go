package server_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

// TestOneApplicationAYearIsAHint: an applicant reads, after saving, that somebody of the
// same name and unit applies already, and nothing else of it; who judges reads the numbers
// that it may see; nobody is refused.
func TestOneApplicationAYearIsAHint(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, other := s.as("owner@x.invalid"), s.as("other@x.invalid")
	theirs := owner.submit("5")
	var number string
	s.row(&number, `SELECT number FROM application WHERE ref = $1`, theirs)
	mine := other.begin("6")
	check := "/applications/" + mine + "/submission"
	if got := other.get(check).text(); strings.Contains(got, "同名同单位") {
		t.Error("told before anything is saved")
	}
	other.fill(mine)
	const hint = "本年度同名同单位的申报 1 份。请核对是否为同一人（申报条件三）"
	for _, path := range []string{check, "/applications/" + mine + "/sections/leader"} {
		if got := other.get(path); !strings.Contains(got.text(), hint) || strings.Contains(got.body, number) || strings.Contains(got.body, theirs) {
			t.Errorf("%s says %s", path, got.text())
		}
	}
	own := owner.begin("6")
	owner.fill(own)
	if got := owner.get("/applications/" + own + "/submission").text(); !strings.Contains(got, "申报 1 份："+number) {
		t.Errorf("one's own is not named: %s", got)
	}
	if got := other.send(mine); got.status != http.StatusSeeOther {
		t.Fatalf("a hint refuses: %d %s", got.status, got.text())
	}
	if got := owner.send(own); got.status != http.StatusSeeOther {
		t.Fatalf("a hint refuses: %d %s", got.status, got.text())
	}
	for _, c := range []struct {
		who, path string
		sees      int
	}{{"contact6@x.invalid", "/desk/applications/" + mine, 1}, {"contact5@x.invalid", "/desk/applications/" + theirs, 0}, {"admin@x.invalid", "/admin/applications/" + mine, 2}} {
		line := s.as(c.who).get(c.path).doc().Find(".checklist li:contains('限项')").Text()
		if !strings.Contains(line, "同名同单位的申报 2 份") || strings.Count(line, "2023-RKX1-") != c.sees {
			t.Errorf("%s: %s", c.path, line)
		}
	}
	owner.post("/applications/"+theirs+"/withdrawal", "reason", "不再申报")
	if got := s.as("contact6@x.invalid").get("/desk/applications/" + mine).text(); !strings.Contains(got, "同名同单位的申报 1 份") {
		t.Errorf("what was withdrawn counts: %s", got)
	}
}

// TestAskingIsLimited: who goes through the people of a unit is told nothing any more;
// whoever judges still is, and the save itself is never refused.
func TestAskingIsLimited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner, other := s.as("owner@x.invalid"), s.as("other@x.invalid")
	owner.submit("5")
	mine := other.begin("6")
	other.fill(mine)
	leader := sample.Answers(portal.Topic{})[proposal.Leader]
	asked := func() (n int) {
		s.row(&n, `SELECT count FROM attempt WHERE key LIKE 'once:account:%' ORDER BY resets_at DESC LIMIT 1`)
		return n
	}
	if n := asked(); n != 2 {
		t.Errorf("two sections count %d times", n)
	}
	other.save(mine, proposal.Leader, "1", leader)
	if n := asked(); n != 2 {
		t.Errorf("the same leader again counts: %d", n)
	}
	leader["name"] = "张研"
	other.save(mine, proposal.Leader, "2", leader)
	if n := asked(); n != 3 {
		t.Errorf("another leader: %d", n)
	}
	leader["name"] = "张研究"
	s.asOwner(`UPDATE attempt SET count = 100 WHERE key LIKE 'once:account:%'`)
	if got := other.save(mine, proposal.Leader, "3", leader); got.status != http.StatusSeeOther {
		t.Errorf("the save is refused: %d", got.status)
	}
	if got := other.get("/applications/" + mine + "/submission").text(); strings.Contains(got, "同名同单位") {
		t.Error("told a hundred and first time")
	}
	other.send(mine, "leader", "4")
	if got := s.as("contact6@x.invalid").get("/desk/applications/" + mine).text(); !strings.Contains(got, "同名同单位的申报 1 份") {
		t.Errorf("the contact is not told: %s", got)
	}
}

// TestOneApplicationAYearIsARule: where a batch collects identity numbers, one of two that
// are submitted at once is refused, whatever the name and the unit, with the reason at the
// number; a withdrawal or a lapse frees the leader.
func TestOneApplicationAYearIsARule(t *testing.T) {
	t.Parallel()
	const number = "11010519491231002X"
	s := newSite(t)
	s.asksNumbers()
	owner, other := s.as("owner@x.invalid"), s.as("other@x.invalid")
	prepare := func(b *browser, ordinal, name, number string) (ref string) {
		ref = b.begin(ordinal)
		b.fill(ref)
		leader := leaderOf(number)
		leader["name"] = name
		b.save(ref, proposal.Leader, "1", leader)
		return ref
	}
	refs := []string{prepare(owner, "5", "张研究", number), prepare(other, "6", "张 研究（别名）", "１１０１０５19491231002x")}
	answers := make([]page, len(refs))
	var both sync.WaitGroup
	for i, b := range []*browser{owner, other} {
		both.Go(func() { answers[i] = b.send(refs[i], "leader", "2") })
	}
	both.Wait()
	won, lost := 0, 1
	if answers[0].status != http.StatusSeeOther {
		won, lost = 1, 0
	}
	if answers[won].status != http.StatusSeeOther || answers[lost].status != http.StatusUnprocessableEntity {
		t.Fatalf("%d and %d", answers[0].status, answers[1].status)
	}
	problem := answers[lost].doc().Find("[aria-labelledby=problems] a")
	if href := problem.AttrOr("href", ""); problem.Length() != 1 || href != "/applications/"+refs[lost]+"/sections/leader#field-id_number" || !strings.Contains(problem.Text(), "限报一项") {
		t.Errorf("the problem leads to %q: %s", href, problem.Text())
	}
	browsers := []*browser{owner, other}
	if browsers[won].post("/applications/" + refs[won] + "/edit"); browsers[won].send(refs[won], "leader", "2").status != http.StatusSeeOther {
		t.Error("one's own earlier submission stands in the way")
	}
	if got := owner.send(prepare(owner, "6", "李四", "440524188001010014"), "leader", "2"); got.status != http.StatusSeeOther {
		t.Errorf("another leader is refused: %d %s", got.status, got.text())
	}
	s.asOwner(`SET session_replication_role = replica`, `UPDATE application SET status = 'returned', return_until = '`+closes.Format("2006-01-02")+`' WHERE ref = '`+refs[won]+`'`)
	if got := browsers[lost].send(refs[lost], "leader", "2"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("what was returned does not count: %d", got.status)
	}
	s.asOwner(`SET session_replication_role = replica`, `UPDATE application SET return_until = '`+opens.Format("2006-01-02")+`' WHERE ref = '`+refs[won]+`'`)
	if got := browsers[lost].send(refs[lost], "leader", "2"); got.status != http.StatusSeeOther {
		t.Errorf("what has lapsed still counts: %d %s", got.status, got.text())
	}
}
