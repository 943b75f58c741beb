package guideline

// Proposal is what a document seems to say about a batch, for a person to confirm. As JSON it is
// {title, year, plan, category, label, groups, topics, call_contacts, unassigned, findings, title_place}; a Proposal made by
// [Parse] has no nil slice, so that an empty list is [] and never null.
type Proposal struct {
	Title        string    `json:"title"`    // of the document, in full
	Year         int       `json:"year"`     // 计划年度; 0 when the title names none
	Plan         string    `json:"plan"`     // 湖北省软科学计划
	Category     string    `json:"category"` // 重点项目
	Label        string    `json:"label"`    // 第一批竞争类
	Groups       []string  `json:"groups"`   // headings that hold topics, as printed, in order
	Topics       []Topic   `json:"topics"`
	CallContacts []Contact `json:"call_contacts"` // for the whole call
	Unassigned   []Piece   `json:"unassigned"`    // what no field holds, in order
	Findings     []Finding `json:"findings"`      // in the order of the document
	TitlePlace   *Place    `json:"title_place,omitempty"`
}

// Topic is one 选题 of the call.
type Topic struct {
	Number       int       `json:"number"`  // as printed; 0 when none is printed
	Ordinal      int       `json:"ordinal"` // position in the call, from 1
	Label        string    `json:"label"`   // the marker as printed: "1.", "（一）", "方向1、"
	Group        string    `json:"group"`   // the innermost heading above, as in Groups; "" without one
	Title        string    `json:"title"`
	Content      string    `json:"content"`      // paragraphs parted by LF, wrapped lines joined
	Deliverables []string  `json:"deliverables"` // names of the reports asked for, without 《》
	Contacts     []Contact `json:"contacts"`
	Places       Places    `json:"places"`
}

// Contact is one person (or desk) to ask.
type Contact struct {
	Department string   `json:"department"`
	Name       string   `json:"name"`
	Phone      string   `json:"phone"`  // the first of Phones, "" without any
	Phones     []string `json:"phones"` // normalised where they could be read, else as printed
	Email      string   `json:"email"`
	Place      Place    `json:"place"` // from the first to the last of these in the source
}

// Place is a stretch of the source: rune offsets, End excluded.
type Place struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Places says where a topic's fields stand in the source. A field that was not found has none.
type Places struct {
	Title    *Place `json:"title,omitempty"`
	Content  *Place `json:"content,omitempty"`
	Contacts *Place `json:"contacts,omitempty"`

	Deliverables []Place `json:"deliverables,omitempty"` // of each name, in the order of Topic.Deliverables
}

// Piece is source text that became no field.
type Piece struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Severity says what a finding asks of the person who confirms.
type Severity string

// The severities.
const (
	Block Severity = "block" // must be mended before publication
	Ask   Severity = "ask"   // doubtful; look at it
	Note  Severity = "note"  // done or left as it is; good to know
)

// Finding is one doubt about a proposal.
type Finding struct {
	Severity   Severity `json:"severity"`
	Code       string   `json:"code"`  // for programs; see the table in finding.go
	Topic      int      `json:"topic"` // the topic's ordinal; 0 for the whole call
	Field      string   `json:"field"` // title, number, content, deliverables, contacts …; "" for none
	Start      int      `json:"start"` // place in the source, as in Place
	End        int      `json:"end"`
	Text       string   `json:"text"`       // a Chinese sentence naming topic and field
	Suggestion string   `json:"suggestion"` // what to do, in Chinese
}
