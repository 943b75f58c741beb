package guideline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How departments end and how persons are addressed.
var (
	departmentEnd = regexp.MustCompile(`(?:省|市|州|县|区|厅|局|处|科|室|部|委|办|院|所|中心|会|司|大学|学校|公司|集团|馆|站|队|基地|平台|组|银行|基金|园)$`)
	honorific     = regexp.MustCompile(`(?:老师|同志|主任|副?处长|副?科长|先生|女士|博士|教授|主任科员)$`)
)

// surnames are the family names that make up all but a few per mille of the population; they only help where a text
// could be read in two ways.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭" +
	"陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章" +
	"鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季成霍苗涂谷曲盛冉翁蓝骆路游靳辛管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时阳阎穆农" +
	"司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟" +
	"邝封官谈匡鞠惠荆乐冀胥郁南班储原栗燕楚鄢劳谌奚皮蔺楼冼盘满闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初" +
	"门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裴亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀" +
	"衣信展阴昝智幸奉植衡富尧闭由"

var compoundSurnames = regexp.MustCompile(`^(?:欧阳|上官|皇甫|令狐|诸葛|司徒|司马|申屠|夏侯|东方|公孙|慕容|尉迟|长孙|宇文|端木|轩辕|南宫|西门|独孤)`)

func hasSurname(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune(surnames, first) || compoundSurnames.MatchString(text)
}

// isDepartment reports whether a word reads like an organisation or a part of one.
func isDepartment(text string) bool {
	length := utf8.RuneCountInString(text)
	if !departmentEnd.MatchString(text) {
		return length > 4 && !strings.ContainsRune(text, '·') && unicode.Is(unicode.Han, firstRune(text))
	}
	return length > 2 || length == 2 && !hasSurname(text)
}

// isName reports whether a word may be a person's name, with or without a title: two or three Han characters, four
// with a compound surname, or a name with a dot.
func isName(text string) bool {
	if strings.ContainsRune(text, '·') {
		return true
	}
	bare := text
	if at := honorific.FindStringIndex(text); at != nil && at[0] > 0 {
		bare = text[:at[0]]
	}
	for _, r := range bare {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	switch length := utf8.RuneCountInString(bare); length {
	case 1:
		return bare != text && hasSurname(bare)
	case 2, 3:
		return true
	default:
		return length == 4 && compoundSurnames.MatchString(bare)
	}
}

// foreignName reports whether a word that stands where a person should may be a name of four to six characters, as
// Tibetans and Mongols have: it does not end like a department.
func foreignName(text string) bool {
	length := utf8.RuneCountInString(text)
	return 4 <= length && length <= 6 && !departmentEnd.MatchString(text) && unicode.Is(unicode.Han, firstRune(text))
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// positions matches a word that is nothing but a position.
var positions = regexp.MustCompile(`^(?:副?(?:处长|科长|主任|厅长|局长|所长|部长)|调研员|科员|主任科员|老师|同志)$`)

// certain reports whether a word can be nothing but a department, or nothing but a name: it ends like the one or begins
// like the other, not both and not neither.
func certain(text string) bool {
	if strings.ContainsRune(text, '·') {
		return true
	}
	department := departmentEnd.MatchString(text)
	name := isName(text) && hasSurname(text)
	return department != name || department && utf8.RuneCountInString(text) == 3 && officeEnd.MatchString(text)
}

// officeEnd matches how offices end and no given name does: 高新处 begins with a surname all the same.
var officeEnd = regexp.MustCompile(`(?:处|科|室|厅|局|部|办|委|所|会|司)$`)

// splitGlued parts a department from the name glued to it, or names glued together. It returns no names when the
// word is better left whole.
func splitGlued(t token) (department token, names []token) {
	runes := []rune(t.text)
	if len(t.spans) > 1 || len(runes) < 4 || departmentEnd.MatchString(t.text) || isName(t.text) {
		return token{}, nil
	}
	for length := 2; length <= 6 && length < len(runes)-1; length++ {
		front, back := string(runes[:len(runes)-length]), string(runes[len(runes)-length:])
		if departmentEnd.MatchString(front) && isName(back) && hasSurname(back) {
			d, n := t.split(len(front))
			return d, []token{n}
		}
	}
	return token{}, t.splitNames(runes)
}

// maxGlued is the length in runes up to which a word may be names glued together.
const maxGlued = 9

// splitNames cuts a word into names of two or three characters, each of which begins with a surname.
func (t token) splitNames(runes []rune) []token {
	if len(runes) > maxGlued {
		return nil
	}
	for _, length := range []int{2, 3} {
		if length > len(runes) || !hasSurname(string(runes[:length])) || !isName(string(runes[:length])) {
			continue
		}
		if length == len(runes) {
			return []token{t}
		}
		first, rest := t.split(len(string(runes[:length])))
		if names := rest.splitNames(runes[length:]); names != nil {
			return append([]token{first}, names...)
		}
	}
	return nil
}

// split cuts a token of one span after the given number of bytes.
func (t token) split(size int) (front, back token) {
	at := t.spans[0]
	front, back = t, t
	front.text, front.spans = t.text[:size], []span{{at.start, at.start + size}}
	back.text, back.spans = t.text[size:], []span{{at.start + size, at.end}}
	return front, back
}
