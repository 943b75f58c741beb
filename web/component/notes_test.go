package component_test

import (
	"testing"

	"softsci/internal/pagetest"
	"softsci/web/component"
)

// Paragraphs are parted by empty lines, line ends stay, and an address ends where the
// sentence goes on.
func TestNotesAreParagraphsWithAddresses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                          "",
		" \n\n ":                    "",
		"一\n二\n\n \n三\n":            `<p class="note">一` + "\n" + `二</p><p class="note">三</p>`,
		"见https://a.cn/b?c=1&d。":    `<p class="note">见<a rel="noopener" href="https://a.cn/b?c=1&amp;d">https://a.cn/b?c=1&amp;d</a>。</p>`,
		"(http://a.cn/x_(y)).":      `<p class="note">(<a rel="noopener" href="http://a.cn/x_(y)">http://a.cn/x_(y)</a>).</p>`,
		"http://a.cn、http://b.cn下载": `<p class="note"><a rel="noopener" href="http://a.cn">http://a.cn</a>、<a rel="noopener" href="http://b.cn">http://b.cn</a>下载</p>`,
		`<b>javascript:x http://a.cn"onclick="b"`: `<p class="note">&lt;b&gt;javascript:x <a rel="noopener" href="http://a.cn">http://a.cn</a>&#34;onclick=&#34;b&#34;</p>`,
		"http://": `<p class="note">http://</p>`,
	} {
		if got := pagetest.MustRender(t, component.Notes(text)); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}
