package desk

import (
	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// tell mails one party of a move, with the words that belong to it.
func (d *Desk) tell(tx *postgres.Tx, app portal.Application, step portal.Transition, notice portal.Notice) error {
	text, ok := d.letter(tx, app, step, notice)
	if !ok {
		return nil
	}
	var readers []postgres.ContactAccount
	to := postgres.LeadersOf(&readers, app.ID)
	if notice == portal.ToContact {
		to = postgres.ContactsOf(&readers, app.Topic)
	}
	if err := tx.Read(to); err != nil {
		return err
	}
	for _, r := range readers {
		if err := d.post(tx, r.ID, r.Email, string(step.Act), text); err != nil {
			return err
		}
	}
	return nil
}

// letter is the letter about a move to one party. Moves without words yet have no
// door in the portal yet either.
func (d *Desk) letter(tx *postgres.Tx, app portal.Application, step portal.Transition, notice portal.Notice) (mail.Text, bool) {
	page := d.link("/applications/" + app.Ref)
	switch {
	case step.Act == portal.Submit && notice == portal.ToContact:
		return d.letters.SubmittedToContact(mail.SubmittedToContactProps{Number: app.Number, Topic: app.TopicTitle, Unit: app.UnitName,
			Link: d.link("/desk/applications/" + app.Ref)}), true
	case step.Act == portal.Submit:
		return d.letters.Submitted(mail.SubmittedProps{Number: app.Number, Title: app.Title, Time: portal.DateTimeText(app.SubmittedAt), Link: page}), true
	case step.Act == portal.Accept:
		return d.letters.Accepted(mail.AcceptedProps{Number: app.Number, Title: app.Title, Time: portal.DateTimeText(tx.At()), Link: page}), true
	}
	return mail.Text{}, false
}
