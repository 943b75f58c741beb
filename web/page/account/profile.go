package account

import (
	"strings"

	"softsci/internal/form"
)

// group is some fields of the profile under a heading.
type group struct {
	heading, lead string
	fields        []*form.Field
}

// groups are the account's name, the unit's data and the person's own.
func (p ProfileProps) groups() []group {
	account, unit := group{}, group{heading: "单位", lead: "填写一次，新建申报书时自动带出；申报书里可以改。"}
	person := group{heading: "本人", lead: "您作为项目负责人时自动带出。"}
	for _, field := range p.Form.Fields {
		switch {
		case strings.HasPrefix(field.Name, "unit_"):
			unit.fields = append(unit.fields, field)
		case strings.HasPrefix(field.Name, "leader_"):
			person.fields = append(person.fields, field)
		default:
			account.fields = append(account.fields, field)
		}
	}
	list := []group{account}
	for _, g := range []group{unit, person} {
		if len(g.fields) > 0 {
			list = append(list, g)
		}
	}
	return list
}
