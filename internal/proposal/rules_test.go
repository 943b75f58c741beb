package proposal

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"softsci/internal/portal"
	"softsci/internal/proposal/sample"
)

var subject = portal.Topic{Ordinal: 6, Title: "新时代科普传播方法路径研究", Deliverables: []string{"新时代科普传播研究报告"}}

// version is the sample as frozen, changed as given: section, field, value …
func version(change ...string) portal.Frozen {
	answers := sample.Answers(subject)
	for i := 0; i+2 < len(change); i += 3 {
		answers[change[i]][change[i+1]] = change[i+2]
	}
	f := portal.Frozen{N: 1, Pledge: "2026-11", Guideline: portal.FrozenGuideline{Ordinal: 6, Title: subject.Title, Deliverables: subject.Deliverables}}
	for _, name := range sample.Sections {
		f.Sections = append(f.Sections, portal.FrozenSection{Name: name, Answers: answers[name]})
	}
	return f
}

// every asks all that a batch can ask.
func every() portal.Rules {
	rules := portal.DefaultRules()
	rules.IDNumber, rules.SectionMax = true, map[string]int{"schedule": 40}
	return rules
}

// TestBothSidesOfEveryRule: what each rule says of a form that keeps it, of one that
// breaks it, with the sum and where mending begins, and of one that does not say.
func TestBothSidesOfEveryRule(t *testing.T) {
	t.Parallel()
	code := func(begin string) string { return mustCode(t, begin) }
	seen := map[string]bool{}
	for _, c := range []struct {
		rule    string
		change  []string
		verdict Verdict
		says    string
		field   string
	}{
		{"unit", []string{Cover, "unit_code", code("12420000")}, Yes, "420000 在湖北省", ""},
		{"unit", nil, No, "350100 不在湖北省", "unit_code"},
		{"unit", []string{Cover, "unit_code", code("92420000")}, No, "个体工商户", "unit_code"},
		{"unit", []string{Cover, "unit_code", "91350100M000100Y44"}, No, "校验位", "unit_code"},
		{"unit", []string{Cover, "unit_code", code("12100000")}, Unknown, "国家级机关登记", ""},
		{"unit", []string{Cover, "unit_code", " "}, Unknown, "", ""},
		{"leader", []string{Leader, "title", "副高"}, Yes, "职称 副高", ""},
		{"leader", []string{Leader, "title", "中级", Leader, "post", "处长"}, No, "职务 处长 是否为同等职务", ""},
		{"leader", []string{Leader, "title", "无", Leader, "post", ""}, No, "请填写职务", ""},
		{"leader", []string{Leader, "title", ""}, Unknown, "", ""},
		{"team-size", nil, Yes, "2 人，最多 8 人", ""},
		{"team-size", []string{Team, "rows", "a b c d e f g h"}, Yes, "8 人，最多 8 人", ""},
		{"team-size", []string{Team, "rows", "a b c d e f g h i j"}, No, "现有 10 人，请删去 2 人", ""},
		{"team-size", []string{Team, "rows", ""}, Unknown, "", ""},
		{"team-senior", nil, Yes, "1/2 = 50%", ""},
		{"team-senior", []string{Team, "rows", "a b c d e", Team, "title-c", "正高", Team, "title-d", "无", Team, "title-e", "初级"}, Yes, "2/5 = 40%", ""},
		{"team-senior", []string{Team, "rows", "a b c", Team, "title-c", "无"}, No, "1/3 = 33%，要求不低于 40%", ""},
		{"team-senior", []string{Team, "title-a", "", Team, "title-b", ""}, Unknown, "", ""},
		{"team-leader", nil, Yes, "", ""},
		{"team-leader", []string{Team, "name-b", "张 研究"}, No, "同名", "name-b"},
		{"team-leader", []string{Leader, "name", ""}, Unknown, "", ""},
		{"title", nil, Yes, "完全一致", ""},
		{"title", []string{Cover, "title", "另一个"}, No, "完全一致：" + subject.Title, ""},
		{"title", []string{Cover, "title", ""}, Unknown, "", ""},
		{"term", []string{Cover, "term_from", "2023年4月"}, Yes, "2023年4月 至 2023-09", ""},
		{"term", []string{Cover, "term_to", "2023-10"}, No, "2023-03 至 2023-09 之内", ""},
		{"term", []string{Cover, "term_from", "2023-02"}, No, "之内", ""},
		{"term", []string{Cover, "term_to", "秋天"}, Unknown, "", ""},
		{"term-order", []string{Cover, "term_from", "2023-09"}, Yes, "", ""},
		{"term-order", []string{Cover, "term_from", "2023-08", Cover, "term_to", "2023-07"}, No, "不能早于", ""},
		{"term-order", []string{Cover, "term_from", ""}, Unknown, "", ""},
		{"id-birth", []string{Leader, FieldIDNumber, "11010519491231002X", Leader, "birth", "1949.12"}, Yes, "", ""},
		{"id-birth", []string{Leader, FieldIDNumber, "11010519491231002X"}, No, "不一致", ""},
		{"id-birth", nil, Unknown, "", ""},
		{"prose", []string{Text, "basis", strings.Repeat("字", 7900)}, Yes, "", ""},
		{"prose", []string{Text, "basis", strings.Repeat("字", 7999)}, No, "正文合计不能超过 8000 字", ""},
		{"prose", []string{Text, "work-a", strings.Repeat("字", 8000)}, No, "正文合计不能超过 8000 字", ""},
		{"schedule-length", nil, Yes, "", ""},
		{"schedule-length", []string{Text, "result-a", strings.Repeat("字", 41)}, No, "进度安排不能超过 40 字", ""},
		{"schedule-order", nil, Yes, "", ""},
		{"schedule-order", []string{Text, "from-b", "2023-10"}, No, "不能早于", "to-b"},
		{"schedule-term", nil, Yes, "", ""},
		{"schedule-term", []string{Text, "from-a", "2023-02"}, No, "2023-03 至 2023-09", "from-a"},
		{"schedule-term", []string{Cover, "term_to", ""}, Unknown, "", ""},
		{"deliverables", nil, Yes, subject.Deliverables[0], ""},
		{"deliverables", []string{Outcomes, "name-a", "研究报告"}, No, "没有《" + subject.Deliverables[0], ""},
		{"outcome-due", nil, Yes, "", ""},
		{"outcome-due", []string{Outcomes, "due-a", "2023-10"}, No, "晚于项目的结束年月", "due-a"},
		{"outcome-due", []string{Cover, "term_to", ""}, Unknown, "", ""},
		{"ceiling", nil, Yes, "申请 5.00 万元，上限 5.00 万元", ""},
		{"ceiling", []string{Budget, "grant", "5.01"}, No, "5.01 万元，超过上限 5.00 万元", ""},
		{"ceiling", []string{Budget, "grant", "五万"}, Unknown, "", ""},
		{"balance", nil, Yes, "来源合计 6.50 万元，支出合计 6.50 万元", ""},
		{"balance", []string{Budget, "own", "1.49"}, No, "6.49", "equipment"},
		{"balance", []string{Budget, "own", "若干"}, Unknown, "", ""},
		{"cooperation", nil, Yes, "没有合作单位", ""},
		{"cooperation", []string{Team, "rows.partner", "p", Team, "partner_name-p", "某大学"}, Unknown, "合作单位：某大学", ""},
		{"pledge", nil, Unknown, "2026-11", ""},
		{"complete", []string{Leader, FieldIDNumber, "11010519491231002X"}, Yes, "第 1 次提交", ""},
		{"complete", []string{Budget, "own", "若干", Leader, "post", "", Leader, FieldIDNumber, ""}, No, "还有 3 处", ""},
		{"once", nil, Unknown, "", ""},
		{"integrity", nil, Unknown, "", ""},
		{"copy", nil, Unknown, "", ""},
	} {
		seen[c.rule+string(c.verdict)] = true
		s := thaw(version(c.change...), every())
		i := slices.IndexFunc(Rules, func(r Rule) bool { return r.ID == c.rule })
		got := Rules[i].check(s)
		if got.Verdict != c.verdict || !strings.Contains(got.Sum, c.says) || got.Field != c.field {
			t.Errorf("%s of %q: %+v, want %s, …%s…, %q", c.rule, c.change, got, c.verdict, c.says, c.field)
		}
	}
	for _, r := range Rules {
		person := map[string]bool{"once": true, "integrity": true, "copy": true, "pledge": true, "cooperation": true}[r.ID]
		if !person && (!seen[r.ID+string(Yes)] || !seen[r.ID+string(No)]) || person && !seen[r.ID+string(Unknown)] {
			t.Errorf("%s: not every side is tried", r.ID)
		}
	}
}

// mustCode is a valid unit code that begins so.
func mustCode(t *testing.T, begin string) string {
	t.Helper()
	body := begin + "M000100Y4"
	check, err := portal.UnitCodeCheck(body)
	if err != nil {
		t.Fatal(err)
	}
	return body + string(check)
}

// TestRulesAreBound: an ID stands once, and what a rule points to is in the form.
func TestRulesAreBound(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	filled := Fill(portal.Application{Rules: every()}, subject, nil)
	for _, r := range Rules {
		if ids[r.ID] || r.check == nil || r.Kind != Block && r.Kind != Hint || r.Condition && (r.Clause == nil || r.Question == "") {
			t.Errorf("%s: twice, or not whole", r.ID)
		}
		ids[r.ID] = true
		for _, f := range filled {
			if f.Name == r.Section && (r.Field != "" && f.Form.Get(r.Field) == nil || r.Field == "" && f.Form.Part(r.Part) == nil) {
				t.Errorf("%s: no %s%s in %s", r.ID, r.Field, r.Part, r.Section)
			}
		}
		if r.Kind == Block && !slices.ContainsFunc(filled, func(f Filled) bool { return f.Name == r.Section }) {
			t.Errorf("%s blocks and stands nowhere", r.ID)
		}
	}
}

// TestEligibility: the conditions follow the batch's settings and are numbered anew.
func TestEligibility(t *testing.T) {
	t.Parallel()
	list := Eligibility(portal.DefaultRules())
	var rules []string
	for i, c := range list {
		if rules = append(rules, c.Rule); c.N != i+1 {
			t.Errorf("%s has the number %d", c.Rule, c.N)
		}
	}
	if want := []string{"unit", "leader", "once", "integrity", "team-size", "team-senior", "title", "term", "ceiling", "cooperation", "pledge"}; !slices.Equal(rules, want) {
		t.Errorf("conditions %v, want %v", rules, want)
	}
	if list[4].Text != "项目组成员（不含负责人）不超过 8 人。" || list[8].Text != "申请专项经费不超过 5.00 万元。" || list[10].Name() != "申报条件十一" || list[9].Name() != "申报条件十" || list[0].Name() != "申报条件一" {
		t.Errorf("%+v", list)
	}
	rules = nil
	for _, c := range Eligibility(portal.Rules{TeamMax: 5, TermFrom: "2024-01", TermTo: "2024-12"}) {
		rules = append(rules, c.Rule+" "+c.Name())
	}
	if want := []string{"unit 申报条件一", "leader 申报条件二", "integrity 申报条件三", "team-size 申报条件四", "term 申报条件五"}; !slices.Equal(rules, want) {
		t.Errorf("a batch that asks little: %v", rules)
	}
}

// drafted are the sample's answers as saved sections, changed as given.
func drafted(change ...string) []portal.Section {
	var list []portal.Section
	for _, s := range version(change...).Sections {
		list = append(list, portal.Section{Name: s.Name, Revision: 1, Answers: s.Answers})
	}
	return list
}

// TestOthersAreAHint: what is known of the leader's other applications stands at the name
// and on everybody's checklist, with the numbers that its reader may see, and refuses
// nothing.
func TestOthersAreAHint(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		others  portal.Others
		verdict Verdict
		says    string
	}{
		{portal.Others{Count: 1}, Unknown, ""},
		{portal.Others{Known: true}, Unknown, "本年度没有同名同单位的其他申报"},
		{portal.Others{Known: true, Count: 1}, No, "本年度同名同单位的申报 1 份。请核对是否为同一人"},
		{portal.Others{Known: true, Count: 2, Numbers: []string{"2023-A-01-0001", "2023-A-02-0001"}}, No, "本年度同名同单位的申报 2 份：2023-A-01-0001、2023-A-02-0001。请核对是否为同一人"},
		{portal.Others{Known: true, Count: 3, Numbers: []string{"2023-A-01-0001"}}, No, "本年度同名同单位的申报 3 份：2023-A-01-0001，另有 2 份。请核对是否为同一人"},
	} {
		app := portal.Application{Rules: portal.DefaultRules(), Others: c.others}
		filled := Fill(app, subject, drafted())
		for who, lines := range map[string][]Line{"the contact": Review(version(), app), "the applicant": Checklist(filled)} {
			i := slices.IndexFunc(lines, func(l Line) bool { return l.Rule == "once" })
			if l := lines[i]; l.Answer != c.verdict || l.Evidence != c.says {
				t.Errorf("%+v: %s reads %s, %q", c.others, who, l.Answer, l.Evidence)
			}
		}
		said := slices.ContainsFunc(Notices(filled), func(p Problem) bool {
			return p.Section == Leader && p.Field == "field-name" && p.Message == c.says+"（申报条件三）"
		})
		if problems := Problems(filled); said != (c.verdict == No) || len(problems) != 0 {
			t.Errorf("%+v: noticed %v; %v", c.others, said, problems)
		}
	}
}

// TestHintsAreSaidAndRefuseNothing: what a person judges stands at its field and among
// the notices, with the condition's name, and is no problem.
func TestHintsAreSaidAndRefuseNothing(t *testing.T) {
	t.Parallel()
	app := portal.Application{Rules: portal.DefaultRules()}
	for says, change := range map[string][]string{
		"350100 不在湖北省（42 开头），请核对注册地（申报条件一）": nil,
		"是否为同等职务，由联系人认定（申报条件二）":             {Leader, "title", "中级"},
		"成员 2：与项目负责人同名":                     {Team, "name-b", "张研究"},
		"阶段 1：这个阶段不在项目起止年月":                 {Text, "from-a", "2023-01"},
		"预期成果中没有《新时代科普传播研究报告》":              {Outcomes, "name-a", "报告"},
		"成果 1：完成时间晚于":                       {Outcomes, "due-a", "2024-01"},
	} {
		filled := Fill(app, subject, drafted(change...))
		if problems := Problems(filled); len(problems) != 0 {
			t.Errorf("%s: %v", says, problems)
		}
		notices := Notices(filled)
		if !slices.ContainsFunc(notices, func(p Problem) bool { return strings.Contains(p.Message, says) && p.Section != "" && p.Field != "" }) {
			t.Errorf("%s is not among %v", says, notices)
		}
	}
	if notices := Notices(Fill(app, subject, nil)); len(notices) != 0 {
		t.Errorf("before anything is saved: %v", notices)
	}
}

// TestClausesStandAtTheirFields: under their names where they are conditions.
func TestClausesStandAtTheirFields(t *testing.T) {
	t.Parallel()
	forms := map[string]Filled{}
	for _, f := range Fill(portal.Application{Rules: every()}, subject, nil) {
		forms[f.Name] = f
	}
	for want, got := range map[string]string{
		"申报条件五：项目组成员（不含负责人）不超过 8 人。\n申报条件六：项目组成员中高级职称（含副高）不低于 40%。": forms[Team].Form.Rows.Clause,
		"申报条件十：有合作单位的，附合作协议。":                                forms[Team].Form.Part(Partners).Clause,
		"申报条件九：申请专项经费不超过 5.00 万元。\n来源合计与支出合计相等，精确到 0.01 万元。": forms[Budget].Form.Get(FieldGrant).Clause,
		"进度安排合计不超过 40 字。":                                    forms[Text].Form.Rows.Clause,
		"申报条件七：项目名称与申报指南的选题名称一致。":                            forms[Cover].Form.Get(FieldTitle).Clause,
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestReview: the contact's list, and the applicant's for the same answers, have the same
// questions; a version from before there was a schedule, an agent or partners is complete.
func TestReview(t *testing.T) {
	t.Parallel()
	rules := portal.DefaultRules()
	answers := func(lines []Line) map[string]Verdict {
		all := map[string]Verdict{}
		for _, l := range lines {
			all[l.Rule] = l.Answer
		}
		return all
	}
	contact := answers(Review(version(), portal.Application{Rules: rules}))
	want := map[string]Verdict{"unit": No, "leader": Yes, "once": Unknown, "integrity": Unknown, "team-size": Yes, "team-senior": Yes, "title": Yes, "term": Yes, "deliverables": Yes,
		"ceiling": Yes, "balance": Yes, "cooperation": Yes, "pledge": Unknown, "complete": Yes, "copy": Unknown}
	if !maps.Equal(contact, want) {
		t.Errorf("the contact sees %v", contact)
	}
	if applicant := answers(Checklist(Fill(portal.Application{Rules: rules}, subject, drafted()))); !maps.Equal(applicant, want) {
		t.Errorf("the applicant sees %v", applicant)
	}
	var asked []string
	for _, l := range Review(version(), portal.Application{Rules: rules}) {
		asked = append(asked, l.Question)
	}
	if told := Questions(rules); !slices.Equal(told, asked) {
		t.Errorf("before the first word %v is told, and %v asked", told, asked)
	}
	begun := answers(Checklist(Fill(portal.Application{Rules: rules}, subject, nil)))
	if begun["complete"] != No || begun["cooperation"] != Unknown || begun["leader"] != Unknown || len(begun) != len(want) || Checklist(nil) != nil {
		t.Errorf("before the first word: %v", begun)
	}
	if lump := answers(Review(version(), portal.Application{Rules: portal.Rules{LumpSum: true, TeamMax: 8}})); lump["ceiling"] != "" || lump["balance"] != "" || lump["title"] != "" {
		t.Errorf("what a batch does not ask is asked: %v", lump)
	}
	old, app := earlier(), portal.Application{Rules: every()}
	if got := answers(Review(old, app)); got["complete"] != Yes || got["cooperation"] != Yes {
		t.Errorf("an old version: %v", got)
	}
	old.Sections = old.Sections[1:]
	if got := answers(Review(old, app)); got["complete"] != No || got["unit"] != Unknown {
		t.Errorf("a version without its cover: %v", got)
	}
}

// earlier is a version from before the schedule was a table.
func earlier() portal.Frozen {
	f := version(Text, "schedule", "3—5 月调研，6—8 月撰写。")
	for _, s := range f.Sections {
		maps.DeleteFunc(s.Answers, func(name, _ string) bool {
			return strings.HasPrefix(name, "agent") || strings.HasPrefix(name, "rows.") || strings.HasSuffix(name, "-p") || s.Name == Text && (name == "rows" || strings.Contains(name, "-"))
		})
	}
	return f
}

// TestEarlierVersionsStayReadable: what was frozen then is read with its label, and what
// was not asked for is not there.
func TestEarlierVersionsStayReadable(t *testing.T) {
	t.Parallel()
	all := map[string]string{}
	for _, s := range ReadFrozen(earlier()) {
		for _, a := range s.Answers {
			all[a.Label] = a.Value
		}
	}
	if all["进度安排"] != "3—5 月调研，6—8 月撰写。" {
		t.Errorf("the schedule reads %q", all["进度安排"])
	}
	for _, label := range []string{"经办人与项目负责人相同", "合作单位", "前期成果", "居民身份证号", "工作内容"} {
		if _, there := all[label]; there {
			t.Errorf("%s was not asked for", label)
		}
	}
}

// TestScheduleMovesFromProse: a draft with the schedule as prose keeps it beside the table
// until it is emptied.
func TestScheduleMovesFromProse(t *testing.T) {
	t.Parallel()
	saved := drafted(Text, "schedule", "三月调研。", Text, "rows", "")
	f := Fill(portal.Application{Rules: portal.DefaultRules()}, subject, saved)[3].Form
	if f.Value("schedule") != "三月调研。" || f.Check() || f.Answers()["schedule"] != "三月调研。" {
		t.Errorf("%v", f.Problems())
	}
	if fresh := Fill(portal.Application{Rules: portal.DefaultRules()}, subject, drafted())[3].Form; fresh.Get("schedule") != nil {
		t.Error("a new draft has both")
	}
}

// TestIDNumberIsNeverShownInFull: in words, in the form, in a comparison, whatever was
// typed; nor by a batch that does not ask for it any more.
func TestIDNumberIsNeverShownInFull(t *testing.T) {
	t.Parallel()
	const number, masked = "11010519491231002X", "110105********002X"
	f := version(Leader, FieldIDNumber, number)
	if got := answerOf(ReadFrozen(f), FieldIDNumber); got != masked {
		t.Errorf("read as %q", got)
	}
	app := portal.Application{Rules: every()}
	leader := Fill(app, subject, drafted(Leader, FieldIDNumber, number, Leader, "birth", "1949-12"))[1].Form
	if field := leader.Get(FieldIDNumber); field.Echo() != masked || field.Value != number || !leader.Check() {
		t.Errorf("the form shows %q; %v", field.Echo(), leader.Problems())
	}
	for _, a := range Answers(leader) {
		if strings.Contains(a.Value, "1949123") {
			t.Errorf("%s says %s", a.Label, a.Value)
		}
	}
	for _, c := range Compare(version(Leader, FieldIDNumber, "440524188001010014"), f) {
		for _, change := range c.Changes {
			if change.Before != "440524********0014" || change.After != masked {
				t.Errorf("compared: %+v", change)
			}
		}
	}
	for typed, says := range map[string]string{"": "请填写居民身份证号", "110105194912310021": "校验位不符"} {
		var said []string
		for _, p := range Problems(Fill(app, subject, drafted(Leader, FieldIDNumber, typed))) {
			said = append(said, p.Message)
		}
		if !strings.Contains(strings.Join(said, "\n"), says) {
			t.Errorf("%q: %q", typed, said)
		}
	}
	if Fill(portal.Application{Rules: portal.DefaultRules()}, subject, nil)[1].Form.Get(FieldIDNumber) != nil {
		t.Error("a batch that does not ask for it gets it")
	}
}

func answerOf(read []Read, field string) string {
	for _, s := range read {
		for _, a := range s.Answers {
			if a.Field == field {
				return a.Value
			}
		}
	}
	return ""
}

// TestCoverIsCompletedByTheSystem: number, date and direction are the system's, in words
// of their own for a draft, and a comparison leaves them alone.
func TestCoverIsCompletedByTheSystem(t *testing.T) {
	t.Parallel()
	f := version()
	f.Number, f.ArrivedAt, f.Guideline.BatchTitle = "2023-RKX1-06-0007", "2023-04-28T16:59:58+08:00", "2023年度指南"
	cover := ReadFrozen(f)[0].Answers
	for i, want := range []Answer{{Label: "计划批次", Value: "2023年度指南"}, {Label: "指南方向", Value: "指南 6"}, {Label: "受理编号", Value: "2023-RKX1-06-0007"}, {Label: "申报日期", Value: "2023年4月28日"}} {
		if cover[i] != want {
			t.Errorf("%+v, want %+v", cover[i], want)
		}
	}
	for _, c := range Compare(version(), f) {
		if len(c.Changes) != 0 {
			t.Errorf("%+v", c)
		}
	}
	if got := Given(portal.Application{Ordinal: 6}); len(got) != 4 || got[2].Value != "提交后由系统编号" || Given(portal.Application{Number: "N"})[2].Value != "N" {
		t.Errorf("%+v", got)
	}
}

// TestCompareTellsOfPlaces: rows that changed places are listed in both orders, those
// that came or went aside.
func TestCompareTellsOfPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range Compare(version(), version(Team, "rows", "b a")) {
		if c.Label != Label(Team) {
			continue
		}
		if len(c.Changes) != 1 || c.Changes[0] != (Change{"成员的顺序", "赵一、钱二", "钱二、赵一"}) {
			t.Errorf("%+v", c.Changes)
		}
	}
	for _, c := range Compare(version(), version(Team, "rows", "c a b", Team, "name-c", "丙")) {
		for _, change := range c.Changes {
			if strings.Contains(change.Label, "顺序") {
				t.Errorf("a new row in front moves nobody: %+v", change)
			}
		}
	}
}

// TestLumpSumStaysReadable: the sum alone, under its own label.
func TestLumpSumStaysReadable(t *testing.T) {
	t.Parallel()
	f := version()
	f.Sections[5].Answers = map[string]string{"grant": "5"}
	read := ReadFrozen(f)[5].Answers
	if len(read) != 1 || read[0].Label != "申请专项经费（万元）" || read[0].Value != "5" {
		t.Errorf("%+v", read)
	}
}
