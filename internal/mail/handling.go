package mail

// AssignedProps are the parts of a letter about one application that goes to one contact.
type AssignedProps struct {
	Number string // 受理编号
	Topic  string // the guideline topic
	How    string // 同事转办, 管理员指定
	By     string // who gave it, or took it back
	Note   string // may be empty
	Link   string // the application at the desk
}

// Assigned tells a contact that an application is now its own to handle.
func (l Letters) Assigned(p AssignedProps) Text {
	note := ""
	if p.Note != "" {
		note = "说明：\n" + block(p.Note)
	}
	return l.write("请您办理："+p.Number,
		"下面这份申报书现在由您办理。",
		facts(row("受理编号", p.Number), row("选题", p.Topic), row("来由", p.How), row("交办人", p.By)),
		note,
		"如果您与申报单位、项目负责人或项目组成员有利害关系，请在申报书页面申请回避。请登录工作台办理：\n"+p.Link)
}

// TakenBack tells a contact that an application is no longer its own.
func (l Letters) TakenBack(p AssignedProps) Text {
	return l.write("不需要再办理："+p.Number,
		"下面这份申报书已由选题的联系人收回，您不需要再办理，也不能再查看。",
		facts(row("受理编号", p.Number), row("选题", p.Topic), row("收回人", p.By)))
}

// RecusedProps are the parts of a letter about a contact who is kept away from an application.
type RecusedProps struct {
	Number string // 受理编号
	Topic  string // the guideline topic
	Who    string // the contact
	Ground string
	Text   string // what it rests on
	Link   string // the list of recusals
}

// Recused asks the administrators to name another contact.
func (l Letters) Recused(p RecusedProps) Text {
	return l.write("回避："+p.Number,
		"一位联系人须回避下面这份申报书，不能再查看和办理。请核对，需要时另行指定办理人。",
		facts(row("受理编号", p.Number), row("选题", p.Topic), row("回避人", p.Who), row("事由", p.Ground)),
		"说明：\n"+block(p.Text),
		"请在管理页面办理：\n"+p.Link)
}

// DeputyProps are the parts of a letter to a contact and its deputy.
type DeputyProps struct {
	For         string // the contact
	Deputy      string
	First, Last string // days
	Link        string // the desk
}

// DeputyNamed tells both from when to when the deputy stands in.
func (l Letters) DeputyNamed(p DeputyProps) Text {
	return l.write(oneLine(p.Deputy)+"代"+oneLine(p.For)+"办理申报书",
		"在下面这段时间里，代办人可以查看和办理对方各选题的申报书，到期自动终止。这段时间里的通知邮件，两人都会收到；代办人办理的，办理经过注明“代”。",
		facts(row("联系人", p.For), row("代办人", p.Deputy), row("第一天", p.First), row("最后一天", p.Last)),
		"工作台：\n"+p.Link)
}

// DeputyEnded tells both that the deputy no longer stands in.
func (l Letters) DeputyEnded(p DeputyProps) Text {
	return l.write(oneLine(p.Deputy)+"不再代"+oneLine(p.For)+"办理申报书",
		"代办已经提前终止，代办人不能再查看和办理对方的申报书。",
		facts(row("联系人", p.For), row("代办人", p.Deputy)))
}
