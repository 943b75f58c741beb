package job

// deliver hands over one mail, named by the key of its row.
type deliver struct {
	Message int64 `json:"message"`
}

// Kind is the job's name in the queue, for ever.
func (deliver) Kind() string { return "deliver" }

// scan lets the scanner see one attachment, named by its key.
type scan struct {
	File int64 `json:"file"`
}

// Kind is the job's name in the queue, for ever.
func (scan) Kind() string { return "scan" }

// sweep deletes sessions, links and counters that are of no more use.
type sweep struct{}

// Kind is the job's name in the queue, for ever.
func (sweep) Kind() string { return "sweep" }
