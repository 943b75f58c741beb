package config

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestLoadSecretKeepsOne(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "var")
	secrets := make([]Hidden, 8)
	var wg sync.WaitGroup
	for i := range secrets { // all processes that start at once
		wg.Go(func() {
			c := Config{Data: data}
			if err := c.LoadSecret(rand.Reader); err != nil {
				t.Error(err)
			}
			secrets[i] = c.Secret
		})
	}
	wg.Wait()
	for _, s := range secrets {
		if len(s) < secretBytes || s != secrets[0] {
			t.Fatalf("secrets of %d and %d bytes, equal %v", len(s), len(secrets[0]), s == secrets[0])
		}
	}
	info, err := os.Stat(filepath.Join(data, "secret"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if entries, err := os.ReadDir(data); err != nil || len(entries) != 1 {
		t.Errorf("entries %v, %v; want only the secret", entries, err)
	}
}

func TestLoadSecretPrefersSetting(t *testing.T) {
	t.Parallel()
	c := mustLoad(t, "PORTAL_SECRET="+key, "PORTAL_DATA="+filepath.Join(t.TempDir(), "var"))
	before := c.Secret
	if err := c.LoadSecret(rand.Reader); err != nil || c.Secret != before {
		t.Errorf("LoadSecret: %v, changed %v", err, c.Secret != before)
	}
	if _, err := os.Stat(c.Data); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("made the data folder: %v", err)
	}
}

func TestLoadSecretRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		text string
		mode os.FileMode
		want string
	}{
		{"read by others", key, 0o644, "chmod 600"},
		{"empty", "", 0o600, "at least 32 bytes"},
		{"cut off", key[:20], 0o600, "at least 32 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := Config{Data: t.TempDir()}
			path := filepath.Join(c.Data, secretFile)
			if err := errors.Join(os.WriteFile(path, []byte(tt.text), tt.mode), os.Chmod(path, tt.mode)); err != nil {
				t.Fatal(err)
			}
			err := c.LoadSecret(rand.Reader)
			var e *Error
			if !errors.As(err, &e) || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "abab") {
				t.Errorf("LoadSecret: %v, want %q", err, tt.want)
			}
		})
	}
	c := Config{Data: t.TempDir()}
	if err := c.LoadSecret(strings.NewReader("short")); err == nil {
		t.Error("made a secret without enough random bytes")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c = Config{Data: file}
	if err := c.LoadSecret(rand.Reader); err == nil {
		t.Error("a file in the data folder's place is no error")
	}
}
