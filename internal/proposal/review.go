package proposal

import "softsci/internal/portal"

// Line is a line of the checklist of the 形式审查: what is asked, what the machine can
// answer, and what that rests on. A person confirms each.
type Line struct {
	Rule     string // ID
	Question string
	Answer   Verdict
	Evidence string // "" for nothing
	Section  string // where it is mended, "" for nowhere in the form
}

// Questions are what the checklist will ask of every application to a batch, for
// everybody to see before the first word.
func Questions(rules portal.Rules) []string {
	var list []string
	for _, r := range pose(rules) {
		if r.Question != "" {
			list = append(list, r.Question)
		}
	}
	return list
}

// Review is the checklist for what was submitted of an application, as who judges it reads
// it, under the batch's rules.
func Review(frozen portal.Frozen, app portal.Application) []Line {
	s := thaw(frozen, app.Rules)
	s.others = app.Others
	return s.review()
}

// Checklist is the same list for a draft: the applicant sees from the start what will be
// asked.
func Checklist(filled []Filled) []Line {
	if len(filled) == 0 {
		return nil
	}
	return filled[0].sheet.review()
}

func (s sheet) review() []Line {
	var lines []Line
	for _, r := range s.asked {
		if r.Question == "" {
			continue
		}
		finding := r.check(s)
		lines = append(lines, Line{Rule: r.ID, Question: r.Question, Answer: finding.Verdict, Evidence: finding.Sum, Section: r.Section})
	}
	return lines
}

// Notices are what should be looked at again in the sections that were saved, in the
// order of the form. Nothing is refused for it.
func Notices(filled []Filled) []Problem {
	var list []Problem
	for _, f := range filled {
		if f.Saved.Revision == 0 {
			continue
		}
		f.Form.Check()
		for _, part := range f.Form.Parts() {
			if part.Notice != "" {
				list = append(list, Problem{Section: f.Name, Field: f.Form.PartID(part), Label: part.Label, Message: part.Notice})
			}
		}
		for _, field := range f.Form.Fields {
			if field.Notice != "" && field.Error == "" {
				list = append(list, Problem{Section: f.Name, Field: field.ID(), Label: field.Label, Message: inRow(f.Form, field.Row) + field.Notice})
			}
		}
	}
	return list
}
