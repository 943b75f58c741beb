package word

import (
	"encoding/binary"
	"sort"
)

// trait is a property of characters or paragraphs that matters here.
type trait int

const (
	deleted   trait = 1 << iota // by a tracked change
	inserted                    // by a tracked change
	concealed                   // hidden text
	special                     // the character stands for something else
	inTable
	rowEnd
	innerEnd // ends a cell or row of a table within a table
	numbered // has a number that Word counts
)

// sprms are the properties by their code ([MS-DOC] 2.6.1, 2.6.2); each is a switch or a number.
var sprms = map[int]trait{
	0x0800: deleted,
	0x0801: inserted,
	0x083C: concealed,
	0x0855: special,
	0x2416: inTable,
	0x2417: rowEnd,
	0x244B: innerEnd,
	0x244C: innerEnd,
	0x460B: numbered,
}

// properties are the traits of stretches of the stream WordDocument, in its order.
type properties []run

// run is a stretch with the same traits, in bytes.
type run struct {
	start, end int
	traits     trait
}

// at is the traits of the character at a place.
func (all properties) at(offset int) trait {
	i := sort.Search(len(all), func(i int) bool { return all[i].end > offset })
	if i < len(all) && all[i].start <= offset {
		return all[i].traits
	}
	return 0
}

const pageSize = 512 // of a page of properties

// maxRuns bounds what pages that are named again and again could add up to.
const maxRuns = 2_000_000

// readProperties reads all pages of properties that a table lists ([MS-DOC] 2.8.5, 2.8.6). What cannot be read has no
// traits: the text is there all the same.
func (b *legacy) readProperties(at int, read func(page []byte, i, count int) trait) properties {
	var all properties
	plc := b.tablePart(at)
	count := (len(plc) - 4) / 8
	for i := range max(count, 0) {
		number := int(long(plc, 4*(count+1)+4*i) & 0x3FFFFF)
		if (number+1)*pageSize > len(b.main) || len(all) > maxRuns {
			continue
		}
		all = append(all, readPage(b.main[number*pageSize:][:pageSize], read)...)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].end < all[j].end })
	return all
}

// readPage reads a page: places of runs from its beginning, their number at its end, properties in between.
func readPage(page []byte, read func(page []byte, i, count int) trait) []run {
	count := int(page[pageSize-1])
	runs := make([]run, 0, count)
	for i := range count {
		start, end := long(page, 4*i), long(page, 4*i+4)
		if traits := read(page, i, count); traits != 0 && start < end {
			runs = append(runs, run{int(start), int(end), traits})
		}
	}
	return runs
}

// readCharacterRun reads the properties of the ith run of characters.
func readCharacterRun(page []byte, i, count int) trait {
	at := 2 * int(octet(page, 4*(count+1)+i))
	if at == 0 {
		return 0
	}
	return readSprms(stretch(page, at+1, int(octet(page, at))))
}

// readParagraphRun reads the properties of the ith paragraph. Its length is given in words, less one byte, or, where a 0
// stands, behind it in words.
func readParagraphRun(page []byte, i, count int) trait {
	at := 2 * int(octet(page, 4*(count+1)+13*i))
	if at == 0 {
		return 0
	}
	size := 2*int(octet(page, at)) - 1
	if size < 0 {
		at++
		size = 2 * int(octet(page, at))
	}
	body := stretch(page, at+1, size)
	return readSprms(stretch(body, 2, len(body))) // behind the number of the style
}

func octet(b []byte, at int) byte {
	if at >= len(b) {
		return 0
	}
	return b[at]
}

func stretch(b []byte, at, size int) []byte {
	at = min(at, len(b))
	return b[at:min(at+size, len(b))]
}

// readSprms reads a list of properties: a code of two bytes and a value whose size the code tells.
func readSprms(list []byte) trait {
	var traits trait
	for len(list) > 2 {
		code := int(binary.LittleEndian.Uint16(list))
		size := operand(code, list[2:])
		value := 0
		for _, b := range stretch(list, 2, min(size, 2)) {
			value |= int(b)
		}
		if trait, known := sprms[code]; known {
			traits &^= trait
			if value != 0 {
				traits |= trait
			}
		}
		list = stretch(list, 2+size, len(list))
	}
	return traits
}

// operand is the size of a property's value in bytes ([MS-DOC] 2.2.5.1).
func operand(code int, value []byte) int {
	switch code >> 13 {
	case 0, 1:
		return 1
	case 3:
		return 4
	case 6:
		if code == 0xD608 || code == 0xD606 { // definitions of tables have a longer length
			return 1 + word(value, 0)
		}
		return 1 + int(octet(value, 0))
	case 7:
		return 3
	}
	return 2
}
