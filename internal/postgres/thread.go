package postgres

import "softsci/internal/portal"

// threadColumn is the thread of application a, the oldest message first, of the newest 200.
const threadColumn = `COALESCE((SELECT json_agg(json_build_object('side', m.side, 'by', c.name, 'words', m.words, 'at', m.at) ORDER BY m.id)
	FROM (SELECT * FROM thread_message WHERE application = a.id ORDER BY id DESC LIMIT 200) m JOIN account c ON c.id = m.account), '[]') AS thread`

// WriteMessage adds a message of one side to an application's thread.
func (t *Tx) WriteMessage(application int64, side portal.Role, words string) Query {
	return changing(`INSERT INTO thread_message (application, topic, accounts, side, account, words, at)
		SELECT id, topic, accounts, $2, $3, $4, $5 FROM application WHERE id = $1`, application, side, t.actor.Account(), words, t.at)
}
