package desk

import (
	"cmp"
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
	Asked        postgres.InquiryCount
	Deputed      []postgres.StatusCount // of what the contact has as a deputy alone
	Next         *portal.Application    // the last of this page when there are more
}

// Inbox is one view of what was submitted to the contact's topics, the newest first.
func (d *Desk) Inbox(ctx context.Context, c portal.Contact, f postgres.DeskFilter) (Inbox, error) {
	var box Inbox
	whole, deputed := postgres.DeskScope{Topics: c.Topics(), Handlers: c.Handlers()}, postgres.DeskScope{}
	deputed.Topics, deputed.Handlers = c.Deputed()
	scope := whole
	if f.Deputed {
		scope = deputed
	}
	err := d.store.Read(ctx, c, postgres.DeskApplications(&box.Applications, scope, f, listSize+1, c.Arrived()),
		postgres.DeskCounts(&box.Counts, whole), postgres.DeskCounts(&box.Deputed, deputed), postgres.InquiryCounts(&box.Asked, c.Topics(), c.Arrived()))
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

	Assignment *portal.Assignment // how it came to one account, nil where it goes with its topic
	For        portal.Principal   // in whose place the contact acts
	Doubt      *portal.Interest   // what the machine found by a name and the contact has to answer, nil for nothing
	Bar        error              // why the contact may not act now, nil when it may
	Back       bool               // the contact may take it back from whom it was passed on to

	thaw func(portal.Version) (portal.Frozen, error)
}

// OwnDossier is what the applicant submitted, as others read it.
func (d *Desk) OwnDossier(ctx context.Context, a portal.Applicant, ref string) (Dossier, error) {
	var dossier Dossier
	var versions []portal.Version
	err := d.store.Read(ctx, a, append(dossier.reads(ref), postgres.ApplicationOf(&dossier.Application, ref, a.Arrived()), postgres.VersionsOf(&versions, ref))...)
	if err != nil {
		return dossier, err
	}
	dossier.Acts = acts(dossier.Application, a)
	return dossier, d.openDossier(&dossier, versions)
}

// Dossier is the standing version of an application that the contact may read. Where a
// conflict of interest keeps the contact away the error is Withheld; the machine's
// finding is put on record when it is first met.
func (d *Desk) Dossier(ctx context.Context, c portal.Contact, ref string) (Dossier, error) {
	var dossier Dossier
	h := handling{contact: c}
	err := d.store.Read(ctx, c, append(h.reads(ref, c.Arrived()), dossier.reads(ref)...)...)
	if err != nil {
		return dossier, err
	}
	dossier.Application, dossier.Assignment, dossier.Back = h.app, first(h.Given), h.takesBack()
	s, err := d.admit(ctx, h)
	if err != nil {
		return dossier, err
	}
	dossier.For, dossier.Bar = s.behalf, s.bar
	if s.found != nil {
		dossier.Doubt = &s.found.Interest
	}
	if s.bar == nil {
		dossier.Acts = acts(dossier.Application, c)
	}
	return dossier, d.openDossier(&dossier, h.versions)
}

// first is the first of a list of at most one, nil without.
func first[T any](list []T) *T {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// reads are the queries that fill what everybody's view of a dossier shows.
func (d *Dossier) reads(ref string) []postgres.Query {
	return []postgres.Query{postgres.HistoryOf(&d.History, ref), postgres.ReviewsOf(&d.Reviews, ref), postgres.ThreadOf(&d.Thread, ref)}
}

// openDossier takes the versions, the newest first; not found where there is none.
func (d *Desk) openDossier(dossier *Dossier, versions []portal.Version) error {
	if len(versions) == 0 {
		return portal.ErrNotFound
	}
	dossier.Version, dossier.Earlier, dossier.thaw = versions[0], versions[1:], d.secret.thaw
	var err error
	dossier.Frozen, err = d.secret.thaw(dossier.Version)
	return err
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
	h := handling{contact: c}
	if err := d.store.Read(ctx, c, h.reads(ref, c.Arrived())...); err != nil {
		return mail.Text{}, err
	}
	if s, err := h.judge(); err != nil || s.bar != nil {
		return mail.Text{}, cmp.Or(err, s.bar)
	}
	m.app = h.app
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
