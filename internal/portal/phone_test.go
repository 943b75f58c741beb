package portal

import (
	"strings"
	"testing"
)

func TestParsePhone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, shown, e164, uri string }{
		{"027-87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"02787135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"(027)87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"（０２７）８７１３５７９９", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"027—87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"027－87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"027–8713 5799 ", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"027-8713-5799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"027  87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"+86 27 87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"+86-(0)27-87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"(+86)027-87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"0086 027 87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"86-27-87135799", "027-87135799", "+862787135799", "tel:+862787135799"},
		{"027-87135799-12", "027-87135799转12", "+862787135799", "tel:+862787135799;ext=12"},
		{"027-87135799转8001", "027-87135799转8001", "+862787135799", "tel:+862787135799;ext=8001"},
		{"027-87135799 分机：12", "027-87135799转12", "+862787135799", "tel:+862787135799;ext=12"},
		{"027-87135799 ext. 12", "027-87135799转12", "+862787135799", "tel:+862787135799;ext=12"},
		{"0710-3612345-8", "0710-3612345转8", "+867103612345", "tel:+867103612345;ext=8"},
		{"0710-3612345", "0710-3612345", "+867103612345", "tel:+867103612345"},
		{"010-65882114", "010-65882114", "+861065882114", "tel:+861065882114"},
		{"13812345678", "13812345678", "+8613812345678", "tel:+8613812345678"},
		{"138-1234-5678", "13812345678", "+8613812345678", "tel:+8613812345678"},
		{"+86 138 1234 5678", "13812345678", "+8613812345678", "tel:+8613812345678"},
		{"013812345678", "13812345678", "+8613812345678", "tel:+8613812345678"},
		{"87135799", "87135799", "", ""},
		{"8713-5799", "87135799", "", ""},
		{"86135799", "86135799", "", ""},
		{"87135799-801", "87135799转801", "", ""},
	} {
		got, err := ParsePhone(c.typed)
		if err != nil {
			t.Errorf("%q: %v", c.typed, err)
			continue
		}
		if got.String() != c.shown || got.E164() != c.e164 || got.URI() != c.uri {
			t.Errorf("%q: got %q %q %q, want %q %q %q", c.typed, got, got.E164(), got.URI(), c.shown, c.e164, c.uri)
		}
		if again, err := ParsePhone(got.String()); err != nil || again != got {
			t.Errorf("%q: its own spelling %q reads as %#v, %v", c.typed, got, again, err)
		}
	}
}

func TestParsePhoneRefuses(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"", "  ", "-", "电话", "12345", "027-17135799", "027-97135799", "027-871357",
		"027-8713579901234", "12812345678", "1381234567", "138123456789",
		"13812345678-12", "400-880-1234", "+86 87135799", "027-87135799a", "027-87135799转",
		"++862787135799", "027-87135799、027-87135881", "011-87135799",
		strings.Repeat("8", 300),
	} {
		got, err := ParsePhone(typed)
		if err == nil || !got.IsZero() {
			t.Errorf("%q: got %#v, %v; want an error", typed, got, err)
		}
	}
}

func TestPhoneKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed           string
		mobile, local   bool
		area, extension string
	}{
		{"13812345678", true, false, "", ""},
		{"027-87135799转12", false, false, "027", "12"},
		{"3612345", false, true, "", ""},
	} {
		p, err := ParsePhone(c.typed)
		if err != nil {
			t.Fatalf("%q: %v", c.typed, err)
		}
		if p.IsMobile() != c.mobile || p.IsLocal() != c.local || p.Area() != c.area || p.Extension() != c.extension || p.IsZero() {
			t.Errorf("%q: got %#v", c.typed, p)
		}
	}
	if zero := (Phone{}); !zero.IsZero() || zero.IsLocal() || zero.IsMobile() || zero.E164() != "" || zero.URI() != "" || zero.String() != "" {
		t.Error("the zero Phone should be empty in every way")
	}
}

func TestPhoneWithArea(t *testing.T) {
	t.Parallel()
	local, err := ParsePhone("87135799")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := local.WithArea("027")
	if err != nil || whole.String() != "027-87135799" {
		t.Errorf("got %v, %v", whole, err)
	}
	if _, err := local.WithArea("27"); err == nil {
		t.Error("an area code without its leading 0 should be refused")
	}
	if same, err := whole.WithArea("010"); err != nil || same != whole {
		t.Errorf("a whole number should stay as it is, got %v, %v", same, err)
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"027-87135799转12", "+86 138 1234 5678", "（０７１０）3612345—8", "86-27-87135799"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		p, err := ParsePhone(typed)
		if err != nil {
			return
		}
		if again, err := ParsePhone(p.String()); err != nil || again != p {
			t.Errorf("%q gave %#v, whose spelling %q reads as %#v, %v", typed, p, p, again, err)
		}
	})
}
