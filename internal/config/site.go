package config

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// maxSiteText bounds a line of the footer, in characters.
const maxSiteText = 200

// siteText parses a line of text for the pages into the field that at points to.
func siteText(at func(*Config) *string) func(*Config, string) error {
	return func(c *Config, value string) error {
		if err := checkLine(value); err != nil {
			return err
		}
		*at(c) = value
		return nil
	}
}

// checkLine refuses what cannot stand in one line of a page or of a mail's header.
func checkLine(value string) error {
	if !utf8.ValidString(value) {
		return fmt.Errorf("%q is not UTF-8", value)
	}
	if n := utf8.RuneCountInString(value); n > maxSiteText {
		return fmt.Errorf("has %d characters, more than %d", n, maxSiteText)
	}
	for _, r := range value {
		if unicode.IsControl(r) {
			return fmt.Errorf("%q holds a control character", value)
		}
	}
	return nil
}
