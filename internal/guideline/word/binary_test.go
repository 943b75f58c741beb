package word

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"testing"
	"unicode/utf16"

	"softsci/internal/guideline/plain"
)

func mustFile(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestReadDoc reads a document, made by LibreOffice 7.4, that has some of everything.
func TestReadDoc(t *testing.T) {
	t.Parallel()
	got, err := ReadDoc(t.Context(), mustFile(t, "testdata/features.doc"))
	if err != nil {
		t.Fatal(err)
	}
	const text = "前言\n序号\t选题\t联系人\n1\t甲研究\v第二段\t李杰\n2\t乙研究\t\n\t\t末格\n中间\n外一\t表前\v内一 内二 内三 表后\t外三\n" +
		"可见文字\n保留新文\n链接之后\n有注的句子\n有框\n甲\t乙\n丙\n027-8\n自动编号\n末段 café “quote”\n脚注：脚注文字\n文本框：框中文字\n"
	if got.String != text {
		t.Errorf("got %q, want %q", got.String, text)
	}
	const told = "hidden-text 62-62 文中有隐藏文字“密文”，没有读入。\n" +
		"footnote 119-127 脚注中的文字“脚注文字”已附在全文末尾。\n" +
		"header 0-0 页眉或页脚中的文字“某省科技厅”没有读入。\n" +
		"text-box 127-136 文本框中的文字“框中文字”已附在全文末尾。\n" +
		"numbers-lost 0-0 文中有 Word 自动编号，.doc 文件中的自动编号读不出来。\n" +
		"tracked-changes 0-0 文中有未接受的修订，已按全部接受读入。"
	if got := notes(got); got != told {
		t.Errorf("notes:\n%s\nwant:\n%s", got, told)
	}
}

// compound makes a compound file of streams, each by its name. It is made by hand, after [MS-CFB], and as small as it
// can be: sectors of 512 bytes, no mini stream.
func compoundFile(streams map[string][]byte) []byte {
	return compoundOf(func(add func(entry dirEntry)) {
		for name, content := range streams {
			add(dirEntry{name: name, kind: 2, content: content, left: none, right: none, child: none})
		}
	})
}

const (
	none       = 0xFFFFFFFF
	endOfChain = 0xFFFFFFFE
	inFAT      = 0xFFFFFFFD
)

// dirEntry is an entry of a compound file's directory.
type dirEntry struct {
	name               string
	kind               byte // 1 a folder, 2 a stream, 5 the root
	left, right, child uint32
	content            []byte
}

// compoundOf makes a compound file of entries. Those at the top hang in a chain to the right.
func compoundOf(fill func(add func(dirEntry))) []byte {
	entries := []dirEntry{{name: "Root Entry", kind: 5, left: none, right: none, child: 1}}
	fill(func(e dirEntry) { entries = append(entries, e) })
	for i := 1; i+1 < len(entries); i++ {
		if entries[i].kind == 2 {
			entries[i].right = uint32(i + 1)
		}
	}
	var sectors [][]byte
	var fat []uint32
	chain := func(content []byte) uint32 {
		first := uint32(len(sectors))
		for len(content) > 0 {
			sector := make([]byte, 512)
			content = content[copy(sector, content):]
			sectors = append(sectors, sector)
			fat = append(fat, uint32(len(sectors)))
		}
		fat[len(fat)-1] = endOfChain
		return first
	}
	var directory []byte
	for _, e := range entries {
		d := make([]byte, 128)
		name := utf16.Encode([]rune(e.name))
		for i, unit := range name {
			binary.LittleEndian.PutUint16(d[2*i:], unit)
		}
		binary.LittleEndian.PutUint16(d[64:], uint16(2*len(name)+2))
		d[66] = e.kind
		binary.LittleEndian.PutUint32(d[68:], e.left)
		binary.LittleEndian.PutUint32(d[72:], e.right)
		binary.LittleEndian.PutUint32(d[76:], e.child)
		binary.LittleEndian.PutUint32(d[116:], endOfChain)
		if e.kind == 2 {
			content := append(bytes.Clone(e.content), make([]byte, max(0, 4096-len(e.content)))...)
			binary.LittleEndian.PutUint32(d[116:], chain(content))
			binary.LittleEndian.PutUint32(d[120:], uint32(len(content)))
		}
		directory = append(directory, d...)
	}
	directoryAt := chain(directory)
	count := 1
	for count*128 < len(fat)+count {
		count++
	}
	fatAt := len(sectors)
	for range count {
		fat = append(fat, inFAT)
	}
	header := make([]byte, 512)
	copy(header, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for at, value := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(header[at:], value)
	}
	for at, value := range map[int]uint32{44: uint32(count), 48: directoryAt, 56: 4096, 60: endOfChain, 68: endOfChain} {
		binary.LittleEndian.PutUint32(header[at:], value)
	}
	for i := range 109 {
		value := uint32(none)
		if i < count {
			value = uint32(fatAt + i)
		}
		binary.LittleEndian.PutUint32(header[76+4*i:], value)
	}
	out := header
	for _, sector := range sectors {
		out = append(out, sector...)
	}
	for i := range count * 128 {
		value := uint32(none)
		if i < len(fat) {
			value = fat[i]
		}
		out = binary.LittleEndian.AppendUint32(out, value)
	}
	return out
}

// doc makes a .doc of pieces of text: compressed ones of one byte a character, and others. change may spoil the file
// information block and the table.
func doc(change func(block, table []byte), pieces ...string) []byte {
	block := make([]byte, 0x400)
	binary.LittleEndian.PutUint16(block, wordMark)
	binary.LittleEndian.PutUint16(block[fibVersion:], 0xC1)
	cps, pcds, characters := []byte{0, 0, 0, 0}, []byte{}, 0
	for _, text := range pieces {
		place := uint32(len(block))
		if text, compressed := bytes.CutPrefix([]byte(text), []byte("8:")); compressed {
			place = 2*place | 0x40000000
			block = append(block, text...)
			characters += len(text)
		} else {
			for _, unit := range utf16.Encode([]rune(string(text))) {
				block = binary.LittleEndian.AppendUint16(block, unit)
				characters++
			}
		}
		cps = binary.LittleEndian.AppendUint32(cps, uint32(characters))
		pcds = append(binary.LittleEndian.AppendUint32(append(pcds, 0, 0), place), 0, 0)
	}
	plc := append(cps, pcds...)
	table := append([]byte{1, 2, 0, 9, 9, 2}, binary.LittleEndian.AppendUint32(nil, uint32(len(plc)))...) // properties come first
	table = append(table, plc...)
	binary.LittleEndian.PutUint32(block[fibCounts:], uint32(characters))
	binary.LittleEndian.PutUint32(block[fibPieces+4:], uint32(len(table)))
	if change != nil {
		change(block, table)
	}
	return compoundFile(map[string][]byte{"WordDocument": block, "0Table": table})
}

// TestPieces: a document that was saved fast is a patchwork of pieces, some of one byte a character.
func TestPieces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		pieces []string
		want   string
	}{
		{"one piece", []string{"甲乙\r丙\r"}, "甲乙\n丙\n"},
		{"several", []string{"甲", "8:caf\xE9 \x93x\x94\r", "𬭎乙\r"}, "甲café “x”\n𬭎乙\n"},
		{"a character over two pieces", []string{"甲\r", "乙"}, "甲\n乙\n"},
		{"breaks, hyphens, tabs", []string{"甲\x0b乙\x0c丙\t027\x1e8\x1f7\r"}, "甲\n乙\n丙\t027-87\n"},
		{"a field", []string{"\x13 HYPERLINK \x01\x14甲\x15乙\r"}, "甲乙\n"},
		{"a field without end", []string{"\x13甲\r乙\r"}, "\n乙\n"},
		{"cells without row ends", []string{"甲\a乙\a\a丙\r"}, "甲\t乙\t\n丙\n"},
		{"nothing", []string{""}, ""},
	} {
		got, err := ReadDoc(t.Context(), doc(nil, c.pieces...))
		if err != nil || got.String != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.name, got.String, err, c.want)
		}
	}
}

// TestReadDocRefuses: a .doc that cannot be read is refused with its reason.
func TestReadDocRefuses(t *testing.T) {
	t.Parallel()
	put16 := func(at int, value uint16) func(block, _ []byte) {
		return func(block, _ []byte) { binary.LittleEndian.PutUint16(block[at:], value) }
	}
	put32 := func(at int, value uint32) func(block, _ []byte) {
		return func(block, _ []byte) { binary.LittleEndian.PutUint32(block[at:], value) }
	}
	table32 := func(at int, value uint32) func(_, table []byte) {
		return func(_, table []byte) { binary.LittleEndian.PutUint32(table[at:], value) }
	}
	const plc = 10 // where the piece table begins in the table stream: two places, then one piece
	whole := doc(nil, "甲乙丙丁\r")
	for _, c := range []struct {
		name string
		raw  []byte
		want error
	}{
		{"a password", doc(put16(fibFlags, flagEncrypted), "甲\r"), plain.ErrPassword},
		{"a .docx with a password", compoundFile(map[string][]byte{"EncryptedPackage": {1}, "EncryptionInfo": {1}}), plain.ErrPassword},
		{"Word 6", doc(put16(0, oldWordMark), "甲\r"), plain.ErrOldWord},
		{"Word 95", doc(put16(fibVersion, 0x68), "甲\r"), plain.ErrOldWord},
		{"a workbook", compoundFile(map[string][]byte{"Workbook": {1}}), plain.ErrSpreadsheet},
		{"slides", compoundFile(map[string][]byte{"PowerPoint Document": {1}}), plain.ErrSlides},
		{"something else", compoundFile(map[string][]byte{"Contents": {1}}), plain.ErrDamaged},
		{"no mark", doc(put16(0, 0), "甲\r"), plain.ErrDamaged},
		{"no table stream", doc(put16(fibFlags, flagTable1), "甲\r"), plain.ErrDamaged},
		{"a picture and no text", doc(nil, "\x01\r"), plain.ErrScan},
		{"too much text by its own account", doc(put32(fibCounts, 0xFFFFFFFF), "甲\r"), plain.ErrTooLong},
		{"pieces beyond the table", doc(put32(fibPieces+4, 0xFFFFFFFF), "甲\r"), plain.ErrDamaged},
		{"a piece table beyond its place", doc(table32(plc-4, 0xFFFFFFFF), "甲\r"), plain.ErrDamaged},
		{"a piece beyond the text", doc(table32(plc+8+2, 0x3FFFFFF0), "甲\r"), plain.ErrDamaged},
		{"a piece that ends before it begins", doc(table32(plc, 99), "甲\r"), plain.ErrDamaged},
		{"a header only", whole[:512], plain.ErrDamaged},
		{"half a file", whole[:len(whole)/2], plain.ErrDamaged},
		{"a mark only", whole[:8], plain.ErrDamaged},
		{"a table of sectors in a ring", ringed(whole), plain.ErrDamaged},
		{"a stream longer than the file", stretched(whole), plain.ErrDamaged},
		{"folders within folders", nestedFolders(60_000), plain.ErrTooComplex},
	} {
		got, err := ReadDoc(t.Context(), c.raw)
		if !errors.Is(err, c.want) || got.String != "" {
			t.Errorf("%s: got %q, %v; want %v", c.name, plain.Quote(got.String), err, c.want)
		}
	}
}

// ringed lets every sector follow itself.
func ringed(raw []byte) []byte {
	raw = bytes.Clone(raw)
	fat := 512 * (1 + int(binary.LittleEndian.Uint32(raw[76:])))
	for i := range 128 {
		binary.LittleEndian.PutUint32(raw[fat+4*i:], uint32(i))
	}
	return raw
}

// stretched claims that the streams have 4 GB.
func stretched(raw []byte) []byte {
	raw = bytes.Clone(raw)
	directory := 512 * (1 + int(binary.LittleEndian.Uint32(raw[48:])))
	for i := 1; i < 3; i++ {
		binary.LittleEndian.PutUint32(raw[directory+128*i+120:], 0xFFFFFFF0)
	}
	return raw
}

// nestedFolders nests folders as deep as there are entries.
func nestedFolders(depth int) []byte {
	return compoundOf(func(add func(dirEntry)) {
		for i := range depth {
			child := uint32(i + 2)
			if i == depth-1 {
				child = none
			}
			add(dirEntry{name: "f", kind: 1, left: none, right: none, child: child})
		}
	})
}

func FuzzDoc(f *testing.F) {
	f.Add(mustFile(f, "testdata/features.doc"))
	f.Add(mustFile(f, "../testdata/shipped.doc"))
	f.Add(mustFile(f, "../testdata/shipped-auto.doc"))
	f.Add(doc(nil, "甲", "8:caf\xE9\r"))
	f.Fuzz(func(t *testing.T, raw []byte) { checkRead(t, ReadDoc, raw) })
}
