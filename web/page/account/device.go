package account

import "strings"

// Browsers and systems by the word in their User-Agent that no earlier line has:
// most name others as well, to be let in as they are.
var (
	browsers = []struct{ word, name string }{
		{"MicroMessenger", "微信"}, {"DingTalk", "钉钉"}, {"QQBrowser", "QQ 浏览器"}, {"QIHU", "360 浏览器"}, {"360SE", "360 浏览器"}, {"360EE", "360 浏览器"},
		{"UCBrowser", "UC 浏览器"}, {"HuaweiBrowser", "华为浏览器"}, {"MiuiBrowser", "小米浏览器"}, {"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox", "Firefox"},
		{"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}, {"Trident", "Internet Explorer"}, {"MSIE", "Internet Explorer"},
	}
	systems = []struct{ word, name string }{
		{"OpenHarmony", "鸿蒙"}, {"HarmonyOS", "鸿蒙"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"},
		{"CrOS", "ChromeOS"}, {"Linux", "Linux"},
	}
)

// Device names a browser and its system by what it says of itself: Chrome · Windows.
// It is a name to recognise, not a proof.
func Device(agent string) string {
	var words []string
	for _, table := range [][]struct{ word, name string }{browsers, systems} {
		for _, line := range table {
			if strings.Contains(agent, line.word) {
				words = append(words, line.name)
				break
			}
		}
	}
	if len(words) == 0 {
		return "其他设备"
	}
	return strings.Join(words, " · ")
}
