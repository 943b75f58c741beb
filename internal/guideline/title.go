package guideline

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// The grammar of a call's title:
//
//	title    = [关于…] {year | plan | category | label} [申报|征集] (指南|通知|…)
//	year     = 四位数字 (年度|年)
//	plan     = … (计划|专项|基金|软科学)        湖北省软科学计划
//	category = [研究] … (项目|课题|选题|任务)    重点项目
//	label    = （…） | 第…批…                  第一批竞争类
var (
	titleEnd      = regexp.MustCompile(`(?:指南|通知|公告|目录|选题|选题方向|选题范围|题目|课题|通告|榜单|启事|选题表|课题表|项目表|清单|一览表|汇总表)(?:的通知|的公告)?(?:[（(][^（()）]{0,30}[)）])?$`)
	titleYear     = regexp.MustCompile(`((?:19|20)[0-9]{2}|[一二][〇○零0一二三四五六七八九]{3})(?:` + blank + `*(?:年度?)?[-—－–～~至]+((?:19|20)[0-9]{2}))?` + blank + `*(?:年度|年)`)
	titleBrackets = regexp.MustCompile(`[（(]([^（()）]+)[)）]`)
	titleBatch    = regexp.MustCompile(`第[一二三四五六七八九十0-9]{1,3}批(?:[^（()）]{0,10}类)?`)
	titlePrefix   = regexp.MustCompile(`^.*?关于(?:组织|开展|做好|印发|发布|征集|申报|下达|公布|公开)*`)
	titleSuffix   = regexp.MustCompile(`(?:选题|项目|课题)?(?:申报|征集|招标)?(?:工作)?(?:选题)?(?:指南|通知|公告|目录|通告|榜单|启事|清单|一览表|选题表|选题方向|选题范围)?(?:的通知|的公告)?$`)
	titlePlan     = regexp.MustCompile(`^(?:.*(?:计划|专项(?:资金)?|基金)[”"’]?(?:(?:软科学|[^项目课题]{2,8})专项)?|.*?软科学(?:研究)?(?:重点研发)?|.*?社科规划|.*?规划)`)
	titleCategory = regexp.MustCompile(`^(?:研究)?(.*?(?:项目|课题)|.*(?:选题|任务))`)
	regionName    = regexp.MustCompile(`^\p{Han}{2,5}?(?:自治区|省|市|州|县|区)(?:社会科学成果评审委员会|社科联|科技局|科技厅)?`)
)

// titleFields are what a call's title says.
type titleFields struct {
	year                  int
	years                 bool // two are named
	plan, category, label string
}

func readTitle(title string) titleFields {
	var f titleFields
	rest := titlePrefix.ReplaceAllString(strings.Join(strings.FieldsFunc(title, isSpace), ""), "")
	if strings.HasPrefix(rest, "《") && strings.Contains(rest, "》的") {
		rest = strings.NewReplacer("《", "", "》", "").Replace(rest) // 关于发布《…指南》的通知
	}
	before, yearText := rest, ""
	if m := titleYear.FindStringSubmatch(rest); m != nil {
		yearText = m[0]
		f.year, f.years = readYear(m[1]), m[2] != ""
		rest = strings.Replace(rest, m[0], "", 1)
	}
	if m := titleBrackets.FindStringSubmatch(rest); m != nil && !departmentEnd.MatchString(m[1]) {
		f.label = m[1]
		rest = strings.Replace(rest, m[0], "", 1)
	} else if m := titleBatch.FindString(rest); m != "" {
		f.label = m
		rest = strings.Replace(rest, m, "", 1)
	}
	f.plan = titlePlan.FindString(rest)
	rest = rest[len(f.plan):]
	if m := titleCategory.FindStringSubmatch(rest[:categoryEnd(rest)]); m != nil {
		f.category = m[1]
	}
	if f.plan == "" {
		if at := strings.Index(before, yearText); yearText != "" && at > 0 { // 某某院2024年度重点课题
			if m := titleCategory.FindStringSubmatch(rest[min(at, len(rest)):categoryEnd(rest)]); m != nil && m[1] != "" {
				f.category = m[1]
			}
		}
		f.category = f.category[len(regionName.FindString(f.category)):]
	}
	return f
}

// categoryEnd is where the category ends: before 申报指南, but 项目 or 课题 is left when nothing else names the category.
func categoryEnd(rest string) int {
	end := titleSuffix.FindStringIndex(rest)[0]
	for _, word := range []string{"项目", "课题"} {
		if strings.HasPrefix(rest[end:], word) && !titleCategory.MatchString(rest[:end]) {
			end += len(word)
		}
	}
	return end
}

// readYear reads 2023 or 二〇二三.
func readYear(text string) int {
	year := 0
	for _, r := range text {
		d := int(r - '0')
		if strings.ContainsRune("〇○零0", r) {
			d = 0
		} else if r > '9' {
			d = readNumber(string(r))
		}
		year = 10*year + d
	}
	return year
}

// titleRange is which segments are the document's title.
type titleRange struct {
	first, end int
	sure       bool // it ends like the title of a call
}

// titleLines is the number of lines over which a document's title may be spread, and titleDepth how far down it may stand.
const (
	titleLines = 4
	titleDepth = 40
)

// complete matches text that is a title without the line above it.
var complete = regexp.MustCompile(`^关于|` + titleYear.String())

// documentTitle finds the document's title among the lines before the first number or label: a line, or up to four
// wrapped ones, that ends like the title of a call, else the first line that is no part of an official letter's frame.
func documentTitle(s *source, segments []segment) titleRange {
	lines := 0
	for lines < min(len(segments), titleDepth) && !segments[lines].numbered() && segments[lines].kind != kindLabel && segments[lines].kind != kindEnd {
		lines++
	}
	t := titleRange{}
	for first := 0; first < lines; first++ {
		if segments[first].kind == kindFrame || !letters.MatchString(s.work[segments[first].start:segments[first].end]) {
			continue
		}
		if line := s.work[segments[first].start:segments[first].end]; t.end == 0 && !sentenceLike(line) && !strings.HasSuffix(line, ":") && !strings.HasSuffix(line, "：") {
			t.first, t.end = first, first+1
		}
		if end := titleFrom(s, segments[:lines], first); end > 0 {
			text := s.work[segments[first].start:segments[end-1].end]
			return titleRange{first, end, !letterWords.MatchString(text)}
		}
	}
	return t
}

// letterWords match what stands above a title and was run together with it.
var letterWords = regexp.MustCompile(`^附件|[〔﹝]|[省市州县区厅局会]文件`)

var letters = regexp.MustCompile(`\p{L}`)

// titleFrom returns where the title ends that begins at a segment, 0 when none does. What stands above a line that is a
// title by itself belongs to it only as the name of who issues it.
func titleFrom(s *source, segments []segment, first int) int {
	for i := first; i < min(len(segments), first+titleLines); i++ {
		text := s.work[segments[first].start:segments[i].end]
		line := s.work[segments[i].start:segments[i].end]
		if segments[i].kind == kindFrame || utf8.RuneCountInString(text) > 2*maxTitle || strings.ContainsAny(text, "。；;！!？?") {
			return 0
		}
		if !titleEnd.MatchString(text) {
			continue
		}
		if i > first && complete.MatchString(line) && !(i == first+1 && departmentEnd.MatchString(s.work[segments[first].start:segments[first].end])) {
			return 0
		}
		return i + 1
	}
	return 0
}
