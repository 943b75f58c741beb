package clamd

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"
)

// daemon speaks the protocol: it takes a stream and answers by what it holds.
func daemon(t *testing.T, answer func(content []byte) string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			command := make([]byte, len("zINSTREAM\x00"))
			if _, err := io.ReadFull(conn, command); err != nil || string(command) != "zINSTREAM\x00" {
				_ = conn.Close()
				continue
			}
			var content bytes.Buffer
			for {
				var length uint32
				if binary.Read(conn, binary.BigEndian, &length) != nil || length == 0 {
					break
				}
				_, _ = io.CopyN(&content, conn, int64(length))
			}
			_, _ = io.WriteString(conn, answer(content.Bytes())+"\x00")
			_ = conn.Close()
		}
	}()
	return listener.Addr().String()
}

func TestScan(t *testing.T) {
	t.Parallel()
	large := bytes.Repeat([]byte("clean "), 100_000)
	for name, tc := range map[string]struct {
		content []byte
		answer  string
		found   string
		fails   bool
	}{
		"clean":     {large, "stream: OK", "", false},
		"found":     {[]byte("bad"), "stream: Local.Test.UNOFFICIAL FOUND", "Local.Test.UNOFFICIAL", false},
		"too large": {[]byte("x"), "INSTREAM size limit exceeded. ERROR", "", true},
		"nonsense":  {[]byte("x"), "hello", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []byte
			client := New(daemon(t, func(content []byte) string { got = content; return tc.answer }))
			found, err := client.Scan(context.Background(), bytes.NewReader(tc.content))
			if found != tc.found || (err != nil) != tc.fails {
				t.Errorf("found %q, %v", found, err)
			}
			if !bytes.Equal(got, tc.content) {
				t.Errorf("the daemon got %d bytes of %d", len(got), len(tc.content))
			}
		})
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	if _, err := New("/nowhere/clamd.sock").Scan(context.Background(), strings.NewReader("x")); err == nil {
		t.Error("a scan without a scanner succeeds")
	}
}
