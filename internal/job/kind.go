package job

// sweep deletes sessions, links and counters that are of no more use. What else is done
// here is promised by the desk: desk.Work.
type sweep struct{}

// Kind is the job's name in the queue, for ever.
func (sweep) Kind() string { return "sweep" }

// tell tells anew what an older program told of applications to the search.
type tell struct{}

// Kind is the job's name in the queue, for ever.
func (tell) Kind() string { return "tell" }
