package e2e_test

import (
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
)

// narrowest is the width at which nothing may scroll sideways (WCAG 2.2, 1.4.10).
const narrowest = 320

// mustCheck looks at the page as it stands, under a name for failures and the
// screenshot: axe, 320 pixels, console, screenshot.
func (p *page) mustCheck(name string) {
	p.t.Helper()
	p.stage.shots++
	p.mustShot(fmt.Sprintf("%s-%02d-%s", p.stage.story, p.stage.shots, name))
	p.axe(name)
	p.narrow(name)
	p.quiet()
}

// mustShot takes a screenshot of the whole page.
func (p *page) mustShot(name string) {
	p.t.Helper()
	size := mustCall(p, cdppage.GetLayoutMetrics, cdp.Empty{}).CSSContentSize
	yes := true
	shot := mustCall(p, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{CaptureBeyondViewport: &yes, OptimizeForSpeed: &yes,
		Clip: &cdppage.Viewport{Width: float64(p.mode.width), Height: math.Ceil(size.Height), Scale: 1}})
	file := filepath.Join(p.stage.browser.shots, fmt.Sprintf("%s-%d.png", name, p.mode.width))
	p.must(os.WriteFile(file, shot.Data, 0o644), "write the screenshot")
}

// finding is one violation of a rule, with the elements concerned.
type finding struct {
	Rule, Help string
	Targets    []string
}

// axeRun is the run of all rules of WCAG 2.0, 2.1 and 2.2, A and AA. target-size is
// one of them that axe leaves out unless told.
const axeRun = `axe.run(document, {
	runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']},
	rules: {'target-size': {enabled: true}},
	resultTypes: ['violations'],
}).then(result => result.violations.map(v => ({Rule: v.id, Help: v.help, Targets: v.nodes.map(n => n.target.join(' ') + ' — ' + n.failureSummary.replace(/\s+/g, ' '))})))`

// axe judges the page. Without the pages' scripts axe cannot run either, since it
// waits for promises: it is let in for the moment, into the page as it was loaded,
// whose own scripts were passed over and do not run later.
func (p *page) axe(name string) {
	p.t.Helper()
	if p.judged() {
		return
	}
	for _, f := range p.judge() {
		p.t.Errorf("%s (%s, %s): axe %s: %s\n\t%s", name, p.path(), p.mode.name, f.Rule, f.Help, strings.Join(f.Targets, "\n\t"))
	}
}

// chance is what differs between two runs of one story: references, tokens, times,
// ports.
var chance = regexp.MustCompile(`(/(?:applications|files|kept|reset|invitations|confirm|accounts)/|[a-z]-|data-account=")[\w-]{12,}|[0-9]+`)

// judged reports whether axe was asked before about a page with the same elements and
// words in the same dress, so that no state is judged twice.
func (p *page) judged() bool {
	p.t.Helper()
	state := mustEval[string](p, `[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, document.documentElement.outerHTML].join()`)
	key := sha256.Sum256([]byte(chance.ReplaceAllString(state, "$1")))
	b := p.stage.browser
	b.mu.Lock()
	defer b.mu.Unlock()
	before := b.judged[key]
	b.judged[key] = true
	return before
}

func (p *page) judge() []finding {
	p.t.Helper()
	if !p.mode.script {
		p.mustScript(true)
		defer p.mustScript(false)
	}
	if !mustEval[bool](p, "'axe' in window") {
		mustEval[bool](p, p.stage.browser.axe+";true")
	}
	return mustAwait[[]finding](p, axeRun)
}

// wide is every element that reaches beyond the right edge, the outermost first.
const wide = `document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
	['scrollWidth ' + document.documentElement.scrollWidth].concat([...document.body.querySelectorAll('*')]
		.filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + .5).slice(0, 8)
		.map(e => e.tagName.toLowerCase() + (e.className ? '.' + e.className : '') + ' to ' + Math.round(e.getBoundingClientRect().right)))`

// narrow expects that nothing scrolls sideways on the narrowest page.
func (p *page) narrow(name string) {
	p.t.Helper()
	if list := p.sideways(); len(list) > 0 {
		p.t.Errorf("%s (%s): scrolls sideways at %d px: %s", name, p.path(), narrowest, strings.Join(list, ", "))
	}
}

func (p *page) sideways() []string {
	p.t.Helper()
	p.mustSize(narrowest, p.mode.height)
	defer p.mustSize(p.mode.width, p.mode.height)
	return mustEval[[]string](p, wide)
}

// judged proves that the judges see: a page with planted faults fails every one of
// them, with the pages' scripts and without.
func judged(t *testing.T, s *stage) {
	p := s.mustPage(t)
	p.mustGoto("/help", 200)
	mustEval[bool](p, `(() => {
		document.documentElement.removeAttribute('lang');
		const p = document.querySelector('main p');
		p.style.color = '#aaa';
		p.style.whiteSpace = 'nowrap';
		document.querySelector('main').insertAdjacentHTML('beforeend', '<input name="nameless"><img src="/nowhere.png">');
		return true;
	})()`)
	found := p.judge()
	for _, rule := range []string{"html-has-lang", "color-contrast", "label", "image-alt"} {
		if !slices.ContainsFunc(found, func(f finding) bool { return f.Rule == rule }) {
			t.Errorf("axe does not see the planted fault of %s; it found %v", rule, found)
		}
	}
	if len(p.sideways()) == 0 {
		t.Errorf("that the page scrolls sideways at %d px is not seen", narrowest)
	}
	if !p.mode.script {
		p.mustNotSee(".clock", ":") // the pages' scripts stayed out while axe was let in
	}
}
