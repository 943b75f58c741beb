package desk

import (
	"encoding/json"
	"fmt"

	"softsci/internal/portal"
	"softsci/internal/proposal"
	"softsci/internal/seal"
)

// What is sealed, each under keys of its own.
const (
	sealsNumber = "softsci identity number, seal 1"
	sealsPost   = "softsci kept post, seal 1"
)

// seal is a text as it is stored. What another secret sealed stays as it is: it was
// shown covered to the last sign and came back like that.
func (d *Desk) seal(purpose, text string) (string, error) {
	if _, opens := seal.Open(d.secret, purpose, text); seal.Looks(text) && !opens {
		return text, nil
	}
	return seal.Text(d.secret, purpose, text)
}

// unseal is what was stored, as it was before; what was stored without a seal, before there
// were any, is as it stands, and is sealed when it is saved the next time.
func (d *Desk) unseal(purpose, stored string) string {
	if text, ok := seal.Open(d.secret, purpose, stored); ok {
		return text
	}
	return stored
}

// sealAnswers are a section's answers as they are stored.
func (d *Desk) sealAnswers(section string, answers map[string]string) (map[string]string, error) {
	return proposal.WithSecrets(section, answers, func(text string) (string, error) { return d.seal(sealsNumber, text) })
}

// openAnswers are a section's stored answers as they were typed.
func (d *Desk) openAnswers(section string, answers map[string]string) map[string]string {
	opened, _ := proposal.WithSecrets(section, answers, func(stored string) (string, error) { return d.unseal(sealsNumber, stored), nil }) // opening never fails
	return opened
}

// openSections opens the answers of stored sections in their place.
func (d *Desk) openSections(sections []portal.Section) {
	for i, s := range sections {
		sections[i].Answers = d.openAnswers(s.Name, s.Answers)
	}
}

// sealFrozen seals the answers of what is about to be frozen: its hash then covers the
// seals, so that what is kept stays what was hashed.
func (d *Desk) sealFrozen(frozen *portal.Frozen) (err error) {
	for i, s := range frozen.Sections {
		if frozen.Sections[i].Answers, err = d.sealAnswers(s.Name, s.Answers); err != nil {
			return err
		}
	}
	return nil
}

// thaw reads a version's content, with its seals open.
func (d *Desk) thaw(v portal.Version) (portal.Frozen, error) {
	var frozen portal.Frozen
	if err := json.Unmarshal(v.Body, &frozen); err != nil {
		return frozen, fmt.Errorf("read version %d: %w", v.N, err)
	}
	for i, s := range frozen.Sections {
		frozen.Sections[i].Answers = d.openAnswers(s.Name, s.Answers)
	}
	return frozen, nil
}

// cover are a section's stored answers as they are shown. Whoever edits an application
// gets no more of them: a co-editor did not type the leader's number.
func (d *Desk) cover(section string, answers map[string]string) map[string]string {
	covered, _ := proposal.WithSecrets(section, answers, func(stored string) (string, error) { return portal.MaskIDNumber(d.unseal(sealsNumber, stored)), nil }) // never fails
	return covered
}
