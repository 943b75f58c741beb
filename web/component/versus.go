package component

import (
	"net/url"
	"strings"
)

// theirs is the prefix of the ticks of a conflict.
const theirs = "theirs."

// Chosen reads what the page of a conflict posts: where the other's answer was
// ticked, that answer stands in the field's place. Other forms pass unchanged.
func Chosen(posted url.Values) url.Values {
	chosen := url.Values{}
	for name, values := range posted {
		if !strings.HasPrefix(name, theirs) {
			chosen[name] = values
		}
	}
	for name, values := range posted {
		if field, ok := strings.CutPrefix(name, theirs); ok {
			chosen[field] = values
		}
	}
	return chosen
}
