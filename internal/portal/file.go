package portal

import (
	"bytes"
	"fmt"
	"slices"
	"time"
)

// FileState is where an attachment stands with the scanner.
type FileState string

// The states of an attachment.
const (
	FileHeld    FileState = "held"    // waits for the scanner; it cannot be submitted
	FileKept    FileState = "kept"    // can be submitted and read
	FileRefused FileState = "refused" // a scanner found something in it
)

var fileStateLabels = map[FileState]string{FileHeld: "正在检查", FileKept: "已收到", FileRefused: "未通过安全检查"}

// Label is the name of the state on the pages.
func (s FileState) Label() string { return fileStateLabels[s] }

// File is an attachment of an application.
type File struct {
	ID        int64
	Ref       string // in URLs
	Kind      string // of AttachmentKinds
	Name      string // as its owner named it
	Type      FileType
	Size      int64  // in bytes
	SHA256    []byte // of the content
	State     FileState
	Verdict   string // what a scanner found
	By        string // who brought it
	CreatedAt time.Time
}

// InFiles is the name under which the attachments stand among the sections: they have a
// page of their own.
const InFiles = "files"

// What one attachment and all of an application may hold.
const (
	FileLimit  = 20 << 20 // bytes
	FilesLimit = 20       // files
)

// FileType is what a file is by its content.
type FileType string

// The types of attachments that are taken.
const (
	PDF  FileType = "pdf"
	DOCX FileType = "docx"
	XLSX FileType = "xlsx"
	JPEG FileType = "jpg"
	PNG  FileType = "png"
)

// mediaTypes are the names of the types for browsers.
var mediaTypes = map[FileType]string{
	PDF:  "application/pdf",
	DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	JPEG: "image/jpeg",
	PNG:  "image/png",
}

// Media is the media type that a browser is told.
func (t FileType) Media() string { return mediaTypes[t] }

// TypeOf tells a file's type by how it begins, never by its name: "" is a type that is
// not taken. The head should be its first 64 KiB; of an Office file the names of its
// first parts are looked at, among which is its main one.
func TypeOf(head []byte) FileType {
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return ""
	case zipNames(head, "word/"):
		return DOCX
	case zipNames(head, "xl/"):
		return XLSX
	}
	return ""
}

// zipNames reports whether one of the entries of a ZIP that begins in head is named
// with the prefix. Local headers: signature, 22 bytes, lengths of name and extra field,
// name (APPNOTE.TXT, 4.3.7).
func zipNames(head []byte, prefix string) bool {
	const header, nameAt = 30, 26
	for at := 0; ; {
		next := bytes.Index(head[at:], []byte("PK\x03\x04"))
		if next < 0 {
			return false
		}
		at += next
		if len(head) < at+header {
			return false
		}
		length := int(head[at+nameAt]) | int(head[at+nameAt+1])<<8
		name := head[min(len(head), at+header):min(len(head), at+header+length)]
		if bytes.HasPrefix(name, []byte(prefix)) {
			return true
		}
		at += header
	}
}

// TypesOf are the types that a kind of attachment may have: a signed paper is a scan.
func TypesOf(kind string) []FileType {
	if kind == "pledge" {
		return []FileType{PDF, JPEG, PNG}
	}
	return []FileType{PDF, DOCX, XLSX, JPEG, PNG}
}

// Wanted are the kinds of files that the rules ask for and that files hold none of.
func (r Rules) Wanted(files []File) []Attachment {
	var missing []Attachment
	for _, a := range r.Attachments {
		found := false
		for _, f := range files {
			found = found || f.Kind == a.Kind
		}
		if a.Required && !found {
			missing = append(missing, a)
		}
	}
	return missing
}

// Takes reports whether the rules take files of the kind.
func (r Rules) Takes(kind string) bool {
	for _, a := range r.Attachments {
		if a.Kind == kind {
			return true
		}
	}
	return false
}

// FileChange is an attachment in two submissions: Before is nil where it was added, After
// where it was removed.
type FileChange struct{ Before, After *FrozenFile }

// File is the attachment as it is now, or as it was when it was removed.
func (c FileChange) File() FrozenFile {
	if c.After == nil {
		return *c.Before
	}
	return *c.After
}

// Same reports whether it is the same file, by kind, name and content.
func (c FileChange) Same() bool {
	return c.Before != nil && c.After != nil && c.Before.SHA256 == c.After.SHA256
}

// Label says what happened to the attachment.
func (c FileChange) Label() string {
	switch {
	case c.Before == nil:
		return "新增"
	case c.After == nil:
		return "删去"
	case c.Same():
		return "未变"
	}
	return "更换"
}

// CompareFiles pairs the attachments of two submissions: those of one kind and name, of
// one content before others. What was removed comes last.
func CompareFiles(before, after []FrozenFile) []FileChange {
	changes := make([]FileChange, len(after))
	left := slices.Clone(before)
	pair := func(alike func(was, is FrozenFile) bool) {
		for i := range after {
			changes[i].After = &after[i]
			j := slices.IndexFunc(left, func(was FrozenFile) bool { return alike(was, after[i]) })
			if changes[i].Before == nil && j >= 0 {
				was := left[j]
				changes[i].Before, left = &was, slices.Delete(left, j, j+1)
			}
		}
	}
	named := func(was, is FrozenFile) bool { return was.Kind == is.Kind && was.Name == is.Name }
	pair(func(was, is FrozenFile) bool { return named(was, is) && was.SHA256 == is.SHA256 })
	pair(named)
	for i := range left {
		changes = append(changes, FileChange{Before: &left[i]})
	}
	return changes
}

// SizeText is the size of a file in words: 860 字节, 13 KB, 3.1 MB, with 1 KB = 1024 字节.
func SizeText(bytes int64) string {
	switch {
	case bytes >= 1<<20-512: // what rounds to 1024 KB
		return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
	case bytes >= 1<<10:
		return fmt.Sprintf("%d KB", (bytes+512)>>10)
	}
	return fmt.Sprintf("%d 字节", bytes)
}
