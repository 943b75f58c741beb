package portal

import (
	"errors"
	"fmt"
)

// Kind is the small set of reasons for which the portal says no. The server maps
// each to one HTTP status; nothing else about an error decides a status.
type Kind string

// The kinds of refusal.
const (
	NotFound Kind = "not found" // absent, or not the asker's: the two look the same on purpose
	NotNow   Kind = "not now"   // legal for this person, but not in this state or at this hour
	Invalid  Kind = "invalid"   // something typed has to be mended
	Conflict Kind = "conflict"  // somebody else was faster
	TooLarge Kind = "too large"
	TooMany  Kind = "too many"
	Withheld Kind = "withheld" // somebody with a conflict of interest is kept away
	Expired  Kind = "expired"  // a single-use link that was used, replaced or is too old
)

// Error is a refusal with a sentence for the person who asked, in Chinese.
type Error struct {
	Kind    Kind
	Message string            // shown on the page as it stands
	Fields  map[string]string // for Invalid: what is wrong with which field
	Reason  error             // for the log only
}

func (e *Error) Error() string {
	if e.Reason != nil {
		return fmt.Sprintf("%s: %s: %v", e.Kind, e.Message, e.Reason)
	}
	return fmt.Sprintf("%s: %s", e.Kind, e.Message)
}

func (e *Error) Unwrap() error { return e.Reason }

// Refuse makes an Error of the kind with a sentence for the person who asked.
func Refuse(kind Kind, message string) *Error { return &Error{Kind: kind, Message: message} }

// RefuseField makes an Invalid error that belongs to one field of the form.
func RefuseField(field, message string) *Error {
	return &Error{Kind: Invalid, Message: message, Fields: map[string]string{field: message}}
}

// ErrNotFound is the refusal for what does not exist or is not the asker's.
var ErrNotFound = Refuse(NotFound, "没有找到您要的内容。它可能不存在，也可能不属于您的账号。")

// KindOf returns the kind of a refusal, or "" for any other error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
