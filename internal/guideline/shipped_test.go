package guideline

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// expected is what a person made of the shipped document; it has only the fields a person writes down.
type expected struct {
	Title  string
	Topics []struct {
		Number         int
		Title, Content string
		Deliverables   []string
		Contacts       []struct{ Department, Name, Phone string }
	}
}

func mustExpected(t *testing.T) expected {
	t.Helper()
	bytes, err := os.ReadFile("testdata/hubei-softsci-2023-batch1.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want expected
	if err := json.Unmarshal(bytes, &want); err != nil {
		t.Fatal(err)
	}
	return want
}

func mustDecode(t testing.TB, document []byte) string {
	t.Helper()
	text, err := Decode(document)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// compare checks every field that the expectation has.
func compare(t *testing.T, got Proposal, want expected) {
	t.Helper()
	if got.Title != want.Title {
		t.Errorf("title: got %q, want %q", got.Title, want.Title)
	}
	if len(got.Topics) != len(want.Topics) {
		t.Fatalf("got %d topics, want %d", len(got.Topics), len(want.Topics))
	}
	for i, w := range want.Topics {
		g := got.Topics[i]
		if g.Number != w.Number || g.Ordinal != i+1 || g.Title != w.Title || g.Content != w.Content {
			t.Errorf("topic %d: got %d %q\n%q\nwant %d %q\n%q", i+1, g.Number, g.Title, g.Content, w.Number, w.Title, w.Content)
		}
		if strings.Join(g.Deliverables, "|") != strings.Join(w.Deliverables, "|") {
			t.Errorf("topic %d: deliverables %q, want %q", i+1, g.Deliverables, w.Deliverables)
		}
		if len(g.Contacts) != len(w.Contacts) {
			t.Errorf("topic %d: contacts %+v, want %+v", i+1, g.Contacts, w.Contacts)
			continue
		}
		for j, c := range w.Contacts {
			if g := g.Contacts[j]; g.Department != c.Department || g.Name != c.Name || g.Phone != c.Phone || len(g.Phones) != 1 || g.Phones[0] != c.Phone {
				t.Errorf("topic %d: contact %+v, want %+v", i+1, g, c)
			}
		}
	}
}

func TestShipped(t *testing.T) {
	t.Parallel()
	text := mustDecode(t, Shipped)
	p := Parse(text)
	compare(t, p, mustExpected(t))
	if p.Year != 2023 || p.Plan != "湖北省软科学计划" || p.Category != "重点项目" || p.Label != "第一批竞争类" {
		t.Errorf("title reads as %d %q %q %q", p.Year, p.Plan, p.Category, p.Label)
	}
	if len(p.Unassigned) != 0 || len(p.CallContacts) != 0 || len(p.Groups) != 0 {
		t.Errorf("unassigned %q, call contacts %v, groups %q: want none", p.Unassigned, p.CallContacts, p.Groups)
	}
	if got := codes(p); got != "deliverable-missing@3 deliverable-missing@5 topic-title-space@10 artefact-removed@0" {
		t.Errorf("findings: %s", got)
	}
}

// TestShippedPlaces reads every field back from the source.
func TestShippedPlaces(t *testing.T) {
	t.Parallel()
	text := mustDecode(t, Shipped)
	source := []rune(text)
	at := func(p *Place) string { return string(source[p.Start:p.End]) }
	if got, want := at(Parse(text).TitlePlace), Parse(text).Title; got != want {
		t.Errorf("title: source has %q", got)
	}
	for _, topic := range Parse(text).Topics {
		if got := at(topic.Places.Title); got != topic.Title {
			t.Errorf("title of %d: source has %q", topic.Ordinal, got)
		}
		if got := at(topic.Places.Content); got != topic.Content {
			t.Errorf("content of %d: source has %q", topic.Ordinal, got)
		}
		for i, d := range topic.Deliverables {
			if got := at(&topic.Places.Deliverables[i]); got != d {
				t.Errorf("deliverable of %d: source has %q", topic.Ordinal, got)
			}
		}
		c := topic.Contacts[0]
		if c.Place != *topic.Places.Contacts {
			t.Errorf("the contact of %d stands at %v, its contacts at %v", topic.Ordinal, c.Place, *topic.Places.Contacts)
		}
		if got := at(topic.Places.Contacts); got != c.Department+" "+c.Name+" "+c.Phone {
			t.Errorf("contacts of %d: source has %q", topic.Ordinal, got)
		}
	}
}

// TestShippedChanged changes the shipped document in ways that a word processor or another typist might, none of
// which may change a field.
func TestShippedChanged(t *testing.T) {
	t.Parallel()
	whole := string(Shipped)
	for name, text := range map[string]string{
		"CRLF":                    strings.ReplaceAll(whole, "\n", "\r\n"),
		"CR":                      strings.ReplaceAll(whole, "\n", "\r"),
		"no indents":              strings.ReplaceAll(whole, "\n    ", "\n"),
		"ideographic indents":     strings.ReplaceAll(whole, "\n", "\n　　"),
		"tabs":                    strings.ReplaceAll(whole, "\n", "\t\n\t"),
		"empty lines":             strings.ReplaceAll(whole, "\n", "\n\n"),
		"one line":                strings.ReplaceAll(whole, "\n", " "),
		"no line ends":            strings.ReplaceAll(whole, "\n", ""),
		"parted numbers":          regexp.MustCompile(`\n *([0-9]+)\.`).ReplaceAllString(whole, "\n$1 "),
		"bracketed numbers":       regexp.MustCompile(`\n *([0-9]+)\.`).ReplaceAllString(whole, "\n（$1）"),
		"worded numbers":          regexp.MustCompile(`\n *([0-9]+)\.`).ReplaceAllString(whole, "\n选题$1："),
		"numbers on their own":    regexp.MustCompile(`(\n *[0-9]+\.)`).ReplaceAllString(whole, "$1\n"),
		"no content labels":       strings.ReplaceAll(whole, "研究内容：", ""),
		"no contact labels":       strings.ReplaceAll(whole, "指南联系人：", ""),
		"glued contacts":          regexp.MustCompile(`：(\S+) (\S+) 027`).ReplaceAllString(whole, "：$1${2}027"),
		"titles on one line":      strings.ReplaceAll(whole, "\n研究内容", "研究内容"),
		"contacts glued":          strings.ReplaceAll(whole, "》。\n    指南联系人", "》。指南联系人"),
		"no final LF":             strings.TrimSpace(whole),
		"1、":                      strings.NewReplacer("1.", "1、", "2.", "2、", "3.", "3、", "4.", "4、", "5.", "5、", "6.", "6、", "7.", "7、", "8.", "8、", "9.", "9、", "0.", "0、").Replace(whole),
		"half-width punctuation":  strings.ReplaceAll(whole, "：", ":"),
		"full-width numbers":      fullWidthNumbers(whole),
		"full-width phones":       strings.ReplaceAll(whole, "027-", "０２７－"),
		"bracketed area codes":    strings.ReplaceAll(whole, "027-", "（027）"),
		"em dashes":               strings.ReplaceAll(whole, "027-", "027—"),
		"contact on next line":    strings.ReplaceAll(whole, "联系人：", "联系人：\n"),
		"contact in three lines":  strings.NewReplacer("联系人：", "联系人：\n", " 027", "\n027").Replace(whole),
		"labelled phones":         strings.ReplaceAll(whole, " 027", "，电话：027"),
		"contact commas":          strings.NewReplacer("办公室 ", "办公室，", " 027", "，027").Replace(whole),
		"padded names":            strings.NewReplacer("李杰", "李 杰", "刘云", "刘  云", "孙刚", "孙　刚").Replace(whole),
		"padded labels":           strings.ReplaceAll(whole, "研究内容", "研 究 内 容"),
		"wrapped contents":        strings.NewReplacer("先进经验", "先进\n经验", "打造世界级产业集群", "打造世\n    界级产业集群").Replace(whole),
		"bracketed labels":        strings.NewReplacer("研究内容：", "【研究内容】", "指南联系人：", "【指南联系人】").Replace(whole),
		"plain contact label":     strings.ReplaceAll(whole, "指南联系人", "联系人"),
		"artefacts everywhere":    strings.ReplaceAll(whole, "指南联系人", "[bookmark: a]指南联系人"),
		"artefact inside a word":  strings.ReplaceAll(whole, "产业集群发展现状", "产业[bookmark: b]集群发展现状"),
		"artefact before numbers": strings.ReplaceAll(whole, "\n3.", "\n[bookmark: _Toc1]3."),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			decoded := mustDecode(t, []byte(text))
			compare(t, Parse(decoded), mustExpected(t))
			checkConserved(t, decoded)
		})
	}
}

// fullWidthNumbers prints the numbers of the topics in full width.
func fullWidthNumbers(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if m, ok := readMarker(strings.TrimSpace(line)); ok {
			wide := strings.Map(func(r rune) rune { return r - '!' + '！' }, m.label)
			lines[i] = strings.Replace(line, m.label, wide, 1)
		}
	}
	return strings.Join(lines, "\n")
}

func codes(p Proposal) string {
	var all []string
	for _, f := range p.Findings {
		all = append(all, fmt.Sprintf("%s@%d", f.Code, f.Topic))
	}
	return strings.Join(all, " ")
}
