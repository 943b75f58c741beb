package mail

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/*.golden anew")

var letters = Letters{Site: "软科学研究申报", URL: "https://portal.example"}

const (
	number = "2023-RKX1-03-0007"
	title  = "湖北省加快建设具有全国影响力的科技创新中心的路径与对策研究——以武汉东湖科学城为例"
	page   = "https://portal.example/applications/k7m2p9x4q8ra"
	single = "https://portal.example/links/VGhpcyBpcyBhIGxvbmcgc2luZ2xlLXVzZSBsaW5rIHRoYXQgc3RheXMgd2hvbGU"
)

// golden is every letter, by the name of its file.
var golden = map[string]Text{
	"confirm-address": letters.ConfirmAddress(ConfirmAddressProps{Link: single}),
	"reset-password":  letters.ResetPassword(ResetPasswordProps{Link: single, Until: "2023年4月28日 18:00"}),
	"invite":          letters.Invite(InviteProps{Link: single, Role: "指南联系人", Until: "2023年4月29日 17:00"}),
	"submitted": letters.Submitted(SubmittedProps{Number: number, Title: title, Time: "2023年4月28日 16:59:58",
		Reviewer: "战略规划与政策法规处", NextBy: "2023年5月12日", CorrectUntil: "2023年5月4日 17:00", Link: page}),
	"submitted-late": letters.Submitted(SubmittedProps{Number: number, Title: title, Time: "2023年4月28日 16:59:58",
		Link: page}),
	"submitted-to-contact": letters.SubmittedToContact(SubmittedToContactProps{Number: number, Topic: title,
		Unit: "湖北某某大学", Link: "https://portal.example/desk/applications/k7m2p9x4q8ra"}),
	"resubmitted-to-contact": letters.SubmittedToContact(SubmittedToContactProps{Number: number, Topic: title,
		Unit: "湖北某某大学", Again: true, Link: "https://portal.example/desk/applications/k7m2p9x4q8ra"}),
	"withdrawn": letters.Withdrawn(WithdrawnProps{Number: number, Title: title, Reason: "课题组人员变动，暂不申报。"}),
	"accepted":  letters.Accepted(AcceptedProps{Number: number, Title: title, Time: "2023年5月8日 09:12", Link: page}),
	"returned": letters.Returned(ReturnedProps{Number: number, Title: title, By: "战略规划与政策法规处",
		Reasons: []SectionReason{
			{"摘要", "摘要没有说明研究方法。\r\n\r\n请补充调研的对象和范围，并说明与已有研究的区别；篇幅仍在四百字以内。"},
			{"", "承诺书的公章不清晰，请重新扫描。"},
		}, Until: "2023年5月15日 17:00", Link: page}),
	"declined": letters.Declined(DeclinedProps{Number: number, Title: title,
		Reason: "形式审查第 5 项：项目负责人不具备副高级以上职称（申报条件二）。", Link: page}),
	"decided-funded": letters.Decided(DecidedProps{Number: number, Title: title, Outcome: "立项",
		Time: "2023年7月10日", Link: page}),
	"decided-not-funded": letters.Decided(DecidedProps{Number: number, Title: title, Outcome: "不予立项",
		Reason: "专家评审未通过：研究内容与指南要求不符。", Time: "2023年7月10日", Link: page}),
	"submitted-with-files": letters.Submitted(SubmittedProps{Number: "2023-RKX1-05-0007", Title: "湖北高质量技术要素市场建设研究", Time: "2023年4月20日 10:15:30", Reviewer: "湖北技术交易所",
		NextBy: "2023年5月8日", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Guideline: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）申报指南 第 2 版",
		Attachments: []Attached{{"诚信承诺书.pdf", "1.2 MB", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"}}, Link: "https://x.invalid/applications/abc"}),
	"corrected": letters.Corrected(CorrectedProps{Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）", Note: "第 3 题联系电话有误，已更正。",
		Link: "https://x.invalid/applications/abc", Changes: "https://x.invalid/batches/2023-softsci-1/changes/2"}),
	"corrected-retired": letters.Corrected(CorrectedProps{Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）", Note: "停用第 3 题。", Retired: true,
		Link: "https://x.invalid/applications/abc", Changes: "https://x.invalid/batches/2023-softsci-1/changes/2"}),
	"writer-added": letters.WriterAdded(WriterProps{Title: title, Leader: "张研究", Kind: "经办人", Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）", Link: page}),
	"writer-invited": letters.WriterInvited(WriterProps{Title: title, Leader: "张研究", Kind: "共同填写", Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）",
		Link: single, Until: "2023年4月29日 17:00"}),
	"writer-removed": letters.WriterRemoved(WriterProps{Title: title, Leader: "张研究", Kind: "经办人", Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）"}),
	"writer-left":    letters.WriterLeft(WriterProps{Title: title, Writer: "王助手", Kind: "经办人", Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）", Link: page}),
	"lead-taken":     letters.LeadTaken(WriterProps{Title: title, Leader: "张研究", Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）", Link: page}),
	"lead-passed-on": letters.LeadPassedOn(WriterProps{Title: title, Leader: "王助手", Kind: "共同填写", Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）", Link: page}),
	"assigned":       letters.Assigned(AssignedProps{Number: number, Topic: title, How: "同事转办", By: "王五 代 李四", Note: "涉及成果转化，请您办理。", Link: "https://portal.example/desk/applications/k7m2p9x4q8ra"}),
	"taken-back":     letters.TakenBack(AssignedProps{Number: number, Topic: title, By: "李四"}),
	"recused": letters.Recused(RecusedProps{Number: number, Topic: title, Who: "李四", Ground: "同一单位", Text: "申报单位“湖北技术交易所”与联系人的单位或部门同名",
		Link: "https://portal.example/admin/recusals"}),
	"deputy-named": letters.DeputyNamed(DeputyProps{For: "李四", Deputy: "王五", First: "2023年5月8日", Last: "2023年5月12日", Link: "https://portal.example/desk"}),
	"deputy-ended": letters.DeputyEnded(DeputyProps{For: "李四", Deputy: "王五"}),
	"extended-for": letters.ExtendedFor(ExtendedForProps{Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）",
		Before: "2023年5月4日 17:00", Until: "2023年5月6日 12:00", Reason: "单位所在地停电", Link: "https://portal.example/applications"}),
	"extension-ended": letters.ExtensionEnded(ExtendedForProps{Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）",
		Before: "2023年5月4日 17:00", Until: "2023年5月6日 12:00"}),
	"confirm-question": letters.ConfirmQuestion(ConfirmQuestionProps{Topic: title, Link: single, Until: "2023年4月30日 17:00"}),
	"question-to-contact": letters.QuestionToContact(QuestionToContactProps{Topic: title, Question: "在读博士能否担任项目负责人？\r\n\r\n导师作为成员参加。", DueBy: "2023年5月4日 17:00:00",
		Link: "https://portal.example/desk/questions/k7m2p9x4q8ra"}),
	"question-to-contact-deputy": letters.QuestionToContact(QuestionToContactProps{Topic: title, Question: "在读博士能否担任项目负责人？", DueBy: "2023年5月4日 17:00:00", Deputy: true}),
	"answered": letters.Answered(AnsweredProps{Topic: title, Question: "在读博士能否担任项目负责人？", Answer: "不能。项目负责人须为在职人员（申报条件二）。",
		Ask: "https://portal.example/batches/2023-softsci-1/topics/5/questions/new"}),
	"answered-public": letters.Answered(AnsweredProps{Topic: title, Question: "在读博士能否担任项目负责人？", Answer: "不能。项目负责人须为在职人员（申报条件二）。",
		Public: "https://portal.example/batches/2023-softsci-1/topics/5", Ask: "https://portal.example/batches/2023-softsci-1/topics/5/questions/new"}),
	"answer-published": letters.AnswerPublished(AnswerPublishedProps{Topic: title, Question: "在读博士能否担任项目负责人？", Answer: "不能。项目负责人须为在职人员（申报条件二）。",
		Link: "https://portal.example/batches/2023-softsci-1/topics/5"}),
	"thread-message": letters.ThreadMessage(ThreadMessageProps{Number: number, Title: title, From: "指南联系人", Words: "请补充合作协议的盖章页。", Link: page}),
	"extended": letters.Extended(ExtendedProps{Batch: "2023年度湖北省软科学计划研究重点项目（第一批竞争类）",
		Before: "2023年5月4日 17:00", Until: "2023年5月11日 17:30", Note: "因网络故障延长一周", Link: "https://portal.example/batches/2023-softsci-1"}),
}

func TestLettersGolden(t *testing.T) {
	t.Parallel()
	for name, text := range golden {
		got := "Subject: " + text.Subject + "\n\n" + text.Body
		path := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s\n(-update writes it)", name, got, want)
		}
	}
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) != len(golden) {
		t.Errorf("%d golden files for %d letters, %v", len(files), len(golden), err)
	}
}

// Every letter has a golden file, and none writes a line that a text mail cannot show.
func TestLettersAllCovered(t *testing.T) {
	t.Parallel()
	kind := reflect.TypeFor[Letters]()
	for i := range kind.NumMethod() {
		stem := strings.ToLower(kind.Method(i).Name)
		found := false
		for name := range golden {
			found = found || strings.HasPrefix(strings.ReplaceAll(name, "-", ""), stem)
		}
		if !found {
			t.Errorf("no golden file for %s", kind.Method(i).Name)
		}
	}
	for name, text := range golden {
		for line := range strings.SplitSeq(text.Body, "\n") {
			if n := columnsOf(line); n > columns+2 && !strings.HasPrefix(line, "https://") {
				t.Errorf("%s: a line of %d columns: %s", name, n, line)
			}
		}
	}
}

// A page gets the same words in whole paragraphs, with only the line ends that are meant.
func TestParagraphsAreTheBodyUnbroken(t *testing.T) {
	t.Parallel()
	dense := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for name, text := range golden {
		if whole := strings.Join(text.Paragraphs, "\n\n"); dense(whole) != dense(text.Body) {
			t.Errorf("%s: the paragraphs are\n%s\nthe body is\n%s", name, whole, text.Body)
		}
	}
	if facts := golden["declined"].Paragraphs[2]; facts != "受理编号："+number+"\n项目名称："+title {
		t.Errorf("the facts of a refusal are %q", facts)
	}
}

// What people typed can neither add a line to the facts nor hide in control characters.
func TestTypedTextStaysInItsPlace(t *testing.T) {
	t.Parallel()
	text := letters.Declined(DeclinedProps{Number: number, Title: "题目\n决定：立项\x1b[2J", Reason: "甲\x00\r\r\n乙", Link: page})
	if !strings.Contains(text.Body, "项目名称：题目 决定：立项 [2J\n") || !strings.Contains(text.Body, "原因：\n甲\n乙\n") {
		t.Errorf("body\n%s", text.Body)
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	han := strings.Repeat("字", 37)
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"short", "一行", "一行"},
		{"kept line breaks", "甲\n乙", "甲\n乙"},
		{"exactly full", han + "字", han + "字"},
		{"one over", han + "字字", han + "字\n字"},
		{"mark stays with its word", han + "字。", han + "\n字。"},
		{"bracket goes with its word", han + "（字）", han + "\n（字）"},
		{"word stays whole", han + "abc", han + "\nabc"},
		{"space at the break is dropped", han + "字 abc", han + "字\nabc"},
		{"link stays whole", strings.Repeat("x", 100), strings.Repeat("x", 100)},
		{"rare characters are wide", strings.Repeat("𬭎", 39), strings.Repeat("𬭎", 38) + "\n𬭎"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := wrap(tt.in); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
