package config

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// secretBytes is the least that seals a key (a 256-bit key).
const secretBytes = 32

// secretFile is the kept secret's name in the data folder.
const secretFile = "secret"

var errSecret = errors.New("must be at least 32 bytes in hex or base64, for example the output of: openssl rand -hex 32")

func parseSecret(c *Config, value string) error {
	if value == "" {
		return nil
	}
	secret, err := decodeSecret(value)
	if err != nil {
		return err
	}
	c.Secret = secret
	return nil
}

// decodeSecret tries hex first: 64 hex digits are valid base64 as well, of other bytes.
func decodeSecret(value string) (Hidden, error) {
	raw, err := hex.DecodeString(value)
	if err != nil {
		unpadded := strings.TrimRight(value, "=")
		raw, err = base64.RawStdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/").Replace(unpadded))
	}
	if err != nil || len(raw) < secretBytes {
		return "", errSecret
	}
	return Hidden(raw), nil
}

func showSecret(c Config) string { return c.Secret.String() }

// LoadSecret gives the configuration its secret: the one that was set, else the one kept in the data folder, else a new
// one from random that is kept there with mode 0600. Processes that start at once agree on one. It makes the data
// folder when that is missing.
func (c *Config) LoadSecret(random io.Reader) error {
	if c.Secret != "" {
		return nil
	}
	path := filepath.Join(c.Data, secretFile)
	secret, err := readSecret(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = makeSecret(path, random); err == nil {
			secret, err = readSecret(path)
		}
	}
	if err != nil {
		return &Error{Setting: "PORTAL_SECRET", Problem: err.Error()}
	}
	c.Secret = secret
	return nil
}

// readSecret refuses a file that others can read: what it sealed would be sealed for nobody.
func readSecret(path string) (Hidden, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s can be read by others (mode %04o); run: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	secret, err := decodeSecret(strings.TrimSpace(string(text)))
	if err != nil {
		return "", fmt.Errorf("%s %w", path, err)
	}
	return secret, nil
}

// makeSecret writes a new secret beside its place and links it there: a link fails when another process was first, and
// then that one's secret counts. The data folder can be entered but not listed by others, because the private cluster
// below it runs as a user of its own when the portal runs as root.
func makeSecret(path string, random io.Reader) error {
	raw := make([]byte, secretBytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return fmt.Errorf("no random bytes: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o711); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+secretFile+"-*") // CreateTemp gives mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(hex.EncodeToString(raw) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
