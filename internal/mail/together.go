package mail

// WriterProps are the parts of a letter about writing an application together.
type WriterProps struct {
	Title  string // of the application
	Leader string // who invited
	Kind   string // 经办人, 共同填写
	Batch  string
	Link   string // the application's page, or the one that opens an account; single use
	Until  string // moment at which such a link ends
}

func (p WriterProps) facts() string {
	return facts(row("申报书", p.Title), row("批次", p.Batch), row("项目负责人", p.Leader), row("身份", p.Kind))
}

// WriterAdded tells somebody with an account that an application can be edited now.
func (l Letters) WriterAdded(p WriterProps) Text {
	return l.write("邀请您一起填写申报书",
		oneLine(p.Leader)+"请您一起填写一份申报书，现在就可以打开：",
		p.facts(),
		p.Link,
		"您可以填写和修改全部内容；提交、撤回由项目负责人办理。办理结果也会发到这个邮箱。",
		"如果您不认识对方或不愿参加，请与对方联系，由对方把您移出。")
}

// WriterInvited asks somebody without an account to open one and edit.
func (l Letters) WriterInvited(p WriterProps) Text {
	return l.write("邀请您一起填写申报书",
		oneLine(p.Leader)+"请您一起填写一份申报书。请打开下面的页面，按提示设置密码：",
		p.facts(),
		p.Link,
		"链接在 "+p.Until+"（北京时间）之前有效，只能使用一次。过期后请对方重新邀请。",
		"如果您不知道这项邀请，请不必理会这封邮件。请不要把链接转发给任何人。")
}

// WriterRemoved tells somebody that an application can no longer be edited or read.
func (l Letters) WriterRemoved(p WriterProps) Text {
	return l.write("您不再参与填写申报书",
		"项目负责人已把您移出下面这份申报书，您不能再查看和修改它：",
		p.facts(),
		"有疑问请与项目负责人联系。")
}
