package portal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TokenizerVersion is stored beside a row's tokens. Raise it whenever Tokens answers
// differently for some text, so that the rows can be found and told anew.
const TokenizerVersion = 1

const (
	queryMax = 64 // characters of a query that are looked at
	termsMax = 8  // terms of a query that are looked at

	// wordMax cuts a word, in characters: PostgreSQL takes lexemes of at most 2,046
	// bytes, and nobody types more than the first characters of a longer one.
	wordMax = 64
)

// Tokens are the words by which texts are found, sorted and each once; they go as
// they are into array_to_tsvector($1::text[]). Chinese is not cut into words: every
// two neighbouring ideographs are a token, and the last of a run is one by itself, so
// that the prefix of one character finds it wherever it stands. Latin letters and
// digits are whole words in lower case; words joined by hyphens (a telephone or
// receipt number) are also one word without them. A tsvector holds 1 MB of tokens:
// about 150,000 different pairs.
func Tokens(texts ...string) []string {
	var tokens []string
	for _, text := range texts {
		for _, run := range scriptRuns(fold(text).runes) {
			tokens = append(tokens, run.tokens()...)
		}
	}
	slices.Sort(tokens)
	return slices.Compact(tokens)
}

// scriptRun is a stretch of one script within a folded text: ideographs, or words that
// are joined by single hyphens.
type scriptRun struct {
	text []rune
	han  bool
}

func (r scriptRun) tokens() []string {
	if r.han {
		return append(pairs(r.text), string(r.text[len(r.text)-1]))
	}
	words := r.words()
	if len(words) > 1 {
		words = append(words, r.joined())
	}
	return words
}

// pairs are the neighbouring characters of ideographs, two by two.
func pairs(han []rune) []string {
	var found []string
	for i := 1; i < len(han); i++ {
		found = append(found, string(han[i-1:i+1]))
	}
	return found
}

func (r scriptRun) words() []string {
	words := strings.Split(string(r.text), "-")
	for i, word := range words {
		words[i] = cutWord(word)
	}
	return words
}

func (r scriptRun) joined() string { return cutWord(strings.ReplaceAll(string(r.text), "-", "")) }

func cutWord(word string) string { return string(firstRunes([]rune(word), wordMax)) }

func firstRunes(runes []rune, n int) []rune { return runes[:min(n, len(runes))] }

// scriptRuns splits folded text; whatever is neither ideograph nor word separates.
func scriptRuns(text []rune) []scriptRun {
	var found []scriptRun
	for i := 0; i < len(text); {
		end := i
		switch {
		case isHan(text[i]):
			for end < len(text) && isHan(text[end]) {
				end++
			}
			found = append(found, scriptRun{text[i:end], true})
		case isWord(text[i]):
			for end < len(text) && inWords(text, end) {
				end++
			}
			found = append(found, scriptRun{text[i:end], false})
		default:
			end++
		}
		i = end
	}
	return found
}

// inWords reports whether the place belongs to words, or is a hyphen between two.
func inWords(text []rune, i int) bool {
	return isWord(text[i]) || text[i] == '-' && i+1 < len(text) && isWord(text[i+1])
}

// isHan takes the planes 2 and 3 whole: they are kept for ideographs, and a rare
// character in a name may be younger than the Unicode tables of the toolchain.
func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || r >= 0x20000 && r <= 0x3FFFF }

func isWord(r rune) bool { return !isHan(r) && unicode.In(r, unicode.L, unicode.N, unicode.M) }

// folded is a text as the search compares it, with the place in the original of
// every character: runes[i] was made from the bytes from[i] to to[i].
type folded struct {
	runes    []rune
	from, to []int
}

// fold makes NFKC lower case without invisible characters and with plain hyphens,
// piece by piece between the boundaries of the normalisation, so that every piece
// can be found again. An invisible character belongs to the one before it.
func fold(text string) folded {
	var f folded
	for from := 0; from < len(text); {
		to := from + norm.NFKC.NextBoundaryInString(text[from:], true)
		for _, r := range norm.NFKC.String(text[from:to]) {
			f.add(r, from, to)
		}
		from = to
	}
	return f
}

func (f *folded) add(r rune, from, to int) {
	if invisible(r) {
		if len(f.to) > 0 {
			f.to[len(f.to)-1] = to
		}
		return
	}
	f.runes = append(f.runes, foldRune(r))
	f.from = append(f.from, from)
	f.to = append(f.to, to)
}

func foldRune(r rune) rune {
	switch r {
	case '‐', '–', '—', '−': // typed for a hyphen in telephone numbers
		return '-'
	}
	return unicode.ToLower(r)
}

// Search is what somebody looks for. A text is found when every term stands in it.
type Search struct{ Terms []Term }

// Term is one part of a search, folded: ideographs, or words joined by hyphens.
type Term struct{ scriptRun }

// Query reads what was typed into a search box. White space, punctuation and a
// change of script separate terms; the first 8 terms of the first 64 characters
// count, and each only once. A Search without terms looks for nothing.
func Query(typed string) Search {
	var s Search
	for _, run := range scriptRuns(firstRunes(fold(typed).runes, queryMax)) {
		known := slices.ContainsFunc(s.Terms, func(t Term) bool { return slices.Equal(t.text, run.text) })
		if !known && len(s.Terms) < termsMax {
			s.Terms = append(s.Terms, Term{run})
		}
	}
	return s
}

// TSQuery is the search as text for $1::tsquery over Tokens: all terms. It is empty,
// which PostgreSQL reads as a query that finds nothing, when there are no terms.
func (s Search) TSQuery() string {
	parts := make([]string, len(s.Terms))
	for i, term := range s.Terms {
		parts[i] = term.TSQuery()
	}
	return strings.Join(parts, " & ")
}

// Text is the term as it is compared.
func (t Term) Text() string { return string(t.text) }

// TSQuery is the term as text for $1::tsquery over Tokens: one ideograph is a
// prefix, two are a token, more are all their pairs (see Like). A word is a prefix;
// words joined by hyphens are found with and without them.
func (t Term) TSQuery() string {
	if t.han {
		if len(t.text) == 1 {
			return lexemePrefix(t.Text())
		}
		return conjoined(pairs(t.text), lexeme)
	}
	words := t.words()
	if len(words) == 1 {
		return lexemePrefix(words[0])
	}
	last := len(words) - 1
	return "(" + lexemePrefix(t.joined()) + " | " + conjoined(words[:last], lexeme) + " & " + lexemePrefix(words[last]) + ")"
}

// Like is the pattern for a LIKE over normalize(text, NFKC) that rechecks what
// TSQuery found: the pairs of three and more ideographs may stand apart. Every other
// term is exact already and has the pattern that fits everything. Ideographs hold no
// sign that LIKE would take for its own, so nothing needs escaping.
func (t Term) Like() string {
	if t.han && len(t.text) > 2 {
		return "%" + t.Text() + "%"
	}
	return "%"
}

func conjoined(words []string, write func(string) string) string {
	written := make([]string, len(words))
	for i, word := range words {
		written[i] = write(word)
	}
	return strings.Join(written, " & ")
}

// lexeme quotes a word for a tsquery. Words are letters, marks and digits; the
// escapes stand here so that this stays safe should they ever be more.
func lexeme(word string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(word) + "'"
}

func lexemePrefix(word string) string { return lexeme(word) + ":*" }

// Span is a piece of a text; Hit says that it was looked for.
type Span struct {
	Text string
	Hit  bool
}

// Mark cuts a text into pieces that were looked for and pieces that were not; joined
// they are the text, byte for byte. Case, width and hyphens are compared as Tokens
// does; a word is marked only where it begins, as it is found only there.
func Mark(text string, s Search) []Span { return spans(text, s.places(text), 0, len(text)) }

// Excerpt is Mark for the part of a text around its first hit, of the given width in
// characters, with … where something was left out. The hit stands in the first third.
func Excerpt(text string, s Search, width int) []Span {
	places := s.places(text)
	first := 0
	if len(places) > 0 {
		first = places[0].from
	}
	from := runesBack(text, first, width/3)
	to := runesForth(text, from, width)
	if to == len(text) {
		from = runesBack(text, to, width)
	}
	cut := spans(text, places, from, to)
	if from > 0 {
		cut = slices.Insert(cut, 0, Span{Text: "…"})
	}
	if to < len(text) {
		cut = append(cut, Span{Text: "…"})
	}
	return cut
}

// runesBack is the place n characters before the place at.
func runesBack(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// runesForth is the place n characters after the place at.
func runesForth(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// place is a stretch of bytes.
type place struct{ from, to int }

// places are the hits in a text, in order and without overlaps.
func (s Search) places(text string) []place {
	f := fold(text)
	var hits []place
	for _, term := range s.Terms {
		for i := range f.runes {
			if term.at(f.runes, i) {
				hits = append(hits, place{f.from[i], f.to[i+len(term.text)-1]})
			}
		}
	}
	slices.SortFunc(hits, func(a, b place) int { return a.from - b.from })
	return merged(hits)
}

// at reports whether the term stands at the place of a folded text.
func (t Term) at(text []rune, i int) bool {
	if len(t.text) > len(text)-i || !slices.Equal(t.text, text[i:i+len(t.text)]) {
		return false
	}
	return t.han || i == 0 || !isWord(text[i-1])
}

func merged(hits []place) []place {
	var apart []place
	for _, hit := range hits {
		if last := len(apart) - 1; last >= 0 && hit.from <= apart[last].to {
			apart[last].to = max(apart[last].to, hit.to)
			continue
		}
		apart = append(apart, hit)
	}
	return apart
}

// spans cuts the text from one place to another at its hits.
func spans(text string, hits []place, from, to int) []Span {
	var found []Span
	add := func(a, b int, hit bool) {
		if a < b {
			found = append(found, Span{text[a:b], hit})
		}
	}
	done := from
	for _, hit := range hits {
		a, b := max(hit.from, done), min(hit.to, to)
		if a >= b {
			continue
		}
		add(done, a, false)
		add(a, b, true)
		done = b
	}
	add(done, to, false)
	return found
}
