package component

import "github.com/a-h/templ"

var figures = [...]string{"一", "二", "三", "四", "五"}

func step(here bool) templ.Attributes {
	if !here {
		return nil
	}
	return templ.Attributes{"aria-current": "step"}
}
