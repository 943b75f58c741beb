package mail

import (
	"context"
	"crypto/tls"
	"net"
	"strings"
	"testing"
	"time"
)

// A name with a character outside the basic plane's old sets (U+2C38E), which many systems lose.
const rareName = "王𬭎喆"

var letterhead = Letterhead{From: "portal@example.invalid", Name: "软科学研究申报", Host: "portal.example"}

func testMessage() Message {
	return Message{
		ID: 17, At: time.Date(2023, 4, 28, 9, 0, 0, 0, time.UTC), To: "leader@example.invalid",
		Subject: "【软科学研究申报】已提交：2023-RKX1-03-0007，关于加快建设具有全国影响力的科技创新中心的对策研究",
		Body:    rareName + "，您好：\n\nhttp://127.0.0.1:8080/invitations/abc=def\n.\n..结尾\n",
	}
}

func server(s *sink) SMTP {
	return SMTP{Letterhead: letterhead, Server: "127.0.0.1", Port: s.port(), Timeout: 3 * time.Second}
}

func TestSMTPDelivers(t *testing.T) {
	t.Parallel()
	s := mustSink(t, &sink{})
	m := testMessage()
	if err := server(s).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	commands, mails := s.kept()
	for _, want := range []string{"MAIL FROM:<portal@example.invalid>", "RCPT TO:<leader@example.invalid>", "QUIT"} {
		if !strings.Contains(commands, want) {
			t.Errorf("no %q in\n%s", want, commands)
		}
	}
	if len(mails) != 1 {
		t.Fatalf("%d mails arrived", len(mails))
	}
	checkMail(t, mails[0], m)
}

func TestSMTPOverTLS(t *testing.T) {
	t.Parallel()
	certificate, pool := mustCertificate(t)
	config := &tls.Config{Certificates: []tls.Certificate{certificate}}
	implicit := func() *sink {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return mustSink(t, &sink{listener: tls.NewListener(l, config), offers: []string{"AUTH PLAIN"}})
	}
	upgraded := func() *sink { return mustSink(t, &sink{tls: config, offers: []string{"STARTTLS", "AUTH PLAIN"}}) }

	tests := []struct {
		name          string
		sink          *sink
		tls, trusted  bool
		wantDelivered bool
	}{
		{"smtps", implicit(), true, true, true},
		{"smtps with an unknown certificate", implicit(), true, false, false},
		{"smtps to a server without encryption", mustSink(t, &sink{}), true, true, false},
		{"upgraded", upgraded(), false, true, true},
		{"upgraded with an unknown certificate", upgraded(), false, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sender := server(tt.sink)
			sender.TLS, sender.User, sender.Pass = tt.tls, "portal", "geheim"
			if tt.trusted {
				sender.roots = pool
			}
			err := sender.Send(t.Context(), testMessage())
			if (err == nil) != tt.wantDelivered {
				t.Fatalf("Send: %v", err)
			}
			if Permanent(err) {
				t.Errorf("%v is permanent; the operator may mend it", err)
			}
			commands, mails := tt.sink.kept()
			if got := len(mails) == 1; got != tt.wantDelivered {
				t.Errorf("%d mails arrived", len(mails))
			}
			if tt.wantDelivered && !strings.Contains(commands, "AUTH PLAIN") {
				t.Errorf("did not sign in:\n%s", commands)
			}
		})
	}
}

// A password is not sent over a connection that anybody on the way can read.
func TestSMTPKeepsPasswordOffPlainConnection(t *testing.T) {
	t.Parallel()
	s := mustSink(t, &sink{offers: []string{"AUTH PLAIN LOGIN"}})
	sender := server(s)
	sender.User, sender.Pass = "portal", "geheim"
	err := sender.Send(t.Context(), testMessage())
	if err == nil || Permanent(err) {
		t.Errorf("Send = %v, want a temporary error", err)
	}
	if commands, _ := s.kept(); strings.Contains(commands, "AUTH") {
		t.Errorf("signed in without encryption:\n%s", commands)
	}
}

func TestSMTPFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		replies   map[string]string
		delivered bool
		permanent bool
	}{
		{"unknown recipient", map[string]string{"RCPT": "550 5.1.1 no such user"}, false, true},
		{"full mailbox", map[string]string{"RCPT": "452 4.2.2 full"}, false, false},
		{"greylisted", map[string]string{"RCPT": "450 4.7.1 later"}, false, false},
		{"not signed in", map[string]string{"RCPT": "530 5.7.0 authentication required"}, false, false},
		{"sender refused", map[string]string{"MAIL": "553 5.7.1 not yours"}, false, false},
		{"content refused", map[string]string{".": "554 5.7.1 spam"}, false, true},
		{"server's disk full", map[string]string{".": "451 4.3.0 try later"}, false, false},
		{"server busy", map[string]string{"EHLO": "421 busy", "HELO": "421 busy"}, false, false},
		{"hangs", map[string]string{"MAIL": "hang"}, false, false},
		{"connection lost at the recipient", map[string]string{"RCPT": "drop"}, false, false},
		{"connection lost after delivery", map[string]string{"QUIT": "drop"}, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sender := server(mustSink(t, &sink{replies: tt.replies}))
			sender.Timeout = 300 * time.Millisecond
			err := sender.Send(t.Context(), testMessage())
			if (err == nil) != tt.delivered {
				t.Fatalf("Send: %v", err)
			}
			if got := Permanent(err); got != tt.permanent {
				t.Errorf("Permanent(%v) = %v", err, got)
			}
		})
	}
}

func TestSMTPNobodyThere(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := &sink{listener: l}
	l.Close()
	if err := server(gone).Send(t.Context(), testMessage()); err == nil || Permanent(err) {
		t.Errorf("Send = %v, want a temporary error", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := server(mustSink(t, &sink{})).Send(cancelled, testMessage()); err == nil || Permanent(err) {
		t.Errorf("Send after cancel = %v, want a temporary error", err)
	}
}
