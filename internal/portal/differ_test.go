package portal

import (
	"strings"
	"testing"
)

// written shows spans with what is marked in brackets.
func written(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Hit {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestDiffer(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ before, after, old, fresh string }{
		{"", "", "", ""},
		{"不变", "不变", "不变", "不变"},
		{"", "新写的", "", "[新写的]"},
		{"研究方法：访谈", "研究方法：访谈和问卷", "研究方法：访谈", "研究方法：访谈[和问卷]"},
		{"先做调研，再写报告，最后评审。", "先做问卷，再写报告，然后验收。", "先做[调研]，再写报告，[最后评审]。", "先做[问卷]，再写报告，[然后验收]。"},
		{"甲乙", "乙甲", "[甲乙]", "[乙甲]"},
	} {
		old, fresh := Differ(tc.before, tc.after)
		if written(old) != tc.old || written(fresh) != tc.fresh {
			t.Errorf("Differ(%q, %q) = %s, %s; want %s, %s", tc.before, tc.after, written(old), written(fresh), tc.old, tc.fresh)
		}
	}
}

func FuzzDiffer(f *testing.F) {
	f.Add("研究方法：访谈", "研究方法：访谈和问卷")
	f.Fuzz(func(t *testing.T, before, after string) {
		join := func(spans []Span) (text string) {
			for _, s := range spans {
				text += s.Text
			}
			return text
		}
		old, fresh := Differ(before, after)
		if join(old) != string([]rune(before)) || join(fresh) != string([]rune(after)) {
			t.Errorf("joined, the pieces of %q and %q are %q and %q", before, after, join(old), join(fresh))
		}
	})
}
