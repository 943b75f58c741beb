package server_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"softsci/internal/server"
)

var update = flag.Bool("update", false, "write the golden access matrix anew")

const matrixFile = "testdata/access.golden"

// TestAccessMatrix asks every route of the table as every kind of person, for the
// own and for another's object, and compares the answers with the reviewed matrix.
// A route that nobody reviewed fails here.
func TestAccessMatrix(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	people := []string{"visitor", "owner", "other", "contact5", "contact6", "admin"}
	fmt.Fprintf(&b, "%-5s %-52s", "", "")
	for _, p := range people {
		fmt.Fprintf(&b, " %-8s", p)
	}
	b.WriteString("\n")
	reading := newSite(t)
	for _, route := range server.Routes() {
		fmt.Fprintf(&b, "%-5s %-52s", route.Method, route.Pattern)
		t.Run(route.Method+" "+route.Pattern, func(t *testing.T) {
			s := reading
			if route.Method != http.MethodGet {
				s = newSite(t) // what one row does must not colour the next; it is gone with its row
			}
			for _, person := range people {
				fmt.Fprintf(&b, " %-8s", s.ask(route, person))
			}
		})
		b.WriteString("\n")
	}
	matches(t, matrixFile, strings.ReplaceAll(b.String(), " \n", "\n"))
}

// matches compares a matrix with its reviewed file.
func matches(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != got {
		t.Errorf("the access matrix has changed (%v); review it, then: go test ./internal/server -run %s -update\n%s", err, t.Name(), difference(string(want), got))
	}
}

// ask makes the request of a route as a person and says in a word what came back:
// the status, or "sign-in" for being sent there.
func (s *site) ask(route server.Route, person string) string {
	b := s.visitor()
	if person != "visitor" {
		b = s.as(person + "@x.invalid")
	}
	path := s.fillPattern(route, b)
	got := b.do(route.Method, path, strings.NewReader(""), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
	if strings.HasPrefix(got.location(), "/sign-in") {
		return "sign-in"
	}
	return fmt.Sprint(got.status)
}

// fillPattern puts real objects into a pattern: an application of owner to topic 5.
func (s *site) fillPattern(route server.Route, b *browser) string {
	ref := ""
	if strings.Contains(route.Pattern, "applications/{ref}") {
		ref = s.as("owner@x.invalid").application()
	}
	if strings.Contains(route.Pattern, "accounts/{ref}") {
		ref = s.accountRef("owner@x.invalid")
	}
	if strings.Contains(route.Pattern, "questions/{ref}") {
		ref = s.onlyQuestion()
	}
	return strings.NewReplacer("{slug}", slug, "{ordinal}", "5", "{ref}", ref, "{name}", name(route.Pattern, b), "{token}", "no-such-token", "{id}", "1", "{n}", "1", "{act}", "propose", "{key}", "no-such-key", "{kind}", "pledge",
		"{account}", s.otherRef(route.Pattern),
		"{file}", s.fileRef(route.Pattern, ref)).Replace(route.Pattern)
}

// onlyQuestion is the one question on topic 5, delivered.
func (s *site) onlyQuestion() (ref string) {
	if s.row(&ref, `SELECT COALESCE((SELECT ref FROM inquiry), '')`); ref == "" {
		return s.question()
	}
	return ref
}

// otherRef is the account that a pattern names within an application: its owner's.
func (s *site) otherRef(pattern string) string {
	if !strings.Contains(pattern, "{account}") {
		return ""
	}
	return s.accountRef("owner@x.invalid")
}

// fileRef is the one attachment of the owner's application.
func (s *site) fileRef(pattern, ref string) string {
	if !strings.Contains(pattern, "{file}") {
		return ""
	}
	href, _ := s.as("owner@x.invalid").get("/applications/" + ref + "/files").doc().Find(`main li a[href*="/files/"]`).Attr("href")
	return href[strings.LastIndexByte(href, '/')+1:]
}

func name(pattern string, b *browser) string {
	if strings.HasPrefix(pattern, "/assets/") {
		href, _ := b.get("/").doc().Find("link[rel=stylesheet]").Attr("href")
		return strings.TrimPrefix(href, "/assets/")
	}
	return "text"
}

// application is the owner's one submitted application to topic 5.
func (b *browser) application() string {
	link, ok := b.get("/applications").doc().Find(`main a[href^="/applications/"]`).Attr("href")
	if ok {
		return strings.Split(strings.TrimPrefix(link, "/applications/"), "/")[0]
	}
	return b.submit("5")
}

func (s *site) accountRef(email string) string {
	href, _ := s.as("admin@x.invalid").get("/admin/accounts?q=" + email).doc().Find(`main a[href^="/admin/accounts/"]`).Attr("href")
	return strings.TrimPrefix(href, "/admin/accounts/")
}

func difference(want, got string) string {
	old := strings.Split(want, "\n")
	var lines []string
	for _, line := range strings.Split(got, "\n") {
		if !slices.Contains(old, line) {
			lines = append(lines, "+ "+line)
		}
	}
	return strings.Join(lines, "\n")
}
