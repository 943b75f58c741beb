package desk

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal"
)

// Attachments is an application with its attachments.
type Attachments struct {
	Application portal.Application
	Files       []portal.File
}

// Closed says why the applicant can change nothing at the moment, "" when it can.
func (all Attachments) Closed(a portal.Applicant) string {
	return File{Application: all.Application}.Closed(a)
}

// Problems are the required attachments that are missing, and those that cannot be
// submitted yet or at all.
func (all Attachments) Problems() []proposal.Problem {
	return unattached(all.Application.Rules, all.Files)
}

// Attachments are the attachments of the applicant's application.
func (d *Desk) Attachments(ctx context.Context, a portal.Applicant, ref string) (Attachments, error) {
	var all Attachments
	err := d.store.Read(ctx, a, postgres.ApplicationOf(&all.Application, ref, a.Arrived()), postgres.FilesOf(&all.Files, ref))
	return all, err
}

// Attach takes a file in, row by row, hashing on the way: no more than one chunk of it
// is ever in memory. What is wrong with it is an Invalid error on field file; TooMany
// says that others are sent already and that it can be sent later.
func (d *Desk) Attach(ctx context.Context, a portal.Applicant, ref, kind, name string, content io.Reader) (portal.File, error) {
	done, err := d.uploads.take(ctx, a.Account())
	if err != nil {
		return portal.File{}, err
	}
	defer done()
	all, err := d.Attachments(ctx, a, ref)
	if err != nil {
		return portal.File{}, err
	}
	if err := acceptable(all, a, kind); err != nil {
		return portal.File{}, err
	}
	f := portal.File{Kind: kind, Name: name}
	if f.Ref, err = portal.NewRef(d.random); err != nil {
		return f, err
	}
	err = d.store.Save(ctx, a, func(tx *postgres.Tx) error {
		if err := d.receive(tx, ref, &f, content); err != nil {
			return err
		}
		if err := stillEditable(tx, a, ref); err != nil || f.State != portal.FileHeld {
			return err
		}
		return d.queue.Promise(tx, Scan{f.ID})
	})
	return f, err
}

// stillEditable asks the same once more in the end: while a file was on its way the
// application may have been submitted.
func stillEditable(tx *postgres.Tx, a portal.Applicant, ref string) error {
	app, err := tx.LockApplication(ref)
	if err != nil {
		return err
	}
	_, err = editable(app, a)
	return err
}

// acceptable asks whether a file of the kind can be taken at all, before it is read.
func acceptable(all Attachments, a portal.Applicant, kind string) error {
	if _, err := editable(all.Application, a); err != nil {
		return err
	}
	switch {
	case !all.Application.Rules.Takes(kind):
		return portal.RefuseField("file", "本批次不收这一类附件")
	case len(all.Files) >= portal.FilesLimit:
		return portal.RefuseField("file", fmt.Sprintf("最多 %d 个附件，请先删去不需要的", portal.FilesLimit))
	}
	return nil
}

// receive writes a file's rows. They stream to the database, which keeps one while the
// next is read and hashed.
func (d *Desk) receive(tx *postgres.Tx, ref string, f *portal.File, content io.Reader) error {
	chunk, hash := make([]byte, postgres.ChunkSize), sha256.New()
	next := func() ([]byte, error) {
		size, err := fill(chunk, content)
		if err != nil {
			return nil, err
		}
		if f.Size += int64(size); f.Size > portal.FileLimit {
			return nil, portal.RefuseField("file", fmt.Sprintf("“%s”超过 %d MB，请压缩后再传", f.Name, portal.FileLimit>>20))
		}
		hash.Write(chunk[:size])
		return chunk[:size], nil
	}
	head, err := next()
	if err != nil {
		return err
	}
	if err := d.open(tx, ref, f, head); err != nil {
		return err
	}
	if err := tx.AddChunks(f.ID, head, next); err != nil {
		return err
	}
	f.SHA256, f.State = hash.Sum(nil), portal.FileKept
	if d.scans {
		f.State = portal.FileHeld
	}
	return tx.SealFile(*f)
}

// fill reads until the chunk is full or the content ends. A body that broke off
// (io.ErrUnexpectedEOF) is an error like any other: half a file is none.
func fill(chunk []byte, content io.Reader) (n int, err error) {
	for n < len(chunk) && err == nil {
		var read int
		read, err = content.Read(chunk[n:])
		n += read
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// open looks at how the file begins and makes its row.
func (d *Desk) open(tx *postgres.Tx, ref string, f *portal.File, head []byte) error {
	f.Type = portal.TypeOf(head)
	switch allowed := portal.TypesOf(f.Kind); {
	case len(head) == 0:
		return portal.RefuseField("file", "“"+f.Name+"”是空文件")
	case !slices.Contains(allowed, f.Type):
		return portal.RefuseField("file", "“"+f.Name+"”的内容不是 "+typeNames(allowed)+"，请换一种格式")
	}
	return tx.Do(tx.InsertFile(&f.ID, ref, *f))
}

func typeNames(types []portal.FileType) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = strings.ToUpper(string(t))
	}
	return strings.Join(names, "、")
}

// Detach takes an attachment out of the draft; what a submitted version names stays.
func (d *Desk) Detach(ctx context.Context, a portal.Applicant, ref, file string) error {
	return d.store.Save(ctx, a, func(tx *postgres.Tx) error {
		app, err := tx.LockApplication(ref)
		if err != nil {
			return err
		}
		if _, err := editable(app, a); err != nil {
			return err
		}
		return tx.RemoveFile(app.ID, file)
	})
}

// OwnFile is one attachment of the applicant's, with its content.
func (d *Desk) OwnFile(ctx context.Context, a portal.Applicant, ref, file string) (portal.File, io.ReadSeeker, error) {
	return d.readFile(ctx, a, ref, file)
}

// ReadFile is one attachment of what was submitted to a contact's topic or, for an
// administrator, to any; that it was fetched is in the history. Withheld for a contact who
// is kept away.
func (d *Desk) ReadFile(ctx context.Context, actor portal.Actor, ref, file string) (portal.File, io.ReadSeeker, error) {
	if err := d.mayRead(ctx, actor, ref); err != nil {
		return portal.File{}, nil, err
	}
	f, content, err := d.readFile(ctx, actor, ref, file)
	if err != nil {
		return f, nil, err
	}
	var app portal.Application
	err = d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		if err := tx.Do(postgres.ApplicationOf(&app, ref, tx.At())); err != nil {
			return err
		}
		e := portal.Event{Subject: portal.OnFile, SubjectID: f.ID, SubjectLabel: orTitle(app) + " " + f.Name, Verb: portal.FileFetched}
		if c, ok := actor.(portal.Contact); ok {
			behalf, _ := app.Place(c)
			e = e.InPlaceOf(behalf)
		}
		return tx.Record(e)
	})
	return f, content, err
}

func (d *Desk) readFile(ctx context.Context, actor portal.Actor, ref, file string) (portal.File, io.ReadSeeker, error) {
	var f portal.File
	if err := d.store.Read(ctx, actor, postgres.FileOf(&f, ref, file)); err != nil {
		return f, nil, err
	}
	if f.State != portal.FileKept {
		return f, nil, portal.Refuse(portal.NotNow, "这个附件"+f.State.Label()+"，现在不能下载。")
	}
	return f, d.store.Content(ctx, actor, f), nil
}
