package portal

import (
	"fmt"
	"time"
)

// VersionKind says why a version of a guideline exists.
type VersionKind string

// The kinds of versions. A published version never changes: a correction or an
// extension is a new one, and the public page says so.
const (
	Publication VersionKind = "publication"
	Correction  VersionKind = "correction"
	Extension   VersionKind = "extension"
)

var versionKindLabels = map[VersionKind]string{Publication: "发布", Correction: "更正", Extension: "延期"}

// Label is the name of the kind on the pages.
func (k VersionKind) Label() string { return versionKindLabels[k] }

// Batch is one call: a guideline with its topics and the time in which it is open.
type Batch struct {
	ID         int64
	Slug       string // in URLs, for ever: 2023-softsci-1
	NumberCode string // in receipt numbers, for ever: RKX1
	Version    BatchVersion
}

// BatchVersion is the guideline as it stood from one moment on.
type BatchVersion struct {
	ID          int64
	N           int // 1, 2, 3 … within the batch
	Kind        VersionKind
	Title       string
	Year        int
	Plan        string // 湖北省软科学计划
	Category    string // 重点项目
	Label       string // 第一批竞争类
	Source      string // the document's text as imported, never changed
	Rules       Rules
	OpensAt     time.Time
	ClosesAt    time.Time
	PublishedAt time.Time // zero while it is not published; may lie in the future
	Note        string    // what changed, for the public
}

// Rules are the conditions a batch sets for its applications. The defaults are
// those of the 2023 call (DefaultRules); money is in 分, texts in characters.
type Rules struct {
	CeilingFen    Fen    `json:"ceiling_fen"`
	TermFrom      string `json:"term_from"` // 2023-03
	TermTo        string `json:"term_to"`   // 2023-09
	TeamMax       int    `json:"team_max"`
	SeniorPercent int    `json:"senior_percent"`
	FixedTitle    bool   `json:"fixed_title"` // the topic's name is used as given
	TitleMax      int    `json:"title_max"`
	AbstractMax   int    `json:"abstract_max"`
	ProseMax      int    `json:"prose_max"`
}

// DefaultRules are the rules of the 2023 call: at most 5 万元, March to September,
// core team of at most 8 with at least 40 % senior titles, the topic's own name.
func DefaultRules() Rules {
	return Rules{
		CeilingFen: 5_000_000, TermFrom: "2023-03", TermTo: "2023-09", TeamMax: 8, SeniorPercent: 40,
		FixedTitle: true, TitleMax: 40, AbstractMax: 400, ProseMax: 8000,
	}
}

// Window is the time in which the version takes applications.
func (v BatchVersion) Window() Window { return Window{Opens: v.OpensAt, Closes: v.ClosesAt} }

// Published reports whether the public sees the version at the moment.
func (v BatchVersion) Published(at time.Time) bool {
	return !v.PublishedAt.IsZero() && !at.Before(v.PublishedAt)
}

// Phase is where a batch stands in time.
type Phase string

// The phases of a batch.
const (
	Unpublished Phase = "unpublished"
	Announced   Phase = "announced"
	Open        Phase = "open"
	Closed      Phase = "closed"
)

var phaseLabels = map[Phase]string{Unpublished: "未发布", Announced: "即将开始", Open: "申报中", Closed: "已截止"}

// Label is the name of the phase on the pages.
func (p Phase) Label() string { return phaseLabels[p] }

// Phase is where the version stands at the moment.
func (v BatchVersion) Phase(at time.Time) Phase {
	switch {
	case !v.Published(at):
		return Unpublished
	case at.Before(v.OpensAt):
		return Announced
	case at.Before(v.ClosesAt):
		return Open
	}
	return Closed
}

// Topic is one subject of a guideline, as one version words it. Ordinal is its
// identity in URLs and receipt numbers, for ever; Label is what the document printed.
type Topic struct {
	ID           int64
	VersionID    int64 // key of this wording
	Ordinal      int
	Label        string
	Group        string
	Title        string
	Content      string
	Deliverables []string
	Contacts     []Person
}

// Person is a card of the department's directory: it stands on a topic's page and
// is shown live. It is not an account.
type Person struct {
	ID         int64
	Department string
	Name       string
	Phones     []string
	Email      string
	Hours      string
}

// Number is a receipt number (受理编号) such as 2023-RKX1-03-0007: year, the
// batch's code, the topic's ordinal, and a count without gaps within the topic.
func Number(year int, code string, ordinal, count int) string {
	return fmt.Sprintf("%d-%s-%02d-%04d", year, code, ordinal, count)
}
