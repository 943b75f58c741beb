package guideline

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	f.Add(string(Shipped))
	for _, fixture := range fixtures {
		f.Add(fixture.text)
		f.Add(strings.ReplaceAll(fixture.text, "\n", " "))
	}
	for _, h := range mustHabits(f) {
		f.Add(h.text)
		for _, m := range mutations {
			f.Add(m.mutate(h.text))
		}
	}
	f.Fuzz(checkConserved)
}

// fragments are what documents are made of; bytes that a fuzzer changes at random rarely make any of them.
var fragments = []string{
	"\n", "\n", "\n", " ", "　", "\n\n", "。", "；", "，", "、", "：", "（", "）", "《", "》", "/", "-",
	"1.", "2、", "3.", "（1）", "（2）", "一、", "二、", "（一）", "专题一、", "方向1：", "第一部分 ", "①", "10.", "１．",
	"研究内容：", "研究内容", "主要内容：", "研究目标：", "考核指标：", "预期成果：", "课题名称：", "【研究内容】",
	"指南联系人：", "联系人：", "联系方式", "咨询电话：", "联 系 人：", "电话：", "传真：", "地址：", "邮箱：", "手机", "单位：",
	"2023年度湖北省软科学计划重点项目申报指南", "（第一批）", "附件1", "申报条件", "选题方向", "申报要求：", "湖北省科技金融政策研究", "创新体系",
	"申报单位应为独立法人", "形成《科技金融研究报告》", "省科技厅办公室", "规划处", "朱勇进", "李", "杰", "王芳", "欧阳明", "刘处长", "办公室朱勇进",
	"027-87135799", "（027）8713 5799转12", "87135881", "13812345678", "400-880-1234", "+86 27 87135799", "a.b@hubei.gov.cn", "12345",
	"序号\t选题名称\t研究内容\t联系人\t联系电话\n", "1\t", "\t", "研究内容\t", "选题\t处室\t姓名\t电话\n", "选题1、2：", "附件2\n申报书\n", "附件：1.", "2023年5月8日\n", "特此通知。",
	"[bookmark: _GoBack]", "- 1 -", "\r\n", "\v", "\u200b", "\ufeff", "word", "x",
}

// FuzzFragments puts documents together from fragments, one a byte.
func FuzzFragments(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2)) // fixed, so that every run of the tests sees the same documents
	for range 300 {
		document := make([]byte, random.IntN(60))
		for i := range document {
			document[i] = byte(random.IntN(len(fragments)))
		}
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		var text strings.Builder
		for _, c := range choices {
			text.WriteString(fragments[int(c)%len(fragments)])
		}
		checkConserved(t, text.String())
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(Shipped)
	for _, c := range encodings {
		f.Add(c.document)
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		text, err := Decode(document)
		if err != nil {
			if text != "" {
				t.Error("a refusal with text")
			}
			for _, known := range []error{ErrTooLarge, ErrEmpty, ErrBinary, ErrEncoding} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Errorf("unknown refusal %v", err)
		}
		if err == nil && (!utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00\x01\x1b")) {
			t.Errorf("decoded to %q", text)
		}
	})
}

func BenchmarkParseShipped(b *testing.B) {
	text := string(Shipped)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Parse(text)
	}
}

// shapes are what could make a reader slow when it is long: many topics, one long line, many numbers, many contacts,
// nested headings without topics, nothing but marks.
var shapes = []struct{ name, begin, repeated string }{
	{"topics", "申报指南\n", "1.甲研究\n研究内容：调研梳理现状，提出对策建议。形成《报告》。\n指南联系人：办公室 李杰 027-87135825\n"},
	{"topics on one line", "申报指南 ", "1.甲研究 研究内容：调研梳理现状，提出对策建议。形成《报告》。 指南联系人：办公室 李杰 027-87135825 "},
	{"table", "序号\t选题名称\t研究内容\t联系人\n", "1\t甲研究\t调研梳理现状，提出对策建议。\t办公室 李杰 027-87135825\n"},
	{"table without heading", "", "1\t甲\n"},
	{"keys", "", "选题名称\t甲研究\n研究内容\t调研\n联系人\t李杰\n"},
	{"contacts for topics", "1.甲研究\n研究内容：乙。\n", "选题1：办公室 李杰 027-87135825\n"},
	{"annexes", "", "附件1\n申报书\n"},
	{"prose", "", "调研梳理现状，"},
	{"numbers", "", "1.甲 "},
	{"numbered lines", "", "一、甲\n（一）乙\n1.丙\n"},
	{"contacts", "1.甲研究\n联系人：", "处 李 027-1 "},
	{"contact lines", "1.甲研究\n联系人：", "李杰 027-87135825\n"},
	{"lines without number", "", "甲研究\n"},
	{"digits", "联系人：", "1"},
	{"latin", "联系人：", "a"},
	{"brackets", "", "《"},
	{"artefacts", "", "甲[bookmark: a]"},
	{"empty lines", "", "\n"},
	{"labels", "", "研究内容：联系人："},
}

// long repeats a shape up to a number of characters.
func long(begin, repeated string, characters int) string {
	return begin + strings.Repeat(repeated, characters/utf8.RuneCountInString(repeated))
}

// BenchmarkParseLong reads 200 pages of each shape; each should take less than a second.
func BenchmarkParseLong(b *testing.B) {
	for _, shape := range shapes {
		text := long(shape.begin, shape.repeated, 200_000)
		b.Run(shape.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Parse(text)
			}
		})
	}
}
