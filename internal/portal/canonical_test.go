package portal

import (
	"encoding/json"
	"testing"
)

// The expectations are the rules of RFC 8785, sections 3.2.2 and 3.2.3.
func TestCanonical(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, in, want string }{
		{"white space goes", "{ \"a\" : [ 1 , true , null ] }", `{"a":[1,true,null]}`},
		{"members sort by UTF-16 code units", `{"\ufb33":1,"\ud83d\ude00":2,"\u20ac":3,"1":4,"\r":5}`, "{\"\\r\":5,\"1\":4,\"€\":3,\"😀\":2,\"\ufb33\":1}"},
		{"shortest escapes", `"\u000f\u000a\u0022\u005c\u002f<>&"`, `"\u000f\n\"\\/<>&"`},
		{"line separators stay", "\"\u2028\"", "\"\u2028\""},
		{"empty", `{"l":[],"o":{}}`, `{"l":[],"o":{}}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := Canonical(json.RawMessage(tc.in))
			if err != nil || string(got) != tc.want {
				t.Errorf("Canonical(%s) = %s, %v; want %s", tc.in, got, err, tc.want)
			}
		})
	}
}

func TestCanonicalRefusesFractions(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"1.5", "1e3", "9007199254740993"} {
		if got, err := Canonical(json.RawMessage(in)); err == nil {
			t.Errorf("Canonical(%s) = %s, want an error", in, got)
		}
	}
}
