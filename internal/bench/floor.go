package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"softsci/internal/desk"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// floorWord is the argument with which this program is a floor and not the measurement.
const floorWord = "floor"

// What is asked of a floor.
const (
	topicPath   = "/topic"
	knownPath   = "/known"   // the topic page to a browser that has it
	listPath    = "/list"    // with all statements whose rows the list page shows
	heartPath   = "/heart"   // the same, with the account known by heart
	accountPath = "/account" // with all statements whose rows the account page shows
)

// floorSettings come in on standard input.
type floorSettings struct {
	Database string            // none for a floor that only starts
	Email    string            // of the account of P3 and P3a
	Answers  map[string]answer // by path
}

// runFloor serves the recorded answers on a free port, which it prints, until its standard input ends: so it never
// outlives the measurement, however that ends.
func runFloor(ctx context.Context, in io.Reader, out io.Writer) error {
	decoder := json.NewDecoder(in)
	var s floorSettings
	if err := decoder.Decode(&s); err != nil {
		return err
	}
	mux, err := s.handlers(ctx)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(out, listener.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, in) // its end is all that matters
		os.Exit(0)
	}()
	return http.Serve(listener, mux)
}

// bare hands each path to its handler by the cheapest lookup there is.
type bare map[string]http.HandlerFunc

// ServeHTTP answers a request; every path asked is in the map, and "/healthz" says that the process answers.
func (b bare) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := b[r.URL.Path]; h != nil {
		h(w, r)
		return
	}
	_, _ = io.WriteString(w, "ok\n")
}

func (s floorSettings) handlers(ctx context.Context) (http.Handler, error) {
	mux := bare{}
	for path, a := range s.Answers {
		mux[path] = a.handler()
	}
	if s.Database == "" {
		return mux, nil
	}
	store, err := postgres.Open(ctx, s.Database, postgres.Options{})
	if err != nil {
		return nil, err
	}
	var c postgres.Credential
	if err := store.Read(ctx, portal.Visitor{}, postgres.CredentialOf(&c, s.Email)); err != nil {
		return nil, err
	}
	standing, err := store.Standing(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	d := desk.New(desk.Parts{Store: store})
	list := func(r *http.Request) error {
		a, _ := portal.MintApplicant(standing, portal.Visit{Arrived: store.Now()}) // whoever is none has no such page to record
		_, _, err := d.Applications(r.Context(), a, 0)
		return err
	}
	account := func(r *http.Request) error {
		_, err := d.Account(r.Context(), portal.MintHolder(standing, portal.Visit{Arrived: store.Now()}))
		return err
	}
	known := func(r *http.Request) error {
		_, err := store.Standing(r.Context(), c.ID)
		return err
	}
	for path, reads := range map[string][]func(*http.Request) error{listPath: {known, list}, heartPath: {list}, accountPath: {known, account}} {
		mux[path] = orFail(reads, s.Answers[path].handler())
	}
	return mux, nil
}

func orFail(reads []func(*http.Request) error, write http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, read := range reads {
			if err := read(r); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
		}
		write(w, r)
	}
}

// handler gives the recorded answer. Its headers are laid out once, as a list, since walking a map takes longer.
func (a answer) handler() http.HandlerFunc {
	type field struct {
		name   string
		values []string
	}
	var fields []field
	for name, values := range a.Header {
		if name != "Transfer-Encoding" { // net/http's own to set
			fields = append(fields, field{name, values})
		}
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		for _, f := range fields {
			h[f.name] = f.values
		}
		w.WriteHeader(a.Status)
		if len(a.Body) > 0 {
			_, _ = w.Write(a.Body) // the reader has gone away: nobody is left to tell
		}
	}
}
