package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Whole seconds that pgbench runs: its fresh connections take longer to warm up.
const (
	floorWarmUp = 500 * time.Millisecond
	floorRuns   = 3
)

// transaction writes what one submission writes, row for row, and reads nothing but the row it locks. What differs from
// one submission to the next comes as a parameter, as the portal's does. The jobs stand in a queue that nobody works.
const transaction = `\set n :n + 1
\set k :client_id + (:n - 1) * :clients
\set id :first + :k
\set account :accounts + :k %% :applicants
\set ordinal ` + spread + `
\set contact %[2]s
BEGIN;
SELECT set_config('portal.account', :account::text, true), set_config('portal.topics', '{}', true);
SELECT FROM application WHERE ref = 'bench' || :id::text FOR UPDATE;
INSERT INTO number_counter (batch, ordinal, last) VALUES (:batch, :ordinal, 1)
	ON CONFLICT (batch, ordinal) DO UPDATE SET last = number_counter.last + 1 RETURNING last \gset
UPDATE application SET status = 'submitted', number = :prefix || lpad(:ordinal::text, 2, '0') || '-' || lpad(:last::text, 4, '0'),
	versions = 1, submitted_at = now(), submitted_under = :version, editing = false, return_until = NULL, moved_at = now()
	WHERE id = :id RETURNING number \gset
INSERT INTO version (application, topic, accounts, n, schema, body, sha256, content, batch_version, submitted_by, arrived_at, recorded_at, attachments)
	SELECT a.id, a.topic, a.accounts, 1, :schema, d.body, :hash::bytea, convert_from(d.body, 'UTF8')::jsonb, :version, :account, now(), now(), :attachments::jsonb
	FROM application a, (SELECT :document::bytea AS body) d WHERE a.id = :id;
INSERT INTO application_text (application, topic, accounts, leader, unit, text, tokens, tokenizer)
	SELECT a.id, a.topic, a.accounts, :leader, :unit, :told, :tokens::integer[], :tokenizer FROM application a WHERE a.id = :id
	ON CONFLICT (application) DO UPDATE SET leader = EXCLUDED.leader, unit = EXCLUDED.unit, text = EXCLUDED.text, tokens = EXCLUDED.tokens, tokenizer = EXCLUDED.tokenizer;
UPDATE file SET submitted = true WHERE application = :id AND removed_at IS NULL AND NOT submitted;
INSERT INTO event (at, subject, subject_id, subject_label, verb, from_status, to_status, reason, data, account, account_name, role, address, request_id)
	VALUES (now(), 'application', :id, :number, :verb, 'draft', 'submitted', '', '{}', :account, :name, :role, :address, :request);
%[3]s%[4]s%[5]sCOMMIT;
`

// promise is a job in the queue: its arguments and its kind.
const promise = `INSERT INTO river.river_job (args, created_at, kind, max_attempts, metadata, priority, queue, scheduled_at, state, tags)
	VALUES (%[1]s, now(), '%[2]s', :attempts, :metadata::jsonb, :priority, 'nobody', now(), 'available', '{}');
`

// letter is a mail and the job that promises it, twice in the transaction: the account's variable and the letter's name.
const letter = `INSERT INTO message (account, address, kind, subject, body, created_at)
	VALUES (:%[1]s, :%[2]s_address, :verb, :%[2]s_subject, :%[2]s_body, now()) RETURNING id AS message \gset
%[3]s`

// script is the floor of P4.
type script struct {
	program, database string
	dir               string
	variables         []string // name=value
	document          int      // bytes
}

// pgbench finds the program beside the server's own; nil when it is not there.
func (p *place) pgbench(ctx context.Context) (*script, error) {
	var folder string
	if err := p.owner.QueryRow(ctx, `SELECT setting FROM pg_config WHERE name = 'BINDIR'`).Scan(&folder); err != nil {
		return nil, err
	}
	program, err := exec.LookPath(filepath.Join(folder, "pgbench"))
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // that it is missing is no failure
	}
	return &script{program: program, database: p.cluster.URL(), dir: p.dir}, nil
}

// recordRows submits a draft through the portal and lets the script write what that wrote.
func (p *place) recordRows(ctx context.Context, s *script) error {
	if err := errors.Join(p.deliver(ctx, false), p.reset(ctx)); err != nil {
		return err
	}
	w, err := dial(ctx, p.portal.address)
	if err != nil {
		return err
	}
	defer w.Close()
	if err := errors.Join(w.SetDeadline(time.Now().Add(patience)), w.submit(0)); err != nil {
		return err
	}
	p.asked++
	left, err := p.written(ctx)
	if err := errors.Join(err, left.holds(1)); err != nil {
		return err
	}
	s.document = int(left.Bytes)
	rows, err := p.owner.Query(ctx, `SELECT a.batch::text AS batch, left(a.number, -7) AS prefix, v.batch_version::text AS version, v.schema::text AS schema,
			replace(convert_from(v.body, 'UTF8'), '\', '\\') AS document, '\x' || encode(v.sha256, 'hex') AS hash, v.attachments::text AS attachments,
			x.leader, x.unit, x.text AS told, x.tokens::text AS tokens, x.tokenizer::text AS tokenizer,
			e.verb, e.account_name AS name, e.role, e.address, e.request_id AS request,
			mine.address AS mine_address, mine.subject AS mine_subject, mine.body AS mine_body,
			theirs.address AS theirs_address, theirs.subject AS theirs_subject, theirs.body AS theirs_body,
			j.max_attempts::text AS attempts, j.priority::text AS priority, j.metadata::text AS metadata
		FROM application a JOIN version v ON v.application = a.id JOIN application_text x ON x.application = a.id JOIN event e ON e.subject_id = a.id
		JOIN message mine ON mine.account = a.accounts[1] JOIN message theirs ON theirs.account <> a.accounts[1]
		CROSS JOIN (SELECT * FROM river.river_job WHERE kind = 'deliver' ORDER BY id LIMIT 1) j WHERE a.id = $1`, firstDraft)
	if err != nil {
		return err
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToMap)
	if err != nil {
		return err
	}
	for name, value := range row {
		s.variables = append(s.variables, fmt.Sprintf("%s=%v", name, value))
	}
	contacts, err := p.contacts(ctx)
	if err != nil {
		return err
	}
	return os.WriteFile(s.file(), []byte(scriptText(contacts)), 0o600)
}

// contacts is an expression for the account that a topic's mail goes to.
func (p *place) contacts(ctx context.Context) (string, error) {
	rows, err := p.owner.Query(ctx, `SELECT t.ordinal, m.account FROM membership m JOIN topic t ON t.id = m.topic WHERE m.until IS NULL ORDER BY 1`)
	if err != nil {
		return "", err
	}
	var ordinal, count int
	var account int64
	expression := "CASE"
	if _, err = pgx.ForEachRow(rows, []any{&ordinal, &account}, func() error {
		if count++; ordinal != count {
			return fmt.Errorf("not one contact for each topic, but %d before topic %d", count-1, ordinal)
		}
		expression += fmt.Sprintf(" WHEN :ordinal = %d THEN %d", ordinal, account)
		return nil
	}); err != nil {
		return "", err
	}
	return expression + " END", nil
}

func scriptText(contacts string) string {
	delivery := fmt.Sprintf(promise, "jsonb_build_object('message', :message::bigint)", "deliver")
	printing := fmt.Sprintf(promise, "jsonb_build_object('application', :id::bigint, 'n', 1)", "print")
	return fmt.Sprintf(transaction, ":k", contacts, fmt.Sprintf(letter, "account", "mine", delivery), fmt.Sprintf(letter, "contact", "theirs", delivery), printing)
}

func (s *script) file() string { return filepath.Join(s.dir, "submission.sql") }

// run runs the script as the portal's role.
func (s *script) run(ctx context.Context, clients int) (tally, error) {
	logs := filepath.Join(s.dir, "pgbench")
	args := []string{"-n", "-M", "prepared", "-c", fmt.Sprint(clients), "-j", "1", "-T", fmt.Sprint(floorRuns), "-f", s.file(), "-l", "--log-prefix=" + logs}
	for _, v := range append(s.variables, "n=0", fmt.Sprint("clients=", clients), fmt.Sprint("first=", firstDraft),
		fmt.Sprint("accounts=", firstAccount), fmt.Sprint("applicants=", applicants)) {
		args = append(args, "-D", v)
	}
	cmd := exec.CommandContext(ctx, s.program, append(args, s.database)...)
	cmd.Env = append(withoutSettings(os.Environ()), "PGOPTIONS=-c role=softsci_portal")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	said, err := cmd.CombinedOutput()
	if err != nil {
		return tally{}, fmt.Errorf("pgbench: %w\n%s", err, said)
	}
	name := fmt.Sprintf("%s.%d", logs, cmd.Process.Pid)
	file, err := os.Open(name)
	if err != nil {
		return tally{}, err
	}
	defer file.Close()
	list, err := readLog(file)
	if err != nil || len(list) == 0 {
		return tally{}, errors.Join(err, fmt.Errorf("pgbench wrote %d transactions into its log", len(list)))
	}
	begin := list[0].at.Add(-list[0].took)
	for _, d := range list {
		if began := d.at.Add(-d.took); began.Before(begin) {
			begin = began
		}
	}
	begin = begin.Add(floorWarmUp)
	return tallyOf(list, begin, begin.Add(roundLength)), os.Remove(name)
}

// readLog reads pgbench's log: client, transaction, microseconds, script, second, microsecond.
func readLog(r io.Reader) (list []done, err error) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		var client, transaction, script, took, second, micro int64
		if _, err := fmt.Fscan(strings.NewReader(lines.Text()), &client, &transaction, &took, &script, &second, &micro); err != nil {
			return nil, fmt.Errorf("a line of pgbench's log, %q: %w", lines.Text(), err)
		}
		list = append(list, done{time.Unix(second, micro*1000), time.Duration(took) * time.Microsecond})
	}
	return list, lines.Err()
}
