package desk

import (
	"context"
	"strconv"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// messagesAnHour is how many messages an account may write in an hour.
const messagesAnHour = 30

// SendMessage adds a message to the thread of an application and mails it to the other side:
// an applicant's to the topic's contacts, a contact's to the people of the application.
// Before the first submission there is nobody to write to: NotNow.
func (d *Desk) SendMessage(ctx context.Context, actor portal.Actor, ref, words string) error {
	if err := d.limit(ctx, "thread:account", strconv.FormatInt(actor.Account(), 10), messagesAnHour, time.Hour, func(resets time.Time) string {
		return "一小时内发送的消息太多，请在 " + portal.ClockText(resets) + "（北京时间）之后再试。"
	}); err != nil {
		return err
	}
	return d.store.Write(ctx, actor, func(tx *postgres.Tx) error {
		var m move
		if err := m.lock(tx, ref); err != nil {
			return err
		}
		if m.app.Number == "" {
			return portal.Refuse(portal.NotNow, "申报书提交以后才能与联系人互发消息。提交之前有疑问，请在选题页面提问。")
		}
		if c, ok := actor.(portal.Contact); ok {
			var err error
			if m.behalf, err = d.MayAct(tx, c, ref); err != nil {
				return err
			}
		}
		written := tx.Trace(onApplication(m.app, portal.Wrote, "").InPlaceOf(m.behalf))
		return d.write(tx, []postgres.Query{tx.WriteMessage(m.app.ID, actor.Role(), words), written}, d.threadLetters(m, actor.Role(), words))
	})
}

// threadLetters are the letters to the other side of an application.
func (d *Desk) threadLetters(m move, from portal.Role, words string) []postgres.Message {
	to, page := portal.ToContact, "/desk/applications/"
	if from == portal.RoleContact {
		to, page = portal.ToApplicant, "/applications/"
	}
	text := d.letters.ThreadMessage(mail.ThreadMessageProps{Number: m.app.Number, Title: m.app.Title, From: from.Label(), Words: words,
		Link: d.link(page + m.app.Ref)})
	return lettersTo(m.readers[to], "message", text)
}
