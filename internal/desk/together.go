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
		app, people, err := leadByActor(tx, ref)
		if err != nil {
			return err
		}
		c, err := accountAt(tx, in.Email, cmp.Or(in.Name, strings.Split(in.Email, "@")[0]), fresh)
		if err != nil {
			return err
		}
		if err := invitable(tx, app, people, c); err != nil {
			return err
		}
		if err := tx.BecomeApplicant(c.ID); err != nil {
			return err
		}
		joined = c.PasswordHash != ""
		return d.invited(tx, a, app, c, in.Kind)
	})
	return joined, err
}

// leadByActor locks an application for its leader, with those who may edit it.
func leadByActor(tx *postgres.Tx, ref string) (portal.Application, []Writer, error) {
	var people []Writer
	app, err := tx.LockApplication(ref, postgres.WritersOf(&people, ref))
	if err != nil {
		return app, nil, err
	}
	return app, people, app.Access.Leads()
}

// invitable says why an account cannot be asked to edit an application.
func invitable(tx *postgres.Tx, app portal.Application, people []Writer, c postgres.Credential) error {
	for _, p := range people {
		if p.Account == c.ID && !p.Invited {
			return portal.RefuseField("email", "“"+p.Name+"”已经可以填写这份申报书")
		}
	}
	if len(people) >= writersMost {
		return portal.RefuseField("email", "最多 "+strconv.Itoa(writersMost)+" 人，请先移出不再参与的人")
	}
	var judges bool
	if err := tx.Do(postgres.OfTopic(&judges, c.ID, app.Topic)); err != nil {
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
	e := portal.Event{Subject: portal.OnApplication, SubjectID: app.ID, SubjectLabel: orTitle(app), Verb: portal.EditorJoined, Reason: c.Name + "（" + kind.Label() + "）"}
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
		app, people, err := leadByActor(tx, ref)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(people, func(w Writer) bool { return w.Ref == account })
		if i < 0 {
			return portal.ErrNotFound
		}
		gone := people[i]
		e := portal.Event{Subject: portal.OnApplication, SubjectID: app.ID, SubjectLabel: orTitle(app), Verb: portal.EditorRemoved, Reason: gone.Name + "（" + gone.Kind.Label() + "）"}
		var letters []postgres.Message
		if !gone.Invited { // who never had it need not be told
			letters = append(letters, letterTo(postgres.ContactAccount{ID: gone.Account, Email: gone.Email}, "writer",
				d.letters.WriterRemoved(mail.WriterProps{Title: app.Title, Batch: app.BatchTitle, Leader: a.Name(), Kind: gone.Kind.Label()})))
		}
		return d.write(tx, append(tx.TakeAccess(app.ID, gone.Account), tx.Trace(e)), letters)
	})
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
			Reason: c.Name + "（" + one.Kind.Label() + "）", Account: c.ID, AccountName: c.Name}); err != nil {
			return err
		}
	}
	return nil
}
