package desk

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// move is one step of an application with what belongs to it.
type move struct {
	app     portal.Application
	step    portal.Transition
	reason  string            // for the history and the letter
	data    map[string]string // for the history
	remarks []Remark          // of a return
	until   time.Time         // of a return
	again   bool              // a submission that replaces an earlier one
	frozen  portal.Frozen     // what was submitted
	sum     [32]byte          // its hash
	work    []Work            // to be done afterwards, besides delivering letters
	days    portal.Workdays   // by which its term is counted
	behalf  portal.Principal  // in whose place a deputy makes it

	readers map[portal.Notice][]postgres.ContactAccount // who is told when the table says so
}

// move makes a step of the table: it locks the application, asks the table,
// moves the status with what else belongs to the step, records it and tells those
// whom the table names. If somebody moved it in between, the error is
// NotNow and nothing has changed.
func (d *Desk) move(ctx context.Context, actor portal.Actor, ref string, act portal.Act, m move, also func(*postgres.Tx, move) postgres.Query) error {
	return d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		m, err := d.legal(tx, actor, ref, act, m)
		if err != nil {
			return err
		}
		var changes []postgres.Query
		if m.step.To != m.step.From {
			changes = append(changes, tx.SetStatus(m.app.ID, m.step.To))
		}
		if also != nil {
			changes = append(changes, also(tx, m))
		}
		return d.moved(tx, m, changes...)
	})
}

// legal locks the application and asks the table whether the act is possible.
func (d *Desk) legal(tx *postgres.Tx, actor portal.Actor, ref string, act portal.Act, m move) (move, error) {
	if err := m.lock(tx, ref); err != nil {
		return m, err
	}
	var err error
	if m.step, err = portal.Move(m.app.Status, act, actor.Role(), m.app.Window, actor.Visit().Arrived); err != nil {
		return m, err
	}
	switch a := actor.(type) {
	case portal.Applicant:
		err = m.app.Access.Permit(act)
	case portal.Contact:
		m.behalf, err = d.MayAct(tx, a, ref)
	}
	return m, err
}

// lock locks the application and reads what the move has to know in the same round trip.
func (m *move) lock(tx *postgres.Tx, ref string, also ...postgres.Query) (err error) {
	var leaders, contacts []postgres.ContactAccount
	m.app, err = tx.LockApplication(ref, append(also, postgres.LeadersOf(&leaders, ref), postgres.ContactsOf(&contacts, ref, tx.At()))...)
	m.readers = map[portal.Notice][]postgres.ContactAccount{portal.ToApplicant: leaders, portal.ToContact: contacts}
	return err
}

// moved makes the changes of a move, records it and tells those whom the table names.
func (d *Desk) moved(tx *postgres.Tx, m move, changes ...postgres.Query) error {
	e := event(m.app, m.step, m.reason).InPlaceOf(m.behalf)
	e.Data = m.data
	if len(m.remarks) > 0 {
		e.Reason, e.Data = remarksText(m.remarks), map[string]string{}
		for _, r := range m.remarks {
			e.Data["remark."+r.Section] = r.Text
		}
	}
	var letters []postgres.Message
	for _, notice := range m.step.Tells {
		text := d.letter(m, notice, tx.At())
		letters = append(letters, lettersTo(m.readers[notice], string(m.step.Act), text)...)
	}
	return d.write(tx, append(changes, tx.Trace(e)), letters, m.work...)
}

// remarksText is what the history says of a return.
func remarksText(remarks []Remark) string {
	text := ""
	for _, r := range remarks {
		if text != "" {
			text += "\n"
		}
		text += r.Label + "：" + r.Text
	}
	return text
}

// letter is the letter about a move to one party.
func (d *Desk) letter(m move, notice portal.Notice, at time.Time) mail.Text {
	app, page := m.app, d.link("/applications/"+m.app.Ref)
	when := portal.DateTimeText(at)
	switch m.step.Act {
	case portal.Submit:
		if notice == portal.ToContact {
			return d.letters.SubmittedToContact(mail.SubmittedToContactProps{Number: app.Number, Topic: app.TopicTitle, Unit: app.UnitName,
				Again: m.again, Link: d.link("/desk/applications/" + app.Ref)})
		}
		p := mail.SubmittedProps{Number: app.Number, Title: app.Title, Time: portal.DateTimeText(app.SubmittedAt),
			NextBy: portal.DateText(portal.ReviewBy(app.SubmittedAt, m.days)), SHA256: hex.EncodeToString(m.sum[:]),
			Guideline: fmt.Sprintf("%s 第 %d 版", m.frozen.Guideline.BatchTitle, m.frozen.Guideline.Version), Link: page}
		for _, f := range m.frozen.Attachments {
			p.Attachments = append(p.Attachments, mail.Attached{Name: f.Name, Size: portal.SizeText(f.Size), SHA256: f.SHA256})
		}
		if app.Window.Open(app.SubmittedAt) {
			p.CorrectUntil = portal.DateTimeText(app.Window.Closes)
		}
		return d.letters.Submitted(p)
	case portal.Withdraw:
		return d.letters.Withdrawn(mail.WithdrawnProps{Number: app.Number, Title: app.Title, Reason: m.reason})
	case portal.Accept:
		return d.letters.Accepted(mail.AcceptedProps{Number: app.Number, Title: app.Title, Time: when, Link: page})
	case portal.Return:
		p := mail.ReturnedProps{Number: app.Number, Title: app.Title, Until: portal.DateTimeText(m.until), Link: page}
		for _, r := range m.remarks {
			p.Reasons = append(p.Reasons, mail.SectionReason{Section: r.Label, Reason: r.Text})
		}
		return d.letters.Returned(p)
	case portal.Decline:
		return d.letters.Declined(mail.DeclinedProps{Number: app.Number, Title: app.Title, Reason: m.reason, Link: page})
	}
	return d.letters.Decided(mail.DecidedProps{Number: app.Number, Title: app.Title, Outcome: m.step.To.Label(), Reason: m.reason, Time: when, Link: page})
}
