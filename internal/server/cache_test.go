package server

import (
	"net/http/httptest"
	"testing"
	"time"
)

// TestCacheKeepsOnlyWhatIsTrue: a page whose making began before a change is never
// kept, nothing is kept while changes are not told, and losing touch forgets all.
func TestCacheKeepsOnlyWhatIsTrue(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 10, 23, 59, 59, 0, time.UTC)
	key := cacheKey{path: "/"}
	page := &cachedPage{until: now.Add(time.Second)}
	c := newCache()

	_, before := c.find(key, now)
	c.keep(key, page, before)
	if got, _ := c.find(key, now); got != nil {
		t.Error("a page was kept while nobody told of changes")
	}
	c.connect(true)
	c.keep(key, page, before)
	if got, _ := c.find(key, now); got != nil {
		t.Error("a page was kept whose making began before the connection")
	}
	_, generation := c.find(key, now)
	c.clear() // a publication while the page is being made
	c.keep(key, page, generation)
	if got, _ := c.find(key, now); got != nil {
		t.Error("a page was kept whose making began before a change")
	}
	_, generation = c.find(key, now)
	c.keep(key, page, generation)
	if got, _ := c.find(key, page.until.Add(-time.Microsecond)); got != page {
		t.Error("a true page was not kept")
	}
	if got, _ := c.find(key, page.until); got != nil {
		t.Error("a page was served at the moment its words change")
	}
	c.connect(false)
	if got, _ := c.find(key, now); got != nil {
		t.Error("a page outlived the connection that would have told of its change")
	}
}

func TestEncodingFor(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]int{"": plain, "gzip, deflate, br, zstd": brotlied, "gzip;q=1.0, identity": zipped, "br;q=0, gzip": zipped,
		"gzip;q=0": plain, "deflate": plain, "br;q=0.1": brotlied, "*": plain} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", accept)
		if got := encodingFor(r); got != want {
			t.Errorf("%q gets %d, want %d", accept, got, want)
		}
	}
}

func TestLocal(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"/help": "/help", "/search?q=%E7%A7%91": "/search?q=%E7%A7%91", "": "/", "help": "/", "//evil.example": "/", "///evil.example": "/",
		`/\evil.example`: "/", "https://evil.example/": "/", "javascript:alert(1)": "/", "/\t/evil.example": "/", "/%0d%0aX: y": "/%0d%0aX: y", "/\r\nX: y": "/",
	} {
		if got := local(value); got != want {
			t.Errorf("local(%q) = %q, want %q", value, got, want)
		}
	}
}

func TestLoggedPath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/reset/secret": "/reset/…", "/invitations/secret": "/invitations/…", "/confirm/secret": "/confirm/…", "/help": "/help", "/a%0Ab": "/a%0Ab"} {
		if got := loggedPath(httptest.NewRequest("GET", path, nil).URL); got != want {
			t.Errorf("%s is logged as %s, want %s", path, got, want)
		}
	}
}
