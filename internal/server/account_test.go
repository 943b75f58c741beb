package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"softsci/web/text"
)

// registration is a complete and right form.
func registration(change ...string) []string {
	form := map[string]string{"name": "张三", "email": "zhang@x.invalid", "password": password, "unit_name": "示范大学",
		"unit_code": "91350100M000100Y43", "privacy": "yes", "privacy_version": text.PrivacyVersion}
	for i := 0; i+1 < len(change); i += 2 {
		form[change[i]] = change[i+1]
	}
	var pairs []string
	for name, value := range form {
		pairs = append(pairs, name, value)
	}
	return pairs
}

// TestRegister: who registers on the way to a topic lands in its application; the
// version of the notice is kept; the address is asked to be confirmed, not needed.
func TestRegister(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	to := b.post("/applications", "batch", slug, "topic", "5").location()
	signIn := b.get(to).doc()
	if !strings.Contains(signIn.Find("main").Text(), "湖北高质量技术要素市场建设研究") {
		t.Errorf("the sign-in page does not say what was begun")
	}
	href, _ := signIn.Find(`main a[href^="/register"]`).Attr("href")
	form := b.get(href).doc()
	hidden := func(name string) string { v, _ := form.Find("[name=" + name + "]").Attr("value"); return v }
	got := b.post("/register", registration("start_batch", hidden("start_batch"), "start_topic", hidden("start_topic"))...)
	if !strings.HasPrefix(got.location(), "/applications/") {
		t.Fatalf("%d to %q: %s", got.status, got.location(), got.text())
	}
	if text := b.get(got.location()).text(); !strings.Contains(text, "湖北高质量技术要素市场建设研究") {
		t.Errorf("landed at %s", text)
	}
	var version string
	s.row(&version, `SELECT privacy_version FROM account WHERE email = 'zhang@x.invalid'`)
	if version != text.PrivacyVersion {
		t.Errorf("the agreed notice is %q", version)
	}
	link := s.mailed("zhang@x.invalid", "/confirm/")
	if text := s.visitor().get(link).text(); !strings.Contains(text, "zhang@x.invalid") {
		t.Errorf("the confirmation page says %s", text)
	}
	s.visitor().get(link) // a program that follows links confirms nothing
	var confirmed bool
	if s.row(&confirmed, `SELECT confirmed_at IS NOT NULL FROM account WHERE email = 'zhang@x.invalid'`); confirmed {
		t.Error("following the link confirmed the address")
	}
	if got := s.visitor().post(link); got.status != http.StatusOK {
		t.Errorf("confirm: %d %s", got.status, got.text())
	}
	if got := s.visitor().post(link); got.status != http.StatusGone {
		t.Errorf("confirm twice: %d", got.status)
	}
}

func TestRegisterRefusals(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, tc := range []struct{ name, field, value, says string }{
		{"nothing", "name", "", "姓名"},
		{"no address", "email", "zhang", "邮箱"},
		{"a header in the address", "email", "a@x.invalid\r\nBcc: b@x.invalid", "邮箱"},
		{"a taken address, in capitals", "email", "OWNER@x.invalid", "已经注册"},
		{"a short password", "password", "Ab1-", "8"},
		{"a plain password", "password", "abcdefgh", "三种"},
		{"a wrong check digit", "unit_code", "91350100M000100Y44", "校验"},
		{"a letter that no code has", "unit_code", "91310115MA1G4L1WXI", ""},
		{"no agreement", "privacy", "", "隐私"},
		{"an old notice", "privacy_version", "2020-01", "更新"},
		{"a name too long", "name", strings.Repeat("长", 61), "60"},
		{"a NUL", "name", "张\x00三", "不能保存"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := s.visitor().post("/register", registration(tc.field, tc.value)...)
			doc := got.doc()
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("main").Text(), tc.says) {
				t.Errorf("%d: %s", got.status, got.text())
			}
			if doc.Find(".summary a").Length() == 0 || !strings.HasPrefix(doc.Find("title").Text(), "错误：") {
				t.Error("no error summary, or the title does not say so")
			}
			if href, _ := doc.Find(".summary a").First().Attr("href"); doc.Find(href).Length() != 1 {
				t.Errorf("the summary leads to %q, which is not on the page", href)
			}
			if value, _ := doc.Find("[name=unit_name]").Attr("value"); value != "示范大学" {
				t.Errorf("what was typed is gone: %q", value)
			}
			if strings.Contains(got.body, password) {
				t.Error("the password came back")
			}
		})
	}
}

// TestSignInLimit: five failures close the account for a quarter of an hour, for
// the right password too, and the letter of a forgotten password opens it again.
func TestSignInLimit(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	for i := range 5 {
		if got := b.post("/sign-in", "email", "owner@x.invalid", "password", "Wrong-pass-1"); got.status != http.StatusUnprocessableEntity {
			t.Fatalf("failure %d: %d", i+1, got.status)
		}
	}
	got := b.post("/sign-in", "email", "Owner@x.invalid", "password", password)
	if got.status != http.StatusTooManyRequests || !strings.Contains(got.text(), "09:15") {
		t.Errorf("the sixth try: %d %s", got.status, got.text())
	}
	b.post("/forgotten", "email", "owner@x.invalid")
	link := s.mailed("owner@x.invalid", "/reset/")
	if got := b.post(link, "password", "Fresh-pass-2"); got.status != http.StatusSeeOther {
		t.Fatalf("reset: %d %s", got.status, got.text())
	}
	if got := s.visitor().post("/sign-in", "email", "owner@x.invalid", "password", "Fresh-pass-2"); got.status != http.StatusSeeOther {
		t.Errorf("after the reset: %d %s", got.status, got.text())
	}
	if got := b.post(link, "password", "Fresh-pass-3"); got.status != http.StatusGone {
		t.Errorf("the link worked twice: %d", got.status)
	}
	s.clock.set(s.clock.Now().Add(16 * time.Minute))
	if got := s.visitor().post("/sign-in", "email", "owner@x.invalid", "password", "Fresh-pass-2"); got.status != http.StatusSeeOther {
		t.Errorf("a quarter of an hour later: %d", got.status)
	}
}

// TestForgottenPasswordTellsNothing: the answer is the same for an address that has
// no account, and a flood is stopped.
func TestForgottenPasswordTellsNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	known, unknown := b.post("/forgotten", "email", "owner@x.invalid"), b.post("/forgotten", "email", "nobody@x.invalid")
	if known.status != http.StatusOK || known.body != unknown.body {
		t.Error("the answers differ")
	}
	last := known
	for range 4 {
		last = b.post("/forgotten", "email", "owner@x.invalid")
	}
	if last.status != http.StatusTooManyRequests {
		t.Errorf("the fifth letter within an hour: %d", last.status)
	}
	var n int
	if s.row(&n, `SELECT count(*) FROM message WHERE kind = 'reset'`); n != 3 {
		t.Errorf("%d letters were written", n)
	}
}

// TestLinksEnd: a reset link lives two hours, and the newest alone.
func TestLinksEnd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor()
	b.post("/forgotten", "email", "owner@x.invalid")
	first := s.mailed("owner@x.invalid", "/reset/")
	b.post("/forgotten", "email", "owner@x.invalid")
	second := s.mailed("owner@x.invalid", "/reset/")
	if got := b.get(first); got.status != http.StatusGone {
		t.Errorf("a replaced link: %d", got.status)
	}
	s.clock.set(s.clock.Now().Add(2*time.Hour - time.Microsecond))
	if got := b.get(second); got.status != http.StatusOK {
		t.Errorf("within two hours: %d", got.status)
	}
	s.clock.set(s.clock.Now().Add(time.Microsecond))
	if got := b.get(second); got.status != http.StatusGone {
		t.Errorf("after two hours: %d", got.status)
	}
}

// TestSessions: signing in changes the token, thirty idle minutes end a session, a
// changed password ends the others, signing out ends it for good.
func TestSessions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	planted := s.visitor()
	planted.header.Set("Cookie", "session=planted-by-somebody-else")
	got := planted.post("/sign-in", "email", "owner@x.invalid", "password", password)
	if cookie := got.header.Get("Set-Cookie"); got.status != http.StatusSeeOther || strings.Contains(cookie, "planted") ||
		!strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("signing in with a planted token: %d %s", got.status, cookie)
	}
	if got := planted.get("/account"); got.status != http.StatusSeeOther {
		t.Errorf("the planted token opens %d", got.status)
	}

	one, two := s.as("other@x.invalid"), s.as("other@x.invalid")
	s.clock.set(s.clock.Now().Add(29 * time.Minute))
	if got := one.get("/account"); got.status != http.StatusOK || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("after 29 minutes: %d, %s", got.status, got.header.Get("Cache-Control"))
	}
	s.clock.set(s.clock.Now().Add(2 * time.Minute))
	if got := two.get("/account"); got.location() == "" {
		t.Errorf("after 31 idle minutes: %d", got.status)
	}
	three := s.as("other@x.invalid")
	if got := one.post("/account/password", "current", "Wrong-pass-1", "password", "Fresh-pass-2"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong current password: %d", got.status)
	}
	if got := one.post("/account/password", "current", password, "password", "Fresh-pass-2"); got.status != http.StatusSeeOther {
		t.Errorf("a changed password: %d %s", got.status, got.text())
	}
	if got := three.get("/account"); got.status != http.StatusSeeOther {
		t.Errorf("another session outlived the password: %d", got.status)
	}
	if got := one.post("/sign-out"); got.status != http.StatusSeeOther {
		t.Fatalf("sign out: %d", got.status)
	}
	if got := one.get("/account"); got.status != http.StatusSeeOther {
		t.Errorf("after signing out: %d", got.status)
	}
	var n int
	if s.row(&n, `SELECT count(*) FROM session s JOIN account a ON a.id = s.account WHERE a.email = 'other@x.invalid' AND s.last_seen_at > $1`, s.clock.Now().Add(-time.Minute)); n != 0 {
		t.Errorf("%d sessions are left", n)
	}
}

// TestInvitation: an administrator invites a contact, who sets a password and finds
// the desk; the right ends with the next click after it is taken.
func TestInvitation(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.as("admin@x.invalid")
	form := admin.get("/admin/accounts").doc()
	topic, _ := form.Find("[name=topics]").First().Attr("value")
	if got := admin.post("/admin/invitations", "email", "new@x.invalid", "name", "新联系人", "role", "contact"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a contact without a topic: %d", got.status)
	}
	if got := admin.post("/admin/invitations", "email", "new@x.invalid", "name", "新联系人", "role", "contact", "topics", topic); got.status != http.StatusSeeOther {
		t.Fatalf("invite: %d %s", got.status, got.text())
	}
	guest := s.visitor()
	link := s.mailed("new@x.invalid", "/invitations/")
	if got := guest.post(link, "password", "weak"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a weak password: %d", got.status)
	}
	if got := guest.post(link, "password", password); got.location() != "/desk" {
		t.Fatalf("accept: %d to %q %s", got.status, got.location(), got.text())
	}
	if got := guest.get("/desk"); got.status != http.StatusOK {
		t.Errorf("the desk: %d", got.status)
	}
	ref := s.accountRef("new@x.invalid")
	end, _ := admin.get("/admin/accounts/" + ref).doc().Find(`form[action$="/end"]`).Attr("action")
	if got := admin.post(end); got.status != http.StatusSeeOther {
		t.Fatalf("end the right: %d %s", got.status, got.text())
	}
	if got := guest.get("/desk"); got.status != http.StatusNotFound {
		t.Errorf("the desk after the right ended: %d", got.status)
	}
	own, _ := admin.get("/admin/accounts/" + s.accountRef("admin@x.invalid")).doc().Find(`form[action$="/end"]`).Attr("action")
	if got := admin.post(own); got.status != http.StatusConflict {
		t.Errorf("the last administrator could be ended: %d", got.status)
	}
}

// row reads one value as the owner of the database.
func (s *site) row(dst any, sql string, args ...any) {
	s.t.Helper()
	conn, err := pgx.Connect(s.t.Context(), s.owner)
	s.must(err)
	defer conn.Close(s.t.Context())
	s.must(conn.QueryRow(s.t.Context(), sql, args...).Scan(dst))
}

// mailed is the path of the newest link of a kind that was mailed to an address.
func (s *site) mailed(address, prefix string) string {
	s.t.Helper()
	var body string
	s.row(&body, `SELECT body FROM message WHERE address = $1 AND body LIKE '%' || $2 || '%' ORDER BY id DESC LIMIT 1`, address, prefix)
	_, link, _ := strings.Cut(body, "https://portal.example"+prefix)
	link, _, _ = strings.Cut(link, "\n")
	return prefix + link
}
