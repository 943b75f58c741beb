package guideline

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Points given to a numbered segment for what speaks for or against its being a topic. Only their order of size
// matters: a content label right behind the title is nearly proof; a sentence is nearly disproof.
const (
	pointsContent    = 4
	pointsWorded     = 1 // 方向1, 0101: numbers that only topics have
	pointsContact    = 2
	pointsTitle      = 1
	pointsSentence   = -2
	pointsForTopics  = 2  // the heading above announces topics
	pointsConditions = -4 // the heading above announces conditions
)

// run is a series of segments numbered in one style, not interrupted by a heading or an outer number and not
// starting again: either all topics or none, as a rule.
type run struct {
	items    []int // indexes of segments
	points   int   // of the items together
	above    int   // points for what stands above the run
	contacts int   // items that end in a contact
}

// likely reports whether the run as a whole looks like topics. A contact alone makes none of a single line.
func (r run) likely() bool {
	points := r.points + r.above*len(r.items)
	if len(r.items) == 1 && r.above <= 0 {
		points -= pointsContact * r.contacts
	}
	return points > 0
}

// surelyTopics is the number of lines that are topics without any other sign when all of them but one read like titles.
const surelyTopics = 4

func (o *outline) runs(s style, first int) []run {
	var runs []run
	var current run
	contacts := 0 // contact labels since the last item
	again := false
	settle := func() {
		if len(current.items) > 0 && contacts == 1 {
			current.points += pointsContact
			current.contacts++
		}
		contacts = 0
	}
	end := func() {
		settle()
		if len(current.items) > 0 {
			runs = append(runs, current)
		}
		current = run{}
	}
	for i := first; i < len(o.segments); i++ {
		seg := o.segments[i]
		last := len(current.items) - 1
		switch {
		case seg.kind == kindFrame, seg.kind == kindHeading && !(seg.numbered() && seg.marker.style > s), seg.numbered() && seg.marker.style < s:
			end()
		case seg.kind == kindMarker && seg.marker.style == s && !(seg.table != nil && seg.table.attached):
			if again = last >= 0 && seg.marker.number == 1 && o.segments[current.items[last]].marker.number > 1; again {
				end()
			}
			settle()
			if len(current.items) == 0 {
				current.above = o.pointsAbove(i, again)
			}
			current.items = append(current.items, i)
			current.points += o.pointsOf(i, current.above > 0)
		case seg.field == fieldContact:
			contacts++
		}
	}
	end()
	return runs
}

// pointsOf judges a line by itself. When what is above announces topics, short names and headings that run on are no
// sentences.
func (o *outline) pointsOf(i int, announced bool) int {
	points := 0
	text := o.body(i)
	switch style := o.segments[i].marker.style; {
	case o.labelled[i] || style == styleRow:
		points += pointsContent
	case style == styleDirection || style == styleCode:
		points += pointsWorded
		if titleLike(text) {
			points += pointsTitle
		}
	}
	switch {
	case titleLike(text) || titleLike(untilBlank(text)):
		points += pointsTitle
	case sentenceLike(text) && points == 0 && !(announced && (runIn(text) || nounPhrase(text))):
		points += pointsSentence
	}
	return points
}

// untilBlank is a title in front of a content when the line end between became a blank.
func untilBlank(text string) string {
	if at := strings.IndexFunc(text, isSpace); at > 0 && utf8.RuneCountInString(text[:at]) >= longTitle {
		return text[:at]
	}
	return ""
}

// demands match what conditions say and names do not.
var demands = regexp.MustCompile(`[应须需可不得按请为有]|具[有备]|限|符合|提交|填写|下载|截止`)

// nounPhrase reports whether a listed item is but a short name with the list's mark behind it.
func nounPhrase(text string) bool {
	return utf8.RuneCountInString(text) <= headingLength && !demands.MatchString(text)
}

// runIn reports whether a text is a short heading with sentences behind it in the same line, as topics and conditions
// alike may be.
func runIn(text string) bool {
	first := firstSentence(text)
	return len(first) < len(text) && utf8.RuneCountInString(first) <= maxTitle/3 && !strings.ContainsAny(first, "，,；;：:")
}

// What the text above a run may speak of. The last of the words decides: 申报项目应符合下列条件.
const (
	conditionWords = `条件|要求|材料|程序|须知|注意|资格|不得|规定|流程|步骤|时间|方式|说明|事项|安排|项目管理|经费管理|组织管理|经费|期限|原则|附件|评审|办法|纪律|责任|咨询|联系|报送|验收|结题|资助|指导思想|承诺`
	aboutTopics    = `选题|课题|指南|方向|题目|领域|重点|名称|主题|榜单|需求|专题|目录|清单|任务|范围`
)

var (
	aboveWords      = regexp.MustCompile(aboutTopics + `|` + conditionWords)
	conditionsAbove = regexp.MustCompile(`^(?:` + conditionWords + `)$`)
	conditionsOnly  = regexp.MustCompile(`^[^\p{Han}]*(?:申报|承担|推荐)[^类]*$`)
	lastClause      = regexp.MustCompile(`[^。；;！!？?]*[。；;！!？?：:]?$`)
)

// pointsAbove judges a run by the line right above its first item, and else by the headings round it, unless they belong
// to another list that the numbers began with.
func (o *outline) pointsAbove(i int, again bool) int {
	if i > 0 {
		if above := o.segments[i-1]; above.kind != kindLabel {
			if points := o.judge(i - 1); points != 0 {
				return points
			}
		}
	}
	if again {
		return 0
	}
	return o.enclosing[i]
}

// judge says whether a line speaks of topics to come or of conditions. Of prose only the last clause may.
func (o *outline) judge(i int) int {
	seg := o.segments[i]
	if seg.frame == frameAnnex {
		if i+1 < len(o.segments) && o.segments[i+1].inside && o.segments[i+1].numbered() {
			return pointsConditions // 附件：1.申报书
		}
		return 0
	}
	if seg.kind == kindFrame || seg.kind == kindEnd || seg.kind == kindMark {
		return 0
	}
	text := lastClause.FindString(tail(o.body(i)))
	if utf8.RuneCountInString(text) > maxTitle {
		return 0
	}
	words := aboveWords.FindAllString(text, -1)
	switch {
	case len(words) == 0:
		return 0
	case groupWords.MatchString(text) && !conditionsOnly.MatchString(text):
		return pointsForTopics // 决策咨询类 asks for nothing
	case conditionsAbove.MatchString(words[len(words)-1]):
		return pointsConditions
	}
	return pointsForTopics
}
