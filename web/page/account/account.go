// Package account holds the pages of an account: coming in, getting a password,
// and the account itself.
package account

import (
	"net/url"
	"strconv"

	"softsci/internal/portal"
	"softsci/web/component"
)

// Start is what a visitor pressed before signing in: 申报此题 of a topic. The pages
// say so and carry it along.
type Start struct {
	BatchSlug  string
	Ordinal    int
	TopicTitle string
}

// carried are the hidden fields that bring a visitor back to what was begun.
func carried(next string, start *Start) []component.Hidden {
	var fields []component.Hidden
	if next != "" {
		fields = append(fields, component.Hidden{Name: "next", Value: next})
	}
	if start != nil {
		fields = append(fields,
			component.Hidden{Name: "start_batch", Value: start.BatchSlug},
			component.Hidden{Name: "start_topic", Value: strconv.Itoa(start.Ordinal)})
	}
	return fields
}

// with is a path that carries next and start in its query.
func with(path, next string, start *Start) string {
	q := url.Values{}
	if next != "" {
		q.Set("next", next)
	}
	if start != nil {
		q.Set("batch", start.BatchSlug)
		q.Set("topic", strconv.Itoa(start.Ordinal))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// roles are the names of the roles an account has, each once.
func roles(s portal.Standing) []string {
	labels := []string{portal.RoleHolder.Label()}
	for _, role := range []portal.Role{portal.RoleApplicant, portal.RoleContact, portal.RoleAdmin} {
		if s.Has(role) {
			labels = append(labels, role.Label())
		}
	}
	if len(labels) > 1 {
		return labels[1:]
	}
	return labels
}
