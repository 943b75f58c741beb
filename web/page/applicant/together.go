package applicant

import "softsci/internal/portal"

// may reports whether the page can offer the reader the act.
func (p TasksProps) may(act portal.Act) bool {
	for _, able := range p.Acts {
		if able == act {
			return p.Application.Access.May(act)
		}
	}
	return false
}

// helps reports whether something is possible now that only the leader does.
func (p TasksProps) helps() bool {
	for _, able := range p.Acts {
		if offered(able) && !p.Application.Access.May(able) {
			return true
		}
	}
	return false
}
