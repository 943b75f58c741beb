package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
)

// setting is one row of the table: what the operator may write and what becomes of it.
type setting struct {
	name    string
	preset  string // the value when unset; empty where otherwise says what happens
	unset   string // words for the default when preset is empty
	meaning string // one line of English for README
	parse   func(c *Config, value string) error
	show    func(c Config) string // the value for a log; never a secret
}

// settings is read from top to bottom: a row may use what the rows above it have set.
var settings = []setting{
	{"PORTAL_DATABASE_URL", "", "a private PostgreSQL in the data folder",
		"`postgres://…` address of the database server to use instead of a private one.",
		parseDatabaseURL, func(c Config) string { return showDatabaseURL(c.DatabaseURL) }},
	{"PORTAL_DATABASE_OWNER_URL", "", "the same as `PORTAL_DATABASE_URL`",
		"The same database as the role that owns its schema; used only to migrate.",
		parseDatabaseOwnerURL, func(c Config) string { return showDatabaseURL(c.DatabaseOwnerURL) }},
	{"PORTAL_ADDR", "127.0.0.1:8080", "",
		"Where HTTP listens, `host:port`.",
		parseAddr, func(c Config) string { return c.Addr }},
	{"PORTAL_DATA", "./var", "",
		"Folder of everything that is not in the database: the private cluster, mails as files, the kept secret.",
		parseData, func(c Config) string { return c.Data }},
	{"PORTAL_URL", "", "`http://` and `PORTAL_ADDR`",
		"The portal's own address in every mail, feed, sitemap and receipt; never taken from the request.",
		parseURL, func(c Config) string { return c.URL }},
	{"PORTAL_TRUSTED_PROXIES", "", "none",
		"Comma-separated addresses or CIDR ranges of the reverse proxies whose forwarding headers are believed.",
		parseTrustedProxies, showTrustedProxies},
	{"PORTAL_SMTP_URL", "", "mails become files in `mail` of the data folder",
		"`smtp://user:password@host:587?from=address` (TLS when offered) or `smtps://…` (TLS always).",
		parseSMTPURL, func(c Config) string { return c.SMTP.String() }},
	{"PORTAL_CLAMD", "", "attachments are not scanned",
		"`host:port` or socket path of a ClamAV daemon; attachments are held until it has seen them.",
		parseClamd, func(c Config) string { return c.Clamd }},
	{"PORTAL_SECRET", "", "made once and kept as `secret` in the data folder",
		"Seals keys and identity numbers: at least 32 random bytes in hex or base64; the same for all processes on one database.",
		parseSecret, showSecret},
	{"PORTAL_DEMO", "0", "",
		"`1` makes demonstration data and accounts, even in the database of `PORTAL_DATABASE_URL`; `make run` sets it for the private one.",
		parseDemo, showDemo},
	{"PORTAL_PG_BIN", "", "looked for",
		"Folder of PostgreSQL's programs (`initdb`, `postgres`, `pg_ctl`) for the private cluster.",
		parsePGBin, func(c Config) string { return c.PGBin }},
	{"PORTAL_NAME", "软科学研究申报", "",
		"The portal's name on pages and in mails.",
		siteText(func(c *Config) *string { return &c.Site.Name }), func(c Config) string { return c.Site.Name }},
	{"PORTAL_ORGANISER", "", "not shown",
		"主办单位 in the footer.",
		siteText(func(c *Config) *string { return &c.Site.Organiser }), func(c Config) string { return c.Site.Organiser }},
	{"PORTAL_CONTACT", "", "not shown",
		"联系方式 in the footer.",
		siteText(func(c *Config) *string { return &c.Site.Contact }), func(c Config) string { return c.Site.Contact }},
	{"PORTAL_ICP", "", "not shown",
		"ICP备案号 in the footer.",
		siteText(func(c *Config) *string { return &c.Site.ICP }), func(c Config) string { return c.Site.ICP }},
	{"PORTAL_POLICE", "", "not shown",
		"公安备案号 in the footer.",
		siteText(func(c *Config) *string { return &c.Site.Police }), func(c Config) string { return c.Site.Police }},
	{"PORTAL_SITE_CODE", "", "not shown",
		"网站标识码 in the footer, ten letters or digits.",
		parseSiteCode, func(c Config) string { return c.Site.Code }},
}

func (s setting) defaultWords() string {
	if s.preset == "" {
		return s.unset
	}
	return "`" + s.preset + "`"
}

func parseAddr(c *Config, value string) error {
	host, port, err := net.SplitHostPort(value)
	if err != nil {
		return fmt.Errorf("%q is not host:port", value)
	}
	if err := checkPort(port); err != nil {
		return err
	}
	c.Addr = net.JoinHostPort(host, port)
	return nil
}

func parseData(c *Config, value string) error {
	path, err := filepath.Abs(value)
	if err != nil {
		return fmt.Errorf("%q cannot be made absolute: %v", value, err)
	}
	c.Data = path
	return nil
}

func parseTrustedProxies(c *Config, value string) error {
	for item := range strings.SplitSeq(value, ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		p, err := parsePrefix(item)
		if err != nil {
			return err
		}
		c.TrustedProxies = append(c.TrustedProxies, p)
	}
	return nil
}

// parsePrefix reads one address or range. Addresses of IPv4 written as IPv6 become IPv4, as a peer's address does.
func parsePrefix(item string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(item); err == nil && a.Zone() == "" {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(item)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("%q is neither an address nor a CIDR range", item)
	}
	return p.Masked(), nil
}

func showTrustedProxies(c Config) string {
	words := make([]string, len(c.TrustedProxies))
	for i, p := range c.TrustedProxies {
		words[i] = p.String()
	}
	return strings.Join(words, ",")
}

func parseDemo(c *Config, value string) error {
	if value != "0" && value != "1" {
		return fmt.Errorf("%q is neither 0 nor 1", value)
	}
	c.Demo = value == "1"
	return nil
}

func showDemo(c Config) string {
	if c.Demo {
		return "1"
	}
	return "0"
}

func parsePGBin(c *Config, value string) error {
	if value == "" {
		return nil
	}
	path, err := filepath.Abs(value)
	if err != nil {
		return fmt.Errorf("%q cannot be made absolute: %v", value, err)
	}
	c.PGBin = path
	return nil
}

func checkPort(port string) error {
	ok := port != "" && len(port) <= 5 && strings.Trim(port, "0123456789") == ""
	n := 0
	for _, d := range port {
		n = n*10 + int(d-'0')
	}
	if !ok || n > 65535 {
		return fmt.Errorf("%q is not a port number from 0 to 65535", port)
	}
	return nil
}

var errSiteCode = errors.New("must be ten letters or digits, as assigned to government sites")

func parseSiteCode(c *Config, value string) error {
	if value == "" {
		return nil
	}
	if len(value) != 10 {
		return errSiteCode
	}
	for _, r := range value {
		if !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return errSiteCode
		}
	}
	c.Site.Code = value
	return nil
}
