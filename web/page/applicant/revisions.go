package applicant

import (
	"strconv"
	"strings"

	"softsci/web/component"
)

func revisionsURL(ref, section string) string { return sectionURL(ref, section) + "/revisions" }

func revisionURL(ref, section string, n int) string {
	return revisionsURL(ref, section) + "/" + strconv.Itoa(n)
}

// changedShown is how many changed answers a line of the list names.
const changedShown = 3

// story says what a save changed.
func (r Revision) story() string {
	switch n := len(r.Changed); {
	case r.First:
		return "保留的最早一份"
	case n == 0:
		return "内容与前一份相同"
	case n > changedShown:
		return "改动 " + strconv.Itoa(n) + " 项：" + strings.Join(r.Changed[:changedShown], "、") + "等"
	default:
		return "改动 " + strconv.Itoa(n) + " 项：" + strings.Join(r.Changed, "、")
	}
}

// neighbour leads to the revision before or after, which may be the one that stands.
func (p RevisionProps) neighbour(n int, kicker string) *component.Neighbour {
	switch n {
	case 0:
		return nil
	case p.Current:
		return &component.Neighbour{URL: sectionURL(p.Application.Ref, p.Section), Kicker: kicker, Text: "现在的内容"}
	}
	return &component.Neighbour{URL: revisionURL(p.Application.Ref, p.Section, n), Kicker: kicker, Text: "与现在的对比"}
}
