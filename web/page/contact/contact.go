// Package contact holds the desk of a 指南联系人: what came to its topics, and one
// application as it was frozen.
package contact

import (
	"encoding/hex"
	"strconv"

	"github.com/a-h/templ"

	"softsci/internal/portal"
	"softsci/web/component"
)

// Answer is one answer as it was frozen.
type Answer = component.Answer

func fileURL(ref string) string { return "/desk/applications/" + ref }

// pages are the acts that have a page of their own, and where it is.
var pages = map[portal.Act]string{portal.Return: "/return", portal.Decline: "/refusal", portal.Recommend: "/recommendation"}

// known reports whether the file's page can offer the act.
func known(a portal.Act) bool { return a == portal.Accept || paged(a) }

// paged reports whether the act has a page of its own.
func paged(a portal.Act) bool { return pages[a] != "" }

// who is the leader and the unit, as far as they are known.
func who(a portal.Application) string {
	switch {
	case a.LeaderName == "":
		return a.UnitName
	case a.UnitName == "":
		return a.LeaderName
	}
	return a.LeaderName + " · " + a.UnitName
}

func guideline(g portal.FrozenGuideline) component.GuidelineProps {
	return component.GuidelineProps{Ordinal: g.Ordinal, Title: g.Title, Content: g.Content, Deliverables: g.Deliverables,
		URL: "/batches/" + g.Batch + "/topics/" + strconv.Itoa(g.Ordinal)}
}

// hash is the checksum in hexadecimal; the first digits are enough to compare by eye.
func hash(v portal.Version) (whole, short string) {
	whole = hex.EncodeToString(v.SHA256[:])
	return whole, whole[:12]
}

// here marks the view that is shown.
func here(current bool) templ.Attributes {
	if !current {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}
