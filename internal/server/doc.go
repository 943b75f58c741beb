// Package server speaks HTTP: one table of routes, handlers by audience, one place
// for errors. A handler can be mounted only through a wrapper that hands it the
// typed actor its verbs ask for, so a permission check cannot be forgotten; and
// this package does not see the database, so it cannot be gone round.
package server
