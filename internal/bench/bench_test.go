package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// server answers as the portal and a floor do: with a length, in chunks, without a body, wrongly.
func server(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/length":
			_, _ = io.WriteString(w, "0123456789")
		case "/chunks":
			for range 5 {
				_, _ = io.WriteString(w, strings.Repeat("0\r\n\r\n", 1000))
				w.(http.Flusher).Flush()
			}
		case "/known":
			w.WriteHeader(http.StatusNotModified)
		case "/cut":
			panic(http.ErrAbortHandler)
		}
	}))
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func TestLoad(t *testing.T) {
	t.Parallel()
	address := server(t)
	for path, want := range map[string]exchange{
		"/length": {status: 200, least: 10, most: 10},
		"/chunks": {status: 200, least: 25_000, most: 25_000},
		"/known":  {status: 304},
	} {
		want.request = get(path)
		got, err := load(t.Context(), address, want, 300*time.Millisecond)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got.requests < connections || got.rate <= 0 || got.p50 <= 0 || got.p99 < got.p50 {
			t.Errorf("%s: %+v", path, got)
		}
	}
}

func TestLoadRefusesOtherAnswers(t *testing.T) {
	t.Parallel()
	address := server(t)
	for name, wrong := range map[string]struct {
		exchange
		says string
	}{
		"status":  {exchange{get("/length"), 304, 10, 10}, "answered 200 with 10 bytes, expected 304"},
		"shorter": {exchange{get("/length"), 200, 11, 20}, "expected 200 with 11 to 20"},
		"longer":  {exchange{get("/length"), 200, 0, 9}, "expected 200 with 0 to 9"},
		"chunks":  {exchange{get("/chunks"), 200, 0, 9}, "with 25000 bytes"},
		"cut off": {exchange{get("/cut"), 200, 0, 9}, "EOF"},
	} {
		if _, err := load(t.Context(), address, wrong.exchange, time.Second); err == nil || !strings.Contains(err.Error(), wrong.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := load(ctx, server(t), exchange{get("/known"), 304, 0, 0}, time.Minute); err == nil || time.Since(began) > patience {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

func TestFloorRepeatsWhatWasRecorded(t *testing.T) {
	t.Parallel()
	recorded := answer{Status: 200, Header: http.Header{"Content-Encoding": {"br"}, "Content-Length": {"4"}, "Etag": {`"x-br"`},
		"Content-Type": {"text/html; charset=utf-8"}, "Vary": {"Accept-Encoding", "Cookie"}}, Body: []byte("page")}
	s := httptest.NewServer(recorded.handler())
	defer s.Close()
	got, err := fetch(t.Context(), s.Listener.Addr().String(), get(topicPath))
	if err != nil || got.Status != 200 || string(got.Body) != "page" || fmt.Sprint(got.Header) != fmt.Sprint(recorded.Header) {
		t.Errorf("%+v, %v", got, err)
	}
	if least := len("HTTP/1.1 200 OK\r\nVary: Accept-Encoding\r\nVary: Cookie\r\n\r\npage"); got.Size < least {
		t.Errorf("%d bytes on the wire", got.Size)
	}
}

func TestMedian(t *testing.T) {
	t.Parallel()
	for want, of := range map[int][]int{1: {1}, 2: {2, 1}, 3: {9, 1, 3}, 5: {5, 4, 9, 1, 7}} {
		if got := median(of); got != want {
			t.Errorf("median of %v: %d", of, got)
		}
	}
	got := sum([]time.Duration{4, 1, 3, 2}, 2*time.Second)
	if got.rate != 2 || got.p50 != 3 || got.p99 != 4 {
		t.Errorf("%+v", got)
	}
}

func TestWhatABrowserLoads(t *testing.T) {
	t.Parallel()
	page := answer{Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(`<!DOCTYPE html><head>
		<link rel="canonical" href="/canonical"><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/a.css">
		<link rel="alternate" href="/feed.atom"><script src="/a.js" defer></script><script src="/a.js"></script></head>
		<body><a href="/b"><img src="/i.png"></a><script>inline()</script></body>`)}
	style := answer{Header: http.Header{"Content-Type": {"text/css"}},
		Body: []byte(`a{background:url("/c.svg")} b{background:url(data:image/png;base64,AA)} c{mask:url(#m)}`)}
	for want, a := range map[string]answer{"/icon.svg /a.css /a.js /i.png": page, "/c.svg": style} {
		got, err := loads(a)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q, %v, want %s", got, err, want)
		}
	}
}

func TestSettingsOfOthersAreDropped(t *testing.T) {
	t.Parallel()
	got := withoutSettings([]string{"PATH=/bin", "PORTAL_DATABASE_URL=postgres://else", "PORTALS=1"})
	if !slices.Equal(got, []string{"PATH=/bin", "PORTALS=1"}) {
		t.Error(got)
	}
}

func TestCountLines(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(file, []byte("one mark\nother\nmark two\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := countLines(file, []byte("mark")); err != nil || n != 2 {
		t.Error(n, err)
	}
}
