package guideline

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	f.Add(string(Shipped))
	for _, fixture := range fixtures {
		f.Add(fixture.text)
		f.Add(strings.ReplaceAll(fixture.text, "\n", " "))
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

// large are long documents of the shapes that could make a reader slow: many topics, one long line, many numbers,
// many contacts, nested headings without topics, nothing but marks.
func large() map[string]string {
	var pages strings.Builder
	pages.WriteString("2023年度湖北省软科学计划重点项目申报指南\n")
	for i := 1; i <= 400; i++ {
		fmt.Fprintf(&pages, "%d.第%d号研究\n研究内容：%s形成《报告》。\n指南联系人：办公室 李杰 027-87135825\n", i, i, strings.Repeat("调研梳理现状，提出对策建议。", 30))
	}
	const size = 200_000 // characters: 200 pages
	return map[string]string{
		"200 pages":        pages.String(),
		"one line":         strings.ReplaceAll(pages.String(), "\n", " "),
		"all prose":        strings.Repeat("调研梳理现状，", size/7),
		"numbers":          strings.Repeat("1.甲 ", size/4),
		"numbered lines":   strings.Repeat("一、甲\n（一）乙\n1.丙\n", size/13),
		"contacts":         "1.甲研究\n联系人：" + strings.Repeat("处 李 027-1 ", size/10),
		"contact lines":    "1.甲研究\n联系人：" + strings.Repeat("李杰 027-87135825\n", size/16),
		"digits":           "联系人：" + strings.Repeat("1", size),
		"latin":            "联系人：" + strings.Repeat("a", size),
		"brackets":         strings.Repeat("《", size),
		"artefacts":        strings.Repeat("甲[bookmark: a]", size/14),
		"empty lines":      strings.Repeat("\n", size),
		"labels":           strings.Repeat("研究内容：联系人：", size/9),
		"unlabelled lines": strings.Repeat("甲研究\n", size/4),
	}
}

// TestLarge holds every shape to a second for 200 pages, with room for a slow machine and the race detector.
func TestLarge(t *testing.T) {
	t.Parallel()
	for name, text := range large() {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			Parse(text)
			took := time.Since(begin)
			t.Log(took)
			if took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
