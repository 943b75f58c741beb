// Package layout is the frame of every page: head, masthead, footer.
package layout

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Site is what the configuration says about the portal and its files' addresses.
// Empty lines of the footer are left out, never invented.
type Site struct {
	Name, URL     string
	CSS, JS, Icon string
	Organiser     string // 主办单位
	Contact       string // 联系方式
	ICP           string // ICP备案号
	Police        string // 公安备案号
	Code          string // 政府网站标识码
}

// Display is how the visitor wants to read: the one preference a public page knows.
type Display struct {
	Large, Contrast bool
}

// Class is the class of the html element.
func (d Display) Class() string {
	var classes []string
	if d.Large {
		classes = append(classes, "large")
	}
	if d.Contrast {
		classes = append(classes, "contrast")
	}
	return strings.Join(classes, " ")
}

// Who is the signed-in person. Public pages know none: they are the same bytes
// for everybody.
type Who struct {
	Ref         string // of the account
	Left        int    // seconds that the session lasts if nobody does anything more, 0 for unknown
	Name        string
	Contact     bool
	Admin       bool
	Unconfirmed bool // the address is not confirmed yet
}

// The items of the masthead, for Props.Nav.
const (
	NavGuidelines   = "guidelines"
	NavSearch       = "search"
	NavApplications = "applications"
	NavDesk         = "desk"
	NavAdmin        = "admin"
	NavAccount      = "account"
)

// Props is what a page tells its frame.
type Props struct {
	Site        Site
	Display     Display
	Who         *Who
	Title       string // without the site's name
	Description string
	Path        string // with query; the display switch comes back to it
	Canonical   string // absolute; "" for none
	Nav         string // one of the Nav constants
	Notice      string // what was just done, shown once above the page
	Wide        bool   // a list that uses the whole width
	NoIndex     bool
	Error       bool // something has to be mended: the title says so first
}

// Heading is the text of the title element.
func (p Props) Heading() string {
	title := p.Site.Name
	if p.Title != "" && p.Title != p.Site.Name {
		title = p.Title + " · " + p.Site.Name
	}
	if p.Error {
		title = "错误：" + title
	}
	return title
}

// item is one link of the masthead.
type item struct{ id, label, url string }

func (p Props) items() []item {
	items := []item{
		{NavGuidelines, "申报指南", "/"},
		{NavSearch, "搜索", "/search"},
		{NavApplications, "我的申报", "/applications"},
		{NavDesk, "工作台", "/desk"},
	}
	if p.Who != nil && p.Who.Admin {
		items = append(items, item{NavAdmin, "管理", "/admin"})
	}
	return items
}

// data lists what the configuration gives for the footer.
func (s Site) data() []item {
	var lines []item
	for _, l := range []item{
		{label: "主办单位", url: s.Organiser}, {label: "联系方式", url: s.Contact}, {label: "ICP备案号", url: s.ICP},
		{label: "公安备案号", url: s.Police}, {label: "网站标识码", url: s.Code},
	} {
		if l.url != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// session is what the script of a signed-in person's page knows: whose it is and how
// long the session lasts.
func (p Props) session() templ.OrderedAttributes {
	if p.Who == nil {
		return nil
	}
	return templ.OrderedAttributes{{Key: "data-account", Value: p.Who.Ref}, {Key: "data-left", Value: strconv.Itoa(p.Who.Left)}}
}

// current marks the link of the page one is on.
func current(here bool) templ.Attributes {
	if !here {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}
