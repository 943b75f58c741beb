package guideline

import (
	"fmt"
	"sort"
	"strings"
)

// finding is a doubt whose place is still in bytes.
type finding struct {
	code  string
	topic int
	at    span
	text  string
}

// The codes of findings.
const (
	findTitleMissing       = "title-missing"
	findTitleGuessed       = "title-guessed"
	findYearMissing        = "year-missing"
	findPlanMissing        = "plan-missing"
	findCategoryMissing    = "category-missing"
	findYearUnsure         = "year-uncertain"
	findPlanUnsure         = "plan-uncertain"
	findCategoryUnsure     = "category-uncertain"
	findLabelUnsure        = "label-uncertain"
	findContactAfterLast   = "contact-after-last"
	findGroupUnsure        = "group-uncertain"
	findContentTitleOnly   = "content-title-only"
	findTopicTitleSplit    = "topic-title-split"
	findContactLeft        = "contact-left"
	findYearRange          = "year-range"
	findNoTopics           = "no-topics"
	findTopicsWeak         = "topics-weak"
	findTopicsRivalled     = "topics-rivalled"
	findOneLineNumber      = "one-line-number"
	findOneLineGroup       = "one-line-group"
	findOneLineTitle       = "one-line-title"
	findOneLineContent     = "one-line-content"
	findOneLineContacts    = "one-line-contacts"
	findTopicsOneLine      = "topics-one-line"
	findContactInContent   = "contact-in-content"
	findTopicsLeft         = "topics-left"
	findTableHeadless      = "table-headless"
	findNumberMissing      = "number-missing"
	findNumberDoubled      = "number-doubled"
	findNumberSkipped      = "number-skipped"
	findNumberOrder        = "number-order"
	findTopicTitleMissing  = "topic-title-missing"
	findTopicTitleWrapped  = "topic-title-wrapped"
	findTopicTitleLong     = "topic-title-long"
	findTopicTitleSpace    = "topic-title-space"
	findTopicTitleMarks    = "topic-title-marks"
	findTopicTitleUnsure   = "topic-title-uncertain"
	findTopicTitleDoubled  = "topic-title-doubled"
	findContentMissing     = "content-missing"
	findContentNone        = "content-none"
	findContentEmpty       = "content-without-value"
	findContentUnlabelled  = "content-unlabelled"
	findContentMixed       = "content-mixed"
	findContentReleased    = "content-released"
	findTextAfterContacts  = "content-after-contacts"
	findDeliverableUnlike  = "deliverable-unlike"
	findDeliverableUnsure  = "deliverable-uncertain"
	findDeliverableMissing = "deliverable-missing"
	findContactMissing     = "contact-missing"
	findContactOfCall      = "contact-of-call"
	findContactEmpty       = "contact-without-value"
	findContactUnlabelled  = "contact-unlabelled"
	findContactNameless    = "contact-name-missing"
	findContactDepartment  = "contact-department-missing"
	findContactInherited   = "contact-department-inherited"
	findContactGlued       = "contact-glued"
	findContactShared      = "contact-phone-shared"
	findContactMoved       = "contact-moved-to-call"
	findContactOfSection   = "contact-of-section"
	findContactUnplaced    = "contact-unplaced"
	findContactUnsure      = "contact-uncertain"
	findContactRest        = "contact-rest"
	findPhoneMissing       = "phone-missing"
	findPhoneOdd           = "phone-odd"
	findPhoneLocal         = "phone-local"
	findArtefact           = "artefact-removed"
	findUnassigned         = "text-unassigned"
)

const (
	callSubject = "全批"
	quoteLength = 20 // in runes
)

// findingKind is what is always the same in findings of one code. In the text, {subject} stands
// for 第 3 个选题“…” and {read} for what was read.
type findingKind struct {
	severity   Severity
	field      string
	text       string
	suggestion string
}

var findingKinds = map[string]findingKind{
	findTitleMissing:    {Block, "title", "没有找到指南的标题。", "请填写批次标题。"},
	findTitleGuessed:    {Ask, "title", "标题不像通常的“……申报指南”，暂取首行“{read}”。", "请核对批次标题。"},
	findYearMissing:     {Ask, "year", "标题中没有计划年度。", "请填写年度。"},
	findPlanMissing:     {Ask, "plan", "标题中没有认出计划名称。", "请填写计划名称。"},
	findCategoryMissing: {Note, "category", "标题中没有认出项目类别。", "如有类别，请填写。"},
	findNoTopics:        {Block, "topics", "没有认出任何选题。", "请检查选题是否有编号或“研究内容”字样，或手工添加选题。"},

	findYearUnsure:      {Note, "year", "标题不能确定，年度取自“{read}”。", "请核对计划年度。"},
	findPlanUnsure:      {Note, "plan", "标题不能确定，计划名称取自“{read}”。", "请核对计划名称。"},
	findCategoryUnsure:  {Note, "category", "标题不能确定，项目类别取自“{read}”。", "请核对项目类别。"},
	findLabelUnsure:     {Note, "label", "标题不能确定，批次名取自“{read}”。", "请核对批次名。"},
	findGroupUnsure:     {Ask, "group", "{subject}上面的标题“{read}”不像类别的名称，可能混入了正文。", "请核对所属的类别。"},
	findYearRange:       {Ask, "year", "标题“{read}”跨两个年度，暂取前一个。", "请核对计划年度。"},
	findTopicsWeak:      {Ask, "topics", "选题只凭题目的字眼认出，既没有“研究内容”等标签，上文也没有说明以下是选题。", "请核对这些是否都是选题。"},
	findTopicsRivalled:  {Ask, "topics", "文中有两级编号都像选题，暂取更像的一级。", "请核对选题是否取对了层级。"},
	findTopicsOneLine:   {Ask, "topics", "原文几乎没有分行，选题和标题的分界靠编号和标签推断。", "请核对选题是否齐全、分界是否正确。"},
	findOneLineNumber:   {Note, "number", "原文没有分行，{subject}的编号靠推断。", "请核对编号。"},
	findOneLineGroup:    {Note, "group", "原文没有分行，{subject}所属的类别靠推断。", "请核对类别。"},
	findOneLineTitle:    {Note, "title", "原文没有分行，{subject}的题目靠推断。", "请核对题目。"},
	findOneLineContent:  {Note, "content", "原文没有分行，{subject}的研究内容靠推断。", "请核对研究内容的起止。"},
	findOneLineContacts: {Note, "contacts", "原文没有分行，没有认出全批联系人。", "如有全批联系人，请补入。"},
	findTopicsLeft:      {Ask, "topics", "另有像选题的编号行没有作为选题，如“{read}”。", "请核对是否漏了选题。"},
	findTableHeadless:   {Ask, "topics", "选题表没有认出表头，各列按内容判断。", "请核对题目、内容和联系人各列。"},

	findNumberMissing: {Ask, "number", "{subject}前没有编号。", "请核对它是否是一个独立的选题。"},
	findNumberDoubled: {Ask, "number", "{subject}的编号“{read}”与上一个选题重复。", "请核对编号。"},
	findNumberSkipped: {Ask, "number", "{subject}的编号“{read}”之前有跳号。", "请核对是否漏了选题。"},
	findNumberOrder:   {Ask, "number", "{subject}的编号“{read}”小于上一个选题的编号。", "请核对编号和顺序。"},

	findTopicTitleMissing: {Block, "title", "{subject}没有题目。", "请填写题目。"},
	findTopicTitleWrapped: {Ask, "title", "{subject}的题目在原文中分成几行，已连成一行。", "请核对题目。"},
	findTopicTitleLong:    {Ask, "title", "{subject}的题目过长，可能混入了研究内容。", "请核对题目。"},
	findTopicTitleSpace:   {Note, "title", "{subject}的题目中有空格，已按原文保留。", "如系排版所致，可以删去。"},
	findTopicTitleSplit:   {Ask, "title", "{subject}的题目与研究内容在同一行，按空格分开。", "请核对题目与研究内容的分界。"},
	findTopicTitleMarks:   {Ask, "title", "{subject}的题目中有句号、编号或标签，可能连入了别的文字。", "请核对题目。"},
	findTopicTitleUnsure:  {Ask, "title", "{subject}的题目不像完整的题目，后面也没有“研究内容”字样。", "请核对题目与研究内容的分界。"},
	findTopicTitleDoubled: {Ask, "title", "{subject}的题目与前面的选题相同。", "请核对是否重复。"},

	findContentTitleOnly:   {Note, "content", "{subject}只有题目。", "如有研究内容，请补入。"},
	findContentMissing:     {Block, "content", "{subject}没有研究内容。", "请填写研究内容。"},
	findContentNone:        {Ask, "content", "所有选题都只有题目，没有研究内容。", "请核对原文是否只列题目。"},
	findContentEmpty:       {Block, "content", "{subject}的“研究内容”后面没有文字。", "请填写研究内容。"},
	findContentUnlabelled:  {Ask, "content", "{subject}没有“研究内容”字样，题目后的文字暂作研究内容。", "请核对题目与研究内容的分界。"},
	findContentMixed:       {Ask, "content", "{subject}的研究内容中有申报、报送、联系之类的文字，可能混入了申报说明。", "请核对研究内容的起止。"},
	findContentReleased:    {Ask, "content", "{subject}后面的“{read}”像是申报说明，没有归入研究内容。", "如是研究内容，请补入。"},
	findTextAfterContacts:  {Ask, "content", "{subject}的联系人之后还有“{read}”，没有归入研究内容。", "如是研究内容，请补入。"},
	findDeliverableUnlike:  {Ask, "deliverables", "{subject}的成果“{read}”与题目几乎没有相同的字词。", "请核对是否写错了成果。"},
	findDeliverableUnsure:  {Ask, "deliverables", "{subject}的研究内容提到“{read}”，没有写明是否要提交。", "请核对它是否是成果。"},
	findDeliverableMissing: {Note, "deliverables", "{subject}没有写明成果名称。", "如有要求的成果，请填写。"},

	findContactMissing:    {Block, "contacts", "{subject}没有指南联系人。", "请填写联系人。"},
	findContactOfCall:     {Note, "contacts", "{subject}没有单独的指南联系人。", "请指定联系人，或确认由全批联系人答复。"},
	findContactEmpty:      {Block, "contacts", "{subject}的联系人标签后面没有内容。", "请填写联系人。"},
	findContactUnlabelled: {Ask, "contacts", "{subject}的联系人前没有标签，按内容认出。", "请核对联系人。"},
	findContactNameless:   {Ask, "contacts", "{subject}的联系人没有姓名。", "请填写联系人姓名。"},
	findContactDepartment: {Ask, "contacts", "{subject}的联系人“{read}”没有写明部门。", "请填写部门。"},
	findContactInherited:  {Note, "contacts", "{subject}的联系人“{read}”没有写明部门，已沿用前一位联系人的部门。", "请核对部门。"},
	findContactGlued:      {Ask, "contacts", "{subject}的联系人“{read}”与部门或他人姓名连写，已试作切分。", "请核对部门和姓名。"},
	findContactShared:     {Ask, "contacts", "{subject}的联系人“{read}”与他人共用电话。", "请核对每位联系人的电话。"},
	findContactMoved:      {Ask, "contacts", "全文只在最后一个选题后有联系人，已作为全批联系人。", "如只属于最后一个选题，请改回。"},
	findContactOfSection:  {Note, "contacts", "{subject}没有单独的联系人，已用“{read}”的联系人。", "请核对联系人。"},
	findContactLeft:       {Ask, "contacts", "原文“{read}”中有电话或邮箱，没有归入任何联系人。", "如是联系人，请补入。"},
	findContactAfterLast:  {Note, "contacts", "最后一个选题的联系人之后另有联系人，已作为全批联系人。", "如只属于最后一个选题，请改回。"},
	findContactInContent:  {Ask, "contacts", "{subject}的研究内容中有联系人或电话。", "请核对它是哪里的联系人。"},
	findContactUnplaced:   {Ask, "contacts", "“{read}”的联系人没有找到对应的选题，已作为全批联系人。", "请核对它属于哪个选题。"},
	findContactUnsure:     {Ask, "contacts", "{subject}的联系人“{read}”中，部门和姓名难以区分。", "请核对部门和姓名。"},
	findContactRest:       {Ask, "contacts", "{subject}的联系人一栏中还有“{read}”，没有归入任何一项。", "如是联系人的信息，请补入。"},
	findPhoneMissing:      {Ask, "contacts", "{subject}的联系人“{read}”没有电话。", "请填写电话。"},
	findPhoneOdd:          {Ask, "contacts", "{subject}的联系电话“{read}”不是有效的手机或固定电话号码，已按原文保留。", "请核对电话。"},
	findPhoneLocal:        {Ask, "contacts", "{subject}的联系电话“{read}”没有区号，已按原文保留。", "请补上区号。"},

	findArtefact:   {Note, "", "原文中有文字处理软件留下的{read}，已去除。", "无需处理；如系正文，请补回。"},
	findUnassigned: {Note, "", "原文“{read}”没有归入任何栏目。", "如属某个栏目，请补入。"},
}

// find notes a doubt. text is what was read, for findings that quote it.
func (p *parser) find(code string, topic int, at span, text string) {
	p.findings = append(p.findings, finding{code: code, topic: topic, at: at, text: text})
}

// report makes findings of the doubts, in the order of the document.
func (p *parser) report() []Finding {
	sort.SliceStable(p.findings, func(i, j int) bool { return p.findings[i].at.start < p.findings[j].at.start })
	findings := make([]Finding, 0, len(p.findings))
	seen := map[finding]bool{} // of persons who share a number, each would report it
	for _, f := range p.findings {
		if seen[f] {
			continue
		}
		seen[f] = true
		kind := findingKinds[f.code]
		place := p.source.place(f.at)
		findings = append(findings, Finding{
			Severity: kind.severity, Code: f.code, Topic: f.topic, Field: kind.field, Start: place.Start, End: place.End,
			Text:       sentence(kind.text, p.subject(f.topic), f.text),
			Suggestion: kind.suggestion,
		})
	}
	return findings
}

func sentence(pattern, subject, read string) string {
	return strings.NewReplacer("{subject}", subject, "{read}", read).Replace(pattern)
}

// subject names a topic in a sentence, or the whole call.
func (p *parser) subject(topic int) string {
	if topic == 0 {
		return callSubject
	}
	title := p.proposal.Topics[topic-1].Title
	if title == "" {
		return fmt.Sprintf("第 %d 个选题", topic)
	}
	return fmt.Sprintf("第 %d 个选题“%s”", topic, quote(title))
}

// quote shortens a text for a sentence.
func quote(text string) string {
	text = strings.Join(strings.FieldsFunc(text, isSpace), " ")
	if runes := []rune(text); len(runes) > quoteLength {
		return string(runes[:quoteLength]) + "…"
	}
	return text
}
