package portal

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Filter is what somebody looks for among the submitted applications: all of it must hold.
// The zero value finds them all. Words, Unit and Leader are plain (see Tell).
type Filter struct {
	Words    []string
	Standing Standpoint
	Batch    string // slug
	Ordinal  int    // of the topic
	Unit     string
	Leader   string    // part of the name, or its pinyin initials
	Flag     string    // a mark of the contacts
	From, To time.Time // submitted at or after, and before
	Least    Fen       // 申请专项经费 of at least
	Below    Fen       // and less than
}

// Standpoint is what 状态: can say: a status as the clock shows it, or a part of 待受理.
type Standpoint string

// The parts of 待受理 that have views of their own.
const (
	Again   Standpoint = "again"   // came back after a return
	Overdue Standpoint = "overdue" // not acted on within the working days that are promised
)

// Deputed is what a contact has as a deputy alone; nobody else finds anything by it.
const Deputed Standpoint = "deputed"

// standpoint is a word of 状态: with what it says.
type standpoint struct {
	word string
	is   Standpoint
}

// standpoints are the words of 状态:, of two for the same the one that is written first.
var standpoints = func() []standpoint {
	list := []standpoint{{"退回后重交", Again}, {"超期", Overdue}, {"代管", Deputed}}
	for _, s := range Statuses {
		if s != Draft {
			list = append(list, standpoint{s.Label(), Standpoint(s)})
		}
	}
	return append(list, standpoint{"待评审", Standpoint(Accepted)})
}()

// Standpoints are the words that 状态: knows, in the order of a life, one for each standpoint.
func Standpoints() []string {
	var words []string
	for _, s := range standpoints {
		if s.is.Word() == s.word {
			words = append(words, s.word)
		}
	}
	return words
}

// Word is how the standpoint is written after 状态:.
func (p Standpoint) Word() string {
	for _, s := range standpoints {
		if s.is == p {
			return s.word
		}
	}
	return ""
}

const (
	typedMax = 200 // characters of what was typed that are looked at
	wordsMax = 8   // words of it
)

// filterField is one name: with how its value is read and written. read returns what is
// wrong with a value, for the person who typed it.
type filterField struct {
	name, example string
	read          func(*Filter, string) error
	write         func(Filter) []string
}

var filterFields = []filterField{
	{"状态", "状态:待受理", readStandpoint, func(f Filter) []string { return said(f.Standing.Word()) }},
	{"指南", "指南:3", readOrdinal, func(f Filter) []string { return said(nonZero(f.Ordinal)) }},
	{"批次", "批次:2023-softsci-1", readBatch, func(f Filter) []string { return said(f.Batch) }},
	{"单位", "单位:大学", func(f *Filter, v string) error { return readPlain(&f.Unit, v) }, func(f Filter) []string { return said(joined(f.Unit)) }},
	{"负责人", "负责人:zs", func(f *Filter, v string) error { return readPlain(&f.Leader, v) }, func(f Filter) []string { return said(joined(f.Leader)) }},
	{"标记", "标记:重点", readFlag, func(f Filter) []string { return said(f.Flag) }},
	{"提交", "提交:>2023-04-01", readDays, writeDays},
	{"金额", "金额:>3", readAmount, writeAmount},
}

// FilterExamples are the fields with a value each, for those who begin.
func FilterExamples() []string {
	var list []string
	for _, field := range filterFields {
		list = append(list, field.example)
	}
	return list
}

// ParseFilter reads what was typed into the box: words, and values behind the names of
// fields (状态:待受理), in full or half width. What cannot be read is told in sentences and
// looks for nothing; an unknown name is a word like any other. The first 200 characters
// and 8 words count.
func ParseFilter(typed string) (f Filter, problems []string) {
	for _, part := range strings.Fields(string(firstRunes([]rune(typed), typedMax))) {
		field, value := filterFieldOf(norm.NFKC.String(part))
		if field == nil {
			f.addWords(part)
		} else if err := field.read(&f, value); err != nil {
			problems = append(problems, "“"+part+"”没有用来查找："+err.Error())
		}
	}
	return f, problems
}

func (f *Filter) addWords(part string) {
	for _, word := range strings.Fields(plain(part)) {
		word = string(firstRunes([]rune(word), wordMax))
		if len(f.Words) < wordsMax && !slices.Contains(f.Words, word) {
			f.Words = append(f.Words, word)
		}
	}
}

func filterFieldOf(part string) (*filterField, string) {
	name, value, ok := strings.Cut(part, ":")
	for i := range filterFields {
		if ok && filterFields[i].name == name {
			return &filterFields[i], value
		}
	}
	return nil, ""
}

// String writes the filter as ParseFilter reads it.
func (f Filter) String() string {
	var parts []string
	for _, field := range filterFields {
		for _, value := range field.write(f) {
			parts = append(parts, field.name+":"+value)
		}
	}
	return strings.Join(append(parts, f.Words...), " ")
}

// With is the filter with one more field, in place of what it said of that.
func (f Filter) With(name, value string) Filter {
	if field, _ := filterFieldOf(name + ":"); field != nil {
		_ = field.read(&f, value) // a value that cannot be read leaves the filter as it was
	}
	return f
}

// Search is what to mark in a text that was found.
func (f Filter) Search() Search { return Query(strings.Join(f.Words, " ")) }

// Pairs are the tokens that a text must have to be found: none where only what has no
// tokens is asked for.
func (f Filter) Pairs() []int32 {
	return tokensOf(strings.Join(append([]string{f.Unit, f.Leader}, f.Words...), " "))
}

var numberPattern = regexp.MustCompile(`^\d{4}-[a-z][a-z0-9]{1,11}-\d{2,}-\d{4,}$`)

// Number is the 受理编号 that was typed and nothing else, "" otherwise.
func (f Filter) Number() string {
	if len(f.Words) == 1 && f.String() == f.Words[0] && numberPattern.MatchString(f.Words[0]) {
		return strings.ToUpper(f.Words[0])
	}
	return ""
}

func said(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// joined writes a plain value of several words as one.
func joined(value string) string { return strings.ReplaceAll(value, " ", ",") }

func nonZero(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func readStandpoint(f *Filter, value string) error {
	for _, s := range standpoints {
		if s.word == value {
			f.Standing = s.is
			return nil
		}
	}
	return fmt.Errorf("没有这种状态，可以写%s", strings.Join(Standpoints(), "、"))
}

func readOrdinal(f *Filter, value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > 9999 {
		return errors.New("“指南:”后面写选题的序号，例如 指南:3")
	}
	f.Ordinal = n
	return nil
}

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func readBatch(f *Filter, value string) error {
	if value = strings.ToLower(value); !slugPattern.MatchString(value) {
		return errors.New("“批次:”后面写批次的网址名，例如 批次:2023-softsci-1")
	}
	f.Batch = value
	return nil
}

func readPlain(into *string, value string) error {
	words := plain(value)
	if words == "" {
		return errors.New("冒号后面还要写字，中间不空格")
	}
	*into = words
	return nil
}

func readFlag(f *Filter, value string) error {
	if value == "" || strings.ContainsFunc(value, unicode.IsSpace) {
		return errors.New("“标记:”后面写标记的名称")
	}
	f.Flag = value
	return nil
}

// compared takes the sign from before a value: "" for none.
func compared(value string) (sign, rest string) {
	for _, sign := range []string{">=", "<=", ">", "<"} {
		if rest, ok := strings.CutPrefix(value, sign); ok {
			return sign, rest
		}
	}
	return "", value
}

// bounds turns a sign before a value from first to (not including) last into the ends of
// what is meant; ok says which of them are meant at all.
func bounds[T any](sign string, first, last T) (from, to T, hasFrom, hasTo bool) {
	switch sign {
	case ">":
		return last, to, true, false
	case ">=":
		return first, to, true, false
	case "<":
		return from, first, false, true
	case "<=":
		return from, last, false, true
	}
	return first, last, true, true
}

func readDays(f *Filter, value string) error {
	sign, rest := compared(value)
	first, err := ParseDate(rest)
	last := first.AddDate(0, 0, 1)
	if err != nil {
		if first, err = ParseMonth(rest); err != nil {
			return errors.New("日期写成 提交:2023-04-01、提交:>2023-04-01 或 提交:2023-04")
		}
		last = first.AddDate(0, 1, 0)
	}
	from, to, hasFrom, hasTo := bounds(sign, first, last)
	if hasFrom {
		f.From = from
	}
	if hasTo {
		f.To = to
	}
	return nil
}

func writeDays(f Filter) (parts []string) {
	if !f.From.IsZero() {
		parts = append(parts, ">="+f.From.In(Shanghai).Format(time.DateOnly))
	}
	if !f.To.IsZero() {
		parts = append(parts, "<"+f.To.In(Shanghai).Format(time.DateOnly))
	}
	return parts
}

func readAmount(f *Filter, value string) error {
	sign, rest := compared(value)
	amount, err := ParseWan(rest)
	if err != nil || amount == 0 {
		return errors.New("金额以万元为单位，写成 金额:>3、金额:<=4.5 或 金额:5")
	}
	least, below, hasLeast, hasBelow := bounds(sign, amount, amount+fenPerHundredth)
	if hasLeast {
		f.Least = least
	}
	if hasBelow {
		f.Below = below
	}
	return nil
}

func writeAmount(f Filter) (parts []string) {
	if f.Least > 0 {
		parts = append(parts, ">="+f.Least.Wan())
	}
	if f.Below > 0 {
		parts = append(parts, "<"+f.Below.Wan())
	}
	return parts
}

// Order is how a list is sorted: by the name of a key, turned around or not.
type Order struct {
	Key  string
	Down bool
}

// Newest is the order of a list unless another is chosen.
var Newest = Order{"time", true}

// sortKey is a key by which applications can be sorted: what of an application it is, as it
// stands in the address of the next page, and how that is read.
type sortKey struct {
	name string
	of   func(Application) string
	read func(string) (any, error)
}

var sortKeys = []sortKey{
	{"time", func(a Application) string { return a.SubmittedAt.UTC().Format(time.RFC3339Nano) }, func(s string) (any, error) { return time.Parse(time.RFC3339Nano, s) }},
	{"number", func(a Application) string { return a.Number }, asText},
	{"leader", func(a Application) string { return a.LeaderName }, asText},
	{"unit", func(a Application) string { return a.UnitName }, asText},
	{"amount", func(a Application) string { return strconv.FormatInt(int64(a.Amount), 10) }, func(s string) (any, error) { return strconv.ParseInt(s, 10, 64) }},
}

func asText(s string) (any, error) { return s, nil }

func (o Order) key() sortKey {
	i := slices.IndexFunc(sortKeys, func(k sortKey) bool { return k.name == o.Key })
	return sortKeys[max(i, 0)]
}

// After is the address of the place behind an application in a list of this order.
func (o Order) After(a Application) Cursor {
	return Cursor{Key: o.key().of(a), ID: a.ID}
}

// Cursor is a place in a list that is walked by key, as it stands in addresses; the zero
// value is the beginning.
type Cursor struct {
	Key string
	ID  int64
}

// Value is what a cursor's key says in this order, false where it says nothing.
func (o Order) Value(c Cursor) (any, bool) {
	value, err := o.key().read(c.Key)
	return value, err == nil && c.ID > 0
}

// ParseOrder reads an order as it stands in addresses: a key's name, with a hyphen before
// it where it is turned around. Anything else is Newest.
func ParseOrder(word string) Order {
	key, down := strings.CutPrefix(word, "-")
	if (Order{Key: key}).key().name != key {
		return Newest
	}
	return Order{key, down}
}

// String writes the order as ParseOrder reads it.
func (o Order) String() string {
	if o.Down {
		return "-" + o.Key
	}
	return o.Key
}

// CountText writes how many were found: above 1,000 nobody counts on.
func CountText(n int) string {
	if n > CountMax {
		return "1,000+"
	}
	if n == CountMax {
		return "1,000"
	}
	return strconv.Itoa(n)
}

// CountMax is how far what was found is counted.
const CountMax = 1000

// SavedView is a filter that somebody keeps under a name.
type SavedView struct {
	ID          int64
	Name        string
	Query, Sort string
	Own         bool // of the account that reads it, which can rename and remove it
	Ordinal     int  // of the topic whose contacts share it, 0 for none
	By          string
}

// ViewNameMax is how many characters the name of a saved view has at most.
const ViewNameMax = 30
