// Package pdf reads the text of a PDF by way of pdftotext, of Debian's poppler-utils, which is looked for when it is
// needed. A PDF has no paragraphs, only glyphs at places: pdftotext knows the many ways in which fonts name them.
//
// The program gets a stranger's file, so it runs without a shell, without the portal's environment, with a deadline
// and limits on memory and output, on a private copy that is gone afterwards.
package pdf
