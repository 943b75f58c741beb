package mail

import (
	"errors"
	"fmt"
)

// Error is a message that was not delivered.
type Error struct {
	ID        int64 // the message's
	Permanent bool  // trying again is of no use: the address or the content was refused
	Err       error
}

func (e *Error) Error() string {
	kind := "not delivered yet"
	if e.Permanent {
		kind = "refused"
	}
	return fmt.Sprintf("mail %d %s: %v", e.ID, kind, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Permanent reports whether err says that sending again is of no use. Anything unknown may be tried again.
func Permanent(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Permanent
}
