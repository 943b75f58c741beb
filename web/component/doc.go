// Package component holds the pieces that pages share. A component takes one
// value and decides nothing but presence and repetition; its style is the file of
// the same name in web/asset/css/component, or list.css.
//
// A piece that wraps other content (Rows, Facts, Table, Acts) takes it as children.
package component
