package component

import (
	"cmp"
	"strconv"
	"time"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// InquiriesProps is one view of the questions that the reader answers.
type InquiriesProps struct {
	Root      string // the list's own address; each question stands below it
	Now       time.Time
	Views     []InquiryView
	View      portal.InquiryView // the one that is shown
	Inquiries []portal.Inquiry
	Next      string // the address of the next page, "" on the last
}

// InquiryView is a list of questions with how many there are.
type InquiryView struct {
	ID    portal.InquiryView
	Label string
	Count int
}

// Heading is the label of the view that is shown.
func (p InquiriesProps) Heading() string {
	for _, v := range p.Views {
		if v.ID == p.View {
			return v.Label
		}
	}
	return ""
}

// InquiryProps is one question as the reader answers it.
type InquiryProps struct {
	Root     string
	Now      time.Time
	Inquiry  portal.Inquiry
	History  []portal.Event   // newest first
	Answer   *form.Form       // nil once it is answered
	Publish  *form.Form       // of the wording that everybody reads; nil before it is answered
	Mending  bool             // that form has to be mended
	Like     []portal.Inquiry // answered before on the topic
	Reply    *InquiryReply    // the answer to be read before it is sent; the form's fields are then carried along
	HandOver string           // where the topic is given to somebody else, "" for a contact
}

// InquiryReply is an answer as it will be sent and, where it is public, as everybody will
// read it.
type InquiryReply struct {
	Subject    string
	Paragraphs []string
	Public     *portal.PublicAnswer
}

// url is where the question stands.
func (p InquiryProps) url() string { return p.Root + "/" + p.Inquiry.Ref }

// askedOn is the topic that a question is about.
func askedOn(q portal.Inquiry) string {
	return "/batches/" + q.BatchSlug + "/topics/" + strconv.Itoa(q.Ordinal)
}

// InquiryTag is how far a question is, as who answers it sees it.
func InquiryTag(q portal.Inquiry, now time.Time) TagProps {
	switch {
	case q.Overdue(now):
		return TagProps{Label: "超期未答复", Shape: ShapeBack}
	case q.Waits():
		return TagProps{Label: "待答复", Shape: ShapeNone}
	case q.Public == nil:
		return TagProps{Label: "已答复，未公开", Shape: ShapePart}
	}
	return TagProps{Label: "已公开", Shape: ShapeDone}
}

// asker is who asked, as its contact sees it.
func asker(q portal.Inquiry) string { return cmp.Or(q.Name, q.Kind.Label()) }

// gistLength is how much of a question stands in a list, in characters.
const gistLength = 60

// gist is the beginning of a text for a list.
func gist(text string) string {
	if r := []rune(text); len(r) > gistLength {
		return string(r[:gistLength]) + "…"
	}
	return text
}
