package document

// Receipt is what a signed receipt states of one submission.
type Receipt struct {
	Number      string       `json:"number"` // 受理编号
	Title       string       `json:"title"`  // 项目名称
	Unit        string       `json:"unit"`
	Leader      string       `json:"leader"`
	Topic       string       `json:"topic"`
	Batch       string       `json:"batch"`             // slug
	Version     int          `json:"version"`           // n of the submission
	SHA256      string       `json:"sha256"`            // of the frozen version, hex
	ArrivedAt   string       `json:"arrived_at"`        // ISO 8601 with +08:00
	RecordedAt  string       `json:"recorded_at"`       // ISO 8601 with +08:00
	Guideline   int          `json:"guideline_version"` // which was answered
	Attachments []Attachment `json:"attachments"`
}
