package desk_test

import (
	"strings"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/portal"
)

// holder is an applicant at its own pages.
func holder(a portal.Applicant) portal.Holder { return portal.MintHolder(a.Standing(), a.Visit()) }

// TestExportIsOnesOwn: all that one wrote and nothing of another's, and the log says that
// it was handed out.
func TestExportIsOnesOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	mine, other := w.applicant("a@x.invalid"), w.applicant("b@x.invalid")
	ref := w.submit(mine(), 1)
	theirs := w.fill(other(), 2)
	shared := w.fill(other(), 3)
	w.must(second(w.desk.InviteWriter(ctx, other(), shared, desk.WriterInvitation{Email: "a@x.invalid", Kind: portal.AccessAgent})))
	w.must(w.desk.KeepProfile(ctx, mine(), ref))
	out, err := w.desk.Export(ctx, holder(mine()))
	w.must(err)
	if len(out.Applications) != 2 || out.Applications[0].Ref != shared || out.Applications[1].Ref != ref {
		t.Fatalf("exported %+v, not %s", out.Applications, theirs)
	}
	one := out.Applications[1]
	if one.Sections["text"]["abstract"] == "" || len(one.Sections) != 6 || len(one.Submissions) != 1 || len(one.Files) != 1 || one.Status != "待受理" || one.Number == "" {
		t.Errorf("the application is %+v", one)
	}
	if out.Account.Email != "a@x.invalid" || out.Profile["unit_head"] != "李校长" || out.Profile["leader_birth"] != "1980-05" || out.Profile["unit_name"] != "示范大学" {
		t.Errorf("the account is %+v, the profile %v", out.Account, out.Profile)
	}
	if out.Events[0].What != "下载个人数据" {
		t.Errorf("the log says %+v", out.Events[0])
	}
	own, err := w.desk.OwnData(ctx, holder(mine()))
	w.must(err)
	if own.Applications != 2 || own.Events != len(out.Events) || len(own.Drafts) != 0 || own.Calendar != "" {
		t.Errorf("the page counts %+v", own)
	}
}

// TestEraseDrafts: what was never submitted and is one's own goes at once, and nothing else.
func TestEraseDrafts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	mine, other := w.applicant("a@x.invalid"), w.applicant("b@x.invalid")
	stays := w.submit(mine(), 1)
	gone := []string{w.fill(mine(), 2), w.fill(mine(), 3)}
	shared := w.fill(other(), 2)
	w.must(second(w.desk.InviteWriter(ctx, mine(), gone[0], desk.WriterInvitation{Email: "b@x.invalid", Kind: portal.AccessAgent})))
	w.must(second(w.desk.InviteWriter(ctx, other(), shared, desk.WriterInvitation{Email: "a@x.invalid", Kind: portal.AccessAgent})))
	n, err := w.desk.EraseDrafts(ctx, mine())
	w.must(err)
	if n != 2 {
		t.Errorf("%d drafts were erased", n)
	}
	for _, ref := range gone {
		for name, a := range map[string]portal.Applicant{"its leader": mine(), "its helper": other()} {
			if _, err := w.desk.Application(ctx, a, ref); portal.KindOf(err) != portal.NotFound {
				t.Errorf("an erased draft for %s: %v", name, err)
			}
		}
	}
	for _, ref := range []string{stays, shared} {
		if _, err := w.desk.Application(ctx, mine(), ref); err != nil {
			t.Errorf("what stays: %v", err)
		}
	}
	if _, err := w.desk.EraseDrafts(ctx, mine()); portal.KindOf(err) != portal.NotNow {
		t.Errorf("erased nothing: %v", err)
	}
}

// TestDeadlines: a private address tells the deadlines to come, with what was granted, and
// nothing once it was replaced or ended.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	mine, contact, admin := w.applicant("a@x.invalid"), w.contact("five@x.invalid", 5), w.admin("root@x.invalid")
	draft, back := w.fill(mine(), 2), w.submit(mine(), 5)
	w.submit(mine(), 6)
	until := closes.AddDate(0, 0, 7)
	w.must(w.desk.Return(ctx, contact(), back, []desk.Remark{{Section: "text", Label: "摘要与正文", Text: "请补充"}}, until))
	address := func() string {
		t.Helper()
		own, err := w.desk.OwnData(ctx, holder(mine()))
		w.must(err)
		return strings.TrimSuffix(own.Calendar[strings.LastIndexByte(own.Calendar, '/')+1:], ".ics")
	}
	w.must(w.desk.OfferCalendar(ctx, holder(mine())))
	first := address()
	list, err := w.desk.Deadlines(ctx, w.visitor(), first)
	w.must(err)
	if len(list) != 2 || list[0].Ref != draft || !list[0].Due.Equal(closes) || list[1].Ref != back || !list[1].Due.Equal(until) || !list[1].Returned {
		t.Errorf("the deadlines are %+v", list)
	}
	w.must(w.desk.ExtendFor(ctx, admin(), slug, desk.Grant{Email: "a@x.invalid", Closes: closes.Add(time.Hour), Reason: "停电"}))
	w.at(closes)
	list, err = w.desk.Deadlines(ctx, w.visitor(), first)
	w.must(err)
	if len(list) != 2 || !list[0].Due.Equal(closes.Add(time.Hour)) {
		t.Errorf("with more time the deadlines are %+v", list)
	}
	w.at(closes.Add(time.Hour))
	list, err = w.desk.Deadlines(ctx, w.visitor(), first)
	w.must(err)
	if len(list) != 1 || list[0].Ref != back {
		t.Errorf("afterwards the deadlines are %+v", list)
	}
	w.must(w.desk.OfferCalendar(ctx, holder(mine())))
	next := address()
	w.must(second(w.desk.Deadlines(ctx, w.visitor(), next)))
	w.must(w.desk.EndCalendar(ctx, holder(mine())))
	for _, token := range []string{first, next, ""} {
		if _, err := w.desk.Deadlines(ctx, w.visitor(), token); portal.KindOf(err) != portal.NotFound {
			t.Errorf("an address that ended: %v", err)
		}
	}
	if err := w.desk.EndCalendar(ctx, holder(mine())); portal.KindOf(err) != portal.NotFound {
		t.Errorf("ended twice: %v", err)
	}
}
