package component

import (
	"encoding/hex"
	"fmt"
)

// Size is the size of a file in words.
func Size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	case bytes >= 1<<10:
		return fmt.Sprintf("%d KB", (bytes+512)>>10)
	}
	return fmt.Sprintf("%d 字节", bytes)
}

// Digits are the first sixteen digits of a hash, enough to compare by eye.
func Digits(sum []byte) string { return hex.EncodeToString(sum[:min(8, len(sum))]) }
