package portal

import "time"

// Outcome is what a contact recommends after the review.
type Outcome string

// The outcomes of a review.
const (
	Recommended    Outcome = "recommended"
	Doubtful       Outcome = "doubtful"
	NotRecommended Outcome = "not_recommended"
)

// Outcomes lists them in the order of the form.
var Outcomes = []Outcome{Recommended, Doubtful, NotRecommended}

var outcomeLabels = map[Outcome]string{Recommended: "推荐立项", Doubtful: "可以立项，有保留", NotRecommended: "不推荐立项"}

// Label is the name of the outcome on the pages.
func (o Outcome) Label() string { return outcomeLabels[o] }

// Review is a contact's recommendation: the comment is for the applicant as well,
// the note for the department alone.
type Review struct {
	Outcome Outcome
	Comment string
	Note    string
	By      string // name of the account
	At      time.Time
}

// DeclineReason is why an application is not taken on (不予受理), as the formal check
// has it (the department's checklist).
type DeclineReason struct{ Code, Label string }

// DeclineReasons are the reasons there are; the text beside the code says the rest.
var DeclineReasons = []DeclineReason{
	{"incomplete", "材料不全或不合要求"},
	{"topic", "与指南选题不符"},
	{"unit", "申报单位不符合条件"},
	{"leader", "项目负责人不符合条件"},
	{"limit", "超出限项规定"},
	{"team", "团队人数或职称比例不符合要求"},
	{"budget", "经费预算不符合要求"},
	{"copied", "与其他申报书雷同"},
	{"other", "其他"},
}

// DeclineLabel is the label of a code, "" when there is no such code.
func DeclineLabel(code string) string {
	for _, r := range DeclineReasons {
		if r.Code == code {
			return r.Label
		}
	}
	return ""
}
