package proposal_test

import (
	"maps"
	"strings"
	"testing"

	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

var topic = portal.Topic{Ordinal: 6, Title: "新时代科普传播方法路径研究与对策建议", Deliverables: []string{"新时代科普传播方法路径研究与对策建议研究报告"}}

func app() portal.Application {
	return portal.Application{Rules: portal.DefaultRules(), LeaderName: "张研究", UnitName: "示范大学", UnitCode: "91350100M000100Y43"}
}

// saved are the sample's answers as saved sections, changed as given:
// section, field, value, section, field, value …
func saved(change ...string) []portal.Section {
	answers := sample.Answers(topic)
	for i := 0; i+2 < len(change); i += 3 {
		answers[change[i]][change[i+1]] = change[i+2]
	}
	var list []portal.Section
	for _, name := range sample.Sections {
		list = append(list, portal.Section{Name: name, Revision: 1, Answers: answers[name]})
	}
	return list
}

// TestRules: one answer made wrong at a time, and what is said about it, with the sum
// and the bound where there is one.
func TestRules(t *testing.T) {
	t.Parallel()
	if problems := proposal.Problems(proposal.Fill(app(), topic, saved())); len(problems) != 0 {
		t.Fatalf("the sample is not right: %v", problems)
	}
	long := strings.Repeat("长", 8001)
	for _, tc := range []struct {
		name   string
		change []string
		says   string
	}{
		{"another title", []string{"cover", "title", "另一个名称"}, "与选题名称完全一致"},
		{"a term outside the batch's", []string{"cover", "term_to", "2023-10"}, "2023-03 至 2023-09"},
		{"an end before the beginning", []string{"cover", "term_from", "2023-08", "cover", "term_to", "2023-04"}, "不能早于"},
		{"a wrong unit code", []string{"cover", "unit_code", "91350100M000100Y44"}, "校验"},
		{"a kind of unit that is none", []string{"cover", "unit_kind", "个人"}, "选择单位性质"},
		{"a postcode of five", []string{"cover", "unit_postcode", "43000"}, "6 位"},
		{"a landline for a mobile", []string{"leader", "mobile", "027-87135799"}, "手机号码"},
		{"a landline without its area", []string{"leader", "phone", "87135799"}, "区号"},
		{"a month that is none", []string{"leader", "birth", "1980-13"}, "1980-05"},
		{"no senior titles", []string{"team", "title-a", "中级"}, "0/2 = 0%，要求不低于 40%"},
		{"one of three", []string{"team", "rows", "a b c", "team", "name-c", "丙", "team", "title-c", "初级"}, "1/3 = 33%"},
		{"nine members", []string{"team", "rows", "a b c d e f g h i"}, "最多 8 人，现有 9 人，请删去 1 人（申报条件五）"},
		{"no member", []string{"team", "rows", ""}, "至少 1 项"},
		{"thirteen months a year", []string{"team", "months-b", "13"}, "1 到 12"},
		{"a long abstract", []string{"text", "abstract", strings.Repeat("长", 401)}, "删减 1 字"},
		{"five keywords", []string{"text", "keywords", "一；二；三；四；五"}, "不超过 4 个，现有 5 个"},
		{"a long text", []string{"text", "method", long}, "不能超过 8000 字"},
		{"no stage", []string{"text", "rows", ""}, "进度安排至少 1 项"},
		{"a stage that ends before it begins", []string{"text", "to-b", "2023-05"}, "阶段 2：结束年月不能早于开始年月"},
		{"a long stage", []string{"text", "work-a", strings.Repeat("长", 501)}, "阶段 1：工作内容不能超过 500 字"},
		{"a partner without a task", []string{"team", "rows.partner", "p", "team", "partner_name-p", "某大学"}, "合作单位 1：请填写分工"},
		{"no agent", []string{"leader", "agent_same", ""}, "请填写经办人姓名，或勾选“经办人与项目负责人相同”"},
		{"an agent without a mobile", []string{"leader", "agent_same", "", "leader", "agent_name", "周经办"}, "请填写经办人手机"},
		{"six earlier results", []string{"outcomes", "rows.prior", "p q r s t u"}, "前期成果最多 5 项，现有 6 项"},
		{"no outcome", []string{"outcomes", "rows", ""}, "至少 1 项"},
		{"too much money", []string{"budget", "grant", "5.01"}, "超过上限 5.00 万元"},
		{"two sides that differ by 0.01", []string{"budget", "labour", "2.01"}, "来源合计 6.50 万元，支出合计 6.51 万元"},
		{"three decimals", []string{"budget", "own", "1.505"}, "两位"},
		{"not a number", []string{"budget", "own", "若干"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var said []string
			for _, p := range proposal.Problems(proposal.Fill(app(), topic, saved(tc.change...))) {
				said = append(said, p.Message)
				if p.Section != tc.change[0] {
					t.Errorf("%s is said of section %s", p.Message, p.Section)
				}
			}
			if len(said) == 0 || !strings.Contains(strings.Join(said, "\n"), tc.says) {
				t.Errorf("said %q, want %q", said, tc.says)
			}
		})
	}
}

// TestMonths: months are right in every way people write them, and compared as months.
func TestMonths(t *testing.T) {
	t.Parallel()
	if problems := proposal.Problems(proposal.Fill(app(), topic, saved("cover", "term_from", "2023.3", "cover", "term_to", "２０２３年９月", "leader", "birth", "1980年5月",
		"team", "birth-a", "1985.1", "outcomes", "due-a", "2023/9"))); len(problems) != 0 {
		t.Errorf("%v", problems)
	}
	problems := proposal.Problems(proposal.Fill(app(), topic, saved("cover", "term_from", "2023年10月", "cover", "term_to", "2023.9")))
	if len(problems) == 0 || !strings.Contains(problems[len(problems)-1].Message+problems[0].Message, "不能早于") {
		t.Errorf("October before September: %v", problems)
	}
}

// TestPrefilled: what is known is filled in before the first save, and counts only
// after somebody has looked at it.
func TestPrefilled(t *testing.T) {
	t.Parallel()
	value := map[string]string{}
	sections := proposal.Fill(app(), topic, nil)
	for _, s := range sections {
		for _, f := range s.Form.Fields {
			value[s.Name+" "+f.Name] = f.Value
		}
	}
	for field, want := range map[string]string{"cover title": topic.Title, "cover term_from": "2023-03", "cover term_to": "2023-09", "cover unit_name": "示范大学",
		"cover unit_code": "91350100M000100Y43", "leader name": "张研究", "outcomes name-a": topic.Deliverables[0], "outcomes kind-a": "研究报告"} {
		if value[field] != want {
			t.Errorf("%s is %q, want %q", field, value[field], want)
		}
	}
	if n := len(proposal.Problems(sections)); n != len(sample.Sections) {
		t.Errorf("%d problems before anything was saved, want one for each section", n)
	}
}

// TestNotes: what the task list says of a section.
func TestNotes(t *testing.T) {
	t.Parallel()
	notes := map[string]string{}
	for _, s := range proposal.Fill(app(), topic, saved()) {
		notes[s.Name] = s.Note
	}
	for name, want := range map[string]string{"team": "2 人，高级职称 1 人", "budget": "来源合计 6.50 万元，支出合计 6.50 万元"} {
		if notes[name] != want {
			t.Errorf("%s says %q, want %q", name, notes[name], want)
		}
	}
	if !strings.HasSuffix(notes["text"], "/ 8000 字") {
		t.Errorf("text says %q", notes["text"])
	}
}

func TestSummarise(t *testing.T) {
	t.Parallel()
	a := app()
	for _, s := range saved() {
		sum := proposal.Summarise(a, s)
		a.Title, a.LeaderName, a.UnitName, a.UnitCode, a.Amount = sum.Title, sum.LeaderName, sum.UnitName, sum.UnitCode, sum.Amount
	}
	if a.Title != topic.Title || a.Amount != 5_000_000 || a.UnitCode != "91350100M000100Y43" || a.LeaderName != "张研究" {
		t.Errorf("%+v", a)
	}
}

func frozen(change ...string) portal.Frozen {
	f := portal.Frozen{Guideline: portal.FrozenGuideline{Title: topic.Title}}
	for _, s := range saved(change...) {
		f.Sections = append(f.Sections, portal.FrozenSection{Name: s.Name, Answers: s.Answers})
	}
	return f
}

// TestReadFrozen: labels for what is known, the name for what no longer is, and
// nothing of the frozen answers is left out.
func TestReadFrozen(t *testing.T) {
	t.Parallel()
	f := frozen("team", "title-a", "正高", "text", "old_field", "旧答案")
	f.Sections = append(f.Sections, portal.FrozenSection{Name: "gone", Answers: map[string]string{"x": "旧部分"}})
	all := map[string]bool{}
	for _, s := range proposal.ReadFrozen(f) {
		for _, a := range s.Answers {
			all[a.Value] = true
		}
	}
	for _, s := range f.Sections {
		for name, value := range s.Answers {
			if rows := strings.HasPrefix(name, "rows"); !rows && name != "agent_same" && value != "" && !all[value] {
				t.Errorf("%s %s: %q is not shown", s.Name, name, value)
			}
		}
	}
	if team := proposal.ReadFrozen(f)[2].Answers; len(team) != 17 || team[0].Row != "成员 1" || team[0].Value != "赵一" || team[8].Row != "成员 2" || team[16].Label != "合作单位" || team[16].Value != "无" {
		t.Errorf("the team reads %+v", team)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, s := range proposal.Compare(frozen(), frozen("text", "method", "问卷", "team", "task-b", "建模")) {
		switch s.Label {
		case "摘要与正文":
			if len(s.Changes) != 1 || s.Changes[0].After != "问卷" || s.Changes[0].Label != "思路方法与技术路线" {
				t.Errorf("%+v", s.Changes)
			}
		case "项目组成员与合作单位":
			if len(s.Changes) != 1 || s.Changes[0].Label != "成员 2 分工" {
				t.Errorf("%+v", s.Changes)
			}
		default:
			if len(s.Changes) != 0 {
				t.Errorf("%s: %+v", s.Label, s.Changes)
			}
		}
	}
}

// TestCompareRows: a member that was taken out is gone, and the other has not changed.
func TestCompareRows(t *testing.T) {
	t.Parallel()
	fewer := frozen("team", "rows", "b")
	for _, s := range fewer.Sections {
		if s.Name == proposal.Team { // a removed row takes its answers with it
			maps.DeleteFunc(s.Answers, func(field, _ string) bool { return strings.HasSuffix(field, "-a") })
		}
	}
	for _, s := range proposal.Compare(frozen(), fewer) {
		if s.Label != "项目组成员与合作单位" {
			continue
		}
		for _, c := range s.Changes {
			if c.After != "" || !strings.HasPrefix(c.Label, "成员 1 ") {
				t.Errorf("%+v", c)
			}
		}
		if len(s.Changes) != 8 || s.Changes[0].Before != "赵一" {
			t.Errorf("%d changes: %+v", len(s.Changes), s.Changes)
		}
	}
}
