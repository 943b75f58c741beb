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
	Slug       string    // in URLs, for ever once it was published: 2023-softsci-1
	NumberCode string    // in receipt numbers, for ever once it was published: RKX1
	ArchivedAt time.Time // zero unless it stands among the past batches only
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
	Issue       string // 发文字号, normalised: 鄂科技规〔2021〕2号; "" without
	Advice      string // notes for applicants: paragraphs parted by LF, with addresses of pages in them
	Rules       Rules
	OpensAt     time.Time // zero while it is not published and nobody has said
	ClosesAt    time.Time // likewise
	PublishedAt time.Time // zero while it is not published; may lie in the future
	Note        string    // what changed, for the public
	By          string    // who published it, for administrators
	Document    Document  // the file it was read from
	Revision    int       // of the settings, while it is not published
	Reading     Reading   // how the importer read what belongs to no topic
}

// Document is the file that a guideline was read from. It has no name where the text was pasted.
type Document struct {
	ID     int64
	Name   string
	Format string // docx, doc, pdf, txt
	Size   int64  // in bytes
}

// Place is a stretch of a guideline's source: offsets in runes, End excluded.
type Place struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Reading is how the importer read something: where each field stands in the source, and what it doubts.
type Reading struct {
	Places map[string]Place `json:"places,omitempty"` // by field: title, content, contacts, contact-1 …
	Doubts []Doubt          `json:"doubts,omitempty"`
	Rest   []Place          `json:"rest,omitempty"` // what no field took
}

// Doubt is something a person has to look at before a guideline is published.
type Doubt struct {
	Code       string `json:"code"`
	Field      string `json:"field"` // title, content, contacts …; "" for none
	Place      Place  `json:"place"`
	Text       string `json:"text"`       // a sentence naming topic and field
	Suggestion string `json:"suggestion"` // what to do
	Asks       bool   `json:"asks"`       // it has to be confirmed; otherwise it is good to know
	Confirmed  bool   `json:"confirmed"`
}

// Open reports whether somebody still has to look at it.
func (d Doubt) Open() bool { return d.Asks && !d.Confirmed }

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

	SectionMax  map[string]int `json:"section_max,omitempty"` // of parts of the text, by field; absent: no limit of its own
	OncePerYear bool           `json:"once_per_year"`         // 限项: a leader applies once a year
	LumpSum     bool           `json:"lump_sum"`              // 包干制: no budget table
	IDNumber    bool           `json:"id_number"`             // the leader's 居民身份证 is asked for
	Attachments []Attachment   `json:"attachments,omitempty"` // what is asked for, in the order of AttachmentKinds
}

// Attachment is a kind of file that a batch takes.
type Attachment struct {
	Kind     string `json:"kind"` // of AttachmentKinds
	Required bool   `json:"required"`
}

// AttachmentKind is a kind of file that a batch may ask for.
type AttachmentKind struct{ Kind, Label string }

// AttachmentKinds are the kinds of files that a batch may ask for (the 附件 of the 申报书).
var AttachmentKinds = []AttachmentKind{{"pledge", "诚信承诺书"}, {"prior", "前期成果"}, {"cooperation", "合作协议"}, {"other", "其他"}}

// AttachmentLabel is the name of a kind of file on the pages, "" for none.
func AttachmentLabel(kind string) string {
	for _, k := range AttachmentKinds {
		if k.Kind == kind {
			return k.Label
		}
	}
	return ""
}

// DefaultRules are the rules of the 2023 call: at most 5 万元, March to September,
// core team of at most 8 with at least 40 % senior titles, the topic's own name.
func DefaultRules() Rules {
	return Rules{
		CeilingFen: 5_000_000, TermFrom: "2023-03", TermTo: "2023-09", TeamMax: 8, SeniorPercent: 40,
		FixedTitle: true, TitleMax: 40, AbstractMax: 400, ProseMax: 8000,
		OncePerYear: true, Attachments: []Attachment{{"pledge", true}, {"prior", false}, {"cooperation", false}, {"other", false}},
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
	Retired      bool       // the batch's current version has it no more
	Amendment    *Amendment // the newest correction that is not confirmed, where an application answers the topic
	Revision     int        // counts the changes of this wording while it is not published
	Reading      Reading    // likewise: how the importer read it
}

// Amendment is a correction of a guideline as somebody who answers it meets it.
type Amendment struct {
	Version int64 // key
	N       int
	Note    string
	At      time.Time
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
	Deputy     *Deputy // who stands in now, nil without
}

// Deputy stands in for a person from one day to another.
type Deputy struct {
	Department string
	Name       string
	Phones     []string
	Until      time.Time // the end of the last day
}

// Number is a receipt number (受理编号) such as 2023-RKX1-03-0007: year, the
// batch's code, the topic's ordinal, and a count without gaps within the topic.
func Number(year int, code string, ordinal, count int) string {
	return fmt.Sprintf("%d-%s-%02d-%04d", year, code, ordinal, count)
}
