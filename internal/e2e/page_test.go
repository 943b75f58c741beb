package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience bounds one step of a person: a click and the page that follows.
const patience = 30 * time.Second

// page is a tab. Its helpers do what a person does, by what a person sees: the
// words of links, buttons and labels, a real mouse and a real keyboard.
type page struct {
	t     *testing.T
	stage *stage
	mode  mode
	ctx   context.Context

	loaded chan struct{}

	mu       sync.Mutex
	loads    int
	status   int64    // of the document that is shown
	url      string   // of the document that is shown
	troubles []string // console errors, exceptions, violations of the policy
	requests map[network.RequestID]*request
}

// request is one thing a page asked the server for.
type request struct {
	method, url string
	bytes       float64 // on the wire, headers included
}

// mustPage opens a tab for somebody new, who shares no cookie with others.
func (s *stage) mustPage(t *testing.T) *page { return s.mustPageAs(t, s.mode) }

// mustPageAs is mustPage for a person who comes otherwise than the story's.
func (s *stage) mustPageAs(t *testing.T, m mode) *page {
	t.Helper()
	return s.open(t, m, s.browser.ctx, chromedp.WithNewBrowserContext())
}

// mustTab opens another tab for the same person.
func (p *page) mustTab() *page {
	p.t.Helper()
	return p.stage.open(p.t, p.mode, p.ctx)
}

func (s *stage) open(t *testing.T, m mode, parent context.Context, options ...chromedp.ContextOption) *page {
	t.Helper()
	p := &page{t: t, stage: s, mode: m, loaded: make(chan struct{}, 100), requests: map[network.RequestID]*request{}}
	ctx, cancel := chromedp.NewContext(parent, append(options, chromedp.WithListener(p.hear))...)
	p.ctx = ctx
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	p.mustSize(m.width, m.height)
	p.mustScript(m.script)
	p.mustMedia("", "light")
	mustCall(p, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Europe/Lisbon"}) // the portal's times are Beijing's everywhere
	t.Cleanup(p.quiet)
	return p
}

// hear notes what the tab says of itself. It runs in the tab's own loop and must
// send no command.
func (p *page) hear(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch ev := ev.(type) {
	case *cdppage.EventFrameNavigated:
		if ev.Frame.ParentID == "" {
			p.loads++
			p.url = ev.Frame.URL
		}
	case *cdppage.EventLoadEventFired:
		p.loaded <- struct{}{}
	case *cdppage.EventJavascriptDialogOpening:
		go func() { // leaving a form with unsaved words
			_, _ = chromedp.Call(p.ctx, cdppage.HandleJavaScriptDialog, cdppage.HandleJavaScriptDialogParams{Accept: true}) // a closed tab needs no answer
		}()
	case *network.EventRequestWillBeSent:
		p.requests[ev.RequestID] = &request{method: ev.Request.Method, url: ev.Request.URL}
	case *network.EventResponseReceived:
		if ev.Type == network.ResourceTypeDocument {
			p.status = ev.Response.Status
		}
	case *network.EventLoadingFinished:
		if r := p.requests[ev.RequestID]; r != nil {
			r.bytes = ev.EncodedDataLength
		}
	case *log.EventEntryAdded:
		p.entry(ev.Entry)
	case *runtime.EventExceptionThrown:
		p.troubles = append(p.troubles, "exception: "+ev.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeWarning {
			p.troubles = append(p.troubles, fmt.Sprint("console.", ev.Type))
		}
	}
}

// entry keeps what the browser itself complains of. That a document was answered
// with 404 or 422 is for the story to judge, and a line is cut only where a story does it.
func (p *page) entry(e *log.Entry) {
	if e.Level != log.EntryLevelError && e.Level != log.EntryLevelWarning {
		return
	}
	if e.Source == log.EntrySourceNetwork && strings.Contains(e.Text, "the server responded with a status of 4") && !strings.Contains(e.URL, "/assets/") {
		return
	}
	if strings.Contains(e.Text, "net::ERR_INTERNET_DISCONNECTED") {
		return
	}
	p.troubles = append(p.troubles, fmt.Sprintf("%s %s: %s %s", e.Source, e.Level, e.Text, e.URL))
}

// quiet fails the test if the console was not silent since the last call.
func (p *page) quiet() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, trouble := range p.troubles {
		p.t.Errorf("%s: %s", p.url, trouble)
	}
	p.troubles = nil
}

func (p *page) must(err error, what string, args ...any) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%s: %v (at %s)", fmt.Sprintf(what, args...), err, p.at())
	}
}

// mustCall sends a command of the protocol.
func mustCall[P, R any](p *page, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	answer, err := chromedp.Call(ctx, command, params)
	p.must(err, "%s", command.Method)
	return answer
}

// mustEval evaluates an expression in the page. The test's own expressions are
// evaluated where the page's scripts are not.
func mustEval[T any](p *page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	p.must(err, "evaluate %.200s", expression)
	return value
}

// mustAwait evaluates an expression that promises a value.
func mustAwait[T any](p *page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	p.must(err, "evaluate %.200s", expression)
	return value
}

// quoted is a Go value as an expression.
func quoted(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // tests pass strings and numbers
	}
	return string(raw)
}

func (p *page) mustSize(width, height int64) {
	p.t.Helper()
	mustCall(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

// mustScript allows or forbids the pages' own scripts.
func (p *page) mustScript(on bool) {
	p.t.Helper()
	mustCall(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// mustMedia emulates a medium ("print", "" for the screen) and a colour scheme, for
// somebody who wants no motion: nothing glides while a test looks.
func (p *page) mustMedia(medium, scheme string) {
	p.t.Helper()
	mustCall(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}

// mustLoad does what leads to another page and waits for it.
func (p *page) mustLoad(what string, act func()) {
	p.t.Helper()
	for len(p.loaded) > 0 {
		<-p.loaded
	}
	act()
	select {
	case <-p.loaded:
	case <-time.After(patience):
		p.t.Fatalf("%s leads to no page within %s (at %s)", what, patience, p.at())
	}
}

// mustGoto opens an address of the site, or a whole one, and expects the status.
func (p *page) mustGoto(path string, status int64) {
	p.t.Helper()
	url := path
	if strings.HasPrefix(path, "/") {
		url = p.stage.base + path
	}
	p.mustLoad(url, func() {
		answer := mustCall(p, cdppage.Navigate, cdppage.NavigateParams{URL: url})
		if answer.ErrorText != "" {
			p.t.Fatalf("go to %s: %s", url, answer.ErrorText)
		}
	})
	p.mustStatus(status)
}

// at is the address of the document that is shown.
func (p *page) at() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.url
}

// mustStatus expects the status of the document that is shown.
func (p *page) mustStatus(status int64) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.status != status {
		p.t.Fatalf("%s: status %d, want %d", p.url, p.status, status)
	}
}

// mustFollow clicks the link with the words and waits for the page.
func (p *page) mustFollow(words string) {
	p.t.Helper()
	p.mustLoad("the link “"+words+"”", func() { p.mustClick("a[href]", words) })
}

// mustPress clicks the button with the words and waits for the page.
func (p *page) mustPress(words string) {
	p.t.Helper()
	p.mustLoad("the button “"+words+"”", func() { p.mustClick("button", words) })
}

// seek finds what a person would click on: visible, with the words or, failing
// that, words that begin with them or hold them, white space aside; what stands in
// main comes first. A button that is only there for the Enter key is not.
const seek = `((selector, text) => {
	const dense = s => s.replace(/\s+/g, '');
	const words = e => dense(e.innerText || e.value || '');
	const sought = dense(text);
	const seen = [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length && !e.closest('[aria-hidden=true]'));
	seen.sort((a, b) => !!b.closest('main') - !!a.closest('main'));
	return seen.find(e => words(e) === sought) || seen.find(e => words(e).startsWith(sought)) || seen.find(e => words(e).includes(sought));
})`

// field finds the control that a label names.
const field = `((label) => {
	const control = l => l.control || l.querySelector('input, select, textarea');
	const l = ` + seek + `('label', label);
	return l && control(l);
})`

// spot is where an element can be clicked.
type spot struct {
	X, Y  float64
	Cover string // what lies over it, "" for nothing
}

// place scrolls an element into view and finds the middle of its first line.
const place = `(e => {
	if (!e) return null;
	e.scrollIntoView({block: 'center', behavior: 'instant'});
	const r = e.getClientRects()[0];
	const x = r.left + r.width / 2, y = r.top + r.height / 2;
	const top = document.elementFromPoint(x, y);
	return {X: x, Y: y, Cover: top && (e.contains(top) || top.contains(e)) ? '' : top ? top.outerHTML.slice(0, 120) : 'nothing there'};
})`

// mustClick clicks the first element that matches and has the words.
func (p *page) mustClick(selector, words string) {
	p.t.Helper()
	at := mustEval[*spot](p, place+"("+seek+"("+quoted(selector)+", "+quoted(words)+"))")
	if at == nil {
		p.t.Fatalf("%s: no %s with the words “%s”; main says:\n%s", p.at(), selector, words, p.words("main"))
	}
	if at.Cover != "" {
		p.t.Fatalf("%s: %s “%s” is covered by %s", p.at(), selector, words, at.Cover)
	}
	p.click(*at)
}

func (p *page) click(at spot) {
	p.t.Helper()
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		mustCall(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y, Button: input.MouseButtonLeft, ClickCount: 1})
	}
}

// mustFill types into the field with the label, in place of what is there.
func (p *page) mustFill(label, text string) {
	p.t.Helper()
	kind := mustEval[string](p, `(e => { if (!e) return ''; e.focus(); if (e.select) e.select(); return e.type; })(`+field+`(`+quoted(label)+`))`)
	switch kind {
	case "":
		p.t.Fatalf("%s: no field with the label “%s”", p.at(), label)
	case "date", "datetime-local": // their parts depend on the browser's language
		mustEval[bool](p, `(e => { e.value = `+quoted(text)+`; e.dispatchEvent(new Event('input', {bubbles: true})); return true; })(`+field+`(`+quoted(label)+`))`)
	default:
		if text == "" {
			p.mustKey("Backspace")
			return
		}
		mustCall(p, input.InsertText, input.InsertTextParams{Text: text})
	}
}

// mustTick clicks the tick or the choice with the label.
func (p *page) mustTick(label string) {
	p.t.Helper()
	p.mustClick("label", label)
}

// mustChoose selects an option of the field with the label.
func (p *page) mustChoose(label, option string) {
	p.t.Helper()
	if !mustEval[bool](p, `(e => { const o = e && [...e.options].find(o => o.label === `+quoted(option)+`); if (o) o.selected = true; return !!o; })(`+field+`(`+quoted(label)+`))`) {
		p.t.Fatalf("%s: no option “%s” in “%s”", p.at(), option, label)
	}
}

// mustValue expects what stands in the field with the label.
func (p *page) mustValue(label, want string) {
	p.t.Helper()
	got := mustEval[*string](p, `(e => e ? e.value : null)(`+field+`(`+quoted(label)+`))`)
	if got == nil {
		p.t.Fatalf("%s: no field with the label “%s”", p.at(), label)
	}
	if *got != want {
		p.t.Errorf("%s: “%s” holds %q, want %q", p.at(), label, *got, want)
	}
}

// keys are the keys the stories press, with what they type and their numbers.
var keys = map[string]struct {
	text string
	code int64
}{"Tab": {"", 9}, "Enter": {"\r", 13}, "Backspace": {"", 8}, "Space": {" ", 32}}

// mustKey presses a key.
func (p *page) mustKey(name string) {
	p.t.Helper()
	key, ok := keys[name]
	if !ok {
		p.t.Fatalf("unknown key %s", name)
	}
	down := input.DispatchKeyEventTypeKeyDown
	if key.text == "" {
		down = input.DispatchKeyEventTypeRawKeyDown
	}
	mustCall(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: down, Key: name, Code: name, Text: key.text,
		WindowsVirtualKeyCode: key.code, NativeVirtualKeyCode: key.code})
	mustCall(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: name, Code: name,
		WindowsVirtualKeyCode: key.code, NativeVirtualKeyCode: key.code})
}

// words is what a person reads in the elements that match, one a line; "" for none.
func (p *page) words(selector string) string {
	p.t.Helper()
	return mustEval[string](p, `[...document.querySelectorAll(`+quoted(selector)+`)].filter(e => e.getClientRects().length).map(e => e.innerText.replace(/\s+/g, ' ').trim()).join('\n')`)
}

// mustSee expects every one of the words in the elements that match.
func (p *page) mustSee(selector string, words ...string) {
	p.t.Helper()
	said := p.words(selector)
	for _, w := range words {
		if !strings.Contains(said, w) {
			p.t.Errorf("%s: %s does not say “%s” but:\n%s", p.at(), selector, w, said)
		}
	}
}

// mustNotSee expects none of the words in the elements that match.
func (p *page) mustNotSee(selector string, words ...string) {
	p.t.Helper()
	said := p.words(selector)
	for _, w := range words {
		if strings.Contains(said, w) {
			p.t.Errorf("%s: %s says “%s”:\n%s", p.at(), selector, w, said)
		}
	}
}

// mustCount expects how many visible elements match.
func (p *page) mustCount(selector string, want int) {
	p.t.Helper()
	if got := mustEval[int](p, `[...document.querySelectorAll(`+quoted(selector)+`)].filter(e => e.getClientRects().length).length`); got != want {
		p.t.Errorf("%s: %d × %s, want %d", p.at(), got, selector, want)
	}
}

// path is the address of the page that is shown, without the site's.
func (p *page) path() string {
	p.t.Helper()
	return strings.TrimPrefix(mustEval[string](p, "location.href"), p.stage.base)
}

// mustBeAt expects the address to begin with the path.
func (p *page) mustBeAt(path string) {
	p.t.Helper()
	if got := p.path(); !strings.HasPrefix(got, path) {
		p.t.Fatalf("at %s, want %s; main says:\n%s", got, path, p.words("main"))
	}
}

// mustFocus expects the focus on the element that matches.
func (p *page) mustFocus(selector string) {
	p.t.Helper()
	if got := mustEval[string](p, `document.activeElement.matches(`+quoted(selector)+`) ? '' : document.activeElement.outerHTML.slice(0, 160)`); got != "" {
		p.t.Errorf("%s: the focus is on %s, want %s", p.at(), got, selector)
	}
}

// mustSignIn signs in on the page that asks for it.
func (p *page) mustSignIn(email string) {
	p.t.Helper()
	p.mustBeAt("/sign-in")
	p.mustFill("邮箱", email)
	p.mustFill("密码", password)
	p.mustPress("登录")
}

// pageLoads is how many pages were shown in this tab.
func (p *page) pageLoads() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.loads
}
