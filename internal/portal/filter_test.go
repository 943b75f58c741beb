package portal

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestParseFilter(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]Filter{
		"": {},
		"要素市场 单位:大学 状态:已受理":           {Words: []string{"要素市场"}, Unit: "大学", Standing: Standpoint(Accepted)},
		"状态：待受理　指南：３":                 {Standing: Standpoint(Submitted), Ordinal: 3},
		"状态:待评审":                      {Standing: Standpoint(Accepted)},
		"状态:退回后重交":                    {Standing: Again},
		"状态:超期":                       {Standing: Overdue},
		"状态:已作废":                      {Standing: Standpoint(Lapsed)},
		"负责人:ZS 标记:重点":                {Leader: "zs", Flag: "重点"},
		"批次:2023-SoftSci-1":           {Batch: "2023-softsci-1"},
		"单位:华中科技大学（武汉）":               {Unit: "华中科技大学 武汉"},
		"提交:>2023-04-01":              {From: day("2023-04-02")},
		"提交:>=2023-04-01":             {From: day("2023-04-01")},
		"提交:<=2023-04":                {To: day("2023-05-01")},
		"提交:2023年4月":                  {From: day("2023-04-01"), To: day("2023-05-01")},
		"提交:2023-04-01":               {From: day("2023-04-01"), To: day("2023-04-02")},
		"提交:>=2023-04 提交:<2023-04-09": {From: day("2023-04-01"), To: day("2023-04-09")},
		"金额:>3":                       {Least: 3_010_000},
		"金额：＜＝４.５万元":                  {Below: 4_510_000},
		"金额:5":                        {Least: 5_000_000, Below: 5_010_000},
		"备注:要素":                       {Words: []string{"备注", "要素"}},
		"2023-rkx1-05-0007":           {Words: []string{"2023-rkx1-05-0007"}},
		"ＡＩ，大模型 ai":                   {Words: []string{"ai", "大模型"}},
	} {
		got, problems := ParseFilter(typed)
		if !reflect.DeepEqual(got, want) || len(problems) > 0 {
			t.Errorf("%q: %+v %v, want %+v", typed, got, problems, want)
		}
	}
}

// TestUnreadableValues: each is told with what was typed, and the rest still counts.
func TestUnreadableValues(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"状态:不存在", "状态:草稿", "状态:", "指南:第三", "指南:0", "批次:a_b", "单位:", "负责人:（）", "标记:", "提交:昨天", "提交:>2023-02-30", "金额:三", "金额:<0"} {
		got, problems := ParseFilter(typed + " 要素")
		if len(problems) != 1 || !strings.Contains(problems[0], typed) || !reflect.DeepEqual(got, Filter{Words: []string{"要素"}}) {
			t.Errorf("%q: %+v %q", typed, got, problems)
		}
	}
}

// TestFilterRoundTrip: a filter, written and read again, is the same filter.
func TestFilterRoundTrip(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	date := func() time.Time {
		if random.IntN(2) == 0 {
			return time.Time{}
		}
		return day("2023-01-01").AddDate(0, 0, random.IntN(900))
	}
	for range 2000 {
		f := Filter{Standing: standpoints[random.IntN(len(standpoints))].is, Batch: pick("", "2023-softsci-1"), Ordinal: random.IntN(12), Unit: pick("", "大学", "华中科技大学 武汉", "a b c"),
			Leader: pick("", "张", "zs", "王 𬭎喆"), Flag: pick("", "重点", "待查"), From: date(), To: date(), Least: Fen(random.IntN(900)) * 10_000, Below: Fen(random.IntN(900)) * 10_000}
		for range random.IntN(4) {
			f.addWords(pick("要素市场", "05-0007", "ai", "湖北", "x1"))
		}
		if got, problems := ParseFilter(f.String()); len(problems) > 0 || !reflect.DeepEqual(got, f) {
			t.Fatalf("%q: %+v %v, want %+v", f.String(), got, problems, f)
		}
	}
}

func TestNumberTypedAlone(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"2023-RKX1-05-0007": "2023-RKX1-05-0007", " ２０２３－ｒｋｘ１－０５－０００７ ": "2023-RKX1-05-0007",
		"2023-RKX1-05-0007 要素": "", "2023-RKX1-05-0007 状态:待受理": "", "05-0007": "", "": "",
	} {
		if f, _ := ParseFilter(typed); f.Number() != want {
			t.Errorf("%q: %q, want %q", typed, f.Number(), want)
		}
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]Order{"": Newest, "x": Newest, "-x": Newest, "time": {"time", false}, "-unit": {"unit", true}} {
		if got := ParseOrder(word); got != want || ParseOrder(got.String()) != got {
			t.Errorf("%q: %+v", word, got)
		}
	}
}

func TestCountText(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 80: "80", 999: "999", 1000: "1,000", 1001: "1,000+"} {
		if got := CountText(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
