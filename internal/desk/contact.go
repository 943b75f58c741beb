package desk

import (
	"context"
	"encoding/json"

	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Inbox is what came to a contact's topics.
type Inbox struct {
	Applications []portal.Application
	Counts       map[portal.Status]int
	Next         *portal.Application // the last of this page when there are more
}

// Inbox is one view of what was submitted to the contact's topics, the newest first.
func (d *Desk) Inbox(ctx context.Context, c portal.Contact, f postgres.DeskFilter) (Inbox, error) {
	var box Inbox
	var counts []postgres.StatusCount
	err := d.store.Read(ctx, c, postgres.DeskApplications(&box.Applications, c.Topics(), f, listSize+1, c.Arrived()),
		postgres.DeskCounts(&counts, c.Topics()))
	if len(box.Applications) > listSize {
		box.Applications = box.Applications[:listSize]
		box.Next = &box.Applications[listSize-1]
	}
	box.Counts = map[portal.Status]int{}
	for _, n := range counts {
		box.Counts[n.Status] = n.Count
	}
	return box, err
}

// Dossier is one application as its contact reads it: frozen.
type Dossier struct {
	Application portal.Application
	Version     portal.Version
	Frozen      portal.Frozen
	History     []portal.Event
	Acts        []portal.Act
}

// Dossier is the standing version of an application to one of the contact's topics.
func (d *Desk) Dossier(ctx context.Context, c portal.Contact, ref string) (Dossier, error) {
	var dossier Dossier
	err := d.store.Read(ctx, c, postgres.ApplicationOf(&dossier.Application, ref, c.Arrived()),
		postgres.StandingVersion(&dossier.Version, ref), postgres.HistoryOf(&dossier.History, ref))
	if err != nil {
		return dossier, err
	}
	dossier.Acts = acts(dossier.Application, c)
	return dossier, json.Unmarshal(dossier.Version.Body, &dossier.Frozen)
}

// Accept takes an application on (受理). If somebody moved it in between, the
// error is NotNow and nothing has changed.
func (d *Desk) Accept(ctx context.Context, c portal.Contact, ref string) error {
	return d.store.Write(ctx, c, func(tx *postgres.Tx) error {
		app, err := tx.LockApplication(ref)
		if err != nil {
			return err
		}
		step, err := portal.Move(app.Status, portal.Accept, c.Role(), app.Window, c.Arrived())
		if err != nil {
			return err
		}
		if err := tx.SetStatus(app.ID, step.To); err != nil {
			return err
		}
		return d.moved(tx, app, step, "")
	})
}
