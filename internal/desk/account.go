package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"softsci/internal/mail"
	"softsci/internal/portal"
	"softsci/internal/postgres"
)

// How long the links live.
const (
	resetLife   = 2 * time.Hour
	inviteLife  = 24 * time.Hour
	confirmLife = 14 * 24 * time.Hour
)

// The limits of tries: per account as GB/T 22239-2019 has it (lock after five, for
// 10–30 minutes), per address wider, since a university shares one.
const (
	tryWindow           = 15 * time.Minute
	triesPerAccount     = 5
	triesPerAddress     = 50
	registrationsAnHour = 30
	resetsPerAccount    = 3
	resetsPerAddress    = 20
)

// Registration is what a new applicant gives.
type Registration struct {
	Name, Email, Password string
	UnitName              string
	UnitCode              string // as typed
	Code                  portal.UnitCode
	PrivacyVersion        string // the notice that was shown and agreed to
}

// Register opens an applicant's account and asks to confirm the address, which is
// not needed to go on. An address that is taken is an Invalid error on field email.
func (d *Desk) Register(ctx context.Context, v portal.Visitor, r Registration) (account int64, err error) {
	if err := d.limit(ctx, "register:address", v.Visit().Address.String(), registrationsAnHour, time.Hour, func(resets time.Time) string {
		return "这个网络地址在一小时内注册的账号太多。请在 " + portal.ClockText(resets) + " 之后再试；急需注册请联系主办单位。"
	}); err != nil {
		return 0, err
	}
	hash, err := d.passwords.Hash(ctx, r.Password)
	if err != nil {
		return 0, err
	}
	ref, err := portal.NewRef(d.random)
	if err != nil {
		return 0, err
	}
	err = d.store.Write(ctx, v, func(tx *postgres.Tx) error {
		account, err = tx.InsertAccount(postgres.NewAccount{Ref: ref, Email: r.Email, Name: r.Name, PasswordHash: &hash, PrivacyVersion: &r.PrivacyVersion})
		if err != nil {
			return err
		}
		if err := errors.Join(tx.BecomeApplicant(account), tx.SaveProfile(account, postgres.Profile{UnitName: r.UnitName, UnitCode: r.UnitCode}, r.Code)); err != nil {
			return err
		}
		if err := d.askConfirmation(tx, account, r.Email); err != nil {
			return err
		}
		return tx.Record(ofAccount(account, r.Name, portal.Registered))
	})
	return account, err
}

func (d *Desk) askConfirmation(tx *postgres.Tx, account int64, email string) error {
	token, hash, err := d.token()
	if err != nil {
		return err
	}
	if err := tx.InsertLink(hash, account, postgres.Confirm, tx.At().Add(confirmLife)); err != nil {
		return err
	}
	text := d.letters.ConfirmAddress(mail.ConfirmAddressProps{Link: d.link("/confirm/" + token)})
	return d.post(tx, letterTo(postgres.ContactAccount{ID: account, Email: email}, "confirm", text))
}

// AskConfirmation sends the letter that confirms the address once more.
func (d *Desk) AskConfirmation(ctx context.Context, h portal.Holder) error {
	s := h.Standing()
	if s.Confirmed {
		return nil
	}
	if err := d.limit(ctx, "confirm:account", s.Email, resetsPerAccount, time.Hour, func(resets time.Time) string {
		return "确认邮件一小时内最多发送 3 次。请先查看收件箱和垃圾邮件，或在 " + portal.ClockText(resets) + " 之后再试。"
	}); err != nil {
		return err
	}
	return d.store.Save(ctx, h, func(tx *postgres.Tx) error { return d.askConfirmation(tx, s.Account, s.Email) })
}

// Confirm spends the link of such a letter.
func (d *Desk) Confirm(ctx context.Context, v portal.Visitor, token string) error {
	return d.store.Write(ctx, v, func(tx *postgres.Tx) error {
		account, err := tx.UseLink(hashToken(token), postgres.Confirm)
		if err != nil {
			return err
		}
		if err := tx.ConfirmAddress(account); err != nil {
			return err
		}
		return tx.Record(portal.Event{Subject: portal.OnAccount, SubjectID: account, Verb: portal.AddressConfirmed})
	})
}

// errCredentials says the same for an unknown address and a wrong password.
var errCredentials = portal.Refuse(portal.Invalid, "邮箱或密码不正确。请检查大小写和中英文输入法；忘记密码可以重新设置。")

// SignIn checks an address and a password and returns the account. Five failures
// within a quarter of an hour close the account to tries until it is over.
func (d *Desk) SignIn(ctx context.Context, v portal.Visitor, email, password string) (account int64, err error) {
	byAccount, byAddress := strings.ToLower(email), v.Visit().Address.String()
	words := func(resets time.Time) string {
		return "登录失败的次数太多，为保护账号，请在 " + portal.ClockText(resets) + "（北京时间）之后再试，或者现在就重设密码。"
	}
	if err := d.limit(ctx, "sign-in:address", byAddress, triesPerAddress, tryWindow, words); err != nil {
		return 0, err
	}
	if err := d.limit(ctx, "sign-in:account", byAccount, triesPerAccount, tryWindow, words); err != nil {
		return 0, err
	}
	var c postgres.Credential
	if err := d.store.Read(ctx, v, postgres.CredentialOf(&c, email)); err != nil && portal.KindOf(err) != portal.NotFound {
		return 0, err
	}
	ok, err := d.passwords.Match(ctx, c.PasswordHash, password)
	if err != nil {
		return 0, err
	}
	event := ofAccount(c.ID, c.Name, portal.SignedIn)
	if !ok { // somebody, who is not the account
		event = portal.Event{Subject: portal.OnAccount, SubjectID: c.ID, SubjectLabel: c.Name, Verb: portal.SignInFailed}
	}
	if err := d.store.Write(ctx, v, func(tx *postgres.Tx) error { return tx.Record(event) }); err != nil {
		return 0, err
	}
	if !ok {
		return 0, errCredentials
	}
	return c.ID, errors.Join(d.store.Forget(ctx, d.sealed("sign-in:account", byAccount)), d.store.Forgive(ctx, d.sealed("sign-in:address", byAddress)))
}

// SignOut notes that the account has left.
func (d *Desk) SignOut(ctx context.Context, h portal.Holder) error {
	return d.store.Write(ctx, h, func(tx *postgres.Tx) error { return tx.Record(onAccount(h, portal.SignedOut)) })
}

// ofAccount is an event about an account by itself, which was a visitor until then.
func ofAccount(id int64, name string, verb portal.Verb) portal.Event {
	return portal.Event{Subject: portal.OnAccount, SubjectID: id, SubjectLabel: name, Verb: verb, Account: id, AccountName: name}
}

// onAccount is an event about the holder itself.
func onAccount(h portal.Holder, verb portal.Verb) portal.Event {
	return portal.Event{Subject: portal.OnAccount, SubjectID: h.Account(), SubjectLabel: h.Name(), Verb: verb}
}

// AskReset mails a single-use link to set a new password. Whether the address is
// known is not told to the one who asks.
func (d *Desk) AskReset(ctx context.Context, v portal.Visitor, email string) error {
	words := func(resets time.Time) string {
		return "重设密码的邮件发送得太频繁。请先查看收件箱和垃圾邮件，或在 " + portal.ClockText(resets) + "（北京时间）之后再试。"
	}
	if err := d.limit(ctx, "reset:address", v.Visit().Address.String(), resetsPerAddress, time.Hour, words); err != nil {
		return err
	}
	if err := d.limit(ctx, "reset:account", strings.ToLower(email), resetsPerAccount, time.Hour, words); err != nil {
		return err
	}
	var c postgres.Credential
	if err := d.store.Read(ctx, v, postgres.CredentialOf(&c, email)); err != nil {
		if portal.KindOf(err) == portal.NotFound {
			return nil
		}
		return err
	}
	token, hash, err := d.token()
	if err != nil {
		return err
	}
	return d.store.Write(ctx, v, func(tx *postgres.Tx) error {
		until := tx.At().Add(resetLife)
		if err := tx.InsertLink(hash, c.ID, postgres.Reset, until); err != nil {
			return err
		}
		text := d.letters.ResetPassword(mail.ResetPasswordProps{Link: d.link("/reset/" + token), Until: portal.DateTimeText(until)})
		if err := d.post(tx, letterTo(postgres.ContactAccount{ID: c.ID, Email: c.Email}, "reset", text)); err != nil {
			return err
		}
		return tx.Record(portal.Event{Subject: portal.OnAccount, SubjectID: c.ID, SubjectLabel: c.Name, Verb: portal.ResetAsked})
	})
}

// LinkOwner is whom a living link of the purpose belongs to. A link that was
// used, replaced or is too old is an Expired error.
func (d *Desk) LinkOwner(ctx context.Context, v portal.Visitor, purpose postgres.Purpose, token string) (postgres.LinkOwner, error) {
	var owner postgres.LinkOwner
	err := d.store.Read(ctx, v, postgres.LinkOf(&owner, hashToken(token), purpose, v.Arrived()))
	if portal.KindOf(err) == portal.NotFound {
		err = portal.Refuse(portal.Expired, "这个链接已经用过、已被新的链接取代，或者已经过期。")
	}
	return owner, err
}

// SetPassword spends a reset link or an invitation, sets the password, ends all
// sessions of the account and returns it. Who got the letter reads the address,
// so it counts as confirmed, and what the account was invited to write is open to it.
func (d *Desk) SetPassword(ctx context.Context, v portal.Visitor, purpose postgres.Purpose, token, password string) (account int64, err error) {
	hash, err := d.passwords.Hash(ctx, password)
	if err != nil {
		return 0, err
	}
	verb := portal.PasswordChanged
	if purpose == postgres.Invite {
		verb = portal.InviteAccepted
	}
	var c postgres.Credential
	err = d.store.Write(ctx, v, func(tx *postgres.Tx) error {
		if account, err = tx.UseLink(hashToken(token), purpose); err != nil {
			return err
		}
		if err := errors.Join(tx.SetPassword(account, hash), tx.ConfirmAddress(account), tx.EndSessions(account, ""), tx.Do(postgres.CredentialByID(&c, account))); err != nil {
			return err
		}
		return errors.Join(joins(tx, c), tx.Record(ofAccount(account, c.Name, verb)))
	})
	if err != nil {
		return 0, err
	}
	// Whoever was locked out by a stranger's tries is let in by the letter.
	return account, d.store.Forget(ctx, d.sealed("sign-in:account", strings.ToLower(c.Email)))
}

// ChangePassword replaces the holder's password, which it must name, and ends all
// its other sessions. A wrong current password is an Invalid error on field current.
func (d *Desk) ChangePassword(ctx context.Context, h portal.Holder, current, password, session string) error {
	s := h.Standing()
	if err := d.limit(ctx, "sign-in:account", strings.ToLower(s.Email), triesPerAccount, tryWindow, func(resets time.Time) string {
		return "密码错误的次数太多，请在 " + portal.ClockText(resets) + "（北京时间）之后再试。"
	}); err != nil {
		return err
	}
	var c postgres.Credential
	if err := d.store.Read(ctx, h, postgres.CredentialByID(&c, s.Account)); err != nil {
		return err
	}
	if ok, err := d.passwords.Match(ctx, c.PasswordHash, current); err != nil {
		return err
	} else if !ok {
		return portal.RefuseField("current", "当前密码不正确")
	}
	hash, err := d.passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	if err := d.store.Write(ctx, h, func(tx *postgres.Tx) error {
		if err := errors.Join(tx.SetPassword(s.Account, hash), tx.EndSessions(s.Account, session)); err != nil {
			return err
		}
		return tx.Record(onAccount(h, portal.PasswordChanged))
	}); err != nil {
		return err
	}
	return d.store.Forget(ctx, d.sealed("sign-in:account", strings.ToLower(s.Email)))
}

// OwnAccount is what an account's own page shows.
type OwnAccount struct {
	Profile  []postgres.Profile // none or one
	Sessions []postgres.Session
}

// Account is the holder's own account.
func (d *Desk) Account(ctx context.Context, h portal.Holder) (OwnAccount, error) {
	var own OwnAccount
	err := d.store.Read(ctx, h, postgres.ProfileOf(&own.Profile, h.Account()), postgres.SessionsOf(&own.Sessions, h.Account(), h.Arrived()))
	return own, err
}

// SaveProfile changes the holder's name and, when code is given, its unit's data.
func (d *Desk) SaveProfile(ctx context.Context, h portal.Holder, name string, p postgres.Profile, code portal.UnitCode) error {
	return d.store.Write(ctx, h, func(tx *postgres.Tx) error {
		if err := tx.Rename(h.Account(), name); err != nil {
			return err
		}
		if code != "" {
			if err := tx.SaveProfile(h.Account(), p, code); err != nil {
				return err
			}
		}
		return tx.Record(onAccount(h, portal.ProfileChanged))
	})
}

// EndSession ends one of the holder's sessions; EndSessions ends all but one.
func (d *Desk) EndSession(ctx context.Context, h portal.Holder, id string) error {
	return d.store.Write(ctx, h, func(tx *postgres.Tx) error {
		return errors.Join(tx.EndSession(h.Account(), id), tx.Record(onAccount(h, portal.SessionEnded)))
	})
}

// EndSessions ends all of the holder's sessions but the one with the ID.
func (d *Desk) EndSessions(ctx context.Context, h portal.Holder, but string) error {
	return d.store.Write(ctx, h, func(tx *postgres.Tx) error {
		return errors.Join(tx.EndSessions(h.Account(), but), tx.Record(onAccount(h, portal.SessionEnded)))
	})
}
