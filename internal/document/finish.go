package document

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf16"
)

// info is what a document says of itself.
type info struct{ title, author, subject string }

var (
	startPattern = regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`)
	entryPattern = regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`)
	pairPattern  = regexp.MustCompile(`(?m)^<([0-9A-F]{4})><[0-9A-F]{4}><([0-9A-F]+)>$`)
)

// isCMap marks the objects that give glyphs back their characters.
var isCMap = []byte("/CMapName /Adobe-Identity-UCS def")

// finish mends what gopdf writes and writes the file anew: a character above U+FFFF
// becomes a pair in the table that makes the text selectable (gopdf cuts it off, so
// that 𬭎 would be copied as another character), the language is named, and the
// document's information stands in an object of its own, as ISO 32000 wants it.
func finish(raw []byte, about info) ([]byte, error) {
	objects, err := objectsOf(raw)
	if err != nil {
		return nil, err
	}
	objects[0] = bytes.Replace(objects[0], []byte("<<\n"), []byte("<<\n  /Lang (zh-CN)\n  /ViewerPreferences <</DisplayDocTitle true>>\n"), 1)
	for i, object := range objects {
		if bytes.Contains(object[:min(400, len(object))], isCMap) {
			if objects[i], err = characterMap(i+1, object); err != nil {
				return nil, err
			}
		}
	}
	objects = append(objects, fmt.Appendf(nil, "%d 0 obj\n<<\n/Title <%s>\n/Author <%s>\n/Subject <%s>\n>>\nendobj\n\n",
		len(objects)+1, utf16Hex("\uFEFF"+about.title), utf16Hex("\uFEFF"+about.author), utf16Hex("\uFEFF"+about.subject)))
	out := bytes.NewBuffer(make([]byte, 0, len(raw)+4096))
	out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = out.Len()
		out.Write(object)
	}
	id := sha256.Sum256(out.Bytes())
	xref := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(out, "trailer\n<<\n/Size %d\n/Root 1 0 R\n/Info %d 0 R\n/ID [<%x><%x>]\n>>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, len(objects), id[:16], id[:16], xref)
	return out.Bytes(), nil
}

// objectsOf cuts a file into its objects by its own table.
func objectsOf(raw []byte) ([][]byte, error) {
	start := startPattern.FindSubmatch(raw[max(0, len(raw)-64):])
	if start == nil {
		return nil, errors.New("the PDF file has no table of objects")
	}
	xref, err := strconv.Atoi(string(start[1]))
	if err != nil || xref > len(raw) {
		return nil, errors.New("the PDF file's table of objects is not where it says")
	}
	var offsets []int
	for _, m := range entryPattern.FindAllSubmatch(raw[xref:], -1) {
		offset, _ := strconv.Atoi(string(m[1])) // ten digits, by the pattern
		offsets = append(offsets, offset)
	}
	offsets = append(offsets, xref)
	objects := make([][]byte, len(offsets)-1)
	for i := range objects {
		if offsets[i] > offsets[i+1] {
			return nil, errors.New("the PDF file's objects are not in order")
		}
		objects[i] = raw[offsets[i]:offsets[i+1]]
	}
	if len(objects) == 0 {
		return nil, errors.New("the PDF file has no objects")
	}
	return objects, nil
}

// mostPairs is how many pairs a block of the map may have (Adobe Technical Note 5014).
const mostPairs = 100

// characterMap writes the map from glyphs to characters anew. Where two characters
// share a glyph the first is kept.
func characterMap(id int, object []byte) ([]byte, error) {
	var pairs []string
	seen := map[string]bool{"0000": true} // the glyph for what is missing
	for _, m := range pairPattern.FindAllSubmatch(object, -1) {
		glyph := string(m[1])
		r, err := strconv.ParseInt(string(m[2]), 16, 32)
		if err != nil {
			return nil, fmt.Errorf("a character of the PDF file's map: %w", err)
		}
		if !seen[glyph] {
			seen[glyph] = true
			pairs = append(pairs, "<"+glyph+"> <"+utf16Hex(string(rune(r)))+">\n")
		}
	}
	var text, packed bytes.Buffer
	text.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(pairs) > 0 {
		n := min(mostPairs, len(pairs))
		fmt.Fprintf(&text, "%d beginbfchar\n", n)
		for _, pair := range pairs[:n] {
			text.WriteString(pair)
		}
		text.WriteString("endbfchar\n")
		pairs = pairs[n:]
	}
	text.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(text.Bytes()) // a buffer takes everything
	_ = z.Close()
	return fmt.Appendf(nil, "%d 0 obj\n<</Length %d /Filter /FlateDecode>>\nstream\n%s\nendstream\nendobj\n\n", id, packed.Len(), packed.Bytes()), nil
}

// utf16Hex writes a text as UTF-16 in hex digits.
func utf16Hex(text string) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = fmt.Appendf(out, "%04X", u)
	}
	return string(out)
}
