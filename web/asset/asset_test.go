package asset

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func mustLoad(t *testing.T) *Set {
	t.Helper()
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestFilesAreNamedByContentAndSmall(t *testing.T) {
	t.Parallel()
	first, second := mustLoad(t), mustLoad(t)
	caps := map[string]int{first.CSS: 12 << 10, first.JS: 6 << 10, first.Icon: 1 << 10}
	named := regexp.MustCompile(`^/assets/(site|icon)\.[0-9a-f]{12}\.(css|js|svg)$`)
	for i, f := range first.Files() {
		if f.Path != second.Files()[i].Path {
			t.Errorf("%s and %s: the name is not stable", f.Path, second.Files()[i].Path)
		}
		if !named.MatchString(f.Path) {
			t.Errorf("%s: unexpected name", f.Path)
		}
		if limit, ok := caps[f.Path]; !ok || len(f.Brotli) > limit {
			t.Errorf("%s: %d bytes in brotli, at most %d", f.Path, len(f.Brotli), limit)
		}
		t.Logf("%s: %d plain, %d gzip, %d brotli", f.Path, len(f.Body), len(f.Gzip), len(f.Brotli))
	}
}

func TestCompressedFilesHoldTheBody(t *testing.T) {
	t.Parallel()
	for _, f := range mustLoad(t).Files() {
		gz, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Fatal(err)
		}
		for name, r := range map[string]io.Reader{"gzip": gz, "brotli": brotli.NewReader(bytes.NewReader(f.Brotli))} {
			if body, err := io.ReadAll(r); err != nil || !bytes.Equal(body, f.Body) {
				t.Errorf("%s in %s: %v, or another body", f.Path, name, err)
			}
		}
	}
}

func TestTheNameFollowsTheContent(t *testing.T) {
	t.Parallel()
	a, err := pack("site", "css", "text/css", []byte("a{}"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := pack("site", "css", "text/css", []byte("b{}"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Path == b.Path || a.ETag == b.ETag {
		t.Errorf("%s for two contents", a.Path)
	}
}

// Chromium 109 knows no nesting, and nothing is fetched from anywhere.
func TestStyleSheetIsFlatAndFetchesNothing(t *testing.T) {
	t.Parallel()
	css := string(mustLoad(t).Files()[0].Body)
	if !strings.HasPrefix(css, "@layer reset,base,component,page;") {
		t.Errorf("the order of the layers does not come first: %.60s", css)
	}
	if strings.Contains(css, "url(") || strings.Contains(css, "@import") {
		t.Error("the style sheet fetches something")
	}
	var rules []bool // of the open blocks: is it a rule with declarations?
	var head strings.Builder
	for _, r := range css {
		switch r {
		case '{':
			rule := !regexp.MustCompile(`^@(layer|media|supports)`).MatchString(strings.TrimSpace(head.String()))
			if rule && len(rules) > 0 && rules[len(rules)-1] {
				t.Errorf("nested rule: %s", head.String())
			}
			rules = append(rules, rule)
			head.Reset()
		case '}':
			if len(rules) == 0 {
				t.Fatal("a brace too many")
			}
			rules = rules[:len(rules)-1]
			head.Reset()
		case ';':
			head.Reset()
		default:
			head.WriteRune(r)
		}
	}
	if len(rules) != 0 {
		t.Errorf("%d blocks are not closed", len(rules))
	}
}

func TestScriptHasNoEval(t *testing.T) {
	t.Parallel()
	js := string(mustLoad(t).Files()[1].Body)
	for _, word := range []string{"eval(", "innerHTML", "new Function", "//"} {
		if strings.Contains(js, word) {
			t.Errorf("the script holds %s", word)
		}
	}
}

// A class that no style sheet names is a slip, in the page or in the style sheet.
func TestEveryClassOfThePagesHasAStyle(t *testing.T) {
	t.Parallel()
	css := string(mustLoad(t).Files()[0].Body)
	attribute := regexp.MustCompile(`class="([^"]*)"`)
	expression := regexp.MustCompile(`class=\{([^}]*)\}`)
	literal := regexp.MustCompile(`"([a-z -]+)"`)
	check := func(file, classes string) {
		for _, class := range strings.Fields(classes) {
			if !regexp.MustCompile(`\.` + regexp.QuoteMeta(class) + `\b`).MatchString(css) {
				t.Errorf("%s: no style for class %s", file, class)
			}
		}
	}
	pages := os.DirFS("..")
	err := fs.WalkDir(pages, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".templ" {
			return err
		}
		text, err := fs.ReadFile(pages, name)
		for _, m := range attribute.FindAllStringSubmatch(string(text), -1) {
			check(name, m[1])
		}
		for _, m := range expression.FindAllStringSubmatch(string(text), -1) {
			for _, l := range literal.FindAllStringSubmatch(m[1], -1) {
				check(name, l[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
