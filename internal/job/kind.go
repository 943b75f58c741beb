package job

// sweep deletes sessions, links and counters that are of no more use. What else is done
// here is promised by the desk: desk.Work.
type sweep struct{}

// Kind is the job's name in the queue, for ever.
func (sweep) Kind() string { return "sweep" }
