package server

import (
	"encoding/json"
	"net/http"
)

// saved is what a script that saves while somebody types is answered: on success the
// revision to save on next, the time, and how complete it is; else why not.
type saved struct {
	Revision int    `json:"revision,omitempty"`
	At       string `json:"at,omitempty"`
	State    string `json:"state,omitempty"`
	Message  string `json:"message,omitempty"`
}

// wantsJSON reports whether a script asks, and not a person.
func wantsJSON(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

func answerJSON(w http.ResponseWriter, status int, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // the reader has gone away: nobody is left to tell
	return nil
}
