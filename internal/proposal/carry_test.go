package proposal_test

import (
	"testing"

	"softsci/internal/form"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

// TestCarry: what was written comes along; the new topic's title, term and reports stand
// in the place of the old ones, and what only the old form knew is left behind.
func TestCarry(t *testing.T) {
	t.Parallel()
	old := portal.Topic{Title: "旧选题", Deliverables: []string{"旧报告"}}
	answers := sample.Answers(old)
	cover, outcomes := answers[proposal.Cover], answers[proposal.Outcomes]
	cover["unit_head"], cover["gone"] = "李法人", "x"
	outcomes["name-a"], outcomes["measure-a"], outcomes["due-a"] = "旧报告", "被采纳", "2023-09"
	form.PutRows(outcomes, []string{"a", "k7m2p9x4q8ab"})
	outcomes["name-k7m2p9x4q8ab"] = "论文一篇"
	rules := portal.DefaultRules()
	rules.FixedTitle, rules.TermFrom, rules.TermTo = true, "2024-03", "2024-09"
	saved := []portal.Section{{Name: proposal.Cover, Answers: cover, Revision: 7}, {Name: proposal.Text, Answers: answers[proposal.Text], Revision: 2}, {Name: proposal.Outcomes, Answers: outcomes, Revision: 3}}
	carried := proposal.Carry(portal.Application{Rules: rules}, portal.Topic{Title: "新选题", Deliverables: []string{"新报告", "建议"}}, saved)
	if len(carried) != 3 {
		t.Fatalf("%d sections are carried", len(carried))
	}
	for i, want := range []map[string]string{
		{"title": "新选题", "term_from": "2024-03", "term_to": "2024-09", "unit_head": "李法人", "unit_name": cover["unit_name"], "gone": ""},
		{"abstract": answers[proposal.Text]["abstract"]},
		{"rows": "a k7m2p9x4q8ab b", "name-a": "新报告", "name-b": "建议", "kind-b": "研究报告", "measure-a": "被采纳", "due-a": "", "name-k7m2p9x4q8ab": "论文一篇"},
	} {
		if carried[i].Revision != 0 {
			t.Errorf("%s is carried as revision %d", carried[i].Name, carried[i].Revision)
		}
		for field, value := range want {
			if got := carried[i].Answers[field]; got != value {
				t.Errorf("%s: %s is %q, want %q", carried[i].Name, field, got, value)
			}
		}
	}
	if cover["title"] != "旧选题" {
		t.Error("what was saved has changed")
	}
	rules.FixedTitle = false
	if got := proposal.Carry(portal.Application{Rules: rules}, portal.Topic{Title: "新选题"}, saved)[0].Answers["title"]; got != "旧选题" {
		t.Errorf("a title of one's own becomes %q", got)
	}
}
