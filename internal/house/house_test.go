package house

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// rule is one row of the house's rules.
type rule struct {
	name  string
	todo  string // what to do about a breach
	check func(*tree) []breach
	bad   []fixture // trees that break the rule
	good  []fixture // trees that come close and keep it
}

// fixture is a small tree: contents by path. A path that must be reported carries a leading "!".
type fixture map[string]string

// breach is one place where a rule is broken.
type breach struct {
	place string // path, with a line where there is one
	what  string
}

// rules are all of them.
var rules = slices.Concat(importRules, sourceRules, layoutRules)

// TestHouse keeps every rule over the whole checkout.
func TestHouse(t *testing.T) {
	t.Parallel()
	house := mustTree(t, os.DirFS("../.."))
	house.tracked = mustTracked(t)
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, b := range r.check(house) {
				t.Errorf("%s: %s\n\trule: %s\n\tdo: %s", b.place, b.what, r.name, r.todo)
			}
		})
	}
}

// TestRulesBite proves that each rule finds what it is there for, and nothing else.
func TestRulesBite(t *testing.T) {
	t.Parallel()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			if len(r.bad) == 0 || len(r.good) == 0 {
				t.Error("no fixture that breaks it, or none that keeps it")
			}
			for _, f := range slices.Concat(r.bad, r.good) {
				checkFixture(t, r, f)
			}
		})
	}
}

func checkFixture(t *testing.T, r rule, f fixture) {
	t.Helper()
	files, want := fstest.MapFS{}, []string{}
	for name, text := range f {
		clean := strings.TrimPrefix(name, "!")
		if clean != name {
			want = append(want, clean)
		}
		files[clean] = &fstest.MapFile{Data: []byte(text)}
	}
	house := mustTree(t, files)
	for name := range files {
		house.tracked = append(house.tracked, name)
	}
	got := []string{}
	for _, b := range r.check(house) {
		place, _, _ := strings.Cut(b.place, ":")
		got = append(got, place)
	}
	slices.Sort(got)
	slices.Sort(want)
	if got = slices.Compact(got); !slices.Equal(got, want) {
		t.Errorf("reported %q, want %q, in %v", got, want, f)
	}
}

// tree is a checkout as the rules see it.
type tree struct {
	files   fs.FS
	sources []source
	tracked []string // paths under version control; nil outside a checkout
}

// source is one Go file.
type source struct {
	path string // from the top, with slashes
	set  *token.FileSet
	file *ast.File
}

func (s source) dir() string { return path.Dir(s.path) }

// test reports whether the file is compiled into tests only.
func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

// at is a place in the file.
func (s source) at(p token.Pos) string { return fmt.Sprintf("%s:%d", s.path, s.set.Position(p).Line) }

// mustTree parses every Go file, whatever its build tags: a rule holds on all systems.
func mustTree(t *testing.T, files fs.FS) *tree {
	t.Helper()
	house := &tree{files: files}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && foreign(name):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		s, err := parse(files, name)
		house.sources = append(house.sources, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return house
}

// foreign reports whether a folder holds no source of ours: what the go command skips, and what running leaves behind.
func foreign(dir string) bool {
	base := path.Base(dir)
	return dir != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")) ||
		slices.Contains([]string{"testdata", "node_modules"}, base) || dir == "var" || dir == "bin"
}

func parse(files fs.FS, name string) (source, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return source{}, err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return source{name, set, file}, err
}

// mustTracked lists the files under version control, or nil where this is no checkout.
func mustTracked(t *testing.T) []string {
	t.Helper()
	if _, err := os.Stat("../../.git"); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	out, err := exec.Command("git", "-C", "../..", "-c", "core.quotePath=false", "ls-files").Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil
	}
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' })
}

// below reports whether a path is dir or lies in it.
func below(name, dir string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }

// belowAny reports whether a path is one of dirs or lies in one.
func belowAny(name string, dirs []string) bool {
	return slices.ContainsFunc(dirs, func(dir string) bool { return below(name, dir) })
}

// support are packages of tests that are not test files; nothing that ships may import them (the table of rooms sees
// to it), and so they are free.
var support = []string{"internal/pgtest", "internal/pagetest", "internal/e2e", "internal/bench", "internal/house"}

// shipped are the sources that become part of the portal.
func (h *tree) shipped() []source {
	return slices.DeleteFunc(slices.Clone(h.sources), func(s source) bool { return s.test() || belowAny(s.path, support) })
}
