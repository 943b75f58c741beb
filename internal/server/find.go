package server

import (
	"net/http"
	"net/url"
	"strconv"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/web/component"
)

// listing is what an address asks of a list, with what was typed into its box and could not
// be read.
func listing(r *http.Request, typed string) (l desk.Listing, problems []string) {
	q := r.URL.Query()
	l.Filter, problems = portal.ParseFilter(typed)
	l.Order = portal.ParseOrder(q.Get("sort"))
	l.After = portal.Cursor{Key: q.Get("at"), ID: before(r)}
	l.Row = q.Get("row")
	return l, problems
}

// located is the reference of the application whose number was typed alone, "" where the
// actor has no such.
func (s *Server) located(r *http.Request, actor portal.Actor, f portal.Filter) (string, error) {
	number := f.Number()
	if number == "" {
		return "", nil
	}
	ref, err := s.desk.Locate(r.Context(), actor, number)
	if portal.KindOf(err) == portal.NotFound {
		return "", nil
	}
	return ref, err
}

// leadTo leads to a page unless finding it failed.
func (s *Server) leadTo(w http.ResponseWriter, r *http.Request, to string, err error) error {
	if err != nil {
		return err
	}
	return s.done(w, r, to, "")
}

// foundURL is the address of a list for what stands in its box, in an order.
func foundURL(path, query string, o portal.Order) string {
	q := url.Values{"q": {query}}
	if o != portal.Newest {
		q.Set("sort", o.String())
	}
	return path + "?" + q.Encode()
}

// following is the address of the page after the one that was found, "" on the last.
func following(r *http.Request, f desk.Found) string {
	if f.Next == nil {
		return ""
	}
	q := r.URL.Query()
	q.Del("row")
	q.Set("at", f.Next.Key)
	q.Set("before", strconv.FormatInt(f.Next.ID, 10))
	return r.URL.Path + "?" + q.Encode()
}

func findProps(path, typed string, l desk.Listing, problems []string) component.FindProps {
	p := component.FindProps{Action: path, Typed: typed, Problems: problems, Examples: portal.FilterExamples()}
	if l.Order != portal.Newest {
		p.Sort = l.Order.String()
	}
	return p
}

// sorts are the orders of a list by name, and whether they begin with the greatest.
var sorts = []struct {
	label string
	order portal.Order
}{
	{"提交时间", portal.Newest}, {"受理编号", portal.Order{Key: "number"}}, {"负责人", portal.Order{Key: "leader"}},
	{"单位", portal.Order{Key: "unit"}}, {"金额", portal.Order{Key: "amount", Down: true}},
}

func toolsProps(path string, l desk.Listing, f desk.Found) component.ToolsProps {
	p := component.ToolsProps{Total: portal.CountText(f.Total)}
	for _, s := range sorts {
		one := component.Sorted{Label: s.label, Chosen: s.order.Key == l.Order.Key, Down: l.Order.Down}
		to := s.order
		if one.Chosen {
			to = portal.Order{Key: l.Order.Key, Down: !l.Order.Down}
		}
		one.URL = foundURL(path, l.Filter.String(), to)
		p.Sorts = append(p.Sorts, one)
	}
	return p
}

// hint offers values of a field, each added to what stands in the box.
func hint(path string, l desk.Listing, field string, values []string) component.Hint {
	h := component.Hint{Field: field}
	for _, value := range values {
		h.Links = append(h.Links, component.Link{Text: value, URL: foundURL(path, l.Filter.With(field, value).String(), l.Order)})
	}
	return h
}
