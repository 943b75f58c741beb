package form

import (
	"net/url"
	"slices"
	"testing"
)

func team() *Form {
	f := New(&Field{Name: "note", Label: "说明", Optional: true})
	f.Rows = &Rows{Label: "项目组成员", One: "成员", Min: 1, Max: 2, Fields: func(string) []*Field {
		return []*Field{{Name: "name", Label: "姓名"}, {Name: "months", Label: "月数", Rules: []Rule{Between(1, 12)}}}
	}}
	return f
}

// TestRows: rows come from what was posted and go into the answers, each under its own ID.
func TestRows(t *testing.T) {
	t.Parallel()
	f := team()
	f.Fill(url.Values{"rows": {"a1", "b2", "a1", "../x", ""}, "name-a1": {"甲"}, "months-a1": {"13"}, "name-b2": {"乙"}, "name-c3": {"不在"}})
	if !slices.Equal(f.Rows.IDs, []string{"a1", "b2"}) {
		t.Fatalf("rows %v", f.Rows.IDs)
	}
	if f.Check() || f.Get("months-a1").Error == "" || f.Get("months-b2").Error == "" {
		t.Errorf("problems %v", f.Problems())
	}
	again := team()
	again.Load(f.Answers())
	if again.Value("name-b2") != "乙" || again.Value("name-c3") != "" {
		t.Errorf("answers %v", f.Answers())
	}
	again.AddRow("c3")
	again.RemoveRow("a1")
	if !slices.Equal(again.Rows.IDs, []string{"b2", "c3"}) || again.Value("name-b2") != "乙" || len(again.Row("c3")) != 2 || again.Get("name-a1") != nil {
		t.Errorf("after adding and removing: %v, %v", again.Rows.IDs, again.Answers())
	}
}

// TestRowsCount: too few and too many are told, and telling twice tells once.
func TestRowsCount(t *testing.T) {
	t.Parallel()
	for n, want := range []bool{false, true, true, false} {
		f := team()
		var ids []string
		for i := range n {
			ids = append(ids, string(rune('a'+i)))
		}
		f.SetRows(ids)
		for _, field := range f.Fields {
			field.Value = "1"
		}
		f.Check()
		if f.Check(); (f.Rows.Error == "") != want || len(f.Problems()) > 1 {
			t.Errorf("%d rows: %v", n, f.Problems())
		}
	}
}

// TestRowsAreBounded: however many are posted, a form holds a bounded number.
func TestRowsAreBounded(t *testing.T) {
	t.Parallel()
	var ids []string
	for i := range 5000 {
		ids = append(ids, string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676)))
	}
	f := team()
	f.Fill(url.Values{"rows": ids})
	if len(f.Rows.IDs) != rowsMost {
		t.Errorf("%d rows", len(f.Rows.IDs))
	}
}

// TestCross: a rule over several fields speaks after each field's own.
func TestCross(t *testing.T) {
	t.Parallel()
	f := New(&Field{Name: "a", Label: "甲"}, &Field{Name: "b", Label: "乙"})
	f.Cross = func(f *Form) {
		if f.Value("a") != f.Value("b") {
			f.Fail("b", "两边须相等")
		}
	}
	f.Load(map[string]string{"a": "1", "b": "2"})
	if f.Check() || f.Get("b").Error != "两边须相等" {
		t.Errorf("%v", f.Problems())
	}
	f.Load(map[string]string{"b": "1"})
	if !f.Check() {
		t.Errorf("mended, still %v", f.Problems())
	}
}
