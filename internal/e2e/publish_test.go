package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"softsci/internal/portal"
)

// clickLimit is how many clicks it takes at most from the front page of the office to a
// published batch; typing is free.
const clickLimit = 12

// mustRead opens the page for a new batch and lets it read a file; it returns the clicks
// that took.
func (p *page) mustRead(file string) (clicks int) {
	p.t.Helper()
	p.mustFollow("指南批次")
	p.mustFollow("从文件新建批次")
	if p.stage.mode.script {
		p.mustLoad("the file", func() { p.mustChooseFiles("[type=file]", file) })
		clicks = 3
	} else {
		p.mustChooseFiles("[type=file]", file)
		p.mustPress("读取")
		clicks = 4
	}
	p.mustStatus(200)
	return clicks
}

const fixtures = "../guideline/testdata/"

// fromFile is an administrator with a Word file: read, looked at, set, previewed and
// published in a few clicks, exactly as the public then sees it.
func fromFile(t *testing.T, s *stage) {
	s.mustPeople()
	p := s.mustVisit(t, "/admin", sun)
	p.mustGoto("/admin/imports/new", 200)
	p.mustCheck("intake")
	p.mustPress("读取")
	p.mustStatus(422)
	p.mustSee("[data-summary]", "请选择一个文件，或者粘贴文字")
	p.mustCheck("intake-wrong")
	p.mustGoto("/admin", 200)

	clicks := p.mustRead(fixtures + "shipped-auto.docx")
	p.mustSee("main", "10 个选题", "没有存疑")
	p.mustCheck("draft-read")
	p.mustFollow("下一步：批次设置")
	p.mustCheck("settings")
	opens, closes := time.Now().Add(-time.Hour).In(portal.Shanghai), time.Now().AddDate(0, 1, 0).In(portal.Shanghai)
	p.mustFill("批次标题", "2023年度湖北省软科学计划研究重点项目（第二批竞争类）申报指南")
	p.mustFill("发文字号", "鄂科技规[2023]7号")
	p.mustFill("开始时间", opens.Format("2006-01-02T15:04"))
	p.mustFill("截止时间", closes.Format("2006-01-02T15:04"))
	p.mustFill("申报须知", "申报书由系统生成。\n\n详见 https://kjt.example.gov.cn/notice 。")
	p.mustPress("保存设置")
	p.mustBeAt("/admin/batches/2023-softsci-2/publication")
	p.mustCheck("publication-ready")
	p.mustFollow("预览公众将看到的页面")
	p.mustSee("body", "预览：这个版本尚未发布", "鄂科技规〔2023〕7号")
	preview := p.words("[data-document]")
	p.mustCheck("preview")
	p.mustFollow("湖北高质量技术要素市场建设研究")
	p.mustBeAt("/admin/batches/2023-softsci-2/preview/topics/5")
	p.mustCheck("preview-topic")
	p.mustGoto("/admin/batches/2023-softsci-2/publication", 200)
	p.mustPress("发布")
	p.mustSee(".flash", "已发布")
	if clicks += 5; clicks > clickLimit { // settings, save, preview, back, publish
		t.Errorf("%d clicks from the file to the publication, at most %d", clicks, clickLimit)
	}
	t.Logf("clicks from the file to the publication: %d", clicks)
	p.mustCheck("batch-published")
	public := s.mustPage(t)
	public.mustGoto("/batches/2023-softsci-2", 200)
	if got := public.words("[data-document]"); got != preview {
		t.Errorf("the public reads other words than the preview showed:\n%s\n%s", got, preview)
	}
	public.mustSee("main", "申报须知", "鄂科技规〔2023〕7号", "原始文件")
	public.mustCheck("public-batch")
	public.mustGoto("/batches/2023-softsci-2/topics/5", 200)
	public.mustSee("main", "刘然", "027-87833866")
	public.mustCheck("public-topic")
	public.mustGoto("/batches", 200)
	public.mustCheck("public-batches")

	p.mustPress("复制")
	p.mustBeAt("/admin/batches/2023-softsci-3/settings")
	p.mustGoto("/admin/batches", 200)
	p.mustSee("main", "RKX3", "整理中")
	p.mustCheck("batches-copied")
}

// broken is a call with faults that an importer can only doubt.
const broken = "2024年度某省软科学计划重点项目申报指南\n1.甲题研究\n研究内容：第一句。乙题研究。第三句。\n指南联系人：政策处 王小明 8713579\n2.丙题研究\n研究内容：丙的内容。\n指南联系人：\n"

// mended is a document with faults: each is shown beside its source, mended by one
// administrator and then another, and nothing can be published before.
func mended(t *testing.T, s *stage) {
	s.mustPeople()
	file := filepath.Join(t.TempDir(), "指南.txt")
	s.must(os.WriteFile(file, []byte(broken), 0o600))
	p := s.mustVisit(t, "/admin", sun)
	p.mustRead(file)
	p.mustSee("main", "2 个选题", "请核对")
	p.mustCheck("draft-doubts")
	draft := strings.Split(p.path(), "#")[0]
	p.mustGoto(strings.TrimSuffix(draft, "/draft")+"/publication", 200)
	p.mustSee("main", "必须处理", "没有指南联系人", "还没有截止时间")
	p.mustCount("main form button", 0)
	p.mustCheck("publication-blocked")
	p.mustGoto(draft, 200)

	other := s.mustVisit(t, draft, sun)
	p.mustFill("电话", "027-87135799")
	p.mustPress("保存")
	p.mustGoto(draft, 200)
	p.mustValue("电话", "027-87135799")
	other.mustFill("题目", "甲题的另一种写法研究")
	if s.mode.script {
		other.mustSeeSoon("[data-saved]", "另一位管理员")
	}
	other.mustPress("保存")
	other.mustStatus(409)
	other.mustSee("main", "甲题研究", "027-87135799")
	other.mustValue("题目", "甲题的另一种写法研究")
	other.mustCheck("draft-conflict")
	other.mustPress("保存")
	other.mustStatus(200)
	other.mustValue("题目", "甲题的另一种写法研究")

	other.mustClick("summary", "更多")
	other.mustFollow("拆分")
	other.mustSee("main", "第一句。", "乙题研究。")
	other.mustCheck("split")
	other.mustPress("拆分")
	other.mustStatus(422)
	other.mustTick("乙题研究")
	other.mustPress("拆分")
	other.mustSee("main", "3 个选题")
	if confirm := other.words("#confirmations"); strings.Contains(confirm, "以上均已核对") {
		other.mustPress("以上均已核对")
	} else {
		other.mustPress("已核对")
	}
	other.mustSee("main", "没有存疑")
	other.mustCheck("draft-mended")
}

// mustSeeSoon waits until the elements that match say the words.
func (p *page) mustSeeSoon(selector, words string) {
	p.t.Helper()
	for end := time.Now().Add(patience); !strings.Contains(p.words(selector), words); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("%s: %s does not come to say “%s” but:\n%s", p.at(), selector, words, p.words(selector))
		}
	}
}

// corrected is a guideline that changes while somebody writes: the public reads what
// changed, the writer confirms, and who wrote to a retired topic moves to another.
func corrected(t *testing.T, s *stage) {
	s.mustPeople()
	stays, goes := s.mustFill(zhang, 5), s.mustFill(zhang, 3)
	p := s.mustVisit(t, "/admin/batches/"+slug, sun)
	p.mustPress("更正")
	p.mustBeAt("/admin/batches/" + slug + "/draft")
	p.mustSee("main", "这是对已发布版本的更正")
	p.mustCheck("correction")
	third, fifth := s.topic(3), s.topic(5)
	p.mustIn("#topic-"+p.keyOf(third.Title), "summary", "更多")
	p.mustLoad("停用", func() { p.mustIn("#topic-"+p.keyOf(third.Title), "button", "停用") })
	p.mustSee("main", "已停用的选题", third.Title)
	p.mustWriteIn("#topic-"+p.keyOf(fifth.Title)+" [name=content]", strings.Replace(fifth.Content, "系统梳理", "全面梳理", 1))
	p.mustLoad("保存", func() { p.mustIn("#topic-"+p.keyOf(fifth.Title), ".acts button", "保存") })
	p.mustGoto("/admin/batches/"+slug+"/publication", 200)
	p.mustSee("main", "公众将读到的更正", "停用", "全面")
	p.mustCheck("correction-publication")
	p.mustPress("发布更正")
	p.mustStatus(422)
	p.mustFill("更正说明", "第 3 题停用；第 5 题文字更正。")
	p.mustPress("发布更正")
	p.mustSee(".flash", "已发布")

	s.mustMail(zhang, "申报指南已更正", "第 3 题停用")
	public := s.mustPage(t)
	public.mustGoto("/batches/"+slug, 200)
	public.mustSee("main", "第 3 题停用")
	public.mustGoto("/batches/"+slug+"/changes/2", 200)
	public.mustSee("main", "系统", "全面", "停用")
	public.mustCheck("changes")
	public.mustGoto("/batches/"+slug+"/topics/3", 200)
	public.mustSee("main", "已停用")
	public.mustCount(".apply button", 0)
	public.mustCheck("topic-retired")

	a := s.mustVisit(t, "/applications/"+stays, zhang)
	a.mustSee("main", "第 5 题文字更正")
	a.mustCheck("tasks-corrected")
	a.mustGoto("/applications/"+stays+"/submission", 200)
	a.mustSee("main", "申报指南已更正，请先阅读并确认")
	a.mustGoto("/applications/"+stays, 200)
	a.mustPress("我已阅读更正")
	a.mustNotSee("main", "我已阅读更正")
	a.mustGoto("/applications/"+goes, 200)
	a.mustSee("main", "已停用")
	a.mustCheck("tasks-retired")
	a.mustFollow("改报其他选题")
	a.mustCheck("change-topic")
	a.mustPress("改报")
	a.mustStatus(422)
	a.mustTick("4 " + s.topic(4).Title)
	a.mustPress("改报")
	a.mustSee(".flash", "已改报")
	a.mustSee("main", s.topic(4).Title)
}

// keyOf is the key of a draft's topic by its title.
func (p *page) keyOf(title string) string {
	p.t.Helper()
	id := mustEval[string](p, `([...document.querySelectorAll('section.draft-topic')].find(e => [...e.querySelectorAll('input, textarea')].some(i => i.value === `+quoted(title)+`)) || {id: ''}).id`)
	if id == "" {
		p.t.Fatalf("%s: no topic with the title “%s”", p.at(), title)
	}
	return strings.TrimPrefix(id, "topic-")
}

// mustWriteIn types into the one control that matches, in place of what is there.
func (p *page) mustWriteIn(selector, text string) {
	p.t.Helper()
	if !mustEval[bool](p, `(e => { if (e) { e.focus(); e.select(); } return !!e; })(document.querySelector(`+quoted(selector)+`))`) {
		p.t.Fatalf("%s: no %s", p.at(), selector)
	}
	p.mustType(text)
}

// mustIn clicks the first element below another that matches and begins with the words.
func (p *page) mustIn(within, selector, words string) {
	p.t.Helper()
	at := mustEval[*spot](p, place+`([...document.querySelectorAll(`+quoted(within+" "+selector)+`)].find(e => e.getClientRects().length && !e.closest('[aria-hidden=true]') && e.innerText.trim().startsWith(`+quoted(words)+`)))`)
	if at == nil || at.Cover != "" {
		p.t.Fatalf("%s: no free %s with the words “%s” in %s: %+v", p.at(), selector, words, within, at)
	}
	p.click(*at)
}

// directory is the office's list of people: a changed telephone shows at once, a deputy
// stands on the card, an invited person signs in.
func directory(t *testing.T, s *stage) {
	s.mustPeople()
	p := s.mustVisit(t, "/admin/people", sun)
	p.mustSee("main", "湖北技术交易所", "刘然", "027-87833866")
	p.mustCheck("people")
	p.mustFill("部门", "湖北技术交易所")
	p.mustFill("姓名", "代班")
	p.mustFill("电话", "87133")
	p.mustPress("新增")
	p.mustStatus(422)
	p.mustCheck("people-wrong")
	p.mustFill("电话", "027-87130001")
	p.mustPress("新增")
	p.mustSee(".flash", "已加入通讯录")
	p.mustGoto("/admin/people?q=刘然", 200)
	p.mustFollow("刘然")
	p.mustFill("电话", "027-87139999")
	today := s.store.Now().In(portal.Shanghai)
	p.mustChoose("代办人", "湖北技术交易所 代班")
	p.mustFill("代办第一天", today.Format("2006-01-02"))
	p.mustFill("代办最后一天", today.AddDate(0, 0, 3).Format("2006-01-02"))
	p.mustPress("保存")
	p.mustSee(".flash", "所有页面上的名片都已更新")
	p.mustCheck("person")
	public := s.mustPage(t)
	public.mustGoto("/batches/"+slug+"/topics/5", 200)
	public.mustSee("main", "027-87139999", "代班")
	public.mustCheck("topic-deputy")
	p.mustFill("登录邮箱", "liuran@test.invalid")
	p.mustPress("邀请")
	p.mustSee(".flash", "已建立账号")
	s.mustMail("liuran@test.invalid", "邀请", "/invitations/")
	p.mustCheck("person-invited")
}
