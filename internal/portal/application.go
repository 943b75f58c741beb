package portal

import "time"

// Application is one 申报书 on its way.
type Application struct {
	ID          int64
	Ref         string // in URLs
	Status      Status
	Number      string // 受理编号, "" before the first submission
	Title       string
	LeaderName  string
	UnitName    string
	UnitCode    string
	Amount      Fen // 申请专项经费
	BatchSlug   string
	BatchTitle  string
	Year        int   // the plan's
	Topic       int64 // key of the topic
	Ordinal     int
	TopicTitle  string
	Window      Window
	Rules       Rules
	CreatedAt   time.Time
	SubmittedAt time.Time // arrival of the standing version, zero before
	Versions    int       // how many were submitted
	Editing     bool      // an edit is open beside the standing version
	Access      Access    // of the applicant who reads it, "" for everybody else
	Handler     int64     // account that has it, 0 for whoever has the topic
	HandlerName string
	Recused     []int64 // accounts that are kept away from it, as far as the reader may know

	Profile map[string]string // what its leader filled in once, for its writers; see proposal.ProfileForm
	Others  Others            // where it is read by itself, by who writes or judges it
}

// Others are the applications of the same leader in the same year beside one, by name and
// unit (限项), as far as their reader may know of them. It is a hint: two people can have
// one name.
type Others struct {
	Known   bool     // whether the reader may know at all
	Count   int      // all of them
	Numbers []string // of those that the reader may see, at most 20
}

// Hidden is how many the reader knows of and cannot see.
func (o Others) Hidden() int { return max(0, o.Count-len(o.Numbers)) }

// Shown is the status as the clock makes it at the moment.
func (a Application) Shown(at time.Time) Status { return Shown(a.Status, a.Window, at) }

// Called is the application's own title, else its topic's.
func (a Application) Called() string {
	if a.Title != "" {
		return a.Title
	}
	return a.TopicTitle
}

// Summary is what lists and rules need of a draft, written with the answers.
type Summary struct {
	Title, LeaderName, UnitName, UnitCode string
	Amount                                Fen
}

// Section is one section of a draft: the answers as they were typed.
type Section struct {
	Name     string
	Answers  map[string]string
	Revision int // 0 before the first save; a save names the revision it saw
	SavedAt  time.Time
	SavedBy  string
}

// Version is a frozen submission. Body is RFC 8785 canonical JSON, exactly as it
// was hashed.
type Version struct {
	ID         int64
	N          int
	Schema     int
	Body       []byte
	SHA256     [32]byte
	ArrivedAt  time.Time // decides whether the deadline was kept
	RecordedAt time.Time
}

// Frozen is the content of a version: the answers and the guideline text they
// answer. Every later schema must still be readable here.
type Frozen struct {
	Schema    int             `json:"schema"`
	Ref       string          `json:"ref"`
	Number    string          `json:"number"`
	N         int             `json:"version"`
	ArrivedAt string          `json:"arrived_at"` // ISO 8601 with +08:00
	Pledge    string          `json:"pledge"`     // version of the 承诺 that was ticked
	Guideline FrozenGuideline `json:"guideline"`
	Sections  []FrozenSection `json:"sections"`

	Attachments []FrozenFile `json:"attachments,omitempty"` // absent from what was frozen before there were any
}

// Answer is what a version says in a field of a section, "" where it says nothing.
func (f Frozen) Answer(section, field string) string {
	for _, s := range f.Sections {
		if s.Name == section {
			return s.Answers[field]
		}
	}
	return ""
}

// FrozenFile names an attachment by its content.
type FrozenFile struct {
	Ref    string `json:"ref"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// FrozenSection is one section's answers with the revision that was checked. An answer that
// never lies open where it is kept is frozen sealed: the version's hash covers the seal,
// and so the bytes that are kept can be verified by anybody who may read them, without the
// secret that opens it. What was frozen before there were seals stays as it was hashed.
type FrozenSection struct {
	Name     string            `json:"name"`
	Revision int               `json:"revision"`
	Answers  map[string]string `json:"answers"`
}

// FrozenGuideline is the guideline's wording as it stood at the submission.
type FrozenGuideline struct {
	Batch        string   `json:"batch"`
	BatchTitle   string   `json:"batch_title"`
	Version      int      `json:"version"`
	Ordinal      int      `json:"ordinal"`
	Label        string   `json:"label"`
	Title        string   `json:"title"`
	Content      string   `json:"content"`
	Deliverables []string `json:"deliverables"`
}

// FrozenSchema is the number of the shape Frozen has today.
const FrozenSchema = 1

// Proof is what is told of a submission to somebody who knows its number and how its
// hash begins.
type Proof struct {
	Number      string
	N           int
	SHA256      []byte
	ArrivedAt   time.Time
	RecordedAt  time.Time
	Guideline   int  // version of the guideline that was answered
	Standing    bool // no later submission has replaced it
	Attachments []FrozenFile
}
