package account_test

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"softsci/internal/form"
	"softsci/internal/pagetest"
	"softsci/web/component"
	"softsci/web/layout"
	"softsci/web/page/account"
)

func TestPagesRenderWithNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]templ.Component{
		"sign in": account.SignIn(account.SignInProps{}), "register": account.Register(account.RegisterProps{}),
		"forgot": account.Forgot(account.ForgotProps{}), "sent": account.Forgot(account.ForgotProps{Sent: true}),
		"password": account.Password(account.PasswordProps{}), "message": account.Message(account.MessageProps{}),
		"account": account.Account(account.AccountProps{}), "kept": account.Kept(account.KeptProps{}), "confirm": account.Confirm(account.ConfirmProps{}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pagetest.MustPage(t, c)
		})
	}
}

// What a visitor pressed before signing in is said, and carried along.
func TestWhatWasBegunIsCarriedAlong(t *testing.T) {
	t.Parallel()
	start := &account.Start{BatchSlug: "2023-softsci-1", Ordinal: 5, TopicTitle: "湖北高质量技术要素市场建设研究"}
	fields := form.New(&form.Field{Name: "email", Label: "邮箱", Kind: form.Email})
	for name, c := range map[string]templ.Component{
		"sign in":  account.SignIn(account.SignInProps{Form: fields, Next: "/applications?a=1", Start: start}),
		"register": account.Register(account.RegisterProps{Form: fields, Next: "/applications?a=1", Start: start}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pagetest.MustHold(t, pagetest.MustPage(t, c), start.TopicTitle, `name="start_batch" value="2023-softsci-1"`, `name="start_topic" value="5"`, `name="next" value="/applications?a=1"`,
				"?batch=2023-softsci-1&amp;next=%2Fapplications%3Fa%3D1&amp;topic=5")
		})
	}
}

// What was typed when the session had ended is shown as it was typed, under its label
// and where it belongs.
func TestKeptShowsWhatWasTyped(t *testing.T) {
	t.Parallel()
	page := pagetest.MustPage(t, account.Kept(account.KeptProps{Action: "/kept/k7m2p9x4q8ab", Place: "摘要与正文",
		Typed: []component.Answer{{Label: "摘要", Value: "写了一个下午的<摘要>\n第二行"}}}))
	pagetest.MustHold(t, page, `<h2 id="kept">摘要与正文</h2>`, "<dt>摘要</dt>", `method="post" action="/kept/k7m2p9x4q8ab"`, "写了一个下午的&lt;摘要&gt;\n第二行", "继续提交", "不再提交")
	pagetest.MustHold(t, pagetest.MustPage(t, account.Kept(account.KeptProps{Place: "受理"})), "没有填写文字")
}

func TestSessionsAreNamedInWords(t *testing.T) {
	t.Parallel()
	const agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
	page := pagetest.MustRender(t, account.Account(account.AccountProps{Sessions: []account.Session{{ID: "a", Agent: agent, Current: true}, {ID: "b", Agent: agent, Address: "203.0.113.42"}}}))
	pagetest.MustHold(t, page, `>Chrome · Windows</b>`, `title="`+agent+`"`, `action="/account/sessions/b/end"`, "：Chrome · Windows，203.0.113.42")
	if strings.Contains(page, ">Mozilla") || strings.Contains(page, "/sessions/a/end") {
		t.Error("a raw name, or an end of one's own session")
	}
}

// The signed-in masthead has the person, the administrator's has 管理 too.
func TestMastheadKnowsWho(t *testing.T) {
	t.Parallel()
	page := pagetest.MustRender(t, account.Message(account.MessageProps{Layout: layout.Props{Who: &layout.Who{Name: "张老师", Admin: true}, Nav: layout.NavAccount}}))
	pagetest.MustHold(t, page, `<a href="/account" aria-current="page">张老师</a>`, `action="/sign-out"`, `href="/admin"`)
	public := pagetest.MustRender(t, account.Message(account.MessageProps{}))
	if strings.Contains(public, `href="/admin"`) || !strings.Contains(public, `href="/sign-in"`) {
		t.Error("a visitor's masthead")
	}
}
