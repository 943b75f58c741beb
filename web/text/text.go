// Package text holds the words of the pages that stand in more than one place.
package text

// PrivacyVersion names the wording of the privacy notice. A registration stores
// the version that was ticked, so a change of the wording needs a new one.
const PrivacyVersion = "2026-11.2"

// Words that several pages share.
const (
	BeijingTime = "北京时间"
	NoReport    = "本题未指定报告名称"
	Optional    = "选填"
)
