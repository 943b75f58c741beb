package document

import (
	"fmt"
	"strings"
)

// hash is a made-up SHA-256.
func hash(n int) string { return strings.Repeat(fmt.Sprintf("%02x", n), 32) }

// essay is prose of that many characters, with the marks and words that Chinese
// prose of this kind has.
func essay(n int) string {
	const text = "湖北省地处长江中游，是全国重要的科教大省。近年来，全省深入实施创新驱动发展战略，研发经费投入强度由 2018 年的 1.96% 提高到 2022 年的 2.33%，" +
		"但科技成果“就地转化率”仍然偏低（不足 40%），与《“十四五”科技创新规划》提出的目标存在差距。国外学者（Etzkowitz & Leydesdorff，2000）提出的“三螺旋”理论认为，" +
		"大学、产业、政府之间的互动是创新系统演化的核心动力；国内研究则多从要素流动、制度供给、区域协同等角度展开——其中对县域创新体系的讨论还不充分……\n" +
		"本课题拟在 5 个市（州）、12 个县（市、区）开展问卷调查和深度访谈，采用 fsQCA、DEA-Malmquist 指数与空间计量（SDM）等方法，回答三个问题：其一，" +
		"哪些条件组合能够产生高水平的成果转化；其二，政策工具之间是互补还是替代；其三，如何设计可操作的激励机制。数据来自 https://data.stats.gov.cn/easyquery.htm?cn=E0103 等公开渠道。\n"
	all := []rune(strings.Repeat(text, n/len([]rune(text))+1))
	return string(all[:n])
}

// fullForm is a form as large as the rules allow: 8,000 characters of prose, eight
// members, a budget, four files.
func fullForm() ProposalProps {
	parts := []string{"立项依据", "研究目标与主要内容", "思路方法与技术路线", "创新点", "进度安排", "研究基础与保障"}
	text := []Block{Prose{"摘要", essay(400)}, Fields{{"关键词", "县域创新；成果转化；政策工具；湖北省"}}}
	for i, part := range parts {
		text = append(text, Prose{part, essay([]int{1800, 1800, 1600, 800, 800, 1200}[i])})
	}
	var members [][]string
	for i, name := range []string{"王𬭎喆", "欧阳明华", "李思", "阿卜杜热西提·买买提", "陈煊", "赵昉", "孙晓明", "周琳"} {
		members = append(members, []string{name, "男", fmt.Sprintf("198%d-0%d", i, i+1), []string{"正高", "副高", "中级", "初级"}[i%4], "科技管理与政策",
			"湖北省科技信息研究院区域创新研究所", "负责第" + numeral(i+1) + "专题的调研设计、数据采集和报告撰写", fmt.Sprint(i + 1)})
	}
	return ProposalProps{
		Call: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）申报指南", Number: "2023-RKX1-03-0007", Version: 2, SHA256: "0123456789abcdef" + hash(0xa7)[16:],
		Arrived: "2023年4月28日 16:59:58",
		Cover: Cover{Title: "县域科技创新能力提升路径与政策工具组合研究——以湖北省为例", Topic: "3. 县域科技创新能力提升路径研究", Batch: "2023年度第一批（竞争类）",
			Unit: "湖北省科技信息研究院", Leader: "王𬭎喆", Term: "2023年3月至2023年9月", Date: "2023年4月28日"},
		Sections: []Section{
			{"封面与单位信息", []Block{Fields{{"单位名称", "湖北省科技信息研究院"}, {"统一社会信用代码", "91350100M000100Y43"}, {"单位性质", "科研院所"}, {"法定代表人", "张三丰"},
				{"通讯地址", "湖北省武汉市洪山区洪山路 2 号湖北科教大厦 D 座 12 层"}, {"邮编", "430071"}, {"单位联系人", "李四"}, {"联系人手机", "13900001111"}, {"座机", "027-87135799"}, {"邮箱", "contact.person@hbstl.example.org.cn"}}}},
			{"项目负责人", []Block{Fields{{"姓名", "王𬭎喆"}, {"性别", "男"}, {"出生年月", "1975-06"}, {"学历", "研究生"}, {"学位", "博士"}, {"职称", "正高"}, {"职务", "副院长"}, {"从事专业", "科技管理"}, {"所在部门", "区域创新研究所"}, {"手机", "13800002222"}, {"座机", ""}, {"邮箱", "wang@hbstl.example.org.cn"}}}},
			{"项目组成员", []Block{Table{Columns: []string{"姓名", "性别", "出生年月", "职称", "专业", "单位", "分工", "每年工作月数"}, Rows: members}}},
			{"摘要与正文", text},
			{"预期成果", []Block{
				Table{Label: "预期成果", Columns: []string{"成果形式", "名称", "字数（千字）", "完成时间", "考核指标"}, Rows: [][]string{
					{"研究报告", "《湖北省县域科技创新能力提升路径研究报告》", "30", "2023-09", "通过专家评审，提交省科技厅"}, {"决策专报", "关于提升县域创新能力的若干建议", "3", "2023-08", "获厅级以上领导批示或被部门采纳"}}},
				Table{Label: "前期成果", Columns: []string{"名称", "形式", "时间"}}}},
			{"经费预算", []Block{Budget{Sources: []Field{{"申请专项经费", "5.00"}, {"自筹经费", "1.20"}, {"其他经费", "0.00"}}, Uses: []Field{{"设备费", "0.30"}, {"业务费", "3.90"}, {"劳务费", "1.50"}, {"间接费", "0.50"}}, SourcesSum: "6.20", UsesSum: "6.20"}}},
			{"附件", []Block{Attachments{{"诚信承诺书（签字盖章）.pdf", "诚信承诺书", 860, hash(1)}, {"前期成果一.pdf", "前期成果", 2_345_678, hash(2)}, {"合作协议-湖北大学.pdf", "合作协议", 123_456, hash(3)}, {"补充材料.zip", "其他", 15_000_000, hash(4)}}}},
			{"申报指南", []Block{GuidelineText{Title: "县域科技创新能力提升路径研究", Content: essay(500), Version: 3}}},
		},
		Opinions: StandardOpinions("本人承诺：申报书内容真实、完整，不含涉密信息；无科研失信记录；符合申报指南规定的申报条件；团队成员均知情并同意参加。如有不实，愿承担相应责任。"),
	}
}
