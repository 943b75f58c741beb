package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"softsci/internal/desk"
	"softsci/internal/mail"
	"softsci/internal/pgtest"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// post office notes what it is handed and refuses as told.
type office struct {
	mu     sync.Mutex
	sent   []mail.Message
	refuse map[string]error
}

func (o *office) Send(_ context.Context, m mail.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.refuse[m.To]; err != nil {
		return err
	}
	o.sent = append(o.sent, m)
	return nil
}

func (o *office) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.sent)
}

// TestDelivery: a mail promised in a transaction is handed over after its commit,
// once; a transaction taken back promises nothing; a permanent refusal is noted.
func TestDelivery(t *testing.T) {
	t.Parallel()
	store := pgtest.Store(t)
	o := &office{refuse: map[string]error{"gone@x.invalid": &mail.Error{Permanent: true, Err: errors.New("no such mailbox")}}}
	client, err := New(store, o, nil, nil, slog.New(slog.DiscardHandler))
	must(t, err)
	must(t, client.Start(context.Background()))
	t.Cleanup(func() { _ = client.Stop(context.Background()) })

	var refused int64
	promise := func(to string, fail error) error {
		return store.Save(t.Context(), portal.MintVisitor(portal.Visit{}), func(tx *postgres.Tx) error {
			var id int64
			if err := tx.Do(tx.Keep(&id, postgres.Message{Address: to, Kind: "test", Subject: "主题", Body: "正文"})); err != nil {
				return err
			}
			if to == "gone@x.invalid" {
				refused = id
			}
			return errors.Join(client.Promise(tx, desk.Delivery{Message: id}), fail)
		})
	}
	for i := range 3 {
		must(t, promise(fmt.Sprintf("a%d@x.invalid", i), nil))
	}
	if promise("never@x.invalid", errors.New("taken back")) == nil {
		t.Fatal("the transaction was not taken back")
	}
	must(t, promise("gone@x.invalid", nil))

	eventually(t, func() bool { return o.count() == 3 })
	var m postgres.Message
	eventually(t, func() bool {
		must(t, store.Read(t.Context(), portal.MintSystem(portal.Visit{}), postgres.MessageOf(&m, refused)))
		return m.Failure != ""
	})
	if m.Sent || !strings.Contains(m.Failure, "no such mailbox") {
		t.Errorf("the refused mail: %+v", m)
	}
	if o.count() != 3 || o.sent[0].Subject != "主题" {
		t.Errorf("handed over %+v", o.sent)
	}
}

func TestCalm(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(calm{slog.NewTextHandler(&out, nil)}).With("of", "river")
	log.Error("stopping", "error", fmt.Errorf("begin: %w", context.Canceled))
	log.Error("broken", "error", errors.New("disk"))
	if got := out.String(); strings.Contains(got, "stopping") || !strings.Contains(got, "broken") {
		t.Errorf("logged %s", got)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for what another goroutine will make true.
func eventually(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it never happened")
		}
	}
}
