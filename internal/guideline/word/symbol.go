package word

import "strconv"

// symbols are the characters of fonts of symbols that people put into Chinese documents: boxes to tick, bullets,
// arrows. Word stores them in the private area from U+F000.
var symbols = map[string]map[int64]string{
	"Wingdings": {0x52: "☑", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□",
		0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
	"Wingdings 2": {0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□"},
	"Symbol":      {0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB7: "•", 0xAE: "→", 0xB8: "÷", 0xB9: "≠"},
}

// unknownSymbol is the printer's mark for a sign that is not at hand.
const unknownSymbol = "〓"

// symbol reads a w:sym: the code of a sign, in hexadecimal, and its font.
func symbol(font, char string) string {
	code, err := strconv.ParseInt(char, 16, 32)
	if err != nil {
		return unknownSymbol
	}
	if s, ok := symbols[font][code&0xFF]; ok && (code < 0x100 || code>>8 == 0xF0) {
		return s
	}
	if code >= 0x20 && code < 0xD800 {
		return string(rune(code))
	}
	return unknownSymbol
}
