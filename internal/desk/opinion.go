package desk

import (
	"context"
	"slices"
	"time"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// Opinion is what a contact said of an application with an act: a return, a refusal or a
// review's comment for the applicant.
type Opinion struct {
	Act        portal.Verb
	At         time.Time
	By         string
	Department string   // of By's card, "" where By is not on the topic's card
	Remarks    []Remark // of a return, by section
	Text       string   // of everything else
	Answer     *Answer  // to a return; nil where there is none (yet)
}

// Answer is the submission that came after a return, with how many answers it changed.
type Answer struct {
	N       int // of the version; it replaced the one before
	At      time.Time
	Changed map[string]int // by section
	Files   int            // attachments that were added, removed or replaced
}

// Total is how much was changed in all.
func (a Answer) Total() int {
	sum := a.Files
	for _, n := range a.Changed {
		sum += n
	}
	return sum
}

// Opinions are all that was said of an application, the newest first.
type Opinions struct {
	Application portal.Application
	List        []Opinion
}

// said are the acts by which a contact says something to the applicant.
var said = []portal.Act{portal.Return, portal.Decline, portal.Recommend}

// SaidOf is how often a contact has said something of an application of that history.
func SaidOf(history []portal.Event) int {
	n := 0
	for _, e := range history {
		if slices.Contains(said, portal.Act(e.Verb)) {
			n++
		}
	}
	return n
}

// Opinions gathers what contacts said of the applicant's application over all its
// versions, each with what was done about it.
func (d *Desk) Opinions(ctx context.Context, a portal.Applicant, ref string) (Opinions, error) {
	var o Opinions
	var topic portal.Topic
	var versions []portal.Version
	var history []portal.Event
	err := d.store.Read(ctx, a, postgres.ApplicationOf(&o.Application, ref, a.Arrived()), postgres.TopicOf(&topic, ref, a.Arrived()),
		postgres.VersionsOf(&versions, ref), postgres.HistoryOf(&history, ref))
	if err != nil {
		return o, err
	}
	later := 0                  // versions that were submitted after the event
	for _, e := range history { // newest first
		if portal.Act(e.Verb) == portal.Submit {
			later++
		}
		if !slices.Contains(said, portal.Act(e.Verb)) {
			continue
		}
		one := Opinion{Act: e.Verb, At: e.At, By: e.AccountName, Department: departmentOf(topic, e.AccountName), Text: e.Reason}
		if portal.Act(e.Verb) == portal.Return {
			one.Remarks, one.Text = remarksOf(e), ""
			if one.Answer, err = d.answerTo(versions, later); err != nil {
				return o, err
			}
		}
		o.List = append(o.List, one)
	}
	return o, nil
}

// departmentOf is the department of the topic's contact of that name, "" for none.
func departmentOf(topic portal.Topic, name string) string {
	for _, c := range topic.Contacts {
		if c.Name == name {
			return c.Department
		}
	}
	return ""
}

// answerTo is the first of the versions, the newest first, that came after a return, beside
// the one that was returned; later is how many came.
func (d *Desk) answerTo(versions []portal.Version, later int) (*Answer, error) {
	if later == 0 || later >= len(versions) {
		return nil, nil
	}
	was, is := versions[later], versions[later-1]
	before, err := d.secret.thaw(was)
	if err != nil {
		return nil, err
	}
	after, err := d.secret.thaw(is)
	if err != nil {
		return nil, err
	}
	answer := &Answer{N: is.N, At: is.ArrivedAt, Changed: map[string]int{}}
	for _, section := range proposal.Compare(before, after) {
		answer.Changed[section.Name] = len(section.Changes)
	}
	for _, c := range portal.CompareFiles(before.Attachments, after.Attachments) {
		if !c.Same() {
			answer.Files++
		}
	}
	return answer, nil
}
