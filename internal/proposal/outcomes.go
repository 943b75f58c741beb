package proposal

import (
	"fmt"
	"strings"

	"softsci/internal/form"
	"softsci/internal/portal"
)

// priorMost is how many 前期成果 a form takes.
const priorMost = 5

func outcomesForm(s scope) *form.Form {
	f := form.New()
	f.Rows = &form.Rows{Label: "预期成果", One: "成果", Min: 1, Fields: func(string) []*form.Field {
		return []*form.Field{
			{Name: "kind", Label: "成果形式", Kind: form.Choice, Options: options("研究报告", "决策专报", "政策建议", "论文")},
			line("name", "名称", 100),
			{Name: "words", Label: "字数（千字）", Kind: form.Number, Rules: []form.Rule{form.Between(1, 9999)}},
			month("due", "完成时间", s.app.Rules.TermTo), prose("measure", "考核指标", 3, 300)}
	}}
	f.More = []*form.Rows{{Name: Prior, Label: "前期成果", One: "前期成果", Max: priorMost,
		Hint: fmt.Sprintf("与本项目有关的已有成果，最多 %d 项；没有就不用添加。", priorMost), Fields: func(string) []*form.Field {
			note := line("prior_note", "说明", 200)
			note.Optional, note.Hint = true, "例如发表刊物、采纳部门、获奖情况"
			return []*form.Field{{Name: "prior_kind", Label: "形式", Kind: form.Choice, Options: options("研究报告", "决策专报", "政策建议", "论文", "专著", "其他")},
				line("prior_name", "名称", 100), month("prior_date", "时间", s.app.Rules.TermFrom), note}
		}}}
	if len(s.topic.Deliverables) > 0 {
		f.Rows.Clause = "申报指南要求形成：《" + strings.Join(s.topic.Deliverables, "》《") + "》。"
	}
	if s.saved == nil {
		prefillOutcomes(f, s.topic.Deliverables)
	}
	return f
}

// prefillOutcomes writes the reports that the topic names, or leaves one empty row.
func prefillOutcomes(f *form.Form, reports []string) {
	ids := []string{"a"}
	for i := 1; i < len(reports); i++ {
		ids = append(ids, string(rune('a'+i)))
	}
	f.SetRows(ids)
	for i, report := range reports {
		f.Get(form.RowField("kind", ids[i])).Value = "研究报告"
		f.Get(form.RowField("name", ids[i])).Value = report
	}
}

func outcomesNote(f *form.Form, _ portal.Rules) string {
	return fmt.Sprintf("预期成果 %d 项，前期成果 %d 项", len(f.Rows.IDs), len(f.Part(Prior).IDs))
}
