package server

import (
	"compress/gzip"
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/klauspost/compress/gzhttp"

	"softsci/internal/auth"
	"softsci/internal/desk"
	"softsci/internal/document"
	"softsci/web/asset"
	"softsci/web/layout"
)

// Parts are what a Server works with.
type Parts struct {
	Desk           *desk.Desk
	Auth           *auth.Manager
	Assets         *asset.Set
	Site           layout.Site
	TrustedProxies []netip.Prefix
	Log            *slog.Logger // what went wrong
	Access         func(Line)   // one line a request; nil for none
	Key            document.Key // signs the receipts
}

// Server is the portal's HTTP handler.
type Server struct {
	desk    *desk.Desk
	auth    *auth.Manager
	site    layout.Site
	log     *slog.Logger
	access  func(Line)
	key     document.Key
	papers  chan struct{}
	cache   *cache
	assets  map[string]asset.File
	mux     chi.Router
	handler http.Handler
	closing atomic.Bool
	secure  bool
}

// New builds the handler; Watch keeps its page cache true.
func New(p Parts) *Server {
	s := &Server{desk: p.Desk, auth: p.Auth, site: p.Site, log: p.Log, access: p.Access, key: p.Key, papers: make(chan struct{}, papersAtOnce), cache: newCache(),
		assets: map[string]asset.File{}, secure: strings.HasPrefix(p.Site.URL, "https:")}
	for _, f := range p.Assets.Files() {
		s.assets[f.Path] = f
	}
	s.mux = s.router()
	s.handler = s.chain(s.mux, p.TrustedProxies)
	return s
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Watch empties the page cache whenever what the public sees changes, until the
// context ends. Without it nothing is cached.
func (s *Server) Watch(ctx context.Context) { s.desk.Watch(ctx, s.cache.connect, s.cache.clear) }

// Close makes the server not ready, so that a proxy sends no more while running
// requests end.
func (s *Server) Close() { s.closing.Store(true) }

// chain is what surrounds every request, outermost first: where it comes from,
// what is known of it, what became of it.
func (s *Server) chain(next http.Handler, proxies []netip.Prefix) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(s.denyForeign))
	if len(proxies) == 0 {
		return s.observe(peer, cross.Handler(next))
	}
	prefixes := make([]string, len(proxies))
	for i, p := range proxies {
		prefixes[i] = p.String()
	}
	forwarded := func(r *http.Request) netip.Addr { return middleware.GetClientIPAddr(r.Context()) }
	return middleware.ClientIPFromXFF(prefixes...)(s.observe(forwarded, cross.Handler(next)))
}

func (s *Server) router() chi.Router {
	mux := chi.NewRouter()
	mux.NotFound(s.asVisitor(s.notFound).ServeHTTP)
	mux.MethodNotAllowed(s.asVisitor(s.wrongMethod).ServeHTTP)
	for _, route := range s.routes() {
		mux.Method(route.method, route.pattern, route.handler)
		if route.method == http.MethodGet {
			mux.Method(http.MethodHead, route.pattern, route.handler)
		}
	}
	return mux
}

// compress is for pages that are made for one person.
var compress = func() func(http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.RandomJitter(32, 0, false), // against BREACH
		gzhttp.CompressionLevel(gzip.BestSpeed), gzhttp.EnableZstd(false))
	if err != nil {
		panic(err) // the options above are constants
	}
	return func(h http.Handler) http.Handler { return wrap(h) }
}()
