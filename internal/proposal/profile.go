package proposal

import (
	"slices"
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// OfLeader begins the names of a profile's fields that are about the person; the others
// are about the unit and have the names of the cover.
const OfLeader = "leader_"

// The parts of the form that a profile does not hold: what belongs to a call, what the
// account says of itself, and the identity number, which is kept where a call asks for it
// and nowhere else.
var notInProfile = []string{FieldTitle, "term_from", "term_to", OfLeader + "name", OfLeader + FieldIDNumber}

// ProfileForm is what an applicant fills in once: the unit's data and its own as the
// leader of a project. Only the unit's name and code are asked for; what is given has to
// be right.
func ProfileForm() []*form.Field {
	asked := scope{app: portal.Application{Rules: portal.DefaultRules()}}
	var fields []*form.Field
	for _, field := range append(coverForm(asked).Fields, renamed(leaderForm(asked).Fields)...) {
		if slices.Contains(notInProfile, field.Name) {
			continue
		}
		field.Clause, field.Value = "", ""
		if field.Name == "unit_phone" || field.Name == "unit_email" { // the person has such too
			field.Label = "单位" + field.Label
		}
		field.Optional = field.Name != "unit_name" && field.Name != "unit_code"
		fields = append(fields, field)
	}
	return fields
}

func renamed(fields []*form.Field) []*form.Field {
	for _, field := range fields {
		field.Name = OfLeader + field.Name
	}
	return fields
}

// profiled is the name in a profile of a section's field, "" for what it does not hold.
func profiled(section, field string) string {
	switch section {
	case Leader:
		field = OfLeader + field
	case Cover:
	default:
		return ""
	}
	if slices.Contains(notInProfile, field) {
		return ""
	}
	return field
}

// prefill puts what the leader's profile holds into a section that was never saved. It
// is a proposal: the section stays 未开始 until somebody saves it.
func prefill(section string, f *form.Form, profile map[string]string) {
	for _, field := range f.Fields {
		if value := profile[profiled(section, field.Name)]; value != "" {
			field.Value = value
		}
	}
}

// Profile is what saved sections say that a profile holds, without what was left empty.
func Profile(saved []portal.Section) map[string]string {
	held := map[string]string{}
	for _, section := range saved {
		for field, value := range section.Answers {
			if name := profiled(section.Name, field); name != "" && strings.TrimSpace(value) != "" {
				held[name] = value
			}
		}
	}
	return held
}
