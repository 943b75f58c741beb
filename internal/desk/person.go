package desk

import (
	"context"
	"errors"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// PersonKey is where a page of the directory begins behind: department and name.
type PersonKey struct{ Department, Name string }

// People are the persons of the directory that hold the words, by department and name.
func (d *Desk) People(ctx context.Context, a portal.Admin, words string, after PersonKey) (list []postgres.Person, next *PersonKey, err error) {
	err = d.store.Read(ctx, a, postgres.People(&list, words, after.Department, after.Name, listSize+1))
	if len(list) > listSize {
		list = list[:listSize]
		last := list[listSize-1]
		next = &PersonKey{last.Department, last.Name}
	}
	return list, next, err
}

// ManagedPerson is one person of the directory with its topics and its colleagues, of
// whom one may stand in.
type ManagedPerson struct {
	Person     postgres.Person
	Topics     []postgres.SlugTopic
	Colleagues []postgres.Person
}

// colleaguesMost bounds the choice of deputies.
const colleaguesMost = 500

// Person is one person of the directory.
func (d *Desk) Person(ctx context.Context, a portal.Admin, id int64) (ManagedPerson, error) {
	var m ManagedPerson
	err := d.store.Read(ctx, a, postgres.PersonOf(&m.Person, id), postgres.PersonTopics(&m.Topics, id, a.Arrived()),
		postgres.People(&m.Colleagues, "", "", "", colleaguesMost))
	return m, err
}

// SavePerson changes an entry of the directory: it shows at once everywhere and needs
// no new version of any guideline.
func (d *Desk) SavePerson(ctx context.Context, a portal.Admin, p postgres.Person) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		if err := tx.SavePerson(p); err != nil {
			return err
		}
		return tx.Record(onPerson(p.Person, ""))
	})
}

// AddPerson adds an entry to the directory and returns its key.
func (d *Desk) AddPerson(ctx context.Context, a portal.Admin, p portal.Person) (id int64, err error) {
	err = d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		if err := tx.Do(tx.InsertPerson(&id, p)); err != nil {
			return err
		}
		p.ID = id
		return tx.Record(onPerson(p, "新增"))
	})
	return id, err
}

func onPerson(p portal.Person, reason string) portal.Event {
	return portal.Event{Subject: portal.OnPerson, SubjectID: p.ID, SubjectLabel: p.Department + " " + p.Name, Verb: portal.PersonChanged, Reason: reason}
}

// InvitePerson gives a person of the directory a sign-in by its address: an account
// that is contact of all topics on whose cards the person stands. The link of the
// letter lives 24 hours; an address that has an account is linked at once, without.
func (d *Desk) InvitePerson(ctx context.Context, a portal.Admin, id int64, email string) error {
	ref, err := portal.NewRef(d.random)
	if err != nil {
		return err
	}
	token, hash, err := d.token()
	if err != nil {
		return err
	}
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var p postgres.Person
		if err := tx.Do(postgres.PersonOf(&p, id)); err != nil {
			return err
		}
		if p.Account != "" {
			return portal.RefuseField("email", "已有账号 "+p.Account)
		}
		c, err := accountAt(tx, email, p.Name, ref)
		if err != nil {
			return err
		}
		if err := errors.Join(tx.LinkPerson(c.ID, id), tx.GrantCards(c.ID, id)); err != nil {
			return err
		}
		if c.PasswordHash == "" {
			until := tx.At().Add(inviteLife)
			if err := tx.InsertLink(hash, c.ID, postgres.Invite, until); err != nil {
				return err
			}
			text := d.letters.Invite(mail.InviteProps{Link: d.link("/invitations/" + token), Role: portal.RoleContact.Label(), Until: portal.DateTimeText(until)})
			if err := d.post(tx, letterTo(postgres.ContactAccount{ID: c.ID, Email: c.Email}, "invite", text)); err != nil {
				return err
			}
		}
		return tx.Record(portal.Event{Subject: portal.OnAccount, SubjectID: c.ID, SubjectLabel: c.Name, Verb: portal.Invited, Reason: portal.RoleContact.Label()},
			onPerson(p.Person, "账号 "+c.Email))
	})
}

// accountAt is the account of an address, opened without a password if there is none.
func accountAt(tx *postgres.Tx, email, name, ref string) (postgres.Credential, error) {
	var c postgres.Credential
	err := tx.Do(postgres.CredentialOf(&c, email))
	if portal.KindOf(err) == portal.NotFound {
		c = postgres.Credential{Name: name, Email: email}
		c.ID, err = tx.InsertAccount(postgres.NewAccount{Ref: ref, Email: email, Name: name})
	}
	return c, err
}
