package portal

import (
	"encoding/binary"
	"fmt"
	"io"
)

// refLength is the length of a reference: 12 characters of 5 bits carry 60 random
// bits, so a million references leave a stranger one chance in 10^12 per guess.
const refLength = 12

// refAlphabet is Crockford's base32 in lower case: no i, l, o (they look like 1 and
// 0 when read out on the telephone) and no u.
const refAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// NewRef makes a reference for a URL (application, account, file) from a source of
// randomness: crypto/rand.Reader outside tests. It fails only when the source does.
func NewRef(random io.Reader) (string, error) {
	var seed [8]byte
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return "", fmt.Errorf("read randomness for a reference: %w", err)
	}
	bits := binary.BigEndian.Uint64(seed[:])
	ref := make([]byte, refLength)
	for i := range ref {
		ref[i] = refAlphabet[bits&31]
		bits >>= 5
	}
	return string(ref), nil
}
