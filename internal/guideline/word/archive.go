package word

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"softsci/internal/guideline/plain"
)

// The limits of a .docx. Word's own files have some twenty parts; a guideline's text is far below a megabyte.
const (
	maxParts    = 2000
	maxPart     = 20 << 20 // bytes of one part, inflated
	maxInflated = 60 << 20 // bytes of all parts that are read
)

// directoryEntry begins an entry of a zip file's directory.
var directoryEntry = []byte("PK\x01\x02")

// archive is the zip file that a .docx is.
type archive struct {
	parts    map[string]*zip.File // by name in lower case: names are compared so (ECMA-376 part 2, 6.2.2.3)
	inflated int64                // bytes read so far
}

// openArchive reads the directory only. The entries are counted before it is read, since reading costs memory for
// each; nested zip files, which are stored as they are, may count too, hence the margin.
func openArchive(raw []byte) (*archive, error) {
	if bytes.Count(raw, directoryEntry) > 4*maxParts {
		return nil, plain.ErrTooComplex
	}
	files, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is ever written under a part's name
		return nil, plain.ErrDamaged
	}
	if len(files.File) > maxParts {
		return nil, plain.ErrTooComplex
	}
	a := &archive{parts: map[string]*zip.File{}}
	for _, f := range files.File {
		name := partName(f.Name)
		if _, doubled := a.parts[name]; !doubled {
			a.parts[name] = f
		}
	}
	return a, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// open begins to read a part; ok is false when there is none. The size in the directory is checked first, the bytes
// that really come are counted.
func (a *archive) open(name string) (r io.ReadCloser, ok bool, err error) {
	f, ok := a.parts[partName(name)]
	switch {
	case !ok:
		return nil, false, nil
	case f.Flags&1 != 0:
		return nil, true, plain.ErrPassword
	case f.UncompressedSize64 > maxPart:
		return nil, true, plain.ErrTooComplex
	}
	content, err := f.Open()
	if err != nil {
		return nil, true, plain.ErrDamaged
	}
	return &partReader{content, a, maxPart}, true, nil
}

// partReader counts what is inflated, of the part and of the archive.
type partReader struct {
	io.ReadCloser
	archive *archive
	left    int64
}

func (r *partReader) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	r.left -= int64(n)
	r.archive.inflated += int64(n)
	switch {
	case r.left < 0, r.archive.inflated > maxInflated:
		return 0, plain.ErrTooComplex
	case err != nil && err != io.EOF:
		return 0, plain.ErrDamaged
	}
	return n, err
}

// foreign are the zip files that are no Word document, by the beginning of a part's name.
var foreign = []struct {
	prefix  string
	refusal error
}{
	{"xl/", plain.ErrSpreadsheet},
	{"ppt/", plain.ErrSlides},
	{"content.xml", plain.ErrOpenDocument},
	{"word/", plain.ErrDamaged},
	{"[content_types].xml", plain.ErrDamaged},
}

// refusal says what a zip file without a document is.
func (a *archive) refusal() error {
	for _, f := range foreign {
		for name := range a.parts {
			if strings.HasPrefix(name, f.prefix) {
				return f.refusal
			}
		}
	}
	return plain.ErrArchive
}

// relation is a part's pointer to another.
type relation struct {
	kind   string // the last word of its type: styles, numbering, footnotes …
	target string // the name of a part
}

// relations reads what a part points to; "" is the package itself.
func (a *archive) relations(limits *limits, name string) ([]relation, error) {
	dir, base := path.Split(name)
	var all []relation
	err := a.read(limits, path.Join(dir, "_rels", base+".rels"), func(p *part) error {
		return p.children(func(e element) error {
			if e.attr("TargetMode") != "External" {
				all = append(all, relation{path.Base(e.attr("Type")), resolve(dir, e.attr("Target"))})
			}
			return nil
		})
	})
	return all, err
}

func resolve(dir, target string) string {
	if strings.HasPrefix(target, "/") {
		return target
	}
	return path.Join(dir, target)
}

// main is the name of the document's part. Nearly always it is word/document.xml; Word for the web numbers it.
func (a *archive) main(limits *limits) (string, error) {
	all, err := a.relations(limits, "")
	if err != nil {
		return "", err
	}
	for _, name := range append(targets(all, "officeDocument"), "word/document.xml") {
		if _, ok := a.parts[partName(name)]; ok && strings.HasPrefix(partName(name), "word/") {
			return name, nil
		}
	}
	return "", a.refusal()
}

func targets(all []relation, kind string) []string {
	var names []string
	for _, r := range all {
		if r.kind == kind {
			names = append(names, r.target)
		}
	}
	return names
}

// read hands the root of a part to f; a part that is not there is no error.
func (a *archive) read(limits *limits, name string, f func(*part) error) error {
	content, ok, err := a.open(name)
	if !ok || err != nil {
		return err
	}
	defer content.Close()
	p := newPart(limits, content)
	if err := p.open(); err != nil {
		return err
	}
	return f(p)
}
