package desk

import (
	"context"
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
	rank := map[portal.Phase]int{portal.Open: 0, portal.Announced: 1, portal.Closed: 2}
	best := 0
	for i, b := range batches {
		a, c := rank[b.Version.Phase(now)], rank[batches[best].Version.Phase(now)]
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
// department, contact's name or telephone. A search without a word finds nothing.
func (d *Desk) Search(ctx context.Context, v portal.Visitor, search portal.Search) (found []postgres.SlugTopic, more bool, err error) {
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
