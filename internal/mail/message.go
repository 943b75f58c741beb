package mail

import (
	"context"
	"fmt"
	netmail "net/mail"
	"net/netip"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail to one address, as stored in the transaction that caused it.
type Message struct {
	ID      int64     // key of the stored row
	At      time.Time // when the row was written; the mail's Date, however late it is delivered
	To      string    // one address without a display name
	Subject string
	Body    string // plain text
}

// Sender delivers a message. When it returns nil the message was handed over; an error can be asked for Permanent.
// Sending the same message twice is recognisable by its Message-ID.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Letterhead is what every mail of one portal has in common.
type Letterhead struct {
	From string // sender's address
	Name string // sender's name: the portal's
	Host string // host of the portal's own address, for the Message-ID
}

// nowhere is the domain of mails that no server will carry: RFC 2606 promises that it never exists.
const nowhere = "portal.invalid"

// from is the sender's address; without a mail server there need not be one.
func (l Letterhead) from() string {
	if l.From == "" {
		return "no-reply@" + nowhere
	}
	return l.From
}

// messageID stays the same through every retry, and differs between two databases behind the same host, because the
// time of writing is in it.
func (l Letterhead) messageID(m Message) string {
	host, _, _ := strings.Cut(l.Host, ":")
	if _, err := netip.ParseAddr(host); err == nil || host == "" || strings.HasPrefix(l.Host, "[") {
		host = nowhere
	}
	return fmt.Sprintf("%d.%d@%s", m.ID, m.At.UnixMicro(), host)
}

// compose makes the mail of a message. The error is permanent: the same message will never be better.
func (l Letterhead) compose(m Message, encoding gomail.Encoding) (*gomail.Msg, error) {
	to, err := parseAddress(m.To)
	if err != nil {
		return nil, &Error{ID: m.ID, Permanent: true, Err: fmt.Errorf("recipient: %w", err)}
	}
	from, err := parseAddress(l.from())
	if err != nil {
		return nil, &Error{ID: m.ID, Permanent: true, Err: fmt.Errorf("sender: %w", err)}
	}
	from.Name = oneLine(l.Name)
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(encoding))
	msg.FromMailAddress(from)
	msg.ToMailAddress(to)
	msg.Subject(oneLine(m.Subject))
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(l.messageID(m))
	msg.SetGenHeader(gomail.HeaderContentLang, "zh-CN")
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: holiday answers are not wanted
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	msg.SetBodyString(gomail.TypeTextPlain, crlf(m.Body))
	return msg, nil
}

// parseAddress accepts a bare address. The check for line breaks comes first and does not trust the parser: an address
// is where a header could be smuggled in.
func parseAddress(address string) (*netmail.Address, error) {
	if strings.ContainsFunc(address, unicode.IsControl) {
		return nil, fmt.Errorf("address %q holds a control character", address)
	}
	a, err := netmail.ParseAddress(address)
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", address, err)
	}
	if a.Address != address {
		return nil, fmt.Errorf("address %q is more than an address", address)
	}
	return a, nil
}

// oneLine makes text fit for a header: titles come out of documents and may hold a line break.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || r == ' '
	}), " ")
}

// crlf gives text the line ends of mail.
func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}
