package component

import "softsci/internal/portal"

// phoneLink is the tel: link of a number, "" when it cannot be dialled from
// elsewhere (no area code) or is no number.
func phoneLink(number string) string {
	phone, err := portal.ParsePhone(number)
	if err != nil {
		return ""
	}
	return phone.URI()
}
