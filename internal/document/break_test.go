package document

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// half is a measure in which a Chinese character is 2 wide and any other 1.
func half(r rune) float64 {
	if r >= 0x2E80 || strings.ContainsRune("“”…—·", r) {
		return 2
	}
	return 1
}

func broken(text string, room float64) []string {
	var texts []string
	for _, l := range breakLines(text, room, 0, half) {
		texts = append(texts, l.text)
	}
	return texts
}

func TestBreakLines(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		room       float64
		want       []string
	}{
		{"fits", "湖北省", 6, []string{"湖北省"}},
		{"between characters", "湖北省软科学", 8, []string{"湖北省软", "科学"}},
		{"no full stop at the start", "湖北省软。科学", 8, []string{"湖北省", "软。科学"}},
		{"no comma at the start", "湖北省软，科学", 8, []string{"湖北省", "软，科学"}},
		{"no 、 at the start", "湖北省软、科学", 8, []string{"湖北省", "软、科学"}},
		{"no 》 at the start", "《湖北省》软", 8, []string{"《湖北", "省》软"}},
		{"several marks stay together", "软科学》。”研究", 8, []string{"软科", "学》。”", "研究"}},
		{"no （ at the end", "软科学（研究", 8, []string{"软科学", "（研究"}},
		{"no 《 at the end", "软科学《研究", 8, []string{"软科学", "《研究"}},
		{"no “ at the end", "软科学“研究", 8, []string{"软科学", "“研究"}},
		{"half-width brackets", "软科学(研究)报告", 8, []string{"软科学", "(研究)报", "告"}},
		{"a dash is whole", "软科学——研究", 8, []string{"软科", "学——研", "究"}},
		{"an ellipsis is whole", "软科学……研究", 8, []string{"软科", "学……研", "究"}},
		{"the dot of a name", "卡尔·马克思", 6, []string{"卡", "尔·马", "克思"}},
		{"a word is whole", "采用 Malmquist 指数", 12, []string{"采用", "Malmquist 指", "数"}},
		{"a number with its parts", "投入 1,234.56% 提高", 10, []string{"投入", "1,234.56%", "提高"}},
		{"a number of an application", "编号2023-RKX1-03-0007下", 18, []string{"编号", "2023-RKX1-03-0007", "下"}},
		{"an apostrophe", "用 O’Brien 法", 8, []string{"用", "O’Brien", "法"}},
		{"a word too long is cut", "见 abcdefghijkl 处", 5, []string{"见", "abcde", "fghij", "kl 处"}},
		{"marks without end are cut", "。。。。。", 4, []string{"。。", "。。", "。"}},
		{"spaces vanish at the end", "软科 学", 4, []string{"软科", "学"}},
		{"paragraphs", "软\n\n科", 8, []string{"软", "", "科"}},
		{"nothing", "", 8, []string{""}},
		{"no room at all", "软ab", 0, []string{"软", "a", "b"}},
		{"less than none", "软a", -5, []string{"软", "a"}},
	} {
		if got := broken(test.text, test.room); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestBreakLinesIndent(t *testing.T) {
	t.Parallel()
	lines := breakLines("湖北省软科学研究", 8, 4, half)
	want := []line{{"湖北", 4, false}, {"省软科学", 8, false}, {"研究", 4, true}}
	if !slices.Equal(lines, want) {
		t.Errorf("%v, want %v", lines, want)
	}
}

// TestBreakLinesHolds tries texts made of what is difficult, in all widths: nothing
// is lost, no line is too wide, and no line begins or ends with what may not while
// it could do otherwise.
func TestBreakLinesHolds(t *testing.T) {
	t.Parallel()
	pieces := []rune("湖北省科学ab12 。，、》（《“”—…·.-/")
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		text := make([]rune, 1+random.IntN(60))
		for i := range text {
			text[i] = pieces[random.IntN(len(pieces))]
		}
		room := float64(2 + random.IntN(40))
		longest := 0.0
		for _, u := range units(string(text), half) {
			longest = max(longest, u.width)
		}
		lines := breakLines(string(text), room, 0, half)
		var all strings.Builder
		for i, l := range lines {
			all.WriteString(l.text)
			first, _ := utf8.DecodeRuneInString(l.text)
			last, _ := utf8.DecodeLastRuneInString(l.text)
			if l.width > room {
				t.Fatalf("%q in %v: the line %q is too wide", string(text), room, l.text)
			}
			if longest <= room && (i > 0 && strings.ContainsRune("。，、》”", first) || !l.ends && strings.ContainsRune("（《“", last)) {
				t.Fatalf("%q in %v: the line %q", string(text), room, l.text)
			}
		}
		if got, want := strings.ReplaceAll(all.String(), " ", ""), strings.ReplaceAll(string(text), " ", ""); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	}
}
