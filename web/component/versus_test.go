package component_test

import (
	"net/url"
	"testing"

	"softsci/web/component"
)

func TestChosenTakesWhatWasTicked(t *testing.T) {
	t.Parallel()
	posted := url.Values{"revision": {"4"}, "past": {"我的"}, "title": {"none"}, "theirs.past": {"对方的"}, "theirs.told": {""}}
	got := component.Chosen(posted)
	for name, want := range map[string]string{"revision": "4", "past": "对方的", "title": "none", "told": ""} {
		if len(got[name]) != 1 || got.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	if got.Has("theirs.past") || posted.Get("past") != "我的" {
		t.Errorf("got %v of %v", got, posted)
	}
}
