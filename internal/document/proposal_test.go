package document

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"softsci/internal/portal"
)

// needProgram skips where pdftotext is not installed. CI has it, by .ci/need.
func needProgram(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext, of Debian's poppler-utils, is not installed")
	}
}

func mustPropose(t testing.TB, props ProposalProps) []byte {
	t.Helper()
	pdf, err := Proposal(props)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// mustRead gives the pages' texts as a reader copies them.
func mustRead(t testing.TB, pdf []byte, options ...string) []string {
	t.Helper()
	command := exec.Command("pdftotext", append(options, "-", "-")...)
	command.Stdin = bytes.NewReader(pdf)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	text, err := command.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("pdftotext: %v %s", err, complaints.String())
	}
	pages := strings.Split(string(text), "\f")
	return pages[:len(pages)-1]
}

// footPattern is the foot of a page without white space.
var footPattern = regexp.MustCompile(`受理编号2023-RKX1-03-0007第2版SHA-256[0-9a-f]{16}第\d+页共\d+页$`)

var white = regexp.MustCompile(`\s+`)

// tight is a text without white space: where a line was broken is not part of it.
func tight(text string) string { return white.ReplaceAllString(text, "") }

func TestProposalSaysEverything(t *testing.T) {
	t.Parallel()
	needProgram(t)
	props := fullForm()
	var whole strings.Builder
	for _, page := range mustRead(t, mustPropose(t, props), "-raw") { // cell by cell
		whole.WriteString(footPattern.ReplaceAllString(tight(page), ""))
	}
	text, c := whole.String(), props.Cover
	want := []string{"2023年度湖北省软科学计划研究重点项目（第一批竞争类）", "申报书", "送达", props.Arrived, props.SHA256, c.Title, c.Topic, c.Batch, c.Unit, c.Leader, c.Term, c.Date, "承诺与审核意见", "年月日"}
	for _, section := range props.Sections {
		want = append(want, section.Label)
		for _, block := range section.Blocks {
			switch block := block.(type) {
			case Fields:
				for _, f := range block {
					want = append(want, f.Label, f.Value)
				}
			case Budget:
				for _, f := range append(block.Sources, block.Uses...) {
					want = append(want, f.Label, f.Value)
				}
				want = append(want, block.SourcesSum)
			case Attachments:
				for _, a := range block {
					want = append(want, a.Name, a.Kind, portal.SizeText(a.Size), a.SHA256)
				}
			case Table:
				want = append(append(want, block.Label), block.Columns...)
				want = append(want, slices.Concat(block.Rows...)...)
			case Prose:
				want = append(want, block.Label, block.Text)
			case GuidelineText:
				want = append(want, block.Title, block.Content, "第3版")
			}
		}
	}
	for _, o := range props.Opinions {
		want = append(want, o.Label, o.Text)
		want = append(want, o.Lines...)
	}
	for _, value := range want {
		if !strings.Contains(text, tight(value)) {
			t.Errorf("the document does not say %q", value)
		}
	}
	if got := strings.Count(text, "□"); got > 0 {
		t.Errorf("%d characters are missing in the fonts", got)
	}
}

func TestProposalEveryPage(t *testing.T) {
	t.Parallel()
	needProgram(t)
	draft := fullForm()
	draft.Draft, draft.Number, draft.Version, draft.SHA256, draft.Arrived = true, "", 0, "", ""
	for name, test := range map[string]struct {
		props ProposalProps
		says  []string
	}{
		"submitted": {fullForm(), []string{"受理编号 2023-RKX1-03-0007", "第 2 版", "SHA-256 0123456789abcdef"}},
		"draft":     {draft, []string{"草稿，未提交，不作为申报材料"}},
	} {
		pages := mustRead(t, mustPropose(t, test.props))
		if len(pages) < 15 || len(pages) > 25 {
			t.Errorf("%s: %d pages", name, len(pages))
		}
		for i, page := range pages {
			for _, want := range append(test.says, fmt.Sprintf("第 %d 页 共 %d 页", i+1, len(pages))) {
				if !strings.Contains(tight(page), tight(want)) {
					t.Errorf("%s: page %d does not say %q", name, i+1, want)
				}
			}
		}
		if marked := strings.Contains(pages[5], "草稿"); marked != test.props.Draft {
			t.Errorf("%s: marked as a draft: %v", name, marked)
		}
	}
}

// TestProposalProse holds the text of a long section together over its pages.
func TestProposalProse(t *testing.T) {
	t.Parallel()
	needProgram(t)
	props := fullForm()
	props.Sections = []Section{{"正文", []Block{Prose{"立项依据", essay(3000)}}}}
	var text strings.Builder
	for _, page := range mustRead(t, mustPropose(t, props))[1:] { // the cover spaces its one great word
		if regexp.MustCompile(`\p{Han} \p{Han}`).MatchString(regexp.MustCompile(`第.*页`).ReplaceAllString(page, "")) {
			t.Error("characters are spread so that they read as words")
		}
		text.WriteString(footPattern.ReplaceAllString(tight(page), ""))
	}
	if !strings.Contains(text.String(), tight(essay(3000))) {
		t.Error("the prose is not read as it was written")
	}
}

// TestShortTableStays keeps the sums of a budget below its amounts, wherever it begins.
func TestShortTableStays(t *testing.T) {
	t.Parallel()
	needProgram(t)
	budget := Budget{Sources: []Field{{"专项经费", "5.00"}, {"自筹经费", "1.20"}}, Uses: []Field{{"业务费", "6.20"}}, SourcesSum: "6.20", UsesSum: "6.20"}
	for lines := 14; lines < 24; lines++ { // a page holds 22
		props := ProposalProps{Sections: []Section{{"前文", []Block{Prose{"", strings.Repeat("一行\n", lines)}}}, {"经费预算", []Block{budget}}}}
		for _, page := range mustRead(t, mustPropose(t, props)) {
			if strings.Contains(page, "专项经费") != strings.Contains(page, "来源合计") {
				t.Errorf("after %d lines the sums stand alone", lines)
			}
		}
	}
}

func TestLongTable(t *testing.T) {
	t.Parallel()
	needProgram(t)
	table := Table{Columns: []string{"序次", "工作内容", "完成时间"}}
	for i := range 120 {
		table.Rows = append(table.Rows, []string{fmt.Sprintf("R%03d", i), "调研与访谈，形成阶段性报告", "2023-09"})
	}
	pages := mustRead(t, mustPropose(t, ProposalProps{Sections: []Section{{"进度安排", []Block{table}}}}))
	if len(pages) < 5 {
		t.Fatalf("only %d pages", len(pages))
	}
	next := 0
	for i, page := range pages[1:] {
		if n := strings.Count(page, "工作内容"); n != 1 {
			t.Errorf("page %d has the header %d times", i+2, n)
		}
		for strings.Contains(page, fmt.Sprintf("R%03d", next)) {
			next++
		}
	}
	if next != 120 {
		t.Errorf("the rows end with %d", next)
	}
}

// TestTallRow breaks a row that no page can hold, and keeps one that a page can.
func TestTallRow(t *testing.T) {
	t.Parallel()
	needProgram(t)
	table := Table{Columns: []string{"名称", "考核指标"}, Rows: [][]string{{"甲", essay(4000)}, {"乙", "短"}, {"丙", essay(500)}}}
	pages := mustRead(t, mustPropose(t, ProposalProps{Sections: []Section{{"预期成果", []Block{table}}}}))
	if text := tight(strings.Join(pages, "")); !strings.Contains(text, "甲") || !strings.Contains(text, "丙") {
		t.Error("a row is lost")
	}
	if len(pages) < 5 || len(pages) > 10 {
		t.Errorf("%d pages", len(pages))
	}
	whole := false
	for _, page := range pages {
		whole = whole || strings.Contains(page, "丙") && strings.Contains(tight(page), tight(essay(500))[400:420])
	}
	if !whole {
		t.Error("a row of 500 characters is parted")
	}
}

func TestProposalHeadingStays(t *testing.T) {
	t.Parallel()
	needProgram(t)
	for lines := 14; lines < 24; lines++ { // a page holds 22
		props := ProposalProps{Sections: []Section{
			{"前文", []Block{Prose{"", strings.Repeat("一行\n", lines)}}},
			{"标题在此", []Block{Prose{"小标题", "正文第一行"}, Prose{"另一个", "正文"}}}}}
		for _, page := range mustRead(t, mustPropose(t, props)) {
			if strings.Contains(page, "标题在此") != strings.Contains(page, "正文第一行") {
				t.Errorf("after %d lines the heading stands alone", lines)
			}
		}
	}
}

func TestProposalOutlineAndInfo(t *testing.T) {
	t.Parallel()
	pdf := mustPropose(t, fullForm())
	for what, want := range map[string]string{
		"language": "/Lang (zh-CN)",
		"title":    "/Title <" + utf16Hex("\uFEFF"+fullForm().Cover.Title+" 申报书") + ">",
		"author":   "/Author <" + utf16Hex("\uFEFF湖北省科技信息研究院 王𬭎喆") + ">",
		"outline":  "/PageMode /UseOutlines",
	} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("no %s", what)
		}
	}
}

func TestProposalDeterministic(t *testing.T) {
	t.Parallel()
	want := sha256.Sum256(mustPropose(t, fullForm()))
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			pdf, err := Proposal(fullForm())
			if got := sha256.Sum256(pdf); err != nil || got != want {
				t.Errorf("the same form gives other bytes: %x, want %x, %v", got, want, err)
			}
		})
	}
	wait.Wait()
}

// TestProposalSmall is the limit that a full form keeps, in bytes.
func TestProposalSmall(t *testing.T) {
	t.Parallel()
	if n := len(mustPropose(t, fullForm())); n > 400_000 {
		t.Errorf("a full form has %d bytes", n)
	}
}

func TestProposalEmpty(t *testing.T) {
	t.Parallel()
	needProgram(t)
	props := ProposalProps{Sections: []Section{{}, {"", []Block{nil, Fields{}, Prose{}, Table{}, Budget{}, Attachments{}, GuidelineText{}}}}, Opinions: []Opinion{{}}}
	if pages := mustRead(t, mustPropose(t, props)); len(pages) < 3 {
		t.Errorf("%d pages", len(pages))
	}
	if pages := mustRead(t, mustPropose(t, ProposalProps{})); len(pages) != 1 {
		t.Errorf("nothing gives %d pages", len(pages))
	}
}

// everywhere is a form that says one text in every place.
func everywhere(text string) ProposalProps {
	f := []Field{{text, text}, {text, text}, {"短", text}}
	return ProposalProps{
		Call: text, Number: text, Version: 1, SHA256: text, Arrived: text,
		Cover: Cover{text, text, text, text, text, text, text},
		Sections: []Section{{text, []Block{Fields(f), Prose{text, text}, Table{text, []string{text, text, "列"}, [][]string{{text, text, text, text}, {text}}},
			Budget{f, f[:1], text, text}, Attachments{{text, text, -1, text}}, GuidelineText{text, text, 0}}}},
		Opinions: []Opinion{{text, text, []string{text, text}}},
	}
}

// hard are texts that have broken documents elsewhere.
var hard = []string{
	"", " ", "\n\n\n", "\x00\x01\x1b", "\xff\xfe\xed\xa0\x80", "👩‍👩‍👧‍👦🏳️‍🌈🇨🇳", "\u202E\u2066abc\u2069", "שלום مرحبا", "ก็ำ้", "\U0002A6A5𠀀\U0010FFFF", "e\u0301\u0301\u0301",
	"(((([[[[{{{{\\\\))", "%PDF-1.7 endobj stream", strings.Repeat("。", 200), strings.Repeat("（", 200), strings.Repeat("a", 900), strings.Repeat("字\n", 90), strings.Repeat("　", 400),
	strings.Repeat("宽", 700), "\uFFFE\uFFFF", "<>&\"'",
}

func TestProposalHardTexts(t *testing.T) {
	t.Parallel()
	needProgram(t)
	for _, text := range hard {
		mustRead(t, mustPropose(t, everywhere(text)))
	}
	wideTable := Table{Columns: make([]string, 300), Rows: [][]string{{"值"}}}
	mustRead(t, mustPropose(t, ProposalProps{Sections: []Section{{"宽", []Block{wideTable}}}}))
	for i := range wideTable.Columns {
		wideTable.Columns[i] = "很长的列标题"
	}
	mustRead(t, mustPropose(t, ProposalProps{Sections: []Section{{"宽", []Block{wideTable}}}}))
}

func FuzzProposal(f *testing.F) {
	f.Add("湖北省软科学研究（“三螺旋”），2018 年 1.96%。") // TestProposalHardTexts has more
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 5000 {
			t.Skip("long texts are tried elsewhere")
		}
		pdf := mustPropose(t, everywhere(text))
		if _, err := objectsOf(pdf); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkProposal(b *testing.B) {
	props := fullForm()
	b.ReportAllocs()
	for b.Loop() {
		mustPropose(b, props)
	}
}
