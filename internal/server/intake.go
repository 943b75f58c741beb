package server

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"softsci/internal/desk"
	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/web/layout"
	"softsci/web/page/admin"
)

// uploadTime is how long a file may take over a slow line: 20 MB at 300 kbit/s.
const uploadTime = 10 * time.Minute

func intakeFields() *form.Form {
	return form.New(&form.Field{Name: "text", Label: "粘贴文字", Kind: form.Prose, Rows: 8, Optional: true, Hint: "从文件里复制全文，整份粘贴在这里"})
}

func (s *Server) intakeForm(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	return s.showIntake(w, r, a, intakeFields())
}

func (s *Server) showIntake(w http.ResponseWriter, r *http.Request, a portal.Admin, f *form.Form) error {
	props := admin.IntakeProps{Layout: s.personal(r, a, "从文件新建批次", layout.NavAdmin), Form: f, Limit: "20 MB", PDF: desk.ReadsPDF()}
	status := http.StatusOK
	if len(f.Problems()) > 0 {
		status, props.Layout.Error, props.Layout.Path = http.StatusUnprocessableEntity, true, "/admin/imports/new"
	}
	return render(w, r, status, admin.Intake(props))
}

// intake reads a document or pasted text and leads to the draft it became.
func (s *Server) intake(w http.ResponseWriter, r *http.Request, a portal.Admin) error {
	patient(w, uploadTime)
	f := intakeFields()
	name, raw, text, err := uploaded(r)
	if err != nil {
		return err
	}
	f.Fill(map[string][]string{"text": {text}})
	if len(raw) == 0 && f.Get("text").Empty() {
		f.Fail("text", "请选择一个文件，或者粘贴文字")
		return s.showIntake(w, r, a, f)
	}
	if len(raw) == 0 {
		name, raw = "", []byte(f.Value("text"))
	}
	slug, err := s.desk.Take(r.Context(), a, name, raw)
	if f.FailWith(err) {
		return s.showIntake(w, r, a, f)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/admin/batches/"+slug+"/draft", "已读出选题。请对照原文核对，发布之前公众看不到。")
}

// uploaded reads the one file and the text of an upload into memory, up to the limit.
func uploaded(r *http.Request) (name string, raw []byte, text string, err error) {
	if err := carriesFiles(r); err != nil {
		return "", nil, "", err
	}
	r.Body = http.MaxBytesReader(nil, r.Body, desk.DocumentLimit+desk.DocumentLimit/4)
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, "", broken(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return name, raw, text, nil
		}
		if err != nil {
			return "", nil, "", broken(err)
		}
		content, err := io.ReadAll(io.LimitReader(part, desk.DocumentLimit+1))
		switch {
		case err != nil:
			return "", nil, "", broken(err)
		case len(content) > desk.DocumentLimit:
			return "", nil, "", tooLarge
		}
		switch part.FormName() {
		case "document":
			name, raw = fileName(part), content
		case "text":
			text = string(content)
		}
	}
}

var tooLarge = portal.Refuse(portal.TooLarge, "文件超过 20 MB，系统没有接收。请压缩后再试，例如删去或缩小文件中的图片。")

// broken says why a file did not arrive whole. TooMany is who was too slow: others wait for their turn.
func broken(err error) error {
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		return tooLarge
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return &portal.Error{Kind: portal.TooMany, Message: "网络太慢，文件没有按时传到，系统没有接收。请检查网络，稍后再传一次。", Reason: err}
	}
	return &portal.Error{Kind: portal.Invalid, Message: "文件没有完整传到，系统没有接收。请再传一次。", Reason: err}
}

// fileName is the last element of the name that the browser gives, whatever its system.
func fileName(part *multipart.Part) string {
	name, err := portal.Text(path.Base(strings.ReplaceAll(part.FileName(), `\`, "/")))
	if err != nil || name == "." || name == "/" {
		return ""
	}
	if r := []rune(name); len(r) > 200 {
		return string(r[len(r)-200:])
	}
	return name
}
