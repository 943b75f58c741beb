package desk

import "softsci/internal/postgres"

// Queue puts background work into the transaction that promises it, all of it in one
// statement.
type Queue interface {
	Promise(tx *postgres.Tx, work ...Work) error
}

// Work is something to be done once the transaction has committed. What names it, the
// keys of its rows, stands in the queue as JSON.
type Work interface {
	Kind() string // its name in the queue, for ever
}

// Delivery hands over one mail.
type Delivery struct {
	Message int64 `json:"message"`
}

// Scan lets the scanner see one attachment.
type Scan struct {
	File int64 `json:"file"`
}

// Printing makes the paper of one submitted version.
type Printing struct {
	Application int64 `json:"application"`
	N           int   `json:"n"`
}

// Kind is deliver.
func (Delivery) Kind() string { return "deliver" }

// Kind is scan.
func (Scan) Kind() string { return "scan" }

// Kind is print.
func (Printing) Kind() string { return "print" }
