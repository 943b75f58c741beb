package portal

import (
	"cmp"
	"slices"
	"time"
	"unicode/utf8"
)

// InquiryKind says how a question reached its contact.
type InquiryKind string

// The kinds of inquiries.
const (
	Question InquiryKind = "question" // asked on the portal
	Call     InquiryKind = "call"     // answered on the telephone and noted by the contact
)

var inquiryKindLabels = map[InquiryKind]string{Question: "网上提问", Call: "电话答复"}

// Label is the name of the kind on the pages.
func (k InquiryKind) Label() string { return inquiryKindLabels[k] }

// What a question and an answer may hold, in characters.
const (
	QuestionMax = 1000
	AnswerMax   = 4000
)

// answerDays is how many working days a contact has before a question stands in the
// administrators' queue. It is what the pages and letters promise.
const answerDays = 3

// AnswerBy is the moment by which a question that was delivered should be answered: the
// evening of the third working day after.
func AnswerBy(delivered time.Time, w Workdays) time.Time { return w.Evening(delivered, answerDays) }

// Inquiry is a question (咨询) about a topic as its contact and the office read it.
type Inquiry struct {
	ID          int64
	Ref         string // in URLs
	Kind        InquiryKind
	Topic       int64 // key of the topic
	BatchSlug   string
	Ordinal     int
	TopicTitle  string
	Name, Email string // of who asked; never public; "" for a call, and when they were erased
	Question    string // as it was typed
	AskedAt     time.Time
	DueAt       time.Time // what the asker was promised; zero for a call
	Answer      string    // what the asker got
	AnsweredAt  time.Time // zero while it waits
	Public      *PublicAnswer
}

// Waits reports whether nobody has answered yet.
func (i Inquiry) Waits() bool { return i.AnsweredAt.IsZero() }

// Overdue reports whether nobody has answered in the time that was promised.
func (i Inquiry) Overdue(at time.Time) bool { return i.Waits() && at.After(i.DueAt) }

// InquiryView is a list of questions, narrowed.
type InquiryView string

// The views of questions.
const (
	InquiriesWaiting  InquiryView = "waiting"
	InquiriesOverdue  InquiryView = "overdue"
	InquiriesAnswered InquiryView = "answered"
	InquiriesAll      InquiryView = "all"
)

// Waits reports whether the view is a list of what is to be done, the oldest first.
func (v InquiryView) Waits() bool { return v == InquiriesWaiting || v == InquiriesOverdue }

// PublicAnswer is a question with its answer as everybody reads them, in the contact's
// wording.
type PublicAnswer struct {
	ID          int64 // key of the inquiry
	Ref         string
	Question    string
	Answer      string
	PublishedAt time.Time
	ChangedAt   time.Time // of the wording
}

// How alike a question has to be to one that was answered, and how many are shown.
const (
	likeEnough = 0.3
	likeMost   = 3
)

// Likeness says how much of the shorter of two texts stands in the other, from 0 to 1, by
// the words of the search; a single character is no word here.
func Likeness(a, b string) float64 {
	words, others := likeWords(a), likeWords(b)
	shorter := min(len(words), len(others))
	if shorter == 0 {
		return 0
	}
	common := 0
	for _, word := range words {
		if _, ok := slices.BinarySearch(others, word); ok {
			common++
		}
	}
	return float64(common) / float64(shorter)
}

func likeWords(text string) []string {
	return slices.DeleteFunc(Tokens(text), func(word string) bool { return utf8.RuneCountInString(word) < 2 })
}

// Like are those of what was answered whose question is like the one asked, the most
// alike first, at most three; question says what was asked there.
func Like[T any](asked string, answered []T, question func(T) string) []T {
	type scored struct {
		one   T
		score float64
	}
	var found []scored
	for _, one := range answered {
		if score := Likeness(asked, question(one)); score >= likeEnough {
			found = append(found, scored{one, score})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var like []T
	for _, f := range found[:min(len(found), likeMost)] {
		like = append(like, f.one)
	}
	return like
}
