package proposal

import (
	"slices"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// Conflicts are what the machine sees between a reviewer and what was submitted, the
// weightiest first, at most one a ground: the same unit (the applicant's, a partner's or a
// member's, by code or by whole name), and a leader or a member of the reviewer's name.
func Conflicts(frozen portal.Frozen, who portal.Reviewer) []portal.Interest {
	s := thaw(frozen, portal.Rules{})
	column := func(part, name string) (values []string) {
		for _, id := range s.rows(Team, part) {
			values = append(values, s.value(Team, form.RowField(name, id)))
		}
		return values
	}
	unit, leader := s.value(Cover, "unit_name"), s.value(Leader, "name")
	var list []portal.Interest
	for _, rule := range []struct {
		ground       portal.Ground
		own, theirs  []string
		before, then string
	}{
		{portal.GroundUnit, who.Codes, []string{s.value(Cover, "unit_code")}, "申报单位的统一社会信用代码 ", " 与联系人的单位相同"},
		{portal.GroundUnit, who.Units, []string{unit}, "申报单位“", "”与联系人的单位或部门同名"},
		{portal.GroundUnit, who.Units, column(Partners, "partner_name"), "合作单位“", "”与联系人的单位或部门同名"},
		{portal.GroundUnit, who.Units, column("", "unit"), "项目组成员的单位“", "”与联系人的单位或部门同名"},
		{portal.GroundLeader, who.Names, []string{leader}, "项目负责人“", "”与联系人同名"},
		{portal.GroundMember, who.Names, column("", "name"), "项目组成员“", "”与联系人同名"},
	} {
		told := slices.ContainsFunc(list, func(c portal.Interest) bool { return c.Ground == rule.ground })
		if same, ok := shared(rule.own, rule.theirs); ok && !told {
			list = append(list, portal.Interest{Ground: rule.ground, Text: rule.before + same + rule.then})
		}
	}
	return list
}

// shared is the first of theirs that is one of the own, whatever its spaces and width.
func shared(own, theirs []string) (string, bool) {
	for _, value := range theirs {
		if normal := portal.Normal(value); normal != "" && slices.ContainsFunc(own, func(mine string) bool { return portal.Normal(mine) == normal }) {
			return value, true
		}
	}
	return "", false
}
