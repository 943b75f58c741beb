package server

import (
	"bufio"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/klauspost/compress/gzhttp"

	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/applicant"
)

func filesPath(ref string) string { return applicationPath(ref) + "/files" }

func (s *Server) files(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	return s.showFiles(w, r, a, http.StatusOK, "", "")
}

// showFiles shows the attachments by kind; problem stands beside the kind that it is
// about.
func (s *Server) showFiles(w http.ResponseWriter, r *http.Request, a portal.Applicant, status int, kind, problem string) error {
	all, err := s.desk.Attachments(r.Context(), a, chi.URLParam(r, "ref"))
	if err != nil {
		return err
	}
	app := all.Application
	props := applicant.FilesProps{Layout: s.personal(r, a, "附件", layout.NavApplications), Now: a.Arrived(), Application: app, ReadOnly: all.Closed(a) != "",
		Limit: portal.FileLimit >> 20, Most: portal.FilesLimit, Previous: lastSection(), Problems: listed(app.Ref, all.Problems())}
	props.Layout.Error = problem != ""
	if !app.Rules.Takes(kind) {
		props.Problem = problem
	}
	props.Groups = fileGroups(app.Rules, all.Files)
	for i, group := range props.Groups {
		if group.Kind == kind {
			props.Groups[i].Problem = problem
		}
	}
	return render(w, r, status, applicant.Files(props))
}

// fileGroups are the kinds that the rules ask for, each with its files; then those that
// a correction no longer asks for and that are still there.
func fileGroups(rules portal.Rules, files []portal.File) []applicant.FileGroup {
	var groups []applicant.FileGroup
	for _, wanted := range rules.Attachments {
		group := applicant.FileGroup{Kind: wanted.Kind, Label: portal.AttachmentLabel(wanted.Kind), Required: wanted.Required}
		for _, t := range portal.TypesOf(wanted.Kind) {
			group.Types = append(group.Types, string(t))
		}
		groups = append(groups, group)
	}
	for _, f := range files {
		i := slices.IndexFunc(groups, func(g applicant.FileGroup) bool { return g.Kind == f.Kind })
		if i < 0 {
			i = len(groups)
			groups = append(groups, applicant.FileGroup{Kind: f.Kind, Label: portal.AttachmentLabel(f.Kind)})
		}
		groups[i].Files = append(groups[i].Files, f)
	}
	return groups
}

// frozenFiles are the attachments of a submitted version, as they are fetched below the
// application's address, with so many digits of each hash.
func frozenFiles(frozen portal.Frozen, application string, digits int) []component.FileProps {
	var files []component.FileProps
	for _, f := range frozen.Attachments {
		files = append(files, component.FileProps{Name: f.Name, Kind: portal.AttachmentLabel(f.Kind), Size: f.Size, SHA256: f.SHA256[:min(digits, len(f.SHA256))], URL: application + "/files/" + f.Ref})
	}
	return files
}

// How much of a hash is shown: enough to compare by eye, or all of it as a proof.
const (
	someDigits = 16
	allDigits  = 64
)

// lastSection is the name of the section before the attachments.
func lastSection() string {
	parts := proposal.Parts()
	return parts[len(parts)-1].Name
}

// attach takes one file in as it arrives. The kind is in the address, so that nothing
// has to be read before the file itself. A script is answered in JSON.
func (s *Server) attach(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	patient(w, uploadTime)
	ref, kind, body := chi.URLParam(r, "ref"), chi.URLParam(r, "kind"), r.Body
	f, err := s.receive(w, r, a, ref, kind)
	if err != nil {
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			patient(w, uploadTime)
			_, _ = io.CopyN(io.Discard, body, restLimit) // a browser that is still sending reads no answer
		}
		return s.attachRefused(w, r, a, kind, err)
	}
	if wantsJSON(r) {
		return answerJSON(w, http.StatusOK, saved{State: f.State.Label()})
	}
	return s.done(w, r, filesPath(ref)+"#"+kind, "“"+f.Name+"”"+f.State.Label()+"。")
}

// restLimit is how much of a refused upload is still read, in bytes: somebody who chose
// a video by mistake should be told so.
const restLimit = 256 << 20

func (s *Server) receive(w http.ResponseWriter, r *http.Request, a portal.Applicant, ref, kind string) (portal.File, error) {
	part, err := firstFile(r)
	if err != nil {
		return portal.File{}, err
	}
	if part == nil {
		return portal.File{}, portal.RefuseField("file", "请选择文件")
	}
	content := &arrival{Reader: part, wait: func() { patient(w, paceTime) }}
	f, err := s.desk.Attach(r.Context(), a, ref, kind, fileName(part), content)
	if content.err != nil {
		return f, broken(content.err)
	}
	return f, err
}

// The pace that a file must keep once its turn has come, so that others get theirs: so
// many bytes within a time, at which the largest takes uploadTime.
const (
	paceBytes = 512 << 10
	paceTime  = uploadTime * paceBytes / portal.FileLimit
)

// arrival is a file on its way. It is waited for as long as it keeps its pace, and
// remembers what broke it off: that is the line's fault and not the portal's.
type arrival struct {
	io.Reader
	wait func() // for so many bytes more
	left int    // of those
	err  error
}

func (a *arrival) Read(p []byte) (int, error) {
	if a.left <= 0 {
		a.wait()
		a.left = paceBytes
	}
	n, err := a.Reader.Read(p)
	a.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		a.err = err
	}
	return n, err
}

// attachRefused says what was wrong: to a script in JSON, else beside the kind of file
// when it can be mended there or sent again.
func (s *Server) attachRefused(w http.ResponseWriter, r *http.Request, a portal.Applicant, kind string, err error) error {
	var refusal *portal.Error
	if !errors.As(err, &refusal) {
		return err
	}
	message := refusal.Message
	if sentence := refusal.Fields["file"]; sentence != "" {
		message = sentence
	}
	status := answers[refusal.Kind].status
	switch {
	case wantsJSON(r):
		return answerJSON(w, status, saved{Message: message})
	case refusal.Kind == portal.Invalid, refusal.Kind == portal.TooMany:
		return s.showFiles(w, r, a, status, kind, message)
	}
	return err
}

// carriesFiles refuses a request that no form with files sent.
func carriesFiles(r *http.Request) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		return portal.Refuse(portal.Invalid, "这个请求不是本站表单送出的，系统没有接收。请在本站页面上重新操作。")
	}
	return nil
}

// readAhead is how much of an upload is read at a time, in bytes: the reader of forms
// alone would ask the network for 4 KiB.
const readAhead = 32 << 10

// firstFile is the first file of an upload, nil when none was chosen.
func firstFile(r *http.Request) (*multipart.Part, error) {
	if err := carriesFiles(r); err != nil {
		return nil, err
	}
	limited := http.MaxBytesReader(nil, r.Body, portal.FileLimit+1<<20)
	r.Body = struct {
		io.Reader
		io.Closer
	}{bufio.NewReaderSize(limited, readAhead), limited}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, broken(err)
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil
		case err != nil:
			return nil, broken(err)
		case part.FormName() == "file" && part.FileName() != "":
			return part, nil
		}
	}
}

func (s *Server) detach(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	if _, err := posted(r); err != nil {
		return err
	}
	ref := chi.URLParam(r, "ref")
	if err := s.desk.Detach(r.Context(), a, ref, chi.URLParam(r, "file")); err != nil {
		return err
	}
	return s.done(w, r, filesPath(ref), "附件已删去。")
}

func (s *Server) ownFile(w http.ResponseWriter, r *http.Request, a portal.Applicant) error {
	f, content, err := s.desk.OwnFile(r.Context(), a, chi.URLParam(r, "ref"), chi.URLParam(r, "file"))
	return sendFile(w, r, f, content, err)
}

func (s *Server) dossierFile(w http.ResponseWriter, r *http.Request, c portal.Contact) error {
	f, content, err := s.desk.ReadFile(r.Context(), c, chi.URLParam(r, "ref"), chi.URLParam(r, "file"))
	return sendFile(w, r, f, content, err)
}

func (s *Server) officeFile(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	f, content, err := s.desk.ReadFile(r.Context(), a, chi.URLParam(r, "ref"), chi.URLParam(r, "file"))
	return sendFile(w, r, f, content, err)
}

// sendFile sends an attachment to be kept and never to be shown by the browser; parts
// of it too, so that a broken download goes on.
func sendFile(w http.ResponseWriter, r *http.Request, f portal.File, content io.ReadSeeker, err error) error {
	if err != nil {
		return err
	}
	patient(w, uploadTime)
	h := w.Header()
	h.Set("Content-Type", f.Type.Media())
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": download(f)}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set(gzhttp.HeaderNoCompression, "1") // parts of it can be asked for
	h.Set("ETag", `"`+hex.EncodeToString(f.SHA256[:16])+`"`)
	http.ServeContent(w, r, "", time.Time{}, content)
	return nil
}

// download is the name under which a file is kept: its own, ending as its content is.
func download(f portal.File) string {
	return strings.TrimSuffix(f.Name, path.Ext(f.Name)) + "." + string(f.Type)
}
