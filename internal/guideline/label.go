package guideline

import (
	"regexp"
	"strings"
)

// field is what a label announces.
type field int

const (
	noField      field = iota
	fieldTitle         // 课题名称
	fieldContent       // 研究内容
	fieldBody          // 研究目标, 考核指标 …: kept in the content together with its label
	fieldTail          // 执行期限, 经费额度: kept likewise, but no sign that a title stands above
	fieldContact       // 指南联系人
	fieldFor           // 选题1、2：, with the contacts of these topics behind it
)

// labelKinds are the labels known; the longer of two that begin alike comes first. Short words are labels only with a
// colon and something behind it: 选题 alone is a heading.
var labelKinds = []struct {
	field        field
	words, short []string
}{
	{fieldTitle,
		[]string{"选题名称", "课题名称", "项目名称", "指南名称", "题目名称", "选题题目", "课题题目", "研究题目", "研究课题", "榜单名称", "需求名称", "任务名称"},
		[]string{"选题", "课题", "题目"}},
	{fieldContent,
		[]string{"主要研究内容", "重点研究内容", "研究内容及要求", "研究内容和要求", "研究内容与要求", "研究内容及目标", "研究内容", "主要内容", "研究要点", "研究重点", "研究任务", "研究范围", "需求内容", "内容要求"},
		[]string{"内容"}},
	{fieldBody,
		[]string{"研究目标", "研究目的", "总体目标", "项目目标", "课题目标", "预期目标", "研究背景", "选题背景", "研究意义", "研究要求", "研究方法", "研究思路", "选题说明", "考核指标", "主要技术指标", "技术指标",
			"预期成果", "成果形式及要求", "成果形式", "成果要求", "提交成果", "研究成果", "最终成果", "交付成果",
			"发榜单位", "需求单位"},
		nil},
	{fieldTail,
		[]string{"研究期限", "研究周期", "执行期限", "实施期限", "完成时限", "完成时间", "经费额度", "支持强度", "支持额度", "支持经费", "支持金额", "项目经费", "研究经费", "经费预算", "支持方式", "资助强度", "资助方式", "资助额度", "有关说明", "其他要求", "结题要求", "拟支持项目数", "榜单金额"},
		nil},
}

// A contact label is a word for asking, in front of which stand for what, or whose: 业务咨询电话, 科技处联系人. What it is
// for may stand alone.
const (
	purpose   = `(?:指南|项目|课题|选题|咨询|司局|处室|业务|政策|技术|系统|平台|网络|受理|申报|推荐|填报|操作|管理|服务|工作|综合|日常)*`
	unit      = `((?:\p{Han}{2,12}(?:处|科|室|部|办|局|厅|所|院|中心|委员会))?)`
	asks      = `(?:咨询联系人|联系人(?:员)?(?:[及和、与]?(?:联系)?(?:电话|方式))?|联络[人员]|联系(?:方式|电话|单位|部门|处室|科室)|咨询(?:电话|方式|单位|处室|热线)|(?:服务|热线|受理|支持)(?:电话|热线)|(?:业务|责任|主管|归口|对口|受理|牵头|指导|需求|出题|提出)(?:处室|科室))`
	asksAlone = `(?:(?:业务|政策|技术|系统|受理|申报|项目)+(?:咨询|支持|服务)|咨询)`
)

const colon = blank + `*[:：]`

// labels has one pattern a field for labels at the beginning of a segment: with a colon, in 【】, or alone on the line.
var labels = func() map[field]*regexp.Regexp {
	patterns := map[field]*regexp.Regexp{}
	for _, k := range labelKinds {
		words := padded(k.words)
		patterns[k.field] = regexp.MustCompile(`^(?:[【\[]` + words + `[】\]](?:` + colon + `)?|` + words + `(?:` + colon + `|` + blank + `*$))`)
	}
	return patterns
}()

// shortLabels are the patterns of the short words.
var shortLabels = func() map[field]*regexp.Regexp {
	patterns := map[field]*regexp.Regexp{}
	for _, k := range labelKinds {
		if len(k.short) > 0 {
			patterns[k.field] = regexp.MustCompile(`^` + padded(k.short) + colon)
		}
	}
	return patterns
}()

// contactLabel may also be followed by a blank only, or stand in a bracket. Its group is whose it is.
var contactLabelShape = regexp.MustCompile(`^[（(]?(?:[【\[]` + purpose + asks + `[】\]](?:` + colon + `)?|` +
	unit + purpose + `(?:` + asks + `|` + padded([]string{"联系人", "联系方式", "联系电话", "咨询电话"}) + `)(?:` + colon + `|` + blank + `|$)|` +
	purpose + asksAlone + `(?:` + colon + `|$))`)

// padded makes one pattern of words, which may have blanks between all their characters: 联 系 人.
func padded(words []string) string {
	patterns := make([]string, len(words))
	for i, word := range words {
		patterns[i] = word + `|` + strings.Join(strings.Split(word, ""), blank+`+`)
	}
	if len(words) == 0 {
		return `[^\s\S]`
	}
	return `(?:` + strings.Join(patterns, "|") + `)`
}

// forTopics matches 选题1、3-5： in front of the contacts of these topics; what follows must be a contact.
var forTopics = regexp.MustCompile(`^(?:选题|课题|方向|题目|项目|指南|第)` + blank + `*` + numberList + `(?:号|项|题|个)?(?:选题|课题|方向|题目|项目|指南)?` + blank + `*[:：]`)

const numberList = `(?:` + digit + `{1,3}|` + han + `)(?:` + blank + `*(?:[、,，和及\-—–－~～]|至|到)` + blank + `*(?:第|选题|课题|方向|题目)?(?:` + digit + `{1,3}|` + han + `))*`

// readLabel reads the label at the beginning of text and how many bytes of it are the label, with the white space behind.
func readLabel(text string) (field, int) {
	if m := contactLabelShape.FindStringSubmatchIndex(text); m != nil {
		if m[2] >= 0 && m[3] > m[2] {
			return fieldContact, m[2] // the unit belongs to the contact, whose reader knows 联系人 as well
		}
		return fieldContact, skipBlank(text, m[1])
	}
	for _, k := range labelKinds {
		if m := labels[k.field].FindString(text); m != "" {
			return k.field, skipBlank(text, len(m))
		}
		if short := shortLabels[k.field]; short != nil {
			if size := skipBlank(text, len(short.FindString(text))); size > 0 && size < len(text) {
				return k.field, size
			}
		}
	}
	return noField, 0
}

// numberedLabels are the patterns behind a number, where a blank will do instead of a colon: （一）研究目标 提升….
var numberedLabels = func() map[field]*regexp.Regexp {
	patterns := map[field]*regexp.Regexp{}
	for _, k := range labelKinds {
		patterns[k.field] = regexp.MustCompile(`^` + padded(k.words) + blank)
	}
	return patterns
}()

func readNumberedLabel(text string) (field, int) {
	for _, k := range labelKinds {
		if m := numberedLabels[k.field].FindString(text); m != "" && k.field != fieldTitle {
			return k.field, skipBlank(text, len(m))
		}
	}
	return noField, 0
}

// skipBlank moves an offset past the white space it stands before.
func skipBlank(text string, at int) int {
	return len(text) - len(strings.TrimLeftFunc(text[at:], isSpace))
}
