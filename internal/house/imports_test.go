package house

import (
	"strconv"
	"strings"
)

// module is what import paths of ours begin with.
const module = "softsci/"

// room is one row of the import table: what the packages in its folder may import directly, besides the standard
// library and each other.
type room struct {
	dir    string
	ours   []string // rooms
	others []string // modules, or packages of them
	not    []string // of the standard library
}

// rooms is the table of the README's "Architecture". The more particular folder stands above the general one. That
// server cannot see postgres is what makes the checks of desk unavoidable.
var rooms = []room{
	{dir: "internal/portal",
		others: []string{"golang.org/x/text", "github.com/mozillazg/go-pinyin"},
		not:    []string{"net/http", "database/sql"}},
	{dir: "internal/guideline",
		ours:   []string{"internal/portal"},
		others: []string{"golang.org/x/text", "golang.org/x/net", "github.com/richardlehane/mscfb"},
		not:    []string{"net/http", "database/sql"}},
	{dir: "internal/form",
		ours: []string{"internal/portal"},
		not:  []string{"database/sql"}},
	{dir: "internal/postgres",
		ours:   []string{"internal/portal", "migrations"},
		others: []string{"github.com/jackc/pgx/v5", "github.com/golang-migrate/migrate/v4", "github.com/riverqueue/river", "golang.org/x/sys"},
		not:    []string{"net/http"}},
	{dir: "internal/desk",
		ours: []string{"internal/portal", "internal/postgres", "internal/guideline", "internal/mail", "internal/form", "internal/proposal", "internal/seal"},
		not:  []string{"net/http", "database/sql"}},
	{dir: "internal/proposal",
		ours: []string{"internal/portal", "internal/form"},
		not:  []string{"net/http", "database/sql"}},
	{dir: "internal/job",
		ours:   []string{"internal/portal", "internal/postgres", "internal/desk", "internal/mail", "internal/document", "internal/paper"},
		others: []string{"github.com/riverqueue/river", "github.com/jackc/pgx/v5"}},
	{dir: "internal/mail",
		ours:   []string{"internal/portal"},
		others: []string{"github.com/wneessen/go-mail"}},
	{dir: "internal/document",
		ours:   []string{"internal/portal", "internal/seal"},
		others: []string{"github.com/signintech/gopdf", "github.com/skip2/go-qrcode", "github.com/xuri/excelize/v2", "golang.org/x/text", "golang.org/x/image"}},
	{dir: "internal/paper",
		ours: []string{"internal/portal", "internal/proposal", "internal/document"},
		not:  []string{"net/http", "database/sql"}},
	{dir: "internal/auth",
		ours:   []string{"internal/portal"},
		others: []string{"github.com/alexedwards/scs/v2", "golang.org/x/crypto", "golang.org/x/sync"}},
	{dir: "internal/server",
		ours: []string{"internal/portal", "internal/desk", "internal/form", "internal/proposal", "internal/auth", "internal/document", "internal/paper", "web"},
		others: []string{"github.com/go-chi/chi/v5", "github.com/go-chi/httprate", "github.com/a-h/templ", "github.com/alexedwards/scs/v2",
			"github.com/klauspost/compress", "github.com/andybalholm/brotli", "golang.org/x/sync", "golang.org/x/text"},
		not: []string{"database/sql"}},
	{dir: "web/asset", // compresses its files once at start
		others: []string{"github.com/klauspost/compress", "github.com/andybalholm/brotli"},
		not:    []string{"net/http", "database/sql"}},
	{dir: "web",
		ours:   []string{"internal/portal", "internal/form"},
		others: []string{"github.com/a-h/templ"},
		not:    []string{"net/http", "database/sql"}},
	{dir: "internal/clamd"},
	{dir: "internal/seal"},
	{dir: "internal/config"},
	{dir: "migrations"},
	{dir: "cmd/portal",
		ours: []string{"internal/portal", "internal/guideline", "internal/postgres", "internal/desk", "internal/server",
			"internal/job", "internal/mail", "internal/document", "internal/auth", "internal/form", "internal/config", "internal/clamd", "migrations", "web"},
		others: []string{"github.com", "golang.org"}},
}

var importRules = []rule{
	{name: "a room imports only what the table of rooms allows",
		todo: "move the code to the room that may, or ask that room for a verb; to change the plan, change `rooms` here and the README's Architecture",
		check: func(h *tree) []breach {
			var out []breach
			for _, s := range h.shipped() {
				out = append(out, checkImports(s)...)
			}
			return out
		},
		bad: []fixture{
			{"!internal/server/a.go": `package server; import _ "softsci/internal/postgres"`},
			{"!internal/server/a.go": `package server; import _ "github.com/jackc/pgx/v5/pgxpool"`},
			{"!internal/desk/a.go": `package desk; import _ "net/http"`},
			{"!internal/desk/a.go": `package desk; import _ "net/http/httptest"`},
			{"!internal/desk/a.go": `package desk; import _ "softsci/internal/job"`},
			{"!web/page/public/a.go": `package public; import _ "softsci/internal/desk"`},
			{"!web/page/public/a_templ.go": `package public; import _ "net/http"`},
			{"!internal/portal/a.go": `package portal; import _ "softsci/internal/form"`},
			{"!internal/portal/a_windows.go": `package portal; import _ "example.com/x"`},
			{"!internal/portal/a.go": `package portal; import _ "golang.org/x/textile"`},
			{"!internal/postgres/cluster/a.go": `package cluster; import _ "softsci/internal/desk"`},
			{"!internal/config/a.go": `package config; import _ "softsci/internal/portal"`},
			{"!cmd/portal/main.go": `package main; import _ "softsci/internal/pgtest"`},
			{"!web/page/public/a.go": `package public; import _ "softsci/internal/pagetest"`},
			{"!internal/util/a.go": `package util`},
			{"!a.go": `package main`},
		},
		good: []fixture{
			{"internal/server/a.go": `package server; import ( _ "net/http"; _ "softsci/internal/desk"; _ "softsci/web/page/public" )`},
			{"internal/server/a_test.go": `package server; import _ "softsci/internal/postgres"`},
			{"internal/portal/a.go": `package portal; import ( _ "golang.org/x/text/width"; _ "time" )`},
			{"internal/postgres/a.go": `package postgres; import ( _ "softsci/internal/postgres/cluster"; _ "softsci/migrations" )`},
			{"internal/desk/a.go": `package desk; import ( _ "softsci/internal/proposal"; _ "net/netip" )`},
			{"internal/job/a.go": `package job; import ( _ "softsci/internal/mail"; _ "softsci/internal/desk" )`},
			{"internal/bench/a.go": `package main; import ( _ "softsci/internal/pgtest"; _ "example.com/x" )`},
			{"testdata/a.go": `package broken; import _ "example.com/x"`},
		}},
}

func checkImports(s source) []breach {
	row, ok := roomOf(s.dir())
	if !ok {
		return []breach{{s.path, "the table knows no room " + s.dir()}}
	}
	var out []breach
	for _, spec := range s.file.Imports {
		name, _ := strconv.Unquote(spec.Path.Value) // the parser has seen that it is a string
		if !row.allows(name) {
			out = append(out, breach{s.at(spec.Pos()), row.dir + " may not import " + name})
		}
	}
	return out
}

func roomOf(dir string) (room, bool) {
	for _, r := range rooms {
		if below(dir, r.dir) {
			return r, true
		}
	}
	return room{}, false
}

func (r room) allows(name string) bool {
	if ours, ok := strings.CutPrefix(name, module); ok {
		row, known := roomOf(ours)
		return known && (below(row.dir, r.dir) || belowAny(row.dir, r.ours))
	}
	if first, _, _ := strings.Cut(name, "/"); strings.Contains(first, ".") {
		return belowAny(name, r.others)
	}
	return !belowAny(name, r.not)
}
