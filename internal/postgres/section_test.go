package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"softsci/internal/pgtest"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// draft is a section that several accounts write, with a clock that the test moves.
type draft struct {
	t     *testing.T
	store *postgres.Store
	world world
	now   time.Time
}

func mustDraft(t *testing.T) *draft {
	t.Helper()
	url, owner := pgtest.URLs(t)
	d := &draft{t: t, store: pgtest.Open(t, url, postgres.Options{}), world: mustWorld(t, owner), now: time.Date(2026, 3, 30, 19, 0, 0, 0, portal.Shanghai)}
	d.store.Set(func() time.Time { return d.now })
	mustExec(t, mustConnect(t, owner), `INSERT INTO application_access (application, account, kind, since) VALUES ($1, $2, 'co-editor', now())`,
		d.world.applications[0], d.world.accounts[1])
	return d
}

func (d *draft) actor(who int) portal.Applicant {
	a, ok := portal.MintApplicant(portal.Standing{Account: d.world.accounts[who], Memberships: []portal.Membership{{Role: portal.RoleApplicant}}}, portal.Visit{Arrived: d.now})
	if !ok {
		d.t.Fatal("no applicant")
	}
	return a
}

// save saves words on a revision, by the page itself when goesOn.
func (d *draft) save(who, revision int, words string, goesOn bool) error {
	return d.store.Save(d.t.Context(), d.actor(who), func(tx *postgres.Tx) error {
		return tx.Do(tx.SaveSection(postgres.SectionSave{Application: d.world.applications[0], Section: portal.Section{Name: "text", Revision: revision, Answers: map[string]string{"a": words}}, GoesOn: goesOn}))
	})
}

func (d *draft) mustSave(who, revision int, words string, goesOn bool) {
	d.t.Helper()
	if err := d.save(who, revision, words, goesOn); err != nil {
		d.t.Fatalf("save on revision %d: %v", revision, err)
	}
}

// kept are the revisions with their words, the newest first.
func (d *draft) kept() (list []string) {
	d.t.Helper()
	var kept []portal.Section
	if err := d.store.Read(d.t.Context(), d.actor(0), postgres.RevisionsOf(&kept, "applic000000", "text", postgres.KeptRevisions+5)); err != nil {
		d.t.Fatal(err)
	}
	for _, s := range kept {
		list = append(list, fmt.Sprint(s.Revision, " ", s.Answers["a"]))
	}
	return list
}

func (d *draft) expect(when string, want ...string) {
	d.t.Helper()
	if got := d.kept(); fmt.Sprint(got) != fmt.Sprint(want) {
		d.t.Errorf("%s: kept are %q, want %q", when, got, want)
	}
}

// TestAutosavesShareARevision: what the page saves by itself within some minutes takes
// one place among the kept revisions; what a person saves keeps its own.
func TestAutosavesShareARevision(t *testing.T) {
	t.Parallel()
	d := mustDraft(t)
	d.mustSave(0, 0, "一", true)
	d.mustSave(0, 1, "一二", true)
	d.mustSave(0, 2, "一二三", true)
	d.mustSave(0, 3, "一二三四", true)
	d.expect("an autosave goes on from the writer's last", "4 一二三四", "1 一")
	d.mustSave(0, 4, "删改", false)
	d.expect("somebody saves", "5 删改", "4 一二三四", "1 一")
	d.mustSave(0, 5, "删改", false)
	d.expect("and saves the same once more", "6 删改", "4 一二三四", "1 一")
	d.mustSave(1, 6, "删改", false)
	d.expect("another account saves the same", "7 删改", "6 删改", "4 一二三四", "1 一")
	d.mustSave(0, 7, "删改了", true)
	d.expect("nobody goes on from another's", "8 删改了", "7 删改", "6 删改", "4 一二三四", "1 一")
	d.now = d.now.Add(16 * time.Minute)
	d.mustSave(0, 8, "删改了一", true)
	d.expect("after some minutes a new one begins", "9 删改了一", "8 删改了", "7 删改", "6 删改", "4 一二三四", "1 一")
}

// TestEveningOfAutosaves: of hours of typing a revision is kept for every quarter of
// an hour, the oldest of them from the beginning. Of saves by hand the last twenty are.
func TestEveningOfAutosaves(t *testing.T) {
	t.Parallel()
	d := mustDraft(t)
	for i := range 4 * 60 {
		d.mustSave(0, i, fmt.Sprint("第 ", i, " 分钟"), true)
		d.now = d.now.Add(time.Minute)
	}
	kept := d.kept()
	if len(kept) > postgres.KeptRevisions || kept[0] != "240 第 239 分钟" || kept[len(kept)-1] != "1 第 0 分钟" {
		t.Errorf("%d revisions: %q", len(kept), kept)
	}
	for i := range 30 {
		d.mustSave(0, 240+i, fmt.Sprint("稿 ", i), false)
	}
	if kept := d.kept(); len(kept) != postgres.KeptRevisions || kept[19] != "251 稿 10" {
		t.Errorf("%d revisions: %q", len(kept), kept)
	}
}

// TestTwoTabsConflict: who saw a revision that made room for another, in whatever way,
// is told so, and nothing is overwritten.
func TestTwoTabsConflict(t *testing.T) {
	t.Parallel()
	d := mustDraft(t)
	for i := range 4 {
		d.mustSave(0, i, fmt.Sprint("第一个窗口 ", i), true)
	}
	before := d.kept()
	for _, stale := range []int{0, 1, 2, 3, 5} {
		for _, goesOn := range []bool{true, false} {
			if err := d.save(0, stale, "第二个窗口", goesOn); portal.KindOf(err) != portal.Conflict {
				t.Errorf("saved on revision %d: %v", stale, err)
			}
		}
		if err := d.save(0, stale, "第一个窗口 3", true); portal.KindOf(err) != portal.Conflict {
			t.Errorf("the same words saved on revision %d: %v", stale, err)
		}
	}
	d.expect("after the conflicts", before...)
}
