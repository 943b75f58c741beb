package job

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"softsci/internal/desk"
	"softsci/internal/mail"
	"softsci/internal/paper"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// Client inserts and works jobs.
type Client struct{ river *river.Client[pgx.Tx] }

// workers bounds how many jobs run at once in this process, the printing of papers aside.
const workers = 8

// Papers have a queue of their own, one at a time and one a second at most: each takes a
// tenth of a second of a processor and some 30 MB on the way, and in the rush before a
// deadline the machine belongs to those who still submit. Who wants a paper before its
// turn gets one made for the request.
const (
	press     = "press"
	pressRest = time.Second
)

// queues name the queue of what does not stand in River's default one.
var queues = map[string]string{desk.Printing{}.Kind(): press}

// Scanner sees the content of a file and says what is wrong with it, "" for nothing.
type Scanner interface {
	Scan(ctx context.Context, content io.Reader) (verdict string, err error)
}

// New makes a client over the store; scanner is nil where attachments are not scanned, and
// the secret is the portal's. It works nothing until Start.
func New(store *postgres.Store, sender mail.Sender, scanner Scanner, secret []byte, log *slog.Logger) (*Client, error) {
	all := river.NewWorkers()
	if err := errors.Join(
		river.AddWorkerSafely(all, &deliverer{store: store, sender: sender}),
		river.AddWorkerSafely(all, &sweeper{store: store}),
		river.AddWorkerSafely(all, &inspector{store: store, scanner: scanner}),
		river.AddWorkerSafely(all, &printer{store: store, secret: secret}),
		river.AddWorkerSafely(all, &teller{store: store}),
	); err != nil {
		return nil, err
	}
	r, err := river.NewClient(riverpgxv5.New(store.Office()), &river.Config{
		Schema:        "river",
		Logger:        slog.New(calm{log.Handler()}),
		Queues:        map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}, press: {MaxWorkers: 1, FetchCooldown: pressRest}},
		Workers:       all,
		FetchCooldown: 20 * time.Millisecond, // the default of 100 ms caps a queue at about 100 jobs a second
		PeriodicJobs:  []*river.PeriodicJob{hourly(sweep{}), hourly(tell{})},
	})
	return &Client{r}, err
}

// hourly is a job that is done at every start and every hour.
func hourly(args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(time.Hour), func() (river.JobArgs, *river.InsertOpts) { return args, nil }, &river.PeriodicJobOpts{RunOnStart: true})
}

// Start works jobs until Stop.
func (c *Client) Start(ctx context.Context) error { return c.river.Start(ctx) }

// Stop lets running jobs end and takes no new ones.
func (c *Client) Stop(ctx context.Context) error { return c.river.Stop(ctx) }

// Promise promises work once the transaction commits.
func (c *Client) Promise(tx *postgres.Tx, work ...desk.Work) error {
	jobs := make([]river.InsertManyParams, len(work))
	for i, w := range work {
		jobs[i] = river.InsertManyParams{Args: w, InsertOpts: &river.InsertOpts{Queue: queues[w.Kind()]}}
	}
	_, err := c.river.InsertManyTx(tx.Context(), tx.Raw(), jobs)
	return err
}

// system is the actor of all jobs.
func system(store *postgres.Store) portal.System {
	return portal.MintSystem(portal.Visit{RequestID: "job", Arrived: store.Now()})
}

type deliverer struct {
	river.WorkerDefaults[desk.Delivery]
	store  *postgres.Store
	sender mail.Sender
}

// Work hands one mail over and notes how it went. A mail that was handed over is
// never sent again; a permanent refusal is noted and not tried again.
func (d *deliverer) Work(ctx context.Context, job *river.Job[desk.Delivery]) error {
	actor := system(d.store)
	var m postgres.Message
	if err := d.store.Read(ctx, actor, postgres.MessageOf(&m, job.Args.Message)); err != nil || m.Sent {
		return err
	}
	sendErr := d.sender.Send(ctx, mail.Message{ID: m.ID, At: m.CreatedAt, To: m.Address, Subject: m.Subject, Body: m.Body})
	noteErr := d.store.Save(ctx, actor, func(tx *postgres.Tx) error {
		if sendErr != nil {
			return tx.MarkFailed(m.ID, sendErr.Error())
		}
		return tx.MarkSent(m.ID)
	})
	if mail.Permanent(sendErr) {
		return errors.Join(river.JobCancel(sendErr), noteErr)
	}
	return errors.Join(sendErr, noteErr)
}

type inspector struct {
	river.WorkerDefaults[desk.Scan]
	store   *postgres.Store
	scanner Scanner
}

// Timeout is how long the scanner may take over one file.
func (*inspector) Timeout(*river.Job[desk.Scan]) time.Duration { return 5 * time.Minute }

// Work shows an attachment to the scanner and notes what it said. While the scanner
// cannot be reached the attachment stays held and the job is tried again.
func (i *inspector) Work(ctx context.Context, job *river.Job[desk.Scan]) error {
	actor := system(i.store)
	var held []portal.File
	if err := i.store.Read(ctx, actor, postgres.HeldFile(&held, job.Args.File)); err != nil || len(held) == 0 {
		return err
	}
	state, verdict := portal.FileKept, ""
	if i.scanner != nil {
		var err error
		if verdict, err = i.scanner.Scan(ctx, i.store.Content(ctx, actor, held[0])); err != nil {
			return err
		}
		if verdict != "" {
			state = portal.FileRefused
		}
	}
	return i.store.Save(ctx, actor, func(tx *postgres.Tx) error { return tx.JudgeFile(held[0].ID, state, verdict) })
}

type printer struct {
	river.WorkerDefaults[desk.Printing]
	store  *postgres.Store
	secret []byte
}

// Work makes the paper of a version and keeps it; one that has been made stays.
func (p *printer) Work(ctx context.Context, job *river.Job[desk.Printing]) error {
	actor := system(p.store)
	var versions []portal.Version
	if err := p.store.Read(ctx, actor, postgres.Unprinted(&versions, job.Args.Application, job.Args.N)); err != nil || len(versions) == 0 {
		return err
	}
	frozen, err := desk.Thaw(p.secret, versions[0])
	if err != nil {
		return err
	}
	pdf, err := paper.Submitted(versions[0], frozen)
	if err != nil {
		return err
	}
	return p.store.Save(ctx, actor, func(tx *postgres.Tx) error { return tx.KeepPaper(job.Args.Application, job.Args.N, pdf) })
}

type sweeper struct {
	river.WorkerDefaults[sweep]
	store *postgres.Store
}

// Work sweeps once.
func (s *sweeper) Work(ctx context.Context, _ *river.Job[sweep]) error {
	return s.store.Save(ctx, system(s.store), (*postgres.Tx).Sweep)
}

type teller struct {
	river.WorkerDefaults[tell]
	store *postgres.Store
}

// Timeout lets a whole portal be told anew.
func (*teller) Timeout(*river.Job[tell]) time.Duration { return time.Hour }

// Work tells what is old anew.
func (t *teller) Work(ctx context.Context, _ *river.Job[tell]) error {
	return desk.TellAnew(ctx, t.store, system(t.store))
}
