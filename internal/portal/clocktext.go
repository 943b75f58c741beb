package portal

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a small machine may have no time zones of its own

	"golang.org/x/text/unicode/norm"
)

// Shanghai is the zone in which every time is shown and every typed time is read.
var Shanghai = mustLoad("Asia/Shanghai")

func mustLoad(zone string) *time.Location {
	location, err := time.LoadLocation(zone)
	if err != nil {
		panic(err) // the zones are in the binary
	}
	return location
}

// DateText writes a date as official documents do: 2023年4月28日, without leading
// zeros (GB/T 9704-2012, 7.3.5.4).
func DateText(t time.Time) string { return t.In(Shanghai).Format("2006年1月2日") }

// MonthText writes a month that was typed, 2023-04, as official documents do: 2023年4月.
// What is no month stays as it is.
func MonthText(typed string) string {
	t, err := ParseMonth(typed)
	if err != nil {
		return typed
	}
	return t.Format("2006年1月")
}

// DateTimeText writes a moment to the second: 2023年4月28日 17:00:00.
func DateTimeText(t time.Time) string { return t.In(Shanghai).Format("2006年1月2日 15:04:05") }

// WeekdayText writes the day of the week: 周五.
func WeekdayText(t time.Time) string {
	return "周" + [...]string{"日", "一", "二", "三", "四", "五", "六"}[t.In(Shanghai).Weekday()]
}

// ISO writes a moment for machines: 2023-04-28T17:00:00+08:00.
func ISO(t time.Time) string { return t.In(Shanghai).Format(time.RFC3339) }

// DeadlineText writes a deadline with its weekday: 3月20日（周一）17:00 截止, with the
// year in front when it is not the year of now. A deadline at midnight is written
// as 24:00 of the day that ends, because 0:00 is read as a day too late.
func DeadlineText(now, deadline time.Time) string {
	day, clock := lastDay(deadline), clockText(deadline)
	layout := "1月2日"
	if day.Year() != now.In(Shanghai).Year() {
		layout = "2006年1月2日"
	}
	return fmt.Sprintf("%s（%s）%s 截止", day.Format(layout), WeekdayText(day), clock)
}

// clockText is a deadline's time of day, with seconds only where they matter.
func clockText(deadline time.Time) string {
	local := deadline.In(Shanghai)
	switch {
	case local.Equal(midnight(local)):
		return "24:00"
	case local.Second() != 0:
		return local.Format("15:04:05")
	}
	return local.Format("15:04")
}

// LeftText says how long it is until the deadline, rounded down: 还有 12 天 3 小时,
// 还有 3 小时 5 分. It changes every minute; a kept page shows DaysLeftText.
func LeftText(now, deadline time.Time) string {
	left := deadline.Sub(now)
	days, hours, minutes := int(left.Hours())/24, int(left.Hours())%24, int(left.Minutes())%60
	switch {
	case left <= 0:
		return "已截止"
	case left < time.Minute:
		return "还有不到 1 分钟"
	case days > 0:
		return "还有" + measures(days, "天", hours, "小时")
	case hours > 0:
		return "还有" + measures(hours, "小时", minutes, "分")
	}
	return fmt.Sprintf("还有 %d 分钟", minutes)
}

// measures joins two measures and leaves the second out when it is nothing.
func measures(n int, unit string, m int, smaller string) string {
	if m == 0 {
		return fmt.Sprintf(" %d %s", n, unit)
	}
	return fmt.Sprintf(" %d %s %d %s", n, unit, m, smaller)
}

// DaysLeftText says how many calendar days are left in Shanghai: 还有 12 天, 明天截止,
// 今天截止, 已截止. It changes only at midnight in Shanghai and at the deadline, so that it may
// stand in a page that is kept.
func DaysLeftText(now, deadline time.Time) string {
	if !now.Before(deadline) {
		return "已截止"
	}
	switch days := daysBetween(now, lastDay(deadline)); days {
	case 0:
		return "今天截止"
	case 1:
		return "明天截止"
	default:
		return fmt.Sprintf("还有 %d 天", days)
	}
}

// lastDay is the last day, at its first moment, that has time before the deadline.
func lastDay(deadline time.Time) time.Time { return midnight(deadline.Add(-1)) }

// midnight is the first moment of t's day in Shanghai.
func midnight(t time.Time) time.Time {
	year, month, day := t.In(Shanghai).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, Shanghai)
}

// daysBetween counts midnights. Between 1986 and 1991 Shanghai kept summer time, so
// a day is not always 24 hours; half a day more or less rounds that away.
func daysBetween(now, day time.Time) int {
	return int((day.Sub(midnight(now)) + 12*time.Hour) / (24 * time.Hour))
}

// The ways in which people and browsers write a date, once NFKC has made full-width
// digits plain. White space goes first ("2023 年 4 月 28 日"), except between day and time.
var (
	monthPattern  = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})月?$`)
	dayPattern    = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	momentPattern = regexp.MustCompile(`^(.*?)[T\s]?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?$`)
)

// ParseMonth reads a month, 1980-05 or 1980年5月, as its first moment in Shanghai. The
// error is a sentence for the person who typed it.
func ParseMonth(s string) (time.Time, error) {
	m := monthPattern.FindStringSubmatch(squeezed(s))
	if m == nil || groupValue(m[2]) < 1 || groupValue(m[2]) > 12 {
		return time.Time{}, errors.New("请填写年份和月份，例如 1980-05")
	}
	return time.Date(groupValue(m[1]), time.Month(groupValue(m[2])), 1, 0, 0, 0, 0, Shanghai), nil
}

// ParseDate reads a day, 2023-04-28 or 2023年4月28日, as its first moment in Shanghai.
// The error is a sentence for the person who typed it.
func ParseDate(s string) (time.Time, error) {
	m := dayPattern.FindStringSubmatch(squeezed(s))
	if m == nil {
		return time.Time{}, errors.New("请填写日期，例如 2023-04-28")
	}
	year, month, day := groupValue(m[1]), groupValue(m[2]), groupValue(m[3])
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, Shanghai)
	if int(date.Month()) != month || date.Day() != day {
		return time.Time{}, fmt.Errorf("没有 %d年%d月%d日这一天，请核对", year, month, day)
	}
	return date, nil
}

// ParseMoment reads a day and a time in Shanghai, as a browser's datetime-local field
// sends it (2023-04-28T17:00) or as a person writes it. 24:00 is the end of the day.
// The error is a sentence for the person who typed it.
func ParseMoment(s string) (time.Time, error) {
	m := momentPattern.FindStringSubmatch(strings.TrimSpace(norm.NFKC.String(s)))
	if m == nil {
		return time.Time{}, errors.New("请填写日期和时间，例如 2023-04-28 17:00")
	}
	date, err := ParseDate(m[1])
	if err != nil {
		return time.Time{}, err
	}
	hour, minute, second := groupValue(m[2]), groupValue(m[3]), groupValue(m[4])
	if minute > 59 || second > 59 || hour*3600+minute*60+second > 24*3600 {
		return time.Time{}, errors.New("时间不正确，请按 24 小时制填写，例如 17:00")
	}
	return time.Date(date.Year(), date.Month(), date.Day(), hour, minute, second, 0, Shanghai), nil
}

// groupValue is the value of a pattern's group: at most four digits, or none for 0.
func groupValue(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// ClockText writes a time of day: 17:05.
func ClockText(t time.Time) string { return t.In(Shanghai).Format("15:04") }

// ReviewDays is how many working days the formal check takes as a rule. It is what
// the pages promise, not a rule of law.
const ReviewDays = 5

// ReviewBy is the day by which an application that arrived is answered as a rule: the
// fifth working day after.
func ReviewBy(arrived time.Time, w Workdays) time.Time { return w.After(arrived, ReviewDays) }

// EveningAfter is 17:00 of the day that many days later, when offices close.
func EveningAfter(t time.Time, days int) time.Time {
	return midnight(t).AddDate(0, 0, days).Add(17 * time.Hour)
}

// NextMidnight is the first moment of the next day in Shanghai.
func NextMidnight(t time.Time) time.Time { return midnight(t).AddDate(0, 0, 1) }
