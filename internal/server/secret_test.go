package server_test

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

// asksNumbers makes the batch collect the leaders' identity numbers.
func (s *site) asksNumbers() {
	s.t.Helper()
	s.asOwner(`SET session_replication_role = replica`, `UPDATE batch_version SET rules = rules || '{"id_number": true}'`)
}

// asOwner does to the database what the portal's roles may not.
func (s *site) asOwner(statements ...string) {
	s.t.Helper()
	conn, err := pgx.Connect(s.t.Context(), s.owner)
	s.must(err)
	defer conn.Close(s.t.Context())
	for _, sql := range statements {
		_, err := conn.Exec(s.t.Context(), sql)
		s.must(err)
	}
}

// leaderOf are the answers about a leader with that identity number.
func leaderOf(number string) map[string]string {
	answers := maps.Clone(sample.Answers(portal.Topic{})[proposal.Leader])
	answers["birth"], answers[proposal.FieldIDNumber] = "1949-12", number
	return answers
}

// holders are the tables that hold a text somewhere, in whatever column.
func (s *site) holders(text string) (tables []string) {
	s.t.Helper()
	conn, err := pgx.Connect(s.t.Context(), s.owner)
	s.must(err)
	defer conn.Close(s.t.Context())
	rows, err := conn.Query(s.t.Context(), `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`)
	s.must(err)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	s.must(err)
	for _, table := range all {
		var holds bool
		s.must(conn.QueryRow(s.t.Context(), `SELECT EXISTS (SELECT FROM `+table+` r WHERE strpos(r::text, $1) > 0 OR strpos(r::text, $2) > 0)`,
			text, hex.EncodeToString([]byte(text))).Scan(&holds))
		if holds {
			tables = append(tables, table)
		}
	}
	return tables
}

// TestIDNumberIsStoredSealed: wherever a number was typed, no column of the database holds
// it; the check knows it all the same, and so does whoever takes it over.
func TestIDNumberIsStoredSealed(t *testing.T) {
	t.Parallel()
	const number, covered = "11010519491231002X", "110105********002X"
	s := newSite(t)
	s.asksNumbers()
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	b.fill(ref)
	leader := "/applications/" + ref + "/sections/leader"
	wrong := leaderOf(number)
	wrong["birth"] = "1980-05"
	b.save(ref, proposal.Leader, "1", wrong)
	if got := b.get(leader).text(); !strings.Contains(got, "出生年月不一致") {
		t.Errorf("the check does not know the number: %s", got)
	}
	b.save(ref, proposal.Leader, "2", leaderOf(covered))
	b.post("/applications/" + ref + "/profile")
	if got := b.send(ref, "leader", "3"); got.location() != "/applications/"+ref+"/receipt" {
		t.Fatalf("submitted: %d %s", got.status, got.text())
	}
	b.post("/applications/" + ref + "/edit")
	b.post(leader+"/revisions/2", "revision", "3")
	if got := b.get(leader + "/revisions/2"); got.status != http.StatusOK || !strings.Contains(got.text(), "与现在的内容相同") {
		t.Errorf("the same number counts as changed: %d %s", got.status, got.text())
	}
	next := b.begin("6")
	b.post("/applications/"+next+"/copy", "from", ref)
	if got := b.get("/applications/" + next + "/sections/leader"); !strings.Contains(got.body, covered) {
		t.Error("a copy lost the number")
	}
	var export desk.Export
	s.must(json.Unmarshal([]byte(b.get("/account/data.json").body), &export))
	for _, app := range export.Applications {
		if got := app.Sections[proposal.Leader][proposal.FieldIDNumber]; got != covered {
			t.Errorf("%s is exported with %q", app.Ref, got)
		}
	}
	s.clock.set(s.clock.Now().Add(31 * time.Minute))
	kept := b.save(ref, proposal.Leader, "4", leaderOf(number)).location()
	if tables := s.holders(number); len(tables) != 0 {
		t.Errorf("the number lies open in %q", tables)
	}
	tables := s.holders("sealed:v1:")
	slices.Sort(tables)
	if !slices.Equal(tables, []string{"public.kept_post", "public.section", "public.version"}) {
		t.Errorf("seals stand in %q", tables)
	}
	to, err := url.Parse(kept)
	s.must(err)
	again := s.as("owner@x.invalid")
	if got := again.get(to.Query().Get("next")).text(); !strings.Contains(got, covered) || strings.Contains(got, number) {
		t.Errorf("what was kept reads %s", got)
	}
	if got := again.post(to.Query().Get("next")); got.status != http.StatusSeeOther || strings.Contains(s.log.String(), number) {
		t.Errorf("what was kept is not saved, or the log tells the number: %d %s", got.status, got.text())
	}
}

// TestOpenNumbersAreRead: what was stored before there were seals is read, and sealed when
// it is saved again; nobody opens another's seal by typing it.
func TestOpenNumbersAreRead(t *testing.T) {
	t.Parallel()
	const number, covered = "11010519491231002X", "110105********002X"
	s := newSite(t)
	s.asksNumbers()
	b := s.as("owner@x.invalid")
	ref := b.begin("5")
	b.save(ref, proposal.Leader, "0", leaderOf(number))
	var seal string
	s.row(&seal, `SELECT answers ->> 'id_number' FROM section WHERE name = 'leader'`)
	s.asOwner(`UPDATE section SET answers = answers || '{"id_number": "` + number + `"}' WHERE name = 'leader'`)
	leader := "/applications/" + ref + "/sections/leader"
	if got := b.get(leader); !strings.Contains(got.body, covered) {
		t.Error("an open number is not read")
	}
	b.save(ref, proposal.Leader, "1", leaderOf(covered))
	var now string
	if s.row(&now, `SELECT answers ->> 'id_number' FROM section WHERE name = 'leader' ORDER BY revision DESC LIMIT 1`); now != seal || !strings.HasPrefix(seal, "sealed:v1:") {
		t.Errorf("saved again it stands as %q", now)
	}
	other := s.as("other@x.invalid")
	theirs := other.begin("5")
	other.save(theirs, proposal.Leader, "0", leaderOf(seal))
	if got := other.get("/applications/" + theirs + "/sections/leader"); strings.Contains(got.body, covered) || !strings.Contains(got.body, "****") {
		t.Error("a typed seal was opened")
	}
}
