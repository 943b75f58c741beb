package config

// Hidden is text that must not be printed. Formatting and marshalling give a placeholder, so that a secret reaches a
// log only through a call of Reveal, which is easy to look for.
type Hidden string

const placeholder = "(hidden)"

// Reveal is the text itself.
func (h Hidden) Reveal() string { return string(h) }

// String is a placeholder, or empty when there is nothing to hide.
func (h Hidden) String() string {
	if h == "" {
		return ""
	}
	return placeholder
}

// GoString is the placeholder for %#v.
func (h Hidden) GoString() string { return h.String() }

// MarshalText is the placeholder for JSON.
func (h Hidden) MarshalText() ([]byte, error) { return []byte(h.String()), nil }
