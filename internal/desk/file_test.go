package desk_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal/sample"
)

// onTheWay is a file during whose arrival something happens.
type onTheWay struct {
	io.Reader
	happens func()
}

func (o *onTheWay) Read(p []byte) (int, error) {
	if o.happens != nil {
		o.happens()
		o.happens = nil
	}
	return o.Reader.Read(p)
}

// A file that arrives when the application has been submitted meanwhile belongs to
// nothing, and is not kept.
func TestAttachmentThatComesTooLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.applicant("zhang@x.invalid")
	ref := w.fill(a(), 5)
	submits := func() { w.must(w.desk.Submit(t.Context(), a(), ref, checked())) }
	_, err := w.desk.Attach(t.Context(), a(), ref, "other", "x.pdf", &onTheWay{bytes.NewReader(sample.Pledge), submits})
	if portal.KindOf(err) != portal.NotNow {
		t.Errorf("%v", err)
	}
	all, err := w.desk.Attachments(t.Context(), a(), ref)
	w.must(err)
	if len(all.Files) != 1 {
		t.Errorf("%d files, want the one that was submitted", len(all.Files))
	}
}

// Half a file is none, in its first row and in a later one.
func TestAttachmentThatBreaksOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.applicant("zhang@x.invalid")
	ref, err := w.desk.Begin(t.Context(), a(), slug, 5)
	w.must(err)
	long := append(bytes.Clone(sample.Pledge), make([]byte, 2*postgres.ChunkSize)...)
	for _, begun := range [][]byte{sample.Pledge, long} {
		for _, trouble := range []error{io.ErrUnexpectedEOF, io.ErrClosedPipe} {
			half := io.MultiReader(bytes.NewReader(begun), iotest.ErrReader(trouble))
			if _, err := w.desk.Attach(t.Context(), a(), ref, "pledge", "x.pdf", half); !errors.Is(err, trouble) {
				t.Errorf("%v after %d bytes: %v", trouble, len(begun), err)
			}
		}
	}
	all, err := w.desk.Attachments(t.Context(), a(), ref)
	w.must(err)
	if len(all.Files) != 0 || len(all.Problems()) != 1 {
		t.Errorf("%d files, %v", len(all.Files), all.Problems())
	}
}
