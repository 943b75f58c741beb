package portal

import (
	"slices"
	"testing"
	"time"
)

// TestAnswerBy: three working days, over a holiday and its worked Saturday.
func TestAnswerBy(t *testing.T) {
	t.Parallel()
	w := Workdays{"2026-04-06": false, "2026-04-11": true}
	for asked, want := range map[string]string{
		"2026-03-16 09:00": "2026年3月19日 17:00:00", // a Monday
		"2026-04-03 23:59": "2026年4月9日 17:00:00",  // the Friday before 清明节
		"2026-04-09 08:00": "2026年4月13日 17:00:00", // the Saturday is worked
	} {
		at, err := ParseMoment(asked)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateTimeText(AnswerBy(at, w)); got != want {
			t.Errorf("asked at %s, answered by %s, want %s", asked, got, want)
		}
	}
	due := AnswerBy(time.Date(2026, 3, 16, 9, 0, 0, 0, Shanghai), nil)
	waiting := Inquiry{DueAt: due}
	if waiting.Overdue(due) || !waiting.Overdue(due.Add(time.Second)) || (Inquiry{DueAt: due, AnsweredAt: due}).Overdue(due.AddDate(0, 0, 1)) {
		t.Error("overdue is not what waits beyond its time")
	}
}

// TestLike: questions that mean the same share words; what is about something else is
// not offered.
func TestLike(t *testing.T) {
	t.Parallel()
	answered := []string{"在读博士能否担任项目负责人？", "经费可以用于购买设备吗？", "项目负责人年龄有限制吗？", "合作单位要盖章吗", "外省单位可否申报"}
	for asked, want := range map[string][]string{
		"项目负责人可以是在读博士吗": {answered[0], answered[2]},
		"购买设备":       {answered[1]},
		"外省的单位能申报吗？": {answered[4]},
		"结题时间":       nil,
		"？":          nil,
	} {
		if got := Like(asked, answered, func(s string) string { return s }); !slices.Equal(got, want) {
			t.Errorf("like %q are %q, want %q", asked, got, want)
		}
	}
}
