package proposal

import "softsci/internal/portal"

// CompareSection are the answers in which two saves of a section differ, for an
// application under a topic of that title.
func CompareSection(name, title string, before, after map[string]string) []Change {
	frozen := func(answers map[string]string) portal.Frozen {
		return portal.Frozen{Guideline: portal.FrozenGuideline{Title: title}, Sections: []portal.FrozenSection{{Name: name, Answers: answers}}}
	}
	return Compare(frozen(before), frozen(after))[0].Changes
}
