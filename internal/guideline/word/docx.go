package word

import (
	"context"
	"fmt"
	"strings"

	"softsci/internal/guideline/plain"
)

// scanRunes is how little text a document with pictures has when it is a scan, say a title that somebody typed above.
const scanRunes = 20

// ReadDocx reads a .docx, transitional or strict. Its errors are the refusals of package plain and what ctx says.
func ReadDocx(ctx context.Context, raw []byte) (plain.Text, error) {
	archive, err := openArchive(raw)
	if err != nil {
		return plain.Text{}, err
	}
	d, err := openDocument(archive, &limits{ctx: ctx})
	if err != nil {
		return plain.Text{}, err
	}
	return d.read()
}

// document is a .docx being read.
type document struct {
	archive   *archive
	limits    *limits
	name      string // of the main part
	relations []relation
	styles    styles
	numbering *numbering
	text      plain.Builder
	footnotes map[string][]string // ids by kind, in the order of the text
	images    int
	objects   int // embedded files, charts
	comments  int
	tracked   bool
}

func openDocument(a *archive, limits *limits) (*document, error) {
	name, err := a.main(limits)
	if err != nil {
		return nil, err
	}
	d := &document{archive: a, limits: limits, name: name, footnotes: map[string][]string{}}
	if d.relations, err = a.relations(limits, name); err != nil {
		return nil, err
	}
	if d.styles, err = readStyles(a, limits, d.part("styles")); err != nil {
		return nil, err
	}
	d.numbering, err = readNumbering(a, limits, d.part("numbering"), d.styles)
	return d, err
}

// part is the name of a part that the document has one of. Without a relation it lies where Word puts it.
func (d *document) part(kind string) string {
	if names := targets(d.relations, kind); len(names) > 0 {
		return names[0]
	}
	return "word/" + kind + ".xml"
}

func (d *document) read() (plain.Text, error) {
	for _, step := range []func() error{d.readBody, d.refuseScan, d.readFootnotes, d.readHeaders, d.tell} {
		if err := step(); err != nil {
			return plain.Text{}, err
		}
	}
	return d.text.Text(), nil
}

func (d *document) readBody() error {
	return d.archive.read(d.limits, d.name, func(p *part) error {
		if p.root.name != "w:document" {
			return plain.ErrDamaged
		}
		return d.readStory(p, &d.text)
	})
}

// readStory reads the blocks of the element just opened, one a line.
func (d *document) readStory(p *part, out *plain.Builder) error {
	s := &story{document: d, part: p, inParagraph: "\n", out: out}
	if err := s.children(); err != nil {
		return err
	}
	return s.flush()
}

func (d *document) refuseScan() error {
	text := strings.Join(strings.Fields(d.text.String()), "")
	if d.images > 0 && len([]rune(text)) < scanRunes {
		return plain.ErrScan
	}
	return nil
}

// noteKinds are the parts that hold notes to the text, with the word for them.
var noteKinds = []struct{ kind, element, word string }{
	{"footnotes", "w:footnote", "脚注"},
	{"endnotes", "w:endnote", "尾注"},
}

// readFootnotes puts the notes that the text refers to below it.
func (d *document) readFootnotes() error {
	for _, kind := range noteKinds {
		ids := d.footnotes[kind.kind]
		if len(ids) == 0 {
			continue
		}
		texts, err := d.readNotes(d.part(kind.kind), kind.element)
		if err != nil {
			return err
		}
		if err := d.appendNotes(kind.word, ids, texts); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) readNotes(name, kind string) (map[string]*plain.Builder, error) {
	texts := map[string]*plain.Builder{}
	total := 0
	err := d.archive.read(d.limits, name, func(p *part) error {
		return p.children(func(e element) error {
			if e.name != kind {
				return nil
			}
			id, text := e.attr("id"), &plain.Builder{}
			texts[id] = text
			err := d.readStory(p, text)
			if total += text.Len(); total > plain.MaxRunes {
				return plain.ErrTooLong
			}
			return err
		})
	})
	return texts, err
}

func (d *document) appendNotes(word string, ids []string, texts map[string]*plain.Builder) error {
	start, count := d.text.Len(), 0
	for _, id := range ids {
		text := texts[id]
		if text == nil || strings.TrimSpace(text.String()) == "" {
			continue
		}
		count++
		if err := d.text.Write(fmt.Sprintf("%s%d：", word, count)); err != nil {
			return err
		}
		if err := d.text.Append(text); err != nil {
			return err
		}
		delete(texts, id) // a second reference shows the same note
	}
	if count > 0 {
		d.text.Note(plain.Footnote, start, d.text.Len(), fmt.Sprintf("文中有 %d 条%s，已附在全文末尾。", count, word), "如属某个栏目，请移过去。")
	}
	return nil
}

// headerKinds are the parts that repeat on every page.
var headerKinds = []struct{ kind, word string }{{"header", "页眉"}, {"footer", "页脚"}}

// readHeaders notes what headers and footers say besides page numbers.
func (d *document) readHeaders() error {
	images, objects, comments := d.images, d.objects, d.comments
	told := map[string]bool{}
	for _, kind := range headerKinds {
		for _, name := range targets(d.relations, kind.kind) {
			var text plain.Builder
			err := d.archive.read(d.limits, name, func(p *part) error { return d.readStory(p, &text) })
			if err != nil {
				return err
			}
			if words := plain.Quote(text.String()); !pageNumber(words) && !told[words] {
				told[words] = true
				d.text.Whole(plain.Header, fmt.Sprintf("%s中的文字“%s”没有读入。", kind.word, words), "如属指南内容，请补入。")
			}
		}
	}
	d.images, d.objects, d.comments = images, objects, comments // a letterhead's emblem says nothing
	return nil
}

// pageNumber reports whether a header has nothing but the number of the page: - 3 -, 第3页 共9页, Page 3 of 9.
func pageNumber(words string) bool {
	words = strings.NewReplacer("Page", "", "page", "", "of", "").Replace(words)
	return strings.Trim(words, " 　0123456789０１２３４５６７８９-—–－_·~/|第共页,，.") == ""
}

// tell notes what was counted on the way.
func (d *document) tell() error {
	if d.images > 0 {
		d.text.Whole(plain.Image, fmt.Sprintf("文中有 %d 张图片，图片里的文字读不出来。", d.images), "请对照原文，把图片中的文字补入。")
	}
	if d.objects > 0 {
		d.text.Whole(plain.Object, fmt.Sprintf("文中有 %d 个嵌入的文件、图表或公式，其中的文字没有读入。", d.objects), "请对照原文，把其中的文字补入。")
	}
	if d.comments > 0 {
		d.text.Whole(plain.Comment, fmt.Sprintf("文中有 %d 条批注，没有读入。", d.comments), "无需处理；如属指南内容，请补入。")
	}
	if d.tracked {
		d.text.Whole(plain.Tracked, "文中有未接受的修订，已按全部接受读入。", "请核对修订之处。")
	}
	return nil
}
