package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"softsci/internal/config"
	"softsci/internal/desk"
	"softsci/internal/guideline"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// migrate brings the database to this program's schema, or declares which version
// a half-done migration left.
func migrate(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		p, err := open(ctx, out)
		if err != nil {
			return err
		}
		p.close()
		_, err = fmt.Fprintln(out, "the database is up to date")
		return err
	}
	if len(args) != 2 || args[0] != "force" {
		return usageError("usage: portal migrate [force N]")
	}
	n, err := strconv.Atoi(args[1])
	if err != nil || n < 0 {
		return usageError(fmt.Sprintf("migrate force: %q is not a version number", args[1]))
	}
	return forceVersion(ctx, n, out)
}

func forceVersion(ctx context.Context, n int, out io.Writer) error {
	c, err := config.Load(os.Environ())
	if err != nil {
		return err
	}
	owner := c.DatabaseOwnerURL.Reveal()
	if owner == "" {
		private, err := startPrivate(ctx, c)
		if err != nil {
			return err
		}
		defer private.Close()
		owner = private.OwnerURL()
	}
	if err := postgres.ForceVersion(owner, n); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "the database is declared to be at version %d; now run portal migrate\n", n)
	return err
}

// importFile makes a batch of a guideline document.
func importFile(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	slug := flags.String("slug", "", "the batch's name in addresses")
	code := flags.String("code", "", "its code in receipt numbers")
	opens := flags.String("opens", "", "when it opens")
	closes := flags.String("closes", "", "when it closes")
	publish := flags.Bool("publish", false, "publish it at once")
	files, err := parseMixed(flags, args)
	if err != nil {
		return usageError("import: " + err.Error())
	}
	if len(files) != 1 || *slug == "" || *code == "" || *opens == "" || *closes == "" {
		return usageError("usage: portal import FILE --slug S --code RKX1 --opens T --closes T [--publish]")
	}
	in := desk.Import{Slug: *slug, Code: *code}
	if in.Opens, err = parseTime("--opens", *opens); err != nil {
		return err
	}
	if in.Closes, err = parseTime("--closes", *closes); err != nil {
		return err
	}
	raw, document, err := readGuideline(ctx, files[0])
	if err != nil {
		return err
	}
	in.Intake = desk.Intake{Document: portal.Document{Name: filepath.Base(files[0]), Format: document.Format}, Raw: raw, Source: document.Text, Proposal: document.Propose()}
	if in.Proposal.Title == "" || len(in.Proposal.Topics) == 0 {
		return fmt.Errorf("%s: no title or no topics were found; see portal guideline parse %s", files[0], files[0])
	}
	p, err := open(ctx, out)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.desk.ImportBatch(ctx, p.system(), in); err != nil {
		return importError(err)
	}
	if *publish {
		if err := p.desk.Publish(ctx, p.system(), in.Slug); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "batch %s: %d topics, %d findings, published: %t\n", in.Slug, len(in.Proposal.Topics), len(in.Proposal.Findings), *publish)
	return err
}

// importWords say a refusal by the field it names, for the person at the terminal.
var importWords = map[string]string{
	"slug":   "--slug must be a new word of a-z, 0-9 and hyphens, at most 60 characters",
	"code":   "--code must be new within its year: a capital, then 1 to 11 capitals or digits",
	"year":   "the document's title must name a year from 2000 to 2999",
	"closes": "--closes must be later than --opens",
}

func importError(err error) error {
	var refusal *portal.Error
	if errors.As(err, &refusal) {
		for field := range refusal.Fields {
			if words, ok := importWords[field]; ok {
				return errors.New(words)
			}
		}
	}
	return err
}

// parseMixed reads flags before, between and after the other arguments.
func parseMixed(flags *flag.FlagSet, args []string) (others []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			return others, nil
		}
		others = append(others, flags.Arg(0))
		args = flags.Args()[1:]
	}
}

// timeForms are how a moment may be written; without a zone it is Beijing time.
var timeForms = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"}

func parseTime(name, value string) (time.Time, error) {
	for _, form := range timeForms {
		if t, err := time.ParseInLocation(form, value, portal.Shanghai); err == nil {
			return t, nil
		}
	}
	return time.Time{}, usageError(fmt.Sprintf("%s: %q is not a time; write 2026-12-24T17:00 (Beijing time) or RFC 3339", name, value))
}

// readGuideline reads a guideline in whatever format: Word, PDF or text.
func readGuideline(ctx context.Context, file string) (raw []byte, document guideline.Document, err error) {
	if raw, err = os.ReadFile(file); err != nil {
		return nil, document, err
	}
	if document, err = guideline.Read(ctx, file, raw); err != nil {
		return nil, document, fmt.Errorf("%s: %w", file, err)
	}
	return raw, document, nil
}

// account opens accounts from the command line.
func account(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("account add", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	role := flags.String("role", "", "admin")
	if len(args) == 0 || args[0] != "add" {
		return usageError("usage: portal account add --role admin EMAIL")
	}
	others, err := parseMixed(flags, args[1:])
	if err != nil || len(others) != 1 || *role != string(portal.RoleAdmin) {
		return usageError("usage: portal account add --role admin EMAIL")
	}
	email, err := portal.ParseEmail(others[0])
	if err != nil {
		return usageError(fmt.Sprintf("account add: %q is not an e-mail address", others[0]))
	}
	p, err := open(ctx, out)
	if err != nil {
		return err
	}
	defer p.close()
	name, _, _ := strings.Cut(email, "@")
	link, err := p.desk.Invite(ctx, p.system(), desk.Invitation{Email: email, Name: name, Role: portal.RoleAdmin})
	if err != nil {
		return err
	}
	if link == "" {
		_, err = fmt.Fprintln(out, "the account exists and is an administrator now")
		return err
	}
	_, err = fmt.Fprintf(out, "open this link within 24 hours, once, to set a password:\n%s\n", link)
	return err
}

// guidelineCommand prints what the importer reads in a document.
func guidelineCommand(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 2 || args[0] != "parse" {
		return usageError("usage: portal guideline parse FILE")
	}
	_, document, err := readGuideline(ctx, args[1])
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document.Propose())
}
