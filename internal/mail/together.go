package mail

// WriterProps are the parts of a letter about writing an application together.
type WriterProps struct {
	Title  string // of the application
	Leader string // who invited, passed the lead on, or took it
	Writer string // who left
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

// WriterLeft tells a leader that somebody has left an application.
func (l Letters) WriterLeft(p WriterProps) Text {
	return l.write(oneLine(p.Writer)+"退出填写申报书",
		oneLine(p.Writer)+"已退出下面这份申报书，不能再查看和修改它。已填写的内容都保留。",
		p.facts(),
		p.Link)
}

// paper are the facts of a letter that says in its own words who leads.
func (p WriterProps) paper() string {
	return facts(row("申报书", p.Title), row("批次", p.Batch), row("您的身份", p.Kind))
}

// notTheForm says what passing on the lead does not change.
const notTheForm = "移交的是账号上的负责人，由谁来提交、撤回和邀请。申报书里填写的项目负责人没有改变；需要改的，请在申报书里修改。"

// LeadTaken tells somebody that an application is now theirs to lead.
func (l Letters) LeadTaken(p WriterProps) Text {
	return l.write("申报书的负责人移交给您",
		oneLine(p.Leader)+"把下面这份申报书的负责人移交给您，从现在起由您办理提交和撤回，并决定谁可以填写：",
		p.paper(),
		p.Link,
		notTheForm,
		"如果不应由您负责，请与对方联系，或在“参与填写的人”里移交给别人。")
}

// LeadPassedOn tells the former leader that an application is another's to lead.
func (l Letters) LeadPassedOn(p WriterProps) Text {
	return l.write("您已移交申报书的负责人",
		"您把下面这份申报书的负责人移交给了"+oneLine(p.Leader)+"。您仍可以查看和修改它：",
		p.paper(),
		p.Link,
		notTheForm,
		"如果不是您本人操作，请立即与"+oneLine(p.Leader)+"联系并修改密码。")
}
