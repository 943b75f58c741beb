// Command portal is the whole portal in one program: it serves, migrates, reads
// guidelines and opens accounts. README.md has the tour.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // times are Shanghai's on machines without a zone database too

	"softsci/internal/config"
	"softsci/internal/portal"
)

// version is set by the build.
var version = "unknown"

// Exit codes.
const (
	exitFailed = 1
	exitUsage  = 2 // a wrong setting or argument
)

const usage = `usage: portal COMMAND

  serve                             serve the portal (see README.md for the settings)
  migrate [force N]                 bring the database to this program's schema
  import FILE --slug S --code RKX1 --opens T --closes T [--publish]
                                    make a batch of a guideline document
  account add --role admin EMAIL    print a single-use link for a new administrator
  receipt verify FILE [KEYS.json]   verify a signed receipt, offline
  guideline parse FILE              print what the importer reads in a document, as JSON
  seed N                            make up N applications, beside demonstration data alone
  version                           print the version
`

// usageError is a wrong argument: its line is printed and the exit code is 2.
type usageError string

func (e usageError) Error() string { return string(e) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	os.Exit(report(err, os.Stderr))
}

// report prints an error as one line and returns the exit code.
func report(err error, w io.Writer) int {
	var setting *config.Error
	var usage usageError
	var refusal *portal.Error
	switch {
	case err == nil:
		return 0
	case errors.As(err, &setting), errors.As(err, &usage):
		fmt.Fprintln(w, "portal:", err)
		return exitUsage
	case errors.As(err, &refusal):
		fmt.Fprintln(w, "portal:", refusal.Message)
	default:
		fmt.Fprintln(w, "portal:", oneLine(err))
	}
	return exitFailed
}

// oneLine is an error without the line breaks that the database's driver puts in.
func oneLine(err error) string {
	return strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\t' }), " ")
}

// commands is what the first word can be.
var commands = map[string]func(context.Context, []string, io.Writer) error{
	"serve":     serve,
	"migrate":   migrate,
	"import":    importFile,
	"account":   account,
	"guideline": guidelineCommand,
	"receipt":   receipt,
	"seed":      seed,
	"version":   printVersion,
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		_, err := io.WriteString(out, usage)
		return err
	}
	command, ok := commands[args[0]]
	if !ok {
		return usageError(fmt.Sprintf("unknown command %q; run portal help", args[0]))
	}
	return command(ctx, args[1:], out)
}

func printVersion(_ context.Context, _ []string, out io.Writer) error {
	_, err := fmt.Fprintln(out, version)
	return err
}
