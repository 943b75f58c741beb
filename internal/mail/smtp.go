package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// defaultTimeout bounds one conversation with the server: a job that hangs longer keeps others from being sent.
const defaultTimeout = 30 * time.Second

// SMTP delivers to a mail server, one connection per mail.
type SMTP struct {
	Letterhead
	Server  string // host name; the certificate must be its
	Port    int
	TLS     bool          // encrypted from the first byte; else upgraded when the server offers STARTTLS
	User    string        // empty: no authentication
	Pass    string        // sent only over an encrypted connection, or as a challenge's answer
	Timeout time.Duration // of the whole conversation; 0 means 30 s

	roots *x509.CertPool // certificate authorities of tests; nil means the system's
}

// Send hands the message to the server. A cancelled context ends the attempt to connect; a conversation that has begun
// ends by itself within the timeout.
func (s SMTP) Send(ctx context.Context, m Message) error {
	// Base64, because quoted-printable would triple Chinese text and put its marks into links.
	msg, err := s.compose(m, gomail.EncodingB64)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return &Error{ID: m.ID, Err: err}
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() {
		return nil // a failed goodbye after the server took the mail must not send it twice
	}
	return &Error{ID: m.ID, Permanent: refused(err), Err: err}
}

func (s SMTP) client() (*gomail.Client, error) {
	timeout := s.Timeout
	if timeout == 0 {
		timeout = defaultTimeout
	}
	options := []gomail.Option{
		gomail.WithPort(s.Port),
		gomail.WithTimeout(timeout),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.Server, RootCAs: s.roots, MinVersion: tls.VersionTLS12}),
		gomail.WithTLSPolicy(gomail.TLSOpportunistic),
		gomail.WithoutNoop(),
		gomail.WithoutRset(),
	}
	if s.TLS {
		options = append(options, gomail.WithSSL())
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.User), gomail.WithPassword(s.Pass))
	}
	return gomail.NewClient(s.Server, options...)
}

// authenticationRequired is the reply to a sender who is not signed in (RFC 4954): the operator's fault and mendable.
const authenticationRequired = 530

// refused reports whether the server said no to this recipient or this content (5xx, RFC 5321 §4.2.1). A refusal of
// the sender or of a sign-in is the configuration's fault and is tried again: the operator may mend it.
func refused(err error) bool {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return false
	}
	switch e.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
		return e.ErrorCode()/100 == 5 && e.ErrorCode() != authenticationRequired
	}
	return false
}
