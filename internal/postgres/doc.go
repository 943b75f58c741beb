// Package postgres holds all SQL of the portal, one file per noun.
//
// Reads are values: a function such as [ApplicationOf] returns a [Query] bound to
// the place its rows go to, and [Store.Read] sends all queries of one request in
// one batch behind the actor's scope, so that row-level security costs no round
// trip. Writes pass through one door, [Store.Write], which refuses to commit a
// change that left no trace in the event table.
//
// Two roles of the database do the work and neither owns anything: softsci_portal
// for visitors, applicants and contacts, behind row-level security, and
// softsci_office for administrators and jobs.
package postgres
