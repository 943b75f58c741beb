package e2e_test

import (
	"slices"
	"testing"

	"softsci/internal/portal"

	"github.com/chromedp/cdproto/input"
)

// mustTabTo presses Tab until the focus is on the element, at most so many times.
func (p *page) mustTabTo(selector string, most int) {
	p.t.Helper()
	for range most {
		p.mustKey("Tab")
		if !mustEval[bool](p, `(e => e.getClientRects().length && (getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none'))(document.activeElement)`) {
			p.t.Errorf("%s: the focus cannot be seen on %s", p.at(), mustEval[string](p, "document.activeElement.outerHTML.slice(0, 160)"))
		}
		if mustEval[bool](p, "document.activeElement.matches("+quoted(selector)+")") {
			return
		}
	}
	p.t.Fatalf("%s: %d × Tab do not lead to %s", p.at(), most, selector)
}

// mustType types where the focus is.
func (p *page) mustType(text string) {
	p.t.Helper()
	mustCall(p, input.InsertText, input.InsertTextParams{Text: text})
}

// keyboard is somebody without a mouse, from the front page into the account.
func keyboard(t *testing.T, s *stage) {
	const email = "zhang@test.invalid"
	s.mustPerson(email, "张研究", portal.RoleApplicant)
	p := s.mustPage(t)
	p.mustGoto("/batches/"+slug+"/topics/5", 200)
	p.mustTabTo("a.skip", 1)
	if box := mustEval[float64](p, `document.activeElement.getBoundingClientRect().bottom`); box <= 0 {
		t.Errorf("the skip link has the focus and is not on the screen (its bottom is at %v)", box)
	}
	p.mustShot("keyboard-skip")
	p.mustKey("Enter")
	p.mustBeAt("/batches/" + slug + "/topics/5#main")
	p.mustTabTo("main a", 1)
	p.mustTabTo(".apply button", 6)
	p.mustShot("keyboard-apply")
	p.mustLoad("Enter on 申报此题", func() { p.mustKey("Enter") })
	p.mustBeAt("/sign-in")
	p.mustTabTo("#field-email", 12)
	p.mustType(email)
	p.mustTabTo("#field-password", 1)
	p.mustType("Not-the-one-1")
	p.mustLoad("Enter in the form", func() { p.mustKey("Enter") })
	p.mustStatus(422)
	p.mustFocus("[data-summary]")
	p.mustTabTo("#field-password", 4)
	p.mustType(password)
	p.mustTabTo("main button", 1)
	p.mustLoad("Enter on 登录", func() { p.mustKey("Enter") })
	p.mustBeAt("/applications/")
	p.mustTabTo(".tasks a", 24)
	p.mustLoad("Enter on the section", func() { p.mustKey("Enter") })
	p.mustTabTo("#field-unit_head", 30)
	p.mustType("李校长")
	p.mustTabTo("main .acts button", 20)
	p.mustLoad("Enter on 保存并继续", func() { p.mustKey("Enter") })
	p.mustBeAt(p.taskList() + "/sections/leader")
	p.mustGoto(p.taskList()+"/sections/team", 200)
	p.mustTabTo("button[name=add]", 30)
	p.mustLoad("Enter on 添加成员", func() { p.mustKey("Enter") })
	p.mustTabTo("input[name^=name-]", 30)
	p.mustType("赵一")
	p.mustLoad("Enter in a row", func() { p.mustKey("Enter") }) // saves, and takes no row away
	p.mustBeAt(p.taskList() + "/sections/text")
	p.mustFollow("上一部分")
	if names := mustEval[[]string](p, `[...document.querySelectorAll("input[name^=name-]")].map(e => e.value)`); !slices.Contains(names, "赵一") {
		t.Errorf("the members' names are %q", names)
	}
}
