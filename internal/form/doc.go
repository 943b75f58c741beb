// Package form is one HTML form's fields: what was typed, the rules, the errors. One
// rule gives a field its hint, its counter and its check, so that the three cannot
// disagree.
//
// A handler declares the fields, fills them with what was posted and asks two
// questions that are kept apart on purpose. Fill answers whether everything can be
// stored: a draft is saved whenever it can, complete or not. Check answers whether
// everything is right: only a final act (submitting, registering, signing in) waits
// for that. A page is then drawn from the same Form, with everything typed still
// there, except passwords.
//
// Every message is a Chinese sentence that stands by itself, beside its field and in
// the error summary, and says what to do.
package form
