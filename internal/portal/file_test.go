package portal

import (
	"slices"
	"testing"
)

// TestCompareFiles: attachments are paired by kind and name, those of one content first,
// so that two of one name are not taken for each other.
func TestCompareFiles(t *testing.T) {
	t.Parallel()
	file := func(kind, name, sum string) FrozenFile {
		return FrozenFile{Kind: kind, Name: name, SHA256: sum}
	}
	pledge, scan, letter := file("pledge", "承诺书.pdf", "a1"), file("other", "扫描件.jpg", "b1"), file("other", "扫描件.jpg", "b2")
	for _, tc := range []struct {
		name          string
		before, after []FrozenFile
		want          []string
	}{
		{"nothing", nil, nil, nil},
		{"the first", nil, []FrozenFile{pledge}, []string{"承诺书.pdf 新增"}},
		{"the same", []FrozenFile{pledge}, []FrozenFile{pledge}, []string{"承诺书.pdf 未变"}},
		{"another content", []FrozenFile{pledge}, []FrozenFile{file("pledge", "承诺书.pdf", "a2")}, []string{"承诺书.pdf 更换"}},
		{"another kind", []FrozenFile{pledge}, []FrozenFile{file("other", "承诺书.pdf", "a1")}, []string{"承诺书.pdf 新增", "承诺书.pdf 删去"}},
		{"two of a name, turned round", []FrozenFile{scan, letter}, []FrozenFile{letter, scan}, []string{"扫描件.jpg 未变", "扫描件.jpg 未变"}},
		{"two of a name, one new", []FrozenFile{scan, letter}, []FrozenFile{file("other", "扫描件.jpg", "b3"), scan}, []string{"扫描件.jpg 更换", "扫描件.jpg 未变"}},
		{"two of a name, one gone", []FrozenFile{scan, letter, pledge}, []FrozenFile{letter}, []string{"扫描件.jpg 未变", "扫描件.jpg 删去", "承诺书.pdf 删去"}},
	} {
		var got []string
		for _, c := range CompareFiles(tc.before, tc.after) {
			got = append(got, c.File().Name+" "+c.Label())
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestSizeText(t *testing.T) {
	t.Parallel()
	for size, want := range map[int64]string{0: "0 字节", 860: "860 字节", 12_800: "13 KB", 1<<20 - 513: "1023 KB", 1<<20 - 512: "1.0 MB", 3_250_586: "3.1 MB"} {
		if got := SizeText(size); got != want {
			t.Errorf("%d is %s, want %s", size, got, want)
		}
	}
}
