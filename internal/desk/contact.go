package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Listing is what of a list is asked for.
type Listing struct {
	Filter portal.Filter
	Order  portal.Order
	After  portal.Cursor
	Row    string // reference of the application to look at beside the list, "" for none
}

func (l Listing) page() postgres.Page {
	return postgres.Page{Order: l.Order, After: l.After, Limit: listSize + 1}
}

// Found is a page of a list.
type Found struct {
	Applications []portal.Application
	Total        int            // see portal.CountText
	Next         *portal.Cursor // where the page after begins, nil on the last
}

func (l Listing) found(all postgres.Listed) Found {
	f := Found{Applications: all.Applications, Total: all.Total}
	if len(f.Applications) > listSize {
		f.Applications = f.Applications[:listSize]
		next := l.Order.After(f.Applications[listSize-1])
		f.Next = &next
	}
	return f
}

// Inbox is what came to a contact's topics, and what stands beside it.
type Inbox struct {
	Found
	postgres.Margin
	Counts []postgres.DeskCount
	Beside *Beside // the row that is looked at, nil for none
}

// Beside is an application of a list as it was frozen.
type Beside struct {
	Application portal.Application
	Frozen      portal.Frozen
}

// Inbox is what was submitted to the contact's topics and the filter finds.
func (d *Desk) Inbox(ctx context.Context, c portal.Contact, l Listing) (Inbox, error) {
	var box Inbox
	whole, deputed := postgres.DeskScope{Topics: c.Topics(), Handlers: c.Handlers()}, postgres.DeskScope{}
	deputed.Topics, deputed.Handlers = c.Deputed()
	scope := whole
	if l.Filter.Standing == portal.Deputed {
		scope, l.Filter.Standing = deputed, ""
	}
	var all postgres.Listed
	h := handling{contact: c}
	reads := []postgres.Query{postgres.DeskApplications(&all, scope, l.Filter, l.page(), c.Arrived()), postgres.DeskCounts(&box.Counts, whole, c.Arrived()),
		postgres.MarginOf(&box.Margin, c.Account(), contactActs, c.Topics(), deputed)}
	if l.Row != "" {
		reads = append(reads, postgres.VersionsOf(&h.versions, l.Row), postgres.ScrutinyOf(&h.Scrutiny, l.Row, c.Handlers()))
	}
	err := d.store.Read(ctx, c, reads...)
	if err != nil {
		return box, err
	}
	box.Found = l.found(all)
	box.Beside, err = d.beside(box.Found, l.Row, h)
	return box, err
}

// beside is the row of the list with that reference, as its newest version has it; none
// where a conflict of interest keeps the contact away.
func (d *Desk) beside(f Found, ref string, h handling) (*Beside, error) {
	i := slices.IndexFunc(f.Applications, func(a portal.Application) bool { return a.Ref == ref })
	if i < 0 || len(h.versions) == 0 {
		return nil, nil
	}
	h.app = f.Applications[i]
	stance, err := h.judge()
	if err != nil || portal.KindOf(stance.bar) == portal.Withheld {
		return nil, err
	}
	frozen, err := d.secret.thaw(h.versions[0])
	return &Beside{Application: h.app, Frozen: frozen}, err
}

// contactActs are the acts of a contact, by which the pace is measured.
var contactActs = func() []portal.Act {
	var acts []portal.Act
	for _, t := range portal.Transitions {
		if t.By == portal.RoleContact {
			acts = append(acts, t.Act)
		}
	}
	return acts
}()

// Locate is the reference of an application by its 受理编号; not found where the actor has
// no such.
func (d *Desk) Locate(ctx context.Context, actor portal.Actor, number string) (ref string, err error) {
	var refs []string
	if err := d.store.Read(ctx, actor, postgres.NumberedRef(&refs, number)); err != nil {
		return "", err
	}
	if len(refs) == 0 {
		return "", portal.ErrNotFound
	}
	return refs[0], nil
}

// SavedViews are the views that the contact keeps, and those that colleagues share.
func (d *Desk) SavedViews(ctx context.Context, c portal.Contact) (views []portal.SavedView, topics []postgres.DeskCount, err error) {
	err = d.store.Read(ctx, c, postgres.SavedViews(&views, c.Account(), c.Topics()), postgres.DeskTopics(&topics, c.Topics()))
	return views, topics, err
}

// SaveView keeps a view under a name, for the contact alone or, with the key of one of its
// topics, for all contacts of that.
func (d *Desk) SaveView(ctx context.Context, c portal.Contact, v portal.SavedView, topic int64) error {
	if topic != 0 && !slices.Contains(c.Topics(), topic) {
		return portal.ErrNotFound
	}
	return d.store.Save(ctx, c, func(tx *postgres.Tx) error { return tx.AddView(v, topic) })
}

// RenameView gives one of the contact's own views another name.
func (d *Desk) RenameView(ctx context.Context, c portal.Contact, id int64, name string) error {
	return d.store.Save(ctx, c, func(tx *postgres.Tx) error { return tx.RenameView(id, name) })
}

// RemoveView removes one of the contact's own views, for the colleagues too.
func (d *Desk) RemoveView(ctx context.Context, c portal.Contact, id int64) error {
	return d.store.Save(ctx, c, func(tx *postgres.Tx) error { return tx.RemoveView(id) })
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
	dossier.Application, dossier.Thread, dossier.Assignment, dossier.Back = h.app, h.thread, first(h.Given), h.takesBack()
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
	return []postgres.Query{postgres.HistoryOf(&d.History, ref), postgres.ReviewsOf(&d.Reviews, ref)}
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
