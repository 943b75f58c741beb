package guideline

import (
	"regexp"
	"strings"
	"unicode"
)

// A report is asked for by a verb such as 形成 in the same clause as its name, and no word between says that the name
// is that of a policy to follow: 贯彻落实《…意见》. Behind the name neither 要求 nor its like may stand: 完成《…》确定的任务.
var (
	named     = regexp.MustCompile(`《[^《》]*(?:《[^《》]*》[^《》]*)*》`)
	asking    = regexp.MustCompile(`形成|提交|撰写|完成|编制|编写|起草|出具|产出|拟定|拟订|出版|交付|提供`)
	following = regexp.MustCompile(`落实|贯彻|根据|按照|依据|围绕|参照|参考|对照|对标|结合|修订|学习|执行|遵循|评估|解读|实施|符合|采纳|发表|刊登|期刊|收录`)
	followed  = regexp.MustCompile(`^(?:的?(?:文件)?(?:要求|确定|规定|部署|明确|精神|任务|通知|有关|相关|实施|执行|修订|采纳|发表)|提出的|等(?:文件|政策|法规|规定|期刊|刊物))`)
	clauseEnd = regexp.MustCompile(`[，,。；;！!？?]`)
	joining   = regexp.MustCompile(`^(?:(?:各?[1-9一二两三]?(?:份|篇|套|部))?[、,，；;和及与以或暨]|` + blank + `|等)*$`)
	outcome   = regexp.MustCompile(`^(?:[（(]?[0-9]{1,2}[)）.、])?` + blank + `*[【\[]?(?:预期成果|成果形式|成果要求|提交成果|研究成果|最终成果|交付成果|考核指标|成果)`)
	product   = regexp.MustCompile(`(?:报告|建议|专报|方案|路线图|白皮书|蓝皮书|案例集|指数|对策|汇编|文稿|草案)(?:[（(].*[)）])?$`)
	ownCell   = regexp.MustCompile(`^(?:` + named.String() + `[、,，；;和及与]?|[0-9一二三]?[份篇套部]|各|` + blank + `)+。?$`)
)

// report is a name in 《》 in a topic's content.
type report struct {
	name       string
	start, end int // of the name in the content, in bytes
	asked      bool
	likely     bool // not asked for in so many words, but named like a report and like the topic
}

// reports returns the names in a topic's content that are reports to deliver, or may be. Names of policies to follow are
// left out.
func reports(content, title string) []report {
	var found []report
	offset := 0
	for _, paragraph := range strings.SplitAfter(content, "\n") {
		isOutcome := outcome.MatchString(paragraph) || ownCell.MatchString(strings.TrimSpace(paragraph))
		previous, end := false, 0
		for _, at := range named.FindAllStringIndex(paragraph, -1) {
			between := paragraph[end:at[0]]
			cited := following.MatchString(clause(between)) || followed.MatchString(paragraph[at[1]:])
			asked := previous && joining.MatchString(between) || asksFor(between) || isOutcome && !following.MatchString(between)
			previous = asked && !followed.MatchString(paragraph[at[1]:])
			r := report{name: paragraph[at[0]+len("《") : at[1]-len("》")], start: offset + at[0] + len("《"), end: offset + at[1] - len("》"), asked: previous}
			r.likely = product.MatchString(r.name) && !unlike(r.name, title)
			if r.name != "" && (r.asked || !cited && product.MatchString(r.name)) {
				found = append(found, r)
			}
			end = at[1]
		}
		offset += len(paragraph)
	}
	return found
}

// clause is the part of a sentence that leads up to its end.
func clause(text string) string {
	if ends := clauseEnd.FindAllStringIndex(text, -1); ends != nil {
		return text[ends[len(ends)-1][1]:]
	}
	return text
}

// asksFor reports whether the clause that leads up to a name asks for it.
func asksFor(between string) bool {
	clause := clause(between)
	verbs := asking.FindAllStringIndex(clause, -1)
	return verbs != nil && !following.MatchString(clause[verbs[len(verbs)-1][1]:])
}

// genericWords say what kind of paper a report is, not what it is about.
var genericWords = regexp.MustCompile(`关于|研究|报告|对策|建议|政策|专报|决策|咨询|分析|评估|调研|方案|路径|案例集|总结|成果|及其|[的与和及]`)

// unlike reports whether a report's name has hardly a pair of characters in common with its topic's title, as happens
// when a document was made from last year's.
func unlike(name, title string) bool {
	pairs, own := pairsOf(title), pairsOf(name)
	if len(own) < 4 {
		return false
	}
	common := 0
	for pair := range own {
		if pairs[pair] {
			common++
		}
	}
	return 4*common < len(own)
}

// pairsOf returns the pairs of neighbouring characters in the words of a text that are not generic.
func pairsOf(text string) map[[2]rune]bool {
	pairs := map[[2]rune]bool{}
	for _, word := range strings.FieldsFunc(genericWords.ReplaceAllString(text, " "), func(r rune) bool { return unicode.IsPunct(r) || isSpace(r) }) {
		runes := []rune(word)
		for i := 1; i < len(runes); i++ {
			pairs[[2]rune{runes[i-1], runes[i]}] = true
		}
	}
	return pairs
}
