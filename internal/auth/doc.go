// Package auth knows who somebody is: passwords, sessions, and the typed actors
// that are the only key to the portal's verbs. Nothing else mints an actor.
package auth
