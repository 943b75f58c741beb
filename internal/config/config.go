package config

import (
	"fmt"
	"net/netip"
	"strings"
)

// prefix marks the variables that are the portal's; all of them must be known.
const prefix = "PORTAL_"

// Config is what the operator decided. The zero value is not usable; Load makes one.
type Config struct {
	// DatabaseURL is the PostgreSQL server to use; empty means the private cluster below Data.
	DatabaseURL Hidden
	// DatabaseOwnerURL is the same database as the role that owns the schema and may migrate it.
	DatabaseOwnerURL Hidden
	// Addr is where HTTP listens, host:port.
	Addr string
	// Data is the absolute folder of everything that is not in the database.
	Data string
	// URL is the portal's own address, scheme and host without a trailing slash. Every link that leaves the portal is
	// made from it and never from the request, whose Host header anybody can write.
	URL string
	// TrustedProxies are the peers whose forwarding headers are believed.
	TrustedProxies []netip.Prefix
	// SMTP is the mail server; nil means that mails become files below Data.
	SMTP *SMTP
	// Clamd is the scanner of attachments, host:port or the path of a socket; empty for none.
	Clamd string
	// Secret seals keys; empty until set here or kept by LoadSecret.
	Secret Hidden
	// Demo says that demonstration data and accounts are wanted.
	Demo bool
	// PGBin is the folder of PostgreSQL's programs; empty means to look for them.
	PGBin string
	// Site is what the pages say about who runs them.
	Site Site
}

// Site is the identity that 政府网站发展指引 (国办发〔2017〕47号) asks for in the footer of each page. Only what was
// configured is shown; nothing is ever invented.
type Site struct {
	Name      string // the portal's name in titles and mails
	Organiser string // 主办单位
	Contact   string // 联系方式
	ICP       string // ICP备案号
	Police    string // 公安备案号
	Code      string // 网站标识码
}

// Load reads the portal's settings out of an environment of KEY=value lines, as os.Environ returns them. A variable
// that is set but empty counts as unset. The error is an *Error that names the first setting that is wrong.
func Load(environ []string) (Config, error) {
	values, err := collect(environ)
	if err != nil {
		return Config{}, err
	}
	var c Config
	for _, s := range settings {
		value := values[s.name]
		if value == "" {
			value = s.preset
		}
		if err := s.parse(&c, value); err != nil {
			return Config{}, &Error{Setting: s.name, Problem: err.Error()}
		}
	}
	return c, nil
}

// collect keeps the variables that are ours and refuses those that nobody reads: a misspelt PORTAL_DATABASE_URL would
// otherwise start an empty private database without a word.
func collect(environ []string) (map[string]string, error) {
	values := map[string]string{}
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		if !known(name) {
			return nil, &Error{Setting: name, Problem: "no such setting; did you mean " + nearest(name) + "?"}
		}
		values[name] = strings.TrimSpace(value)
	}
	return values, nil
}

// String lists every setting as NAME=value, one a line, without secrets: fit for a log.
func (c Config) String() string {
	var b strings.Builder
	for _, s := range settings {
		fmt.Fprintf(&b, "%s=%s\n", s.name, s.show(c))
	}
	return b.String()
}

// GoString is String, so that %#v in a forgotten debug line gives nothing away either.
func (c Config) GoString() string { return c.String() }

// Table is the README's configuration table in Markdown.
func Table() string {
	var b strings.Builder
	b.WriteString("| Setting | Default | Meaning |\n| --- | --- | --- |\n")
	for _, s := range settings {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", s.name, s.defaultWords(), s.meaning)
	}
	return b.String()
}
