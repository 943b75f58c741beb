package account_test

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"softsci/internal/form"
	"softsci/web/layout"
	"softsci/web/page/account"
)

func mustRender(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPagesRenderWithNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]templ.Component{
		"sign in": account.SignIn(account.SignInProps{}), "register": account.Register(account.RegisterProps{}),
		"forgot": account.Forgot(account.ForgotProps{}), "sent": account.Forgot(account.ForgotProps{Sent: true}),
		"password": account.Password(account.PasswordProps{}), "message": account.Message(account.MessageProps{}),
		"account": account.Account(account.AccountProps{}),
	} {
		page := mustRender(t, c)
		if n := strings.Count(page, "<h1"); n != 1 {
			t.Errorf("%s: %d h1", name, n)
		}
		if strings.Contains(page, "style=") {
			t.Errorf("%s: an inline style", name)
		}
	}
}

// What a visitor pressed before signing in is said, and carried along.
func TestWhatWasBegunIsCarriedAlong(t *testing.T) {
	t.Parallel()
	start := &account.Start{BatchSlug: "2023-softsci-1", Ordinal: 5, TopicTitle: "湖北高质量技术要素市场建设研究"}
	fields := form.New(&form.Field{Name: "email", Label: "邮箱", Kind: form.Email})
	for name, page := range map[string]string{
		"sign in":  mustRender(t, account.SignIn(account.SignInProps{Form: fields, Next: "/applications?a=1", Start: start})),
		"register": mustRender(t, account.Register(account.RegisterProps{Form: fields, Next: "/applications?a=1", Start: start})),
	} {
		for _, want := range []string{
			start.TopicTitle, `name="start_batch" value="2023-softsci-1"`, `name="start_topic" value="5"`, `name="next" value="/applications?a=1"`,
			"?batch=2023-softsci-1&amp;next=%2Fapplications%3Fa%3D1&amp;topic=5",
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: %s is missing", name, want)
			}
		}
	}
}

// The signed-in masthead has the person, the administrator's has 管理 too.
func TestMastheadKnowsWho(t *testing.T) {
	t.Parallel()
	page := mustRender(t, account.Message(account.MessageProps{Layout: layout.Props{Who: &layout.Who{Name: "张老师", Admin: true}, Nav: layout.NavAccount}}))
	for _, want := range []string{`<a href="/account" aria-current="page">张老师</a>`, `action="/sign-out"`, `href="/admin"`} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing", want)
		}
	}
	public := mustRender(t, account.Message(account.MessageProps{}))
	if strings.Contains(public, `href="/admin"`) || !strings.Contains(public, `href="/sign-in"`) {
		t.Error("a visitor's masthead")
	}
}
