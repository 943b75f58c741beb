// Package mail writes the portal's letters and delivers them.
//
// Letters holds every letter's words as pure functions, so that an administrator's outbox shows what will be sent and
// a golden file shows what a change of words changes. A letter opens a page; the person presses the button there, so
// that a mail scanner that follows links decides nothing. A letter names an application by its number and title and no
// person at all.
//
// A Sender delivers one Message: SMTP to a mail server, File to a folder for those who have none. The job that sends
// asks Permanent whether to try again.
package mail
