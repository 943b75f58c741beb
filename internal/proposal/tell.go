package proposal

import (
	"maps"
	"slices"
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// Tell is what a frozen submission is found by: its number, title, people, units, abstract
// and text, but no addresses, telephone or identity numbers.
func Tell(frozen portal.Frozen) portal.Told {
	answers := map[string]map[string]string{}
	for _, s := range frozen.Sections {
		answers[s.Name] = s.Answers
	}
	people := append(columns(answers[Team], "name"), answers[Leader]["agent_name"])
	told := append([]string{frozen.Number, answers[Cover][FieldTitle]}, columns(answers[Team], "unit", "partner_name")...)
	told = append(told, answers[Text][FieldAbstract], answers[Text]["keywords"])
	for _, part := range Prose() {
		told = append(told, answers[Text][part.Name])
	}
	told = append(told, columns(answers[Text], "work", "result")...)
	told = append(told, columns(answers[Outcomes], "name", "prior_name")...)
	return portal.Tell(answers[Leader]["name"], answers[Cover]["unit_name"], people, told...)
}

// columns are the answers to fields of all rows, row by row.
func columns(answers map[string]string, names ...string) []string {
	var list []string
	for _, field := range slices.Sorted(maps.Keys(answers)) {
		if name, _, inRow := strings.Cut(field, "-"); inRow && slices.Contains(names, name) {
			list = append(list, answers[field])
		}
	}
	return list
}

// Member is one of a team as a list shows it.
type Member struct{ Name, Title, Unit string }

// Members are the leader and the team of a frozen submission.
func Members(frozen portal.Frozen) []Member {
	var list []Member
	for _, s := range frozen.Sections {
		switch a := s.Answers; s.Name {
		case Leader:
			list = append(list, Member{Name: a["name"], Title: a["title"]})
		case Team:
			for _, id := range strings.Fields(a["rows"]) {
				list = append(list, Member{a[form.RowField("name", id)], a[form.RowField("title", id)], a[form.RowField("unit", id)]})
			}
		}
	}
	return list
}

// Value is the answer to a field of the section, "" for none.
func (r Read) Value(field string) string {
	for _, a := range r.Answers {
		if a.Field == field {
			return a.Value
		}
	}
	return ""
}
