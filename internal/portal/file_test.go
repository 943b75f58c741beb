package portal

import "testing"

func TestSizeText(t *testing.T) {
	t.Parallel()
	for size, want := range map[int64]string{0: "0 字节", 860: "860 字节", 12_800: "13 KB", 1<<20 - 513: "1023 KB", 1<<20 - 512: "1.0 MB", 3_250_586: "3.1 MB"} {
		if got := SizeText(size); got != want {
			t.Errorf("%d is %s, want %s", size, got, want)
		}
	}
}
