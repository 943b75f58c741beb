package desk

import (
	"context"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// deputyDays is how long a deputy stands in at most: who is away longer hands over.
const deputyDays = 366

// Deputising is a deputy about to be: the account by its reference, with first and last day,
// each as its first moment in Shanghai.
type Deputising struct {
	To          string
	First, Last time.Time
}

// Deputies are those who stand in for the contact now or will.
func (d *Desk) Deputies(ctx context.Context, c portal.Contact) (list []Deputation, err error) {
	err = d.store.Read(ctx, c, postgres.DeputiesOf(&list, c.Standing().Ref, c.Arrived()))
	return list, err
}

// NameDeputy lets another contact have all topics of this one from the first day to the end
// of the last; nothing has to be done for it to begin or to end. Both get a letter. What is
// wrong is an Invalid error on fields to, first and last.
func (d *Desk) NameDeputy(ctx context.Context, c portal.Contact, in Deputising) error {
	return d.nameDeputy(ctx, c, c.Standing().Ref, in)
}

// NameDeputyOf is NameDeputy by an administrator for the contact of an account.
func (d *Desk) NameDeputyOf(ctx context.Context, a portal.Admin, account string, in Deputising) error {
	return d.nameDeputy(ctx, a, account, in)
}

func (d *Desk) nameDeputy(ctx context.Context, actor portal.Actor, account string, in Deputising) error {
	return d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		until := in.Last.AddDate(0, 0, 1)
		switch {
		case in.Last.Before(in.First):
			return portal.RefuseField("last", "最后一天不能早于第一天")
		case !until.After(tx.At()):
			return portal.RefuseField("last", "最后一天已经过去")
		case until.After(in.First.AddDate(0, 0, deputyDays)):
			return portal.RefuseField("last", "代办最长一年；更长的请移交选题")
		}
		var own, deputy Colleague
		if err := tx.Do(postgres.ColleagueOf(&own, account)); err != nil {
			return err
		}
		if err := tx.Do(postgres.ColleagueOf(&deputy, in.To)); err != nil || deputy.ID == own.ID {
			return portal.RefuseField("to", "请从列出的人中选择")
		}
		p := mail.DeputyProps{For: own.Name, Deputy: deputy.Name, First: portal.DateText(in.First), Last: portal.DateText(in.Last), Link: d.link("/desk")}
		e := aboutAccount(own.ID, own.Name, portal.DeputyNamed, deputy.Name+"，"+p.First+"至"+p.Last)
		return d.write(tx, []postgres.Query{tx.Deputise(own.ID, deputy.ID, in.First, until), tx.Trace(e)}, toBoth(own, postgres.ContactAccount{ID: deputy.ID, Email: deputy.Email}, d.letters.DeputyNamed(p)))
	})
}

// toBoth addresses a letter to a contact and its deputy.
func toBoth(own Colleague, deputy postgres.ContactAccount, text mail.Text) []postgres.Message {
	return []postgres.Message{letterTo(postgres.ContactAccount{ID: own.ID, Email: own.Email}, "deputy", text), letterTo(deputy, "deputy", text)}
}

// EndDeputy ends a deputation of the contact's before its last day, by its key.
func (d *Desk) EndDeputy(ctx context.Context, c portal.Contact, id int64) error {
	return d.endDeputy(ctx, c, c.Standing().Ref, id)
}

// EndDeputyOf is EndDeputy by an administrator for the contact of an account.
func (d *Desk) EndDeputyOf(ctx context.Context, a portal.Admin, account string, id int64) error {
	return d.endDeputy(ctx, a, account, id)
}

func (d *Desk) endDeputy(ctx context.Context, actor portal.Actor, account string, id int64) error {
	return d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		var own Colleague
		var deputy postgres.ContactAccount
		if err := tx.Do(postgres.ColleagueOf(&own, account)); err != nil {
			return err
		}
		if err := tx.Do(tx.EndDeputation(&deputy, own.ID, id)); err != nil {
			return err
		}
		text := d.letters.DeputyEnded(mail.DeputyProps{For: own.Name, Deputy: deputy.Name})
		return d.write(tx, []postgres.Query{tx.Trace(aboutAccount(own.ID, own.Name, portal.DeputyEnded, deputy.Name))}, toBoth(own, deputy, text))
	})
}

func aboutAccount(id int64, name string, verb portal.Verb, reason string) portal.Event {
	return portal.Event{Subject: portal.OnAccount, SubjectID: id, SubjectLabel: name, Verb: verb, Reason: reason}
}
