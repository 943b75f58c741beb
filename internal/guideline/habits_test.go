package guideline

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// habit is a document as some department writes them, beside what a person read in it.
type habit struct {
	name, text string
	want       wanted
}

// wanted is a habit's .json: the fields a person writes down, and the findings that must not be missing, as code@topic.
type wanted struct {
	Proposal
	Findings []string `json:"findings"`
}

func mustHabits(t testing.TB) []habit {
	t.Helper()
	files, err := filepath.Glob("testdata/habits/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no habits: %v", err)
	}
	habits := make([]habit, len(files))
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		h := habit{name: strings.TrimSuffix(filepath.Base(file), ".txt"), text: string(text)}
		if err := json.Unmarshal(want, &h.want); err != nil {
			t.Fatalf("%s: %v", h.name, err)
		}
		habits[i] = h
	}
	return habits
}

// difference is a field that is not as wanted. Every one must be named by a finding: else it is a silent error.
type difference struct {
	topic     int // ordinal in the proposal; 0 for the call
	field     string
	got, want string
}

func (d difference) String() string {
	return fmt.Sprintf("%s@%d:\n got %s\nwant %s", d.field, d.topic, d.got, d.want)
}

// silent reports whether no finding names the field. A doubt about which topics there are speaks for whatever hangs on
// it.
func (d difference) silent(p Proposal) bool {
	return !slices.ContainsFunc(p.Findings, func(f Finding) bool {
		return f.Topic == d.topic && f.Field == d.field || d.topic == 0 && d.field == "groups" && f.Topic == 0 && f.Field == "topics"
	})
}

// tally counts the values of one field: those wanted, those read, and those that are both.
type tally struct{ wanted, read, right int }

// score compares a proposal with what was wanted.
type score struct {
	fields      map[string]*tally
	differences []difference
}

var fieldNames = []string{"title", "year", "plan", "category", "label", "groups", "topics", "number", "group", "topic title", "content", "deliverables", "contacts"}

// compare notes one field whose value is a list.
func (s *score) compare(counted string, d difference, got, want []string) {
	t := s.fields[counted]
	if t == nil {
		t = &tally{}
		s.fields[counted] = t
	}
	t.read += len(got)
	t.wanted += len(want)
	left := slices.Clone(want)
	for _, g := range got {
		if i := slices.Index(left, g); i >= 0 {
			left = slices.Delete(left, i, i+1)
			t.right++
		}
	}
	if !slices.Equal(got, want) {
		d.got, d.want = strings.Join(got, " + "), strings.Join(want, " + ")
		s.differences = append(s.differences, d)
	}
}

func one(value string) []string {
	if value == "" || value == "0" || value == "0 " {
		return nil
	}
	return []string{value}
}

func people(contacts []Contact) []string {
	var all []string
	for _, c := range contacts {
		all = append(all, cards([]Contact{c}))
	}
	return all
}

func (s *score) add(got, want Proposal) {
	call := func(field, got, want string) { s.compare(field, difference{field: field}, one(got), one(want)) }
	call("title", got.Title, want.Title)
	call("year", fmt.Sprint(got.Year), fmt.Sprint(want.Year))
	call("plan", got.Plan, want.Plan)
	call("category", got.Category, want.Category)
	call("label", got.Label, want.Label)
	s.compare("groups", difference{field: "groups"}, got.Groups, want.Groups)
	s.compare("contacts", difference{field: "contacts"}, people(got.CallContacts), people(want.CallContacts))
	pairs := paired(got.Topics, want.Topics)
	var read, wanted []string
	for _, t := range got.Topics {
		read = append(read, t.Title)
	}
	for _, t := range want.Topics {
		wanted = append(wanted, t.Title)
	}
	if len(read) != len(wanted) {
		s.compare("topics", difference{field: "topics"}, read, wanted)
	} else {
		s.fields["topics"] = s.fields["topics"].plus(len(read))
	}
	for _, pair := range pairs {
		s.topic(pair[0], pair[1])
	}
}

func (t *tally) plus(n int) *tally {
	if t == nil {
		t = &tally{}
	}
	return &tally{t.wanted + n, t.read + n, t.right + n}
}

func (s *score) topic(got, want Topic) {
	at := func(field string) difference { return difference{topic: got.Ordinal, field: field} }
	s.compare("number", at("number"), one(fmt.Sprint(got.Number, " ", got.Label)), one(fmt.Sprint(want.Number, " ", want.Label)))
	s.compare("group", at("group"), one(got.Group), one(want.Group))
	s.compare("topic title", at("title"), one(got.Title), one(want.Title))
	s.compare("content", at("content"), one(got.Content), one(want.Content))
	s.compare("deliverables", at("deliverables"), got.Deliverables, want.Deliverables)
	s.compare("contacts", at("contacts"), people(got.Contacts), people(want.Contacts))
}

// paired puts topics side by side: by position when there are as many, else by title.
func paired(got, want []Topic) [][2]Topic {
	var pairs [][2]Topic
	for i, w := range want {
		j := i
		if len(got) != len(want) {
			j = slices.IndexFunc(got, func(g Topic) bool { return g.Title == w.Title })
		}
		if j >= 0 {
			pairs = append(pairs, [2]Topic{got[j], w})
		}
	}
	return pairs
}

// TestHabits reads every habit exactly as a person did, with the findings that person would have raised, and prints how
// well each field is read over all of them.
func TestHabits(t *testing.T) {
	t.Parallel()
	all := score{fields: map[string]*tally{}}
	silent := 0
	for _, h := range mustHabits(t) {
		before := len(all.differences)
		got := Parse(h.text)
		all.add(got, h.want.Proposal)
		for _, d := range all.differences[before:] {
			t.Errorf("%s: %v", h.name, d)
			if d.silent(got) {
				silent++
				t.Errorf("%s: no finding says so", h.name)
			}
		}
		for _, f := range h.want.Findings {
			if !slices.Contains(strings.Fields(codes(got)), f) {
				t.Errorf("%s: finding %s is missing among %s", h.name, f, codes(got))
			}
		}
	}
	var table strings.Builder
	for _, name := range fieldNames {
		f := all.fields[name]
		fmt.Fprintf(&table, "%-14s wanted %3d  read %3d  precision %5.1f %%  recall %5.1f %%\n", name, f.wanted, f.read, percent(f.right, f.read), percent(f.right, f.wanted))
	}
	t.Logf("\n%ssilent errors  %d", table.String(), silent)
}

func percent(part, whole int) float64 {
	if whole == 0 {
		return 100
	}
	return 100 * float64(part) / float64(whole)
}

// mutations are what other typists and programs do to the same text. Those that are harmless change no field; the
// others may, but not silently.
var mutations = []struct {
	name     string
	mutate   func(string) string
	harmless bool
}{
	{"indented", func(s string) string { return strings.ReplaceAll(s, "\n", "\n　　") }, true},
	{"wide blanks", func(s string) string { return strings.ReplaceAll(s, " ", "　") }, true},
	{"empty lines", func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") }, true},
	{"no empty lines", func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n") }, true},
	{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }, true},
	{"half-width marks", strings.NewReplacer("：", ":", "，", ",", "；", ";", "（", "(", "）", ")", "．", ".").Replace, true},
	{"half-width stops", strings.NewReplacer("：", ":", "，", ",", "；", ";", "（", "(", "）", ")", "．", ".", "。", ".").Replace, false},
	{"joined by blanks", func(s string) string { return strings.ReplaceAll(s, "\n", " ") }, false},
	{"joined", func(s string) string { return strings.ReplaceAll(s, "\n", "") }, false},
}

// TestHabitsChanged changes every habit. White space and width do not count, but a field that differs otherwise must
// be named by a finding.
func TestHabitsChanged(t *testing.T) {
	t.Parallel()
	for _, m := range mutations {
		all := score{fields: map[string]*tally{}}
		silent := 0
		for _, h := range mustHabits(t) {
			text := m.mutate(h.text)
			before := len(all.differences)
			got := Parse(text)
			all.add(folded(got, nil), folded(h.want.Proposal, m.mutate))
			for _, d := range all.differences[before:] {
				if m.harmless {
					t.Errorf("%s, %s: %v", h.name, m.name, d)
				}
				if d.silent(got) {
					silent++
					t.Errorf("%s, %s: no finding says %v", h.name, m.name, d)
				}
			}
		}
		right, wanted := 0, 0
		for _, f := range all.fields {
			right, wanted = right+f.right, wanted+f.wanted
		}
		t.Logf("%-18s recall %5.1f %%  differences %3d  silent %d", m.name, percent(right, wanted), len(all.differences), silent)
	}
}

// folded is a proposal without white space and width, mutated like the text it is to be compared with.
func folded(p Proposal, mutate func(string) string) Proposal {
	fold := func(s string) string {
		if mutate != nil {
			s = mutate(s)
		}
		return squeeze(s)
	}
	list := func(all []string) []string {
		out := make([]string, len(all))
		for i, s := range all {
			out[i] = fold(s)
		}
		return out
	}
	people := func(all []Contact) []Contact {
		out := make([]Contact, len(all))
		for i, c := range all {
			out[i] = Contact{Department: fold(c.Department), Name: fold(c.Name), Phones: c.Phones, Email: c.Email}
		}
		return out
	}
	q := Proposal{Title: fold(p.Title), Year: p.Year, Plan: fold(p.Plan), Category: fold(p.Category), Label: fold(p.Label), Groups: list(p.Groups), CallContacts: people(p.CallContacts)}
	for _, t := range p.Topics {
		q.Topics = append(q.Topics, Topic{Number: t.Number, Ordinal: t.Ordinal, Label: fold(t.Label), Group: fold(t.Group), Title: fold(t.Title), Content: fold(t.Content), Deliverables: list(t.Deliverables), Contacts: people(t.Contacts)})
	}
	return q
}

// TestHabitsConserved proves that no habit, however changed, loses a character.
func TestHabitsConserved(t *testing.T) {
	t.Parallel()
	for _, h := range mustHabits(t) {
		checkConserved(t, h.text)
		for _, m := range mutations {
			checkConserved(t, m.mutate(h.text))
		}
	}
}
