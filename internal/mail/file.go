package mail

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	gomail "github.com/wneessen/go-mail"
)

// File delivers into a folder, one RFC 5322 file per mail, for a portal without a mail server. Bodies are not encoded,
// so that a link can be copied out of what cat shows. Files are for the portal's user alone: they hold sign-in links.
type File struct {
	Letterhead
	Dir string
}

// Send writes the message under a name that sorts by time. The same message gets the same name, so that a retry
// replaces it.
func (f File) Send(ctx context.Context, m Message) error {
	if err := ctx.Err(); err != nil {
		return &Error{ID: m.ID, Err: err}
	}
	msg, err := f.compose(m, gomail.NoEncoding)
	if err != nil {
		return err
	}
	if err := f.write(fileName(m), msg); err != nil {
		return &Error{ID: m.ID, Err: err}
	}
	return nil
}

func fileName(m Message) string {
	return fmt.Sprintf("%s-%010d.eml", m.At.UTC().Format("20060102T150405.000000Z"), m.ID)
}

// write renames a finished file into place, so that a reader of the folder never sees half a mail.
func (f File) write(name string, msg *gomail.Msg) error {
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(f.Dir, ".mail-*") // CreateTemp gives mode 0600
	if err != nil {
		return err
	}
	_, err = msg.WriteTo(temp)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), filepath.Join(f.Dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}
