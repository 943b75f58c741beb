// Package config turns the environment into a validated Config.
//
// One table of settings, read from top to bottom, is the only place that knows a setting's name, default and meaning:
// parsing, the printed form without secrets and the README's table all derive from it. A setting that is wrong, or a
// PORTAL_ variable that nobody reads, is an *Error of one line; the command prints it and exits with 2, because a
// portal that starts with half of what its operator meant is worse than one that does not start.
package config
