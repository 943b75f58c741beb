package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/alexedwards/scs/v2"

	"softsci/internal/portal"
)

// Lifetime is how long a session can last, however busy (idleness ends it sooner,
// see postgres.Idle).
const Lifetime = 12 * time.Hour

// Accounts tells what an account may do at this moment.
type Accounts interface {
	Standing(ctx context.Context, account int64) (portal.Standing, error)
}

// Manager keeps who is signed in, in a cookie that only names a row: the row
// knows the token's hash, and its account is judged anew with every request.
type Manager struct {
	sessions *scs.SessionManager
	accounts Accounts
}

// The session's values. All are strings, so that JSON gives back what it was given.
const (
	keyAccount = "account"
	keyID      = "id"
	keyAddress = "address"
	keyAgent   = "agent"
	keyNotice  = "notice"
)

// Store keeps sessions, and finds a living one together with the account that it signs
// in and the moment at which it ends if nobody does anything more; data is nil when it
// finds none. To be found prolongs a session's life only where noted says so.
type Store interface {
	scs.CtxStore
	Living(ctx context.Context, token string, noted bool) (data []byte, standing portal.Standing, ends time.Time, err error)
}

// remembering is a Store that puts down whom it has found for the request.
type remembering struct{ Store }

// found is the account of a request's session as it was loaded, and the session's end.
type found struct {
	standing portal.Standing
	ends     time.Time
}

type foundKey struct{}

type quietKey struct{}

// Quietly marks a handler's requests as no sign of life: a page that asks how long its
// session lasts does not prolong it by asking.
func Quietly(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), quietKey{}, true)))
	})
}

// FindCtx finds a session and remembers its account.
func (r remembering) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, standing, ends, err := r.Living(ctx, token, ctx.Value(quietKey{}) == nil)
	if f, _ := ctx.Value(foundKey{}).(*found); f != nil && data != nil {
		*f = found{standing, ends}
	}
	return data, data != nil, err
}

// NewManager makes a Manager over a store; https decides whether the cookie is
// marked Secure and bound to the host.
func NewManager(store Store, accounts Accounts, https bool) *Manager {
	s := scs.New()
	s.Store = remembering{store}
	s.Codec = jsonCodec{}
	s.HashTokenInStore = true
	s.Lifetime = Lifetime
	s.Cookie.Name = "session"
	s.Cookie.HttpOnly = true
	s.Cookie.SameSite = http.SameSiteLaxMode
	s.Cookie.Persist = false // nothing is left behind when the browser closes
	if https {
		s.Cookie.Secure = true
		s.Cookie.Name = "__Host-session"
	}
	return &Manager{sessions: s, accounts: accounts}
}

// Wrap loads and saves the session around a handler; fail answers when the store does not.
func (m *Manager) Wrap(next http.Handler, fail func(http.ResponseWriter, *http.Request, error)) http.Handler {
	s := *m.sessions
	s.ErrorFunc = fail
	wrapped := s.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		wrapped.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), foundKey{}, &found{})))
	})
}

// Begin signs the account in under a new token, so that a token planted before
// signing in is worth nothing.
func (m *Manager) Begin(ctx context.Context, account int64, visit portal.Visit, agent string) error {
	if err := m.sessions.RenewToken(ctx); err != nil {
		return err
	}
	address := ""
	if visit.Address.IsValid() {
		address = visit.Address.String()
	}
	for key, value := range map[string]string{
		keyAccount: strconv.FormatInt(account, 10), keyID: rand.Text(), keyAddress: address, keyAgent: cut(agent, 200),
	} {
		m.sessions.Put(ctx, key, value)
	}
	return nil
}

// End signs out and forgets everything about the session.
func (m *Manager) End(ctx context.Context) error { return m.sessions.Destroy(ctx) }

// ID names the current session in its owner's list.
func (m *Manager) ID(ctx context.Context) string { return m.sessions.GetString(ctx, keyID) }

// Ends is when the session ends if its account does nothing more, at the latest
// [Lifetime] after it began; zero for one that began with this request.
func (m *Manager) Ends(ctx context.Context) time.Time {
	if f, _ := ctx.Value(foundKey{}).(*found); f != nil {
		return f.ends
	}
	return time.Time{}
}

// Ended is the hashed token of the session that the request names and that no longer
// lives, "" when it names none. It says who somebody was and lets nobody in.
func (m *Manager) Ended(r *http.Request) string {
	c, err := r.Cookie(m.sessions.Cookie.Name)
	if err != nil || c.Value == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(c.Value)) // as scs keys its store (HashTokenInStore)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Notice keeps a sentence for the next page.
func (m *Manager) Notice(ctx context.Context, sentence string) {
	m.sessions.Put(ctx, keyNotice, sentence)
}

// TakeNotice returns the sentence kept for this page, once.
func (m *Manager) TakeNotice(ctx context.Context) string { return m.sessions.PopString(ctx, keyNotice) }

// standing is who is signed in, or ok false.
func (m *Manager) standing(ctx context.Context) (s portal.Standing, ok bool, err error) {
	id := m.sessions.GetString(ctx, keyAccount)
	if id == "" {
		return s, false, nil
	}
	account, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return s, false, err
	}
	if f, _ := ctx.Value(foundKey{}).(*found); f != nil && f.standing.Account == account {
		return f.standing, true, nil
	}
	s, err = m.accounts.Standing(ctx, account)
	return s, err == nil, err
}

// Visitor is the actor of a public request.
func (m *Manager) Visitor(visit portal.Visit) portal.Visitor { return portal.MintVisitor(visit) }

// Holder is the signed-in account, or ok false when nobody is signed in.
func (m *Manager) Holder(ctx context.Context, visit portal.Visit) (portal.Holder, bool, error) {
	s, ok, err := m.standing(ctx)
	return portal.MintHolder(s, visit), ok, err
}

// Applicant is the holder as an applicant, if it is one.
func (m *Manager) Applicant(h portal.Holder) (portal.Applicant, bool) {
	return portal.MintApplicant(h.Standing(), h.Visit())
}

// Contact is the holder as a contact, if it is one.
func (m *Manager) Contact(h portal.Holder) (portal.Contact, bool) {
	return portal.MintContact(h.Standing(), h.Visit())
}

// Admin is the holder as an administrator, if it is one.
func (m *Manager) Admin(h portal.Holder) (portal.Admin, bool) {
	return portal.MintAdmin(h.Standing(), h.Visit())
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// jsonCodec keeps sessions readable in the database, whose account column is
// derived from them. Numbers would come back as floats, so all values are strings.
type jsonCodec struct{}

type sessionData struct {
	Deadline time.Time         `json:"deadline"`
	Values   map[string]string `json:"values"`
}

// Encode writes a session's values, which must all be strings.
func (jsonCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	data := sessionData{Deadline: deadline, Values: make(map[string]string, len(values))}
	for key, value := range values {
		data.Values[key], _ = value.(string)
	}
	return json.Marshal(data)
}

// Decode reads a session's values.
func (jsonCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var data sessionData
	err := json.Unmarshal(b, &data)
	values := make(map[string]any, len(data.Values))
	for key, value := range data.Values {
		values[key] = value
	}
	return data.Deadline, values, err
}
