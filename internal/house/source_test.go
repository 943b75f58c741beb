package house

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

// place is where something otherwise forbidden is allowed, and why.
type place struct{ path, why string }

// minters are the rooms that may make actors. A constructor that is not named here falls under the prefix Mint.
var minters = []struct {
	name   string // of the constructor, or the beginning of it
	places []place
}{
	{"MintSystem", []place{{"internal/job", "work without a person"}, {"cmd/portal", "commands of the operator"}}},
	{"Mint", []place{{"internal/auth", "it has looked at the session"}}},
}

// clocks are where the process's own clock may be read. Elsewhere time comes in as a value: a deadline is the
// database's to judge, and a test or a preview must be able to set it.
var clocks = []place{
	{"cmd", "measures its own start"},
	{"internal/job", "backs off and schedules"},
	{"internal/postgres/clock.go", "measures how far the process is from the database"},
	{"internal/postgres/cluster", "waits for a server to come up"},
	{"internal/server/observe.go", "measures how long a request took"},
}

// sqlClock is the one file whose SQL asks the database for the time; tests and previews replace what it answers.
const sqlClock = "internal/postgres/clock.go"

// sqlTime matches every way in which SQL reads a clock.
var sqlTime = regexp.MustCompile(`(?i)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)|` +
	`\b(current_timestamp|current_date|current_time|localtimestamp)\b`)

// Silenced checks and the forms in which they give their reason.
var (
	silencer = regexp.MustCompile(`^//\s*(nolint\b|lint:(file-)?ignore\b)`)
	reasoned = regexp.MustCompile(`^//(nolint:[\w,]+ // \S+ \S+.*|lint:(file-)?ignore [A-Z]+\d+(,[A-Z]+\d+)* \S+ \S+.*)$`)
)

var sourceRules = []rule{
	{name: "only auth makes actors, only jobs and commands make the system",
		todo: "take the actor as a parameter; a new door needs a row in `minters` and a reason",
		check: func(h *tree) []breach {
			var out []breach
			for _, s := range h.shipped() {
				out = append(out, selectors(s, module+"internal/portal", func(name string) string {
					if mayMint(s.path, name) {
						return ""
					}
					return "portal." + name + " is not this room's to call"
				})...)
			}
			return out
		},
		bad: []fixture{
			{"!internal/server/a.go": `package server; import "softsci/internal/portal"; var _ = portal.MintAdmin()`},
			{"!internal/server/a.go": `package server; import p "softsci/internal/portal"; var _ = p.MintVisitor`},
			{"!internal/server/a.go": `package server; import . "softsci/internal/portal"`},
			{"!internal/desk/a.go": `package desk; import "softsci/internal/portal"; var _ = portal.MintSystem()`},
			{"!internal/auth/a.go": `package auth; import "softsci/internal/portal"; var _ = portal.MintSystem()`},
			{"!internal/postgres/a.go": `package postgres; import "softsci/internal/portal"; var _ = portal.MintSystem()`},
			{"!cmd/portal/a.go": `package main; import "softsci/internal/portal"; var _ = portal.MintApplicant()`},
		},
		good: []fixture{
			{"internal/auth/a.go": `package auth; import "softsci/internal/portal"; var _ = portal.MintAdmin()`},
			{"internal/job/a.go": `package job; import "softsci/internal/portal"; var _ = portal.MintSystem()`},
			{"cmd/portal/a.go": `package main; import "softsci/internal/portal"; var _ = portal.MintSystem()`},
			{"internal/postgres/a_test.go": `package postgres; import "softsci/internal/portal"; var _ = portal.MintAdmin()`},
			{"internal/pgtest/a.go": `package pgtest; import "softsci/internal/portal"; var _ = portal.MintAdmin()`},
			{"internal/server/a.go": `package server; import ( portal "softsci/internal/desk"; other "softsci/internal/portal" ); var _ = portal.MintX + other.Minute`},
		}},

	{name: "the process's clock is read in few places",
		todo: "take the time as a parameter (server and desk get database time from postgres); a new clock needs a row in `clocks` and a reason",
		check: func(h *tree) []breach {
			var out []breach
			for _, s := range h.shipped() {
				if allowed(s.path, clocks) {
					continue
				}
				out = append(out, selectors(s, "time", func(name string) string {
					if name == "Now" || name == "Since" || name == "Until" {
						return "time." + name + " reads the clock"
					}
					return ""
				})...)
			}
			return out
		},
		bad: []fixture{
			{"!internal/desk/a.go": `package desk; import "time"; var _ = time.Now()`},
			{"!internal/desk/a.go": `package desk; import "time"; var clock = time.Now`},
			{"!internal/desk/a.go": `package desk; import t "time"; func f(x t.Time) any { return t.Since(x) }`},
			{"!internal/desk/a.go": `package desk; import . "time"; var _ = Now()`},
			{"!internal/postgres/topic.go": `package postgres; import "time"; func f(x time.Time) any { return time.Until(x) }`},
		},
		good: []fixture{
			{"internal/postgres/clock.go": `package postgres; import "time"; var _ = time.Now()`},
			{"internal/job/a.go": `package job; import "time"; var _ = time.Now()`},
			{"internal/desk/a_test.go": `package desk; import "time"; var _ = time.Now()`},
			{"internal/desk/a.go": `package desk; import "time"; type clock struct{ Now func() time.Time }; func f(c clock) any { return c.Now() }`},
		}},

	{name: "SQL reads the clock in one file only",
		todo: "pass the moment as an argument: arrived_at, or the clock of " + sqlClock,
		check: func(h *tree) []breach {
			var out []breach
			for _, s := range h.shipped() {
				if s.path != sqlClock {
					out = append(out, clockLiterals(s)...)
				}
			}
			return out
		},
		bad: []fixture{
			{"!internal/postgres/topic.go": "package postgres\nconst q = `SELECT 1 WHERE opens_at <= now()`"},
			{"!internal/postgres/topic.go": "package postgres\nconst q = `select NOW ( )`"},
			{"!internal/postgres/topic.go": "package postgres\nconst q = \"SELECT clock_timestamp()\""},
			{"!internal/postgres/topic.go": "package postgres\nconst q = `INSERT INTO a VALUES (CURRENT_TIMESTAMP)`"},
			{"!internal/job/a.go": "package job\nvar q = \"SELECT 1 WHERE a < \" + \"current_date\""},
		},
		good: []fixture{
			{"internal/postgres/clock.go": "package postgres\nconst q = `SELECT clock_timestamp()`"},
			{"internal/postgres/a_test.go": "package postgres\nconst q = `SELECT now()`"},
			{"internal/postgres/topic.go": "package postgres\n// now() is not for us\nconst q = `SELECT known(), now_at`"},
			{"migrations/000001_a.up.sql": "CREATE TABLE a (t timestamptz DEFAULT now());"},
		}},

	{name: "a silenced check says why",
		todo: "write `//nolint:linter // reason in words` or `//lint:ignore CHECK reason in words`",
		check: func(h *tree) []breach {
			var out []breach
			for _, s := range h.sources {
				for _, group := range s.file.Comments {
					for _, c := range group.List {
						if silencer.MatchString(c.Text) && !reasoned.MatchString(c.Text) {
							out = append(out, breach{s.at(c.Pos()), c.Text})
						}
					}
				}
			}
			return out
		},
		bad: []fixture{
			{"!a/a.go": "package a\nvar x int //nolint"},
			{"!a/a.go": "package a\nvar x int // nolint:errcheck"},
			{"!a/a.go": "package a\nvar x int //nolint:errcheck // why"},
			{"!a/a_test.go": "package a\n//nolint:errcheck\nvar x int"},
			{"!a/a.go": "package a\n//lint:ignore SA4006\nvar x int"},
			{"!a/a.go": "package a\n//lint:file-ignore SA4006 because\nvar x int"},
		},
		good: []fixture{
			{"a/a.go": "package a\nvar x int //nolint:errcheck // the file is read only"},
			{"a/a.go": "package a\n//lint:ignore SA4006,ST1005 the text is a person's\nvar x int"},
			{"a/a_templ.go": "package a\n//lint:file-ignore SA4006 This context is only used by generated code.\nvar x int"},
			{"a/a.go": "package a\n// A nolint names its linter.\nvar x int"},
		}},
}

func allowed(name string, places []place) bool {
	for _, p := range places {
		if below(name, p.path) {
			return true
		}
	}
	return false
}

// mayMint reports whether the file may use a name of package portal. The first row that fits decides.
func mayMint(file, name string) bool {
	if below(file, "internal/portal") {
		return true
	}
	for _, m := range minters {
		if strings.HasPrefix(name, m.name) {
			return allowed(file, m.places)
		}
	}
	return true
}

// selectors judges every use of a package's exported names, under whatever name the file imports it. A dot import,
// which would hide the uses, is a breach by itself.
func selectors(s source, imported string, judge func(name string) string) []breach {
	local, dot := localName(s.file, imported)
	if dot != token.NoPos {
		return []breach{{s.at(dot), "a dot import of " + imported + " hides what is used of it"}}
	}
	var out []breach
	ast.Inspect(s.file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := selector.X.(*ast.Ident); ok && local != "" && x.Name == local {
			if what := judge(selector.Sel.Name); what != "" {
				out = append(out, breach{s.at(selector.Pos()), what})
			}
		}
		return true
	})
	return out
}

// localName is the name by which a file knows an imported package, or the place of its dot import.
func localName(file *ast.File, imported string) (string, token.Pos) {
	for _, spec := range file.Imports {
		name, _ := strconv.Unquote(spec.Path.Value) // the parser has seen that it is a string
		switch {
		case name != imported:
			continue
		case spec.Name == nil:
			return name[strings.LastIndex(name, "/")+1:], token.NoPos
		case spec.Name.Name == ".":
			return "", spec.Pos()
		default:
			return spec.Name.Name, token.NoPos
		}
	}
	return "", token.NoPos
}

func clockLiterals(s source) []breach {
	var out []breach
	ast.Inspect(s.file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if ok && literal.Kind == token.STRING {
			if found := sqlTime.FindString(literal.Value); found != "" {
				out = append(out, breach{s.at(literal.Pos()), found})
			}
		}
		return true
	})
	return out
}
