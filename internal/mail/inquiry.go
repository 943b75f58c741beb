package mail

// ConfirmQuestionProps are the parts of the letter that confirms the address of who asked.
type ConfirmQuestionProps struct {
	Topic string
	Link  string // page with the button; single use
	Until string // moment at which the link ends
}

// ConfirmQuestion asks to confirm that a question comes from the address. Nothing that was
// typed stands in it: anybody can name any address.
func (l Letters) ConfirmQuestion(p ConfirmQuestionProps) Text {
	return l.write("请确认您的咨询",
		"有人用这个邮箱地址，就下面的选题提出了一个问题。如果是您本人，请在下面的页面上确认，确认后问题才会送到指南联系人：",
		facts(row("选题", p.Topic)),
		p.Link,
		"链接在 "+p.Until+"（北京时间）之前有效。没有确认的问题到时自动删除。",
		"如果不是您本人提问，请不必理会这封邮件。")
}

// QuestionToContactProps are the parts of a contact's notice of a question.
type QuestionToContactProps struct {
	Topic    string
	Question string
	DueBy    string // when the answer was promised
	Deputy   bool   // the reader stands in for the contact
	Link     string // the question at the desk
}

// QuestionToContact tells a topic's contact that somebody asks, and who stands in as well.
func (l Letters) QuestionToContact(p QuestionToContactProps) Text {
	lead, end := "您负责的选题收到一条咨询：", "请登录工作台答复，可以只答复提问人，也可以公开：\n"+p.Link
	if p.Deputy {
		lead, end = "您代办的选题收到一条咨询，指南联系人也收到了这封邮件：", "请与指南联系人商量由谁答复。需要由您在工作台办理时，请管理员把选题移交给您。"
	}
	return l.write("新咨询："+p.Topic, lead,
		facts(row("选题", p.Topic), moment("请答复于", p.DueBy)),
		"问题：\n"+block(p.Question), end)
}

// AnsweredProps are the parts of the answer to who asked.
type AnsweredProps struct {
	Topic    string
	Question string
	Answer   string
	Public   string // the page on which it stands, "" where it is for the asker alone
	Ask      string // the page on which one can ask again
}

// Answered brings the answer to who asked.
func (l Letters) Answered(p AnsweredProps) Text {
	public := ""
	if p.Public != "" {
		public = "这条答复也在选题页面公开，不含您的姓名和邮箱：\n" + p.Public
	}
	return l.write("答复您的咨询："+p.Topic,
		"您就下面的选题提出的问题，已经有了答复。",
		facts(row("选题", p.Topic)),
		"您的问题：\n"+block(p.Question),
		"答复：\n"+block(p.Answer), public,
		"还有疑问，可以再次提问：\n"+p.Ask)
}

// AnswerPublishedProps are the parts of a notice of a public answer.
type AnswerPublishedProps struct {
	Topic    string
	Question string
	Answer   string
	Link     string // the topic's page
}

// AnswerPublished tells the applicants of a topic what was answered.
func (l Letters) AnswerPublished(p AnswerPublishedProps) Text {
	return l.write("选题有新的答复："+p.Topic,
		"您申报的选题公开了一条新的咨询答复。",
		facts(row("选题", p.Topic)),
		"问题：\n"+block(p.Question),
		"答复：\n"+block(p.Answer),
		"全部咨询与答复见选题页面：\n"+p.Link)
}

// ThreadMessageProps are the parts of a notice of a message about an application.
type ThreadMessageProps struct {
	Number string // 受理编号
	Title  string // 项目名称
	From   string // 指南联系人, 申报人
	Words  string
	Link   string // the application's page, where it is answered
}

// ThreadMessage brings a message to the other side of an application.
func (l Letters) ThreadMessage(p ThreadMessageProps) Text {
	return l.write(p.From+"来信："+p.Number,
		p.From+"就下面这份申报书给您发来消息：",
		facts(row("受理编号", p.Number), row("项目名称", p.Title)),
		block(p.Words),
		"请登录后在申报书页面回复：\n"+p.Link)
}
