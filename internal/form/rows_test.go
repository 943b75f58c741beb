package form

import (
	"maps"
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

// travel is a form of two parts that repeat.
func travel() *Form {
	f := New(&Field{Name: "note", Label: "说明", Optional: true})
	f.Rows = &Rows{Label: "项目组成员", One: "成员", Fields: func(string) []*Field { return []*Field{{Name: "name", Label: "姓名"}} }}
	f.More = []*Rows{{Name: "partner", Label: "合作单位", One: "合作单位", Max: 1, Fields: func(string) []*Field {
		return []*Field{{Name: "partner_name", Label: "名称"}, {Name: "partner_task", Label: "分工", Optional: true}}
	}}}
	return f
}

// TestParts: each part has its own rows, stored beside those of the other; a row's ID
// stands once in the form.
func TestParts(t *testing.T) {
	t.Parallel()
	f := travel()
	f.Fill(url.Values{"rows": {"a", "b"}, "rows.partner": {"p", "a", "q"}, "name-a": {"甲"}, "name-b": {"乙"}, "partner_name-p": {"某大学"}})
	partner := f.Part("partner")
	if !slices.Equal(f.Rows.IDs, []string{"a", "b"}) || !slices.Equal(partner.IDs, []string{"p", "q"}) || f.Part("none") != nil {
		t.Fatalf("rows %v, partners %v", f.Rows.IDs, partner.IDs)
	}
	answers := f.Answers()
	if answers["rows"] != "a b" || answers["rows.partner"] != "p q" || !slices.Equal(RowsOf(answers), []string{"a", "b", "p", "q"}) {
		t.Errorf("stored as %v", answers)
	}
	if f.Check() || f.RowName("q") != "合作单位 2" || f.RowName("b") != "成员 2" || f.RowName("z") != "" || f.PartID(partner) != "rows-partner" {
		t.Errorf("names %s, %s", f.RowName("q"), f.RowName("b"))
	}
	want := []Problem{{"rows-partner", "合作单位", "合作单位最多 1 项，现有 2 项，请删去 1 项"}, {"field-partner_name-q", "名称", "请填写名称"}}
	if got := f.Problems(); !slices.Equal(got, want) {
		t.Errorf("problems %v", got)
	}
	f.RemoveRow("q")
	f.Add(f.Rows, "c")
	f.RemoveRow("none")
	var names []string
	for _, field := range f.Fields {
		names = append(names, field.Name)
	}
	if !slices.Equal(names, []string{"note", "name-a", "name-b", "name-c", "partner_name-p", "partner_task-p"}) || f.Value("partner_name-p") != "某大学" {
		t.Errorf("fields %v", names)
	}
	again := travel()
	again.Load(f.Answers())
	if again.Value("name-b") != "乙" || again.Value("partner_name-p") != "某大学" {
		t.Errorf("read back: %v", again.Answers())
	}
}

// TestMoveRow: a row moves within its part as far as there are places, with its values.
func TestMoveRow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id   string
		by   int
		want []string
	}{{"a", 1, []string{"b", "a", "c"}}, {"c", -1, []string{"a", "c", "b"}}, {"a", -1, []string{"a", "b", "c"}}, {"c", 9, []string{"a", "b", "c"}}, {"b", -9, []string{"b", "a", "c"}}, {"none", 1, []string{"a", "b", "c"}}} {
		f := team()
		f.Load(map[string]string{"rows": "a b c", "name-a": "甲", "name-b": "乙", "name-c": "丙"})
		f.MoveRow(c.id, c.by)
		if !slices.Equal(f.Rows.IDs, c.want) || f.Value("name-a") != "甲" || f.Value("name-c") != "丙" || f.Fields[1].Row != c.want[0] {
			t.Errorf("%s by %d: %v", c.id, c.by, f.Rows.IDs)
		}
	}
}

// TestWritten: what was posted reads as what would be stored.
func TestWritten(t *testing.T) {
	t.Parallel()
	got := Written(url.Values{"rows": {"a", "b"}, "rows.partner": {"p"}, "name-a": {"甲"}, "rowsing": {"x", "y"}})
	if want := map[string]string{"rows": "a b", "rows.partner": "p", "name-a": "甲", "rowsing": "x"}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
