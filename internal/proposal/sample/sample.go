// Package sample is a complete 申报书 of people nobody is, for tests and benchmarks.
package sample

import (
	"net/url"
	"strings"

	"softsci/internal/portal"
)

// Sections are the names of the sections in their order.
var Sections = []string{"cover", "leader", "team", "text", "outcomes", "budget"}

// Answers are complete and right answers of every section under the default rules. The
// IDs of rows stand once in a section.
func Answers(topic portal.Topic) map[string]map[string]string {
	report := "建设路径研究报告"
	if len(topic.Deliverables) > 0 {
		report = topic.Deliverables[0]
	}
	return map[string]map[string]string{
		"cover": {"title": topic.Title, "term_from": "2023-03", "term_to": "2023-09", "unit_name": "示范大学", "unit_code": "91350100M000100Y43",
			"unit_kind": "高校", "unit_head": "李校长", "unit_address": "示范市示范路 1 号", "unit_postcode": "430000", "unit_contact": "王处长",
			"unit_mobile": "13800000000", "unit_phone": "027-87654321", "unit_email": "office@x.invalid"},
		"leader": {"name": "张研究", "gender": "女", "birth": "1980-05", "education": "研究生", "degree": "博士", "title": "正高", "post": "教授", "field": "科技管理",
			"department": "管理学院", "mobile": "13900000000", "phone": "", "email": "zhang@x.invalid",
			"agent_same": "yes", "agent_name": "", "agent_mobile": "", "agent_email": ""},
		"team": {"rows": "a b", "rows.partner": "", "name-a": "赵一", "gender-a": "男", "birth-a": "1985-01", "title-a": "副高", "field-a": "经济学", "unit-a": "示范大学", "task-a": "调研", "months-a": "6",
			"name-b": "钱二", "gender-b": "女", "birth-b": "1990-02", "title-b": "中级", "field-b": "统计学", "unit-b": "示范大学", "task-b": "数据分析", "months-b": "4"},
		"text": {"abstract": "研究湖北高质量技术要素市场的建设路径。", "keywords": "技术要素；市场；湖北", "basis": "国内外研究现状。", "goals": "目标与内容。",
			"method": "访谈、问卷与比较研究。", "novelty": "提出新的分析框架。", "foundation": "课题组有相关基础。", "rows": "a b",
			"from-a": "2023-03", "to-a": "2023-05", "work-a": "文献梳理，访谈和问卷调查。", "result-a": "调研报告",
			"from-b": "2023-06", "to-b": "2023-09", "work-b": "分析数据，撰写报告，组织结题。", "result-b": "研究报告"},
		"outcomes": {"rows": "a", "rows.prior": "p", "prior_kind-p": "论文", "prior_name-p": "技术要素市场的区域比较", "prior_date-p": "2021-06", "prior_note-p": "发表于《科技管理》",
			"kind-a": "研究报告", "name-a": report, "words-a": "30", "due-a": "2023-09", "measure-a": "被主管部门采纳。"},
		"budget": {"grant": "5", "own": "1.50", "other": "", "equipment": "0.5", "operation": "3", "labour": "2", "indirect": "1"},
	}
}

// Posted are a section's answers as its page posts them: the IDs of rows one by one.
func Posted(answers map[string]string) url.Values {
	values := url.Values{}
	for field, value := range answers {
		if strings.HasPrefix(field, "rows") {
			values[field] = strings.Fields(value)
		} else {
			values.Set(field, value)
		}
	}
	return values
}
