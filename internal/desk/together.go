package desk

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Writer is somebody who may edit an application.
type Writer = postgres.Writer

const (
	// writersMost bounds who may edit one application, invitations included.
	writersMost = 20
	// writersAnHour bounds the letters that one account sends to addresses of its choice.
	writersAnHour = 20
)

// Writers is an application with those who may edit it.
type Writers struct {
	Application portal.Application
	People      []Writer
}

// Writers are those who may edit the applicant's application, and who are invited to.
func (d *Desk) Writers(ctx context.Context, a portal.Applicant, ref string) (Writers, error) {
	var w Writers
	err := d.store.Read(ctx, a, postgres.ApplicationOf(&w.Application, ref, a.Arrived()), postgres.WritersOf(&w.People, ref))
	return w, err
}

// WriterInvitation asks somebody to edit an application.
type WriterInvitation struct {
	Email, Name string        // the name is for an address without an account
	Kind        portal.Access // AccessAgent or AccessCoEditor
}

// InviteWriter lets another person edit the application, which the actor must lead. An
// address with an account can do so at once; to another goes a single-use link that lives
// 24 hours. joined tells which. What is wrong with the address is an Invalid error on
// field email.
func (d *Desk) InviteWriter(ctx context.Context, a portal.Applicant, ref string, in WriterInvitation) (joined bool, err error) {
	if !in.Kind.Helps() {
		return false, portal.RefuseField("kind", "请选择对方的身份")
	}
	if err := d.limit(ctx, "writer:account", strconv.FormatInt(a.Account(), 10), writersAnHour, time.Hour, func(resets time.Time) string {
		return "一小时内邀请的人太多，请在 " + portal.ClockText(resets) + "（北京时间）之后再试。"
	}); err != nil {
		return false, err
	}
	fresh, err := portal.NewRef(d.random)
	if err != nil {
		return false, err
	}
	err = d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		w, err := leadByActor(tx, ref)
		if err != nil {
			return err
		}
		c, err := accountAt(tx, in.Email, cmp.Or(in.Name, strings.Split(in.Email, "@")[0]), fresh)
		if err != nil {
			return err
		}
		if err := invitable(tx, w, c); err != nil {
			return err
		}
		if err := tx.BecomeApplicant(c.ID); err != nil {
			return err
		}
		joined = c.PasswordHash != ""
		return d.invited(tx, a, w.Application, c, in.Kind)
	})
	return joined, err
}

// withWriters locks an application and reads those who may edit it.
func withWriters(tx *postgres.Tx, ref string) (Writers, error) {
	var w Writers
	var err error
	w.Application, err = tx.LockApplication(ref, postgres.WritersOf(&w.People, ref))
	return w, err
}

// leadByActor is withWriters for the application's leader.
func leadByActor(tx *postgres.Tx, ref string) (Writers, error) {
	w, err := withWriters(tx, ref)
	if err != nil {
		return w, err
	}
	return w, w.Application.Access.Leads()
}

// invitable says why an account cannot be asked to edit an application.
func invitable(tx *postgres.Tx, w Writers, c postgres.Credential) error {
	for _, p := range w.People {
		if p.Account == c.ID && !p.Invited {
			return portal.RefuseField("email", "“"+p.Name+"”已经可以填写这份申报书")
		}
	}
	if len(w.People) >= writersMost {
		return portal.RefuseField("email", "最多 "+strconv.Itoa(writersMost)+" 人，请先移出不再参与的人")
	}
	var judges bool
	if err := tx.Do(postgres.OfTopic(&judges, c.ID, w.Application.Topic, tx.At())); err != nil {
		return err
	}
	if judges {
		return portal.RefuseField("email", "对方是这个选题的指南联系人，负责审查，不能参与填写")
	}
	return nil
}

// invited gives or offers the access, records it and writes the letter.
func (d *Desk) invited(tx *postgres.Tx, a portal.Applicant, app portal.Application, c postgres.Credential, kind portal.Access) error {
	p := mail.WriterProps{Title: app.Title, Batch: app.BatchTitle, Leader: a.Name(), Kind: kind.Label(), Link: d.link("/applications/" + app.Ref)}
	e := onApplication(app, portal.EditorJoined, as(c.Name, kind))
	reader := postgres.ContactAccount{ID: c.ID, Name: c.Name, Email: c.Email}
	if c.PasswordHash != "" {
		return d.write(tx, []postgres.Query{tx.GiveAccess(app.ID, c.ID, kind), tx.Trace(e)}, []postgres.Message{letterTo(reader, "writer", d.letters.WriterAdded(p))})
	}
	token, hash, err := d.token()
	if err != nil {
		return err
	}
	until := tx.At().Add(inviteLife)
	if err := tx.InsertLink(hash, c.ID, postgres.Invite, until); err != nil {
		return err
	}
	e.Verb, p.Link, p.Until = portal.EditorInvited, d.link("/invitations/"+token), portal.DateTimeText(until)
	return d.write(tx, []postgres.Query{tx.OfferAccess(app.ID, c.ID, kind), tx.Trace(e)}, []postgres.Message{letterTo(reader, "writer", d.letters.WriterInvited(p))})
}

// RemoveWriter takes the access, or the invitation, of an account by its reference; the
// actor must lead the application. A last leader cannot be removed.
func (d *Desk) RemoveWriter(ctx context.Context, a portal.Applicant, ref, account string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		w, err := leadByActor(tx, ref)
		if err != nil {
			return err
		}
		gone, err := w.named(account)
		if err != nil {
			return err
		}
		app := w.Application
		var letters []postgres.Message
		if !gone.Invited { // who never had it need not be told
			letters = append(letters, toWriter(gone, d.letters.WriterRemoved(mail.WriterProps{Title: app.Title, Batch: app.BatchTitle, Leader: a.Name(), Kind: gone.Kind.Label()})))
		}
		return d.write(tx, append(tx.TakeAccess(app.ID, gone.Account), tx.Trace(onApplication(app, portal.EditorRemoved, as(gone.Name, gone.Kind)))), letters)
	})
}

// Leave ends the actor's own access and tells those who lead. Who leads has to pass that
// on first (NotNow).
func (d *Desk) Leave(ctx context.Context, a portal.Applicant, ref string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		w, err := withWriters(tx, ref)
		if err != nil {
			return err
		}
		app := w.Application
		if err := app.Access.Leaves(); err != nil {
			return err
		}
		text := d.letters.WriterLeft(mail.WriterProps{Title: app.Title, Batch: app.BatchTitle, Writer: a.Name(), Kind: app.Access.Label(), Link: d.link("/applications/" + ref)})
		var letters []postgres.Message
		for _, p := range w.People {
			if p.Kind == portal.AccessLeader {
				letters = append(letters, toWriter(p, text))
			}
		}
		return d.write(tx, append(tx.TakeAccess(app.ID, a.Account()), tx.Trace(onApplication(app, portal.EditorLeft, as(a.Name(), app.Access)))), letters)
	})
}

// Taker is whom the reader of the list can make the leader, by the account's reference:
// somebody who helps already. Only a leader passes that on.
func (w Writers) Taker(account string) (Writer, error) {
	if err := w.Application.Access.Leads(); err != nil {
		return Writer{}, err
	}
	p, err := w.named(account)
	switch {
	case err != nil:
		return p, err
	case p.Invited:
		return p, portal.Refuse(portal.NotNow, "“"+p.Name+"”还没有接受邀请，接受之后才能移交。")
	case !p.Kind.Helps():
		return p, portal.Refuse(portal.NotNow, "“"+p.Name+"”已经是这份申报书的负责人。")
	}
	return p, nil
}

// PassOn makes another who may edit the application its leader; the actor, who leads it,
// stays as what is named. It is possible at any time: what was submitted needs somebody to
// answer for it too, and the leader that the form names is another matter. A contact of
// the topic judges and does not lead (NotNow).
func (d *Desk) PassOn(ctx context.Context, a portal.Applicant, ref, account string, stays portal.Access) error {
	if !stays.Helps() {
		return portal.RefuseField("kind", "请选择您移交以后的身份")
	}
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		w, err := withWriters(tx, ref)
		if err != nil {
			return err
		}
		taker, err := w.Taker(account)
		if err != nil {
			return err
		}
		app := w.Application
		p := mail.WriterProps{Title: app.Title, Batch: app.BatchTitle, Leader: a.Name(), Link: d.link("/applications/" + ref)}
		letters := []postgres.Message{toWriter(taker, d.letters.LeadTaken(p))}
		p.Leader, p.Kind = taker.Name, stays.Label()
		letters = append(letters, letterTo(postgres.ContactAccount{ID: a.Account(), Email: a.Standing().Email}, "writer", d.letters.LeadPassedOn(p)))
		e := onApplication(app, portal.LeaderChanged, a.Name()+" → "+taker.Name+"。"+as(a.Name(), stays))
		return d.write(tx, append(tx.PassOn(app.ID, taker.Account, stays), tx.Trace(e)), letters)
	})
}

// named is one of the people by the account's reference.
func (w Writers) named(account string) (Writer, error) {
	i := slices.IndexFunc(w.People, func(p Writer) bool { return p.Ref == account })
	if i < 0 {
		return Writer{}, portal.ErrNotFound
	}
	return w.People[i], nil
}

// as names somebody with the capacity: 李四（经办人）.
func as(name string, kind portal.Access) string { return name + "（" + kind.Label() + "）" }

// toWriter addresses a letter to somebody who may edit an application, or might.
func toWriter(p Writer, text mail.Text) postgres.Message {
	return letterTo(postgres.ContactAccount{ID: p.Account, Email: p.Email}, "writer", text)
}

// joins gives an account that has just shown that it reads its address the access that
// waits for it; each application's history says so.
func joins(tx *postgres.Tx, c postgres.Credential) error {
	var accepted []postgres.Accepted
	if err := tx.Do(tx.AcceptAccess(&accepted, c.ID)); err != nil {
		return err
	}
	for _, one := range accepted {
		if err := tx.Record(portal.Event{Subject: portal.OnApplication, SubjectID: one.Application, SubjectLabel: one.Label, Verb: portal.EditorJoined,
			Reason: as(c.Name, one.Kind), Account: c.ID, AccountName: c.Name}); err != nil {
			return err
		}
	}
	return nil
}

// Edit is one person's work on a section: saves that followed one another.
type Edit struct {
	Section  string
	By       string
	From, At time.Time // of the first of its saves and of the last
	Saves    int       // how many of them are kept
	Revision int       // of the last
	Before   int       // the kept revision that it went on from, 0 for none

	account int64
}

// rest is how long somebody may pause and still be at the same piece of work.
const rest = 30 * time.Minute

// Edits are who worked on which section, over the saves that are kept, the latest first.
func (f File) Edits() []Edit {
	var list []Edit
	for _, s := range f.saves { // by section, and the newest first
		last := &Edit{}
		if n := len(list); n > 0 {
			last = &list[n-1]
		}
		if last.Section == s.Name && last.account == s.Account && last.From.Sub(s.SavedAt) <= rest {
			last.From = s.SavedAt
			last.Saves++
			continue
		}
		if last.Section == s.Name {
			last.Before = s.Revision
		}
		list = append(list, Edit{Section: s.Name, By: s.SavedBy, From: s.SavedAt, At: s.SavedAt, Saves: 1, Revision: s.Revision, account: s.Account})
	}
	slices.SortStableFunc(list, func(a, b Edit) int { return b.At.Compare(a.At) })
	return list
}
