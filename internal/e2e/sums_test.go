package e2e_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"softsci/internal/portal"
	"softsci/internal/proposal"
)

// sums is somebody whose numbers are wrong: the two sides of the budget, the share of
// senior titles, the length of the text. The task list and the check say so with the
// sum and the clause, and lead to the field.
func sums(t *testing.T, s *stage) {
	s.mustPeople()
	ref := s.mustFill(zhang, 5)
	p := s.mustVisit(t, "/applications/"+ref+"/sections/team", zhang)
	team := maps.Clone(s.answers(5)[proposal.Team])
	for name, answer := range s.answers(5)[proposal.Team] {
		if column, ok := strings.CutSuffix(name, "-b"); ok {
			team[column+"-c"] = answer
		}
	}
	team["rows"], team["name-c"] = "a b c", "孙三"
	p.mustWrite(team)
	p.mustPress("保存并继续")
	p.mustSee(".flash", "还有 1 处需要处理")
	limit := portal.DefaultRules().ProseMax
	long := strings.Repeat("综述国内外研究现状。", limit/10)
	p.mustFill("立项依据", long)
	p.mustPress("保存并继续")
	p.mustSee(".flash", "还有 1 处需要处理")
	p.mustGoto(p.taskList()+"/sections/budget", 200)
	p.mustAnswer("own", "2")
	if p.mode.script {
		p.mustSee("[data-total]", "7.00", "6.50")
	}
	p.mustPress("保存并继续")
	p.mustSee(".flash", "还有 1 处需要处理")

	text := s.answers(5)[proposal.Text]
	written := limit
	for _, part := range []string{"goals", "method", "novelty", "foundation", "work-a", "result-a", "work-b", "result-b"} {
		written += portal.Count(text[part])
	}
	p.mustFollow("返回申报书")
	p.mustSee(".tasks", "3 人，高级职称 1 人", fmt.Sprintf("正文已写 %d / %d 字", written, limit), "来源合计 7.00 万元，支出合计 6.50 万元", "有 1 处错误")
	p.mustSee("main", "提交前还有 3 处需要处理")
	p.mustCheck("tasks-wrong")
	p.mustFollow("检查并提交")
	p.mustSee("main", "还不能提交")
	p.mustCheck("check-wrong")
	for _, one := range []struct{ message, field, clause string }{
		{"高级职称 1/3 = 33%，要求不低于 40%", "#rows", "申报条件六：项目组成员中高级职称（含副高）不低于 40%"},
		{fmt.Sprintf("正文合计不能超过 %d 字，现有 %d 字，请删减 %d 字", limit, written, written-limit), "#field-basis", "正文六个部分合计不超过 8000 字"},
		{"经费来源合计 7.00 万元，支出合计 6.50 万元，两边须相等", "#field-equipment", "来源合计与支出合计相等"},
	} {
		p.mustFollow(one.message)
		p.mustFocus(one.field)
		p.mustSee("main .error", one.message)
		p.mustSee("main .clause", one.clause)
		p.mustCheck("wrong-" + strings.TrimPrefix(one.field, "#"))
		p.mustGoto("/applications/"+ref+"/submission", 200)
	}

	p.mustGoto("/applications/"+ref+"/sections/budget", 200)
	p.mustAnswer("grant", "500.005")
	p.mustPress("保存并继续")
	p.mustGoto("/applications/"+ref+"/sections/budget", 200)
	p.mustCount("#field-grant[value='500.005']", 1) // what was typed stays, right or wrong
	p.mustCount("#field-grant-error", 1)
	p.mustAnswer("grant", "60")
	p.mustPress("保存并继续")
	p.mustGoto("/applications/"+ref+"/sections/budget", 200)
	p.mustSee("#field-grant-error", "60.00 万元", "上限 5.00 万元")
	p.mustCheck("over-the-ceiling")

	p.mustWrite(s.answers(5)[proposal.Budget])
	p.mustPress("保存并继续")
	p.mustFollow("返回申报书")
	p.mustSee(".tasks", "来源合计 6.50 万元，支出合计 6.50 万元")
	p.mustFollow("项目组成员")
	p.mustPress("上移成员 3")
	p.mustBeAt("/applications/" + ref + "/sections/team#row-")
	p.mustCount("fieldset.row:nth-of-type(2) input[value='孙三']", 1)
	p.mustPress("删去成员 2")
	p.mustCount("main fieldset.row", 2)
	p.mustNotSee("main", "孙三")
	p.mustPress("保存并继续")
	p.mustFill("立项依据", text["basis"])
	p.mustPress("保存并继续")
	p.mustGoto("/applications/"+ref, 200)
	p.mustNotSee("main", "需要处理", "错误")
	if number := p.mustSubmitAll(); number != firstNumber {
		t.Errorf("the number is %q", number)
	}
}
