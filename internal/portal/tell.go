package portal

import (
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// TellerVersion is stored beside what Tell made. Raise it whenever Tell answers differently
// for some text, so that the rows can be found and told anew.
const TellerVersion = 1

// Told is what a submitted application is found by. Leader, Unit and Text are plain: a word
// of a Filter is found wherever it stands in them. Tokens are the characters and the pairs
// of characters of all three, sorted and each once: a text that lacks one of a word's
// cannot hold the word. Characters beyond the first plane may share a token.
type Told struct {
	Leader, Unit, Text string
	Tokens             []int32
}

// Tell makes Told of an application's leader and unit, of the others it names, and of all
// its other texts.
func Tell(leader, unit string, people []string, texts ...string) Told {
	t := Told{Leader: named(leader), Unit: plain(unit)}
	lines := []string{t.Leader, t.Unit}
	for _, name := range people {
		lines = append(lines, named(name))
	}
	for _, text := range texts {
		lines = append(lines, plain(text))
	}
	t.Text = strings.Join(lines, " ")
	t.Tokens = tokensOf(t.Text)
	return t
}

// plain is a text as it is compared: NFKC, lower case, words of letters and ideographs set
// apart by single spaces. A hyphen stays between two letters or digits.
func plain(text string) string {
	letters := foldedRunes(text)
	kept := make([]rune, 0, len(letters))
	apart := false
	for i, r := range letters {
		if !isHan(r) && !inWords(letters, i) || r == '-' && (i == 0 || !isWord(letters[i-1])) {
			apart = true
			continue
		}
		if apart && len(kept) > 0 {
			kept = append(kept, ' ')
		}
		apart = false
		kept = append(kept, r)
	}
	return string(kept)
}

// foldedRunes are the characters of fold, without their places.
func foldedRunes(text string) []rune {
	letters := make([]rune, 0, len(text)/2)
	for _, r := range norm.NFKC.String(text) {
		if !invisible(r) {
			letters = append(letters, foldRune(r))
		}
	}
	return letters
}

// named is a person's name with the initials by which it is found too.
func named(name string) string {
	return strings.TrimSpace(plain(name) + " " + strings.Join(Initials(name), " "))
}

// readings bounds the initials of one name: a character may be read in several ways.
const readings = 16

// Initials are what the pinyin of a Chinese name may begin with, character by character:
// 曾单 gives cd, cs, zd and zs. A name in other letters has none.
func Initials(name string) []string {
	all := []string{""}
	for _, r := range foldedRunes(name) {
		letters := firstLetters(r)
		if len(letters) == 0 {
			continue
		}
		var longer []string
		for _, begun := range all {
			for _, letter := range letters {
				longer = append(longer, begun+letter)
			}
		}
		all = longer[:min(len(longer), readings)]
	}
	return slices.DeleteFunc(all, func(word string) bool { return word == "" })
}

func firstLetters(r rune) []string {
	letters := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.FirstLetter, Heteronym: true})
	slices.Sort(letters)
	return slices.Compact(letters)
}

// tokensOf are the tokens of a plain text.
func tokensOf(text string) []int32 {
	tokens := make([]int32, 0, len(text)*2/3)
	before := ' '
	for _, r := range text {
		if r != ' ' {
			tokens = append(tokens, pack(0, r))
			if before != ' ' {
				tokens = append(tokens, pack(before, r))
			}
		}
		before = r
	}
	slices.Sort(tokens)
	return slices.Compact(tokens)
}

func pack(a, b rune) int32 { return int32(uint32(a)<<16 ^ uint32(b)) }
