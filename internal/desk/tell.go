package desk

import (
	"context"
	"encoding/json"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// toldAtOnce is how many applications one transaction tells anew.
const toldAtOnce = 100

// TellAnew tells again what an older program told of the submitted applications, so that
// all are found in the same way.
func TellAnew(ctx context.Context, store *postgres.Store, s portal.System) error {
	for {
		var old []postgres.Untold
		if err := store.Read(ctx, s, postgres.UntoldVersions(&old, toldAtOnce)); err != nil || len(old) == 0 {
			return err
		}
		if err := store.Save(ctx, s, func(tx *postgres.Tx) error { return tellAll(tx, old) }); err != nil {
			return err
		}
	}
}

func tellAll(tx *postgres.Tx, old []postgres.Untold) error {
	changes := make([]postgres.Query, len(old))
	for i, version := range old {
		var frozen portal.Frozen
		if err := json.Unmarshal(version.Body, &frozen); err != nil {
			return err
		}
		changes[i] = tx.Tell(version.Application, proposal.Tell(frozen))
	}
	return tx.Do(changes...)
}
