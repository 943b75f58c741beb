package desk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// What one page or one export holds at most.
const (
	draftsShown      = 100
	exportedEvents   = 5000
	exportedProjects = 2000
)

// OwnData is what is kept about an account, in numbers.
type OwnData struct {
	postgres.OwnCounts
	Profile  []postgres.Profile   // none or one
	Drafts   []portal.Application // led by it and never submitted, newest first
	Calendar string               // the address of its deadlines, "" without
}

// OwnData says what is kept about the holder (个人信息保护法, art. 45).
func (d *Desk) OwnData(ctx context.Context, h portal.Holder) (OwnData, error) {
	var own OwnData
	err := d.store.Read(ctx, h, postgres.OwnCountsOf(&own.OwnCounts, h.Account()), postgres.ProfileOf(&own.Profile, h.Account()),
		postgres.OwnDrafts(&own.Drafts, h.Account(), draftsShown, h.Arrived()))
	if own.OwnCounts.Calendar != "" {
		own.Calendar = d.calendarURL(own.OwnCounts.Calendar)
	}
	return own, err
}

// Export is all that is kept about an account, as it is handed out. Times are ISO 8601.
type Export struct {
	ExportedAt   string                `json:"exported_at"`
	Account      ExportedAccount       `json:"account"`
	Profile      map[string]string     `json:"profile"`
	Applications []ExportedApplication `json:"applications"`
	Events       []ExportedEvent       `json:"events"`
}

// ExportedAccount is the sign-in itself.
type ExportedAccount struct {
	Email     string   `json:"email"`
	Name      string   `json:"name"`
	Confirmed bool     `json:"confirmed"`
	Roles     []string `json:"roles"`
	CreatedAt string   `json:"created_at"`
	AgreedTo  string   `json:"privacy_version,omitempty"`
	AgreedAt  string   `json:"privacy_agreed_at,omitempty"`
}

// ExportedApplication is an application that the account may edit.
type ExportedApplication struct {
	Ref         string                       `json:"ref"`
	Access      string                       `json:"access"`
	Batch       string                       `json:"batch"`
	Topic       string                       `json:"topic"`
	Title       string                       `json:"title"`
	Status      string                       `json:"status"`
	Number      string                       `json:"number,omitempty"`
	CreatedAt   string                       `json:"created_at"`
	Sections    map[string]map[string]string `json:"sections"`
	Submissions []ExportedVersion            `json:"submissions"`
	Files       []ExportedFile               `json:"files"`
	Messages    []ExportedMessage            `json:"messages,omitempty"`
}

// ExportedVersion names a submission by its content.
type ExportedVersion struct {
	N         int    `json:"version"`
	ArrivedAt string `json:"arrived_at"`
	SHA256    string `json:"sha256"`
}

// ExportedFile names an attachment by its content; the content itself is fetched from the
// application's page.
type ExportedFile struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// ExportedMessage is a message between the people of an application and its contact.
type ExportedMessage struct {
	At    string `json:"at"`
	By    string `json:"by"`
	Role  string `json:"role"`
	Words string `json:"words"`
}

// ExportedEvent is a line of the log about the account.
type ExportedEvent struct {
	At      string `json:"at"`
	What    string `json:"what"`
	Reason  string `json:"reason,omitempty"`
	By      string `json:"by"`
	Address string `json:"address"`
}

// Export hands the holder all that is kept about it; that it was handed out is in the log.
func (d *Desk) Export(ctx context.Context, h portal.Holder) (Export, error) {
	var counts postgres.OwnCounts
	var profiles []postgres.Profile
	var applications []portal.Application
	var sections []postgres.OwnSection
	var versions []postgres.OwnVersion
	var files []postgres.OwnFile
	var messages []postgres.OwnMessage
	var events []portal.Event
	account := h.Account()
	err := d.store.Write(ctx, h, func(tx *postgres.Tx) error {
		return tx.Do(tx.Trace(onAccount(h, portal.DataExported)), postgres.OwnCountsOf(&counts, account), postgres.ProfileOf(&profiles, account),
			postgres.OwnApplications(&applications, account, 0, exportedProjects, h.Arrived()), postgres.OwnSections(&sections, account),
			postgres.OwnVersions(&versions, account), postgres.OwnFiles(&files, account),
			postgres.OwnMessages(&messages, account), postgres.EventsAbout(&events, account, exportedEvents))
	})
	if err != nil {
		return Export{}, err
	}
	out := Export{ExportedAt: portal.ISO(h.Arrived()), Account: exportedAccount(h, counts), Profile: profileAnswers(profiles),
		Applications: []ExportedApplication{}, Events: []ExportedEvent{}}
	for i, s := range sections {
		sections[i].Answers = d.secret.cover(s.Name, s.Answers)
	}
	parts := exportedParts(sections, versions, files, messages)
	for _, app := range applications {
		one := parts[app.ID]
		one.Ref, one.Access, one.Batch, one.Topic, one.Title = app.Ref, app.Access.Label(), app.BatchTitle, app.TopicTitle, app.Title
		one.Status, one.Number, one.CreatedAt = app.Shown(h.Arrived()).Label(), app.Number, portal.ISO(app.CreatedAt)
		out.Applications = append(out.Applications, one)
	}
	for _, e := range events {
		out.Events = append(out.Events, ExportedEvent{At: portal.ISO(e.At), What: e.Verb.Label(), Reason: e.Reason, By: e.AccountName, Address: e.Address})
	}
	return out, nil
}

func exportedAccount(h portal.Holder, counts postgres.OwnCounts) ExportedAccount {
	s := h.Standing()
	out := ExportedAccount{Email: s.Email, Name: s.Name, Confirmed: s.Confirmed, Roles: []string{}, CreatedAt: portal.ISO(counts.CreatedAt), AgreedTo: counts.AgreedTo}
	if !counts.AgreedAt.IsZero() {
		out.AgreedAt = portal.ISO(counts.AgreedAt)
	}
	for _, role := range []portal.Role{portal.RoleApplicant, portal.RoleContact, portal.RoleAdmin} {
		if s.Has(role) {
			out.Roles = append(out.Roles, role.Label())
		}
	}
	return out
}

// profileAnswers is a profile by the names of its fields.
func profileAnswers(profiles []postgres.Profile) map[string]string {
	answers := map[string]string{}
	for _, p := range profiles {
		for field, value := range p.Details {
			answers[field] = value
		}
		answers["unit_name"], answers["unit_code"] = p.UnitName, p.UnitCode
	}
	return answers
}

// exportedParts gathers what belongs to each application, by its key.
func exportedParts(sections []postgres.OwnSection, versions []postgres.OwnVersion, files []postgres.OwnFile,
	messages []postgres.OwnMessage) map[int64]ExportedApplication {
	parts := map[int64]ExportedApplication{}
	for _, s := range sections {
		one := parts[s.Application]
		if one.Sections == nil {
			one.Sections = map[string]map[string]string{}
		}
		one.Sections[s.Name] = s.Answers
		parts[s.Application] = one
	}
	for _, v := range versions {
		one := parts[v.Application]
		one.Submissions = append(one.Submissions, ExportedVersion{v.N, portal.ISO(v.ArrivedAt), hex.EncodeToString(v.SHA256)})
		parts[v.Application] = one
	}
	for _, f := range files {
		one := parts[f.Application]
		one.Files = append(one.Files, ExportedFile{f.Kind, f.Name, f.Size, hex.EncodeToString(f.SHA256)})
		parts[f.Application] = one
	}
	for _, m := range messages {
		one := parts[m.Application]
		one.Messages = append(one.Messages, ExportedMessage{portal.ISO(m.At), m.By, m.Side.Label(), m.Words})
		parts[m.Application] = one
	}
	return parts
}

// EraseDrafts deletes all that the applicant leads and never submitted, and says how many
// that were; each is in the log.
func (d *Desk) EraseDrafts(ctx context.Context, a portal.Applicant) (erased int, err error) {
	err = d.store.Write(ctx, a, func(tx *postgres.Tx) error {
		var gone []postgres.Erased
		if err := tx.Do(tx.EraseDrafts(&gone, a.Account())); err != nil {
			return err
		}
		if erased = len(gone); erased == 0 {
			return portal.Refuse(portal.NotNow, "没有从未提交的草稿。")
		}
		lines := make([]portal.Event, len(gone))
		for i, g := range gone {
			lines[i] = portal.Event{Subject: portal.OnApplication, SubjectID: g.ID, SubjectLabel: g.Title, Verb: portal.Verb(portal.Discard), From: portal.Draft, To: portal.None}
		}
		return tx.Record(lines...)
	})
	return erased, err
}

// OfferCalendar makes a private address of the holder's deadlines; an earlier one ends.
func (d *Desk) OfferCalendar(ctx context.Context, h portal.Holder) error {
	nonce, _, err := d.token()
	if err != nil {
		return err
	}
	return d.store.Write(ctx, h, func(tx *postgres.Tx) error {
		return tx.Do(tx.KeepCalendar(h.Account(), nonce, hashToken(d.calendarToken(nonce))), tx.Trace(onAccount(h, portal.CalendarOffered)))
	})
}

// EndCalendar ends that address; not found when there is none.
func (d *Desk) EndCalendar(ctx context.Context, h portal.Holder) error {
	return d.store.Write(ctx, h, func(tx *postgres.Tx) error {
		return tx.Do(tx.EndCalendar(h.Account()), tx.Trace(onAccount(h, portal.CalendarEnded)))
	})
}

// calendarToken is what the address of a calendar holds. The database knows its nonce and
// its hash, so that a copy of the database opens no calendar.
func (d *Desk) calendarToken(nonce string) string {
	mac := hmac.New(sha256.New, d.secret)
	mac.Write([]byte("calendar:" + nonce))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// CalendarPath is where an address of deadlines begins; the token and .ics follow.
const CalendarPath = "/account/deadlines/"

func (d *Desk) calendarURL(nonce string) string {
	return d.link(CalendarPath + d.calendarToken(nonce) + ".ics")
}

// Due is a deadline of somebody who writes an application.
type Due = postgres.Due

// Deadlines are those to come of whose calendar has the token, the next first; not found
// when nobody's has, or no longer.
func (d *Desk) Deadlines(ctx context.Context, v portal.Visitor, token string) (list []Due, err error) {
	var owner int64
	hash := hashToken(token)
	err = d.store.Read(ctx, v, postgres.CalendarOwner(&owner, hash), postgres.DeadlinesOf(&list, hash, v.Arrived()))
	return list, err
}
