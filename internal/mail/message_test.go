package mail

import (
	"encoding/base64"
	"io"
	"mime"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// checkMail parses a mail as a reader's program would and compares it with the message.
func checkMail(t *testing.T, raw string, m Message) {
	t.Helper()
	parsed, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatalf("%v in\n%s", err, raw)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	if from, err := netmail.ParseAddress(parsed.Header.Get("From")); err != nil || from.Name != letterhead.Name {
		t.Errorf("from %v, %v", from, err)
	}
	for name, want := range map[string]string{
		"To":                       "<" + m.To + ">",
		"Date":                     "Fri, 28 Apr 2023 09:00:00 +0000",
		"Message-ID":               "<17.1682672400000000@portal.example>",
		"Auto-Submitted":           "auto-generated",
		"X-Auto-Response-Suppress": "All",
		"Content-Language":         "zh-CN",
		"Content-Type":             "text/plain; charset=UTF-8",
		"User-Agent":               "",
	} {
		if got := parsed.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	body := io.Reader(parsed.Body)
	if parsed.Header.Get("Content-Transfer-Encoding") == "base64" {
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	text, err := io.ReadAll(body)
	if want := crlf(m.Body); err != nil || strings.TrimRight(string(text), "\r\n") != strings.TrimRight(want, "\r\n") {
		t.Errorf("body %q, %v\nwant %q", text, err, want)
	}
}

func TestAddressesWithMoreThanAnAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "nobody", "a@b.invalid\r\nBcc: c@d.invalid", "a@b.invalid\n", "a@b.invalid\x00", "a\r\n @b.invalid",
		"Name <a@b.invalid>", "a@b.invalid, c@d.invalid", " a@b.invalid",
	} {
		m := testMessage()
		m.To = address
		dir := filepath.Join(t.TempDir(), "mail")
		if err := (File{letterhead, dir}).Send(t.Context(), m); !Permanent(err) {
			t.Errorf("%q: %v, want a permanent error", address, err)
		}
		if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
			t.Errorf("%q: wrote %v", address, entries)
		}
	}
	m := testMessage()
	bad := letterhead
	bad.From = "a@b.invalid\r\nBcc: c@d.invalid"
	if err := (File{bad, t.TempDir()}).Send(t.Context(), m); !Permanent(err) {
		t.Errorf("sender: %v, want a permanent error", err)
	}
}

func TestSubjectIsOneLine(t *testing.T) {
	t.Parallel()
	m := testMessage()
	m.Subject = "两行的\r\nBcc: c@d.invalid\x00 标题"
	dir := t.TempDir()
	if err := (File{letterhead, dir}).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	parsed, err := netmail.ReadMessage(strings.NewReader(mustReadOnly(t, dir)))
	if err != nil {
		t.Fatal(err)
	}
	subject, _ := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
	if want := "两行的 Bcc: c@d.invalid 标题"; subject != want || parsed.Header.Get("Bcc") != "" {
		t.Errorf("subject %q, header %v", subject, parsed.Header)
	}
}

func TestMessageID(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"portal.example":      "portal.example",
		"portal.example:8443": "portal.example",
		"127.0.0.1:8080":      nowhere,
		"[::1]:8080":          nowhere,
		"":                    nowhere,
	} {
		if got := (Letterhead{Host: host}).messageID(testMessage()); got != "17.1682672400000000@"+want {
			t.Errorf("%q: %s", host, got)
		}
	}
}
