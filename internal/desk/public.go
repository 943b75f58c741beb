package desk

import (
	"context"
	"io"
	"time"

	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Public is what a public page shows and the moment at which its words change.
type Public struct {
	Batches []portal.Batch // all public ones, the newest first
	Topics  []portal.Topic // of the batch in question
	Batch   portal.Batch
	Changes []portal.BatchVersion
	Until   time.Time // when the page has to be rendered anew, at the latest
}

// Home is the batch that matters now, with its topics, and the others: the open
// one that closes first, else the next to open, else the last that closed.
func (d *Desk) Home(ctx context.Context, v portal.Visitor) (Public, error) {
	var p Public
	now := v.Arrived()
	var planned time.Time
	if err := d.store.Read(ctx, v, postgres.PublishedBatches(&p.Batches, now), postgres.NextPublication(&planned, now)); err != nil {
		return p, err
	}
	p.Until = soonest(now, p.Batches, planned)
	if len(p.Batches) == 0 {
		return p, nil
	}
	p.Batch = p.Batches[foremost(p.Batches, now)]
	err := d.store.Read(ctx, v, postgres.PublishedTopics(&p.Topics, p.Batch.Slug, now))
	return p, err
}

// foremost is the index of the batch that the front page shows.
func foremost(batches []portal.Batch, now time.Time) int {
	rank := func(b portal.Batch) int {
		if !b.ArchivedAt.IsZero() {
			return 3
		}
		return map[portal.Phase]int{portal.Open: 0, portal.Announced: 1, portal.Closed: 2}[b.Version.Phase(now)]
	}
	best := 0
	for i, b := range batches {
		a, c := rank(b), rank(batches[best])
		if a < c || a == c && a == 0 && b.Version.ClosesAt.Before(batches[best].Version.ClosesAt) {
			best = i
		}
	}
	return best
}

// Batch is one public batch, whole.
func (d *Desk) Batch(ctx context.Context, v portal.Visitor, slug string) (Public, error) {
	var p Public
	now := v.Arrived()
	var planned time.Time
	err := d.store.Read(ctx, v, postgres.PublishedBatch(&p.Batch, slug, now), postgres.PublishedTopics(&p.Topics, slug, now),
		postgres.PublishedVersions(&p.Changes, slug, now), postgres.NextPublication(&planned, now))
	p.Until = soonest(now, []portal.Batch{p.Batch}, planned)
	return p, err
}

// newsLimit is how many publications a feed holds.
const newsLimit = 50

// News are the latest public versions of all batches: publications, corrections and
// extensions, the newest first.
func (d *Desk) News(ctx context.Context, v portal.Visitor) (news []portal.Batch, err error) {
	err = d.store.Read(ctx, v, postgres.PublishedNews(&news, v.Arrived(), newsLimit))
	return news, err
}

// Choices are the topics of a public batch to which an applicant may move.
func (d *Desk) Choices(ctx context.Context, a portal.Applicant, slug string) (topics []portal.Topic, err error) {
	err = d.store.Read(ctx, a, postgres.PublishedTopics(&topics, slug, a.Arrived()))
	return topics, err
}

// Document is the file that a public batch was read from, and what sends it.
func (d *Desk) Document(ctx context.Context, v portal.Visitor, slug string) (doc portal.Document, send func(io.Writer) error, err error) {
	var b portal.Batch
	err = d.store.Read(ctx, v, postgres.PublishedBatch(&b, slug, v.Arrived()), postgres.DocumentOf(&doc, slug))
	return doc, func(to io.Writer) error { return d.store.SendDocument(ctx, v, doc.ID, to) }, err
}

// RetiredTopic is a topic that a public batch had and has no more, with the batch.
func (d *Desk) RetiredTopic(ctx context.Context, v portal.Visitor, slug string, ordinal int) (topic portal.Topic, err error) {
	var retired []portal.Topic
	if err := d.store.Read(ctx, v, postgres.RetiredTopics(&retired, slug, v.Arrived())); err != nil {
		return topic, err
	}
	for _, t := range retired {
		if t.Ordinal == ordinal {
			return t, nil
		}
	}
	return topic, portal.ErrNotFound
}

// soonest is the next moment at which words about the batches change: midnight,
// an opening, a close, a planned publication.
func soonest(now time.Time, batches []portal.Batch, planned time.Time) time.Time {
	until := portal.NextMidnight(now)
	consider := func(t time.Time) {
		if t.After(now) && t.Before(until) {
			until = t
		}
	}
	consider(planned)
	for _, b := range batches {
		consider(b.Version.OpensAt)
		consider(b.Version.ClosesAt)
	}
	return until
}

// searchLimit is how many topics one search shows.
const searchLimit = 50

// Search finds the public topics in which every word stands: in title, content,
// department, contact's name or telephone, or in a public answer. A search without a
// word finds nothing.
func (d *Desk) Search(ctx context.Context, v portal.Visitor, search portal.Search) (found []TopicHit, more bool, err error) {
	if len(search.Terms) == 0 {
		return nil, false, nil
	}
	err = d.store.Read(ctx, v, postgres.FindTopics(&found, search, v.Arrived(), searchLimit+1))
	if len(found) > searchLimit {
		return found[:searchLimit], true, err
	}
	return found, false, err
}

// SiteMap is every public batch and topic.
func (d *Desk) SiteMap(ctx context.Context, v portal.Visitor) (Public, map[string][]portal.Topic, error) {
	var p Public
	now := v.Arrived()
	var topics []postgres.SlugTopic
	var planned time.Time
	err := d.store.Read(ctx, v, postgres.PublishedBatches(&p.Batches, now), postgres.AllPublishedTopics(&topics, now), postgres.NextPublication(&planned, now))
	bySlug := map[string][]portal.Topic{}
	for _, t := range topics {
		bySlug[t.BatchSlug] = append(bySlug[t.BatchSlug], t.Topic)
	}
	p.Until = soonest(now, p.Batches, planned)
	return p, bySlug, err
}
