package portal

import (
	"strings"
	"testing"
	"time"
)

func mustTime(t *testing.T, s string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04:05", s, Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestTimesAreWrittenInShanghai(t *testing.T) {
	t.Parallel()
	moment := time.Date(2023, 4, 27, 16, 5, 9, 0, time.UTC) // 0:05:09 of the next day in Shanghai
	for got, want := range map[string]string{
		DateText(moment):     "2023年4月28日",
		DateTimeText(moment): "2023年4月28日 00:05:09",
		WeekdayText(moment):  "周五",
		ISO(moment):          "2023-04-28T00:05:09+08:00",
		MonthText("2023-04"): "2023年4月",
		MonthText("秋天"):      "秋天",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDeadlineText(t *testing.T) {
	t.Parallel()
	now := mustTime(t, "2023-03-01 09:00:00")
	for deadline, want := range map[string]string{
		"2023-03-20 17:00:00": "3月20日（周一）17:00 截止",
		"2023-03-20 17:30:00": "3月20日（周一）17:30 截止",
		"2023-03-20 23:59:59": "3月20日（周一）23:59:59 截止",
		"2023-03-21 00:00:00": "3月20日（周一）24:00 截止",
		"2024-01-01 00:00:00": "12月31日（周日）24:00 截止",
		"2024-01-02 17:00:00": "2024年1月2日（周二）17:00 截止",
	} {
		if got := DeadlineText(now, mustTime(t, deadline).UTC()); got != want {
			t.Errorf("DeadlineText(%s) = %q, want %q", deadline, got, want)
		}
	}
}

func TestLeftText(t *testing.T) {
	t.Parallel()
	now := mustTime(t, "2023-03-08 14:00:00")
	for left, want := range map[time.Duration]string{
		12*24*time.Hour + 3*time.Hour + 59*time.Minute: "还有 12 天 3 小时",
		12*24*time.Hour + 59*time.Minute:               "还有 12 天",
		24 * time.Hour:                                 "还有 1 天",
		3*time.Hour + 5*time.Minute + 59*time.Second:   "还有 3 小时 5 分",
		3 * time.Hour:                                  "还有 3 小时",
		5*time.Minute + 30*time.Second:                 "还有 5 分钟",
		59 * time.Second:                               "还有不到 1 分钟",
		1:                                              "还有不到 1 分钟",
		0:                                              "已截止",
		-time.Hour:                                     "已截止",
	} {
		if got := LeftText(now, now.Add(left)); got != want {
			t.Errorf("LeftText(%v) = %q, want %q", left, got, want)
		}
	}
}

func TestDaysLeftText(t *testing.T) {
	t.Parallel()
	deadline, midnight := mustTime(t, "2023-03-20 17:00:00"), mustTime(t, "2023-03-21 00:00:00")
	for _, c := range []struct {
		now      string
		deadline time.Time
		want     string
	}{
		{"2023-03-08 00:00:00", deadline, "还有 12 天"},
		{"2023-03-08 23:59:59", deadline, "还有 12 天"},
		{"2023-03-18 12:00:00", deadline, "还有 2 天"},
		{"2023-03-19 00:00:00", deadline, "明天截止"},
		{"2023-03-19 23:59:59", deadline, "明天截止"},
		{"2023-03-20 00:00:00", deadline, "今天截止"},
		{"2023-03-20 16:59:59", deadline, "今天截止"},
		{"2023-03-20 17:00:00", deadline, "已截止"},
		{"2023-03-20 23:59:59", midnight, "今天截止"},
		{"2023-03-21 00:00:00", midnight, "已截止"},
	} {
		if got := DaysLeftText(mustTime(t, c.now), c.deadline); got != c.want {
			t.Errorf("DaysLeftText(%s, %s) = %q, want %q", c.now, ISO(c.deadline), got, c.want)
		}
	}
}

// Between now and the next midnight, or the deadline, the words stay the same, and at it they are others.
// The second deadline is crossed by a change to summer time (4 May 1986).
func TestDaysLeftChangesAtMidnight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ now, deadline string }{
		{"2023-03-08 14:00:00", "2023-03-20 17:00:00"},
		{"1986-04-28 23:00:00", "1986-05-08 00:00:00"},
		{"2023-03-08 14:00:00", "2023-03-09 00:00:00"},
	} {
		now, deadline := mustTime(t, c.now), mustTime(t, c.deadline)
		for now.Before(deadline) {
			next := NextMidnight(now)
			if deadline.Before(next) {
				next = deadline
			}
			words := DaysLeftText(now, deadline)
			if got := DaysLeftText(next.Add(-1), deadline); got != words {
				t.Errorf("before %s: %q, want %q", ISO(next), got, words)
			}
			if got := DaysLeftText(next, deadline); got == words {
				t.Errorf("at %s: still %q", ISO(next), got)
			}
			now = next
		}
	}
}

func TestParseTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		parse            func(string) (time.Time, error)
		in, want, reason string
	}{
		{parse: ParseMonth, in: "1980-05", want: "1980-05-01 00:00:00"},
		{parse: ParseMonth, in: "１９８０ 年 5 月", want: "1980-05-01 00:00:00"},
		{parse: ParseMonth, in: "1980-13", reason: "请填写年份和月份"},
		{parse: ParseMonth, in: "1980", reason: "请填写年份和月份"},
		{parse: ParseDate, in: "2023-04-28", want: "2023-04-28 00:00:00"},
		{parse: ParseDate, in: "2023 年 4 月 28 日", want: "2023-04-28 00:00:00"},
		{parse: ParseDate, in: "2023.4.28", want: "2023-04-28 00:00:00"},
		{parse: ParseDate, in: "2023/4/28", want: "2023-04-28 00:00:00"},
		{parse: ParseDate, in: "2023-02-29", reason: "没有 2023年2月29日这一天"},
		{parse: ParseDate, in: "2023-00-01", reason: "没有 2023年0月1日这一天"},
		{parse: ParseDate, in: "昨天", reason: "请填写日期"},
		{parse: ParseMoment, in: "2023-04-28T17:00", want: "2023-04-28 17:00:00"},
		{parse: ParseMoment, in: "2023-4-8 7:30:05", want: "2023-04-08 07:30:05"},
		{parse: ParseMoment, in: "2023年4月28日17：00", want: "2023-04-28 17:00:00"},
		{parse: ParseMoment, in: "2023年4月28日 24:00", want: "2023-04-29 00:00:00"},
		{parse: ParseMoment, in: "2023-04-28 24:01", reason: "24 小时制"},
		{parse: ParseMoment, in: "2023-04-28 17:60", reason: "24 小时制"},
		{parse: ParseMoment, in: "2023-04-31 17:00", reason: "没有 2023年4月31日这一天"},
		{parse: ParseMoment, in: "17:00", reason: "请填写日期"},
		{parse: ParseMoment, in: "2023-04-28", reason: "请填写日期和时间"},
	} {
		got, err := c.parse(c.in)
		if c.reason != "" {
			if err == nil || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("%q: %v, want …%s…", c.in, err, c.reason)
			}
		} else if err != nil || !got.Equal(mustTime(t, c.want)) {
			t.Errorf("%q: %v, %v; want %s", c.in, got, err, c.want)
		}
	}
}
