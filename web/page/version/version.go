// Package version holds the page that sets two submissions of an application side by
// side; the applicant, the contact and the administrators read the same.
package version

import (
	"slices"
	"strconv"

	"softsci/internal/portal"
)

// nth names a version among the submissions.
func nth(v portal.Version) string { return "第 " + strconv.Itoa(v.N) + " 次" }

// digits are the first sixteen digits of an attachment's hash, enough to compare by eye.
func digits(f portal.FrozenFile) string { return f.SHA256[:min(16, len(f.SHA256))] }

// otherFiles reports whether the attachments are not the same.
func (p CompareProps) otherFiles() bool {
	return slices.ContainsFunc(p.Files, func(c portal.FileChange) bool { return !c.Same() })
}

// changed are the sections that are not the same, and the names of those that are.
func (p CompareProps) changed() (changed []Compared, same []string) {
	for _, s := range p.Sections {
		if len(s.Rows) == 0 {
			same = append(same, s.Label)
		} else {
			changed = append(changed, s)
		}
	}
	return changed, same
}
