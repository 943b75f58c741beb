package pdf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"softsci/internal/guideline/plain"
)

// assemble makes one text of the pages, which form feeds end.
func assemble(out string) (plain.Text, error) {
	pages := strings.Split(strings.Map(printable, out), "\f")
	pages = pages[:len(pages)-1]
	var b plain.Builder
	if len(pages) > maxPages {
		pages = pages[:maxPages]
		b.Whole(plain.Cut, fmt.Sprintf("文件超过 %d 页，其余各页没有读入。", maxPages), "请只保留指南正文后再导入。")
	}
	dropNumbers(pages)
	for i, page := range pages {
		if strings.TrimSpace(page) == "" {
			b.Note(plain.Image, b.Len(), b.Len(), fmt.Sprintf("第 %d 页没有文字，可能是图片，图片里的文字读不出来。", i+1), "请对照原文，把图片中的文字补入。")
			continue
		}
		if err := b.Write(mend(page)); err != nil {
			return plain.Text{}, err
		}
	}
	if len([]rune(strings.Join(strings.Fields(b.String()), ""))) < scanRunes {
		return plain.Text{}, plain.ErrScan
	}
	return b.Text(), nil
}

// printable drops the control characters that fonts without a proper table yield.
func printable(r rune) rune {
	if r < ' ' && r != '\n' && r != '\f' || r == 0x7F {
		return -1
	}
	return r
}

// dropNumbers takes off a page the line that is only its number: at the bottom or top, and going on from the page
// before or to the next. It would else stand in mid-sentence.
func dropNumbers(pages []string) {
	for _, edge := range []struct {
		find func(page string) (number int, rest string)
	}{{lastLine}, {firstLine}} {
		numbers, rests := make([]int, len(pages)), make([]string, len(pages))
		for i, page := range pages {
			numbers[i], rests[i] = edge.find(page)
		}
		for i, n := range numbers {
			before := i > 0 && numbers[i-1] == n-1
			next := i+1 < len(numbers) && numbers[i+1] == n+1
			if n > 0 && (n == i+1 || before && n > 1 || next) {
				pages[i] = rests[i]
			}
		}
	}
}

func lastLine(page string) (number int, rest string) {
	page = strings.TrimRight(page, "\n ")
	at := strings.LastIndexByte(page, '\n') + 1
	return readNumber(page[at:]), page[:at]
}

func firstLine(page string) (number int, rest string) {
	line, rest, _ := strings.Cut(strings.TrimLeft(page, "\n "), "\n")
	return readNumber(line), rest
}

// readNumber is the number that a line consists of, 0 for any other line.
func readNumber(line string) int {
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || n < 0 || n > 9999 {
		return 0
	}
	return n
}

// mends take back what setting the page did to the text: the thin gap that Word leaves between digits and
// characters comes out as a blank, and a telephone number may be broken at its hyphen. Only where neither can be
// meant: before a unit and after a word for counting.
var mends = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`([0-9]) ([年月日号个项万亿元页人家篇字周天时分岁级次批类份%])`), "$1$2"},
	{regexp.MustCompile(`([年月第共约近达超过]) ([0-9])`), "$1$2"},
	{regexp.MustCompile(`(\b0[0-9]{2,3}[-—－])\n([2-8][0-9]{6,7}\b)`), "$1$2"},
}

func mend(page string) string {
	for _, m := range mends {
		page = m.pattern.ReplaceAllString(page, m.with)
	}
	if page != "" && !strings.HasSuffix(page, "\n") {
		page += "\n"
	}
	return page
}
