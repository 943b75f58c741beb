package mail

// ConfirmAddressProps are the parts of the letter that confirms a new account's address.
type ConfirmAddressProps struct {
	Link string // page with the button; single use
}

// ConfirmAddress asks a newly registered person to confirm the address. Work goes on without it, so that a mail that
// is late keeps nobody from a deadline.
func (l Letters) ConfirmAddress(p ConfirmAddressProps) Text {
	return l.write("请确认您的邮箱地址",
		"有人用这个邮箱地址注册了账号。如果是您本人，请在下面的页面上确认：",
		p.Link,
		"确认之前也可以填写和提交申报书；确认以后，通知才能可靠地送到您手里。",
		"如果不是您本人注册，请不必理会这封邮件。")
}

// ResetPasswordProps are the parts of the letter with a link to a new password.
type ResetPasswordProps struct {
	Link  string // page that asks for the new password; single use
	Until string // moment at which the link ends
}

// ResetPassword answers a forgotten password.
func (l Letters) ResetPassword(p ResetPasswordProps) Text {
	return l.write("重新设置密码",
		"有人申请重新设置这个邮箱的账号密码。如果是您本人，请打开下面的页面：",
		p.Link,
		"链接在 "+p.Until+"（北京时间）之前有效，只能使用一次。新密码生效后，其他设备上的登录都会退出。",
		"如果不是您本人申请，请不必理会，原密码不变。请不要把链接转发给任何人。")
}

// InviteProps are the parts of an invitation to a role.
type InviteProps struct {
	Link  string // page that sets the password and takes the role; single use
	Role  string // the role's name: 指南联系人, 管理员
	Until string // moment at which the link ends
}

// Invite opens a role to a person.
func (l Letters) Invite(p InviteProps) Text {
	return l.write("邀请您担任"+oneLine(p.Role),
		"管理员邀请您以“"+oneLine(p.Role)+"”的身份使用"+l.Site+"。请打开下面的页面，按提示设置密码并开通：",
		p.Link,
		"链接在 "+p.Until+"（北京时间）之前有效，只能使用一次。过期后请与管理员联系，重新发送。",
		"如果您不知道这项邀请，请不必理会这封邮件。请不要把链接转发给任何人。")
}
