package component

import "encoding/hex"

// Digits are the first sixteen digits of a hash, enough to compare by eye.
func Digits(sum []byte) string { return hex.EncodeToString(sum[:min(8, len(sum))]) }
