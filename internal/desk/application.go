package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// Page sizes of the lists.
const listSize = 50

// Begin opens an application to a topic for the applicant and returns its
// reference. Who already has a living one to that topic gets that one: a double
// click begins nothing twice.
func (d *Desk) Begin(ctx context.Context, a portal.Applicant, slug string, ordinal int) (ref string, err error) {
	var to postgres.Target
	if err := d.store.Read(ctx, a, postgres.TargetOf(&to, slug, ordinal, a.Arrived(), a.Account())); err != nil {
		return "", err
	}
	fresh, err := portal.NewRef(d.random)
	if err != nil {
		return "", err
	}
	err = d.store.Save(ctx, a, func(tx *postgres.Tx) error {
		ref, err = d.beginOnce(tx, a, to, fresh)
		return err
	})
	return ref, err
}

// beginOnce begins the application under the fresh reference unless the applicant has a
// living one, whose reference it returns.
func (d *Desk) beginOnce(tx *postgres.Tx, a portal.Applicant, to postgres.Target, fresh string) (ref string, err error) {
	if err := tx.LockAccount(a.Account()); err != nil {
		return "", err
	}
	var living []string
	if err := tx.Do(postgres.LiveOf(&living, a.Account(), to.Topic)); err != nil {
		return "", err
	}
	if len(living) > 0 {
		return living[0], nil
	}
	return fresh, d.begin(tx, a, to, fresh)
}

func (d *Desk) begin(tx *postgres.Tx, a portal.Applicant, to postgres.Target, ref string) error {
	step, err := portal.Move(portal.None, portal.Begin, a.Role(), portal.Window{Opens: to.Opens, Closes: to.Closes}, a.Arrived())
	if err != nil {
		return err
	}
	id, err := tx.InsertApplication(ref, to, a.Account())
	if err != nil {
		return err
	}
	return tx.Record(portal.Event{Subject: portal.OnApplication, SubjectID: id, SubjectLabel: to.Title,
		Verb: portal.Verb(step.Act), From: step.From, To: step.To})
}

// Applications are the applicant's own, the newest first, below the key before;
// next is the key of the page after, 0 at the end.
func (d *Desk) Applications(ctx context.Context, a portal.Applicant, before int64) (list []portal.Application, next int64, err error) {
	err = d.store.Read(ctx, a, postgres.OwnApplications(&list, a.Account(), before, listSize+1, a.Arrived()))
	if len(list) > listSize {
		list = list[:listSize]
		next = list[listSize-1].ID
	}
	return list, next, err
}

// File is one application as its applicant works on it.
type File struct {
	Application portal.Application
	Topic       portal.Topic
	Sections    []proposal.Filled
	History     []portal.Event
	Files       []portal.File

	Thread []portal.ThreadMessage // with the contact of its topic

	earlier bool             // its reader leads others
	saves   []postgres.Saved // all that are kept
}

// Remarks are what the contact asked to change in the last return, by section, until
// the application is submitted again.
func (f File) Remarks() []Remark {
	if f.Application.Status != portal.Returned {
		return nil
	}
	for _, e := range f.History { // newest first
		if e.Verb == portal.Verb(portal.Return) {
			return remarksOf(e)
		}
	}
	return nil
}

// remarksOf are the remarks of a return, in the order of the form.
func remarksOf(e portal.Event) []Remark {
	var list []Remark
	for _, part := range append(proposal.Parts(), proposal.Part{Label: "整份申报书"}) {
		if text := e.Data["remark."+part.Name]; text != "" {
			list = append(list, Remark{Section: part.Name, Label: part.Label, Text: text})
		}
	}
	return list
}

// Problems are all that is missing or wrong in the draft, in the order of the form. One
// without a section is about the guideline that it answers.
func (f File) Problems() []proposal.Problem {
	return slices.Concat(outdated(f.Topic), proposal.Problems(f.Sections), unattached(f.Application.Rules, f.Files))
}

// outdated is what stands between a draft and the guideline as it is now.
func outdated(topic portal.Topic) []proposal.Problem {
	var problems []proposal.Problem
	if topic.Retired {
		problems = append(problems, proposal.Problem{Label: "选题", Message: "这个选题已停用，请改报其他选题"})
	}
	if topic.Amendment != nil {
		problems = append(problems, proposal.Problem{Label: "指南更正", Message: "申报指南已更正，请先阅读并确认"})
	}
	return problems
}

// Stamp tells one set of attachments from another, as a section's revision does.
func Stamp(files []portal.File) int {
	var refs strings.Builder
	for _, f := range files {
		refs.WriteString(f.Ref)
	}
	return int(crc32.ChecksumIEEE([]byte(refs.String())) >> 1)
}

// unattached are the required attachments that are missing, and those that cannot be
// submitted yet or at all.
func unattached(rules portal.Rules, files []portal.File) []proposal.Problem {
	var problems []proposal.Problem
	for _, a := range rules.Wanted(files) {
		label := portal.AttachmentLabel(a.Kind)
		problems = append(problems, proposal.Problem{Section: portal.InFiles, Field: a.Kind, Label: label, Message: "请上传" + label})
	}
	for _, f := range files {
		switch f.State {
		case portal.FileHeld:
			problems = append(problems, proposal.Problem{Section: portal.InFiles, Field: f.Kind, Label: f.Name, Message: "“" + f.Name + "”正在做安全检查，请稍等片刻再提交"})
		case portal.FileRefused:
			problems = append(problems, proposal.Problem{Section: portal.InFiles, Field: f.Kind, Label: f.Name, Message: "“" + f.Name + "”未通过安全检查，请删去"})
		}
	}
	return problems
}

// Section is one section of the form by its name.
func (f File) Section(name string) (proposal.Filled, bool) {
	for _, s := range f.Sections {
		if s.Name == name {
			return s, true
		}
	}
	return proposal.Filled{}, false
}

// After is the name of the section after the one of that name, "" after the last.
func (f File) After(name string) string {
	for i, s := range f.Sections[:len(f.Sections)-1] {
		if s.Name == name {
			return f.Sections[i+1].Name
		}
	}
	return ""
}

// Closed says why the applicant can neither write in it nor submit it at the moment,
// "" when both are possible.
func (f File) Closed(a portal.Applicant) string {
	_, err := editable(f.Application, a)
	var refusal *portal.Error
	if errors.As(err, &refusal) {
		return refusal.Message
	}
	return ""
}

// Editable reports whether the applicant can write in it at the moment.
func (f File) Editable(a portal.Applicant) bool { return f.Closed(a) == "" }

// Acts are the acts the applicant can do at the moment, from the table.
func (f File) Acts(a portal.Applicant) []portal.Act { return acts(f.Application, a) }

func acts(app portal.Application, actor portal.Actor) []portal.Act {
	var able []portal.Act
	for _, t := range portal.Transitions {
		// A submitted application is either standing, and can be reopened, or open, and
		// can be submitted anew.
		if t.From != app.Status || app.Status == portal.Submitted && (t.Act == portal.Submit && !app.Editing || t.Act == portal.Reopen && app.Editing) {
			continue
		}
		if _, err := portal.Move(app.Status, t.Act, actor.Role(), app.Window, actor.Visit().Arrived); err == nil {
			able = append(able, t.Act)
		}
	}
	return able
}

// Application is the applicant's application with the state of every section.
func (d *Desk) Application(ctx context.Context, a portal.Applicant, ref string) (File, error) {
	var f File
	now := a.Arrived()
	var own postgres.Own
	err := d.store.Read(ctx, a, postgres.OwnApplicationOf(&f.Application, &own, ref, now, d.asking(a)), postgres.TopicOf(&f.Topic, ref, now),
		postgres.SavesOf(&f.saves, ref), postgres.HistoryOf(&f.History, ref), postgres.FilesOf(&f.Files, ref))
	if err != nil {
		return f, err
	}
	d.fillIn(&f, own, newest(f.saves))
	f.Thread = own.Thread
	return f, nil
}

// newest are the sections as last saved.
func newest(saves []postgres.Saved) []portal.Section {
	var sections []portal.Section
	for i, s := range saves { // by section, and the newest first
		if i == 0 || saves[i-1].Name != s.Name {
			sections = append(sections, s.Section)
		}
	}
	return sections
}

// editable is the step that a submission would take now; what could not be
// submitted is not written either.
func editable(app portal.Application, a portal.Applicant) (portal.Transition, error) {
	if app.Status == portal.Submitted && !app.Editing {
		return portal.Transition{}, portal.Refuse(portal.NotNow, "这份申报书已经提交，正在等待受理，现在不能修改。")
	}
	return portal.Move(app.Status, portal.Submit, a.Role(), app.Window, a.Arrived())
}

// Submit freezes the application as the applicant checked it. It carries no
// answers: revisions names, for every section, the revision that was checked, and
// a section that has changed since is a Conflict. What is missing or wrong is an
// Invalid error; the page of the check says what. So is, where the batch collects
// identity numbers, a second application of a leader in a year, on the number's field. The
// same once more, by a second click or because the line was cut before the answer, changes
// nothing and is no error.
func (d *Desk) Submit(ctx context.Context, a portal.Applicant, ref string, revisions map[string]int) error {
	err := d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var m move
		var draft draft
		if err := m.lock(tx, ref, append(draft.read(ref, tx.At()), postgres.WorkdaysOf(&m.days))...); err != nil {
			return err
		}
		if m.app.Status == portal.Submitted && !m.app.Editing && draft.checkedAt(revisions) == nil {
			return errStands
		}
		step, err := editable(m.app, a)
		if err != nil {
			return err
		}
		if err := m.app.Access.Permit(portal.Submit); err != nil {
			return err
		}
		d.secret.openSections(draft.saved)
		frozen, err := draft.freeze(a, m.app, revisions)
		if err != nil {
			return err
		}
		mark, err := d.leaderMark(m.app, frozen)
		if err != nil {
			return err
		}
		if err := d.secret.sealFrozen(&frozen); err != nil {
			return err
		}
		if frozen.Number, err = number(tx, m.app, draft.batch); err != nil {
			return err
		}
		body, err := portal.Canonical(frozen)
		if err != nil {
			return err
		}
		m.step, m.again, m.frozen, m.sum = step, m.app.Versions > 0, frozen, sha256.Sum256(body)
		m.app.Number, m.app.SubmittedAt = frozen.Number, a.Arrived()
		m.work = []Work{Printing{m.app.ID, frozen.N}}
		return d.moved(tx, m, tx.Freeze(postgres.Submission{Application: m.app.ID, Number: frozen.Number, N: frozen.N,
			BatchVersion: draft.batch.Version.ID, LeaderMark: mark, Attachments: frozen.Attachments, Body: body, SHA256: m.sum, ArrivedAt: a.Arrived(),
			Told: proposal.Tell(frozen)})...)
	})
	if errors.Is(err, errStands) {
		return nil
	}
	return err
}

// errStands ends a submission that has been taken before: nothing is left to do.
var errStands = errors.New("it stands already")

// number is the application's own or, at its first submission, the topic's next. The
// topic's counter stays locked from here to the end, so it is drawn as late as can be.
func number(tx *postgres.Tx, app portal.Application, batch portal.Batch) (string, error) {
	if app.Number != "" {
		return app.Number, nil
	}
	count, err := tx.NextNumber(batch.ID, app.Ordinal)
	return portal.Number(batch.Version.Year, batch.NumberCode, app.Ordinal, count), err
}

// draft is what is about to be submitted and what it answers.
type draft struct {
	batch portal.Batch
	topic portal.Topic
	saved []portal.Section
	files []portal.File
}

func (d *draft) read(ref string, at time.Time) []postgres.Query {
	return []postgres.Query{postgres.BatchOf(&d.batch, ref, at), postgres.TopicOf(&d.topic, ref, at), postgres.SectionsOf(&d.saved, ref), postgres.FilesOf(&d.files, ref)}
}

// checkedAt says what has changed since the revisions that were checked.
func (d *draft) checkedAt(revisions map[string]int) error {
	saved := map[string]int{}
	for _, s := range d.saved {
		saved[s.Name] = s.Revision
	}
	for _, part := range proposal.Parts() {
		if revisions[part.Name] != saved[part.Name] {
			return portal.Refuse(portal.Conflict, "“"+part.Label+"”在您检查之后又被修改过。请重新检查一遍再提交。")
		}
	}
	if seen, ok := revisions[portal.InFiles]; ok && seen != Stamp(d.files) {
		return portal.Refuse(portal.Conflict, "附件在您检查之后又有变动。请重新检查一遍再提交。")
	}
	return nil
}

// freeze checks the draft and makes the document that will be kept, but for its number.
func (d *draft) freeze(a portal.Applicant, app portal.Application, revisions map[string]int) (portal.Frozen, error) {
	batch, topic := d.batch, d.topic
	if err := d.checkedAt(revisions); err != nil {
		return portal.Frozen{}, err
	}
	sections := proposal.Fill(app, topic, d.saved)
	if len(outdated(topic)) > 0 || len(proposal.Problems(sections)) > 0 || len(unattached(app.Rules, d.files)) > 0 {
		return portal.Frozen{}, &portal.Error{Kind: portal.Invalid, Message: "申报书还有需要处理的地方，尚未提交。"}
	}
	frozen := portal.Frozen{
		Schema: portal.FrozenSchema, Ref: app.Ref, N: app.Versions + 1, ArrivedAt: portal.ISO(a.Arrived()), Pledge: proposal.PledgeVersion,
		Guideline: portal.FrozenGuideline{Batch: batch.Slug, BatchTitle: batch.Version.Title, Version: batch.Version.N,
			Ordinal: topic.Ordinal, Label: topic.Label, Title: topic.Title, Content: topic.Content, Deliverables: topic.Deliverables},
	}
	for _, s := range sections {
		frozen.Sections = append(frozen.Sections, portal.FrozenSection{Name: s.Name, Revision: s.Saved.Revision, Answers: s.Form.Answers()})
	}
	for _, f := range d.files {
		frozen.Attachments = append(frozen.Attachments, portal.FrozenFile{Ref: f.Ref, Kind: f.Kind, Name: f.Name, Type: string(f.Type), Size: f.Size, SHA256: hex.EncodeToString(f.SHA256)})
	}
	return frozen, nil
}

// ConfirmGuideline notes that the applicant has read a correction of the guideline,
// by the version's number.
func (d *Desk) ConfirmGuideline(ctx context.Context, a portal.Applicant, ref string, n int) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var topic portal.Topic
		app, err := tx.LockApplication(ref, postgres.TopicOf(&topic, ref, tx.At()))
		if err != nil {
			return err
		}
		seen := topic.Amendment
		if seen == nil || seen.N != n {
			return portal.Refuse(portal.Conflict, "指南又有新的更正，请再看一遍。")
		}
		return errors.Join(tx.SeeGuideline(app.ID, seen.Version), tx.Record(onApplication(app, portal.GuidelineSeen, seen.Note)))
	})
}

// ChangeTopic moves an application whose topic was retired to another topic of its
// batch. A draft moves; what was submitted keeps its number where it is, so it is
// withdrawn, and a new draft has its answers. It returns the reference to go on with.
func (d *Desk) ChangeTopic(ctx context.Context, a portal.Applicant, ref string, ordinal int) (string, error) {
	fresh, err := portal.NewRef(d.random)
	if err != nil {
		return "", err
	}
	err = d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var m move
		var topic portal.Topic
		if err := m.lock(tx, ref, postgres.TopicOf(&topic, ref, tx.At())); err != nil {
			return err
		}
		if !topic.Retired {
			return portal.Refuse(portal.NotNow, "这个选题没有停用，不需要改报。")
		}
		var to postgres.Target
		if err := tx.Do(postgres.TargetOf(&to, m.app.BatchSlug, ordinal, a.Arrived(), a.Account())); err != nil {
			return err
		}
		to.Opens, to.Closes = m.app.Window.Opens, m.app.Window.Closes // of the same batch, with what the unit was granted
		e := onApplication(m.app, portal.TopicChanged, topic.Title+" → "+to.Title)
		if m.app.Number == "" {
			fresh = ref
			return errors.Join(tx.ChangeTopic(m.app.ID, to), tx.Record(e))
		}
		return d.beginAgain(tx, a, m, to, fresh, e)
	})
	return fresh, err
}

// beginAgain withdraws what was submitted and begins a draft with its answers.
func (d *Desk) beginAgain(tx *postgres.Tx, a portal.Applicant, m move, to postgres.Target, fresh string, e portal.Event) error {
	var err error
	if err := m.app.Access.Permit(portal.Withdraw); err != nil {
		return err
	}
	if m.step, err = portal.Move(m.app.Status, portal.Withdraw, a.Role(), m.app.Window, a.Arrived()); err != nil {
		return err
	}
	step, err := portal.Move(portal.None, portal.Begin, a.Role(), portal.Window{Opens: to.Opens, Closes: to.Closes}, a.Arrived())
	if err != nil {
		return err
	}
	id, err := tx.InsertApplication(fresh, to, a.Account())
	if err != nil {
		return err
	}
	if err := errors.Join(tx.CopySections(m.app.ID, id), tx.Do(tx.CopyAccess(m.app.ID, id))); err != nil {
		return err
	}
	m.reason = e.Reason
	return errors.Join(tx.Record(e, portal.Event{Subject: portal.OnApplication, SubjectID: id, SubjectLabel: to.Title, Verb: portal.Verb(step.Act), From: step.From, To: step.To}),
		d.moved(tx, m, tx.SetStatus(m.app.ID, m.step.To)))
}

// orTitle is what an application is called: its number, else its title.
func orTitle(app portal.Application) string { return cmp.Or(app.Number, app.Title) }

// Discard deletes a draft that was never submitted.
func (d *Desk) Discard(ctx context.Context, a portal.Applicant, ref string) error {
	return d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		app, err := tx.LockApplication(ref)
		if err != nil {
			return err
		}
		step, err := portal.Move(app.Status, portal.Discard, a.Role(), app.Window, a.Arrived())
		if err != nil {
			return err
		}
		if err := app.Access.Permit(portal.Discard); err != nil {
			return err
		}
		return errors.Join(tx.DeleteDraft(app.ID), tx.Record(event(app, step, "")))
	})
}

// Receipt is what proves a submission.
type Receipt struct {
	Application portal.Application
	Version     portal.Version
	Frozen      portal.Frozen
	Topic       portal.Topic
	ReviewBy    time.Time // the day by which it is answered as a rule
}

// Receipt is the proof of the standing version; not found before the first submission.
func (d *Desk) Receipt(ctx context.Context, a portal.Applicant, ref string) (Receipt, error) {
	var r Receipt
	var days portal.Workdays
	now := a.Arrived()
	err := d.store.Read(ctx, a, postgres.ApplicationOf(&r.Application, ref, now), postgres.StandingVersion(&r.Version, ref),
		postgres.TopicOf(&r.Topic, ref, now),
		postgres.WorkdaysOf(&days))
	if err != nil {
		return r, err
	}
	r.ReviewBy = portal.ReviewBy(r.Version.ArrivedAt, days)
	r.Frozen, err = d.secret.thaw(r.Version)
	return r, err
}

// Reopen opens an edit beside the standing version (撤回修改): that one stands until a
// new one replaces it under the same number, or a contact's act closes the edit.
func (d *Desk) Reopen(ctx context.Context, a portal.Applicant, ref string) error {
	return d.move(ctx, a, ref, portal.Reopen, move{}, func(tx *postgres.Tx, m move) postgres.Query { return tx.OpenEdit(m.app.ID) })
}

// Withdraw takes an application back for good (撤回); it frees the leader's 限项.
func (d *Desk) Withdraw(ctx context.Context, a portal.Applicant, ref, reason string) error {
	return d.move(ctx, a, ref, portal.Withdraw, move{reason: reason}, nil)
}

// onApplication is a line of an application's history.
func onApplication(app portal.Application, verb portal.Verb, reason string) portal.Event {
	return portal.Event{Subject: portal.OnApplication, SubjectID: app.ID, SubjectLabel: orTitle(app), Verb: verb, Reason: reason}
}

// event is the history's line about a move.
func event(app portal.Application, step portal.Transition, reason string) portal.Event {
	e := onApplication(app, portal.Verb(step.Act), reason)
	e.From, e.To = step.From, step.To
	return e
}
