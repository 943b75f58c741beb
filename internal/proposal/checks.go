package proposal

import (
	"fmt"
	"strings"
	"time"

	"softsci/internal/form"
	"softsci/internal/portal"
)

func unknown(sum string) Finding { return Finding{Verdict: Unknown, Sum: sum} }

// verdict is Yes or No with the same sum.
func verdict(right bool, sum string) Finding {
	if right {
		return Finding{Verdict: Yes, Sum: sum}
	}
	return Finding{Verdict: No, Sum: sum}
}

// forAPerson is the check of what the form says nothing about.
func forAPerson(sheet) Finding { return unknown("") }

// What the places 1–8 of a 统一社会信用代码 tell (GB 32100-2015, GB/T 2260).
const (
	inHubei    = "42"     // the region of a unit that Hubei registered
	nationwide = "100000" // registered by a department of the state, wherever it sits
	household  = "92"     // 个体工商户, which is no legal person
)

func checkUnit(s sheet) Finding {
	typed := s.value(Cover, "unit_code")
	if strings.TrimSpace(typed) == "" {
		return unknown("")
	}
	code, err := portal.ParseUnitCode(typed)
	if err != nil {
		return Finding{Verdict: No, Sum: err.Error(), Field: "unit_code"}
	}
	region := string(code[2:8])
	switch {
	case strings.HasPrefix(string(code), household):
		return Finding{Verdict: No, Sum: "统一社会信用代码属于个体工商户，不是法人", Field: "unit_code"}
	case region == nationwide:
		return unknown("代码有效，由国家级机关登记，注册地请对照证书")
	case !strings.HasPrefix(region, inHubei):
		return Finding{Verdict: No, Sum: "统一社会信用代码的行政区划 " + region + " 不在湖北省（" + inHubei + " 开头），请核对注册地", Field: "unit_code"}
	}
	return verdict(true, "代码有效，登记机关的行政区划 "+region+" 在湖北省")
}

func checkLeader(s sheet) Finding {
	title, post := s.value(Leader, "title"), strings.TrimSpace(s.value(Leader, "post"))
	switch {
	case title == "":
		return unknown("")
	case senior(title):
		return verdict(true, "职称 "+title)
	case post == "":
		return verdict(false, "职称 "+title+"，不是高级职称；有同等职务的，请填写职务")
	}
	return verdict(false, "职称 "+title+"，不是高级职称；职务 "+post+" 是否为同等职务，由联系人认定")
}

// checkOnce is told of others by name and unit; that they are the same person is for
// people to say. Where identity numbers are collected, the database says it at the
// submission.
func checkOnce(s sheet) Finding {
	o := s.others
	switch {
	case !o.Known:
		return unknown("")
	case o.Count == 0:
		return unknown("本年度没有同名同单位的其他申报")
	}
	sum := fmt.Sprintf("本年度同名同单位的申报 %d 份", o.Count)
	if len(o.Numbers) > 0 {
		sum += "：" + strings.Join(o.Numbers, "、")
		if n := o.Hidden(); n > 0 {
			sum += fmt.Sprintf("，另有 %d 份", n)
		}
	}
	return verdict(false, sum+"。请核对是否为同一人")
}

func checkTeamSize(s sheet) Finding {
	n, most := len(s.rows(Team, "")), s.rules.TeamMax
	switch {
	case n == 0:
		return unknown("")
	case n > most:
		return verdict(false, fmt.Sprintf("项目组成员最多 %d 人，现有 %d 人，请删去 %d 人", most, n, n-most))
	}
	return verdict(true, fmt.Sprintf("%d 人，最多 %d 人", n, most))
}

func checkTeamSenior(s sheet) Finding {
	f := s.forms[Team]
	if f == nil || f.Rows == nil {
		return unknown("")
	}
	n, all := seniors(f)
	if all == 0 {
		return unknown("")
	}
	return verdict(n*100 >= s.rules.SeniorPercent*all, fmt.Sprintf("高级职称 %d/%d = %d%%，要求不低于 %d%%", n, all, n*100/all, s.rules.SeniorPercent))
}

func checkTeamLeader(s sheet) Finding {
	leader := portal.Normal(s.value(Leader, "name"))
	if leader == "" {
		return unknown("")
	}
	for _, id := range s.rows(Team, "") {
		if field := form.RowField("name", id); portal.Normal(s.value(Team, field)) == leader {
			return Finding{Verdict: No, Sum: "与项目负责人同名，请核对：项目组成员不含负责人", Field: field}
		}
	}
	return verdict(true, "")
}

func checkTitle(s sheet) Finding {
	title := s.value(Cover, FieldTitle)
	switch {
	case strings.TrimSpace(title) == "":
		return unknown("")
	case title != s.topic.Title:
		return verdict(false, "项目名称须与选题名称完全一致："+s.topic.Title)
	}
	return verdict(true, "与选题名称完全一致")
}

func checkTerm(s sheet) Finding {
	begins, ok := s.month(Cover, "term_from")
	ends, ok2 := s.month(Cover, "term_to")
	first, err := portal.ParseMonth(s.rules.TermFrom)
	last, err2 := portal.ParseMonth(s.rules.TermTo)
	switch {
	case !ok || !ok2 || err != nil || err2 != nil:
		return unknown("")
	case begins.Before(first) || ends.After(last):
		return verdict(false, fmt.Sprintf("起止年月须在 %s 至 %s 之内", s.rules.TermFrom, s.rules.TermTo))
	}
	return verdict(true, s.value(Cover, "term_from")+" 至 "+s.value(Cover, "term_to"))
}

func checkTermOrder(s sheet) Finding {
	begins, ok := s.month(Cover, "term_from")
	ends, ok2 := s.month(Cover, "term_to")
	if !ok || !ok2 {
		return unknown("")
	}
	return verdict(!ends.Before(begins), "结束年月不能早于开始年月")
}

func checkBirth(s sheet) Finding {
	number, err := portal.ParseIDNumber(s.value(Leader, FieldIDNumber), time.Time{})
	birth, ok := s.month(Leader, "birth")
	if err != nil || !ok {
		return unknown("")
	}
	return verdict(number.Born().Equal(birth), "居民身份证号中的出生年月与填写的出生年月不一致，请核对")
}

func checkProse(s sheet) Finding {
	f := s.forms[Text]
	if f == nil {
		return unknown("")
	}
	n, most := written(f), s.rules.ProseMax
	return verdict(n <= most, fmt.Sprintf("正文合计不能超过 %d 字，现有 %d 字，请删减 %d 字", most, n, n-most))
}

func checkScheduleLength(s sheet) Finding {
	f := s.forms[Text]
	if f == nil {
		return unknown("")
	}
	n, most := scheduled(f), s.rules.SectionMax[schedule]
	return verdict(n <= most, fmt.Sprintf("进度安排不能超过 %d 字，现有 %d 字，请删减 %d 字", most, n, n-most))
}

// stages asks of every stage of the schedule whose months can be read.
func stages(s sheet, column, sum string, right func(from, to time.Time) bool) Finding {
	for _, id := range s.rows(Text, "") {
		from, ok := s.month(Text, form.RowField("from", id))
		to, ok2 := s.month(Text, form.RowField("to", id))
		if ok && ok2 && !right(from, to) {
			return Finding{Verdict: No, Sum: sum, Field: form.RowField(column, id)}
		}
	}
	return verdict(true, "")
}

func checkScheduleOrder(s sheet) Finding {
	return stages(s, "to", "结束年月不能早于开始年月", func(from, to time.Time) bool { return !to.Before(from) })
}

func checkScheduleTerm(s sheet) Finding {
	begins, ok := s.month(Cover, "term_from")
	ends, ok2 := s.month(Cover, "term_to")
	if !ok || !ok2 {
		return unknown("")
	}
	sum := "这个阶段不在项目起止年月（" + s.value(Cover, "term_from") + " 至 " + s.value(Cover, "term_to") + "）之内，请核对"
	return stages(s, "from", sum, func(from, to time.Time) bool { return !from.Before(begins) && !to.After(ends) })
}

func checkDeliverables(s sheet) Finding {
	if len(s.topic.Deliverables) == 0 {
		return verdict(true, "本题没有指定报告名称")
	}
	var names []string
	for _, id := range s.rows(Outcomes, "") {
		names = append(names, portal.Normal(s.value(Outcomes, form.RowField("name", id))))
	}
	for _, report := range s.topic.Deliverables {
		if !strings.Contains(strings.Join(names, "\n"), portal.Normal(report)) {
			return verdict(false, "预期成果中没有《"+report+"》，请核对")
		}
	}
	return verdict(true, "《"+strings.Join(s.topic.Deliverables, "》《")+"》")
}

func checkOutcomesDue(s sheet) Finding {
	ends, ok := s.month(Cover, "term_to")
	if !ok {
		return unknown("")
	}
	for _, id := range s.rows(Outcomes, "") {
		field := form.RowField("due", id)
		if due, ok := s.month(Outcomes, field); ok && due.After(ends) {
			return Finding{Verdict: No, Sum: "完成时间晚于项目的结束年月 " + s.value(Cover, "term_to") + "，请核对", Field: field}
		}
	}
	return verdict(true, "")
}

func checkCeiling(s sheet) Finding {
	grant, err := portal.ParseWan(s.value(Budget, FieldGrant))
	switch most := s.rules.CeilingFen; {
	case err != nil:
		return unknown("")
	case grant > most:
		return verdict(false, fmt.Sprintf("申请专项经费 %s 万元，超过上限 %s 万元", grant.Wan(), most.Wan()))
	default:
		return verdict(true, fmt.Sprintf("申请 %s 万元，上限 %s 万元", grant.Wan(), most.Wan()))
	}
}

func checkBalance(s sheet) Finding {
	f := s.forms[Budget]
	if f == nil {
		return unknown("")
	}
	from, to, ok := sums(f)
	switch {
	case !ok || from == 0 && to == 0:
		return unknown("")
	case from != to:
		return Finding{Verdict: No, Sum: fmt.Sprintf("经费来源合计 %s 万元，支出合计 %s 万元，两边须相等", from.Wan(), to.Wan()), Field: uses[0].name}
	}
	return verdict(true, fmt.Sprintf("来源合计 %s 万元，支出合计 %s 万元", from.Wan(), to.Wan()))
}

func checkCooperation(s sheet) Finding {
	if !s.saved[Team] {
		return unknown("")
	}
	var names []string
	for _, id := range s.rows(Team, Partners) {
		names = append(names, s.value(Team, form.RowField("partner_name", id)))
	}
	if len(names) == 0 {
		return verdict(true, "没有合作单位")
	}
	return unknown("合作单位：" + strings.Join(names, "、") + "；请核对合作协议")
}

func checkPledge(s sheet) Finding {
	if s.pledge == "" {
		return unknown("")
	}
	return unknown("网上承诺已勾选（版本 " + s.pledge + "）；签字盖章请看扫描件")
}

func checkComplete(s sheet) Finding {
	n := 0
	for _, known := range sections {
		if f := s.forms[known.name]; f == nil || !s.saved[known.name] {
			n++
		} else if !f.Check() {
			n += len(f.Problems())
		}
	}
	switch {
	case n > 0:
		return verdict(false, fmt.Sprintf("还有 %d 处缺少或有误", n))
	case s.n > 0:
		return verdict(true, fmt.Sprintf("各部分齐全，系统生成，第 %d 次提交", s.n))
	}
	return verdict(true, "各部分齐全")
}
