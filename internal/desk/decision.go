package desk

import (
	"cmp"
	"context"

	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Decide records an administrator's decision: Propose (拟立项), Fund (立项) or Reject
// (不予立项), which always says why.
func (d *Desk) Decide(ctx context.Context, a portal.Admin, ref string, act portal.Act, reason string) error {
	if act == portal.Reject && reason == "" {
		return portal.RefuseField("reason", "不予立项须写明原因，申报人会看到")
	}
	return d.move(ctx, a, ref, act, move{reason: reason}, nil)
}

// Office is the administrators' list of what was submitted, and the batches there are.
type Office struct {
	Found
	Batches []portal.Batch
}

// AllApplications are all submitted applications that the filter finds. Where it looks for
// words that few hold, those few are found first and looked at alone.
func (d *Desk) AllApplications(ctx context.Context, a portal.Admin, l Listing) (Office, error) {
	var office Office
	var candidates []int64
	reads := []postgres.Query{postgres.AllBatches(&office.Batches)}
	worded := len(l.Filter.Pairs()) > 0
	if worded {
		reads = append(reads, postgres.Candidates(&candidates, l.Filter))
	}
	if err := d.store.Read(ctx, a, reads...); err != nil {
		return office, err
	}
	var all postgres.Listed
	list := postgres.OfficeApplications(&all, l.Filter, l.page(), a.Arrived())
	if worded && len(candidates) <= postgres.CandidatesMax {
		list = postgres.OfficeAmong(&all, candidates, l.Filter, l.page(), a.Arrived())
	}
	err := d.store.Read(ctx, a, list)
	office.Found = l.found(all)
	return office, err
}

// OfficeDossier is one submitted application with its whole history, as
// administrators read it.
func (d *Desk) OfficeDossier(ctx context.Context, a portal.Admin, ref string) (Dossier, error) {
	var dossier Dossier
	var versions []portal.Version
	var scrutiny postgres.Scrutiny
	err := d.store.Read(ctx, a, append(dossier.reads(ref), postgres.JudgedApplicationOf(&dossier.Application, &dossier.Thread, ref, a.Arrived()),
		postgres.VersionsOf(&versions, ref), postgres.ScrutinyOf(&scrutiny, ref, nil))...)
	if err != nil {
		return dossier, err
	}
	dossier.Assignment, dossier.Acts = first(scrutiny.Given), acts(dossier.Application, a)
	return dossier, d.openDossier(&dossier, versions)
}

// Successor is who takes a topic on: an account by its address, a person of the
// directory, or both. One that is not named is the other's, where it is known.
type Successor struct {
	Email  string
	Person int64
	Stay   bool // the open cases stay with who had the topic
}

// HandOver gives a topic to another contact: the rights of all who had it end, their
// deputies' too, the successor stands on its card from now on, the open cases follow or
// stay, and their histories say so. What was given to one account stays with it. A person without an account leaves the topic to the administrators until
// there is one. An address without an account is an Invalid error on field email.
func (d *Desk) HandOver(ctx context.Context, a portal.Admin, slug string, ordinal int, to Successor, reason string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		account, person, err := successor(tx, to)
		if err != nil {
			return err
		}
		var topic postgres.HandedTopic
		if err := tx.Do(postgres.TopicToHandOver(&topic, slug, ordinal)); err != nil {
			return err
		}
		if to.Stay {
			if err := tx.Do(tx.KeepCases(topic.Topic, account.ID)); err != nil {
				return err
			}
		}
		if err := tx.EndTopicMemberships(topic.Topic, account.ID); err != nil {
			return err
		}
		if account.ID != 0 {
			if err := tx.GrantTopic(account.ID, topic.Topic); err != nil {
				return err
			}
		}
		if person.ID != 0 {
			if err := tx.ReplaceCards(topic.Topic, person.ID); err != nil {
				return err
			}
		}
		var open []portal.Application
		if err := tx.Do(postgres.OpenCases(&open, topic.Topic, tx.At())); err != nil {
			return err
		}
		what := topic.From + " → " + cmp.Or(account.Name, person.Name, person.Department)
		if reason != "" {
			what += "：" + reason
		}
		events := []portal.Event{{Subject: portal.OnBatch, SubjectID: topic.Batch, SubjectLabel: topic.Label + topic.Title, Verb: portal.HandedOver, Reason: what}}
		for _, app := range open {
			e := onApplication(app, portal.HandedOver, what)
			if app.Handler != 0 {
				e.Reason += "（本件仍由" + app.HandlerName + "办理）"
			}
			events = append(events, e)
		}
		return tx.Record(events...)
	})
}

// successor is the account and the person of who takes a topic on; either may be none.
func successor(tx *postgres.Tx, to Successor) (account postgres.Credential, person postgres.Person, err error) {
	if to.Person != 0 {
		if err := tx.Do(postgres.PersonOf(&person, to.Person)); err != nil {
			return account, person, err
		}
	}
	switch email := cmp.Or(to.Email, person.Account); {
	case email != "":
		err = tx.Do(postgres.CredentialOf(&account, email))
	case to.Person == 0:
		return account, person, portal.RefuseField("email", "请填写新联系人的邮箱，或者选择名片")
	}
	if portal.KindOf(err) == portal.NotFound {
		return account, person, portal.RefuseField("email", "这个邮箱还没有账号。请先在“账号”页邀请，再移交")
	}
	if err == nil && person.ID == 0 && account.Person != 0 {
		err = tx.Do(postgres.PersonOf(&person, account.Person))
	}
	return account, person, err
}

// Directory are the persons of whom one may take a topic on.
func (d *Desk) Directory(ctx context.Context, a portal.Admin) (people []postgres.Person, err error) {
	err = d.store.Read(ctx, a, postgres.People(&people, "", "", "", colleaguesMost))
	return people, err
}
