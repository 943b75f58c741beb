package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// office takes submissions as the portal does; a draft that it was not asked for, or twice, it refuses.
func office(t *testing.T, location string) (address string, seen *[]string) {
	t.Helper()
	seen = new([]string)
	turn := make(chan struct{}, 1)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		turn <- struct{}{}
		defer func() { <-turn }()
		ref, ok := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/applications/"), "/submission")
		cookie, err := r.Cookie("session")
		if !ok || err != nil || r.PostFormValue("pledge") != proposal.PledgeVersion || r.PostFormValue("revision.text") != "1" || slices.Contains(*seen, ref+cookie.Value) {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		*seen = append(*seen, ref+cookie.Value)
		http.Redirect(w, r, strings.ReplaceAll(location, "REF", ref), http.StatusSeeOther)
	}))
	t.Cleanup(s.Close)
	return s.Listener.Addr().String(), seen
}

func TestRushSubmitsEachDraftOnce(t *testing.T) {
	t.Parallel()
	address, seen := office(t, "/applications/REF/receipt")
	got, err := rush(t.Context(), address, 3, 100, time.Minute)
	if err != nil || got.requests != 100 || len(*seen) != 100 || !slices.Contains(*seen, "bench1000065bench-01") {
		t.Errorf("%+v, %v, %d submissions", got, err, len(*seen))
	}
}

func TestRushRefusesOtherAnswers(t *testing.T) {
	t.Parallel()
	address, _ := office(t, "/applications/REF/check")
	if _, err := rush(t.Context(), address, 2, 100, time.Minute); err == nil || !strings.Contains(err.Error(), "/check") {
		t.Error(err)
	}
}

func TestTallyOf(t *testing.T) {
	t.Parallel()
	begin := time.Unix(100, 0)
	at := func(milli, took time.Duration) done {
		return done{begin.Add(milli * time.Millisecond), took * time.Millisecond}
	}
	got := tallyOf([]done{at(10, 20), at(30, 20), at(900, 40), at(2000, 10)}, begin, begin.Add(2*time.Second))
	if got.requests != 4 || got.rate != 1 || got.p50 != 40*time.Millisecond {
		t.Errorf("%+v", got)
	}
}

func TestAlternate(t *testing.T) {
	t.Parallel()
	turns := ""
	side := func(name string, rate float64) run {
		return func(context.Context) (tally, error) {
			turns += name
			return tally{requests: 2, rate: rate}, nil
		}
	}
	got, err := alternate(t.Context(), side("f", 8), side("a", 4), side("b", 2))
	if err != nil || turns != strings.Repeat("afb", rounds) || got[0].ratio != 0.5 || got[1].ratio != 0.25 || got[0].requests != 2*rounds {
		t.Errorf("%s, %+v, %v", turns, got, err)
	}
	if _, err := alternate(t.Context(), side("f", 0), side("a", 4)); err == nil {
		t.Error("a round without an answer counted")
	}
}

func TestReadLog(t *testing.T) {
	t.Parallel()
	got, err := readLog(strings.NewReader("0 199 2241 0 1175850568 995598\n1 0 2500000 0 1175850569 22"))
	want := []done{{time.Unix(1175850568, 995598000), 2241 * time.Microsecond}, {time.Unix(1175850569, 22000), 2500 * time.Millisecond}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := readLog(strings.NewReader("0 0 skipped 0 1 2\n")); err == nil {
		t.Error("a transaction that was skipped counted")
	}
}

func TestScriptIsWhole(t *testing.T) {
	t.Parallel()
	text := scriptText("CASE WHEN :ordinal = 1 THEN 2 END")
	for word, times := range map[string]int{"INSERT INTO": 9, "%!": 0, "BEGIN;": 1, "COMMIT;": 1, ":account, :mine_address": 1, ":contact, :theirs_address": 1} {
		if n := strings.Count(text, word); n != times {
			t.Errorf("%q stands %d times in\n%s", word, n, text)
		}
	}
}

func TestRowsOfARoundMustAgree(t *testing.T) {
	t.Parallel()
	right := written{Submitted: 3, Versions: 3, Told: 3, Events: 3, Counted: 3, Messages: 6, Jobs: 9}
	if err := right.holds(3); err != nil {
		t.Error(err)
	}
	gap := right
	gap.Wrong = 1
	if right.holds(2) == nil || gap.holds(3) == nil {
		t.Error("a row too many or a gap was not seen")
	}
}

func TestDraftsAreComplete(t *testing.T) {
	t.Parallel()
	topic := portal.Topic{Ordinal: 3, Title: "题目"}
	all, err := answersTo(topic)
	if err != nil {
		t.Fatal(err)
	}
	var saved []portal.Section
	for name, answers := range all {
		saved = append(saved, portal.Section{Name: name, Answers: answers, Revision: 1})
	}
	if problems := proposal.Problems(proposal.Fill(portal.Application{Rules: portal.DefaultRules()}, topic, saved)); len(problems) > 0 {
		t.Error(problems)
	}
}
