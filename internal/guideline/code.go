package guideline

// TextUnassigned is the code of a finding about text that no field holds; the same
// pieces are the Unassigned list.
const TextUnassigned = findUnassigned
