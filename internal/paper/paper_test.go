package paper

import (
	"bytes"
	"crypto/sha256"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"softsci/internal/document"
	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/internal/proposal/sample"
)

var topic = portal.Topic{Ordinal: 5, Label: "5.", Title: "湖北高质量技术要素市场建设研究", Content: "研究技术要素市场的现状与路径。"}

// answers are complete, of a leader whose name has a character beyond the first plane.
func answers() map[string]map[string]string {
	all := sample.Answers(topic)
	all["leader"]["name"] = "王𬭎喆"
	all["text"]["basis"] = "第一段：国内研究现状。\n第二段：存在的问题。"
	all["cover"]["term_from"] = "2023年4月"
	return all
}

// frozen is a version as the desk keeps it, with its content.
func frozen(t *testing.T) (portal.Version, portal.Frozen) {
	t.Helper()
	arrived := time.Date(2026, 3, 2, 9, 0, 1, 0, portal.Shanghai)
	content := portal.Frozen{Schema: portal.FrozenSchema, Number: "2023-RKX1-05-0001", N: 2, ArrivedAt: portal.ISO(arrived), Pledge: proposal.PledgeVersion,
		Guideline:   portal.FrozenGuideline{BatchTitle: "2023年度软科学申报指南", Version: 3, Ordinal: 5, Label: topic.Label, Title: topic.Title, Content: topic.Content},
		Attachments: []portal.FrozenFile{{Kind: "pledge", Name: "承诺书.pdf", Size: 12_800, SHA256: strings.Repeat("ab", 32)}}}
	for _, name := range sample.Sections {
		content.Sections = append(content.Sections, portal.FrozenSection{Name: name, Revision: 1, Answers: answers()[name]})
	}
	body, err := portal.Canonical(content)
	if err != nil {
		t.Fatal(err)
	}
	return portal.Version{N: 2, Body: body, SHA256: sha256.Sum256(body), ArrivedAt: arrived}, content
}

// mustSay finds every text in what a reader copies from the paper; where a line was
// broken is not part of it.
func mustSay(t *testing.T, pdf []byte, want ...string) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext, of Debian's poppler-utils, is not installed")
	}
	command := exec.Command("pdftotext", "-raw", "-", "-")
	command.Stdin = bytes.NewReader(pdf)
	raw, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	tight := func(s string) string { return strings.Join(strings.Fields(s), "") }
	said := tight(string(raw))
	for _, text := range want {
		if !strings.Contains(said, tight(text)) {
			t.Errorf("the paper does not say %q", text)
		}
	}
}

func TestSubmittedSaysWhatWasAnswered(t *testing.T) {
	t.Parallel()
	version, content := frozen(t)
	pdf, err := Submitted(version, content)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"项目负责人王𬭎喆", "申报单位示范大学", "起止年月2023年4月至2023年9月", "申报日期2026年3月2日", "受理编号 2023-RKX1-05-0001　第 2 版",
		"承诺书.pdf", "13 KB", "诚信承诺书", topic.Content, "第 3 版", "来源合计", "6.50", "支出合计"}
	shown := map[string]bool{}
	for _, section := range proposal.ReadFrozen(content) {
		want = append(want, section.Label)
		for _, a := range section.Answers {
			want = append(want, strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(a.Label, fromSide), toSide), inWan))
			if strings.HasSuffix(a.Label, inWan) {
				continue // amounts are rounded to two places
			}
			want = append(want, a.Value)
			shown[a.Value] = true
		}
	}
	if !shown["王𬭎喆"] || !shown["被主管部门采纳。"] || len(shown) < 50 {
		t.Fatalf("only %d answers were looked for", len(shown))
	}
	mustSay(t, pdf, want...)
}

func TestDraftSaysThatItIsOne(t *testing.T) {
	t.Parallel()
	app := portal.Application{Title: "路径研究", LeaderName: "王𬭎喆", UnitName: "示范大学", BatchTitle: "2023年度软科学申报指南", Rules: portal.DefaultRules()}
	var saved []portal.Section
	for _, name := range sample.Sections {
		saved = append(saved, portal.Section{Name: name, Revision: 1, Answers: answers()[name]})
	}
	pdf, err := Draft(app, topic, proposal.Fill(app, topic, saved))
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, pdf, "草稿，未提交，不作为申报材料", "项目负责人王𬭎喆", "起止年月2023年4月至2023年9月", "第二段：存在的问题。")
	if pdf, err = Draft(app, topic, proposal.Fill(app, topic, nil)); err != nil || len(pdf) == 0 {
		t.Errorf("nothing was saved yet: %d bytes, %v", len(pdf), err)
	}
}

// TestRowsAreTables: each part of a section has its table under its label, and prose stays
// prose however short it is.
func TestRowsAreTables(t *testing.T) {
	t.Parallel()
	row := func(part, row, label, value string) proposal.Answer {
		return proposal.Answer{Part: part, Row: row, Label: label, Value: value, Prose: true}
	}
	list := blocks([]proposal.Answer{{Label: "关键词", Value: "市场"}, {Label: "摘要", Value: "短", Prose: true},
		row("项目组成员", "成员 1", "姓名", "赵一"), row("项目组成员", "成员 1", "分工", "调研"), row("项目组成员", "成员 2", "姓名", "钱二"), row("项目组成员", "成员 2", "分工", ""),
		row("合作单位", "合作单位 1", "姓名", "示范大学"), row("合作单位", "合作单位 1", "分工", "调研")})
	want := []document.Block{document.Fields{{Label: "关键词", Value: "市场"}}, document.Prose{Label: "摘要", Text: "短"},
		document.Table{Label: "项目组成员", Columns: []string{"序号", "姓名", "分工"}, Rows: [][]string{{"1", "赵一", "调研"}, {"2", "钱二", ""}}},
		document.Table{Label: "合作单位", Columns: []string{"序号", "姓名", "分工"}, Rows: [][]string{{"1", "示范大学", "调研"}}}}
	if !reflect.DeepEqual(list, want) {
		t.Errorf("%+v, want %+v", list, want)
	}
}

func TestBudgetStandsInTwoSides(t *testing.T) {
	t.Parallel()
	list := blocks([]proposal.Answer{{Label: "来源：自筹经费（万元）", Value: "1.5"}, {Label: "支出：业务费（万元）", Value: "2"}, {Label: "支出：劳务费（万元）", Value: "很多"}})
	want := document.Budget{Sources: []document.Field{{Label: "自筹经费", Value: "1.50"}}, SourcesSum: "1.50",
		Uses: []document.Field{{Label: "业务费", Value: "2.00"}, {Label: "劳务费", Value: "很多"}}, UsesSum: "2.00"}
	if len(list) != 1 || !reflect.DeepEqual(list[0], want) {
		t.Errorf("%+v, want %+v", list, want)
	}
}
