package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// finding is what the machine found between an account and an application, and nobody has
// denied or lifted.
type finding struct {
	account int64
	portal.Interest
}

// handling is an application with all that decides whether a contact may read it and act on it.
type handling struct {
	contact  portal.Contact
	app      portal.Application
	thread   []portal.ThreadMessage
	versions []portal.Version // newest first
	postgres.Scrutiny
}

// reads are the queries that fill it.
func (h *handling) reads(ref string, at time.Time) []postgres.Query {
	return []postgres.Query{postgres.JudgedApplicationOf(&h.app, &h.thread, ref, at), postgres.VersionsOf(&h.versions, ref),
		postgres.ScrutinyOf(&h.Scrutiny, ref, h.contact.Handlers())}
}

// findings are what the machine finds between the contact, and the one it stands in for,
// and the standing version: the weightiest first for each.
func (h *handling) findings() ([]finding, error) {
	frozen, err := h.standing()
	if err != nil || len(h.versions) == 0 {
		return nil, err
	}
	principal, _ := h.app.Place(h.contact)
	var list []finding
	for _, who := range h.Reviewers {
		if who.Account == h.contact.Account() || who.Account == principal.Account {
			list = append(list, h.conflicts(frozen, who)...)
		}
	}
	return list, nil
}

// standing is the content of the standing version, in which the names and units that conflicts
// rest on are never sealed; empty before the first submission.
func (h *handling) standing() (frozen portal.Frozen, err error) {
	if len(h.versions) > 0 {
		err = json.Unmarshal(h.versions[0].Body, &frozen)
	}
	return frozen, err
}

// conflicts are what the machine finds about one account and nobody has answered.
func (h *handling) conflicts(frozen portal.Frozen, who portal.Reviewer) (list []finding) {
	for _, i := range proposal.Conflicts(frozen, who) {
		if !slices.Contains(h.Answered, portal.Recusal{Account: who.Account, Ground: i.Ground}) {
			list = append(list, finding{who.Account, i})
		}
	}
	return list
}

// stance is how a contact stands towards an application.
type stance struct {
	behalf portal.Principal // in whose place it acts
	bar    error            // why it may not act now, nil when it may
	found  *finding         // what the machine found: it keeps away, or the contact has to answer it
}

// judge decides what the contact may do. A finding that does not rest on a name alone keeps
// away like a recusal on record; one that does bars every act until it is answered.
//
//	ground    found by      keeps from reading  keeps from acting       ends by
//	unit      the machine   yes                 yes                     an administrator
//	declared  the person    yes                 yes                     an administrator
//	leader    the machine   no                  until it is answered    the person's denial, with a reason
//	member    the machine   no                  until it is answered    the person's denial, with a reason
func (h *handling) judge() (s stance, err error) {
	if s.behalf, s.bar = h.app.Entrusted(h.contact); portal.KindOf(s.bar) == portal.Withheld {
		return s, nil
	}
	findings, err := h.findings()
	for _, f := range findings {
		switch {
		case !f.Ground.Doubtful():
			s.found, s.bar = &f, portal.Refuse(portal.Withheld, f.Text+"，按规定须回避，不能查看内容，也不能办理。系统已记录并告知管理员；如果有误，请与管理员联系。")
			return s, err
		case s.found == nil:
			s.found = &f
			s.bar = cmp.Or(s.bar, error(portal.Refuse(portal.NotNow, f.Text+"。请先在申报书页面说明是不是同一人，再办理。")))
		}
	}
	return s, err
}

// MayAct is the one gate before every act of a contact on an application: it says in whose
// place the contact acts, and refuses who is kept away by a conflict of interest
// (Withheld), and who does not have the application or has a doubt to answer (NotNow).
func (d *Desk) MayAct(tx *postgres.Tx, c portal.Contact, ref string) (portal.Principal, error) {
	_, s, err := stanceIn(tx, c, ref)
	return s.behalf, cmp.Or(err, s.bar)
}

// stanceIn is how the contact stands towards an application, within a change.
func stanceIn(tx *postgres.Tx, c portal.Contact, ref string) (handling, stance, error) {
	h := handling{contact: c}
	if err := tx.Do(h.reads(ref, tx.At())...); err != nil {
		return h, stance{}, err
	}
	s, err := h.judge()
	return h, s, err
}

// mayRead is the gate before everything that shows what was submitted. Only contacts have
// to pass it; for others the database's policies say all.
func (d *Desk) mayRead(ctx context.Context, actor portal.Actor, ref string) error {
	c, ok := actor.(portal.Contact)
	if !ok {
		return nil
	}
	h := handling{contact: c}
	if err := d.store.Read(ctx, c, h.reads(ref, c.Arrived())...); err != nil {
		return err
	}
	_, err := d.admit(ctx, h)
	return err
}

// admit judges whether the contact may read. What the machine finds that keeps away is put
// on record when it is first met, as a download is.
func (d *Desk) admit(ctx context.Context, h handling) (stance, error) {
	s, err := h.judge()
	if err != nil || portal.KindOf(s.bar) != portal.Withheld {
		return s, err
	}
	if s.found != nil {
		err = d.store.Write(ctx, h.contact, func(tx *postgres.Tx) error { return d.recuse(tx, h, s, *s.found) })
	}
	return s, cmp.Or(err, s.bar)
}

// takesBack says whether the contact may take the application back: it was passed on by
// somebody of a topic that the contact has.
func (h *handling) takesBack() bool {
	topics := h.contact.Topics()
	return len(h.Given) > 0 && h.Given[0].Kind == portal.Passed && slices.Contains(topics, h.app.Topic) &&
		!slices.Contains(h.contact.Handlers(), h.app.Handler) && h.app.Readable(h.contact) == nil
}

// Colleagues are the contacts to whom a contact can pass something on.
func (d *Desk) Colleagues(ctx context.Context, c portal.Contact) (list []Colleague, err error) {
	err = d.store.Read(ctx, c, postgres.Colleagues(&list, c.Account()))
	return list, err
}

// Contacts are all contacts, for an administrator to choose from.
func (d *Desk) Contacts(ctx context.Context, a portal.Admin) (list []Colleague, err error) {
	err = d.store.Read(ctx, a, postgres.Colleagues(&list, 0))
	return list, err
}

// Pass gives one application to a colleague by its account's reference, with a note that
// the department alone reads. Whoever has the topic still sees it, and may take it back.
// What is wrong with the colleague is an Invalid error on field to.
func (d *Desk) Pass(ctx context.Context, c portal.Contact, ref, to, note string) error {
	return d.store.Write(ctx, c, func(tx *postgres.Tx) error {
		h, s, err := stanceIn(tx, c, ref)
		if err := cmp.Or(err, s.bar); err != nil {
			return err
		}
		return d.assign(tx, h, to, portal.Passed, note, s.behalf.By(c.Name()), onApplication(h.app, portal.PassedOn, "").InPlaceOf(s.behalf))
	})
}

// Name gives one application to a contact by its account's reference, in the name of an
// administrator: where those who have it are kept away, or whenever it has to be.
// What is wrong with the contact is an Invalid error on field to.
func (d *Desk) Name(ctx context.Context, a portal.Admin, ref, to, note string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var h handling
		if err := tx.Do(h.reads(ref, tx.At())...); err != nil {
			return err
		}
		return d.assign(tx, h, to, portal.Named, note, a.Name(), onApplication(h.app, portal.HandlerNamed, ""))
	})
}

// assign gives the application to a contact who has no conflict of interest, records it and
// writes to the contact.
func (d *Desk) assign(tx *postgres.Tx, h handling, to string, kind portal.AssignmentKind, note, by string, e portal.Event) error {
	var colleague Colleague
	switch err := tx.Do(postgres.ColleagueOf(&colleague, to)); {
	case portal.KindOf(err) == portal.NotFound:
		return portal.RefuseField("to", "请从列出的人中选择")
	case err != nil:
		return err
	}
	if err := suitable(tx, h, colleague); err != nil {
		return err
	}
	e.Reason = "→ " + colleague.Name
	text := d.letters.Assigned(mail.AssignedProps{Number: h.app.Number, Topic: h.app.TopicTitle, How: kind.Label(), By: by, Note: note, Link: d.link("/desk/applications/" + h.app.Ref)})
	return d.write(tx, []postgres.Query{tx.EndAssignment(h.app.ID), tx.Assign(h.app.ID, colleague.ID, kind, note), tx.Trace(e)},
		[]postgres.Message{letterTo(postgres.ContactAccount{ID: colleague.ID, Email: colleague.Email}, "assignment", text)})
}

// suitable refuses a colleague who has the application already, or is kept away from it.
func suitable(tx *postgres.Tx, h handling, colleague Colleague) error {
	if h.app.Handler == colleague.ID {
		return portal.RefuseField("to", "这份申报书已经由此人办理")
	}
	if slices.Contains(h.app.Recused, colleague.ID) {
		return portal.RefuseField("to", "此人已回避这份申报书，请另选一位")
	}
	if len(h.versions) == 0 {
		return portal.ErrNotFound
	}
	frozen, err := h.standing()
	err = errors.Join(err, tx.Do(postgres.ScrutinyOf(&h.Scrutiny, h.app.Ref, []int64{colleague.ID})))
	for _, who := range h.Reviewers {
		for _, f := range h.conflicts(frozen, who) {
			if !f.Ground.Doubtful() {
				return portal.RefuseField("to", "此人须回避（"+f.Ground.Label()+"），请另选一位")
			}
		}
	}
	return err
}

// Reclaim gives an application that was passed on back to whoever has its topic.
func (d *Desk) Reclaim(ctx context.Context, c portal.Contact, ref string) error {
	return d.store.Write(ctx, c, func(tx *postgres.Tx) error {
		h, _, err := stanceIn(tx, c, ref)
		switch {
		case err != nil:
			return err
		case !h.takesBack():
			return portal.Refuse(portal.NotNow, "这份申报书不是从您的选题转给同事的，不能收回。")
		}
		own := h.app
		own.Handler = 0
		principal, _ := own.Place(c)
		text := d.letters.TakenBack(mail.AssignedProps{Number: h.app.Number, Topic: h.app.TopicTitle, By: c.Name()})
		var readers []postgres.ContactAccount
		if err := tx.Do(postgres.ContactsOf(&readers, ref, tx.At())); err != nil {
			return err
		}
		return d.write(tx, []postgres.Query{tx.EndAssignment(h.app.ID), tx.Trace(onApplication(h.app, portal.TakenBack, "").InPlaceOf(principal))},
			lettersTo(readers, "assignment", text))
	})
}
