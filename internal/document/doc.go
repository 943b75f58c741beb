// Package document makes the papers of a call: the PDF of a 申报书, the receipt of a
// submission as a signed file and as a page.
//
// It is pure: values in, bytes out. It reads no clock and no database, so that the
// same values give the same bytes; the caller fills the values from the frozen version.
package document
