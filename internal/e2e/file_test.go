package e2e_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"

	"softsci/internal/portal"
	"softsci/internal/postgres"
	"softsci/internal/proposal/sample"
)

// mustChooseFiles gives a file input of the page files. Where scripts run the page sends
// them at once.
func (p *page) mustChooseFiles(selector string, files ...string) {
	p.t.Helper()
	for i, file := range files {
		path, err := filepath.Abs(file)
		p.must(err, "find %s", file)
		files[i] = path
	}
	found := mustCall(p, runtime.Evaluate, runtime.EvaluateParams{Expression: "(e => { e.focus(); return e; })(document.querySelector(" + quoted(selector) + "))"})
	mustCall(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, ObjectID: found.Result.ObjectID})
}

// mustPaper writes a file that somebody has at hand.
func (p *page) mustPaper(name string, content []byte) string {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), name)
	p.must(os.WriteFile(path, content, 0o600), "write %s", name)
	return path
}

// mustSend chooses a file of a kind and sends it; without script a button does.
func (p *page) mustSend(kind, file string) {
	p.t.Helper()
	p.mustChooseFiles("#"+kind+"-file", file)
	if !p.mode.script {
		p.mustPress("上传" + portal.AttachmentLabel(kind))
	}
}

// mustAttach sends a file of a kind and sees that it has arrived.
func (p *page) mustAttach(kind, file string) {
	p.t.Helper()
	p.mustSend(kind, file)
	p.mustSeeSoon("#"+kind+"-files", filepath.Base(file))
	p.mustSee("#"+kind+"-files", portal.FileKept.Label())
}

// mustLine makes the tab's line slow (bytes a second upwards), cut (0) or whole (-1).
func (p *page) mustLine(upwards float64) {
	p.t.Helper()
	mustCall(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{
		{Offline: upwards == 0, DownloadThroughput: -1, UploadThroughput: upwards}}})
}

// mustBytes are what an address answers to the page, with its status.
func (p *page) mustBytes(selector string) []byte {
	p.t.Helper()
	if !p.mode.script { // no promise is kept where scripts are off
		p.mustScript(true)
		defer p.mustScript(false)
	}
	digits := mustAwait[string](p, `fetch(document.querySelector(`+quoted(selector)+`).href).then(r => r.arrayBuffer()).then(b => [...new Uint8Array(b)].map(n => n.toString(16).padStart(2, '0')).join(''))`)
	raw, err := hex.DecodeString(digits)
	p.must(err, "read the bytes")
	return raw
}

// mustJudge is a scanner that says something of a draft's first attachment.
func (w *world) mustJudge(ref string, state portal.FileState, verdict string) {
	w.t.Helper()
	all, err := w.desk.Attachments(w.t.Context(), w.actor(zhang), ref)
	w.must(err)
	w.must(w.store.Save(w.t.Context(), w.system(), func(tx *postgres.Tx) error { return tx.JudgeFile(all.Files[0].ID, state, verdict) }))
}

// attached is a paper on its way: asked for, refused for what it is, sent, held, thrown
// away, submitted, and read by the contact of the topic and by no other.
func attached(t *testing.T, s *stage) {
	s.mustPeople()
	ref := s.mustAnswerAll(zhang, 5)
	p := s.mustVisit(t, "/applications/"+ref+"/submission", zhang)
	p.mustSee("main", "还不能提交", "请上传诚信承诺书")
	p.mustFollow("请上传诚信承诺书")
	p.mustBeAt("/applications/" + ref + "/files#pledge")
	p.mustSee("main", "不超过 20 MB", "最多 20 个", "必交", "选交", "还没有上传")
	p.mustSee("#missing", "有 1 处需要处理", "请上传诚信承诺书")
	p.mustCheck("none")

	refusing(t, p)
	p.mustAttach("pledge", p.mustPaper(pledge, sample.Pledge))
	sum := sha256.Sum256(sample.Pledge)
	p.mustSee("#pledge-files", portal.SizeText(int64(len(sample.Pledge))), hex.EncodeToString(sum[:8]), "下载", "删去")
	p.mustSee("#missing", "已经齐全")
	if p.mode.script {
		p.mustFocus("#pledge-file")
		p.mustSee("[role=status]", pledge+"”已收到")
		interrupted(p)
		crowded(p, ref)
	}
	p.mustCheck("one")
	judging(p, ref)

	p.mustAttach("prior", p.mustPaper("湖北技术要素市场调研报告（一份名字很长的前期成果，2022年12月征求意见稿）.pdf", append(bytes.Clone(sample.Pledge), bytes.Repeat([]byte("%"), 3<<20)...)))
	p.mustSee("#prior-files", "3.0 MB")
	p.mustCheck("two")
	p.mustPress("删去：湖北技术要素市场调研报告")
	p.mustSee(".flash", "附件已删去")
	p.mustNotSee("main", "调研报告")

	number := p.mustSubmitAll()
	p.mustSee(".attached", pledge, "诚信承诺书", portal.SizeText(int64(len(sample.Pledge))), hex.EncodeToString(sum[:]))
	p.mustCheck("receipt")
	p.mustGoto("/applications/"+ref+"/files", 200)
	p.mustSee("main", "不能更换", pledge)
	p.mustCount("main form", 0)
	p.mustCheck("read-only")
	reading(t, s, ref, number)
}

// refusing is everything that is no pledge.
func refusing(t *testing.T, p *page) {
	wrong := p.mustPaper("承诺书（扫描）.pdf", []byte("<!doctype html><title>扫描</title>"))
	large := p.mustPaper("承诺书（原图）.pdf", sample.Pledge)
	p.must(os.Truncate(large, portal.FileLimit+1), "make it large")
	p.mustSend("pledge", wrong)
	if p.mode.script {
		p.mustSeeSoon("#pledge .uploads .error", "的内容不是 PDF、JPG、PNG")
		p.mustSee("[role=status]", "的内容不是")
		p.mustCheck("wrong")
		p.mustSend("pledge", large)
		p.mustSee("#pledge .uploads", "超过 20 MB")
		p.mustNotSee("#pledge .uploads", "（扫描）", "重试")
		return
	}
	p.mustStatus(422)
	p.mustSee("[data-summary]", "的内容不是 PDF、JPG、PNG")
	p.mustSee("#pledge-error", "的内容不是 PDF、JPG、PNG")
	p.mustClick("[data-summary] a", "的内容不是")
	p.mustFocus("#pledge-file")
	if title := mustEval[string](p, "document.title"); !strings.HasPrefix(title, "错误：") {
		t.Errorf("the title is %q", title)
	}
	p.mustCheck("wrong")
	p.mustSend("pledge", large)
	p.mustStatus(422)
	p.mustSee("#pledge-error", "超过 20 MB")
	p.mustPress("上传诚信承诺书")
	p.mustSee("#pledge-error", "请选择文件")
}

// interrupted is a line that is slow with two files on their way, and then one that is
// cut.
func interrupted(p *page) {
	p.t.Helper()
	first, second := p.mustPaper("调研报告.pdf", append(bytes.Clone(sample.Pledge), bytes.Repeat([]byte("%"), 2<<20)...)), p.mustPaper("成果证书.pdf", sample.Pledge)
	p.mustLine(60 << 10)
	p.mustChooseFiles("#prior-file", first, second)
	p.mustSeeSoon("#prior .uploads", "已上传")
	p.mustSee("#prior .uploads", "/ 2.0 MB", "等候上传")
	p.mustCheck("on-its-way")
	p.mustLine(-1)
	p.mustSeeSoon("#prior-files", "调研报告.pdf")
	p.mustSeeSoon("#prior-files", "成果证书.pdf")

	p.mustLine(0)
	p.mustChooseFiles("#other-file", second)
	p.mustSeeSoon("#other .uploads", "成果证书.pdf”没有传到")
	p.mustCheck("cut")
	p.mustLine(-1)
	p.mustClick("#other button", "重试")
	p.mustSeeSoon("#other-files", "成果证书.pdf")
	p.mustFocus("#other-file")
	for _, kind := range []string{"prior", "prior", "other"} {
		p.mustLoad("删去", func() { p.mustClick("#"+kind+" button", "删去") })
	}
}

// crowded is somebody who sends two files elsewhere at the same time: a third has to
// wait for one of them, and can then be sent again.
func crowded(p *page, ref string) {
	p.t.Helper()
	var elsewhere sync.WaitGroup
	var lines []*io.PipeWriter
	for range 2 {
		content, line := io.Pipe()
		lines = append(lines, line)
		elsewhere.Go(func() {
			_, err := p.stage.desk.Attach(p.t.Context(), p.stage.actor(zhang), ref, "other", "x.pdf", content)
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				p.t.Errorf("half a file: %v", err)
			}
		})
		_, err := line.Write(sample.Pledge) // returns when its turn has come
		p.must(err, "send half a file")
	}
	p.mustChooseFiles("#other-file", p.mustPaper("成果证书.pdf", sample.Pledge))
	p.mustSeeSoon("#other .uploads", "您有 2 个附件正在上传")
	p.mustSee("#other .uploads", "成果证书.pdf", "重试")
	p.mustCheck("crowded")
	for _, line := range lines {
		p.must(line.CloseWithError(io.ErrUnexpectedEOF), "break off")
	}
	elsewhere.Wait()
	p.mustClick("#other button", "重试")
	p.mustSeeSoon("#other-files", "成果证书.pdf")
	p.mustLoad("删去", func() { p.mustClick("#other button", "删去") })
}

// judging is a scanner that takes its time, and one that finds something.
func judging(p *page, ref string) {
	p.t.Helper()
	p.stage.mustJudge(ref, portal.FileRefused, "Eicar-Test-Signature")
	p.mustGoto("/applications/"+ref+"/files", 200)
	p.mustSee("#pledge-files", "未通过安全检查", "Eicar-Test-Signature")
	p.mustNotSee("#pledge-files", "下载")
	p.mustCheck("found-out")
	p.stage.mustJudge(ref, portal.FileHeld, "")
	p.mustGoto("/applications/"+ref+"/submission", 200)
	p.mustSee("main", "还不能提交", "正在做安全检查")
	p.mustFollow("正在做安全检查")
	p.mustSee("#pledge-files", "正在检查")
	p.mustNotSee("#pledge-files", "下载")
	p.mustCheck("held")
	p.stage.mustJudge(ref, portal.FileKept, "")
	if p.mode.script {
		p.mustSeeSoon("#pledge-files", "已收到")
		p.mustSee("[role=status]", "安全检查完成")
	} else {
		p.mustGoto("/applications/"+ref+"/files", 200)
	}
	p.mustSee("#pledge-files", "已收到", "下载")
}

// reading is who may fetch the paper, and who may not.
func reading(t *testing.T, s *stage, ref, number string) {
	c := s.mustVisit(t, "/desk/applications/"+ref, liu)
	c.mustSee(".attached", pledge, "诚信承诺书")
	c.mustSee("main", number)
	c.mustCheck("file")
	if got := c.mustBytes(".attached a"); !bytes.Equal(got, sample.Pledge) {
		t.Errorf("the contact gets %d bytes, want %d", len(got), len(sample.Pledge))
	}
	address := strings.TrimPrefix(mustEval[string](c, "document.querySelector('.attached a').href"), s.base)
	x := s.mustVisit(t, "/desk", du)
	x.mustGoto(address, 404)
	x.mustNotSee("main", pledge)

	o := s.mustVisit(t, "/admin/applications/"+ref, sun)
	o.mustSee(".attached", pledge)
	o.mustCheck("office")
	if got := o.mustBytes(".attached a"); !bytes.Equal(got, sample.Pledge) {
		t.Errorf("the administrator gets %d bytes, want %d", len(got), len(sample.Pledge))
	}
	o.mustGoto("/admin/events", 200)
	o.mustSee("main", pledge, "刘然", "孙管理")
}
