package postgres

import "softsci/internal/portal"

// Paper is a version with its 申报书 as a PDF.
type Paper struct {
	Number  string // 受理编号
	Version portal.Version
	PDF     []byte // nil as long as it has not been made
}

type paperRow struct {
	versionRow
	Number string
	PDF    []byte
}

func (r paperRow) paper() Paper { return Paper{Number: r.Number, Version: r.version(), PDF: r.PDF} }

// StandingPaper is the last submitted version of an application, with its paper.
func StandingPaper(dst *Paper, ref string) Query {
	return mappedOne(dst, paperRow.paper, `SELECT `+frozenColumns+`, a.number, p.pdf
		FROM application a JOIN version v ON v.application = a.id LEFT JOIN paper p ON p.application = v.application AND p.n = v.n
		WHERE a.ref = $1 ORDER BY v.n DESC LIMIT 1`, ref)
}

// Unprinted is the nth version of an application, as long as it has no paper.
func Unprinted(dst *[]portal.Version, application int64, n int) Query {
	return mapped(dst, versionRow.version, `SELECT `+frozenColumns+` FROM version v WHERE v.application = $1 AND v.n = $2
		AND NOT EXISTS (SELECT FROM paper p WHERE p.application = v.application AND p.n = v.n)`, application, n)
}

// KeepPaper keeps the paper of the nth version of an application, unless it has one.
func (t *Tx) KeepPaper(application int64, n int, pdf []byte) error {
	_, err := t.exec(`INSERT INTO paper (application, topic, accounts, n, pdf, made_at)
		SELECT application, topic, accounts, n, $3, $4 FROM version WHERE application = $1 AND n = $2 ON CONFLICT DO NOTHING`, application, n, pdf, t.at)
	return err
}
