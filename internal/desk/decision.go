package desk

import (
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

// Dossiers is the administrators' list of what was submitted.
type Dossiers struct {
	Applications []portal.Application
	Next         *portal.Application // the last of this page when there are more
}

// AllApplications is a page of everything that was submitted to a batch, the newest
// first, narrowed by topic (0: all) and status ("": all).
func (d *Desk) AllApplications(ctx context.Context, a portal.Admin, f postgres.OfficeFilter) (Dossiers, error) {
	var list Dossiers
	err := d.store.Read(ctx, a, postgres.OfficeApplications(&list.Applications, f, listSize+1, a.Arrived()))
	if len(list.Applications) > listSize {
		list.Applications = list.Applications[:listSize]
		list.Next = &list.Applications[listSize-1]
	}
	return list, err
}

// OfficeDossier is one submitted application with its whole history, as
// administrators read it.
func (d *Desk) OfficeDossier(ctx context.Context, a portal.Admin, ref string) (Dossier, error) {
	return d.readDossier(ctx, a, ref)
}

// HandOver gives a topic to another contact, by the address of its account: the
// rights of all who had the topic end, the open cases follow, and their histories
// say so. An address without an account is an Invalid error on field email.
func (d *Desk) HandOver(ctx context.Context, a portal.Admin, slug string, ordinal int, email, reason string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var to postgres.Credential
		if err := tx.Do(postgres.CredentialOf(&to, email)); err != nil {
			if portal.KindOf(err) == portal.NotFound {
				return portal.RefuseField("email", "这个邮箱还没有账号。请先在“账号”页邀请，再移交")
			}
			return err
		}
		var topic postgres.HandedTopic
		if err := tx.Do(postgres.TopicToHandOver(&topic, slug, ordinal)); err != nil {
			return err
		}
		if err := tx.EndTopicMemberships(topic.Topic, to.ID); err != nil {
			return err
		}
		if err := tx.GrantTopic(to.ID, topic.Topic); err != nil {
			return err
		}
		var open []portal.Application
		if err := tx.Do(postgres.OpenCases(&open, topic.Topic, tx.At())); err != nil {
			return err
		}
		what := topic.From + " → " + to.Name
		if reason != "" {
			what += "：" + reason
		}
		events := []portal.Event{{Subject: portal.OnBatch, SubjectID: topic.Batch, SubjectLabel: topic.Label + topic.Title, Verb: portal.HandedOver, Reason: what}}
		for _, app := range open {
			events = append(events, portal.Event{Subject: portal.OnApplication, SubjectID: app.ID, SubjectLabel: app.Number, Verb: portal.HandedOver, Reason: what})
		}
		return tx.Record(events...)
	})
}
