package desk

import (
	"context"
	"slices"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// Fresh reports whether nothing was written yet.
func (f File) Fresh() bool {
	return !slices.ContainsFunc(f.Sections, func(s proposal.Filled) bool { return s.Saved.Revision > 0 })
}

// Copyable reports whether the answers of an earlier application can be taken over: the
// applicant has one, and nothing that was written here would be lost.
func (f File) Copyable(a portal.Applicant) bool { return f.earlier && f.Fresh() && f.Editable(a) }

// Renewable reports whether what was written can only be of use in another application:
// this one came to an end without one.
func (f File) Renewable(a portal.Applicant) bool {
	ended := []portal.Status{portal.Lapsed, portal.Withdrawn, portal.Declined, portal.NotFunded}
	return f.Application.Access == portal.AccessLeader && !f.Fresh() && slices.Contains(ended, f.Application.Shown(a.Arrived()))
}

// Earlier are the applications that the applicant leads and can copy from into the one
// of the reference, the newest first.
func (d *Desk) Earlier(ctx context.Context, a portal.Applicant, ref string) (app portal.Application, list []portal.Application, err error) {
	err = d.store.Read(ctx, a, postgres.ApplicationOf(&app, ref, a.Arrived()), postgres.EarlierApplications(&list, a.Account(), ref, a.Arrived()))
	return app, list, err
}

// OpenTopics are the topics to which the applicant can begin an application now.
func (d *Desk) OpenTopics(ctx context.Context, a portal.Applicant) (topics []FoundTopic, err error) {
	err = d.store.Read(ctx, a, postgres.OpenTopics(&topics, a.Account(), a.Arrived()))
	return topics, err
}

// Renewal is an application with the topics to which its answers can be taken now.
func (d *Desk) Renewal(ctx context.Context, a portal.Applicant, ref string) (app portal.Application, topics []FoundTopic, err error) {
	err = d.store.Read(ctx, a, postgres.ApplicationOf(&app, ref, a.Arrived()), postgres.OpenTopics(&topics, a.Account(), a.Arrived()))
	if err == nil && app.Access != portal.AccessLeader {
		err = portal.ErrNotFound
	}
	return app, topics, err
}

// CopyFrom takes the answers of an earlier application, which the applicant must lead,
// into one in which nothing was saved yet; see proposal.Carry for what stays behind.
// Attachments are not copied: they are signed for one call.
func (d *Desk) CopyFrom(ctx context.Context, a portal.Applicant, ref, from string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error { return d.copyInto(tx, a, ref, from) })
}

// Renew begins an application to another topic with the answers of an earlier one, which
// the applicant must lead, and returns its reference. Where the topic has a living one in
// which nothing was saved, it is that one.
func (d *Desk) Renew(ctx context.Context, a portal.Applicant, from, slug string, ordinal int) (ref string, err error) {
	var to postgres.Target
	if err := d.store.Read(ctx, a, postgres.TargetOf(&to, slug, ordinal, a.Arrived(), a.Account())); err != nil {
		return "", err
	}
	fresh, err := portal.NewRef(d.random)
	if err != nil {
		return "", err
	}
	err = d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		if ref, err = d.beginOnce(tx, a, to, fresh); err != nil {
			return err
		}
		return d.copyInto(tx, a, ref, from)
	})
	return ref, err
}

// copyInto copies within the transaction and records it.
func (d *Desk) copyInto(tx *postgres.Tx, a portal.Applicant, ref, from string) error {
	var topic portal.Topic
	var written, saved []portal.Section
	var source portal.Application
	app, err := tx.LockApplication(ref, postgres.TopicOf(&topic, ref, tx.At()), postgres.SectionsOf(&written, ref),
		postgres.ApplicationOf(&source, from, tx.At()), postgres.SectionsOf(&saved, from))
	if err != nil {
		return err
	}
	if _, err := editable(app, a); err != nil {
		return err
	}
	switch {
	case source.Access != portal.AccessLeader || source.ID == app.ID:
		return portal.ErrNotFound
	case len(written) > 0:
		return portal.Refuse(portal.NotNow, "“"+app.Title+"”已经填写过内容。为免覆盖，只有还没有填写的申报书才能复制。")
	}
	d.secret.openSections(saved)
	var saves []postgres.Query
	for _, section := range proposal.Carry(app, topic, saved) {
		sum := proposal.Summarise(app, section)
		save, err := d.keeping(tx, a, app, postgres.SectionSave{Section: section, Summary: sum})
		if err != nil {
			return err
		}
		saves = append(saves, save)
		app.Title, app.LeaderName, app.UnitName, app.UnitCode, app.Amount = sum.Title, sum.LeaderName, sum.UnitName, sum.UnitCode, sum.Amount
	}
	return tx.Do(append(saves, tx.Trace(onApplication(app, portal.Copied, "自“"+orTitle(source)+"”")))...)
}
