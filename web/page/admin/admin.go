// Package admin holds the pages of the administrators: batches, accounts, the log.
package admin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/component"
)

func batchURL(slug string) string  { return "/admin/batches/" + slug }
func accountURL(ref string) string { return "/admin/accounts/" + ref }
func recusalURL(id int64) string   { return "/admin/recusals/" + strconv.FormatInt(id, 10) + "/lifting" }

// place is one of the administrators' lists.
type place struct{ label, url string }

var places = []place{{"概况", "/admin"}, {"指南批次", "/admin/batches"}, {"申报书", "/admin/applications"}, {"咨询", "/admin/questions"}, {"回避", "/admin/recusals"},
	{"通讯录", "/admin/people"}, {"账号", "/admin/accounts"}, {"工作日历", "/admin/workdays"}, {"操作日志", "/admin/events"}}

// here marks the place one is at, "true" for a page below it.
func here(p place, path string) templ.Attributes {
	path, _, _ = strings.Cut(path, "?")
	switch {
	case p.url == path:
		return templ.Attributes{"aria-current": "page"}
	case p.url != "/admin" && strings.HasPrefix(path, p.url+"/"):
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

// public reports whether everybody can read the batch, in this version or in the one
// that it corrects.
func public(b portal.Batch, at time.Time) bool { return b.Version.N > 1 || b.Version.Published(at) }

// batchTag is where a batch stands, as administrators see it.
func batchTag(b portal.Batch, now time.Time) component.TagProps {
	published := b.Version.PublishedAt
	switch {
	case !b.ArchivedAt.IsZero():
		return component.TagProps{Label: "已归档", Shape: component.ShapeGone}
	case published.IsZero() && b.Version.N > 1:
		return component.TagProps{Label: "更正中", Shape: component.ShapePart}
	case published.IsZero():
		return component.TagProps{Label: "整理中", Shape: component.ShapePart}
	case now.Before(published):
		return component.TagProps{Label: "定时 " + portal.DateText(published) + " " + portal.ClockText(published), Shape: component.ShapePart}
	}
	return component.PhaseTag(b.Version.Phase(now))
}

// draftHeading names a version that is not published.
func draftHeading(b portal.Batch) string {
	if b.Version.N > 1 {
		return "更正尚未发布"
	}
	return "还没有发布"
}

// dropping is the word for giving such a version up.
func dropping(b portal.Batch) string {
	if b.Version.N > 1 {
		return "放弃更正"
	}
	return "删除底稿"
}

// standing is the state of an account.
func standing(a AccountRow) component.TagProps {
	if a.Invited {
		return component.TagProps{Label: "已邀请，尚未接受", Shape: component.ShapeNone}
	}
	return component.TagProps{Label: "使用中", Shape: component.ShapeDone}
}

// recusalTag is where a recusal stands.
func recusalTag(r portal.Recusal) component.TagProps {
	switch {
	case !r.LiftedAt.IsZero() && r.Ground.Doubtful():
		return component.TagProps{Label: "已说明不是同一人", Shape: component.ShapeGone}
	case !r.LiftedAt.IsZero():
		return component.TagProps{Label: "已解除", Shape: component.ShapeGone}
	case r.Waiting:
		return component.TagProps{Label: "待另行指定", Shape: component.ShapeNone}
	}
	return component.TagProps{Label: "已回避", Shape: component.ShapeDone}
}

// told is an event in one line: what happened, and between which states.
func told(e portal.Event) string {
	if e.To != "" && e.To != e.From && e.From != "" && e.From != portal.None {
		return e.From.Label() + " → " + e.To.Label()
	}
	return e.Reason
}

// filled reports whether any field narrows the list.
func filled(f *form.Form) bool {
	return f != nil && slices.ContainsFunc(f.Fields, func(field *form.Field) bool { return !field.Empty() })
}

// who is the leader and the unit, as far as they are known.
func who(a portal.Application) string {
	return strings.Join(slices.DeleteFunc([]string{a.LeaderName, a.UnitName}, func(s string) bool { return s == "" }), " · ")
}

// spoken are the numbers of a topic in one line: 待受理 2 · 已受理 1.
func spoken(counts []StatusCount) string {
	words := make([]string, len(counts))
	for i, c := range counts {
		words[i] = c.Status.Label() + " " + number(c.Count)
	}
	return strings.Join(words, " · ")
}

// total is the number of applications that were counted.
func total(counts []StatusCount) int {
	n := 0
	for _, c := range counts {
		n += c.Count
	}
	return n
}

func number(n int) string { return strconv.Itoa(n) }

// foundURL is the list of what was submitted to a topic.
func foundURL(slug string, ordinal int) string {
	return "/admin/applications?q=" + url.QueryEscape(portal.Filter{Batch: slug, Ordinal: ordinal}.String())
}
