package desk

import (
	"context"
	"slices"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// Save keeps a section's answers as they were typed, as the revision after the
// one the writer saw. It is never refused for what is missing or wrong, only when
// the application can no longer be written (NotNow) or somebody else saved in
// between (Conflict).
func (d *Desk) Save(ctx context.Context, a portal.Applicant, ref string, section portal.Section) error {
	return d.save(ctx, a, ref, section, false)
}

// Autosave is Save by the page itself, while somebody types. The revisions of some
// minutes become one, unless one of them took away what the one before it said.
func (d *Desk) Autosave(ctx context.Context, a portal.Applicant, ref string, section portal.Section) error {
	return d.save(ctx, a, ref, section, true)
}

func (d *Desk) save(ctx context.Context, a portal.Applicant, ref string, section portal.Section, auto bool) error {
	return d.store.Save(ctx, a, func(tx *postgres.Tx) error {
		var newest []portal.Section
		app, err := tx.LockApplication(ref, postgres.RevisionsOf(&newest, ref, section.Name, 1))
		if err != nil {
			return err
		}
		d.openSections(newest)
		return d.saveOver(tx, a, app, section, auto && len(newest) > 0 && goesOn(newest[0].Answers, section.Answers))
	})
}

// saveOver saves a section of an application that is locked.
func (d *Desk) saveOver(tx *postgres.Tx, a portal.Applicant, app portal.Application, section portal.Section, goesOn bool) error {
	if _, err := editable(app, a); err != nil {
		return err
	}
	return d.keepSection(tx, a, app, section, proposal.Summarise(app, section), goesOn)
}

// keepSection keeps a section with its secrets sealed.
func (d *Desk) keepSection(tx *postgres.Tx, a portal.Applicant, app portal.Application, section portal.Section, sum portal.Summary, goesOn bool) (err error) {
	if section.Answers, err = d.sealAnswers(section.Name, section.Answers); err != nil {
		return err
	}
	if err := tx.SaveSection(app.ID, section, sum, goesOn); err != nil || !asks(app, section, sum) {
		return err
	}
	return tx.Do(tx.Ask(d.asking(a), asksWindow))
}

// takenAway is how many characters an autosave may take from an answer at once and
// still go on from the one before: a line mended, not a paragraph replaced.
const takenAway = 40

// goesOn reports whether what is saved goes on from what was saved before.
func goesOn(before, after map[string]string) bool {
	for field, was := range before {
		is, stays := after[field]
		if !stays || replaced([]rune(was), []rune(is)) > takenAway {
			return false
		}
	}
	return true
}

// replaced is how many characters of a text are not what another begins and ends with.
func replaced(before, after []rune) int {
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	return len(before)
}

// Revisions are what is kept of a section's saves.
type Revisions struct {
	Application portal.Application
	Section     proposal.Filled  // as it is now
	Kept        []portal.Section // the newest first
	Topic       portal.Topic
}

// Editable reports whether the applicant can take one back at the moment.
func (r Revisions) Editable(a portal.Applicant) bool {
	return File{Application: r.Application}.Editable(a)
}

// At is the place of a revision among the kept ones, -1 for none.
func (r Revisions) At(revision int) int {
	return slices.IndexFunc(r.Kept, func(s portal.Section) bool { return s.Revision == revision })
}

// Revisions are the kept revisions of a section of the applicant's application.
func (d *Desk) Revisions(ctx context.Context, a portal.Applicant, ref, name string) (Revisions, error) {
	var r Revisions
	err := d.store.Read(ctx, a, postgres.ApplicationOf(&r.Application, ref, a.Arrived()), postgres.TopicOf(&r.Topic, ref, a.Arrived()),
		postgres.RevisionsOf(&r.Kept, ref, name, postgres.KeptRevisions))
	if err != nil {
		return r, err
	}
	d.openSections(r.Kept)
	var ok bool
	r.Section, ok = File{Sections: proposal.Fill(r.Application, r.Topic, r.Kept[:min(1, len(r.Kept))])}.Section(name)
	if !ok {
		return r, portal.ErrNotFound
	}
	return r, nil
}

// TakeBack saves what a kept revision says as the revision after the one the writer
// saw; what stands between them stays kept. It is refused as Save is.
func (d *Desk) TakeBack(ctx context.Context, a portal.Applicant, ref, name string, revision, seen int) error {
	return d.store.Save(ctx, a, func(tx *postgres.Tx) error {
		var section portal.Section
		app, err := tx.LockApplication(ref, postgres.RevisionOf(&section, ref, name, revision))
		if err != nil {
			return err
		}
		section.Revision, section.Answers = seen, d.openAnswers(name, section.Answers)
		return d.saveOver(tx, a, app, section, false)
	})
}
