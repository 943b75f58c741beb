package e2e_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// The yardstick of a first visit to a topic's page, all files together, the icon too.
const (
	maxRequests = 4
	maxBytes    = 20 << 10
)

// weight is the first visit to a topic's page as the browser counts it: requests
// and bytes on the wire, headers included. The browser does not say how many bytes
// the icon took that it fetched for itself, so the page asks for it once more, and
// each address counts once.
func weight(t *testing.T, s *stage) {
	p := s.mustPage(t)
	p.mustGoto("/batches/"+slug+"/topics/5", 200)
	mustAwait[int](p, `fetch(document.querySelector('link[rel=icon]').href).then(r => r.text()).then(text => text.length)`)
	time.Sleep(300 * time.Millisecond) // whatever a script asks for afterwards
	p.mu.Lock()
	defer p.mu.Unlock()
	bytes := map[string]float64{}
	for _, r := range p.requests {
		address := r.method + " " + strings.TrimPrefix(r.url, s.base)
		bytes[address] = max(bytes[address], r.bytes)
	}
	total := 0.0
	var list strings.Builder
	for _, address := range slices.Sorted(maps.Keys(bytes)) {
		total += bytes[address]
		fmt.Fprintf(&list, "\n\t%6.0f B  %s", bytes[address], address)
		if bytes[address] == 0 {
			t.Errorf("the browser does not say what %s weighs", address)
		}
	}
	t.Logf("first visit to a topic: %d requests (at most %d), %.1f KB on the wire (at most %d)%s", len(bytes), maxRequests, total/1024, maxBytes>>10, list.String())
	if len(bytes) > maxRequests {
		t.Errorf("%d requests, want at most %d:%s", len(bytes), maxRequests, list.String())
	}
	if total > maxBytes {
		t.Errorf("%.0f bytes on the wire, want at most %d:%s", total, maxBytes, list.String())
	}
}
