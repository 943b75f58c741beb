package desk

import (
	"context"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Extension is a later close for one applicant or one unit.
type Extension = postgres.Extension

// Grant is an extension about to be: for the account of an address, or for a unit.
type Grant struct {
	Email  string          // "" for a unit
	Code   portal.UnitCode // "" for an applicant
	Closes time.Time
	Reason string // the applicant reads it
}

// ExtendFor gives one applicant or one unit more time in a batch; one that was granted
// before ends. Whoever it concerns is told, and the histories of their applications say
// so. What is wrong with the address or the time is an Invalid error on fields email and
// closes.
func (d *Desk) ExtendFor(ctx context.Context, a portal.Admin, slug string, g Grant) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		b, err := openedBatch(tx, slug)
		if err != nil {
			return err
		}
		switch {
		case !g.Closes.After(b.Version.ClosesAt):
			return portal.RefuseField("closes", "须晚于批次的截止时间 "+portal.DateTimeText(b.Version.ClosesAt))
		case !g.Closes.After(tx.At()):
			return portal.RefuseField("closes", "新的截止时间必须晚于现在")
		}
		var c postgres.Credential
		who := "单位 " + string(g.Code)
		if g.Code == "" {
			err := tx.Do(postgres.CredentialOf(&c, g.Email))
			if portal.KindOf(err) == portal.NotFound {
				return portal.RefuseField("email", "这个邮箱还没有账号，请核对，或改为按单位延期")
			}
			if err != nil {
				return err
			}
			who = c.Name + "（" + c.Email + "）"
		}
		if err := tx.GrantExtension(b.ID, c.ID, g.Code, g.Closes, g.Reason); err != nil {
			return err
		}
		text := d.letters.ExtendedFor(mail.ExtendedForProps{Batch: b.Version.Title, Before: portal.DateTimeText(b.Version.ClosesAt), Until: portal.DateTimeText(g.Closes),
			Reason: g.Reason, Link: d.link("/applications")})
		return d.tellExtended(tx, b, c.ID, g.Code, text, onBatch(b, portal.ExtensionGranted, who+"，延至 "+portal.DateTimeText(g.Closes)+"："+g.Reason),
			"延至 "+portal.DateTimeText(g.Closes)+"："+g.Reason)
	})
}

// Extensions are those of a batch, ended ones too, the newest first.
func (d *Desk) Extensions(ctx context.Context, a portal.Admin, slug string) (list []Extension, err error) {
	err = d.store.Read(ctx, a, postgres.ExtensionsOf(&list, slug))
	return list, err
}

// openedBatch is a public batch; only such a one has a close to go beyond.
func openedBatch(tx *postgres.Tx, slug string) (portal.Batch, error) {
	var b portal.Batch
	err := tx.Do(postgres.PublishedBatch(&b, slug, tx.At()))
	return b, err
}

// tellExtended records what became of an extension, on the batch and on each application
// it is about, and writes to all whom it concerns.
func (d *Desk) tellExtended(tx *postgres.Tx, b portal.Batch, account int64, code portal.UnitCode, text mail.Text, e portal.Event, reason string) error {
	var applications []postgres.Extended
	var readers []postgres.ContactAccount
	if err := tx.Do(postgres.ExtendedBy(&applications, &readers, b.ID, account, code)...); err != nil {
		return err
	}
	changes := []postgres.Query{tx.Trace(e)}
	for _, app := range applications {
		changes = append(changes, tx.Trace(portal.Event{Subject: portal.OnApplication, SubjectID: app.ID, SubjectLabel: app.Label, Verb: e.Verb, Reason: reason}))
	}
	return d.write(tx, changes, lettersTo(readers, "extension", text))
}

// EndExtension takes an extension of the batch back by its key: from now on the batch's
// own time counts. Not found when it has ended already.
func (d *Desk) EndExtension(ctx context.Context, a portal.Admin, slug string, id int64) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		b, err := openedBatch(tx, slug)
		if err != nil {
			return err
		}
		var ended postgres.EndedExtension
		if err := tx.Do(tx.EndExtension(&ended, b.ID, id)); err != nil {
			return err
		}
		text := d.letters.ExtensionEnded(mail.ExtendedForProps{Batch: b.Version.Title, Before: portal.DateTimeText(b.Version.ClosesAt), Until: portal.DateTimeText(ended.ClosesAt)})
		return d.tellExtended(tx, b, ended.Account, ended.Code, text, onBatch(b, portal.ExtensionEnded, "原延至 "+portal.DateTimeText(ended.ClosesAt)), "原延至 "+portal.DateTimeText(ended.ClosesAt))
	})
}
