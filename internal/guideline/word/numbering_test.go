package word

import (
	"fmt"
	"strings"
	"testing"
)

func TestNumeral(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]string{ // of 1, 2, 10, 11, 20, 21, 100, 101, 110, 1001, 9999
		"decimal":                      "1 2 10 11 20 21 100 101 110 1001 9999",
		"decimalZero":                  "01 02 10 11 20 21 100 101 110 1001 9999",
		"decimalFullWidth":             "１ ２ １０ １１ ２０ ２１ １００ １０１ １１０ １００１ ９９９９",
		"chineseCounting":              "一 二 十 十一 二十 二十一 一〇〇 一〇一 一一〇 一〇〇一 九九九九",
		"chineseCountingThousand":      "一 二 十 十一 二十 二十一 一百 一百零一 一百一十 一千零一 九千九百九十九",
		"japaneseCounting":             "一 二 十 十一 二十 二十一 百 百一 百十 千一 九千九百九十九",
		"ideographDigital":             "一 二 一〇 一一 二〇 二一 一〇〇 一〇一 一一〇 一〇〇一 九九九九",
		"chineseLegalSimplified":       "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰 壹佰零壹 壹佰壹拾 壹仟零壹 玖仟玖佰玖拾玖",
		"ideographTraditional":         "甲 乙 癸 11 20 21 100 101 110 1001 9999",
		"ideographZodiac":              "子 丑 酉 戌 20 21 100 101 110 1001 9999",
		"ideographEnclosedCircle":      "㊀ ㊁ ㊉ 11 20 21 100 101 110 1001 9999",
		"decimalEnclosedCircleChinese": "① ② ⑩ ⑪ ⑳ ㉑ 100 101 110 1001 9999",
		"decimalEnclosedCircle":        "① ② ⑩ ⑪ ⑳ ㉑ 100 101 110 1001 9999",
		"decimalEnclosedParen":         "⑴ ⑵ ⑽ ⑾ ⒇ 21 100 101 110 1001 9999",
		"decimalEnclosedFullstop":      "⒈ ⒉ ⒑ ⒒ ⒛ 21 100 101 110 1001 9999",
		"lowerRoman":                   "i ii x xi xx xxi c ci cx mi mmmmmmmmmcmxcix",
		"upperRoman":                   "I II X XI XX XXI C CI CX MI MMMMMMMMMCMXCIX",
		"somethingNew":                 "1 2 10 11 20 21 100 101 110 1001 9999",
	} {
		var got []string
		for _, n := range []int{1, 2, 10, 11, 20, 21, 100, 101, 110, 1001, 9999} {
			got = append(got, numeral(format, n))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %s; want %s", format, got, want)
		}
	}
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"upperLetter", 1, "A"}, {"upperLetter", 26, "Z"}, {"upperLetter", 27, "AA"}, {"lowerLetter", 54, "bbb"}, {"lowerLetter", 0, "0"},
		{"decimalEnclosedCircle", 35, "㉟"}, {"decimalEnclosedCircle", 36, "㊱"}, {"decimalEnclosedCircle", 50, "㊿"}, {"decimalEnclosedCircle", 51, "51"},
		{"none", 3, ""}, {"decimal", 99999999, "9999"}, {"decimal", -5, "0"}, {"chineseCounting", 0, "零"}, {"ideographDigital", 0, "〇"}, {"numberInDash", 3, "- 3 -"},
	} {
		if got := numeral(c.format, c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.format, c.n, got, c.want)
		}
	}
}

// lvl, abstract and num write down a list's definition; more are further elements.
func lvl(level int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>%s</w:lvl>`, level, format, text, more)
}

func abstract(id, content string) string {
	return `<w:abstractNum w:abstractNumId="` + id + `">` + content + `</w:abstractNum>`
}

func num(id int, abstract, more string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%s"/>%s</w:num>`, id, abstract, more)
}

func TestNumbering(t *testing.T) {
	t.Parallel()
	official := abstract("0", lvl(0, "chineseCountingThousand", "%1、", "")+lvl(1, "chineseCountingThousand", "（%2）", "")+lvl(2, "decimal", "%3.", "")+lvl(3, "decimalEnclosedCircleChinese", "%4", ""))
	decimal := abstract("0", lvl(0, "decimal", "%1", "")+lvl(1, "decimal", "%1.%2", "")+lvl(2, "decimal", "%1.%2.%3", ""))
	restarted := `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`
	for _, c := range []struct {
		name, lists, styles string
		paragraphs          string // "level list style" a paragraph, "-" for what it does not say
		want                string
	}{
		{name: "an official document", lists: official + num(1, "0", ""), paragraphs: "0 1 -,1 1 -,1 1 -,2 1 -,3 1 -,3 1 -,2 1 -,0 1 -,1 1 -",
			want: "一、甲|（一）甲|（二）甲|1.甲|① 甲|② 甲|2.甲|二、甲|（一）甲"},
		{name: "numbers of several levels", lists: decimal + num(1, "0", ""), paragraphs: "0 1 -,1 1 -,2 1 -,2 1 -,1 1 -,2 1 -,0 1 -,1 1 -", want: "1 甲|1.1 甲|1.1.1 甲|1.1.2 甲|1.2 甲|1.2.1 甲|2 甲|2.1 甲"},
		{name: "a lower level first", lists: decimal + num(1, "0", ""), paragraphs: "1 1 -,1 1 -,0 1 -,1 1 -", want: "1.1 甲|1.2 甲|1 甲|1.1 甲"},
		{name: "two lists of one definition go on", lists: official + num(1, "0", "") + num(2, "0", ""), paragraphs: "0 1 -,0 2 -,0 1 -", want: "一、甲|二、甲|三、甲"},
		{name: "a list that begins anew", lists: official + num(1, "0", "") + num(2, "0", restarted), paragraphs: "0 1 -,0 1 -,0 2 -,0 2 -", want: "一、甲|二、甲|一、甲|二、甲"},
		{name: "start", lists: abstract("0", `<w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>`) + num(1, "0", ""), paragraphs: "0 1 -,0 1 -", want: "5.甲|6.甲"},
		{name: "no start is 0", lists: abstract("0", `<w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl>`) + num(1, "0", ""), paragraphs: "0 1 -,0 1 -", want: "0.甲|1.甲"},
		{name: "a level of its own", lists: official + num(1, "0", `<w:lvlOverride w:ilvl="0">`+lvl(0, "decimal", "选题%1：", "")+`</w:lvlOverride>`), paragraphs: "0 1 -,0 1 -", want: "选题1：甲|选题2：甲"},
		{name: "arabic digits throughout", lists: abstract("0", lvl(0, "chineseCounting", "第%1章", "")+lvl(1, "decimal", "%1.%2", `<w:isLgl/>`)) + num(1, "0", ""), paragraphs: "0 1 -,1 1 -", want: "第一章 甲|1.1 甲"},
		{name: "never begin anew", lists: abstract("0", lvl(0, "decimal", "%1.", "")+lvl(1, "decimal", "(%2)", `<w:lvlRestart w:val="0"/>`)) + num(1, "0", ""), paragraphs: "0 1 -,1 1 -,0 1 -,1 1 -", want: "1.甲|(1)甲|2.甲|(2)甲"},
		{name: "begin anew after the first level only", lists: abstract("0", lvl(0, "decimal", "%1.", "")+lvl(1, "decimal", "(%2)", "")+lvl(2, "decimal", "%3)", `<w:lvlRestart w:val="1"/>`)) + num(1, "0", ""),
			paragraphs: "0 1 -,1 1 -,2 1 -,1 1 -,2 1 -,0 1 -,2 1 -", want: "1.甲|(1)甲|1)甲|(2)甲|2)甲|2.甲|1)甲"},
		{name: "what stands behind the number", lists: abstract("0", lvl(0, "decimal", "%1", `<w:suff w:val="nothing"/>`)+lvl(1, "decimal", "%2", `<w:suff w:val="space"/>`)+lvl(2, "decimal", "%3", "")) + num(1, "0", ""), paragraphs: "0 1 -,1 1 -,2 1 -", want: "1甲|1 甲|1 甲"},
		{name: "bullets", lists: abstract("0", lvl(0, "bullet", "\uF0B7", "")) + num(1, "0", ""), paragraphs: "0 1 -,0 1 -", want: "• 甲|• 甲"},
		{name: "no text", lists: abstract("0", lvl(0, "decimal", "", "")) + num(1, "0", ""), paragraphs: "0 1 -", want: "甲"},
		{name: "a percent sign", lists: abstract("0", lvl(0, "decimal", "%1%0%", "")) + num(1, "0", ""), paragraphs: "0 1 -", want: "1%0%甲"},
		{name: "a format of its own", lists: abstract("0", `<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice><mc:Fallback><w:numFmt w:val="upperRoman"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>`) + num(1, "0", ""), paragraphs: "0 1 -", want: "1.甲"},

		{name: "by style", lists: decimal + num(1, "0", ""), styles: `<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>`, paragraphs: "- - a,- - b,1 - a,- 0 a", want: "1 甲|2 甲|2.1 甲|甲"},
		{name: "a level by style", lists: abstract("0", lvl(0, "decimal", "%1", `<w:pStyle w:val="1"/>`)+lvl(1, "decimal", "%1.%2", `<w:pStyle w:val="2"/>`)) + num(1, "0", ""),
			styles:     `<w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`,
			paragraphs: "- - 1,- - 2,- - 2", want: "1 甲|1.1 甲|1.2 甲"},
		{name: "a level that the style names", lists: decimal + num(1, "0", ""), styles: `<w:style w:styleId="a"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, paragraphs: "- - a", want: "1.1 甲"},
		{name: "a list that a style defines", lists: abstract("0", `<w:numStyleLink w:val="l"/>`) + abstract("1", `<w:styleLink w:val="l"/>`+lvl(0, "decimal", "%1.", "")) + num(1, "0", "") + num(2, "1", ""), styles: `<w:style w:styleId="l"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`, paragraphs: "0 1 -,0 2 -", want: "1.甲|2.甲"},
		{name: "styles in a ring", lists: decimal + num(1, "0", ""), styles: `<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>`, paragraphs: "- - a", want: "甲"},
		{name: "lists in a ring", lists: abstract("0", `<w:numStyleLink w:val="l"/>`) + num(1, "0", ""), styles: `<w:style w:styleId="l"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, paragraphs: "0 1 -", want: "甲"},

		{name: "no list", lists: decimal + num(1, "0", ""), paragraphs: "0 0 -,0 7 -,- - x", want: "甲|甲|甲"},
		{name: "a list without definition", lists: num(1, "0", ""), paragraphs: "0 1 -", want: "甲"},
		{name: "levels out of range", lists: abstract("0", lvl(8, "decimal", "%9.", "")+lvl(0, "decimal", "%1.", "")) + num(1, "0", ""), paragraphs: "99999999 1 -,-3 1 -,99999999999999999999 1 -", want: "1.甲|1.甲|2.甲"},
		{name: "numbers out of range", lists: abstract("0", lvl(0, "decimal", "%1.", "")) + num(1, "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="99999999"/></w:lvlOverride>`) + num(2, "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="-7"/></w:lvlOverride>`), paragraphs: "0 1 -,0 1 -,0 2 -", want: "9999.甲|9999.甲|0.甲"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var body strings.Builder
			for paragraph := range strings.SplitSeq(c.paragraphs, ",") {
				body.WriteString(listed(strings.Fields(paragraph)))
			}
			got := mustReadDocx(t, docx(body.String(), "numbering", c.lists, "styles", c.styles))
			if text := strings.ReplaceAll(strings.TrimSuffix(got.String, "\n"), "\n", "|"); text != c.want {
				t.Errorf("got %s, want %s", text, c.want)
			}
		})
	}
}

// listed is a paragraph of a level, list and style.
func listed(of []string) string {
	properties := ""
	if of[2] != "-" {
		properties += `<w:pStyle w:val="` + of[2] + `"/>`
	}
	numbers := ""
	if of[0] != "-" {
		numbers += `<w:ilvl w:val="` + of[0] + `"/>`
	}
	if of[1] != "-" {
		numbers += `<w:numId w:val="` + of[1] + `"/>`
	}
	return p(`<w:pPr>` + properties + `<w:numPr>` + numbers + `</w:numPr></w:pPr>` + r(words("甲")))
}

// TestDeletedNumbers: a paragraph that a tracked change deletes is not counted.
func TestDeletedNumbers(t *testing.T) {
	t.Parallel()
	list := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	body := p(`<w:pPr>`+list+`</w:pPr>`+r(words("甲"))) + p(`<w:pPr>`+list+`<w:rPr><w:del/></w:rPr></w:pPr><w:del>`+r(words("旧"))+`</w:del>`) + p(`<w:pPr>`+list+`</w:pPr>`+r(words("乙")))
	if got := mustReadDocx(t, docx(body, "numbering", abstract("0", lvl(0, "decimal", "%1.", ""))+num(1, "0", ""))); got.String != "1.甲\n2.乙\n" {
		t.Errorf("got %q", got.String)
	}
}
