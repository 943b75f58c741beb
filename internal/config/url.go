package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
)

// SMTP is the mail server of PORTAL_SMTP_URL.
type SMTP struct {
	Host string
	Port int
	// TLS is true for smtps://, where the connection is encrypted from its first byte. With smtp:// it is upgraded
	// when the server offers that.
	TLS      bool
	User     Hidden // some providers use the key itself as the name
	Password Hidden
	From     string // the address mails come from
}

// String is the server without user and password.
func (s *SMTP) String() string {
	if s == nil {
		return ""
	}
	u := url.URL{Scheme: "smtp", Host: net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), RawQuery: "from=" + s.From}
	if s.TLS {
		u.Scheme = "smtps"
	}
	return u.String()
}

// errURL is all that may be said about an address with a password in it: the errors of net/url quote their input.
var errURL = errors.New("is not a valid URL (special characters in user or password must be percent-encoded)")

func parseDatabaseURL(c *Config, value string) error {
	if err := checkDatabaseURL(value); err != nil {
		return err
	}
	c.DatabaseURL = Hidden(value)
	return nil
}

func parseDatabaseOwnerURL(c *Config, value string) error {
	if value != "" && c.DatabaseURL == "" {
		return errors.New("is set without PORTAL_DATABASE_URL")
	}
	if err := checkDatabaseURL(value); err != nil {
		return err
	}
	c.DatabaseOwnerURL = Hidden(value)
	if value == "" {
		c.DatabaseOwnerURL = c.DatabaseURL
	}
	return nil
}

func checkDatabaseURL(value string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil {
		return errURL
	}
	if u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return errors.New("must begin with postgres:// or postgresql://")
	}
	if strings.Trim(u.Path, "/") == "" {
		return errors.New("must name the database after the host, as in postgres://user@host/softsci")
	}
	return nil
}

// showDatabaseURL leaves out the query too: libpq allows a password there.
func showDatabaseURL(value Hidden) string {
	if value == "" {
		return ""
	}
	u, err := url.Parse(value.Reveal())
	if err != nil {
		return value.String()
	}
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if u.User != nil {
		shown.User = url.User(u.User.Username())
	}
	return shown.String()
}

func parseURL(c *Config, value string) error {
	if value == "" {
		return presetURL(c)
	}
	u, err := url.Parse(value)
	switch {
	case err != nil:
		return errURL
	case u.Scheme != "http" && u.Scheme != "https":
		return errors.New("must begin with http:// or https://")
	case u.User != nil:
		return errors.New("must not hold a user or a password")
	case u.Hostname() == "":
		return errors.New("must name a host")
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fmt.Errorf("%q must end after the host: no path, query or fragment", value)
	case !ascii(u.Host):
		return fmt.Errorf("%q must spell its host in ASCII (xn--…)", value)
	}
	if u.Port() != "" {
		if err := checkPort(u.Port()); err != nil {
			return err
		}
	}
	c.URL = u.Scheme + "://" + canonicalHost(u)
	return nil
}

// presetURL makes the address from where the portal listens. An unspecified host is reached as localhost by whoever
// sits at the machine, which is all that a default can know.
func presetURL(c *Config) error {
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("cannot be made from PORTAL_ADDR %q", c.Addr)
	}
	if strings.Trim(port, "0") == "" {
		return errors.New("must be set when PORTAL_ADDR leaves the port to the system (0)")
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	c.URL = "http://" + canonicalHost(&url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)})
	return nil
}

// canonicalHost is the host as a browser writes it in Origin: lower case, the scheme's own port left out.
func canonicalHost(u *url.URL) string {
	host := strings.ToLower(u.Host)
	own := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	return strings.TrimSuffix(strings.TrimSuffix(host, own), ":")
}

// defaultSMTPPort is the submission port of each scheme (RFC 6409, RFC 8314).
var defaultSMTPPort = map[string]int{"smtp": 587, "smtps": 465}

func parseSMTPURL(c *Config, value string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil {
		return errURL
	}
	port, ok := defaultSMTPPort[u.Scheme]
	if !ok {
		return errors.New("must begin with smtp:// or smtps://")
	}
	if err := checkSMTPURL(u); err != nil {
		return err
	}
	if u.Port() != "" {
		port, _ = strconv.Atoi(u.Port()) // checkSMTPURL has seen that it is a number
	}
	s := &SMTP{Host: u.Hostname(), Port: port, TLS: u.Scheme == "smtps"}
	if u.User != nil {
		password, _ := u.User.Password()
		s.User, s.Password = Hidden(u.User.Username()), Hidden(password)
	}
	if s.From, err = smtpFrom(u); err != nil {
		return err
	}
	c.SMTP = s
	return nil
}

func checkSMTPURL(u *url.URL) error {
	if u.Hostname() == "" {
		return errors.New("must name a host")
	}
	if strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return errors.New("must end after the host or with ?from=address")
	}
	for key := range u.Query() {
		if key != "from" {
			return fmt.Errorf("has an unknown parameter %q; only from is known", key)
		}
	}
	if u.Port() == "" {
		return nil
	}
	if err := checkPort(u.Port()); err != nil || strings.Trim(u.Port(), "0") == "" {
		return fmt.Errorf("%q is not a port number from 1 to 65535", u.Port())
	}
	return nil
}

// smtpFrom is the sender's address: the parameter, or the user name where that is an address.
func smtpFrom(u *url.URL) (string, error) {
	from := u.Query().Get("from")
	if from == "" && u.User != nil && strings.Contains(u.User.Username(), "@") {
		from = u.User.Username()
	}
	if from == "" {
		return "", errors.New("must say which address mails come from: add ?from=address")
	}
	a, err := mail.ParseAddress(from)
	if err != nil || a.Name != "" || a.Address != from {
		return "", fmt.Errorf("from=%q is not a mail address", from)
	}
	return a.Address, nil
}

func ascii(s string) bool {
	for _, r := range s {
		if r > 127 {
			return false
		}
	}
	return true
}

// parseClamd takes host:port or the absolute path of a socket.
func parseClamd(c *Config, value string) error {
	if value != "" && !filepath.IsAbs(value) {
		if host, port, err := net.SplitHostPort(value); err != nil || host == "" || port == "" {
			return errors.New("must be host:port or the absolute path of a socket")
		}
	}
	c.Clamd = value
	return nil
}
