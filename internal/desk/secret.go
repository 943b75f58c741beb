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

// secrets is the portal's secret, under which they are sealed.
type secrets []byte

// seal is a text as it is stored. What another secret sealed stays as it is: it was
// shown covered to the last sign and came back like that.
func (k secrets) seal(purpose, text string) (string, error) {
	if _, opens := seal.Open(k, purpose, text); seal.Looks(text) && !opens {
		return text, nil
	}
	return seal.Text(k, purpose, text)
}

// unseal is what was stored, as it was before; what was stored without a seal, before there
// were any, is as it stands, and is sealed when it is saved the next time.
func (k secrets) unseal(purpose, stored string) string {
	if text, ok := seal.Open(k, purpose, stored); ok {
		return text
	}
	return stored
}

// sealAnswers are a section's answers as they are stored.
func (k secrets) sealAnswers(section string, answers map[string]string) (map[string]string, error) {
	return proposal.WithSecrets(section, answers, func(text string) (string, error) { return k.seal(sealsNumber, text) })
}

// openAnswers are a section's stored answers as they were typed.
func (k secrets) openAnswers(section string, answers map[string]string) map[string]string {
	opened, _ := proposal.WithSecrets(section, answers, func(stored string) (string, error) { return k.unseal(sealsNumber, stored), nil }) // opening never fails
	return opened
}

// openSections opens the answers of stored sections in their place.
func (k secrets) openSections(sections []portal.Section) {
	for i, s := range sections {
		sections[i].Answers = k.openAnswers(s.Name, s.Answers)
	}
}

// sealFrozen seals the answers of what is about to be frozen: its hash then covers the
// seals, so that what is kept stays what was hashed.
func (k secrets) sealFrozen(frozen *portal.Frozen) (err error) {
	for i, s := range frozen.Sections {
		if frozen.Sections[i].Answers, err = k.sealAnswers(s.Name, s.Answers); err != nil {
			return err
		}
	}
	return nil
}

// thaw reads a version's content, with its seals open.
func (k secrets) thaw(v portal.Version) (portal.Frozen, error) {
	var frozen portal.Frozen
	if err := json.Unmarshal(v.Body, &frozen); err != nil {
		return frozen, fmt.Errorf("read version %d: %w", v.N, err)
	}
	for i, s := range frozen.Sections {
		frozen.Sections[i].Answers = k.openAnswers(s.Name, s.Answers)
	}
	return frozen, nil
}

// cover are a section's stored answers as they are shown. Whoever edits an application
// gets no more of them: a co-editor did not type the leader's number.
func (k secrets) cover(section string, answers map[string]string) map[string]string {
	covered, _ := proposal.WithSecrets(section, answers, func(stored string) (string, error) { return portal.MaskIDNumber(k.unseal(sealsNumber, stored)), nil }) // never fails
	return covered
}

// Thaw reads a version's content, with the seals open that the secret has made.
func Thaw(secret []byte, v portal.Version) (portal.Frozen, error) { return secrets(secret).thaw(v) }
