package portal

import (
	"testing"
	"time"
)

// TestWorkdays: the days around 春节 and 国庆 of 2026 as the State Council announced them.
func TestWorkdays(t *testing.T) {
	t.Parallel()
	w := Workdays{"2026-02-14": true, "2026-02-28": true, "2026-09-20": true, "2026-10-10": true}
	for day := time.Date(2026, 2, 15, 12, 0, 0, 0, Shanghai); day.Day() <= 23; day = day.AddDate(0, 0, 1) {
		w[DayOf(day)] = false
	}
	for day := time.Date(2026, 10, 1, 12, 0, 0, 0, Shanghai); day.Day() <= 7; day = day.AddDate(0, 0, 1) {
		w[DayOf(day)] = false
	}
	for _, tc := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-02-12T10:00:00+08:00", 1, "2026-02-13T17:00:00+08:00"},
		{"2026-02-13T23:59:59+08:00", 1, "2026-02-14T17:00:00+08:00"}, // a Saturday that is worked
		{"2026-02-14T10:00:00+08:00", 1, "2026-02-24T17:00:00+08:00"},
		{"2026-02-20T10:00:00+08:00", 3, "2026-02-26T17:00:00+08:00"}, // begun in a holiday
		{"2026-02-26T10:00:00+08:00", 3, "2026-03-02T17:00:00+08:00"},
		{"2026-02-13T16:30:00Z", 1, "2026-02-24T17:00:00+08:00"}, // already the 14th in Shanghai
		{"2026-09-30T10:00:00+08:00", 3, "2026-10-10T17:00:00+08:00"},
		{"2026-03-20T16:00:00+08:00", 5, "2026-03-27T17:00:00+08:00"}, // a plain week
	} {
		from, err := time.Parse(time.RFC3339, tc.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := ISO(w.Evening(from, tc.n)); got != tc.want {
			t.Errorf("%d working days after %s is %s, want %s", tc.n, tc.from, got, tc.want)
		}
	}
}

// TestReviewBy: five working days, and a holiday puts them off.
func TestReviewBy(t *testing.T) {
	t.Parallel()
	friday := time.Date(2026, 3, 27, 16, 0, 0, 0, Shanghai)
	for want, w := range map[string]Workdays{"2026年4月3日": nil, "2026年4月7日": {"2026-04-03": false, "2026-04-06": false},
		"2026年4月2日": {"2026-03-28": true}} {
		if got := DateText(ReviewBy(friday, w)); got != want {
			t.Errorf("five working days after a Friday is %s, want %s with %v", got, want, w)
		}
	}
}
