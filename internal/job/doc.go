// Package job does background work on River. A job is inserted in the transaction
// that promises the work (desk.Queue) and runs as the office after its commit.
package job
