package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
)

// neverLost is the night before the deadline: a page that saves itself, a line that is
// cut, a browser that crashes, a second window, a session that ends. Without script the
// button does what it always did.
func neverLost(t *testing.T, s *stage) {
	s.mustPeople()
	ref := s.mustFill(zhang, 7)
	p := s.mustVisit(t, "/applications/"+ref+"/sections/text", zhang)
	if !s.mode.script {
		byButton(p, ref)
		return
	}
	savesItself(p)
	cutOff(p)
	crashed(p)
	otherWindow(p)
	takenBackTo(p)
	runsOut(p)
	byHand(p)
	signedOut(p, ref)
}

// mustConnect connects the tab to the portal, or cuts it off.
func (p *page) mustConnect(on bool) {
	p.t.Helper()
	mustCall(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{DownloadThroughput: -1, UploadThroughput: -1, Offline: !on}}})
	mustCall(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1})
}

// mustSilence lets nothing more of what the page sends arrive, not even what Chromium
// sends after the page is gone.
func (p *page) mustSilence() {
	p.t.Helper()
	mustEval[bool](p, `window.fetch = () => Promise.reject(new TypeError('no line')), true`)
}

// mustCrash takes the page away without asking anybody.
func (p *page) mustCrash() {
	p.t.Helper()
	p.mustLoad("an empty page", func() { mustCall(p, cdppage.Navigate, cdppage.NavigateParams{URL: "about:blank"}) })
}

// mustFallSilent waits until the elements that match say nothing.
func (p *page) mustFallSilent(selector string) {
	p.t.Helper()
	for end := time.Now().Add(patience); strings.TrimSpace(p.words(selector)) != ""; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("%s: %s still says:\n%s", p.at(), selector, p.words(selector))
		}
	}
}

func byButton(p *page, ref string) {
	const words = "没有脚本也能保存的摘要。"
	p.mustFill("摘要", words)
	p.mustPress("保存并继续")
	p.mustSee(".flash", "已保存，这一部分完整")
	p.mustFollow("上一部分")
	p.mustValue("摘要", words)
	p.mustFallSilent(".strip")
	p.mustFollow("以前的版本")
	p.mustSee("main", "现在的内容", "改动 1 项：摘要")
	p.mustCheck("revisions")
	p.mustClickSecondRevision()
	p.mustSee("main del", strings.TrimSuffix(abstract, "。"))
	p.mustCheck("revision")
	p.mustPress("恢复成这一份")
	p.mustBeAt("/applications/" + ref + "/sections/text")
	p.mustValue("摘要", abstract)
}

// mustClickSecondRevision opens the revision before the one that stands.
func (p *page) mustClickSecondRevision() {
	p.t.Helper()
	p.mustLoad("the revision before", func() { p.click(mustEval[spot](p, place+`(document.querySelector('.revision a'))`)) })
}

func savesItself(p *page) {
	p.mustFill("摘要", "第一句。")
	p.mustSeeSoon("[data-saved=done]", "，完整")
	p.mustFill("摘要", "")
	p.mustSeeSoon("[data-saved=done]", "还缺 1 项")
	p.mustFill("摘要", "第一句。第二句。")
	p.mustSeeSoon("[data-saved=done]", "，完整")
	p.mustCheck("saved")
	at := p.path()
	p.mustGoto(at, 200)
	p.mustValue("摘要", "第一句。第二句。")
	p.mustCount(".kept", 0)
}

func cutOff(p *page) {
	p.mustConnect(false)
	p.mustSeeSoon(".strip p", "连接已断开，已填写的内容保存在这台电脑上，恢复后自动保存。")
	p.mustFill("摘要", "断线时写的。")
	p.mustSeeSoon("[data-saved=lost]", "未保存")
	p.mustClick("button", "保存并继续") // stays on the page, and saves when it can
	p.mustFill("摘要", "断线时写的，又改了一次。")
	p.mustCheck("cut-off")
	p.mustConnect(true)
	p.mustSeeSoon("[data-saved=done]", "保存于")
	p.mustFallSilent(".strip")
	p.mustValue("摘要", "断线时写的，又改了一次。")
}

func crashed(p *page) {
	at := p.path()
	p.mustSilence()
	p.mustFill("摘要", "崩溃前写的摘要。")
	p.mustFill("关键词", "崩溃；恢复；软科学")
	p.mustSeeSoon("[data-saved=lost]", "未保存")
	p.mustCrash()
	p.mustGoto(at, 200)
	p.mustValue("摘要", "断线时写的，又改了一次。")
	p.mustSee("main .flash", "浏览器里有没有保存的内容")
	p.mustSee(".kept", "崩溃前写的摘要。", "崩溃；恢复；软科学", "恢复", "放弃")
	p.mustCount(".kept", 2)
	p.mustCheck("offered")
	p.mustGoto(at, 200) // who only looks loses nothing
	p.mustCount(".kept", 2)
	p.mustClick(".kept button", "恢复")
	p.mustValue("摘要", "崩溃前写的摘要。")
	p.mustSeeSoon("[data-saved=done]", "保存于")
	p.mustClick(".kept button", "放弃")
	p.mustCount(".kept", 0)
	p.mustNotSee("main", "浏览器里有没有保存的内容")
	p.mustGoto(at, 200)
	p.mustValue("摘要", "崩溃前写的摘要。")
	p.mustCount(".kept", 0)
}

func otherWindow(p *page) {
	at := p.path()
	second := p.mustTab()
	second.mustGoto(at, 200)
	second.mustFill("摘要", "第二个窗口写的。")
	second.mustSeeSoon("[data-saved=done]", "，完整")
	p.mustFill("摘要", "第一个窗口写的。")
	p.mustSeeSoon("[data-saved=lost]", "未保存：另一个窗口或另一个人刚改过这一部分")
	p.mustCheck("conflict")
	p.mustPress("保存并继续")
	p.mustStatus(409)
	p.mustSee("main", "第二个窗口写的。")
	p.mustValue("摘要", "第一个窗口写的。")
	p.mustPress("保存")
	p.mustStatus(200)
	p.mustGoto(at, 200)
	p.mustValue("摘要", "第一个窗口写的。")
	p.mustCount(".kept", 0)
}

func takenBackTo(p *page) {
	p.mustFollow("以前的版本")
	p.mustSee("main", "现在的内容", "摘要")
	p.mustCheck("revisions")
	p.mustClickSecondRevision()
	p.mustSee("main del", "二")
	p.mustCheck("revision")
	p.mustPress("恢复成这一份")
	p.mustSee(".flash", "已恢复")
	p.mustValue("摘要", "第二个窗口写的。")
}

// runsOut is a session of which five minutes are left, and then none.
func runsOut(p *page) {
	back := `document.dispatchEvent(new Event('visibilitychange')), true` // somebody comes back to the tab
	p.stage.mustPass(26 * time.Minute)
	mustEval[bool](p, back)
	p.mustSeeSoon(".strip [role=alertdialog]", "再过 4 分钟没有操作，登录会自动结束。")
	p.mustFocus(".strip button")
	p.mustCheck("session-ends")
	p.mustKey("Enter")
	p.mustFallSilent(".strip")
	p.stage.mustPass(58 * time.Minute)
	p.mustFill("摘要", "登录结束以后写的。")
	p.mustSeeSoon(".strip [role=alertdialog]", "登录已经结束，这一页填写的内容还在")
	p.mustSee("[data-saved]", "未保存：登录已经结束")
	p.mustCheck("session-ended")
	again := p.mustTab()
	again.mustGoto("/sign-in?next=/account/session", 200)
	again.mustSignIn(zhang)
	again.mustSee("main", "回到刚才填写的页面")
	again.mustCheck("signed-in-again")
	mustEval[bool](p, back)
	p.mustSeeSoon("[data-saved=done]", "保存于")
	p.mustFallSilent(".strip")
	p.mustGoto(p.path(), 200)
	p.mustValue("摘要", "登录结束以后写的。")
}

// byHand is a form that does not save itself: what was typed into it is offered after a
// crash, and forgotten once the portal has it.
func byHand(p *page) {
	p.mustGoto("/account/profile", 200)
	p.mustFill("姓名", "张改名")
	p.mustCrash()
	p.mustGoto("/account/profile", 200)
	p.mustSee(".kept", "张改名")
	p.mustCheck("offered-by-hand")
	p.mustClick("button", "全部恢复")
	p.mustValue("姓名", "张改名")
	p.mustPress("保存资料")
	p.mustSee(".flash", "资料已保存")
	p.mustValue("姓名", "张改名")
	p.mustCount(".kept", 0)
	if kept := mustEval[int](p, keptForms); kept != 0 {
		p.t.Errorf("%d forms are kept after they were saved", kept)
	}
}

// keptForms is how many forms the browser keeps something of.
const keptForms = `Object.keys(localStorage).filter(key => key.startsWith('kept:')).length`

// signedOut is the end of the evening on somebody else's computer.
func signedOut(p *page, ref string) {
	p.mustGoto("/applications/"+ref+"/sections/text", 200)
	p.mustSilence()
	p.mustFill("摘要", "不该留在这台电脑上的。")
	p.mustSeeSoon("[data-saved=lost]", "未保存")
	if n := mustEval[int](p, keptForms); n != 1 {
		p.t.Errorf("%d forms are kept, want 1", n)
	}
	p.mustCrash()
	p.mustGoto("/applications", 200)
	p.mustPress("退出")
	if n := mustEval[int](p, keptForms); n != 0 {
		p.t.Errorf("%d forms are kept after signing out", n)
	}
}
