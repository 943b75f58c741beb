package desk

import (
	"cmp"
	"context"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// recuse keeps an account away from an application, records it and writes to the
// administrators, who name another.
func (d *Desk) recuse(tx *postgres.Tx, h handling, s stance, f finding) error {
	var admins []postgres.ContactAccount
	if err := tx.Do(postgres.Administrators(&admins)); err != nil {
		return err
	}
	who, e := h.contact.Name(), onApplication(h.app, portal.Recused, "")
	if f.account == s.behalf.Account {
		who, e = s.behalf.Name, e.InPlaceOf(s.behalf)
	}
	e.Reason = who + "（" + f.Ground.Label() + "）"
	text := d.letters.Recused(mail.RecusedProps{Number: h.app.Number, Topic: h.app.TopicTitle, Who: who, Ground: f.Ground.Label(), Text: f.Text, Link: d.link("/admin/recusals")})
	return d.write(tx, []postgres.Query{tx.Recuse(h.app.ID, f.account, f.Interest), tx.Trace(e)}, lettersTo(admins, "recusal", text))
}

// Recuse keeps the contact away from an application by its own word, or because it is whom
// the machine took it for. It reads nothing more of it, and an administrator names another.
func (d *Desk) Recuse(ctx context.Context, c portal.Contact, ref, text string) error {
	return d.store.Write(ctx, c, func(tx *postgres.Tx) error {
		h, s, err := stanceIn(tx, c, ref)
		if err != nil {
			return err
		}
		if portal.KindOf(s.bar) == portal.Withheld {
			return s.bar
		}
		f := finding{c.Account(), portal.Interest{Ground: portal.GroundDeclared, Text: text}}
		if s.found != nil && s.found.account == c.Account() {
			f.Interest = portal.Interest{Ground: s.found.Ground, Text: s.found.Text + "。" + text}
		}
		return d.recuse(tx, h, s, f)
	})
}

// Deny says that a leader or member of the contact's name is somebody else, and why that is
// sure; both are kept. NotNow where the machine found nothing of the kind.
func (d *Desk) Deny(ctx context.Context, c portal.Contact, ref, why string) error {
	return d.store.Write(ctx, c, func(tx *postgres.Tx) error {
		h, s, err := stanceIn(tx, c, ref)
		switch {
		case err != nil:
			return err
		case s.found == nil || !s.found.Ground.Doubtful():
			return cmp.Or(s.bar, error(portal.Refuse(portal.NotNow, "这份申报书没有需要您说明的同名情况。")))
		}
		e := onApplication(h.app, portal.RecusalDenied, s.found.Text).InPlaceOf(s.behalf)
		return d.write(tx, []postgres.Query{tx.Deny(h.app.ID, s.found.account, s.found.Interest, why), tx.Trace(e)}, nil)
	})
}

// Recusals is a page of all recusals, the newest first; next is the key of the page after.
func (d *Desk) Recusals(ctx context.Context, a portal.Admin, before int64) (list []portal.Recusal, next int64, err error) {
	err = d.store.Read(ctx, a, postgres.Recusals(&list, before, listSize+1))
	if len(list) > listSize {
		list = list[:listSize]
		next = list[listSize-1].ID
	}
	return list, next, err
}

// Recusal is one recusal that still keeps away, by its key.
func (d *Desk) Recusal(ctx context.Context, a portal.Admin, id int64) (r portal.Recusal, err error) {
	err = d.store.Read(ctx, a, postgres.RecusalByID(&r, id))
	return r, err
}

// LiftRecusal ends a recusal that rests on an error, by its key; why is kept.
func (d *Desk) LiftRecusal(ctx context.Context, a portal.Admin, id int64, why string) error {
	if why == "" {
		return portal.RefuseField("why", "请填写解除的理由")
	}
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var r portal.Recusal
		if err := tx.Do(tx.LiftRecusal(&r, id, why)); err != nil {
			return err
		}
		var app portal.Application
		if err := tx.Do(postgres.ApplicationOf(&app, r.Ref, tx.At())); err != nil {
			return err
		}
		return tx.Record(onApplication(app, portal.RecusalLifted, r.Name+"（"+r.Ground.Label()+"）"))
	})
}
