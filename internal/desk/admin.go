package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Import is what a document becomes a batch by.
type Import struct {
	Intake
	Slug, Code    string
	Opens, Closes time.Time
}

// ImportBatch makes an unpublished batch of a read document, from the command line:
// under the slug and code it is told, with dates.
func (d *Desk) ImportBatch(ctx context.Context, s portal.System, in Import) error {
	if in.Proposal.Title == "" || len(in.Proposal.Topics) == 0 {
		return portal.Refuse(portal.Invalid, "文件中没有找到标题或选题，无法导入。")
	}
	b, topics := proposed(in.Intake, s)
	b.Slug, b.NumberCode = in.Slug, in.Code
	b.Version.Rules, b.Version.OpensAt, b.Version.ClosesAt = portal.DefaultRules(), in.Opens, in.Closes
	return d.store.Write(ctx, s, func(tx *postgres.Tx) error {
		if err := keepDocument(tx, &b, in.Raw); err != nil {
			return err
		}
		if err := tx.InsertBatch(&b); err != nil {
			return err
		}
		if err := tx.InsertTopics(b.Version.ID, topics); err != nil {
			return err
		}
		return tx.Record(onBatch(b, portal.Imported, ""))
	})
}

func onBatch(b portal.Batch, verb portal.Verb, reason string) portal.Event {
	return portal.Event{Subject: portal.OnBatch, SubjectID: b.ID, SubjectLabel: b.Version.Title, Verb: verb, Reason: reason}
}

// Extend publishes a new version of a batch whose only change is a later close,
// with a note that the public reads, and tells everybody who has begun.
func (d *Desk) Extend(ctx context.Context, a portal.Admin, slug string, closes time.Time, note string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var b portal.Batch
		if err := tx.Do(postgres.AnyBatch(&b, slug)); err != nil {
			return err
		}
		old := b.Version
		switch {
		case old.PublishedAt.IsZero() && old.N > 1:
			return portal.Refuse(portal.NotNow, "这个批次有尚未发布的更正。请在更正的批次设置中改截止时间，或先删除更正的底稿。")
		case old.PublishedAt.IsZero():
			return portal.Refuse(portal.NotNow, "这个批次尚未发布，不需要延期。")
		case !closes.After(old.ClosesAt):
			return portal.RefuseField("closes", "新的截止时间必须晚于现在的截止时间 "+portal.DateTimeText(old.ClosesAt))
		case !closes.After(tx.At()):
			return portal.RefuseField("closes", "新的截止时间必须晚于现在")
		}
		next := old
		next.N, next.Kind, next.ClosesAt, next.Note = old.N+1, portal.Extension, closes, note
		if err := tx.Succeed(b, &next); err != nil {
			return err
		}
		if err := tx.Publish(b.ID, tx.At(), note); err != nil {
			return err
		}
		if err := d.tellExtension(tx, b, closes, note); err != nil {
			return err
		}
		return tx.Record(onBatch(b, portal.Extended, portal.DateTimeText(old.ClosesAt)+" → "+portal.DateTimeText(closes)))
	})
}

func (d *Desk) tellExtension(tx *postgres.Tx, b portal.Batch, closes time.Time, note string) error {
	var drafting []postgres.ContactAccount
	if err := tx.Do(postgres.Drafting(&drafting, b.ID)); err != nil {
		return err
	}
	text := d.letters.Extended(mail.ExtendedProps{Batch: b.Version.Title, Before: portal.DateTimeText(b.Version.ClosesAt),
		Until: portal.DateTimeText(closes), Note: note, Link: d.link("/batches/" + b.Slug)})
	return d.post(tx, lettersTo(drafting, "extension", text)...)
}

// Overview is the administrators' first page.
type Overview struct {
	Batches []portal.Batch
	Recent  []portal.Event
	Asked   postgres.InquiryCount // the questions of all topics
	Waiting int                   // applications for which another contact has to be named
}

// Overview is all batches, what is asked, and the latest of the log.
func (d *Desk) Overview(ctx context.Context, a portal.Admin) (Overview, error) {
	var o Overview
	err := d.store.Read(ctx, a, postgres.AllBatches(&o.Batches), postgres.Events(&o.Recent, postgres.EventFilter{}, 10),
		postgres.InquiryCounts(&o.Asked, nil, a.Arrived()), postgres.RecusalsWaiting(&o.Waiting))
	return o, err
}

// Batches are all batches in their newest version, published or not.
func (d *Desk) Batches(ctx context.Context, a portal.Admin) (batches []portal.Batch, err error) {
	err = d.store.Read(ctx, a, postgres.AllBatches(&batches))
	return batches, err
}

// ManagedBatch is a batch as administrators work on it.
type ManagedBatch struct {
	Batch    portal.Batch
	Topics   []portal.Topic
	Versions []portal.BatchVersion
	Accounts []postgres.TopicAccount
	Counts   []postgres.TopicStatusCount
}

// ManagedBatch is the newest version of a batch, published or not.
func (d *Desk) ManagedBatch(ctx context.Context, a portal.Admin, slug string) (ManagedBatch, error) {
	var m ManagedBatch
	var versions []portal.Batch
	err := d.store.Read(ctx, a, postgres.AllVersions(&versions, slug), postgres.NewestTopics(&m.Topics, slug),
		postgres.TopicAccounts(&m.Accounts, slug), postgres.BatchCounts(&m.Counts, slug))
	if err != nil {
		return m, err
	}
	if len(versions) == 0 {
		return m, portal.ErrNotFound
	}
	m.Batch = versions[0]
	for _, b := range versions {
		m.Versions = append(m.Versions, b.Version)
	}
	return m, nil
}

// Accounts are the accounts whose name or address holds the words, the newest
// first, with the topics a contact can be invited to.
func (d *Desk) Accounts(ctx context.Context, a portal.Admin, words string, before int64) (list []postgres.Account, topics []postgres.SlugTopic, next int64, err error) {
	err = d.store.Read(ctx, a, postgres.Accounts(&list, words, before, listSize+1), postgres.AllPublishedTopics(&topics, a.Arrived()))
	if len(list) > listSize {
		list = list[:listSize]
		next = list[listSize-1].ID
	}
	return list, topics, next, err
}

// ManagedAccount is one account with its rights and those it could be given.
type ManagedAccount struct {
	Account     postgres.Account
	Memberships []postgres.Membership
	Deputies    []Deputation // who stand in for it now or will
	Topics      []postgres.SlugTopic
}

// IsContact reports whether the account has a topic of its own, so that somebody can stand
// in for it.
func (m ManagedAccount) IsContact() bool {
	return slices.ContainsFunc(m.Memberships, func(one postgres.Membership) bool { return one.Role == portal.RoleContact && one.For == "" })
}

// ManagedAccount is one account as administrators see it.
func (d *Desk) ManagedAccount(ctx context.Context, a portal.Admin, ref string) (ManagedAccount, error) {
	var m ManagedAccount
	err := d.store.Read(ctx, a, postgres.AccountOf(&m.Account, ref), postgres.MembershipsOf(&m.Memberships, ref, a.Arrived()),
		postgres.DeputiesOf(&m.Deputies, ref, a.Arrived()), postgres.AllPublishedTopics(&m.Topics, a.Arrived()))
	return m, err
}

// Invitation asks a person to take a role.
type Invitation struct {
	Email, Name string
	Role        portal.Role
	Topics      []int64 // for a contact: the keys of its topics, at least one
}

// Invite gives an address a role by a single-use link that lives 24 hours, and
// returns the link, which is mailed as well. An address that has an account gets
// the right at once; then the link is empty unless the account has no password yet.
func (d *Desk) Invite(ctx context.Context, actor portal.Actor, in Invitation) (link string, err error) {
	ref, err := portal.NewRef(d.random)
	if err != nil {
		return "", err
	}
	token, hash, err := d.token()
	if err != nil {
		return "", err
	}
	err = d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		c, err := accountAt(tx, in.Email, in.Name, ref)
		if err != nil {
			return err
		}
		if err := d.grant(tx, c, in.Role, in.Topics); err != nil {
			return err
		}
		if c.PasswordHash != "" {
			return nil
		}
		until := tx.At().Add(inviteLife)
		if err := tx.InsertLink(hash, c.ID, postgres.Invite, until); err != nil {
			return err
		}
		link = d.link("/invitations/" + token)
		text := d.letters.Invite(mail.InviteProps{Link: link, Role: in.Role.Label(), Until: portal.DateTimeText(until)})
		if err := d.post(tx, letterTo(postgres.ContactAccount{ID: c.ID, Email: c.Email}, "invite", text)); err != nil {
			return err
		}
		return tx.Record(portal.Event{Subject: portal.OnAccount, SubjectID: c.ID, SubjectLabel: c.Name, Verb: portal.Invited, Reason: in.Role.Label()})
	})
	return link, err
}

// grant gives the rights that the account does not hold yet.
func (d *Desk) grant(tx *postgres.Tx, c postgres.Credential, role portal.Role, topics []int64) error {
	if role != portal.RoleContact {
		topics = []int64{0}
	}
	for _, topic := range topics {
		if err := tx.Grant(c.ID, role, topic); err != nil {
			return err
		}
		if err := tx.Record(portal.Event{Subject: portal.OnAccount, SubjectID: c.ID, SubjectLabel: c.Name, Verb: portal.RightGranted, Reason: role.Label()}); err != nil {
			return err
		}
	}
	return nil
}

// Grant gives an account a role; for a contact with the topics' keys.
func (d *Desk) Grant(ctx context.Context, a portal.Admin, ref string, role portal.Role, topics []int64) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var account postgres.Account
		if err := tx.Do(postgres.AccountOf(&account, ref)); err != nil {
			return err
		}
		return d.grant(tx, postgres.Credential{ID: account.ID, Name: account.Name}, role, topics)
	})
}

// EndRight ends a right of an account, with those of its deputies; what was given to an
// account that is contact of nothing any more goes back to its topics. The last administrator cannot be ended.
func (d *Desk) EndRight(ctx context.Context, a portal.Admin, ref string, membership int64) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var account postgres.Account
		var admins int
		if err := tx.Do(postgres.AccountOf(&account, ref)); err != nil {
			return err
		}
		if err := tx.EndMembership(account.ID, membership); err != nil {
			return err
		}
		if err := tx.Do(tx.EndAssignmentsOf(account.ID)); err != nil {
			return err
		}
		if err := tx.Do(postgres.AdminCount(&admins)); err != nil {
			return err
		}
		if admins == 0 {
			return portal.Refuse(portal.NotNow, "这是最后一位管理员，不能终止。请先邀请另一位管理员。")
		}
		return tx.Record(portal.Event{Subject: portal.OnAccount, SubjectID: account.ID, SubjectLabel: account.Name, Verb: portal.RightEnded})
	})
}

// Events is a page of the log, the newest first; next is the key of the page after.
func (d *Desk) Events(ctx context.Context, a portal.Admin, f postgres.EventFilter) (list []portal.Event, next int64, err error) {
	f.Words = strings.TrimSpace(f.Words)
	err = d.store.Read(ctx, a, postgres.Events(&list, f, listSize+1))
	if len(list) > listSize {
		list = list[:listSize]
		next = list[listSize-1].ID
	}
	return list, next, err
}

// Newcomer is an account that is opened without a letter: for demonstrations.
type Newcomer struct {
	Email, Name, Password string
	Role                  portal.Role
	Topics                []int64         // of a contact
	Person                int64           // of a contact: its entry in the directory, 0 for none
	UnitName              string          // of an applicant
	UnitCode              portal.UnitCode // of an applicant
}

// Welcome opens an account with a password, or gives an existing one that password.
func (d *Desk) Welcome(ctx context.Context, s portal.System, n Newcomer) error {
	hash, err := d.passwords.Hash(ctx, n.Password)
	if err != nil {
		return err
	}
	ref, err := portal.NewRef(d.random)
	if err != nil {
		return err
	}
	return d.store.Write(ctx, s, func(tx *postgres.Tx) error {
		var c postgres.Credential
		err := tx.Do(postgres.CredentialOf(&c, n.Email))
		if err == nil {
			return errors.Join(tx.SetPassword(c.ID, hash), tx.Record(portal.Event{Subject: portal.OnAccount, SubjectID: c.ID, SubjectLabel: c.Name, Verb: portal.PasswordChanged}))
		}
		if portal.KindOf(err) != portal.NotFound {
			return err
		}
		c = postgres.Credential{Name: n.Name, Email: n.Email}
		if c.ID, err = tx.InsertAccount(postgres.NewAccount{Ref: ref, Email: n.Email, Name: n.Name, PasswordHash: &hash}); err != nil {
			return err
		}
		if n.UnitCode != "" {
			if err := tx.SaveProfile(c.ID, postgres.Profile{UnitName: n.UnitName, UnitCode: string(n.UnitCode)}, n.UnitCode); err != nil {
				return err
			}
		}
		if n.Person != 0 {
			if err := tx.LinkPerson(c.ID, n.Person); err != nil {
				return err
			}
		}
		return errors.Join(tx.ConfirmAddress(c.ID), d.grant(tx, c, n.Role, n.Topics))
	})
}

// PrintedContact is a person on a batch's cards with the keys of its topics.
type PrintedContact struct {
	Person int64 // key in the directory
	Name   string
	Topics []int64
}

// PrintedContacts are the persons on the cards of a public batch, in the order of the document.
func (d *Desk) PrintedContacts(ctx context.Context, s portal.System, slug string) ([]PrintedContact, error) {
	var topics []portal.Topic
	if err := d.store.Read(ctx, s, postgres.PublishedTopics(&topics, slug, s.Visit().Arrived)); err != nil {
		return nil, err
	}
	var contacts []PrintedContact
	at := map[int64]int{}
	for _, t := range topics {
		for _, person := range t.Contacts {
			i, known := at[person.ID]
			if !known {
				i = len(contacts)
				at[person.ID] = i
				contacts = append(contacts, PrintedContact{Person: person.ID, Name: person.Name})
			}
			contacts[i].Topics = append(contacts[i].Topics, t.ID)
		}
	}
	return contacts, nil
}
