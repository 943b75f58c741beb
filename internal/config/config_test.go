package config

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var key = strings.Repeat("ab", 32)

func mustLoad(t *testing.T, environ ...string) Config {
	t.Helper()
	c, err := Load(environ)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoadDefaults(t *testing.T) {
	t.Parallel()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, environ := range [][]string{nil, {"PATH=/bin", "PORTAL_ADDR=", "PORTAL_DEMO= ", "XPORTAL_X=1"}} {
		c := mustLoad(t, environ...)
		want := Config{Addr: "127.0.0.1:8080", Data: filepath.Join(folder, "var"), URL: "http://127.0.0.1:8080",
			Site: Site{Name: "软科学研究申报"}}
		if !reflect.DeepEqual(c, want) {
			t.Errorf("got\n%s\nwant\n%s", c, want)
		}
	}
}

func TestLoadValues(t *testing.T) {
	t.Parallel()
	show := map[string]func(Config) string{
		"owner":   func(c Config) string { return c.DatabaseOwnerURL.Reveal() },
		"addr":    func(c Config) string { return c.Addr },
		"url":     func(c Config) string { return c.URL },
		"proxies": showTrustedProxies,
		"smtp": func(c Config) string {
			return fmt.Sprint(c.SMTP.Host, " ", c.SMTP.Port, " ", c.SMTP.TLS, " ", c.SMTP.User.Reveal(), " ",
				c.SMTP.Password.Reveal(), " ", c.SMTP.From)
		},
		"secret": func(c Config) string { return fmt.Sprintf("%x", c.Secret.Reveal()) },
		"clamd":  func(c Config) string { return c.Clamd },
		"demo":   showDemo,
		"site":   func(c Config) string { return fmt.Sprint(c.Site) },
	}
	raw := slices.Repeat([]byte{0xfb, 0xff}, 16)
	tests := []struct {
		what    string
		environ string // settings separated by spaces
		want    string
	}{
		{"owner", "PORTAL_DATABASE_URL=postgres://app@h/d", "postgres://app@h/d"},
		{"owner", "PORTAL_DATABASE_URL=postgres://app@h/d PORTAL_DATABASE_OWNER_URL=postgresql://own@h/d", "postgresql://own@h/d"},
		{"owner", "PORTAL_DATABASE_URL=postgres:///d?host=/run/postgresql", "postgres:///d?host=/run/postgresql"},
		{"addr", "PORTAL_ADDR=:80", ":80"},
		{"addr", "PORTAL_ADDR=[::1]:9000", "[::1]:9000"},
		{"addr", "PORTAL_ADDR=127.0.0.1:0 PORTAL_URL=http://x", "127.0.0.1:0"},
		{"url", "PORTAL_ADDR=127.0.0.1:9000", "http://127.0.0.1:9000"},
		{"url", "PORTAL_ADDR=:9000", "http://localhost:9000"},
		{"url", "PORTAL_ADDR=0.0.0.0:80", "http://localhost"},
		{"url", "PORTAL_ADDR=[::]:9000", "http://localhost:9000"},
		{"url", "PORTAL_URL=https://Portal.Example/", "https://portal.example"},
		{"url", "PORTAL_URL=https://portal.example:443", "https://portal.example"},
		{"url", "PORTAL_URL=http://portal.example:443", "http://portal.example:443"},
		{"url", "PORTAL_URL=http://[::1]:8080", "http://[::1]:8080"},
		{"proxies", "PORTAL_TRUSTED_PROXIES=10.1.2.3/8,,::1,192.0.2.1,::ffff:192.0.2.2", "10.0.0.0/8,::1/128,192.0.2.1/32,192.0.2.2/32"},
		{"smtp", "PORTAL_SMTP_URL=smtp://u:p%40ss%3Aw@mail.example?from=a@b.example", "mail.example 587 false u p@ss:w a@b.example"},
		{"smtp", "PORTAL_SMTP_URL=smtps://a%40b.example:p@mail.example", "mail.example 465 true a@b.example p a@b.example"},
		{"smtp", "PORTAL_SMTP_URL=smtp://[::1]:25/?from=a@b.example", "::1 25 false   a@b.example"},
		{"clamd", "PORTAL_CLAMD=/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"},
		{"clamd", "PORTAL_CLAMD=127.0.0.1:3310", "127.0.0.1:3310"},
		{"secret", "PORTAL_SECRET=" + key, key},
		{"secret", "PORTAL_SECRET=" + base64.StdEncoding.EncodeToString(raw), fmt.Sprintf("%x", raw)},
		{"secret", "PORTAL_SECRET=" + base64.RawURLEncoding.EncodeToString(raw), fmt.Sprintf("%x", raw)},
		{"demo", "PORTAL_DEMO=1", "1"},
		{"demo", "PORTAL_DEMO=0", "0"},
		{"demo", "PORTAL_DATABASE_URL=postgres://app@h/d", "0"},
		{"demo", "PORTAL_DATABASE_URL=postgres://app@h/d PORTAL_DEMO=1", "1"},
		{"site", "PORTAL_NAME=申报 PORTAL_ORGANISER=某厅 PORTAL_CONTACT=027-87135799 PORTAL_ICP=鄂ICP备1号 PORTAL_POLICE=鄂公网安备1号 PORTAL_SITE_CODE=4200000000",
			"{申报 某厅 027-87135799 鄂ICP备1号 鄂公网安备1号 4200000000}"},
	}
	for _, tt := range tests {
		t.Run(tt.environ, func(t *testing.T) {
			t.Parallel()
			c := mustLoad(t, strings.Split(tt.environ, " ")...)
			if got := show[tt.what](c); got != tt.want {
				t.Errorf("%s = %q, want %q", tt.what, got, tt.want)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ setting, value, want string }{
		{"PORTAL_DATABASE_URL", "mysql://geheim@h/d", "must begin with postgres://"},
		{"PORTAL_DATABASE_URL", "host=h dbname=d password=geheim", "must begin with postgres://"},
		{"PORTAL_DATABASE_URL", "postgres://u:geheim@h", "must name the database"},
		{"PORTAL_DATABASE_URL", "postgres://u:%zzgeheim@h/d", "not a valid URL"},
		{"PORTAL_DATABASE_URL", "postgres://u:geheim/@h/d", "not a valid URL"},
		{"PORTAL_DATABASE_OWNER_URL", "postgres://u:geheim@h/d", "without PORTAL_DATABASE_URL"},
		{"PORTAL_ADDR", "8080", "not host:port"},
		{"PORTAL_ADDR", "127.0.0.1:65536", "not a port"},
		{"PORTAL_ADDR", "127.0.0.1:99999999999999999999", "not a port"},
		{"PORTAL_ADDR", "127.0.0.1:http", "not a port"},
		{"PORTAL_ADDR", "127.0.0.1:", "not a port"},
		{"PORTAL_ADDR", "a\nb", "not host:port"},
		{"PORTAL_URL", "portal.example", "must begin with http"},
		{"PORTAL_URL", "ftp://portal.example", "must begin with http"},
		{"PORTAL_URL", "https://", "must name a host"},
		{"PORTAL_URL", "https://:443", "must name a host"},
		{"PORTAL_URL", "https://portal.example/sub", "no path"},
		{"PORTAL_URL", "https://portal.example/?", "no path"},
		{"PORTAL_URL", "https://portal.example/#x", "no path"},
		{"PORTAL_URL", "https://u:geheim@portal.example", "must not hold a user"},
		{"PORTAL_URL", "https://申报.example", "ASCII"},
		{"PORTAL_URL", "https://portal.example:70000", "not a port"},
		{"PORTAL_URL", "https://portal.example\n.evil", "not a valid URL"},
		{"PORTAL_TRUSTED_PROXIES", "10.0.0.0/8, proxy.example", `"proxy.example" is neither`},
		{"PORTAL_TRUSTED_PROXIES", "10.0.0.0/33", "neither"},
		{"PORTAL_TRUSTED_PROXIES", "fe80::1%eth0", "neither"},
		{"PORTAL_CLAMD", "clamd", "must be host:port"},
		{"PORTAL_CLAMD", "./clamd.sock", "must be host:port"},
		{"PORTAL_SMTP_URL", "mail.example:587", "must begin with smtp"},
		{"PORTAL_SMTP_URL", "http://mail.example", "must begin with smtp"},
		{"PORTAL_SMTP_URL", "smtp://?from=a@b.example", "must name a host"},
		{"PORTAL_SMTP_URL", "smtp://u:geheim@mail.example", "add ?from=address"},
		{"PORTAL_SMTP_URL", "smtp://u:geheim@mail.example?from=nobody", "not a mail address"},
		{"PORTAL_SMTP_URL", "smtp://u:geheim@mail.example?from=a@b.example%0d%0aBcc:c@d.example", "not a mail address"},
		{"PORTAL_SMTP_URL", "smtp://u:geheim@mail.example?form=a@b.example", `unknown parameter "form"`},
		{"PORTAL_SMTP_URL", "smtp://mail.example:0?from=a@b.example", "not a port"},
		{"PORTAL_SMTP_URL", "smtp://mail.example/x?from=a@b.example", "must end after the host"},
		{"PORTAL_SMTP_URL", "smtp://u:%zzgeheim@mail.example", "not a valid URL"},
		{"PORTAL_SECRET", "geheim", "at least 32 bytes"},
		{"PORTAL_SECRET", key[:62], "at least 32 bytes"},
		{"PORTAL_SECRET", key + "geheim!", "at least 32 bytes"},
		{"PORTAL_DEMO", "yes", "neither 0 nor 1"},
		{"PORTAL_NAME", strings.Repeat("名", 201), "more than 200"},
		{"PORTAL_ICP", "a\x00b", "control character"},
		{"PORTAL_ICP", "a\xff", "not UTF-8"},
		{"PORTAL_SITE_CODE", "42", "ten letters or digits"},
		{"PORTAL_SITE_CODE", "420000000！", "ten letters or digits"},
		{"PORTAL_SMPT_URL", "geheim", "did you mean PORTAL_SMTP_URL?"},
		{"PORTAL_DATABASE", "geheim", "did you mean PORTAL_DATABASE_URL?"},
		{"PORTAL_", "geheim", "did you mean"},
	}
	for _, tt := range tests {
		t.Run(tt.setting+"="+tt.value, func(t *testing.T) {
			t.Parallel()
			_, err := Load([]string{tt.setting + "=" + tt.value})
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("Load: %v, want an *Error", err)
			}
			line := e.Error()
			if e.Setting != tt.setting || !strings.HasPrefix(line, tt.setting+": ") || !strings.Contains(line, tt.want) {
				t.Errorf("got %q, want %s and %q", line, tt.setting, tt.want)
			}
			if strings.ContainsAny(line, "\r\n") || strings.Contains(line, "geheim") {
				t.Errorf("%q is more than a line, or tells a secret", line)
			}
		})
	}
}

func TestLoadRefusesUnknownPort(t *testing.T) {
	t.Parallel()
	if _, err := Load([]string{"PORTAL_ADDR=127.0.0.1:0"}); err == nil || !strings.HasPrefix(err.Error(), "PORTAL_URL: must be set") {
		t.Errorf("Load: %v", err)
	}
}

// No way of printing a configuration tells a secret.
func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	c := mustLoad(t, "PORTAL_DATABASE_URL=postgres://app:geheim1@h/d?password=geheim2",
		"PORTAL_DATABASE_OWNER_URL=postgres://own:geheim3@h/d",
		"PORTAL_SMTP_URL=smtp://geheim4:geheim5@mail.example?from=a@b.example", "PORTAL_SECRET="+key)
	var logged strings.Builder
	slog.New(slog.NewTextHandler(&logged, nil)).Info("text", "config", c, "smtp", c.SMTP)
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("json", "config", c, "smtp", *c.SMTP)
	marshalled, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"String": c.String(), "GoString": fmt.Sprintf("%#v", c), "fmt": fmt.Sprintf("%+v %s", c, &c),
		"fields": fmt.Sprintf("%v %+v %#v %s", *c.SMTP, c.SMTP, *c.SMTP, c.Secret), "log": logged.String(), "JSON": string(marshalled),
	} {
		raw := c.Secret.Reveal()
		if strings.Contains(text, "geheim") || strings.Contains(text, key) || strings.Contains(text, raw) {
			t.Errorf("%s tells a secret: %s", name, text)
		}
	}
	for _, want := range []string{
		"PORTAL_DATABASE_URL=postgres://app@h/d\n", "PORTAL_DATABASE_OWNER_URL=postgres://own@h/d\n",
		"PORTAL_SMTP_URL=smtp://mail.example:587?from=a@b.example\n", "PORTAL_SECRET=(hidden)\n",
	} {
		if !strings.Contains(c.String(), want) {
			t.Errorf("no %q in\n%s", want, c)
		}
	}
}

// What String prints of a configuration without secrets loads as the same configuration.
func TestStringRoundTrip(t *testing.T) {
	t.Parallel()
	c := mustLoad(t, "PORTAL_ADDR=:9000", "PORTAL_TRUSTED_PROXIES=10.0.0.0/8,::1", "PORTAL_DEMO=1", "PORTAL_NAME=申报",
		"PORTAL_SMTP_URL=smtps://mail.example?from=a@b.example", "PORTAL_PG_BIN=/usr/lib/postgresql/15/bin",
		"PORTAL_SITE_CODE=4200000000", "PORTAL_DATABASE_URL=postgres://app@h/d")
	again := mustLoad(t, strings.Split(c.String(), "\n")...)
	if c.String() != again.String() || !slices.Equal(c.TrustedProxies, []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}) {
		t.Errorf("got\n%s\nwant\n%s", again, c)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	rows := strings.Split(strings.TrimSpace(Table()), "\n")
	if len(rows) != len(settings)+2 {
		t.Fatalf("%d lines for %d settings", len(rows), len(settings))
	}
	seen := map[string]bool{}
	for i, s := range settings {
		if seen[s.name] || !strings.HasPrefix(s.name, prefix) {
			t.Errorf("%s is there twice or is not ours", s.name)
		}
		seen[s.name] = true
		if s.defaultWords() == "" || strings.Contains(s.meaning, "\n") || !strings.HasSuffix(s.meaning, ".") {
			t.Errorf("%s: a default and one sentence are wanted", s.name)
		}
		if strings.Count(rows[i+2], "|") != 4 || !strings.HasPrefix(rows[i+2], "| `"+s.name+"` |") {
			t.Errorf("row %q", rows[i+2])
		}
	}
}
