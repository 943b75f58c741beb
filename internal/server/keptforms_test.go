package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestEveryKeptFormIsNamed: a route whose posts are kept says what it is called, and
// nothing is named that is no such route.
func TestEveryKeptFormIsNamed(t *testing.T) {
	t.Parallel()
	var patterns []string
	for _, route := range Routes() {
		keeps := slices.ContainsFunc(keepable, func(prefix string) bool { return strings.HasPrefix(route.Pattern, prefix) })
		if route.Method != http.MethodPost || !keeps {
			continue
		}
		patterns = append(patterns, route.Pattern)
		if keptForms[route.Pattern].label == "" && route.Pattern != sectionPattern {
			t.Errorf("%s has no name", route.Pattern)
		}
	}
	for pattern := range keptForms {
		if !slices.Contains(patterns, pattern) {
			t.Errorf("%s is no route whose posts are kept", pattern)
		}
	}
}
