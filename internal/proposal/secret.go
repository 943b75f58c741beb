package proposal

import (
	"maps"
	"slices"
)

// secrets are the fields, by section, whose answers never lie open where they are kept.
// A field of a part that repeats cannot be among them.
var secrets = map[string][]string{Leader: {FieldIDNumber}}

// WithSecrets are the answers of a section with what change makes of those that never lie
// open where they are kept; answers that were not given stay away.
func WithSecrets(section string, answers map[string]string, change func(string) (string, error)) (map[string]string, error) {
	held := slices.DeleteFunc(slices.Clone(secrets[section]), func(field string) bool { return answers[field] == "" })
	if len(held) == 0 {
		return answers, nil
	}
	changed := maps.Clone(answers)
	for _, field := range held {
		var err error
		if changed[field], err = change(answers[field]); err != nil {
			return nil, err
		}
	}
	return changed, nil
}
