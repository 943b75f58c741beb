package proposal

import (
	"maps"
	"slices"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// Carry is what an application takes over of another one's answers, as they would be
// saved for the first time. What belongs to the other's call stays behind: a title that
// the topic gives, the term and what falls due in it, and the names of the reports that
// the topic asks for.
func Carry(app portal.Application, topic portal.Topic, saved []portal.Section) []portal.Section {
	var carried []portal.Section
	for _, s := range sections {
		i := slices.IndexFunc(saved, func(one portal.Section) bool { return one.Name == s.name })
		if i < 0 {
			continue
		}
		f := s.form(scope{app: app, topic: topic})
		answers := maps.Clone(saved[i].Answers)
		switch s.name {
		case Cover:
			carryCover(answers, f, app.Rules)
		case Outcomes:
			carryOutcomes(answers, f)
		}
		f.Load(answers)
		carried = append(carried, portal.Section{Name: s.name, Answers: f.Answers()})
	}
	return carried
}

// carryCover lets the new call's title, if it is fixed, and term stand.
func carryCover(answers map[string]string, fresh *form.Form, rules portal.Rules) {
	own := []string{"term_from", "term_to"}
	if rules.FixedTitle {
		own = append(own, FieldTitle)
	}
	for _, field := range own {
		answers[field] = fresh.Value(field)
	}
}

// carryOutcomes gives the rows that the old topic named the names of the new one. Such
// rows have the short IDs that the form itself gives.
func carryOutcomes(answers map[string]string, fresh *form.Form) {
	ids := fresh.Rows.Of(answers)
	for _, id := range fresh.Rows.IDs {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, id := range ids {
		delete(answers, form.RowField("due", id))
		if len(id) == 1 {
			answers[form.RowField("name", id)] = fresh.Value(form.RowField("name", id))
			if kind := form.RowField("kind", id); fresh.Value(kind) != "" {
				answers[kind] = fresh.Value(kind)
			}
		}
	}
	form.PutRows(answers, ids)
}
