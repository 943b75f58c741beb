package house

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// topLevel is all that may lie at the top besides dot-files.
var topLevel = []string{"cmd", "internal", "web", "migrations", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE"}

// migrationName is the form of a migration's name; schema.sql is the dump for readers and none.
var migrationName = regexp.MustCompile(`^(\d{6})_([a-z0-9_]+)\.(up|down)\.sql$`)

// Parts of a migration in which a word is not a statement.
var notStatements = []*regexp.Regexp{
	regexp.MustCompile(`(?s)/\*.*?\*/`),
	regexp.MustCompile(`--[^\n]*`),
	regexp.MustCompile(`(?s)'(?:[^']|'')*'`),
}

// dollarQuote begins or ends a quoted body, in which PL/pgSQL writes its own BEGIN.
var dollarQuote = regexp.MustCompile(`\$(?:[A-Za-z_]\w*)?\$`)

// transactionWords begin the statements that would end the transaction in which a migration is sent.
var transactionWords = []string{"BEGIN", "COMMIT", "ROLLBACK", "START", "END", "ABORT", "SAVEPOINT", "RELEASE"}

var layoutRules = []rule{
	{name: "the top level holds only what the README names",
		todo: "put the file into the room it belongs to; data of a package lies beside it",
		check: func(h *tree) []breach {
			seen := map[string]bool{}
			for _, name := range h.tracked {
				first, _, _ := strings.Cut(name, "/")
				if !strings.HasPrefix(first, ".") && !slices.Contains(topLevel, first) {
					seen[first] = true
				}
			}
			var out []breach
			for name := range seen {
				out = append(out, breach{name, "does not belong at the top"})
			}
			return out
		},
		bad: []fixture{
			{"!notes.txt": "", "README.md": ""},
			{"!main.go": "package main", "go.mod": ""},
			{"!Dockerfile": "", "LICENSE": ""},
		},
		good: []fixture{
			{"README.md": "", ".ci/run": "", ".gitignore": "", "internal/notes.txt": "", "cmd/portal/main.go": "package main"},
		}},

	{name: "migrations are numbered without gaps, each with its way back",
		todo: "rename the pair to the next number, NNNNNN_name.up.sql and NNNNNN_name.down.sql",
		check: func(h *tree) []breach {
			return checkNumbers(migrationFiles(h))
		},
		bad: []fixture{
			{"migrations/000001_a.up.sql": "", "migrations/000001_a.down.sql": "", "!migrations/000003_b.up.sql": "", "!migrations/000003_b.down.sql": ""},
			{"!migrations/000002_a.up.sql": "", "!migrations/000002_a.down.sql": ""},
			{"!migrations/000001_a.up.sql": ""},
			{"!migrations/000001_a.down.sql": ""},
			{"!migrations/000001_a.up.sql": "", "!migrations/000001_b.down.sql": ""},
			{"migrations/000001_a.up.sql": "", "migrations/000001_a.down.sql": "", "!migrations/000001_b.up.sql": "", "!migrations/000001_b.down.sql": ""},
			{"!migrations/1_a.up.sql": ""},
			{"!migrations/seed.sql": ""},
		},
		good: []fixture{
			{"migrations/schema.sql": "", "migrations/000001_a.up.sql": "", "migrations/000001_a.down.sql": "",
				"migrations/000002_b.up.sql": "", "migrations/000002_b.down.sql": "", "migrations/migrations.go": "package migrations"},
		}},

	{name: "a migration leaves the transaction alone",
		todo: "remove BEGIN and COMMIT: each file is sent as one implicit transaction, which is what makes `migrate force` safe",
		check: func(h *tree) []breach {
			var out []breach
			for _, name := range migrationFiles(h) {
				text, err := fs.ReadFile(h.files, name)
				if err != nil {
					out = append(out, breach{name, err.Error()})
				}
				for _, word := range firstWords(string(text)) {
					if slices.Contains(transactionWords, word) {
						out = append(out, breach{name, "a statement begins with " + word})
					}
				}
			}
			return out
		},
		bad: []fixture{
			{"!migrations/000001_a.up.sql": "BEGIN;\nCREATE TABLE a ();\nCOMMIT;"},
			{"!migrations/000001_a.up.sql": "CREATE TABLE a ();\n  commit ;"},
			{"!migrations/000001_a.down.sql": "-- a comment\nSTART TRANSACTION; DROP TABLE a;"},
			{"!migrations/000001_a.up.sql": "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$; COMMIT;"},
		},
		good: []fixture{
			{"migrations/000001_a.up.sql": "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$\nBEGIN\n  x := 'a;'; END;\n$body$;\n-- COMMIT;\n/* BEGIN; */\nINSERT INTO a VALUES ('it''s; BEGIN;');"},
			{"migrations/000001_a.up.sql": "-- it's a comment with a quote\nCREATE TABLE begin_of_term (start date);"},
		}},
}

// migrationFiles are the paths of all SQL files of the migrations but the dump.
func migrationFiles(h *tree) []string {
	names, _ := fs.Glob(h.files, "migrations/*.sql") // the pattern is well formed
	return slices.DeleteFunc(names, func(name string) bool { return path.Base(name) == "schema.sql" })
}

// checkNumbers expects an up and a down for 1, 2, 3 and so on. fs.Glob has sorted the names.
func checkNumbers(names []string) []breach {
	var out []breach
	var last string
	next := 0
	for _, name := range names {
		parts := migrationName.FindStringSubmatch(path.Base(name))
		if parts == nil {
			out = append(out, breach{name, "is not named like a migration"})
			continue
		}
		stem := parts[1] + "_" + parts[2]
		if stem != last {
			last, next = stem, next+1
		}
		if n, err := strconv.Atoi(parts[1]); err != nil || n != next {
			out = append(out, breach{name, fmt.Sprintf("number %d is expected here", next)})
		}
		other := map[string]string{"up": "down", "down": "up"}[parts[3]]
		if twin := path.Join("migrations", stem+"."+other+".sql"); !slices.Contains(names, twin) {
			out = append(out, breach{name, "has no " + path.Base(twin)})
		}
	}
	return out
}

// firstWords are the words, in upper case, with which the statements of a migration begin.
func firstWords(text string) []string {
	text = withoutBodies(text)
	for _, pattern := range notStatements {
		text = pattern.ReplaceAllString(text, " ")
	}
	var words []string
	for statement := range strings.SplitSeq(text, ";") {
		if fields := strings.Fields(statement); len(fields) > 0 {
			words = append(words, strings.ToUpper(fields[0]))
		}
	}
	return words
}

// withoutBodies cuts out what stands between a dollar quote and its twin.
func withoutBodies(text string) string {
	var out strings.Builder
	for {
		open := dollarQuote.FindStringIndex(text)
		if open == nil {
			break
		}
		tag := text[open[0]:open[1]]
		end := strings.Index(text[open[1]:], tag)
		if end < 0 {
			break
		}
		out.WriteString(text[:open[0]])
		text = text[open[1]+end+len(tag):]
	}
	return out.String() + text
}
