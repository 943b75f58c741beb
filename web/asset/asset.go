// Package asset holds the portal's style sheet, script and icon.
//
// The files of css and js are joined at start, one file of each for the browser,
// named by their content so that they may be kept for ever, and compressed once.
package asset

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

//go:embed css js img
var files embed.FS

// File is one file as it is served: the body and what two compressors make of it.
// The name changes with the content, so a file may be cached as immutable.
type File struct {
	Path   string // /assets/site.<hash>.css
	Type   string // media type with charset
	Body   []byte
	Gzip   []byte
	Brotli []byte
	ETag   string // strong, quoted
}

// Set is all files, with the addresses the page head needs.
type Set struct {
	CSS, JS, Icon string
	files         []File
}

// Files lists the files to serve.
func (s *Set) Files() []File { return s.files }

// Load joins, names and compresses the embedded files. It takes a
// tenth of a second and is called once at start.
func Load() (*Set, error) {
	css, err := joined("css", ".css")
	if err != nil {
		return nil, err
	}
	js, err := joined("js", ".js")
	if err != nil {
		return nil, err
	}
	icon, err := files.ReadFile("img/icon.svg")
	if err != nil {
		return nil, fmt.Errorf("read icon: %w", err)
	}
	set := &Set{}
	for _, f := range []struct {
		name, ext, media string
		body             []byte
		url              *string
	}{
		{"site", "css", "text/css; charset=utf-8", tightCSS(css), &set.CSS},
		{"site", "js", "text/javascript; charset=utf-8", tightJS(js), &set.JS},
		{"icon", "svg", "image/svg+xml", bytes.TrimSpace(icon), &set.Icon},
	} {
		file, err := pack(f.name, f.ext, f.media, f.body)
		if err != nil {
			return nil, err
		}
		*f.url = file.Path
		set.files = append(set.files, file)
	}
	return set, nil
}

// joined is the text of all files below a folder. Of the style sheets, the layers'
// order comes first and plain elements before classes; else by path.
func joined(dir, ext string) ([]byte, error) {
	var names []string
	err := fs.WalkDir(files, dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ext {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	slices.SortFunc(names, func(a, b string) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		return strings.Compare(a, b)
	})
	var all bytes.Buffer
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		all.Write(bytes.TrimSpace(text))
		all.WriteByte('\n')
	}
	return all.Bytes(), nil
}

func rank(name string) int {
	return 1 + slices.Index([]string{"css/layer.css", "css/reset.css", "css/base.css"}, name) + 4*strings.Count(name, "/")
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	space      = regexp.MustCompile(`\s+`)
	mark       = regexp.MustCompile(`\s*([{};,])\s*|(:)\s+`)
	jsComment  = regexp.MustCompile(`(?m)^\s*//.*\n|\s+// .*$`)
	indent     = regexp.MustCompile(`(?m)^[ \t]+`)
)

// tightCSS drops comments, the white space that says nothing and a rule's last
// semicolon. Strings in our style sheets hold none of these marks.
func tightCSS(css []byte) []byte {
	css = space.ReplaceAll(cssComment.ReplaceAll(css, nil), []byte(" "))
	css = mark.ReplaceAll(css, []byte("$1$2"))
	css = bytes.TrimSpace(bytes.ReplaceAll(css, []byte(";}"), []byte("}")))
	return oneBlock(oneBlock(css, "component"), "page")
}

// oneBlock makes one block of the many of a layer, whose files follow each other.
func oneBlock(css []byte, layer string) []byte {
	head, rest, found := bytes.Cut(css, []byte("@layer "+layer+"{"))
	if !found {
		return css
	}
	return slices.Concat(head, []byte("@layer "+layer+"{"), bytes.ReplaceAll(rest, []byte("}@layer "+layer+"{"), nil))
}

// tightJS drops comments that have a line, or the end of one after white space,
// to themselves, and the indentation.
func tightJS(js []byte) []byte {
	return indent.ReplaceAll(jsComment.ReplaceAll(js, nil), nil)
}

func pack(name, ext, media string, body []byte) (File, error) {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	f := File{Path: "/assets/" + name + "." + hash + "." + ext, Type: media, Body: body, ETag: `"` + hash + `"`}
	var gz, br bytes.Buffer
	zw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return File{}, fmt.Errorf("compress %s: %w", f.Path, err)
	}
	for _, w := range []io.WriteCloser{zw, brotli.NewWriterLevel(&br, 11)} {
		if _, err := w.Write(body); err != nil {
			return File{}, fmt.Errorf("compress %s: %w", f.Path, err)
		}
		if err := w.Close(); err != nil {
			return File{}, fmt.Errorf("compress %s: %w", f.Path, err)
		}
	}
	f.Gzip, f.Brotli = gz.Bytes(), br.Bytes()
	return f, nil
}
