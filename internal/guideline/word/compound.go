package word

import (
	"bytes"
	"io"

	"github.com/richardlehane/mscfb"

	"softsci/internal/guideline/plain"
)

const (
	maxDirectory = 256 << 10 // bytes of a compound file's directory: 2,048 entries; Word writes about ten
	maxStreams   = 60 << 20  // bytes of all streams that are read
	chunk        = 64 << 10  // bytes read at a time: the library's work for one reading grows with its square
)

// compound is the container of .doc: a file system in a file ([MS-CFB]).
type compound struct {
	files map[string]*mscfb.File // those at the top, by name
	size  int64                  // of the container
}

func openCompound(raw []byte) (*compound, error) {
	guard := &guardedReader{bytes.NewReader(raw), maxDirectory}
	reader, err := mscfb.New(guard)
	switch {
	case guard.left < 0:
		return nil, plain.ErrTooComplex
	case err != nil:
		return nil, plain.ErrDamaged
	}
	guard.left = maxStreams
	c := &compound{map[string]*mscfb.File{}, int64(len(raw))}
	for _, file := range reader.File {
		if _, doubled := c.files[file.Name]; len(file.Path) == 0 && !doubled {
			c.files[file.Name] = file
		}
	}
	return c, nil
}

// guardedReader counts what is read in whole sectors, which while the container is opened is its directory. The library
// keeps the path of each entry, which for entries nested in each other grows with the square of their number.
type guardedReader struct {
	r    io.ReaderAt
	left int
}

func (g *guardedReader) ReadAt(p []byte, off int64) (int, error) {
	if len(p) > 4 { // 4 bytes are a link from sector to sector
		g.left -= len(p)
	}
	if g.left < 0 {
		return 0, plain.ErrTooComplex
	}
	return g.r.ReadAt(p, off)
}

func (c *compound) has(name string) bool { return c.files[name] != nil }

// stream reads a stream; one that is not there is empty.
func (c *compound) stream(name string) ([]byte, error) {
	file := c.files[name]
	if file == nil {
		return nil, nil
	}
	if file.Size > c.size {
		return nil, plain.ErrDamaged
	}
	whole := make([]byte, file.Size)
	for from := 0; from < len(whole); from += chunk {
		if _, err := io.ReadFull(file, whole[from:min(from+chunk, len(whole))]); err != nil {
			return nil, plain.ErrDamaged
		}
	}
	return whole, nil
}

// strangers are the compound files that are no Word document, by a stream they have.
var strangers = []struct {
	stream  string
	refusal error
}{
	{"EncryptedPackage", plain.ErrPassword}, // a .docx with a password
	{"Workbook", plain.ErrSpreadsheet},
	{"Book", plain.ErrSpreadsheet},
	{"PowerPoint Document", plain.ErrSlides},
}

// refusal says what a compound file without a Word document is.
func (c *compound) refusal() error {
	for _, s := range strangers {
		if c.has(s.stream) {
			return s.refusal
		}
	}
	return plain.ErrDamaged
}
