package guideline

import "softsci/internal/guideline/pdf"

// ReadsPDF reports whether [Read] can read PDF on this machine.
func ReadsPDF() bool { return pdf.Installed() }

// TextUnassigned is the code of a finding about text that no field holds; the same
// pieces are the Unassigned list.
const TextUnassigned = findUnassigned
