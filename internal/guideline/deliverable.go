package guideline

import (
	"regexp"
	"strings"
)

// A report is asked for by a verb such as 形成 in the same clause as its name, and no word between says that the name
// is that of a policy to follow: 贯彻落实《…意见》. Behind the name neither 要求 nor its like may stand: 完成《…》确定的任务.
var (
	named     = regexp.MustCompile(`《[^《》]*(?:《[^《》]*》[^《》]*)*》`)
	asking    = regexp.MustCompile(`形成|提交|撰写|完成|编制|编写|起草|出具|产出|拟定|拟订`)
	following = regexp.MustCompile(`落实|贯彻|根据|按照|依据|围绕|参照|对照|结合|修订|学习|执行`)
	followed  = regexp.MustCompile(`^(?:的?(?:文件)?(?:要求|确定|规定|部署|明确|精神|任务|通知|有关|相关)|提出的)`)
	clauseEnd = regexp.MustCompile(`[，,。；;！!？?]`)
	joining   = regexp.MustCompile(`^(?:[、,，和及与以或]|` + blank + `)*$`)
	outcome   = regexp.MustCompile(`^(?:[（(]?[0-9]{1,2}[)）.、])?` + blank + `*[【\[]?(?:预期成果|成果形式|成果要求|提交成果|研究成果|考核指标)`)
)

// deliverables returns the names of the reports that a topic's content asks for, in order and without 《》.
func deliverables(content string) []string {
	found := []string{}
	for _, paragraph := range strings.Split(content, "\n") {
		isOutcome := outcome.MatchString(paragraph)
		previous, end := false, 0
		for _, at := range named.FindAllStringIndex(paragraph, -1) {
			between := paragraph[end:at[0]]
			asked := previous && joining.MatchString(between) || asksFor(between) || isOutcome && !following.MatchString(between)
			if previous = asked && !followed.MatchString(paragraph[at[1]:]); previous {
				found = append(found, paragraph[at[0]+len("《"):at[1]-len("》")])
			}
			end = at[1]
		}
	}
	return found
}

// asksFor reports whether the clause that leads up to a name asks for it.
func asksFor(between string) bool {
	clause := between
	if ends := clauseEnd.FindAllStringIndex(between, -1); ends != nil {
		clause = between[ends[len(ends)-1][1]:]
	}
	verbs := asking.FindAllStringIndex(clause, -1)
	return verbs != nil && !following.MatchString(clause[verbs[len(verbs)-1][1]:])
}
