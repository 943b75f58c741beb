// Package house holds no code, only the tests that keep the rules of this house: which room may import which, who may
// make an actor, where the clock is read, how migrations are numbered, what lies at the top.
//
// Each rule is a row of a table with what to do when it is broken, and with small trees that break it: a rule that
// finds nothing in those fails, so that no check is there that cannot fail.
package house
