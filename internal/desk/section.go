package desk

import (
	"context"
	"slices"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// Typing is what somebody does with the form of a section.
type Typing struct {
	Revision int                    // the one the writer saw
	Auto     bool                   // by the page itself, while somebody types
	Fill     func(*form.Form) error // fills the form in as it stands; an error is Save's
}

// Save keeps a section's answers as they were typed, as the revision after the
// one the writer saw. It is never refused for what is missing or wrong, only when
// the application can no longer be written (NotNow), somebody else saved in
// between (Conflict), or the typing itself says so. It returns the application as it
// stood, with the section as it was filled in, also beside an error of the last three kinds.
//
// The revisions of some minutes of the page's own saves become one, unless one of them
// took away what the one before it said.
func (d *Desk) Save(ctx context.Context, a portal.Applicant, ref, name string, t Typing) (f File, s proposal.Filled, err error) {
	err = d.store.Save(ctx, a, func(tx *postgres.Tx) error {
		var saved []portal.Section
		var own postgres.Own
		app, err := tx.LockOwnApplication(&own, ref, d.asking(a), postgres.TopicOf(&f.Topic, ref, tx.At()), postgres.SectionsOf(&saved, ref))
		if err != nil {
			return err
		}
		f.Application = app
		d.fillIn(&f, own, saved)
		var ok bool
		if s, ok = f.Section(name); !ok {
			return portal.ErrNotFound
		}
		before := s.Saved.Answers
		if err := t.Fill(s.Form); err != nil {
			return err
		}
		section := portal.Section{Name: name, Answers: s.Form.Answers(), Revision: t.Revision}
		return d.saveOver(tx, a, app, section, t.Auto && before != nil && goesOn(before, section.Answers))
	})
	return f, s, err
}

// fillIn gives the application's file its sections as they were saved.
func (d *Desk) fillIn(f *File, own postgres.Own, saved []portal.Section) {
	if own.Asked > asksADay {
		f.Application.Others = portal.Others{}
	}
	d.secret.openSections(saved)
	f.Sections, f.earlier = proposal.Fill(f.Application, f.Topic, saved), own.Earlier
}

// saveOver saves a section of an application that is locked.
func (d *Desk) saveOver(tx *postgres.Tx, a portal.Applicant, app portal.Application, section portal.Section, goesOn bool) error {
	if _, err := editable(app, a); err != nil {
		return err
	}
	save, err := d.keeping(tx, a, app, postgres.SectionSave{Section: section, Summary: proposal.Summarise(app, section), GoesOn: goesOn})
	if err != nil {
		return err
	}
	return tx.Do(save)
}

// keeping keeps a section of an application, its secrets sealed.
func (d *Desk) keeping(tx *postgres.Tx, a portal.Applicant, app portal.Application, s postgres.SectionSave) (save postgres.Query, err error) {
	s.Application = app.ID
	if asks(app, s.Section, s.Summary) {
		s.Asks, s.Window = d.asking(a), asksWindow
	}
	s.Section.Answers, err = d.secret.sealAnswers(s.Section.Name, s.Section.Answers)
	return tx.SaveSection(s), err
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
	d.secret.openSections(r.Kept)
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
		section.Revision, section.Answers = seen, d.secret.openAnswers(name, section.Answers)
		return d.saveOver(tx, a, app, section, false)
	})
}
