package desk_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
)

// find is how many applications an administrator finds.
func (w *world) find(typed string) int {
	w.t.Helper()
	f, problems := portal.ParseFilter(typed)
	if len(problems) > 0 {
		w.t.Fatal(problems)
	}
	admin, _ := portal.MintAdmin(portal.Standing{Memberships: []portal.Membership{{Role: portal.RoleAdmin}}}, w.visit())
	office, err := w.desk.AllApplications(w.t.Context(), admin, desk.Listing{Filter: f, Order: portal.Newest})
	w.must(err)
	if len(office.Applications) != min(office.Total, 50) {
		w.t.Errorf("%q: %d are shown of %d", typed, len(office.Applications), office.Total)
	}
	return office.Total
}

// exec runs SQL as the owner.
func (w *world) exec(sql string) {
	w.t.Helper()
	conn, err := pgx.Connect(w.t.Context(), w.owner)
	w.must(err)
	defer conn.Close(w.t.Context())
	_, err = conn.Exec(w.t.Context(), sql)
	w.must(err)
}

// TestTellAnew: what an older program told of an application is told again from the version.
func TestTellAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	applicant := w.applicant("a@x.invalid")
	w.submit(applicant(), 5)
	if n := w.find("技术要素"); n != 1 {
		t.Fatalf("%d are found", n)
	}
	w.exec(`UPDATE application_text SET text = '', leader = '', unit = '', tokens = '{}', tokenizer = 0`)
	if n := w.find("技术要素"); n != 0 {
		t.Fatalf("%d are found by nothing", n)
	}
	w.must(desk.TellAnew(t.Context(), w.store, w.system()))
	for _, typed := range []string{"技术要素", "负责人:zyj", "单位:示范大学", "05-0001"} {
		if n := w.find(typed); n != 1 {
			t.Errorf("%d are found by %q afterwards", n, typed)
		}
	}
}

// TestSeed: words stand as often as they should, what is listed can be opened, numbers go on
// behind, and nothing real is touched.
func TestSeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(desk.Seed(t.Context(), w.owner, slug, 2000, w.store.Now()))
	for typed, want := range map[string]int{"": portal.CountMax + 1, desk.SeedCommon: 600, desk.SeedSeldom: 20, desk.SeedRare: 2, desk.SeedRare + " 指南:2": 0, "指南:1": 200} {
		if n := w.find(typed); n != want {
			t.Errorf("%d are found by %q, want %d", n, typed, want)
		}
	}
	contact := w.contact("c@x.invalid", 1)
	box, err := w.desk.Inbox(t.Context(), contact(), desk.Listing{Order: portal.Newest})
	w.must(err)
	if box.Total != 200 {
		t.Fatalf("the contact has %d", box.Total)
	}
	if _, err := w.desk.Dossier(t.Context(), contact(), box.Applications[0].Ref); err != nil {
		t.Errorf("what was made up cannot be opened: %v", err)
	}
	ref := w.submit(w.applicant("a@x.invalid")(), 1)
	if a, err := w.desk.Locate(t.Context(), contact(), "2023-RKX1-01-0201"); err != nil || a != ref {
		t.Errorf("the next number: %s, %v", a, err)
	}
	if err := desk.Seed(t.Context(), w.owner, slug, 1, w.store.Now()); err == nil {
		t.Error("it fills what is not fresh")
	}
	fresh := newWorld(t)
	fresh.applicant("real@example.org")
	if err := desk.Seed(t.Context(), fresh.owner, slug, 1, fresh.store.Now()); err == nil {
		t.Error("it makes applications up beside real people")
	}
}
