// Package portal is the domain: what a call for soft-science projects is made of
// and which moves are legal, without a database, a page or a network.
//
// Everything here is a value or a pure function. The life of an application is
// the one table in status.go; the database's own refusal, the buttons, the mails
// and the README's diagram are derived from it or compared with it by a test.
package portal
