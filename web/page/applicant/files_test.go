package applicant_test

import (
	"strings"
	"testing"

	"softsci/internal/pagetest"
	"softsci/internal/portal"
	"softsci/web/page/applicant"
)

func filesOf(files ...portal.File) applicant.FilesProps {
	return applicant.FilesProps{Now: now, Application: draft(), Limit: 20, Most: 20, Previous: "budget", Groups: []applicant.FileGroup{
		{Kind: "pledge", Label: "诚信承诺书", Required: true, Types: []string{"pdf", "jpg"}, Files: files},
		{Kind: "other", Label: "其他", Types: []string{"pdf", "docx"}},
	}}
}

func file(state portal.FileState) portal.File {
	return portal.File{Ref: "f2p9x4q8abk7", Kind: "pledge", Name: "承诺书.pdf", Size: 1258291, SHA256: make([]byte, 32), State: state, Verdict: "Eicar"}
}

func TestFilesSayWhatIsTakenBeforeTheButton(t *testing.T) {
	t.Parallel()
	props := filesOf()
	props.Problems = []applicant.Problem{{URL: "/applications/k7m2p9x4q8ab/files#pledge", Label: "诚信承诺书", Message: "请上传诚信承诺书"}}
	page := pagetest.MustPage(t, applicant.Files(props))
	pagetest.MustHold(t, page, "每个不超过 20 MB，最多 20 个", "必交", "选交", "还没有上传，提交前要有", "请上传诚信承诺书", "检查并提交",
		`href="/applications/k7m2p9x4q8ab/sections/budget"`, `accept=".pdf,.docx"`, `action="/applications/k7m2p9x4q8ab/files/other"`)
	if hint, button := strings.Index(page, "PDF、JPG，不超过 20 MB"), strings.Index(page, "<button class=\"button quiet\">上传"); hint < 0 || hint > button {
		t.Errorf("the limit stands at %d, the button at %d", hint, button)
	}
}

func TestFileLineByState(t *testing.T) {
	t.Parallel()
	const link = `href="/applications/k7m2p9x4q8ab/files/f2p9x4q8abk7"`
	for _, tc := range []struct {
		state portal.FileState
		words []string
		link  bool
	}{
		{portal.FileKept, []string{"已收到", "1.2 MB", "0000000000000000", "必交的附件已经齐全"}, true},
		{portal.FileHeld, []string{"正在检查", "data-held"}, false},
		{portal.FileRefused, []string{"未通过安全检查", "里面查出“Eicar”"}, false},
	} {
		page := pagetest.MustPage(t, applicant.Files(filesOf(file(tc.state))))
		pagetest.MustHold(t, page, tc.words...)
		if strings.Contains(page, link) != tc.link {
			t.Errorf("%s: the link is there: %t", tc.state, !tc.link)
		}
	}
}

func TestFilesSayWhatWasWrongBesideItsKind(t *testing.T) {
	t.Parallel()
	props := filesOf()
	props.Layout.Error = true
	props.Groups[0].Problem = "“承诺书.pdf”是空文件"
	page := pagetest.MustPage(t, applicant.Files(props))
	pagetest.MustHold(t, page, `<a href="#pledge-file">“承诺书.pdf”是空文件</a>`, `aria-describedby="pledge-error pledge-hint"`, `aria-invalid="true"`)
	pagetest.MustLack(t, page, "已经齐全")
	props = filesOf()
	props.Problem = "本批次不收这一类附件"
	pagetest.MustHold(t, pagetest.MustPage(t, applicant.Files(props)), "有 1 处需要处理", "本批次不收这一类附件")
}

func TestFilesOfASubmissionCanOnlyBeRead(t *testing.T) {
	t.Parallel()
	props := filesOf(file(portal.FileKept))
	props.Application, props.ReadOnly = submitted(), true
	page := pagetest.MustPage(t, applicant.Files(props))
	pagetest.MustHold(t, page, "“待受理”状态", "承诺书.pdf", "下载", "没有上传")
	pagetest.MustLack(t, page, "data-upload", "删去", "检查并提交")
}

func TestFilesOfAKindThatIsNotTakenAnyMore(t *testing.T) {
	t.Parallel()
	props := filesOf(file(portal.FileKept))
	props.Groups = append(props.Groups, applicant.FileGroup{Kind: "cooperation", Label: "合作协议", Files: []portal.File{file(portal.FileKept)}})
	page := pagetest.MustPage(t, applicant.Files(props))
	pagetest.MustHold(t, page, "本批次不收，请删去")
	pagetest.MustLack(t, page, `id="cooperation-file"`)
}
