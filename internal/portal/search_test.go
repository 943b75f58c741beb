package portal

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		texts []string
		want  string // joined by blanks
	}{
		{"nothing", []string{"", " ，。\x00\xff"}, ""},
		{"pairs and the last character", []string{"融媒体"}, "体 媒体 融媒"},
		{"one character", []string{"鄂"}, "鄂"},
		{"punctuation separates", []string{"湖北，武汉"}, "北 武汉 汉 湖北"},
		{"twice is once", []string{"科技", "科技"}, "技 科技"},
		{"beyond the BMP", []string{"王𬭎喆"}, "喆 王𬭎 𬭎喆"},
		{"a plane without a table", []string{"\U00033479\U0003347A"}, "\U00033479\U0003347A \U0003347A"},
		{"compatibility ideographs", []string{"\uf91b"}, "亂"},
		{"variation selectors", []string{"葛\U000e0100城"}, "城 葛城"},
		{"scripts", []string{"5G网络ＡＩ"}, "5g ai 络 网络"},
		{"telephone", []string{"027-87135799"}, "027 02787135799 87135799"},
		{"telephone with a dash", []string{"０２７—87135799"}, "027 02787135799 87135799"},
		{"receipt number", []string{"2023-RKX1-03-0007"}, "0007 03 2023 2023rkx1030007 rkx1"},
		{"hyphens that join nothing", []string{"-a- b--c"}, "a b c"},
		{"a Chinese dash", []string{"A——B"}, "a b"},
		{"a long word", []string{strings.Repeat("x", 3000)}, strings.Repeat("x", wordMax)},
		{"letters and marks", []string{"É e\u0301"}, "é"},
	} {
		if got := strings.Join(Tokens(c.texts...), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, query, like string }{
		{"", "", ""},
		{" ，%_'\\ ", "", ""},
		{"媒", `'媒':*`, "%"},
		{"科技", `'科技'`, "%"},
		{"融媒体", `'融媒' & '媒体'`, "%融媒体%"},
		{"科技 平台", `'科技' & '平台'`, "% %"},
		{"科技，科技", `'科技'`, "%"},
		{"ＲＫＸ1", `'rkx1':*`, "%"},
		{"027-8713", `('0278713':* | '027' & '8713':*)`, "%"},
		{"5G网络", `'5g':* & '网络'`, "% %"},
		{"1 2 3 4 5 6 7 8 9", `'1':* & '2':* & '3':* & '4':* & '5':* & '6':* & '7':* & '8':*`, "% % % % % % % %"},
		{strings.Repeat("x", 200), "'" + strings.Repeat("x", queryMax) + "':*", "%"},
	} {
		s := Query(c.typed)
		var likes []string
		for _, term := range s.Terms {
			likes = append(likes, term.Like())
		}
		if got := s.TSQuery(); got != c.query || strings.Join(likes, " ") != c.like {
			t.Errorf("Query(%q) = %s %q, want %s %q", c.typed, got, likes, c.query, c.like)
		}
	}
}

func TestLexemeIsQuoted(t *testing.T) {
	t.Parallel()
	if got := lexeme(`a'b\c`); got != `'a''b\\c'` {
		t.Errorf("lexeme = %s", got)
	}
}

// shown writes spans with brackets round the hits.
func shown(spans []Span) string {
	var b strings.Builder
	for _, span := range spans {
		if span.Hit {
			b.WriteString("[" + span.Text + "]")
		} else {
			b.WriteString(span.Text)
		}
	}
	return b.String()
}

func TestMark(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, query, want string }{
		{"", "科技", ""},
		{"湖北省科技厅", "", "湖北省科技厅"},
		{"湖北省科技厅", "科技", "湖北省[科技]厅"},
		{"科技科技", "科技", "[科技科技]"},
		{"融媒体平台", "融媒 媒体", "[融媒体]平台"},
		{"ＡＩ与ai", "AI", "[ＡＩ]与[ai]"},
		{"maintain AI", "ai", "maintain [AI]"},
		{"airport", "air", "[air]port"},
		{"㎏重", "kg", "[㎏]重"},
		{"cafe\u0301", "CAFÉ", "[cafe\u0301]"},
		{"葛\U000e0100城", "葛", "[葛\U000e0100]城"},
		{"科\u200b技", "科技", "[科\u200b技]"},
		{"电话027—87135799", "027-87135799", "电话[027—87135799]"},
		{"2023-RKX1-03-0007", "rkx1-03", "2023-[RKX1-03]-0007"},
		{"坏\xff科技\xfe", "科技", "坏\xff[科技]\xfe"},
		{"王𬭎喆", "𬭎", "王[𬭎]喆"},
	} {
		if got := shown(Mark(c.text, Query(c.query))); got != c.want {
			t.Errorf("Mark(%q, %q) = %q, want %q", c.text, c.query, got, c.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	text := "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
	for _, c := range []struct {
		query, want string
		width       int
	}{
		{"一", "[一]二三四五六七八九…", 9},
		{"十", "…七八九[十]甲乙丙丁戊…", 9},
		{"癸", "…乙丙丁戊己庚辛壬[癸]", 9},
		{"猫", "一二三四五六七八九…", 9},
		{"十", "一二三四五六七八九[十]甲乙丙丁戊己庚辛壬癸", 20},
		{"九十甲乙丙", "…八[九十]…", 3},
		{"九 丙", "…八[九]十…", 3},
	} {
		if got := shown(Excerpt(text, Query(c.query), c.width)); got != c.want {
			t.Errorf("Excerpt(%q, %d) = %q, want %q", c.query, c.width, got, c.want)
		}
	}
}

var searchSeeds = []string{
	"湖北省科技融媒体平台建设研究，王𬭎喆 027-87135799", "ＡＩ cafe\u0301 ㎏ ﷺ", "a\xff\x00b", "葛\U000e0100城\u200b", "각ᆨ", "-–—−-", strings.Repeat("\u0301", 70),
}

func FuzzTokens(f *testing.F) {
	for _, seed := range searchSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokens(text)
		if !slices.IsSorted(tokens) || len(slices.Compact(slices.Clone(tokens))) != len(tokens) {
			t.Errorf("not sorted or not distinct: %q", tokens)
		}
		for _, token := range tokens {
			if token == "" || !utf8.ValidString(token) || utf8.RuneCountInString(token) > wordMax || strings.ContainsAny(token, "'\\\x00 -") {
				t.Errorf("token %q", token)
			}
		}
		for _, term := range Query(text).Terms {
			if !found(term.TSQuery(), tokens) && utf8.RuneCountInString(text) <= queryMax {
				t.Errorf("%s does not find the text it was made of: %q", term.TSQuery(), tokens)
			}
		}
	})
}

// Every stretch of ideographs, however short, is found in the text it stands in.
func TestEveryStretchIsFound(t *testing.T) {
	t.Parallel()
	const text = "湖北省科技融媒体平台王𬭎喆"
	tokens, runes := Tokens("前言，"+text+"。5G"), []rune(text)
	for from := range runes {
		for to := from + 1; to <= len(runes); to++ {
			if query := Query(string(runes[from:to])).TSQuery(); !found(query, tokens) {
				t.Errorf("%s is not found", query)
			}
		}
	}
	if found(Query("平台湖").TSQuery(), tokens) {
		t.Error("what does not stand in the text is found")
	}
}

var tsqueryItem = regexp.MustCompile(`'([^']*)'(:\*)?`)

// found evaluates a term's tsquery as PostgreSQL would: & binds tighter than |.
func found(query string, tokens []string) bool {
	return slices.ContainsFunc(strings.Split(strings.Trim(query, "()"), " | "), func(alternative string) bool {
		for _, item := range tsqueryItem.FindAllStringSubmatch(alternative, -1) {
			if !slices.ContainsFunc(tokens, func(token string) bool {
				return token == item[1] || item[2] != "" && strings.HasPrefix(token, item[1])
			}) {
				return false
			}
		}
		return true
	})
}

func FuzzMark(f *testing.F) {
	for _, seed := range searchSeeds {
		f.Add(seed, "科技 ai")
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, text, typed string) {
		s := Query(typed)
		var joined strings.Builder
		last := false
		for i, span := range Mark(text, s) {
			if span.Text == "" || i > 0 && span.Hit == last {
				t.Errorf("empty or unmerged span %d", i)
			}
			last = span.Hit
			joined.WriteString(span.Text)
		}
		if joined.String() != text {
			t.Errorf("the spans of %q join to %q", text, joined.String())
		}
		if utf8.ValidString(text) {
			for _, span := range Excerpt(text, s, 20) {
				if !utf8.ValidString(span.Text) {
					t.Errorf("a cut within a character: %q", span.Text)
				}
			}
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("湖北省科技融媒体平台建设与发展路径研究，", 100)
	for b.Loop() {
		Tokens(text)
	}
}
