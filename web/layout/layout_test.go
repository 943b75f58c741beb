package layout_test

import (
	"context"
	"strings"
	"testing"

	"softsci/web/layout"
)

func mustRender(t *testing.T, p layout.Props) string {
	t.Helper()
	var b strings.Builder
	if err := layout.Page(p).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFooterShowsOnlyWhatIsConfigured(t *testing.T) {
	t.Parallel()
	page := mustRender(t, layout.Props{Site: layout.Site{Organiser: "某省科学技术厅"}})
	if !strings.Contains(page, "某省科学技术厅") || strings.Contains(page, "ICP备案号") {
		t.Error("the footer does not follow the configuration")
	}
	if strings.Contains(mustRender(t, layout.Props{}), "<dl>") {
		t.Error("an empty list in the footer")
	}
}

func TestDisplaySwitchOffersTheOtherDress(t *testing.T) {
	t.Parallel()
	plain := mustRender(t, layout.Props{Path: "/search?q=a&b"})
	for _, want := range []string{`<html lang="zh-CN">`, `value="large"`, `value="high"`, `name="back" value="/search?q=a&amp;b"`} {
		if !strings.Contains(plain, want) {
			t.Errorf("%s is missing", want)
		}
	}
	dressed := mustRender(t, layout.Props{Display: layout.Display{Large: true, Contrast: true}})
	for _, want := range []string{`class="large contrast"`, `name="size" value="normal"`, `name="contrast" value="normal"`} {
		if !strings.Contains(dressed, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestTitleSaysErrorFirst(t *testing.T) {
	t.Parallel()
	site := layout.Site{Name: "软科学研究申报"}
	for want, p := range map[string]layout.Props{
		"软科学研究申报":         {Site: site},
		"登录 · 软科学研究申报":    {Site: site, Title: "登录"},
		"错误：登录 · 软科学研究申报": {Site: site, Title: "登录", Error: true},
	} {
		if got := p.Heading(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
