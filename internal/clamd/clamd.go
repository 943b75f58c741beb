// Package clamd asks a ClamAV daemon about files, over its INSTREAM command.
package clamd

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Client asks one daemon, over a connection of its own for every file.
type Client struct {
	network, address string
}

// New makes a client of the daemon at the address: host:port, or the path of a socket.
func New(address string) Client {
	if strings.HasPrefix(address, "/") {
		return Client{"unix", address}
	}
	return Client{"tcp", address}
}

const (
	pieceSize = 64 << 10        // of the content, behind its length
	patience  = 4 * time.Minute // for a whole file
)

// Scan sends the content and returns the name of what the daemon found in it, "" for
// nothing. An error is a daemon that cannot be reached, that refuses the file for its
// size, or that answers what is not in its protocol.
func (c Client) Scan(ctx context.Context, content io.Reader) (found string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, c.network, c.address)
	if err != nil {
		return "", fmt.Errorf("reach the scanner: %w", err)
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil {
			return "", err
		}
	}
	if err := send(conn, content); err != nil {
		return "", fmt.Errorf("send a file to the scanner: %w", err)
	}
	answer, err := bufio.NewReader(io.LimitReader(conn, 4096)).ReadString(0)
	if err != nil {
		return "", fmt.Errorf("read the scanner's answer: %w", err)
	}
	return verdict(strings.TrimSuffix(answer, "\x00"))
}

// send writes the command and the content in pieces, each behind its length; a piece of
// length 0 is the end.
func send(to io.Writer, content io.Reader) error {
	out := bufio.NewWriterSize(to, pieceSize+64)
	if _, err := out.WriteString("zINSTREAM\x00"); err != nil {
		return err
	}
	piece := make([]byte, pieceSize)
	for {
		n, err := content.Read(piece)
		if n > 0 {
			if err := errors.Join(binary.Write(out, binary.BigEndian, uint32(n)), write(out, piece[:n])); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(binary.Write(out, binary.BigEndian, uint32(0)), out.Flush())
}

func write(to io.Writer, piece []byte) error {
	_, err := to.Write(piece)
	return err
}

// verdict reads “stream: OK”, “stream: NAME FOUND” or “… ERROR”.
func verdict(answer string) (string, error) {
	said := strings.TrimPrefix(answer, "stream: ")
	if said == "OK" {
		return "", nil
	}
	if name, ok := strings.CutSuffix(said, " FOUND"); ok {
		return name, nil
	}
	return "", fmt.Errorf("the scanner says %.100q", answer)
}
