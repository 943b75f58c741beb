package proposal

import (
	"fmt"
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// schedule is the part of the 正文 that is a table: 进度安排. Versions from before it was
// one have prose under this name, which stays readable.
const schedule = "schedule"

// texts are the parts of the 正文, whose limit is common. All but the schedule are prose.
var texts = []struct{ name, label, hint string }{
	{"basis", "立项依据", "国内外研究现状和意义"},
	{"goals", "研究目标与主要内容", ""},
	{"method", "思路方法与技术路线", ""},
	{"novelty", "创新点", ""},
	{schedule, "进度安排", "这里的文字请移到下面的进度安排表中，然后清空"},
	{"foundation", "研究基础与保障", ""},
}

// Prose are the parts of the text, for which a batch may set limits of their own.
func Prose() []Part {
	parts := make([]Part, len(texts))
	for i, p := range texts {
		parts[i] = Part{Name: p.name, Label: p.label}
	}
	return parts
}

const keywordsMost = 4

func textForm(s scope) *form.Form {
	rules := s.app.Rules
	abstract := prose(FieldAbstract, "摘要", 8, rules.AbstractMax)
	abstract.Hint = "概括研究背景、主要内容、方法和预期成果"
	fields := []*form.Field{abstract,
		{Name: "keywords", Label: "关键词", Rules: []form.Rule{form.Satisfies(fmt.Sprintf("不超过 %d 个，用分号隔开", keywordsMost), keywords)}}}
	for _, p := range texts {
		field := &form.Field{Name: p.name, Label: p.label, Kind: form.Prose, Rows: 12, Hint: p.hint}
		if p.name == schedule {
			if strings.TrimSpace(s.saved[schedule]) == "" {
				continue
			}
			field.Rows, field.Optional = 4, true
		} else if most := rules.SectionMax[p.name]; most > 0 {
			field.Rules = []form.Rule{form.Max(most)}
		}
		fields = append(fields, field)
	}
	f := form.New(fields...)
	f.Rows = &form.Rows{Label: "进度安排", One: "阶段", Hint: "按月或按阶段写明工作和完成时间。", Min: 1, Fields: func(string) []*form.Field {
		return []*form.Field{month("from", "开始年月", rules.TermFrom), month("to", "结束年月", rules.TermTo),
			prose("work", "工作内容", 3, 500), prose("result", "阶段成果", 2, 200)}
	}}
	if s.saved == nil {
		f.SetRows([]string{"a"})
	}
	return f
}

func keywords(value string) error {
	words := strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("；;，,、\n", r) })
	if len(words) > keywordsMost {
		return fmt.Errorf("关键词不超过 %d 个，现有 %d 个，请删去 %d 个", keywordsMost, len(words), len(words)-keywordsMost)
	}
	return nil
}

// written counts the characters of the 正文.
func written(f *form.Form) int {
	n := scheduled(f)
	for _, p := range texts {
		n += portal.Count(f.Value(p.name))
	}
	return n
}

// scheduled counts the characters of the schedule's table.
func scheduled(f *form.Form) int {
	if f.Rows == nil {
		return 0
	}
	n := 0
	for _, id := range f.Rows.IDs {
		n += portal.Count(f.Value(form.RowField("work", id))) + portal.Count(f.Value(form.RowField("result", id)))
	}
	return n
}

func textNote(f *form.Form, r portal.Rules) string {
	return fmt.Sprintf("正文已写 %d / %d 字", written(f), r.ProseMax)
}
