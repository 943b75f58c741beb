package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/andybalholm/brotli"

	"softsci/internal/portal"
	"softsci/web/layout"
)

// cacheLimit bounds the pages kept: batches and topics times display settings. A
// visitor cannot make more, since only pages that exist are kept.
const cacheLimit = 4000

type cacheKey struct {
	path    string
	display layout.Display
}

// cachedPage is a rendered page with everything needed to answer without thinking.
type cachedPage struct {
	until    time.Time // its words are true before this moment
	variants [3]variant
}

// variant is a page in one encoding. The header's values are made once.
type variant struct {
	body           []byte
	encoding, etag []string
	length         []string
}

// The encodings in the order of preference.
const (
	plain = iota
	zipped
	brotlied
)

// cache keeps public pages until their words change. It keeps nothing while it is
// not told of changes, and a page whose making began before a change is never kept.
type cache struct {
	mu         sync.RWMutex
	pages      map[cacheKey]*cachedPage
	generation uint64
	connected  bool
}

func newCache() *cache { return &cache{pages: map[cacheKey]*cachedPage{}} }

// connect says whether changes are being told; either way what was kept is forgotten.
func (c *cache) connect(connected bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.connected = connected
	c.forget()
}

// clear forgets all pages.
func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget()
}

func (c *cache) forget() {
	c.generation++
	c.pages = map[cacheKey]*cachedPage{}
}

// find returns the page if its words are still true at the moment, and the
// generation under which a new one may be kept.
func (c *cache) find(key cacheKey, at time.Time) (*cachedPage, uint64) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if page := c.pages[key]; page != nil && at.Before(page.until) {
		return page, c.generation
	}
	return nil, c.generation
}

func (c *cache) keep(key cacheKey, page *cachedPage, generation uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.connected || generation != c.generation {
		return
	}
	if len(c.pages) >= cacheLimit {
		c.pages = map[cacheKey]*cachedPage{}
	}
	c.pages[key] = page
}

// asPublic mounts a page that is the same for everybody with the same display
// setting. make returns the page and the moment at which its words change.
func (s *Server) asPublic(make func(*http.Request, portal.Visitor) (templ.Component, time.Time, error)) http.Handler {
	return s.asVisitor(func(w http.ResponseWriter, r *http.Request, v portal.Visitor) error {
		key := cacheKey{r.URL.Path, displayOf(r)}
		page, generation := s.cache.find(key, v.Arrived())
		if page == nil {
			component, until, err := make(r, v)
			if err != nil {
				return err
			}
			if page, err = newCachedPage(r, component, until); err != nil {
				return err
			}
			s.cache.keep(key, page, generation)
		}
		page.serve(w, r, v.Arrived())
		return nil
	})
}

func newCachedPage(r *http.Request, component templ.Component, until time.Time) (*cachedPage, error) {
	var html bytes.Buffer
	if err := component.Render(r.Context(), &html); err != nil {
		return nil, err
	}
	var small, smaller bytes.Buffer
	gz, _ := gzip.NewWriterLevel(&small, gzip.BestCompression) // the level is a constant
	br := brotli.NewWriterLevel(&smaller, 6)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{gz, br} {
		_, _ = w.Write(html.Bytes()) // into memory
		_ = w.Close()
	}
	sum := sha256.Sum256(html.Bytes())
	tag := hex.EncodeToString(sum[:8])
	return &cachedPage{until: until, variants: [3]variant{
		plain:    newVariant(html.Bytes(), "", tag),
		zipped:   newVariant(small.Bytes(), "gzip", tag),
		brotlied: newVariant(smaller.Bytes(), "br", tag),
	}}, nil
}

func newVariant(body []byte, encoding, tag string) variant {
	v := variant{body: body, etag: []string{`"` + tag + `"`}, length: []string{itoa(len(body))}}
	if encoding != "" {
		v.encoding = []string{encoding}
		v.etag = []string{`"` + tag + "-" + encoding + `"`}
	}
	return v
}

var (
	htmlTypes     = []string{htmlType}
	publicControl = []string{"public, no-cache"} // may be kept, must be asked about
	publicVary    = []string{"Accept-Encoding, Cookie"}
)

// serve answers with the page. The server's clock rides in a header: a kept page
// cannot carry it, and the script that shows seconds needs no request of its own.
func (p *cachedPage) serve(w http.ResponseWriter, r *http.Request, now time.Time) {
	v := &p.variants[encodingFor(r)]
	h := w.Header()
	h["Server-Timing"] = []string{"now;dur=" + strconv.FormatInt(now.UnixMilli(), 10)}
	h["Cache-Control"] = publicControl
	h["Vary"] = publicVary
	h["Etag"] = v.etag
	if match := r.Header.Get("If-None-Match"); match != "" && matches(match, v.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h["Content-Type"] = htmlTypes
	h["Content-Length"] = v.length
	if v.encoding != nil {
		h["Content-Encoding"] = v.encoding
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(v.body) // the reader has gone away: nobody is left to tell
	}
}

// encodingFor picks the best encoding the browser takes. A q-value other than 0 is
// as good as 1 to us.
func encodingFor(r *http.Request) int {
	best := plain
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if q := strings.TrimSpace(params); q == "q=0" || q == "q=0.0" || q == "q=0.00" || q == "q=0.000" {
			continue
		}
		switch name {
		case "br":
			return brotlied
		case "gzip":
			best = zipped
		}
	}
	return best
}

// matches compares If-None-Match with a tag, weakly, as RFC 9110 §13.1.2 has it.
func matches(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == tag || candidate == "*" {
			return true
		}
	}
	return false
}
