package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"softsci/internal/config"
	"softsci/internal/desk"
	"softsci/internal/document"
)

// keysFile is where the public keys of receipts are kept below the data folder, so that
// receipts can be verified where the portal does not run.
const keysFile = "receipt-keys.json"

// signingKey is the newest key that the secret opens; the first start makes one. A key
// that another secret sealed can sign no more, but what it has signed stays valid.
func (p *place) signingKey(ctx context.Context) (document.Key, error) {
	keys, err := p.desk.SigningKeys(ctx, p.system())
	if err != nil {
		return document.Key{}, err
	}
	secret := []byte(p.config.Secret.Reveal())
	for _, k := range keys {
		if key, err := document.Open(secret, k.Sealed); err == nil {
			return key, p.keepKeys(keys)
		}
	}
	key, err := document.NewKey(rand.Reader)
	if err != nil {
		return key, err
	}
	sealed, err := document.Seal(secret, key)
	if err != nil {
		return key, err
	}
	fresh := desk.SigningKey{ID: key.ID(), Public: key.Public(), Sealed: sealed}
	if err := p.desk.AddSigningKey(ctx, p.system(), fresh); err != nil {
		return key, err
	}
	return key, p.keepKeys(append([]desk.SigningKey{fresh}, keys...))
}

// keepKeys writes the file of the public keys, as /receipts/keys.json gives it.
func (p *place) keepKeys(keys []desk.SigningKey) error {
	public := make([]ed25519.PublicKey, len(keys))
	for i, k := range keys {
		public[i] = k.Public
	}
	raw, err := document.WriteKeys(public)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.config.Data, keysFile), raw, 0o644) //nolint:gosec // public keys are public
}

// receipt verifies a receipt without any server: by the keys below the data folder, or
// by a file as /receipts/keys.json gives it.
func receipt(_ context.Context, args []string, out io.Writer) error {
	const usage = "usage: portal receipt verify FILE [KEYS.json]"
	if len(args) < 2 || len(args) > 3 || args[0] != "verify" {
		return usageError(usage)
	}
	keys := ""
	if len(args) == 3 {
		keys = args[2]
	} else {
		c, err := config.Load(os.Environ())
		if err != nil {
			return err
		}
		keys = filepath.Join(c.Data, keysFile)
	}
	public, err := readKeys(keys)
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	r, err := document.Verify(public, raw)
	if err != nil {
		return fmt.Errorf("%s: %w", args[1], err)
	}
	_, err = fmt.Fprintf(out, "valid: %s, version %d of “%s” by %s, arrived %s, SHA-256 %s, %d attachments\n", r.Number, r.Version, r.Title, r.Unit, r.ArrivedAt, r.SHA256, len(r.Attachments))
	return err
}

func readKeys(file string) ([]ed25519.PublicKey, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the public keys: %w (fetch /receipts/keys.json and name the file)", err)
	}
	keys, err := document.ReadKeys(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return keys, nil
}
