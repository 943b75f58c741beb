package desk

import (
	"context"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Inbox is what came to a contact's topics.
type Inbox struct {
	Applications []portal.Application
	Counts       []postgres.StatusCount
	Next         *portal.Application // the last of this page when there are more
	Asked        postgres.InquiryCount
}

// Inbox is one view of what was submitted to the contact's topics, the newest first.
func (d *Desk) Inbox(ctx context.Context, c portal.Contact, f postgres.DeskFilter) (Inbox, error) {
	var box Inbox
	err := d.store.Read(ctx, c, postgres.DeskApplications(&box.Applications, c.Topics(), f, listSize+1, c.Arrived()),
		postgres.DeskCounts(&box.Counts, c.Topics()), postgres.InquiryCounts(&box.Asked, c.Topics(), c.Arrived()))
	if len(box.Applications) > listSize {
		box.Applications = box.Applications[:listSize]
		box.Next = &box.Applications[listSize-1]
	}
	return box, err
}

// Dossier is one application as its contact reads it: frozen.
type Dossier struct {
	Application portal.Application
	Version     portal.Version
	Earlier     []portal.Version // submitted before the standing one, newest first
	Frozen      portal.Frozen
	History     []portal.Event
	Reviews     []portal.Review
	Thread      []portal.ThreadMessage
	Acts        []portal.Act

	thaw func(portal.Version) (portal.Frozen, error)
}

// Dossier is the standing version of an application to one of the contact's topics.
func (d *Desk) Dossier(ctx context.Context, c portal.Contact, ref string) (Dossier, error) {
	return d.readDossier(ctx, c, ref)
}

// OwnDossier is what the applicant submitted, as others read it.
func (d *Desk) OwnDossier(ctx context.Context, a portal.Applicant, ref string) (Dossier, error) {
	return d.readDossier(ctx, a, ref)
}

func (d *Desk) readDossier(ctx context.Context, actor portal.Actor, ref string) (Dossier, error) {
	var dossier Dossier
	var versions []portal.Version
	err := d.store.Read(ctx, actor, postgres.JudgedApplicationOf(&dossier.Application, ref, actor.Visit().Arrived),
		postgres.VersionsOf(&versions, ref), postgres.HistoryOf(&dossier.History, ref), postgres.ReviewsOf(&dossier.Reviews, ref),
		postgres.ThreadOf(&dossier.Thread, ref))
	if err != nil {
		return dossier, err
	}
	if len(versions) == 0 {
		return dossier, portal.ErrNotFound
	}
	dossier.Version, dossier.Earlier = versions[0], versions[1:]
	dossier.Acts, dossier.thaw = acts(dossier.Application, actor), d.secret.thaw
	dossier.Frozen, err = d.secret.thaw(dossier.Version)
	return dossier, err
}

// At is a version of the dossier by its number.
func (d Dossier) At(n int) (v portal.Version, frozen portal.Frozen, err error) {
	if n == d.Version.N {
		return d.Version, d.Frozen, nil
	}
	for _, v := range d.Earlier {
		if v.N == n {
			frozen, err = d.thaw(v)
			return v, frozen, err
		}
	}
	return v, frozen, portal.ErrNotFound
}

// Accept takes an application on (受理). If somebody moved it in between, the
// error is NotNow and nothing has changed.
func (d *Desk) Accept(ctx context.Context, c portal.Contact, ref string) error {
	return d.move(ctx, c, ref, portal.Accept, move{}, nil)
}

// Remark is what a contact asks to be changed in one section; Section is "" for the
// form as a whole.
type Remark struct{ Section, Label, Text string }

// Return gives an application back to be changed (退回修改), with at least one remark,
// until a moment that may lie after the close. The number and the content stay.
func (d *Desk) Return(ctx context.Context, c portal.Contact, ref string, remarks []Remark, until time.Time) error {
	if len(remarks) == 0 {
		return portal.Refuse(portal.Invalid, "请至少写明一处需要修改的地方")
	}
	if !until.After(c.Arrived()) {
		return portal.RefuseField("until", "重新提交的期限必须晚于现在")
	}
	return d.move(ctx, c, ref, portal.Return, move{remarks: remarks, until: until}, func(tx *postgres.Tx, m move) postgres.Query {
		return tx.ReturnUntil(m.app.ID, until)
	})
}

// Decline does not take an application on (不予受理): a code of portal.DeclineReasons
// and a text, both of which the applicant reads.
func (d *Desk) Decline(ctx context.Context, c portal.Contact, ref, code, text string) error {
	m, err := declined(code, text)
	if err != nil {
		return err
	}
	return d.move(ctx, c, ref, portal.Decline, m, nil)
}

func declined(code, text string) (move, error) {
	label := portal.DeclineLabel(code)
	if label == "" {
		return move{}, portal.RefuseField("code", "请从列出的原因中选择")
	}
	return move{reason: label + "。" + text, data: map[string]string{"code": code}}, nil
}

// DeclineLetter is the letter that Decline would send, to be read before it is sent.
func (d *Desk) DeclineLetter(ctx context.Context, c portal.Contact, ref, code, text string) (mail.Text, error) {
	m, err := declined(code, text)
	if err != nil {
		return mail.Text{}, err
	}
	if err := d.store.Read(ctx, c, postgres.ApplicationOf(&m.app, ref, c.Arrived())); err != nil {
		return mail.Text{}, err
	}
	if m.step, err = portal.Move(m.app.Status, portal.Decline, c.Role(), m.app.Window, c.Arrived()); err != nil {
		return mail.Text{}, err
	}
	return d.letter(m, portal.ToApplicant, c.Arrived()), nil
}

// Recommend closes the review of an accepted application (评审): the comment is for
// the applicant too, the note for the department alone.
func (d *Desk) Recommend(ctx context.Context, c portal.Contact, ref string, r portal.Review) error {
	if r.Outcome.Label() == "" {
		return portal.RefuseField("outcome", "请从列出的意见中选择")
	}
	return d.move(ctx, c, ref, portal.Recommend, move{reason: r.Comment}, func(tx *postgres.Tx, m move) postgres.Query {
		return tx.AddReview(m.app.ID, r)
	})
}
