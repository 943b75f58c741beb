package postgres_test

import (
	"testing"

	"softsci/internal/pgtest"
	"softsci/internal/portal"
)

// TestUnitCodesAreComparedAlike: the database's way to compare what was typed as a unit's
// code agrees with the domain's.
func TestUnitCodesAreComparedAlike(t *testing.T) {
	t.Parallel()
	_, owner := pgtest.URLs(t)
	conn := mustConnect(t, owner)
	for _, typed := range []string{"91350100M000100Y43", " 91350100m000100y43 ", "９１３５０１００Ｍ０００１００Ｙ４３", "9135 0100 M000 100Y 43", "91350100M0\u200b00100Y43", "91350100M000100Y43\ufeff", ""} {
		var got string
		if mustRow(t, conn, &got, `SELECT normal_code($1)`, typed); got != portal.Normal(typed) {
			t.Errorf("%q is %q, want %q", typed, got, portal.Normal(typed))
		}
	}
}
