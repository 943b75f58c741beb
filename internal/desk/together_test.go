package desk_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// letters are the letters promised since the nth, oldest first.
func (w *world) letters(since int) (list []postgres.Message) {
	w.t.Helper()
	for _, id := range w.queue.messages[since:] {
		var m postgres.Message
		w.must(w.store.Read(w.t.Context(), w.system(), postgres.MessageOf(&m, id)))
		list = append(list, m)
	}
	return list
}

var invitation = regexp.MustCompile(`/invitations/(\S+)`)

// applicantAt is an account that exists already, as an applicant.
func (w *world) applicantAt(account int64) func() portal.Applicant {
	return func() portal.Applicant {
		s, err := w.store.Standing(w.t.Context(), account)
		w.must(err)
		a, ok := portal.MintApplicant(s, w.visit())
		if !ok {
			w.t.Fatal("not an applicant")
		}
		return a
	}
}

func reasons(f desk.File) (list []string) {
	for _, e := range f.History {
		list = append(list, e.Verb.Label()+" "+e.Reason)
	}
	return list
}

// TestWritersHelpAndLeadersLead: who is invited writes at once, gets the letters, and can
// neither submit nor withdraw nor delete nor say who else writes; when removed, nothing
// is left to see.
func TestWritersHelpAndLeadersLead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader, agent, other := w.applicant("leader@x.invalid"), w.applicant("agent@x.invalid"), w.applicant("other@x.invalid")
	ref := w.fill(leader(), 3)
	if _, err := w.desk.Application(ctx, agent(), ref); portal.KindOf(err) != portal.NotFound {
		t.Fatalf("seen before the invitation: %v", err)
	}
	joined, err := w.desk.InviteWriter(ctx, leader(), ref, desk.WriterInvitation{Email: "AGENT@x.invalid", Kind: portal.AccessAgent})
	w.must(err)
	if letters := w.letters(0); !joined || len(letters) != 1 || letters[0].Address != "agent@x.invalid" || !strings.Contains(letters[0].Body, "/applications/"+ref) {
		t.Errorf("joined %v with the letters %+v", joined, letters)
	}
	w.must(w.save(agent(), ref, text(1, "经办人写的摘要")))
	f, err := w.desk.Application(ctx, leader(), ref)
	w.must(err)
	if abstract(f) != "经办人写的摘要" || !slices.Contains(reasons(f), "加入填报 agent（经办人）") || f.Application.Access != portal.AccessLeader {
		t.Errorf("the leader finds %q, %q, %q", abstract(f), reasons(f), f.Application.Access)
	}
	refusals := map[string]error{
		"submits":  w.desk.Submit(ctx, agent(), ref, checked("text", 2)),
		"deletes":  w.desk.Discard(ctx, agent(), ref),
		"invites":  second(w.desk.InviteWriter(ctx, agent(), ref, desk.WriterInvitation{Email: "other@x.invalid", Kind: portal.AccessCoEditor})),
		"removes":  w.desk.RemoveWriter(ctx, agent(), ref, leader().Standing().Ref),
		"the last": w.desk.RemoveWriter(ctx, leader(), ref, leader().Standing().Ref),
	}
	w.must(w.desk.Submit(ctx, leader(), ref, checked("text", 2)))
	refusals["withdraws"] = w.desk.Withdraw(ctx, agent(), ref, "")
	for name, err := range refusals {
		if portal.KindOf(err) != portal.NotNow {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"a stranger reads the list": second(w.desk.Writers(ctx, other(), ref)),
		"a stranger invites":        second(w.desk.InviteWriter(ctx, other(), ref, desk.WriterInvitation{Email: "other@x.invalid", Kind: portal.AccessAgent})),
		"nobody is removed":         w.desk.RemoveWriter(ctx, leader(), ref, other().Standing().Ref),
	} {
		if portal.KindOf(err) != portal.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := w.letters(1); !slices.ContainsFunc(got, func(m postgres.Message) bool { return m.Address == "agent@x.invalid" && m.Kind == "submit" }) {
		t.Errorf("the agent does not hear of the submission: %+v", got)
	}
	w.must(w.desk.Reopen(ctx, agent(), ref)) // what is submitted stands: to go on writing is no more than that

	w.must(w.desk.RemoveWriter(ctx, leader(), ref, agent().Standing().Ref))
	for name, err := range map[string]error{
		"reads":  second(w.desk.Application(ctx, agent(), ref)),
		"writes": w.save(agent(), ref, text(2, "x")),
		"proof":  second(w.desk.Receipt(ctx, agent(), ref)),
	} {
		if portal.KindOf(err) != portal.NotFound {
			t.Errorf("who was removed %s: %v", name, err)
		}
	}
	f, err = w.desk.Application(ctx, leader(), ref)
	w.must(err)
	if abstract(f) != "经办人写的摘要" || !slices.Contains(reasons(f), "移出填报 agent（经办人）") {
		t.Errorf("after the removal: %q, %q", abstract(f), reasons(f))
	}
}

// TestInvitedWithoutAccount: an address that nobody knows gets a link; until it is used
// nothing is open, and afterwards the account is an applicant who writes.
func TestInvitedWithoutAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader := w.applicant("leader@x.invalid")
	ref := w.fill(leader(), 3)
	invite := func(email string) (token string) {
		t.Helper()
		before := len(w.queue.messages)
		joined, err := w.desk.InviteWriter(ctx, leader(), ref, desk.WriterInvitation{Email: email, Name: "王五", Kind: portal.AccessCoEditor})
		w.must(err)
		letters := w.letters(before)
		if joined || len(letters) != 1 || letters[0].Address != email {
			t.Fatalf("joined %v with the letters %+v", joined, letters)
		}
		return invitation.FindStringSubmatch(letters[0].Body)[1]
	}
	old := invite("new@x.invalid")
	token := invite("new@x.invalid") // the letter went astray
	people, err := w.desk.Writers(ctx, leader(), ref)
	w.must(err)
	if len(people.People) != 2 || !people.People[1].Invited || people.People[1].Name != "王五" {
		t.Errorf("the list has %+v", people.People)
	}
	w.must(w.desk.Submit(ctx, leader(), ref, checked()))
	if letters := w.letters(2); slices.ContainsFunc(letters, func(m postgres.Message) bool { return m.Address == "new@x.invalid" }) {
		t.Errorf("who has not accepted hears of it: %+v", letters)
	}
	if _, err := w.desk.SetPassword(ctx, w.visitor(), desk.LinkInvite, old, "Password-1"); portal.KindOf(err) != portal.Expired {
		t.Errorf("the first link: %v", err)
	}
	account, err := w.desk.SetPassword(ctx, w.visitor(), desk.LinkInvite, token, "Password-1")
	w.must(err)
	writer := w.applicantAt(account)
	f, err := w.desk.Application(ctx, writer(), ref)
	w.must(err)
	if f.Application.Access != portal.AccessCoEditor || f.History[0].Verb != portal.EditorJoined || f.History[0].Account != account {
		t.Errorf("access %q, history %+v", f.Application.Access, f.History[0])
	}

	gone := invite("gone@x.invalid")
	people, err = w.desk.Writers(ctx, leader(), ref)
	w.must(err)
	w.must(w.desk.RemoveWriter(ctx, leader(), ref, people.People[2].Ref))
	account, err = w.desk.SetPassword(ctx, w.visitor(), desk.LinkInvite, gone, "Password-1")
	w.must(err)
	if _, err := w.desk.Application(ctx, w.applicantAt(account)(), ref); portal.KindOf(err) != portal.NotFound {
		t.Errorf("a removed invitation opens it: %v", err)
	}

	late := invite("late@x.invalid")
	w.at(w.store.Now().Add(24*time.Hour + time.Second))
	if _, err := w.desk.SetPassword(ctx, w.visitor(), desk.LinkInvite, late, "Password-1"); portal.KindOf(err) != portal.Expired {
		t.Errorf("after a day: %v", err)
	}
}

// TestWhoCannotBeInvited: a topic's contact judges and does not write; nobody twice, not
// more than an hour's letters, and the capacity is one of two.
func TestWhoCannotBeInvited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader := w.applicant("leader@x.invalid")
	w.contact("three@x.invalid", 3)
	w.contact("four@x.invalid", 4)
	ref := w.fill(leader(), 3)
	invite := func(email string, kind portal.Access) error {
		return second(w.desk.InviteWriter(ctx, leader(), ref, desk.WriterInvitation{Email: email, Kind: kind}))
	}
	w.must(invite("four@x.invalid", portal.AccessAgent))
	for name, err := range map[string]error{
		"its contact":    invite("three@x.invalid", portal.AccessAgent),
		"twice":          invite("four@x.invalid", portal.AccessCoEditor),
		"itself":         invite("leader@x.invalid", portal.AccessAgent),
		"another leader": invite("x@x.invalid", portal.AccessLeader),
	} {
		if portal.KindOf(err) != portal.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	var err error
	for range 20 {
		err = invite("four@x.invalid", portal.AccessAgent)
	}
	if portal.KindOf(err) != portal.TooMany {
		t.Errorf("without end: %v", err)
	}
}

// TestHelperBeginsItsOwn: helping with another's application to a topic is not having one.
func TestHelperBeginsItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader, helper := w.applicant("leader@x.invalid"), w.applicant("helper@x.invalid")
	ref := w.fill(leader(), 3)
	_, err := w.desk.InviteWriter(ctx, leader(), ref, desk.WriterInvitation{Email: "helper@x.invalid", Kind: portal.AccessCoEditor})
	w.must(err)
	own, err := w.desk.Begin(ctx, helper(), slug, 3)
	w.must(err)
	if own == ref {
		t.Error("the helper is led to the other's application")
	}
	list, _, err := w.desk.Applications(ctx, helper(), 0)
	w.must(err)
	if len(list) != 2 || list[0].Access != portal.AccessLeader || list[1].Access != portal.AccessCoEditor {
		t.Errorf("the list has %+v", list)
	}
}

// TestLeadershipIsPassedOn: the leader makes a helper the leader and goes on as what it
// chose, in one step that the history and two letters tell of; nobody else can, not to
// somebody who has not accepted, and not to who judges. It is possible after the
// submission too.
func TestLeadershipIsPassedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader, helper, other := w.applicant("leader@x.invalid"), w.applicant("helper@x.invalid"), w.applicant("other@x.invalid")
	w.contact("contact@x.invalid", 4)
	ref := w.submit(leader(), 3)
	for _, email := range []string{"helper@x.invalid", "contact@x.invalid", "new@x.invalid"} {
		_, err := w.desk.InviteWriter(ctx, leader(), ref, desk.WriterInvitation{Email: email, Kind: portal.AccessAgent})
		w.must(err)
	}
	people, err := w.desk.Writers(ctx, leader(), ref)
	w.must(err)
	refOf := func(email string) string {
		return people.People[slices.IndexFunc(people.People, func(p desk.Writer) bool { return p.Email == email })].Ref
	}
	pass := func(by portal.Applicant, to string, stays portal.Access) error {
		return w.desk.PassOn(ctx, by, ref, to, stays)
	}
	w.must(w.desk.HandOver(ctx, w.admin("admin@x.invalid")(), slug, 3, desk.Successor{Email: "contact@x.invalid"}, "人员变动"))
	for _, tc := range []struct {
		name string
		err  error
		want portal.Kind
	}{
		{"to stay its leader", pass(leader(), refOf("helper@x.invalid"), portal.AccessLeader), portal.Invalid},
		{"by a helper", pass(helper(), refOf("helper@x.invalid"), portal.AccessAgent), portal.NotNow},
		{"by a stranger", pass(other(), refOf("helper@x.invalid"), portal.AccessAgent), portal.NotFound},
		{"to a stranger", pass(leader(), other().Standing().Ref, portal.AccessAgent), portal.NotFound},
		{"to the leader", pass(leader(), leader().Standing().Ref, portal.AccessAgent), portal.NotNow},
		{"to who has not accepted", pass(leader(), refOf("new@x.invalid"), portal.AccessAgent), portal.NotNow},
		{"to the topic's contact", pass(leader(), refOf("contact@x.invalid"), portal.AccessAgent), portal.NotNow},
	} {
		if portal.KindOf(tc.err) != tc.want {
			t.Errorf("%s: %v, want %s", tc.name, tc.err, tc.want)
		}
	}
	before := len(w.queue.messages)
	w.must(pass(leader(), refOf("helper@x.invalid"), portal.AccessCoEditor))
	letters := w.letters(before)
	if len(letters) != 2 || letters[0].Address != "helper@x.invalid" || letters[1].Address != "leader@x.invalid" || !strings.Contains(letters[1].Body, "您的身份：共同填写") {
		t.Errorf("the letters are %+v", letters)
	}
	mine, err := w.desk.Application(ctx, leader(), ref)
	w.must(err)
	theirs, err := w.desk.Application(ctx, helper(), ref)
	w.must(err)
	if mine.Application.Access != portal.AccessCoEditor || theirs.Application.Access != portal.AccessLeader || theirs.Application.LeaderName != mine.Application.LeaderName {
		t.Errorf("now %q and %q", mine.Application.Access, theirs.Application.Access)
	}
	if e := theirs.History[0]; e.Verb != portal.LeaderChanged || e.Reason != "leader → helper。leader（共同填写）" || e.AccountName != "leader" {
		t.Errorf("the history says %+v", e)
	}
	if err := w.desk.Withdraw(ctx, leader(), ref, ""); portal.KindOf(err) != portal.NotNow {
		t.Errorf("the former leader withdraws: %v", err)
	}
	if err := pass(leader(), refOf("helper@x.invalid"), portal.AccessAgent); portal.KindOf(err) != portal.NotNow {
		t.Errorf("the former leader passes it on again: %v", err)
	}
	w.must(w.desk.Withdraw(ctx, helper(), ref, ""))
}

// TestTwoPassOnAtOnce: whatever comes first, one leader is left.
func TestTwoPassOnAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader := w.applicant("leader@x.invalid")
	ref := w.fill(leader(), 3)
	helpers := []func() portal.Applicant{w.applicant("one@x.invalid"), w.applicant("two@x.invalid")}
	for _, helper := range helpers {
		_, err := w.desk.InviteWriter(ctx, leader(), ref, desk.WriterInvitation{Email: helper().Standing().Email, Kind: portal.AccessAgent})
		w.must(err)
	}
	answers := make(chan error, len(helpers))
	for _, helper := range helpers {
		go func() { answers <- w.desk.PassOn(ctx, leader(), ref, helper().Standing().Ref, portal.AccessAgent) }()
	}
	passed := 0
	for range helpers {
		if err := <-answers; err == nil {
			passed++
		} else if portal.KindOf(err) != portal.NotNow {
			t.Errorf("the second: %v", err)
		}
	}
	people, err := w.desk.Writers(ctx, leader(), ref)
	w.must(err)
	leaders := slices.DeleteFunc(people.People, func(p desk.Writer) bool { return p.Kind != portal.AccessLeader })
	if passed != 1 || len(leaders) != 1 || leaders[0].Ref == leader().Standing().Ref {
		t.Errorf("passed on %d times, the leaders are %+v", passed, leaders)
	}
}

// TestWriterLeaves: who helps leaves alone and sees nothing afterwards; the leader hears
// of it, keeps what was written, and cannot leave.
func TestWriterLeaves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader, helper := w.applicant("leader@x.invalid"), w.applicant("helper@x.invalid")
	ref := w.submit(leader(), 3)
	if err := w.desk.Leave(ctx, helper(), ref); portal.KindOf(err) != portal.NotFound {
		t.Errorf("a stranger leaves: %v", err)
	}
	_, err := w.desk.InviteWriter(ctx, leader(), ref, desk.WriterInvitation{Email: "helper@x.invalid", Kind: portal.AccessCoEditor})
	w.must(err)
	w.must(w.desk.Reopen(ctx, helper(), ref))
	w.must(w.save(helper(), ref, text(1, "共同填写的人写的摘要")))
	before := len(w.queue.messages)
	w.must(w.desk.Leave(ctx, helper(), ref))
	if letters := w.letters(before); len(letters) != 1 || letters[0].Address != "leader@x.invalid" || !strings.Contains(letters[0].Subject, "helper退出") {
		t.Errorf("the letters are %+v", letters)
	}
	for name, err := range map[string]error{
		"reads":  second(w.desk.Application(ctx, helper(), ref)),
		"writes": w.save(helper(), ref, text(2, "x")),
		"leaves": w.desk.Leave(ctx, helper(), ref),
	} {
		if portal.KindOf(err) != portal.NotFound {
			t.Errorf("who has left %s: %v", name, err)
		}
	}
	f, err := w.desk.Application(ctx, leader(), ref)
	w.must(err)
	if e := f.History[0]; abstract(f) != "共同填写的人写的摘要" || e.Verb != portal.EditorLeft || e.Reason != "helper（共同填写）" {
		t.Errorf("after that: %q, %+v", abstract(f), e)
	}
	if err := w.desk.Leave(ctx, leader(), ref); portal.KindOf(err) != portal.NotNow {
		t.Errorf("the leader leaves: %v", err)
	}
}

// TestEditsByPersonAndSection: saves that follow one another are one piece of work; a
// pause, another person and another section each begin a new one.
func TestEditsByPersonAndSection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	leader, helper := w.applicant("leader@x.invalid"), w.applicant("helper@x.invalid")
	ref := w.fill(leader(), 3)
	_, err := w.desk.InviteWriter(ctx, leader(), ref, desk.WriterInvitation{Email: "helper@x.invalid", Kind: portal.AccessCoEditor})
	w.must(err)
	begun := w.store.Now()
	save := func(after time.Duration, by portal.Applicant, revision int) {
		t.Helper()
		w.at(begun.Add(after))
		w.must(w.save(by, ref, text(revision, "第"+after.String()+"稿")))
	}
	save(10*time.Minute, leader(), 1)
	save(20*time.Minute, helper(), 2)
	save(50*time.Minute, helper(), 3)
	w.at(begun.Add(55 * time.Minute))
	f, err := w.desk.Application(ctx, leader(), ref)
	w.must(err)
	budget, _ := f.Section(proposal.Budget)
	answers := budget.Form.Answers()
	answers["own"], answers["indirect"] = "2.50", "2"
	w.must(w.save(leader(), ref, portal.Section{Name: proposal.Budget, Revision: 1, Answers: answers}))
	save(81*time.Minute, helper(), 4)
	f, err = w.desk.Application(ctx, leader(), ref)
	w.must(err)
	var got []string
	for _, e := range f.Edits()[:4] {
		got = append(got, fmt.Sprintf("%s %s %s–%s %d saves, %d from %d", e.By, e.Section, e.From.Sub(begun), e.At.Sub(begun), e.Saves, e.Revision, e.Before))
	}
	want := []string{"helper text 1h21m0s–1h21m0s 1 saves, 5 from 4", "leader budget 55m0s–55m0s 1 saves, 2 from 1",
		"helper text 20m0s–50m0s 2 saves, 4 from 2", "leader text 0s–10m0s 2 saves, 2 from 0"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if n := len(f.Edits()); n != 9 { // and the first save of each other section
		t.Errorf("%d pieces of work", n)
	}
}
