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
	titleEnd      = regexp.MustCompile(`(?:指南|通知|公告|目录|选题|通告|榜单)(?:的通知|的公告)?(?:[（(][^（()）]{0,30}[)）])?$`)
	titleYear     = regexp.MustCompile(`((?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})` + blank + `*(?:年度|年)`)
	titleBrackets = regexp.MustCompile(`[（(]([^（()）]+)[)）]`)
	titleBatch    = regexp.MustCompile(`第[一二三四五六七八九十0-9]{1,3}批(?:[^（()）]{0,10}类)?`)
	titlePrefix   = regexp.MustCompile(`^.*?关于(?:组织|开展|做好|印发|发布|征集|申报)*`)
	titleSuffix   = regexp.MustCompile(`(?:选题|项目)?(?:申报|征集)?(?:工作)?(?:指南|通知|公告|目录|通告)?(?:的通知|的公告)?$`)
	titlePlan     = regexp.MustCompile(`^(?:.*?计划|.*?(?:专项|基金)|.*?软科学(?:研究)?)`)
	titleCategory = regexp.MustCompile(`^(?:研究)?(.*(?:项目|课题|选题|任务))`)
	attachment    = regexp.MustCompile(`^附` + blank + `*件`)
)

// titleFields are what a call's title says.
type titleFields struct {
	year                  int
	plan, category, label string
}

func readTitle(title string) titleFields {
	var f titleFields
	rest := titlePrefix.ReplaceAllString(strings.Join(strings.FieldsFunc(title, isSpace), ""), "")
	if m := titleYear.FindStringSubmatch(rest); m != nil {
		f.year = readYear(m[1])
		rest = strings.Replace(rest, m[0], "", 1)
	}
	if m := titleBrackets.FindStringSubmatch(rest); m != nil {
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
	return f
}

// categoryEnd is where the category ends: before 申报指南, but 项目 is left when nothing else names the category.
func categoryEnd(rest string) int {
	end := titleSuffix.FindStringIndex(rest)[0]
	if strings.HasPrefix(rest[end:], "项目") {
		end += len("项目")
	}
	return end
}

// readYear reads 2023 or 二〇二三.
func readYear(text string) int {
	year := 0
	for _, r := range text {
		d := int(r - '0')
		if strings.ContainsRune("〇○零", r) {
			d = 0
		} else if r > '9' {
			d = readNumber(string(r))
		}
		year = 10*year + d
	}
	return year
}

// documentTitle finds the document's title among the lines before the first number or label: a line, or up to three
// wrapped ones, that ends like the title of a call, else the first line. It returns the range of segments and
// whether the ending was found.
func documentTitle(s *source, segments []segment) (first, end int, sure bool) {
	lines := 0
	for lines < len(segments) && !segments[lines].numbered() && segments[lines].kind != kindLabel {
		lines++
	}
	for first < lines && attachment.MatchString(s.work[segments[first].start:segments[first].end]) {
		first++
	}
	if first == lines {
		return 0, 0, false
	}
	for i := first; i < min(lines, first+wrapped); i++ {
		text := s.work[segments[first].start:segments[i].end]
		if utf8.RuneCountInString(text) > 2*maxTitle || strings.ContainsAny(text, sentenceEnds) {
			break
		}
		if titleEnd.MatchString(text) {
			return first, i + 1, true
		}
	}
	for i := first; i < lines; i++ {
		text := s.work[segments[i].start:segments[i].end]
		if utf8.RuneCountInString(text) <= maxTitle && titleEnd.MatchString(text) {
			return i, i + 1, true
		}
	}
	return first, first + 1, false
}
