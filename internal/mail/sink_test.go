package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// sink is a mail server that keeps what it gets. It answers each command with the line in replies, else with success.
type sink struct {
	listener net.Listener
	replies  map[string]string // by the command's first word; "." is the end of the data
	offers   []string          // extensions named after EHLO
	tls      *tls.Config       // for STARTTLS

	mu       sync.Mutex
	commands []string
	mails    []string
}

func mustSink(t *testing.T, s *sink) *sink {
	t.Helper()
	var err error
	if s.listener == nil {
		if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { s.listener.Close() })
	go func() {
		for {
			conn, err := s.listener.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

func (s *sink) port() int { return s.listener.Addr().(*net.TCPAddr).Port }

func (s *sink) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	fmt.Fprint(conn, "220 sink ready\r\n")
	in := bufio.NewScanner(conn)
	for in.Scan() {
		line := in.Text()
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		s.note(line)
		switch reply := s.replies[verb]; {
		case reply == "hang":
			time.Sleep(time.Second)
			return
		case reply == "drop":
			return
		case reply != "":
			fmt.Fprint(conn, reply+"\r\n")
		case verb == "EHLO":
			fmt.Fprint(conn, "250-sink\r\n")
			for _, o := range s.offers {
				fmt.Fprint(conn, "250-"+o+"\r\n")
			}
			fmt.Fprint(conn, "250 8BITMIME\r\n")
		case verb == "STARTTLS":
			fmt.Fprint(conn, "220 go\r\n")
			conn = tls.Server(conn, s.tls)
			in = bufio.NewScanner(conn)
		case verb == "AUTH":
			fmt.Fprint(conn, "235 welcome\r\n")
		case verb == "DATA":
			fmt.Fprint(conn, "354 go on\r\n")
			s.data(in)
			fmt.Fprint(conn, orElse(s.replies["."], "250 kept")+"\r\n")
		case verb == "QUIT":
			fmt.Fprint(conn, "221 bye\r\n")
			return
		default:
			fmt.Fprint(conn, "250 ok\r\n")
		}
	}
}

func (s *sink) data(in *bufio.Scanner) {
	var mail strings.Builder
	for in.Scan() && in.Text() != "." {
		mail.WriteString(strings.TrimPrefix(in.Text(), ".") + "\r\n")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, mail.String())
}

func (s *sink) note(command string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands = append(s.commands, command)
}

// kept is what arrived: commands joined by line, and the mails.
func (s *sink) kept() (string, []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.commands, "\n"), s.mails
}

// mustCertificate is a certificate for 127.0.0.1 and the pool that trusts it.
func mustCertificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sink"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore:   time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
