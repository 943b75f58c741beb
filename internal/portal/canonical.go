package portal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Canonical writes a value as RFC 8785 (JSON Canonicalization Scheme): no white
// space, members ordered by the UTF-16 code units of their names, the shortest
// escapes. The same content so always has the same bytes and the same hash.
//
// Numbers must be integers of at most 2^53; the portal's documents hold no others.
func Canonical(v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(plain))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return nil, err
	}
	return appendCanonical(nil, tree)
}

func appendCanonical(out []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(out, "null"...), nil
	case bool:
		return strconv.AppendBool(out, v), nil
	case string:
		return appendCanonicalString(out, v), nil
	case json.Number:
		n, err := strconv.ParseInt(v.String(), 10, 64)
		if err != nil || n > 1<<53 || n < -1<<53 {
			return nil, fmt.Errorf("canonical JSON: %s is not an integer within 2^53", v)
		}
		return strconv.AppendInt(out, n, 10), nil
	case []any:
		return appendCanonicalList(out, v)
	case map[string]any:
		return appendCanonicalObject(out, v)
	}
	return nil, fmt.Errorf("canonical JSON: unexpected %T", v)
}

func appendCanonicalList(out []byte, list []any) (_ []byte, err error) {
	out = append(out, '[')
	for i, item := range list {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = appendCanonical(out, item); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

func appendCanonicalObject(out []byte, object map[string]any) (_ []byte, err error) {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
	})
	out = append(out, '{')
	for i, name := range names {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendCanonicalString(out, name), ':')
		if out, err = appendCanonical(out, object[name]); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

var shortEscapes = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func appendCanonicalString(out []byte, s string) []byte {
	out = append(out, '"')
	for _, r := range s {
		if escape, ok := shortEscapes[r]; ok {
			out = append(out, escape...)
		} else if r < 0x20 {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return append(out, '"')
}
