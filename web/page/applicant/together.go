package applicant

import (
	"strconv"

	"softsci/internal/portal"
)

// editsOpen is how many of the changes stand open; the older ones unfold.
const editsOpen = 6

// edits are the changes that stand open, and the older ones.
func (p TasksProps) edits() (first, older []Edit) {
	n := min(editsOpen, len(p.Edits))
	return p.Edits[:n], p.Edits[n:]
}

// url leads to what the work changed: its last revision beside the one it went on from.
func (e Edit) url(ref string) string {
	url := revisionURL(ref, e.Section, e.Revision)
	if e.Before > 0 {
		url += "?since=" + strconv.Itoa(e.Before)
	}
	return url
}

// when is the time of the work to the minute: 3月2日 13:40–14:03，4 次保存.
func (e Edit) when() string {
	const day, clock = "1月2日 ", "15:04"
	from, at := e.From.In(portal.Shanghai), e.At.In(portal.Shanghai)
	text := from.Format(day + clock)
	switch {
	case from.Format(day) != at.Format(day):
		text += "–" + at.Format(day+clock)
	case from.Format(clock) != at.Format(clock):
		text += "–" + at.Format(clock)
	}
	if e.Saves > 1 {
		text += "，" + strconv.Itoa(e.Saves) + " 次保存"
	}
	return text
}

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
