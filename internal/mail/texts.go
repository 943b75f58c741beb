package mail

import "strings"

// Text is a letter's words: what a Message is made of.
type Text struct {
	Subject string
	Body    string // broken into lines, as mails are

	// Paragraphs are the body before its lines were broken, for a page, which breaks them
	// itself. A line end in one of them is meant.
	Paragraphs []string
}

// Letters writes the letters of one portal. All times are already words in Beijing time; all links are whole.
type Letters struct {
	Site string // the portal's name, PORTAL_NAME
	URL  string // the portal's own address, PORTAL_URL
}

// write puts paragraphs between the salutation and the signature. Empty paragraphs are left out, so that a letter can
// name a part that is not always there.
func (l Letters) write(subject string, paragraphs ...string) Text {
	whole := []string{"您好："}
	for _, p := range paragraphs {
		if p != "" {
			whole = append(whole, p)
		}
	}
	whole = append(whole, "—— "+l.Site+"\n"+l.URL+"\n（本邮件由系统自动发出，请勿直接回复。）")
	body := make([]string, len(whole))
	for i, p := range whole {
		body[i] = wrap(p)
	}
	return Text{
		Subject:    "【" + l.Site + "】" + oneLine(subject),
		Body:       strings.Join(body, "\n\n") + "\n",
		Paragraphs: whole,
	}
}

// block keeps the paragraphs of a reason that a person wrote, without its empty lines and control characters.
func block(text string) string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		if line = oneLine(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// row is one line of a letter's list of facts; a fact that is not known is left out.
func row(label, value string) string {
	if value == "" {
		return ""
	}
	return label + "：" + oneLine(value) + "\n"
}

// moment is a row with a time, which says whose time it is.
func moment(label, value string) string {
	if value == "" {
		return ""
	}
	return row(label, value+"（北京时间）")
}

// facts joins rows into one paragraph.
func facts(rows ...string) string {
	return strings.TrimSuffix(strings.Join(rows, ""), "\n")
}
