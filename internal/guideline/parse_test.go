package guideline

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// fixtures are documents as calls write them, each with what should be read: one line a topic, a contact of the call
// or an unassigned piece, and the codes of the findings, save those that most documents have.
var fixtures = []struct{ name, text, want string }{
	{"顿号与说明", `湖北省2024年度软科学研究专项课题申报指南
一、申报条件
1. 申报单位应为在湖北境内注册的独立法人；
2. 项目负责人应具有高级职称；
3. 项目组成员不超过8人。
二、选题方向
1、湖北省科技金融政策研究；
研究内容：围绕科技金融，提出对策。形成《科技金融研究报告》。
联系人：规划处 李 杰，电话：027－87135825；13812345678
2、湖北省成果转化体系研究
研究内容：围绕成果转化。
联系人：成果处 王芳、张伟 027-87135001、027-87135002
三、申报要求
申报书一式三份。
四、联系方式
业务咨询：规划处 刘云 87135881
技术支持：陈工 400-880-1234
`, `2024 湖北省软科学研究专项 - 课题 - 
1 1、 [二、选题方向] 湖北省科技金融政策研究 | 围绕科技金融，提出对策。形成《科技金融研究报告》。 | 科技金融研究报告 | 规划处/李杰/027-87135825,13812345678/
2 2、 [二、选题方向] 湖北省成果转化体系研究 | 围绕成果转化。 |  | 成果处/王芳/027-87135001/; 成果处/张伟/027-87135002/
call 规划处/刘云/87135881/; /陈工/400-880-1234/
rest 一、申报条件 ⏎ 1. 申报单位应为在湖北境内注册的独立法人； ⏎ 2. 项目负责人应具有高级职称； ⏎ 3. 项目组成员不超过8人。
rest 三、申报要求 ⏎ 申报书一式三份。
phone-local@0`},

	{"括号编号分组", `附件1
2025年度湖北省软科学计划一般项目（第二批）选题指南
一、科技体制改革
（一）科技评价机制研究
【研究内容】
（1）梳理现状；
（2）提出建议，
形成《评价报告》和《政策建议》。
【联系人】政策处 欧阳明 （027）87135000转12 zhengce@hubei.gov.cn
（二）科研诚信建设研究
【研究内容】分析问题。
【联系人】
政策处 李杰
电话：027-87135825
邮箱：li.jie@hubei.gov.cn
传真：027-87135826
二、区域创新
（一）武汉都市圈协同创新研究
【研究内容】分析协同。
【联系人】区域处　孙　刚　027—8713 5837
`, `2025 湖北省软科学计划 - 一般项目 - 第二批
1 （一） [一、科技体制改革] 科技评价机制研究 | （1）梳理现状； ⏎ （2）提出建议，形成《评价报告》和《政策建议》。 | 评价报告,政策建议 | 政策处/欧阳明/027-87135000转12/zhengce@hubei.gov.cn
2 （二） [一、科技体制改革] 科研诚信建设研究 | 分析问题。 |  | 政策处/李杰/027-87135825/li.jie@hubei.gov.cn
1 （一） [二、区域创新] 武汉都市圈协同创新研究 | 分析协同。 |  | 区域处/孙刚/027-87135837/
rest 附件1
rest 传真：027-87135826
`},

	{"专题与方向", `2023年度省软科学研究计划项目申报指南
专题一、数字治理
方向1、政务数据共享研究
研究内容：共享。
指南联系人：大数据处 朱勇进 027-87135799
方向2、数据要素流通研究
研究内容：流通。
指南联系人：大数据处朱勇进027-87135799
专题二、绿色发展
方向1、碳达峰路径研究
研究目标：达峰。
研究内容：路径。
考核指标：提交《碳达峰报告》1份。
指南联系人：社发处 黄纯 027-87135855
`, `2023 省软科学研究计划 - 项目 - 
1 方向1、 [专题一、数字治理] 政务数据共享研究 | 共享。 |  | 大数据处/朱勇进/027-87135799/
2 方向2、 [专题一、数字治理] 数据要素流通研究 | 流通。 |  | 大数据处/朱勇进/027-87135799/
1 方向1、 [专题二、绿色发展] 碳达峰路径研究 | 研究目标：达峰。 ⏎ 研究内容：路径。 ⏎ 考核指标：提交《碳达峰报告》1份。 | 碳达峰报告 | 社发处/黄纯/027-87135855/
contact-glued@2`},

	{"一个选题没有编号", `2023年度湖北省软科学计划定向项目申报指南
湖北省科技投入绩效研究
研究内容：评价绩效，形成《绩效报告》。
指南联系人：省科技厅资管处 黄纯 027-87135855
`, `2023 湖北省软科学计划 - 定向项目 - 
0  [] 湖北省科技投入绩效研究 | 评价绩效，形成《绩效报告》。 | 绩效报告 | 省科技厅资管处/黄纯/027-87135855/
`},

	{"一个选题有标签", `2023年度湖北省软科学计划定向项目申报指南
项目名称：湖北省科技投入绩效研究
主要内容：评价绩效。
咨询电话：027-87135855
`, `2023 湖北省软科学计划 - 定向项目 - 
0  [] 湖北省科技投入绩效研究 | 评价绩效。 |  | //027-87135855/
contact-name-missing@1 contact-department-missing@1`},

	{"自动编号丢失", `2023年度湖北省软科学计划重点项目申报指南
湖北省科技融媒体平台研究
研究内容：融媒体。
指南联系人：办公室 朱勇进 027-87135799
湖北省科技大数据研究
研究内容：大数据。
指南联系人：办公室 刘云 027-87135881
`, `2023 湖北省软科学计划 - 重点项目 - 
0  [] 湖北省科技融媒体平台研究 | 融媒体。 |  | 办公室/朱勇进/027-87135799/
0  [] 湖北省科技大数据研究 | 大数据。 |  | 办公室/刘云/027-87135881/
number-missing@1 number-missing@2`},

	{"缺漏与重号", `2023年度湖北省软科学计划重点项目申报指南
1.甲研究
研究内容：甲。
指南联系人：办公室 朱勇进
2.乙研究
研究内容：
指南联系人：
2.丙研究
研究内容：丙。
5.丁研究
指南联系人：办公室 刘云 027-8713588
4.
研究内容：戊。
指南联系人：办公室 027-87135881
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [] 甲研究 | 甲。 |  | 办公室/朱勇进//
2 2. [] 乙研究 |  |  | 
2 2. [] 丙研究 | 丙。 |  | 
5 5. [] 丁研究 |  |  | 办公室/刘云/027-8713588/
4 4. []  | 戊。 |  | 办公室//027-87135881/
phone-missing@1 content-without-value@2 contact-without-value@2 number-doubled@3 contact-missing@3 number-skipped@4 content-missing@4 topic-title-missing@5 number-order@5 contact-name-missing@5`},

	{"内容里的同式列表", `2023年度湖北省软科学计划重点项目申报指南
1.甲地创新体系研究
研究内容：
1.现状研究
2.问题研究
3.对策研究
指南联系人：办公室 朱勇进 027-87135799
2.乙地创新体系研究
研究内容：
1.梳理现状；
2.分析问题；
3.比较经验；
4.设计指标；
5.提出对策；
6.形成报告；
7.组织论证。
指南联系人：办公室 王芳 027-87135800
3.丙地创新体系研究
研究内容：1.梳理现状；2.分析问题；3.对策研究。
指南联系人：办公室 刘云 027-87135881
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [] 甲地创新体系研究 | 1.现状研究 ⏎ 2.问题研究 ⏎ 3.对策研究 |  | 办公室/朱勇进/027-87135799/
2 2. [] 乙地创新体系研究 | 1.梳理现状； ⏎ 2.分析问题； ⏎ 3.比较经验； ⏎ 4.设计指标； ⏎ 5.提出对策； ⏎ 6.形成报告； ⏎ 7.组织论证。 |  | 办公室/王芳/027-87135800/
3 3. [] 丙地创新体系研究 | 1.梳理现状；2.分析问题；3.对策研究。 |  | 办公室/刘云/027-87135881/
`},

	{"只有联系人可凭", `2023年度湖北省软科学计划重点项目申报指南
欢迎各单位参加。
1.融媒体平台
围绕平台开展工作。
联系人：办公室 朱勇进 027-87135799
2.大数据中心
围绕数据开展工作。
联系人：办公室 刘云 027-87135881
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [] 融媒体平台 | 围绕平台开展工作。 |  | 办公室/朱勇进/027-87135799/
2 2. [] 大数据中心 | 围绕数据开展工作。 |  | 办公室/刘云/027-87135881/
rest 欢迎各单位参加。
topic-title-uncertain@1 content-unlabelled@1 topic-title-uncertain@2 content-unlabelled@2`},

	{"只有题目", `2026年度湖北省软科学研究选题目录
选题方向如下：
1. 湖北省人工智能产业政策研究；2. 湖北省低空经济发展对策研究；
3. 湖北省科技人才评价机制研究。
申报要求
1. 申报人应长期从事科技政策研究
2. 所在单位应支持开展研究
联系人：李杰  027-87135825
`, `2026 湖北省软科学研究 -  - 
1 1. [] 湖北省人工智能产业政策研究 |  |  | 
2 2. [] 湖北省低空经济发展对策研究 |  |  | 
3 3. [] 湖北省科技人才评价机制研究 |  |  | 
call /李杰/027-87135825/
rest 选题方向如下：
rest 申报要求 ⏎ 1. 申报人应长期从事科技政策研究 ⏎ 2. 所在单位应支持开展研究
category-missing@0 content-none@0 contact-of-call@1 contact-of-call@2 contact-of-call@3`},

	{"没有研究内容标签", `2023年度湖北省软科学计划重点项目申报指南
本批课题申报办法
（1）登录系统填写；
（2）按时提交。
（1）甲地创新体系研究
围绕创新体系开展
研究，提出对策。
联系人：办公室 朱勇进 027-87135799/87135800
（2）乙地创新体系研究。围绕乙地开展研究。
联系人：办公室 刘云 027-87135881
`, `2023 湖北省软科学计划 - 重点项目 - 
1 （1） [] 甲地创新体系研究 | 围绕创新体系开展研究，提出对策。 |  | 办公室/朱勇进/027-87135799,87135800/
2 （2） [] 乙地创新体系研究 | 围绕乙地开展研究。 |  | 办公室/刘云/027-87135881/
rest 本批课题申报办法 ⏎ （1）登录系统填写； ⏎ （2）按时提交。
phone-local@1 content-unlabelled@2`},

	{"只有最后有联系人", `2023年度湖北省软科学计划
重点项目申报指南
1.甲地创新体系
对策研究
研究内容：甲。
2.乙地创新体系研究
研究内容：乙。

联系人：规划处 李杰 王芳 027-87135825
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [] 甲地创新体系对策研究 | 甲。 |  | 
2 2. [] 乙地创新体系研究 | 乙。 |  | 
call 规划处/李杰/027-87135825/; 规划处/王芳/027-87135825/
contact-of-call@1 topic-title-wrapped@1 contact-of-call@2 contact-moved-to-call@0 contact-phone-shared@0 contact-phone-shared@0`},

	{"姓名在前", `2023年度湖北省软科学计划重点项目申报指南
1.甲研究
研究内容：甲。
联系人：朱勇进（省科技厅办公室） 电话：027-87135799，联系人：刘处长 手机：138 1234 5678
2.乙研究
研究内容：乙。
联系人：刘云 027-87135881 省科技厅办公室
地址：武汉市武昌区洪山路8号
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [] 甲研究 | 甲。 |  | 省科技厅办公室/朱勇进/027-87135799/; 省科技厅办公室/刘处长/13812345678/
2 2. [] 乙研究 | 乙。 |  | 省科技厅办公室/刘云/027-87135881/
rest 地址：武汉市武昌区洪山路8号
contact-department-inherited@1`},

	{"题目可凭字眼", `2023年度湖北省软科学计划重点项目申报指南
欢迎各单位参加。
1.甲地创新体系研究
2.乙地发展对策
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [] 甲地创新体系研究 |  |  | 
2 2. [] 乙地发展对策 |  |  | 
rest 欢迎各单位参加。
topics-weak@0 content-none@0 contact-missing@1 contact-missing@2`},

	{"题目可凭上文", `2023年度湖北省软科学计划重点项目申报指南
重点支持以下方向
1.湖北科技金融
2.低空经济
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [] 湖北科技金融 |  |  | 
2 2. [] 低空经济 |  |  | 
rest 重点支持以下方向
content-none@0 contact-missing@1 contact-missing@2`},

	{"内容里的外层编号", `2023年度湖北省软科学计划重点项目申报指南
一、重点选题
1.甲地创新体系研究
研究内容：
一、梳理现状。
二、围绕以下研究内容：指标、方法，提出对策。
指南联系人：办公室 朱勇进 027-87135799
2.乙地创新体系研究
研究内容：包括 一、梳理现状 二、提出对策 指南联系人：办公室 刘云 027-87135881
二、一般选题
（1）不限题目。
1.丙地创新体系研究
研究内容：
（1）组织实施
加强组织。
指南联系人：办公室 王芳 027-87135800
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [一、重点选题] 甲地创新体系研究 | 一、梳理现状。 ⏎ 二、围绕以下研究内容：指标、方法，提出对策。 |  | 办公室/朱勇进/027-87135799/
2 2. [一、重点选题] 乙地创新体系研究 | 包括 一、梳理现状 二、提出对策 |  | 办公室/刘云/027-87135881/
1 1. [二、一般选题] 丙地创新体系研究 | （1）组织实施 ⏎ 加强组织。 |  | 办公室/王芳/027-87135800/
rest （1）不限题目。
`},

	{"页码与域代码", `2023年度湖北省软科学计划重点项目申报指南
1.甲研究
研究内容：围绕甲，
- 1 -
提出对策。
指南联系人：HYPERLINK "mailto:a@b.cn"办公室 朱勇进 027-87135799
`, `2023 湖北省软科学计划 - 重点项目 - 
1 1. [] 甲研究 | 围绕甲，提出对策。 |  | 办公室/朱勇进/027-87135799/
artefact-removed@0 artefact-removed@0`},

	{"空文件", "", `0  -  - 
title-missing@0 year-missing@0 plan-missing@0 category-missing@0 label-uncertain@0 no-topics@0`},

	{"没有选题", "今天天气很好。\n我们去公园。", `0  -  - 
rest 今天天气很好。 ⏎ 我们去公园。
title-missing@0 year-missing@0 plan-missing@0 category-missing@0 label-uncertain@0 no-topics@0`},
}

// usual are findings that the fixtures' wants leave out.
var usual = map[string]bool{findUnassigned: true, findDeliverableMissing: true, findContentTitleOnly: true}

// summary shows a proposal in the manner of the fixtures.
func summary(p Proposal) string {
	var lines []string
	add := func(format string, args ...any) {
		lines = append(lines, strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " ⏎ "))
	}
	add("%d %s - %s - %s", p.Year, p.Plan, p.Category, p.Label)
	for _, t := range p.Topics {
		add("%d %s [%s] %s | %s | %s | %s", t.Number, t.Label, t.Group, t.Title, t.Content, strings.Join(t.Deliverables, ","), cards(t.Contacts))
	}
	if len(p.CallContacts) > 0 {
		add("call %s", cards(p.CallContacts))
	}
	for _, piece := range p.Unassigned {
		add("rest %s", piece.Text)
	}
	var codes []string
	for _, f := range p.Findings {
		if !usual[f.Code] {
			codes = append(codes, fmt.Sprintf("%s@%d", f.Code, f.Topic))
		}
	}
	return strings.Join(append(lines, strings.Join(codes, " ")), "\n")
}

func cards(contacts []Contact) string {
	all := make([]string, len(contacts))
	for i, c := range contacts {
		all[i] = fmt.Sprintf("%s/%s/%s/%s", c.Department, c.Name, strings.Join(c.Phones, ","), c.Email)
	}
	return strings.Join(all, "; ")
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			if got := summary(Parse(f.text)); got != f.want {
				t.Errorf("got\n%s\nwant\n%s", got, f.want)
			}
			checkConserved(t, f.text)
			checkConserved(t, strings.ReplaceAll(f.text, "\n", " "))
			checkConserved(t, strings.ReplaceAll(f.text, "\n", ""))
		})
	}
}

// TestJSON fixes the names of the fields and that nothing is null, since pages and stored imports read them.
func TestJSON(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", fixtures[0].text, "1.甲研究\n研究内容：甲。"} {
		bytes, err := json.Marshal(Parse(text))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(bytes), "null") {
			t.Errorf("null in %s", bytes)
		}
	}
	got, err := json.Marshal(Parse("2023年度湖北省软科学计划重点项目申报指南\n1.甲研究\n研究内容：乙。\n指南联系人：办公室 李杰 027-87135825\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"title":"2023年度湖北省软科学计划重点项目申报指南","year":2023,"plan":"湖北省软科学计划","category":"重点项目","label":"","groups":[],` +
		`"topics":[{"number":1,"ordinal":1,"label":"1.","group":"","title":"甲研究","content":"乙。","deliverables":[],` +
		`"contacts":[{"department":"办公室","name":"李杰","phone":"027-87135825","phones":["027-87135825"],"email":"","place":{"start":43,"end":62}}],` +
		`"places":{"title":{"start":25,"end":28},"content":{"start":34,"end":36},"contacts":{"start":43,"end":62}}}],` +
		`"call_contacts":[],"unassigned":[],"findings":[{"severity":"note","code":"deliverable-missing","topic":1,"field":"deliverables","start":34,"end":36,` +
		`"text":"第 1 个选题“甲研究”没有写明成果名称。","suggestion":"如有要求的成果，请填写。"}],"title_place":{"start":0,"end":22}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
